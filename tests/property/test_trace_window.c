/* SPDX-License-Identifier: Apache-2.0 */
/* A trace that comes in stretches against the same in memory: what is read is the same, and what is
 * rejected is not read. Stretches and the room of the window change at random. */
#include "test.h"

#include <stdio.h>

#include "trace_equal.h"
#include "trace_texts.h"

#define SEED UINT64_C(524288)
#define ROOM_LEAST ((size_t)1 << 17) /* twice the longest row */

/** A document on its way through a window. */
struct passing {
    const char *text;
    size_t len;
    size_t at;
    unsigned char *window;
    size_t room;
    size_t n;
    uint64_t x;
    size_t n_calls;
};

static bool more(void *context, size_t n_kept, struct ovf_bytes *window, bool *is_last)
{
    struct passing *p = context;
    const size_t left = p->len - p->at;
    size_t n = p->room - n_kept;
    if (n == 0)
        return false;
    n = n < left ? n : left;
    n = n > 1 ? 1 + next_random(&p->x) % n : n;
    unsigned char *moved = malloc(p->room);
    assert_non_null(moved);
    assert_true(n_kept <= p->n);
    if (n_kept > 0)
        memcpy(moved, p->window + p->n - n_kept, n_kept);
    memcpy(moved + n_kept, p->text + p->at, n);
    free(p->window);
    p->window = moved;
    p->n = n_kept + n;
    p->at += n;
    p->n_calls++;
    *window = (struct ovf_bytes){moved, p->n};
    *is_last = p->at == p->len;
    return true;
}

struct counts {
    size_t n_read;
    size_t n_given_up;
    size_t n_moved; /* read in several stretches */
};

static void compare(const char *text, size_t len, uint64_t *x, struct counts *counts)
{
    struct ovf_trace whole = {0};
    struct ovf_trace passed = {0};
    struct ovf_error err;
    enum ovf_reject reject;
    bool gave_up;
    struct passing p = {.text = text,
                        .len = len,
                        .room = ROOM_LEAST + next_random(x) % ROOM_LEAST,
                        .x = next_random(x) | 1};
    const struct ovf_trace_source source = {more, &p};
    assert_int_equal(ovf_trace_read((struct ovf_bytes){(const unsigned char *)text, len}, 3, &whole,
                                    &reject, &err),
                     OVF_OK);
    assert_int_equal(ovf_trace_read_source(&source, 3, &passed, &gave_up, &err), OVF_OK);
    if (!gave_up && (reject != OVF_REJECT_N || !traces_equal(&whole, &passed)))
        fail_msg("%zu fixes in memory (%s), %zu in a window of %zu", whole.fixes.n,
                 ovf_reject_name(reject), passed.fixes.n, p.room);
    counts->n_read += gave_up ? 0 : 1;
    counts->n_given_up += gave_up ? 1 : 0;
    counts->n_moved += !gave_up && p.n_calls > 3 ? 1 : 0;
    free(p.window);
    ovf_trace_deinit(&whole);
    ovf_trace_deinit(&passed);
}

static void recordings_are_read_alike_through_a_window(void **state)
{
    (void)state;
    struct text texts[MAX_TEXTS];
    struct counts counts = {0};
    uint64_t x = SEED;
    const size_t n = load_all(texts);
    for (size_t i = 0; i < n; i++) {
        for (int round = 0; round < 3; round++)
            compare(texts[i].data, texts[i].len, &x, &counts);
    }
    assert_int_equal(counts.n_given_up, 0);
    assert_true(counts.n_moved > n);
    free_all(texts, n);
}

static void what_is_rejected_is_not_read_through_a_window(void **state)
{
    (void)state;
    struct text texts[MAX_TEXTS];
    struct counts counts = {0};
    uint64_t x = SEED + 1;
    const size_t n = load_all(texts);
    for (size_t round = 0; round < (OVF_SANITIZED ? 40 : 400); round++) {
        struct text *text = &texts[round % n];
        char *changed = malloc(text->len + 64);
        size_t len = text->len;
        assert_non_null(changed);
        memcpy(changed, text->data, len);
        mutate(changed, &len, &x);
        if (round % 4 == 0)
            len -= next_random(&x) % len;
        compare(changed, len, &x, &counts);
        free(changed);
    }
    assert_true(counts.n_given_up > 10);
    assert_true(counts.n_read > 10);
    free_all(texts, n);
}

/** A trace of \p n_rows equal rows; \p behind stands in its place behind them. */
static char *made(size_t n_rows, const char *before, const char *behind, size_t *len)
{
    static const char row[] = "[1.00,10.5,20.5,1000,100.1,90.0,0,64,null,null,1100]";
    char *text = malloc(n_rows * sizeof row + strlen(before) + strlen(behind) + 64);
    assert_non_null(text);
    char *at = text + snprintf(text, strlen(before) + 64, "{%s\"trace\":[", before);
    for (size_t i = 0; i < n_rows; i++) {
        memcpy(at, row, sizeof row - 1);
        at += sizeof row - 1;
        *at++ = i + 1 < n_rows ? ',' : ']';
    }
    memcpy(at, behind, strlen(behind));
    *len = (size_t)(at - text) + strlen(behind);
    return text;
}

static void what_needs_all_of_it_is_given_up(void **state)
{
    (void)state;
    uint64_t x = SEED;
    size_t len;
    struct counts counts = {0};
    char *text = made(20000, "\"icao\":\"a1b2c3\",\"timestamp\":1693353600,", "}", &len);
    compare(text, len, &x, &counts);
    free(text);
    assert_int_equal(counts.n_read, 1);
    text = made(20000, "\"icao\":\"a1b2c3\",", ",\"timestamp\":1693353600}", &len);
    compare(text, len, &x, &counts);
    free(text);
    assert_int_equal(counts.n_given_up, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recordings_are_read_alike_through_a_window),
        cmocka_unit_test(what_is_rejected_is_not_read_through_a_window),
        cmocka_unit_test(what_needs_all_of_it_is_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
