/* SPDX-License-Identifier: Apache-2.0 */
/* Of crossings that begin or end in a gap, the fixes around it. */
#ifndef OVF_STORE_GAP_ENDS_H
#define OVF_STORE_GAP_ENDS_H

#include <stdbool.h>

#include "base/error.h"

struct ovf_gap_end {
    const char *crossing_id; /* borrowed for the call */
    bool is_entry;           /* else its exit */
    double before_lat_deg;
    double before_lon_deg;
    double after_lat_deg;
    double after_lon_deg;
};

/** Take one; a status other than OVF_OK stops and is returned. */
typedef enum ovf_status ovf_gap_end_fn(void *context, const struct ovf_gap_end *end);

/**
 * All of the store \p path.
 * \retval OVF_E_NOTFOUND, OVF_E_FORMAT, OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_gap_ends_read_file(const char *path, ovf_gap_end_fn *take,
                                                     void *context, struct ovf_error *err);

#endif
