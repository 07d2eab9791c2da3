/* SPDX-License-Identifier: Apache-2.0 */
/* Merging members into a track. One degree of latitude is 111.2 km on the mean sphere, so 1e-4 degree
 * is 11 m and 1e-3 degree 111 m: expectations follow from that. */
#include "test.h"

#include "base/time.h"
#include "track/merge.h"

static struct ovf_fix make(uint32_t item, uint32_t row, int64_t t_ms, int32_t lat_e7)
{
    return (struct ovf_fix){.t_ns = t_ms * OVF_NS_PER_MS,
                            .at = {lat_e7, 100000000},
                            .source = OVF_SOURCE_ADSB,
                            .record = {item, row}};
}

static struct ovf_track merge(const struct ovf_fix *a, size_t n_a, const struct ovf_fix *b,
                              size_t n_b)
{
    struct ovf_fixes parts[2] = {{0}, {0}};
    struct ovf_track track = {0};
    for (size_t i = 0; i < n_a; i++)
        assert_int_equal(ovf_fixes_push(&parts[0], &a[i]), OVF_OK);
    for (size_t i = 0; i < n_b; i++)
        assert_int_equal(ovf_fixes_push(&parts[1], &b[i]), OVF_OK);
    assert_int_equal(ovf_track_merge(0xabcdef, parts, 2, &track), OVF_OK);
    ovf_fixes_deinit(&parts[0]);
    ovf_fixes_deinit(&parts[1]);
    return track;
}

static void no_fixes_make_an_empty_track(void **state)
{
    (void)state;
    struct ovf_track track = merge(NULL, 0, NULL, 0);
    assert_int_equal(track.fixes.n, 0);
    assert_int_equal(track.address, 0xabcdef);
    ovf_track_deinit(&track);
    ovf_track_deinit(&track);
}

static void fixes_of_two_days_come_in_order_of_time(void **state)
{
    (void)state;
    const struct ovf_fix late[] = {make(0, 1, 90000, 20), make(0, 0, 80000, 10)};
    const struct ovf_fix early[] = {make(1, 0, 10000, 0)};
    struct ovf_track track = merge(late, 2, early, 1);
    assert_int_equal(track.fixes.n, 3);
    assert_int_equal(track.fixes.items[0].record.item, 1);
    assert_int_equal(track.fixes.items[1].record.row, 0);
    assert_int_equal(track.fixes.items[2].record.row, 1);
    ovf_track_deinit(&track);
}

static void a_copy_of_a_member_adds_only_aliases(void **state)
{
    (void)state;
    const struct ovf_fix a[] = {make(0, 0, 0, 0), make(0, 1, 1000, 20000)};
    const struct ovf_fix b[] = {make(1, 5, 0, 0), make(1, 6, 1000, 20000)};
    size_t n = 0;
    struct ovf_track track = merge(a, 2, b, 2);
    assert_int_equal(track.fixes.n, 2);
    assert_int_equal(track.n_aliases, 2);
    assert_int_equal(track.n_repeated, 0);
    const struct ovf_track_alias *alias = ovf_track_aliases_of(&track, 1, &n);
    assert_int_equal(n, 1);
    assert_int_equal(alias->record.item, 1);
    assert_int_equal(alias->record.row, 6);
    ovf_track_deinit(&track);
}

static void one_report_in_two_members_is_found_within_50_ms_and_50_m(void **state)
{
    (void)state;
    const struct ovf_fix a[] = {make(0, 0, 0, 0), make(0, 1, 1000, 20000), make(0, 2, 2000, 40000)};
    const struct ovf_fix b[] = {
        make(1, 0, 50, 4000),           /* 50 ms, 44 m: the same */
        make(1, 1, 1051, 20000),        /* 51 ms: another */
        make(1, 2, 2000, 40000 + 5000), /* 56 m: another */
    };
    struct ovf_track track = merge(a, 3, b, 3);
    assert_int_equal(track.fixes.n, 5);
    assert_int_equal(track.n_aliases, 1);
    assert_int_equal(track.aliases[0].fix, 0);
    ovf_track_deinit(&track);
}

static void a_twin_adds_what_the_first_does_not_say(void **state)
{
    (void)state;
    struct ovf_fix a[] = {make(0, 0, 0, 0)};
    struct ovf_fix b[] = {make(1, 0, 0, 0)};
    a[0].has = OVF_FIX_ALT_BARO;
    a[0].alt_baro_ft = 30000;
    a[0].flags = OVF_FIX_AFTER_SILENCE;
    b[0].has = OVF_FIX_ALT_BARO | OVF_FIX_GS | OVF_FIX_NAC_V;
    b[0].alt_baro_ft = 31000;
    b[0].gs_kt = 400;
    b[0].flags = OVF_FIX_HEARD_SINCE | 3 << OVF_FIX_NAC_V_SHIFT;
    struct ovf_track track = merge(a, 1, b, 1);
    const struct ovf_fix *fix = &track.fixes.items[0];
    assert_int_equal(track.fixes.n, 1);
    assert_int_equal(fix->alt_baro_ft, 30000);
    assert_near((double)fix->gs_kt, 400, 0);
    assert_int_equal(fix->flags, OVF_FIX_HEARD_SINCE | 3 << OVF_FIX_NAC_V_SHIFT);
    assert_int_equal(fix->has, b[0].has);
    ovf_track_deinit(&track);
}

static void heading_and_bank_are_taken_over_like_the_rest(void **state)
{
    (void)state;
    struct ovf_fix a = make(0, 0, 1000, 0);
    struct ovf_fix b = make(1, 0, 1000, 0);
    b.has = OVF_FIX_HEADING | OVF_FIX_ROLL;
    b.heading_deg = 77;
    b.roll_cdeg = -310;
    struct ovf_track track = merge(&a, 1, &b, 1);
    assert_int_equal(track.fixes.n, 1);
    assert_int_equal(track.fixes.items[0].has, b.has);
    assert_near((double)track.fixes.items[0].heading_deg, 77, 0);
    assert_int_equal(track.fixes.items[0].roll_cdeg, -310);
    ovf_track_deinit(&track);
}

static struct ovf_fix with_sil(uint32_t item, unsigned sil, enum ovf_sil_type type)
{
    struct ovf_fix fix = make(item, 0, 1000, 0);
    fix.has = OVF_FIX_SIL;
    fix.sil = sil & 3U;
    fix.sil_type = (unsigned)type & 3U;
    return fix;
}

static void of_which_sil_the_probability_is_goes_with_that_sil(void **state)
{
    (void)state;
    static const struct {
        unsigned sil; /* of the first, of which the second says 3 per hour; else it says nothing */
        bool is_stated;
        enum ovf_sil_type type;
        unsigned sil_merged;
        enum ovf_sil_type merged;
    } cases[] = {
        {3, true, OVF_SIL_UNKNOWN, 3, OVF_SIL_PER_HOUR},
        {3, true, OVF_SIL_PER_SAMPLE, 3, OVF_SIL_PER_SAMPLE},
        {2, true, OVF_SIL_UNKNOWN, 2, OVF_SIL_UNKNOWN},
        {0, false, OVF_SIL_UNKNOWN, 3, OVF_SIL_PER_HOUR},
        {0, false, OVF_SIL_PER_SAMPLE, 3, OVF_SIL_PER_HOUR},
    };
    const struct ovf_fix second = with_sil(1, 3, OVF_SIL_PER_HOUR);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ovf_fix first = with_sil(0, cases[i].sil, cases[i].type);
        first.has = cases[i].is_stated ? OVF_FIX_SIL : 0;
        struct ovf_track track = merge(&first, 1, &second, 1);
        assert_int_equal(track.fixes.n, 1);
        assert_int_equal(track.fixes.items[0].sil, cases[i].sil_merged);
        assert_int_equal(track.fixes.items[0].sil_type, cases[i].merged);
        ovf_track_deinit(&track);
    }
}

static void a_row_written_twice_in_one_member_counts_once(void **state)
{
    (void)state;
    const struct ovf_fix a[] = {make(0, 0, 0, 0), make(0, 1, 0, 0), make(0, 2, 1000, 0)};
    struct ovf_track track = merge(a, 3, NULL, 0);
    assert_int_equal(track.fixes.n, 2);
    assert_int_equal(track.n_repeated, 1);
    assert_int_equal(track.n_aliases, 0);
    ovf_track_deinit(&track);
}

static void two_places_at_one_time_in_one_member_both_stay(void **state)
{
    (void)state;
    const struct ovf_fix a[] = {make(0, 0, 0, 0), make(0, 1, 0, 3000)};
    struct ovf_track track = merge(a, 2, NULL, 0);
    assert_int_equal(track.fixes.n, 2);
    assert_int_equal(track.n_repeated, 0);
    ovf_track_deinit(&track);
}

static void thousands_of_rows_at_one_instant_take_no_square_of_time(void **state)
{
    (void)state;
    struct ovf_fixes part = {0};
    struct ovf_track track = {0};
    for (uint32_t i = 0; i < 200000; i++) {
        const struct ovf_fix fix = make(i % 3, i, 0, (int32_t)(i % 1000) * 10000);
        assert_int_equal(ovf_fixes_push(&part, &fix), OVF_OK);
    }
    assert_int_equal(ovf_track_merge(1, &part, 1, &track), OVF_OK);
    assert_int_equal(track.fixes.n + track.n_aliases + track.n_repeated, 200000);
    ovf_fixes_deinit(&part);
    ovf_track_deinit(&track);
}

static void one_part_that_is_taken_makes_the_track_that_a_copy_makes(void **state)
{
    (void)state;
    const struct ovf_fix given[] = {make(0, 0, 30000, 0), make(0, 1, 10000, 0),
                                    make(0, 2, 20000, 0), make(0, 3, 20000, 0),
                                    make(0, 4, 10020, 0)};
    struct ovf_fixes copied = {0};
    struct ovf_fixes part = {0};
    struct ovf_track merged = {0};
    struct ovf_track taken = {0};
    for (int round = 0; round < 2; round++) { /* the second time there is a track already */
        part.n = copied.n = 0;
        assert_int_equal(ovf_fixes_append(&part, given, 5), OVF_OK);
        assert_int_equal(ovf_fixes_append(&copied, given, 5), OVF_OK);
        assert_int_equal(ovf_track_merge(7, &copied, 1, &merged), OVF_OK);
        assert_int_equal(ovf_track_take(7, &part, &taken), OVF_OK);
        assert_int_equal(part.n, 0);
        assert_int_equal(taken.address, 7);
        assert_int_equal(taken.fixes.n, 4);
        assert_int_equal(taken.fixes.n, merged.fixes.n);
        assert_int_equal(taken.n_repeated, merged.n_repeated);
        assert_memory_equal(taken.fixes.items, merged.fixes.items,
                            taken.fixes.n * sizeof *taken.fixes.items);
    }
    ovf_fixes_deinit(&copied);
    ovf_fixes_deinit(&part);
    ovf_track_deinit(&merged);
    ovf_track_deinit(&taken);
}

/* Heard in the same instant, which is that of the bytes: one after the other of one stream, of which the second's place
 * is told, then of two inputs. */
static void of_several_that_heard_it_one_of_known_place_is_named(void **state)
{
    (void)state;
    struct ovf_fix a[] = {make(0, 0, 0, 0), make(0, 1, 0, 0), make(0, 2, 0, 0)};
    struct ovf_fix b[] = {make(1, 7, 10, 0)};
    size_t n = 0;
    for (uint16_t i = 0; i < 3; i++)
        a[i].receiver = i + 1;
    a[1].flags = a[2].flags = OVF_FIX_DIRECT;
    struct ovf_track track = merge(a, 3, NULL, 0);
    assert_int_equal(track.fixes.n, 1);
    assert_int_equal(track.n_repeated, 2);
    assert_int_equal(track.fixes.items[0].receiver, 2);
    assert_int_equal(track.fixes.items[0].record.row, 1);
    assert_int_equal(track.fixes.items[0].flags, OVF_FIX_DIRECT);
    ovf_track_deinit(&track);

    for (uint16_t same = 0; same < 2; same++) {
        b[0].receiver = same == 1 ? 1 : 5;
        b[0].flags = OVF_FIX_DIRECT;
        track = merge(a, 1, b, 1);
        assert_int_equal(track.fixes.n, 1);
        assert_int_equal(track.fixes.items[0].receiver, 1);
        assert_int_equal(track.fixes.items[0].flags, same == 1 ? OVF_FIX_DIRECT : 0);
        assert_int_equal(ovf_track_aliases_of(&track, 0, &n)[0].receiver, b[0].receiver);
        assert_int_equal(n, 1);
        ovf_track_deinit(&track);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_fixes_make_an_empty_track),
        cmocka_unit_test(fixes_of_two_days_come_in_order_of_time),
        cmocka_unit_test(a_copy_of_a_member_adds_only_aliases),
        cmocka_unit_test(one_report_in_two_members_is_found_within_50_ms_and_50_m),
        cmocka_unit_test(a_twin_adds_what_the_first_does_not_say),
        cmocka_unit_test(heading_and_bank_are_taken_over_like_the_rest),
        cmocka_unit_test(of_which_sil_the_probability_is_goes_with_that_sil),
        cmocka_unit_test(a_row_written_twice_in_one_member_counts_once),
        cmocka_unit_test(of_several_that_heard_it_one_of_known_place_is_named),
        cmocka_unit_test(two_places_at_one_time_in_one_member_both_stay),
        cmocka_unit_test(thousands_of_rows_at_one_instant_take_no_square_of_time),
        cmocka_unit_test(one_part_that_is_taken_makes_the_track_that_a_copy_makes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
