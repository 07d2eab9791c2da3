/* SPDX-License-Identifier: Apache-2.0 */
/* One track from all that the inputs say of one address. Several members (days, archives, copies)
 * may hold the same report; it counts once and names them all. */
#ifndef OVF_TRACK_MERGE_H
#define OVF_TRACK_MERGE_H

#include "track/detection.h"
#include "track/fix.h"
#include "track/spell.h"

/** The report of fixes.items[fix] stands there too. */
struct ovf_track_alias {
    uint32_t fix;
    struct ovf_record record;
    uint16_t receiver; /* that heard it there */
};

/** Zero-initialised is empty. */
struct ovf_track {
    uint32_t address;
    struct ovf_fixes fixes; /* in the order of ovf_fix_compare */
    struct ovf_fixes
        hearings; /* those that are none (OVF_FIX_HEARING), likewise; all that inputs have */
    struct ovf_track_alias *aliases; /* by fix, then in the order of the fixes they were */
    size_t n_aliases;
    size_t aliases_capacity;
    uint64_t n_repeated; /* rows that repeat a row of their own member: dropped */

    /* set when graded */
    struct ovf_spells spells; /* of all fixes of the address; those that are there already stay */
    struct ovf_detections detections;
    bool has_twin;       /* some fixes are of another aircraft with the same address */
    size_t n_unbelieved; /* fixes of OVF_GRADE_X */
};

void ovf_track_deinit(struct ovf_track *track);

/**
 * Join \p n_parts arrays of fixes of one address, each in any order.
 *
 * Two fixes of different members are the same report when they agree within 50 ms and 50 m: the
 * earlier one (by time, member, row) stays, takes over what only the other states, and the other
 * becomes its alias. Fixes of one member are joined only when they say exactly the same: of several receivers of one
 * stream that heard a message in the same instant the first is named whose place is stated, else the first. A fix is
 * OVF_FIX_DIRECT by its own receiver alone, not by that of an alias.
 * Non-ICAO addresses ("~") mean something within one input only: the caller must not mix inputs.
 *
 * \param[in]  parts  borrowed and copied; together fewer than 2^32 fixes
 * \param[in,out] track  what it held is freed; untouched on failure
 * \retval OVF_E_LIMIT  too many fixes
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_track_merge(uint32_t address, const struct ovf_fixes *parts,
                                              size_t n_parts, struct ovf_track *track);

/** The same of one array, which changes hands: \p part gets an empty one, the one that \p track had; on failure it has
 * none. */
OVF_NODISCARD enum ovf_status ovf_track_take(uint32_t address, struct ovf_fixes *part,
                                             struct ovf_track *track);

/** How many of the hearings lie from \p from_ns to \p to_ns, both included; \p first: the first of them. */
size_t ovf_track_hearings_between(const struct ovf_track *track, int64_t from_ns, int64_t to_ns,
                                  size_t *first);

/** The aliases of \p fix: \p *n of them from the returned one on; borrowed. */
const struct ovf_track_alias *ovf_track_aliases_of(const struct ovf_track *track, size_t fix,
                                                   size_t *n);

#endif
