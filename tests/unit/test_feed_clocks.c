/* SPDX-License-Identifier: Apache-2.0 */
/* An aircraft at 0.002 degrees a second, heard by several feeds. */
#include "test.h"

#include "base/time.h"
#include "watch/feed_clocks.h"

#define T0_NS (INT64_C(1751328000) * OVF_NS_PER_S)

struct bench {
    struct ovf_feed_clocks *clocks;
    uint32_t other;
    int64_t ahead_ns;
    int n_told;
};

static struct bench make_bench(size_t n_feeds)
{
    struct bench b = {.n_told = 0};
    assert_int_equal(ovf_feed_clocks_new(n_feeds, &b.clocks), OVF_OK);
    return b;
}

/* Where the aircraft is at second \p s, with times that are \p off_ms off. */
static void hear(struct bench *b, uint32_t feed, int64_t s, int64_t off_ms)
{
    const struct ovf_fix fix = {.t_ns = T0_NS + s * OVF_NS_PER_S + off_ms * OVF_NS_PER_MS,
                                .at = {-123456789, (int32_t)(20000 * s) - 7},
                                .source = OVF_SOURCE_ADSB};
    b->n_told += ovf_feed_clocks_note(b->clocks, feed, 0xF10001, &fix, &b->other, &b->ahead_ns);
}

static void a_constant_difference_is_told_once(void **state)
{
    (void)state;
    struct bench b = make_bench(2);
    for (int64_t s = 0; s < 19; s++) {
        hear(&b, 0, s, 0);
        hear(&b, 1, s, 3000 + s % 2 * 100);
    }
    assert_int_equal(b.n_told, 0);
    hear(&b, 1, 19, 3000);
    hear(&b, 0, 19, 0); /* whichever comes first */
    assert_int_equal(b.n_told, 1);
    assert_int_equal(b.other, 1);
    assert_int_equal(b.ahead_ns, -3 * OVF_NS_PER_S);
    for (int64_t s = 20; s < 100; s++) {
        hear(&b, 0, s, 0);
        hear(&b, 1, s, 3000);
    }
    assert_int_equal(b.n_told, 1);
    ovf_feed_clocks_free(b.clocks);
}

/* 1990 and 2199, the years that are read: who is ahead by 209 years is behind by as many next. */
static void feeds_at_both_ends_of_time_are_not_compared(void **state)
{
    (void)state;
    struct bench b = make_bench(2);
    static const int64_t from_1990_ms = INT64_C(-1120000000000);
    static const int64_t to_2199_ms = INT64_C(5490000000000);
    for (int64_t s = 0; s < 40; s++) {
        hear(&b, 0, s, s % 2 == 0 ? from_1990_ms : to_2199_ms);
        hear(&b, 1, s, s % 2 == 0 ? to_2199_ms : from_1990_ms);
    }
    assert_int_equal(b.n_told, 0);
    ovf_feed_clocks_free(b.clocks);
}

static void a_feed_that_comes_seconds_behind_is_compared_all_the_same(void **state)
{
    (void)state;
    struct bench b = make_bench(2);
    for (int64_t s = 0; s < 40; s++) {
        hear(&b, 0, s, 0);
        if (s >= 10)
            hear(&b, 1, s - 10, -3600 * 1000);
    }
    assert_int_equal(b.n_told, 1);
    assert_int_equal(b.ahead_ns, -3600 * OVF_NS_PER_S);
    ovf_feed_clocks_free(b.clocks);
}

static void what_varies_or_is_small_is_not_told(void **state)
{
    (void)state;
    struct bench b = make_bench(3);
    for (int64_t s = 0; s < 200; s++) {
        hear(&b, 0, s, 0);
        hear(&b, 1, s, 900);
        hear(&b, 2, s, 2000 + s % 3 * 1000); /* a network that takes its time */
    }
    assert_int_equal(b.n_told, 0);
    ovf_feed_clocks_free(b.clocks);
}

static void who_stands_still_tells_nothing(void **state)
{
    (void)state;
    struct bench b = make_bench(2);
    struct ovf_fix fix = {.at = {1, 1}};
    for (int64_t s = 0; s < 100; s++) {
        for (uint32_t feed = 0; feed < 2; feed++) {
            fix.t_ns = T0_NS + (s + 5 * feed) * OVF_NS_PER_S;
            fix.flags = OVF_FIX_ON_GROUND;
            b.n_told += ovf_feed_clocks_note(b.clocks, feed, 0xF10001, &fix, &b.other, &b.ahead_ns);
        }
    }
    assert_int_equal(b.n_told, 0);
    ovf_feed_clocks_free(b.clocks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_constant_difference_is_told_once),
        cmocka_unit_test(a_feed_that_comes_seconds_behind_is_compared_all_the_same),
        cmocka_unit_test(feeds_at_both_ends_of_time_are_not_compared),
        cmocka_unit_test(what_varies_or_is_small_is_not_told),
        cmocka_unit_test(who_stands_still_tells_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
