/* SPDX-License-Identifier: Apache-2.0 */
/* Who live aircraft are, as feeds say it with their reports. Bounded: when it is full it begins anew, and feeds say it
 * again with what comes next. */
#ifndef OVF_WATCH_IDENTITIES_H
#define OVF_WATCH_IDENTITIES_H

#include <stddef.h>

#include "base/status.h"
#include "track/identity.h"

/** Zero-initialised is empty. */
struct ovf_identities {
    struct ovf_known_identity
        *items; /* private: by a hash of the address, the next free place behind it */
    size_t n;
};

void ovf_identities_deinit(struct ovf_identities *identities);

/** What is said of \p address last counts. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_identities_note(struct ovf_identities *identities,
                                                  uint32_t address,
                                                  const struct ovf_identity *identity);

/** NULL: nothing was said. Borrowed until the next note. */
const struct ovf_identity *ovf_identities_find(const struct ovf_identities *identities,
                                               uint32_t address);

#endif
