/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the times of two feeds go together. A position that both have is of one message, so what its times differ by
 * is what clocks differ by, or one of the feeds comes late and has the times at which it came. A difference that stays
 * the same is worth a word. */
#ifndef OVF_WATCH_FEED_CLOCKS_H
#define OVF_WATCH_FEED_CLOCKS_H

#include "track/fix.h"

struct ovf_feed_clocks;

/** \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_feed_clocks_new(size_t n_feeds, struct ovf_feed_clocks **out);
void ovf_feed_clocks_free(struct ovf_feed_clocks *clocks);

/**
 * A fix of feed \p feed (below n_feeds).
 *
 * \param[out] other, ahead_ns  the other feed, and by how much \p feed is ahead of it
 * \return true once for each two feeds, when a difference of a second or more has shown itself in twenty positions in a
 *         row, within a quarter of a second
 */
bool ovf_feed_clocks_note(struct ovf_feed_clocks *clocks, uint32_t feed, uint32_t address,
                          const struct ovf_fix *fix, uint32_t *other, int64_t *ahead_ns);

#endif
