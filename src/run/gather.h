/* SPDX-License-Identifier: Apache-2.0 */
/* All that the inputs say of one track: its parts of the plan, read, with the members that they come
 * from. One thread's own; each track takes the place of the one before, and its room. */
#ifndef OVF_RUN_GATHER_H
#define OVF_RUN_GATHER_H

#include "read/trace.h"
#include "run/counts.h"
#include "run/digest_set.h"
#include "run/plan.h"
#include "track/member.h"

/** A member of the track at hand. */
struct ovf_gathered_member {
    struct ovf_track_member member;
    uint32_t item;     /* of the catalog */
    bool tells_ground; /* of some fix here, that it was on the ground */
};

struct ovf_gather {
    struct ovf_fixes
        *parts; /* record.item of their fixes is an index into members; hearings come last */
    size_t n_parts;
    struct ovf_track_member *members; /* in the order of ovf_track_member_compare */
    size_t n_members;
    struct ovf_account account;  /* counts of what this thread read */
    struct ovf_counter *counter; /* of what each input holds */

    /* private */
    const struct ovf_catalog *catalog;
    const struct ovf_plan *plan;
    size_t parts_capacity; /* those beyond n_parts keep their room for the next track */
    size_t members_capacity;
    uint32_t *items; /* of the catalog, for each member */
    struct ovf_gathered_member *unordered;
    size_t unordered_capacity;
    uint32_t *place_of; /* by item: its index among the members of track n_tracks */
    size_t *placed_in;  /* by item: the number of the track that it was placed in last */
    size_t n_tracks;
    bool is_alone;              /* the group has one part: nothing can repeat it */
    bool is_numbered;           /* the fixes name the track's only member already */
    bool is_identified;         /* the members' digests are known */
    struct ovf_digest_set seen; /* members read for this group */
    struct ovf_loader loader;
    struct ovf_trace trace;
};

/** \p account: what the plan counted so far; \p counts: where each input's own go. All are borrowed. */
OVF_NODISCARD enum ovf_status ovf_gather_init(struct ovf_gather *gather,
                                              const struct ovf_catalog *catalog,
                                              const struct ovf_plan *plan,
                                              const struct ovf_account *account,
                                              struct ovf_counts *counts);
/** The counts are added to \p whole. */
void ovf_gather_deinit(struct ovf_gather *gather, struct ovf_account *whole);

/** The next track is of another address, of which there are \p n_parts in all: the same bytes may come
 * again. */
OVF_NODISCARD enum ovf_status ovf_gather_next_group(struct ovf_gather *gather, size_t n_parts,
                                                    struct ovf_error *err);

/** Read the parts [begin, end) of one track. Members that are rejected or repeated are counted and leave
 * nothing; n_parts is 0 when nothing is left. The members' digests are zeros until they are asked for. */
OVF_NODISCARD enum ovf_status ovf_gather_track(struct ovf_gather *gather,
                                               const struct ovf_plan_part *begin,
                                               const struct ovf_plan_part *end,
                                               struct ovf_error *err);

/** The digests of the track at hand's members are needed: to name them, or to know them another time.
 * \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_gather_identify(struct ovf_gather *gather);

/** Whether the track has hearings, and no position. */
bool ovf_gather_is_only_heard(const struct ovf_gather *gather);

/** Take the members out for which \p drop is set, and their fixes. */
void ovf_gather_drop(struct ovf_gather *gather, const bool *drop);

#endif
