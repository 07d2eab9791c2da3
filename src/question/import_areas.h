/* SPDX-License-Identifier: Apache-2.0 */
/* From the bytes of a map to a set of areas: GeoJSON or OpenAir, checked, named, duplicates resolved.
 * Everything that was repaired or is odd is said in the notes, which the library keeps. */
#ifndef OVF_QUESTION_IMPORT_AREAS_H
#define OVF_QUESTION_IMPORT_AREAS_H

#include "airspace/area_set.h"

struct ovf_import_options {
    enum ovf_airspace_kind kind;
    const char *code_property; /* GeoJSON: where the code stands; NULL: the usual places */
    bool skip_bad;             /* leave out what is no area, and say so */
    const struct ovf_edition
        *states; /* codes and boxes of states, for kind country; NULL: unknown */
};

/** Whether the bytes are a format that is read here; others go through ogr2ogr. */
bool ovf_import_knows(struct ovf_bytes bytes);

/**
 * Read all areas.
 * \param[out] notes  lines; appended to
 * \retval OVF_E_FORMAT  an area is no good (\p err names the feature or line), or there are none
 * \retval OVF_E_RANGE   more than OVF_MEMBERS_MAX
 */
OVF_NODISCARD enum ovf_status ovf_import_areas(struct ovf_bytes bytes,
                                               const struct ovf_import_options *options,
                                               struct ovf_area_set *out, struct ovf_buffer *notes,
                                               struct ovf_error *err);

#endif
