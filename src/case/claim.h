/* SPDX-License-Identifier: Apache-2.0 */
/* What of a claim can be checked from tracks: a predicate over the flights of a watch.
 *
 *     count(WATCH) OP NUMBER [DAYS]       OP is one of == != < <= > >=
 *     [not] lands(WATCH, AIRPORT) [DAYS]
 *
 * DAYS is `on 2012-10-02` or `between 2012-03-21 and 2012-07-25`, UTC days, the last included; without it, all
 * days. A journey counts once, on the day on which it first enters an airspace of the watch.
 */
#ifndef OVF_CASE_CLAIM_H
#define OVF_CASE_CLAIM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

enum { OVF_PREDICATE_WORD_SIZE = 64 };

enum ovf_predicate_kind { OVF_PREDICATE_COUNT, OVF_PREDICATE_LANDS };

enum ovf_compare {
    OVF_COMPARE_EQUAL,
    OVF_COMPARE_NOT_EQUAL,
    OVF_COMPARE_LESS,
    OVF_COMPARE_AT_MOST,
    OVF_COMPARE_MORE,
    OVF_COMPARE_AT_LEAST,
};

struct ovf_predicate {
    enum ovf_predicate_kind kind;
    char watch[OVF_PREDICATE_WORD_SIZE];
    enum ovf_compare compare; /* of the count */
    int64_t n;
    bool is_negated; /* of the landing */
    char airport[OVF_PREDICATE_WORD_SIZE];
    int64_t from_ns;  /* INT64_MIN: since ever */
    int64_t until_ns; /* the day after the last; INT64_MAX: for ever */
};

/**
 * Read \p text. Whether the watch exists is not looked at.
 * \param[out] err  what was due, and where in the text
 * \retval OVF_E_FORMAT
 */
OVF_NODISCARD enum ovf_status ovf_predicate_read(const char *text, struct ovf_predicate *out,
                                                 struct ovf_error *err);

/** Whether \p n compared so holds. */
bool ovf_compare_holds(enum ovf_compare compare, int64_t n, int64_t with);

#endif
