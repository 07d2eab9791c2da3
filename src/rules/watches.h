/* SPDX-License-Identifier: Apache-2.0 */
/* Several watches, each with a name: those of a case. */
#ifndef OVF_RULES_WATCHES_H
#define OVF_RULES_WATCHES_H

#include "base/buffer.h"
#include "rules/watch.h"

enum { OVF_WATCHES_MAX = 64 }; /* of a case: a bit each */

/** All is borrowed. */
struct ovf_watches {
    const struct ovf_watch *items;
    const char *const *names;
    size_t n; /* at most OVF_WATCHES_MAX; 0: there are none */
};

/** Watches, a bit for each. */
struct ovf_watches_met {
    uint64_t all;
    uint64_t
        by_states; /* of these: an end is unknown, and the journey was seen in that state on that side */
};

/**
 * Which watches a crossing meets.
 * \return of all together: it matches when one does; it fails only by its class, or only because an end is
 *         unknown, when one does so and none matches. How ends were met differs among watches: it is not said.
 */
struct ovf_match ovf_watches_match(const struct ovf_watches *watches,
                                   const struct ovf_airports *airports,
                                   const struct ovf_result *result,
                                   const struct ovf_crossing *crossing,
                                   const struct ovf_identity *who, struct ovf_watches_met *met);

/** Append the names of the watches \p bits, comma-separated. */
OVF_NODISCARD enum ovf_status ovf_watches_names(const struct ovf_watches *watches, uint64_t bits,
                                                struct ovf_buffer *out);

#endif
