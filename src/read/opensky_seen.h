/* SPDX-License-Identifier: Apache-2.0 */
/* OpenSky states a position again and again until there is a new one: a row whose position has the
 * time of the aircraft's row before says nothing new. Which time that was, by address.
 *
 * Memory is bounded by the aircraft in one file, 16 to 32 bytes each. */
#ifndef OVF_READ_OPENSKY_SEEN_H
#define OVF_READ_OPENSKY_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/** Zero-initialised is empty. */
struct ovf_opensky_seen {
    struct ovf_opensky_position *positions; /* private: open addressing, n_slots a power of two */
    size_t n_slots;
    size_t n;
};

void ovf_opensky_seen_deinit(struct ovf_opensky_seen *seen);

/**
 * Note that the newest position of \p address has the time \p t_ns.
 * \param[out] repeated  it is that of the note before
 * \retval OVF_OK, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_opensky_seen_note(struct ovf_opensky_seen *seen, uint32_t address,
                                                    int64_t t_ns, bool *repeated);

#endif
