/* SPDX-License-Identifier: Apache-2.0 */
/* Fixes that come mixed (rows of a table, many aircraft in one file), kept so that those of one
 * aircraft can be had together, in bounded memory: sorted runs go to an unlinked temporary file. */
#ifndef OVF_RUN_FIX_SPOOL_H
#define OVF_RUN_FIX_SPOOL_H

#include "base/error.h"
#include "track/fix.h"
#include "track/identity.h"

/** Which track a fix belongs to: an ICAO address, or a label within one input. */
struct ovf_track_key {
    uint32_t address;
    uint32_t input; /* OVF_ANY_INPUT for ICAO addresses */
};

#define OVF_ANY_INPUT UINT32_MAX

static inline struct ovf_track_key ovf_track_key(uint32_t address, uint32_t input)
{
    return (struct ovf_track_key){address, address >> 24 != 0 ? input : OVF_ANY_INPUT};
}

static inline int ovf_track_key_compare(struct ovf_track_key a, struct ovf_track_key b)
{
    if (a.address != b.address)
        return a.address < b.address ? -1 : 1;
    return (a.input > b.input) - (a.input < b.input);
}

struct ovf_fix_spool;

/** \p memory_fixes: how many are held before a run is written. */
OVF_NODISCARD enum ovf_status ovf_fix_spool_new(size_t memory_fixes, struct ovf_fix_spool **out);
void ovf_fix_spool_free(struct ovf_fix_spool *spool);

OVF_NODISCARD enum ovf_status ovf_fix_spool_add(struct ovf_fix_spool *spool,
                                                struct ovf_track_key key, const struct ovf_fix *fix,
                                                const struct ovf_identity *identity,
                                                struct ovf_error *err);

/** Hand out nothing of member \p item: it was found to be broken, or a copy. Members are added one after
 * the other; before the next one. */
OVF_NODISCARD enum ovf_status ovf_fix_spool_reject_item(struct ovf_fix_spool *spool, uint32_t item);

/** No more is added; from here on any number of threads may read. */
OVF_NODISCARD enum ovf_status ovf_fix_spool_seal(struct ovf_fix_spool *spool,
                                                 struct ovf_error *err);

size_t ovf_fix_spool_n_tracks(const struct ovf_fix_spool *spool);

/** Track \p i, in the order of keys: its key, and what its rows said last of its identity (or NULL). */
struct ovf_track_key ovf_fix_spool_key(const struct ovf_fix_spool *spool, size_t i);
const struct ovf_identity *ovf_fix_spool_identity(const struct ovf_fix_spool *spool, size_t i);

/** Append the fixes of track \p i to \p out. */
OVF_NODISCARD enum ovf_status ovf_fix_spool_read(const struct ovf_fix_spool *spool, size_t i,
                                                 struct ovf_fixes *out, struct ovf_error *err);

#endif
