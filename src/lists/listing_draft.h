/* SPDX-License-Identifier: Apache-2.0 */
/* A listing in the making: values come in any order, are cleaned, and stand in the order of keys when it
 * is kept. */
#ifndef OVF_LISTS_LISTING_DRAFT_H
#define OVF_LISTS_LISTING_DRAFT_H

#include "lists/listing.h"
#include "lists/listing_file.h"

enum { OVF_LISTING_MAX_VALUES = 256 };

struct ovf_listing_draft {
    struct ovf_buffer text; /* the values, one behind the other */
    struct ovf_listing_part {
        enum ovf_listing_key key;
        size_t at;
        size_t len;
    } parts[OVF_LISTING_MAX_VALUES];
    size_t n;
    uint64_t n_bad_values;
    bool has_bad_text; /* not UTF-8, or with marks that mislead: the row is no good */
    enum ovf_status status;
};

void ovf_listing_draft_deinit(struct ovf_listing_draft *draft);

/** Make it empty. */
void ovf_listing_draft_begin(struct ovf_listing_draft *draft);

/** Add a value. White space in it becomes single blanks; an empty value and one that is there already add
 * nothing; what cannot be a value of \p key (or is one too many) counts as bad. */
void ovf_listing_draft_put(struct ovf_listing_draft *draft, enum ovf_listing_key key,
                           struct ovf_bytes value);
void ovf_listing_draft_put_text(struct ovf_listing_draft *draft, enum ovf_listing_key key,
                                const char *value);

/** Each of the values that \p separator stands between. */
void ovf_listing_draft_put_each(struct ovf_listing_draft *draft, enum ovf_listing_key key,
                                struct ovf_bytes values, const char *separator);

bool ovf_listing_draft_has(const struct ovf_listing_draft *draft, enum ovf_listing_key key);

/** The first value of \p key, length 0 when there is none. Good until the next put. */
struct ovf_bytes ovf_listing_draft_first(const struct ovf_listing_draft *draft,
                                         enum ovf_listing_key key);

/** Add it to \p set and count it in \p report, or count why not: it lacks id or name, or its text is no
 * good. */
OVF_NODISCARD enum ovf_status ovf_listing_draft_keep(struct ovf_listing_draft *draft,
                                                     struct ovf_listing_set *set,
                                                     struct ovf_listing_report *report);

#endif
