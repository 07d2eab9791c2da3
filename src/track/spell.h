/* SPDX-License-Identifier: Apache-2.0 */
/* Spells: what is heard of an address between two silences. What is believed of a position is decided within its
 * spell, so that it depends on nothing that is heard before or after that, of however many days a track is.
 *
 * A silence parts two fixes when it is longer than stretch_s and the later one is within reach of the earlier: what
 * is out of reach contradicts it, however long the silence. */
#ifndef OVF_TRACK_SPELL_H
#define OVF_TRACK_SPELL_H

#include "track/detection.h"
#include "track/fix.h"

struct ovf_spell {
    int64_t from_ns; /* of its first fix */
    /* set when graded: some fixes in it, from one to the other, are of another aircraft with the same address */
    bool has_twin;
    int64_t twin_from_ns;
    int64_t twin_to_ns;
};

/** Zero-initialised is empty. */
struct ovf_spells {
    struct ovf_spell *items; /* in order of time; a spell ends where the next begins */
    size_t n;
    size_t capacity;
};

void ovf_spells_deinit(struct ovf_spells *spells);

/** Those of \p fixes, in order of time and all that were heard of the address, take the place of what was there.
 * \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_spells_find(const struct ovf_fixes *fixes,
                                              const struct ovf_detect_config *config,
                                              struct ovf_spells *spells);

OVF_NODISCARD enum ovf_status ovf_spells_copy(const struct ovf_spells *spells,
                                              struct ovf_spells *out);

/** The number of the one that \p t_ns lies in; what is before the first is of that. Of some. */
size_t ovf_spells_at(const struct ovf_spells *spells, int64_t t_ns);

/** Whether another aircraft is heard under the address from \p from_ns to \p to_ns, as far as it is known when. */
bool ovf_spells_has_twin(const struct ovf_spells *spells, int64_t from_ns, int64_t to_ns);

/** Whether in any of the spells \p first to \p last another aircraft is heard under the address: then nobody knows
 * which of the two is heard in the next. Of those that are there. */
bool ovf_spells_are_shared(const struct ovf_spells *spells, size_t first, size_t last);

/** Whether both times lie in one; where none are known, they do. */
bool ovf_spells_is_one(const struct ovf_spells *spells, int64_t a_ns, int64_t b_ns);

#endif
