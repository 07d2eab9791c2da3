/* SPDX-License-Identifier: Apache-2.0 */
/* Altitudes along a flight, and the text that a store keeps of them: "S:FT,S:FT,S:,...", seconds since the flight's
 * start and barometric feet; without feet it is not known from then on. Between two that are known it changed
 * uniformly; what is between three alike is left out. */
#ifndef OVF_STORE_PROFILE_H
#define OVF_STORE_PROFILE_H

#include <stdbool.h>

#include "base/buffer.h"

struct ovf_profile_item {
    int64_t t_ns;
    int32_t alt_ft;
    bool is_known;
};

/** In order of time. Zero-initialise; reuse. */
struct ovf_profile {
    struct ovf_profile_item *items;
    size_t n;
    size_t capacity;
};

void ovf_profile_deinit(struct ovf_profile *profile);

/** \p item comes behind all others, or at the same time. \retval OVF_OK, OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_profile_add(struct ovf_profile *profile,
                                              struct ovf_profile_item item);

/** Append its text to \p out, nothing where no altitude is known; of times only whole milliseconds. */
OVF_NODISCARD enum ovf_status ovf_profile_write(const struct ovf_profile *profile, int64_t start_ns,
                                                struct ovf_buffer *out);

/** \p out is emptied first. \retval OVF_E_FORMAT  it is no such text, or goes back in time */
OVF_NODISCARD enum ovf_status ovf_profile_read(struct ovf_bytes text, int64_t start_ns,
                                               struct ovf_profile *out);

/** The altitude at a time, its part of a millisecond left out; rounded. \return whether it is known */
bool ovf_profile_at(const struct ovf_profile *profile, int64_t t_ns, int32_t *alt_ft);

#endif
