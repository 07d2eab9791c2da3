/* SPDX-License-Identifier: Apache-2.0 */
/* Permits of several lists by the names that they name and by time (private to src/rules). */
#ifndef OVF_RULES_PERMIT_INDEX_H
#define OVF_RULES_PERMIT_INDEX_H

#include "rules/permit_compare.h"

/** Zero-initialise. Permits are numbered through all lists, in their order. */
struct ovf_permit_index {
    const struct ovf_permit_question *question;
    size_t *first;               /* of each list, and behind the last */
    bool *outdated;              /* by number: it stands again in a later list */
    struct ovf_permit_key *keys; /* private, like all below */
    size_t n_keys;
    size_t capacity;
    struct ovf_permit_group *groups; /* of keys of one name, in order of name */
    size_t n_groups;
};

/** Numbers and what is outdated alone: nothing can be found in it. */
OVF_NODISCARD enum ovf_status ovf_permit_index_count(const struct ovf_permit_question *question,
                                                     struct ovf_permit_index *out);

OVF_NODISCARD enum ovf_status ovf_permit_index_make(const struct ovf_permit_question *question,
                                                    struct ovf_permit_index *out);
void ovf_permit_index_deinit(struct ovf_permit_index *index);

/** The number of \p permit of \p list. */
size_t ovf_permit_number(const struct ovf_permit_index *index, const struct ovf_permit_list *list,
                         const struct ovf_permit *permit);

typedef void ovf_permit_index_fn(void *context, const struct ovf_permit_list *list,
                                 const struct ovf_permit *permit);

/** Each permit that names the aircraft, its callsign or its operator and whose time is near the entry, some
 * of them several times. */
void ovf_permit_index_each(const struct ovf_permit_index *index,
                           const struct ovf_permit_flown *flown, ovf_permit_index_fn *take,
                           void *context);

#endif
