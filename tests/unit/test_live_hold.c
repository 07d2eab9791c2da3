/* SPDX-License-Identifier: Apache-2.0 */
/* Holding fixes of many aircraft in a bounded room. */
#include "test.h"

#include <string.h>

#include "engine/live_hold.h"

static struct ovf_fix fix_at(int i)
{
    return (struct ovf_fix){.t_ns = INT64_C(1751328000000000000) + (int64_t)i * 1234567890,
                            .at = {470000000 + i * 4321, 80000000 - i * 1234},
                            .alt_baro_ft = 35000 + i % 3 * 25,
                            .gs_kt = 431.5F + (float)(i % 7),
                            .track_deg = 270.25F,
                            .has = OVF_FIX_ALT_BARO | OVF_FIX_GS | OVF_FIX_TRACK,
                            .source = OVF_SOURCE_ADSB,
                            .callsign = "SIM1",
                            .record = {0, (uint32_t)i}};
}

static void push(struct ovf_live_hold *hold, uint32_t number, int i)
{
    const struct ovf_fix fix = fix_at(i);
    assert_int_equal(ovf_live_hold_push(hold, number, &fix), OVF_OK);
}

static uint32_t add(struct ovf_live_hold *hold, uint32_t address)
{
    uint32_t number;
    assert_int_equal(ovf_live_hold_add(hold, address, 0, &number), OVF_OK);
    return number;
}

static bool same_fix(const struct ovf_fix *a, const struct ovf_fix *b)
{
    return a->t_ns == b->t_ns && ovf_point_equal(a->at, b->at) &&
           a->alt_baro_ft == b->alt_baro_ft && a->has == b->has && a->source == b->source &&
           a->gs_kt == b->gs_kt && /* bits that were copied */
           memcmp(a->callsign, b->callsign, sizeof a->callsign) == 0 &&
           a->record.row == b->record.row;
}

static void fixes_of_aircraft_that_take_turns_come_back_as_they_came(void **state)
{
    enum { N = 500, N_CRAFTS = 3 };
    (void)state;
    struct ovf_live_hold hold;
    struct ovf_fixes fixes = {0};
    uint32_t numbers[N_CRAFTS];
    assert_int_equal(ovf_live_hold_init(&hold, 10, 1 << 20), OVF_OK);
    for (uint32_t c = 0; c < N_CRAFTS; c++)
        numbers[c] = add(&hold, 0xF10000 + c);
    for (int i = 0; i < N * N_CRAFTS; i++)
        push(&hold, numbers[i % N_CRAFTS], i);
    for (int c = 0; c < N_CRAFTS; c++) {
        assert_int_equal(ovf_live_hold_fixes(&hold, numbers[c], &fixes), OVF_OK);
        assert_int_equal(fixes.n, N);
        for (int i = 0; i < N; i++) {
            const struct ovf_fix want = fix_at(i * N_CRAFTS + c);
            assert_true(same_fix(&fixes.items[i], &want));
        }
    }
    ovf_fixes_deinit(&fixes);
    ovf_live_hold_deinit(&hold);
}

static void some_twenty_bytes_hold_a_fix(void **state)
{
    enum { N = 10000 };
    (void)state;
    struct ovf_live_hold hold;
    assert_int_equal(ovf_live_hold_init(&hold, 10, 1 << 20), OVF_OK);
    const uint32_t number = add(&hold, 0xF10001);
    const size_t before = ovf_live_hold_bytes(&hold);
    for (int i = 0; i < N; i++)
        push(&hold, number, i);
    assert_true(ovf_live_hold_bytes(&hold) - before < N * 24);
    ovf_live_hold_deinit(&hold);
}

/** Of every tenth that it was heard without a position. */
static struct ovf_fix mixed_at(int i)
{
    struct ovf_fix fix = fix_at(i);
    if (i % 10 != 0)
        return fix;
    return (struct ovf_fix){.t_ns = fix.t_ns,
                            .at = {480000000, 90000000},
                            .source = OVF_SOURCE_MODE_S,
                            .flags = OVF_FIX_HEARING,
                            .record = {0, (uint32_t)i}};
}

static void hearings_stand_between_positions_as_they_came(void **state)
{
    enum { N = 300 };
    (void)state;
    struct ovf_live_hold hold;
    struct ovf_fixes fixes = {0};
    assert_int_equal(ovf_live_hold_init(&hold, 10, 1 << 20), OVF_OK);
    const uint32_t number = add(&hold, 0xF10001);
    for (int i = 0; i < N; i++) {
        const struct ovf_fix fix = mixed_at(i);
        assert_int_equal(ovf_live_hold_push(&hold, number, &fix), OVF_OK);
        assert_int_equal(hold.crafts[number].last.record.row, i % 10 != 0 ? i : i > 0 ? i - 1 : 0);
    }
    for (int first = 0; first < N; first += 20) { /* each time fewer, and a hearing before all */
        assert_int_equal(ovf_live_hold_fixes(&hold, number, &fixes), OVF_OK);
        assert_int_equal(fixes.n, N - first);
        for (int i = first; i < N; i++) {
            const struct ovf_fix want = mixed_at(i);
            assert_true(same_fix(&fixes.items[i - first], &want));
            assert_int_equal(fixes.items[i - first].flags, want.flags);
        }
        memmove(fixes.items, fixes.items + 20, (fixes.n - 20) * sizeof *fixes.items);
        fixes.n -= 20;
        assert_int_equal(ovf_live_hold_replace(&hold, number, &fixes), OVF_OK);
    }
    ovf_fixes_deinit(&fixes);
    ovf_live_hold_deinit(&hold);
}

static void a_full_hold_refuses_and_stays_as_it_was(void **state)
{
    (void)state;
    struct ovf_live_hold hold;
    struct ovf_fixes fixes = {0};
    int n = 0;
    assert_int_equal(ovf_live_hold_init(&hold, 2, 4096), OVF_OK);
    const uint32_t number = add(&hold, 0xF10001);
    for (;;) {
        const struct ovf_fix fix = fix_at(n);
        const enum ovf_status st = ovf_live_hold_push(&hold, number, &fix);
        if (st == OVF_E_LIMIT)
            break;
        assert_int_equal(st, OVF_OK);
        n++;
        assert_true(ovf_live_hold_bytes(&hold) <= 4096);
    }
    assert_true(n > 50);
    assert_int_equal(ovf_live_hold_fixes(&hold, number, &fixes), OVF_OK);
    assert_int_equal(fixes.n, n);
    fixes.n = 10; /* a part of it fits, and leaves room */
    assert_int_equal(ovf_live_hold_replace(&hold, number, &fixes), OVF_OK);
    push(&hold, number, 10);
    assert_int_equal(ovf_live_hold_fixes(&hold, number, &fixes), OVF_OK);
    assert_int_equal(fixes.n, 11);
    const struct ovf_fix want = fix_at(10);
    assert_true(same_fix(&fixes.items[10], &want));
    ovf_fixes_deinit(&fixes);
    ovf_live_hold_deinit(&hold);
}

static void the_oldest_is_the_one_heard_longest_ago(void **state)
{
    (void)state;
    struct ovf_live_hold hold;
    assert_int_equal(ovf_live_hold_init(&hold, 3, 1 << 16), OVF_OK);
    const uint32_t a = add(&hold, 0xF10001);
    const uint32_t b = add(&hold, 0xF10002);
    const uint32_t c = add(&hold, 0xF10003);
    uint32_t number;
    assert_int_equal(ovf_live_hold_add(&hold, 0xF10004, 0, &number), OVF_E_LIMIT);
    assert_int_equal(hold.oldest, a);
    push(&hold, a, 0);
    assert_int_equal(hold.oldest, b);
    push(&hold, c, 0);
    assert_int_equal(hold.oldest, b);
    ovf_live_hold_remove(&hold, b);
    assert_int_equal(hold.oldest, a);
    assert_int_equal(ovf_live_hold_find(&hold, 0xF10002, 0), OVF_LIVE_NONE);
    assert_int_equal(ovf_live_hold_find(&hold, 0xF10001, 0), a);
    assert_int_equal(ovf_live_hold_find(&hold, 0xF10003, 0), c);
    assert_int_equal(ovf_live_hold_add(&hold, 0xF10004, 0, &number), OVF_OK);
    assert_int_equal(number, b);
    assert_int_equal(hold.n_used, 3);
    ovf_live_hold_deinit(&hold);
}

static void a_label_means_something_within_its_source_only(void **state)
{
    (void)state;
    struct ovf_live_hold hold;
    uint32_t a;
    uint32_t b;
    assert_int_equal(ovf_live_hold_init(&hold, 3, 1 << 16), OVF_OK);
    assert_int_equal(ovf_live_hold_add(&hold, 0x1000001, 0, &a), OVF_OK);
    assert_int_equal(ovf_live_hold_add(&hold, 0x1000001, 1, &b), OVF_OK);
    assert_int_equal(ovf_live_hold_find(&hold, 0x1000001, 0), a);
    assert_int_equal(ovf_live_hold_find(&hold, 0x1000001, 1), b);
    ovf_live_hold_deinit(&hold);
}

static void what_one_gives_back_another_takes(void **state)
{
    (void)state;
    struct ovf_live_hold hold;
    assert_int_equal(ovf_live_hold_init(&hold, 2, 1 << 16), OVF_OK);
    for (uint32_t round = 0; round < 100; round++) { /* together far more than there is room for */
        const uint32_t number = add(&hold, 0xF10000 + round);
        for (int i = 0; i < 1000; i++)
            push(&hold, number, i);
        ovf_live_hold_remove(&hold, number);
    }
    assert_int_equal(hold.n_used, 0);
    ovf_live_hold_deinit(&hold);
}

static void too_few_bytes_for_one_aircraft_are_refused(void **state)
{
    (void)state;
    struct ovf_live_hold hold;
    assert_int_equal(ovf_live_hold_init(&hold, 10, 100), OVF_E_RANGE);
    ovf_live_hold_deinit(&hold);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixes_of_aircraft_that_take_turns_come_back_as_they_came),
        cmocka_unit_test(some_twenty_bytes_hold_a_fix),
        cmocka_unit_test(hearings_stand_between_positions_as_they_came),
        cmocka_unit_test(a_full_hold_refuses_and_stays_as_it_was),
        cmocka_unit_test(the_oldest_is_the_one_heard_longest_ago),
        cmocka_unit_test(a_label_means_something_within_its_source_only),
        cmocka_unit_test(what_one_gives_back_another_takes),
        cmocka_unit_test(too_few_bytes_for_one_aircraft_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
