/* SPDX-License-Identifier: Apache-2.0 */
/* A set of airspaces of one layer, as bits. */
#ifndef OVF_GEO_MEMBERS_H
#define OVF_GEO_MEMBERS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/** Airspaces a layer can hold: the world has 250 states and about 330 FIRs. */
#define OVF_MEMBERS_MAX 1024
#define OVF_MEMBERS_WORDS (OVF_MEMBERS_MAX / 64)

struct ovf_members {
    uint64_t words[OVF_MEMBERS_WORDS];
};

/** Empties \p members. By halves: of more bytes at once gcc makes `rep stos`, which takes as long as all the
 * rest of locating a place. */
static inline void ovf_members_clear(struct ovf_members *members)
{
    memset(members->words, 0, sizeof members->words / 2);
    memset(members->words + OVF_MEMBERS_WORDS / 2, 0, sizeof members->words / 2);
}

static inline bool ovf_members_has(const struct ovf_members *members, uint32_t owner)
{
    return (members->words[owner / 64] >> (owner % 64) & 1) != 0;
}

static inline void ovf_members_toggle(struct ovf_members *members, uint32_t owner)
{
    members->words[owner / 64] ^= UINT64_C(1) << (owner % 64);
}

static inline void ovf_members_toggle_all(struct ovf_members *members,
                                          const struct ovf_members *which)
{
    for (int i = 0; i < OVF_MEMBERS_WORDS; i++)
        members->words[i] ^= which->words[i];
}

static inline void ovf_members_add_all(struct ovf_members *members, const struct ovf_members *which)
{
    for (int i = 0; i < OVF_MEMBERS_WORDS; i++)
        members->words[i] |= which->words[i];
}

static inline bool ovf_members_equal(const struct ovf_members *a, const struct ovf_members *b)
{
    return memcmp(a->words, b->words, sizeof a->words) == 0;
}

/** Whether any is in both. */
static inline bool ovf_members_meet(const struct ovf_members *a, const struct ovf_members *b)
{
    uint64_t common = 0;
    for (int i = 0; i < OVF_MEMBERS_WORDS; i++)
        common |= a->words[i] & b->words[i];
    return common != 0;
}

static inline bool ovf_members_empty(const struct ovf_members *members)
{
    for (int i = 0; i < OVF_MEMBERS_WORDS; i++) {
        if (members->words[i] != 0)
            return false;
    }
    return true;
}

/** The first member not below \p owner, or OVF_MEMBERS_MAX. */
static inline uint32_t ovf_members_next(const struct ovf_members *members, uint32_t owner)
{
    while (owner < OVF_MEMBERS_MAX) {
        const uint64_t rest = members->words[owner / 64] >> (owner % 64);
        if (rest != 0)
            return owner + (uint32_t)__builtin_ctzll(rest);
        owner = (owner / 64 + 1) * 64;
    }
    return OVF_MEMBERS_MAX;
}

uint32_t ovf_members_count(const struct ovf_members *members);

#endif
