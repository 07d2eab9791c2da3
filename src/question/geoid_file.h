/* SPDX-License-Identifier: Apache-2.0 */
/* The geoid out of a grid file, in whatever format PROJ reads: GTX as Debian's proj-data has it, or
 * GeoTIFF as PROJ's own grids are. */
#ifndef OVF_QUESTION_GEOID_FILE_H
#define OVF_QUESTION_GEOID_FILE_H

#include "base/error.h"
#include "geo/geoid.h"

/** What stands for a file where none is to be used. */
#define OVF_GEOID_NO_FILE "none"

/** Zero-initialise; must not move while it is open. */
struct ovf_geoid_file {
    struct ovf_geoid geoid;
    int16_t *undulation_cm; /* private, as is source */
    char source[400];       /* "egm96_15.gtx sha256:..." */
};

/**
 * Make the table from the grid in \p path.
 * \retval OVF_E_NOTFOUND  it does not exist
 * \retval OVF_E_FORMAT    it is no grid of undulations that PROJ reads
 * \retval OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_geoid_file_open(const char *path, struct ovf_geoid_file *out,
                                                  struct ovf_error *err);

/**
 * The same with the first that PROJ's folders hold of EGM96, which ICAO Annex 15, 1.2.2.2, makes the
 * geoid of air navigation, and EGM2008.
 * \retval OVF_E_NOTFOUND  they hold none
 */
OVF_NODISCARD enum ovf_status ovf_geoid_file_find(struct ovf_geoid_file *out,
                                                  struct ovf_error *err);

void ovf_geoid_file_close(struct ovf_geoid_file *file);

#endif
