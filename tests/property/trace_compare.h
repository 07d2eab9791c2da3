/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of traces against the general one alone: each fix bit by bit, each count and each reason. Texts stand at
 * the end of what is allocated, so that the sanitizers see a byte read behind them. */
#ifndef OVF_TESTS_TRACE_COMPARE_H
#define OVF_TESTS_TRACE_COMPARE_H

#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "read/trace.h"
#include "trace_equal.h"

struct readers {
    struct ovf_trace fast;
    struct ovf_trace plain;
    size_t n_used;
    size_t n_rejected;
    size_t n_fixes;
    size_t n_bad_rows;
};

static inline void readers_deinit(struct readers *r)
{
    ovf_trace_deinit(&r->fast);
    ovf_trace_deinit(&r->plain);
}

/** \p read must agree with the general reader. */
static inline enum ovf_reject compare_one(
    struct readers *r, struct ovf_bytes text,
    enum ovf_status (*read)(struct ovf_bytes json, uint32_t item, struct ovf_trace *trace,
                            enum ovf_reject *reject, struct ovf_error *err),
    enum ovf_reject plain, const struct ovf_error *err_plain)
{
    struct ovf_error err = {0};
    enum ovf_reject fast;
    assert_int_equal(read(text, 7, &r->fast, &fast, &err), OVF_OK);
    if (fast != plain || strcmp(err.text, err_plain->text) != 0 ||
        !traces_equal(&r->fast, &r->plain))
        fail_msg("'%s' and '%s', %zu and %zu fixes of\n%.*s", err.text, err_plain->text,
                 r->fast.fixes.n, r->plain.fixes.n, (int)text.len, (const char *)text.data);
    return fast;
}

/** All ways of reading \p text must agree. */
static inline void compare(struct readers *r, const char *text, size_t len)
{
    unsigned char *exact = malloc(len > 0 ? len : 1);
    struct ovf_error err = {0};
    enum ovf_reject plain;
    assert_non_null(exact);
    memcpy(exact, text, len);
    const struct ovf_bytes bytes = {exact, len};
    assert_int_equal(ovf_trace_read_plain(bytes, 7, &r->plain, &plain, &err), OVF_OK);
    (void)compare_one(r, bytes, ovf_trace_read_narrow, plain, &err);
    const enum ovf_reject fast = compare_one(r, bytes, ovf_trace_read, plain, &err);
    r->n_used += fast == OVF_REJECT_N;
    r->n_rejected += fast != OVF_REJECT_N;
    r->n_fixes += r->fast.fixes.n;
    r->n_bad_rows += ovf_tally_rejected(&r->fast.rows);
    free(exact);
}

#endif
