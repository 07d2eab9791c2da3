/* SPDX-License-Identifier: Apache-2.0 */
/* How an imported airspace is called: where its code, name and limits stand in a feature's properties,
 * and what becomes of them. */
#ifndef OVF_QUESTION_IMPORT_NAMES_H
#define OVF_QUESTION_IMPORT_NAMES_H

#include "question/import_areas.h"
#include "shape/geojson.h"

enum { OVF_IMPORT_TEXT_SIZE = 160, OVF_IMPORT_ALSO_SIZE = 400 };

/** Room for the texts of one area. */
struct ovf_import_name {
    char code[OVF_IMPORT_TEXT_SIZE];
    char code3[8];
    char name[OVF_IMPORT_TEXT_SIZE];
    char also[OVF_IMPORT_ALSO_SIZE];
    const struct ovf_airspace *state; /* kind country: of options.states; NULL: not among them */
};

struct ovf_area_texts ovf_import_texts(const struct ovf_import_name *name);

/**
 * Code and name of a feature. A state gets its alpha-2 code where the table knows the one that stands
 * there; ORBBFIR is also ORBB; a zone's code is zone:NAME.
 * \retval OVF_E_FORMAT  there is no code; \p err says where it was looked for
 */
OVF_NODISCARD enum ovf_status ovf_import_name_feature(const struct ovf_shape *shape,
                                                      const struct ovf_import_options *options,
                                                      struct ovf_import_name *out,
                                                      struct ovf_error *err);

/** The same from a code and a name (OpenAir has one for both). */
void ovf_import_name_make(const char *code, const char *name,
                          const struct ovf_import_options *options, struct ovf_import_name *out);

/**
 * Floor and ceiling: min_fl and max_fl in flight levels (0 is the surface, 999 and more unlimited), or
 * floor and ceiling as texts like "FL195"; surface and unlimited without.
 * \retval OVF_E_FORMAT  one cannot be read, or the floor is not below the ceiling
 */
OVF_NODISCARD enum ovf_status ovf_import_limits(const struct ovf_shape *shape,
                                                struct ovf_limit *floor, struct ovf_limit *ceiling,
                                                struct ovf_error *err);

/** "SFC-FL245" */
void ovf_import_format_limits(struct ovf_limit floor, struct ovf_limit ceiling, char *text,
                              size_t text_bytes);

/** Add \p more to the other names, unless it is there or there is no room. */
void ovf_import_also(char also[OVF_IMPORT_ALSO_SIZE], const char *more);

#endif
