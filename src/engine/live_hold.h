/* SPDX-License-Identifier: Apache-2.0 */
/* Aircraft that are followed live and the fixes held of them, within a budget that is never exceeded.
 *
 * Fixes are packed one behind the other (track/fix_pack.h, some 18 bytes each) into blocks of one size, which
 * all aircraft share: what one gives back another takes, so that memory does not grow however long a
 * stream lasts. Aircraft are known by their number until one of them is removed. */
#ifndef OVF_ENGINE_LIVE_HOLD_H
#define OVF_ENGINE_LIVE_HOLD_H

#include "base/buffer.h"
#include "engine/live_told.h"
#include "geo/index.h"
#include "track/fix.h"

#define OVF_LIVE_NONE UINT32_MAX

enum { OVF_LIVE_BLOCK_BYTES = 124 };

/** One aircraft. What each fix needs comes first, in as few lines of the cache as it can. */
struct ovf_live_craft {
    uint32_t address;
    uint32_t source;         /* of a label: where it means something; 0 of an address */
    uint32_t next_in_bucket; /* private */
    uint32_t due_at;         /* its place among those that are due; OVF_LIVE_NONE: it is not */
    int64_t due_ns;          /* when it is to be followed next */
    int64_t newest_ns;       /* the latest by its time */
    int64_t heard_ns;        /* stream time when it was heard last */
    struct ovf_point newest_at;
    struct ovf_box clear; /* within it no boundary is met; empty: not known */
    /* cache line */
    uint64_t inside;   /* names the set of airspaces around the newest; 0: none that is asked for */
    int64_t settle_ns; /* from then on it is followed though it has no news: what is over may go */
    bool is_known;     /* newest and inside are set */
    bool was_on_ground;
    bool is_open;     /* a crossing waits for where the flight ends */
    bool has_news;    /* fixes since it was last followed */
    uint8_t patience; /* how often in a row it was followed and something was still to come */
    bool was_heard;   /* behind the newest, without a position */
    bool has_last;    /* private: the last position is among those that are held */
    uint32_t n_fixes;
    uint32_t first_block; /* private, as the next two */
    uint32_t last_block;
    uint32_t n_in_last;  /* bytes */
    struct ovf_fix last; /* position, as it came: what the next one is packed against */
    struct ovf_live_tolds tolds;
    struct ovf_flight *flights; /* over, without their fixes: for journeys */
    size_t n_flights;
    bool begins_journey; /* the first flight in its fixes is known to */
    size_t thin_at;      /* fixes with which thinning is worth it again */
};

/** In the order in which they were heard; OVF_LIVE_NONE at its ends. */
struct ovf_live_link {
    uint32_t newer;
    uint32_t older;
};

struct ovf_live_block {
    uint32_t next;
    unsigned char bytes[OVF_LIVE_BLOCK_BYTES];
};

/** Zero-initialise, then ovf_live_hold_init. */
struct ovf_live_hold {
    struct ovf_live_craft *crafts;
    struct ovf_live_link *links; /* of as many: apart, because each fix changes those of three */
    size_t n_crafts;             /* used ones and free ones */
    size_t n_used;
    uint32_t oldest; /* the one that was heard longest ago */
    uint32_t newest; /* the one that was heard last */

    /* private */
    size_t crafts_capacity;
    size_t links_capacity;
    size_t max_crafts;
    uint32_t free_craft;
    uint32_t *buckets;
    size_t n_buckets; /* a power of two */
    struct ovf_live_block *blocks;
    size_t n_blocks;
    size_t blocks_capacity;
    size_t max_blocks;
    uint32_t free_block;
    size_t n_free_blocks;
    struct ovf_buffer packing;
};

/** Aircraft and blocks take at most \p max_bytes, of which aircraft at most half.
 * \retval OVF_E_RANGE  too few bytes for one; \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_live_hold_init(struct ovf_live_hold *hold, size_t max_crafts,
                                                 size_t max_bytes);
void ovf_live_hold_deinit(struct ovf_live_hold *hold);

/** The number of an aircraft, or OVF_LIVE_NONE. */
uint32_t ovf_live_hold_find(const struct ovf_live_hold *hold, uint32_t address, uint32_t source);

/** A new one. \retval OVF_E_LIMIT  one must be removed first; \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_live_hold_add(struct ovf_live_hold *hold, uint32_t address,
                                                uint32_t source, uint32_t *number);

/** Its number may be given to another. */
void ovf_live_hold_remove(struct ovf_live_hold *hold, uint32_t number);

/** Append a fix to those of an aircraft, which was thereby heard last.
 * \retval OVF_E_LIMIT  there is no room: nothing was changed; \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_live_hold_push(struct ovf_live_hold *hold, uint32_t number,
                                                 const struct ovf_fix *fix);

/** Its fixes, as they came, in \p out (emptied first). */
OVF_NODISCARD enum ovf_status ovf_live_hold_fixes(struct ovf_live_hold *hold, uint32_t number,
                                                  struct ovf_fixes *out);

/** Put \p fixes, of which there are not more than it holds, in their place. What does not fit is left out at the
 * end: of a part of what is held everything fits. */
OVF_NODISCARD enum ovf_status ovf_live_hold_replace(struct ovf_live_hold *hold, uint32_t number,
                                                    const struct ovf_fixes *fixes);

/** Bytes in use. */
size_t ovf_live_hold_bytes(const struct ovf_live_hold *hold);

#endif
