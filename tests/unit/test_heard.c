/* SPDX-License-Identifier: Apache-2.0 */
/* Where an aircraft was heard, against counting by hand: eastward on the equator, where a cell is 0.4 degrees. */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "listen/heard.h"

static const struct ovf_walk_options walk = {60 * OVF_NS_PER_S, 300 * OVF_NS_PER_S, false, 0};

enum { MAX_FIXES = 2000 };

struct flight {
    struct ovf_fix fixes[MAX_FIXES];
    size_t n;
};

/** \p n fixes from \p t_s on, every \p step_s, 0.001 degrees a second. */
static void fly(struct flight *flight, int64_t t_s, int64_t step_s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const int64_t at_s = t_s + (int64_t)i * step_s;
        assert_true(flight->n < MAX_FIXES);
        flight->fixes[flight->n++] = (struct ovf_fix){.t_ns = at_s * OVF_NS_PER_S,
                                                      .at = {1000000, (int32_t)(at_s * 10000)},
                                                      .alt_baro_ft = 35000,
                                                      .has = OVF_FIX_ALT_BARO,
                                                      .grade = OVF_GRADE_A};
    }
}

/** Nothing is detected, and it is not heard without positions. */
static struct ovf_track track_of(struct flight *flight)
{
    return (struct ovf_track){.fixes = {.items = flight->fixes, .n = flight->n}};
}

static struct ovf_heard hear(struct flight *flight)
{
    struct ovf_heard heard = {0};
    const struct ovf_track track = track_of(flight);
    assert_int_equal(ovf_heard_flight(&heard, &track, 0, flight->n - 1, &walk), OVF_OK);
    return heard;
}

static enum ovf_gap_kind kind_of(struct flight *flight, size_t i, size_t j)
{
    const struct ovf_track track = track_of(flight);
    return ovf_gap_kind_of(&walk, &track, i, j);
}

static void assert_run(const struct ovf_heard_run *run, uint32_t cell, int64_t from_s, int64_t to_s,
                       uint32_t n_fixes, bool is_silent)
{
    assert_int_equal(run->cell, cell);
    assert_int_equal(run->from_s, from_s);
    assert_int_equal(run->to_s, to_s);
    assert_int_equal(run->n_fixes, n_fixes);
    assert_int_equal(run->is_silent, is_silent);
}

static void test_a_run_lasts_from_its_first_fix_to_the_next_ones_first(void **state)
{
    (void)state;
    struct flight flight = {.n = 0};
    fly(&flight, 0, 30, 31); /* 0 to 900 s: 0.9 degrees */
    struct ovf_heard heard = hear(&flight);
    assert_int_equal(heard.n, 3);
    assert_run(&heard.runs[0], 225450, 0, 420, 14,
               false); /* the fix at 420 s is the first beyond 0.4 */
    assert_run(&heard.runs[1], 225451, 420, 810, 13, false);
    assert_run(&heard.runs[2], 225452, 810, 900, 4, false);
    assert_int_equal(heard.runs[0].band, OVF_BAND_HIGH);
    ovf_heard_deinit(&heard);
}

static void test_runs_are_cut_at_the_hour_and_where_the_band_changes(void **state)
{
    (void)state;
    struct flight flight = {.n = 0};
    fly(&flight, 3520, 50, 4); /* 3520, 3570, 3620, 3670: longitudes 3.52 to 3.67, a cell */
    flight.fixes[3].alt_baro_ft = 20000;
    struct ovf_heard heard = hear(&flight);
    assert_int_equal(heard.n, 4);
    assert_run(&heard.runs[0], 225458, 3520, 3600, 2, false);
    assert_run(&heard.runs[1], 225458, 3600, 3620, 0, false);
    assert_run(&heard.runs[2], 225459, 3620, 3670, 1, false);
    assert_run(&heard.runs[3], 225459, 3670, 3670, 1, false);
    assert_int_equal(heard.runs[2].band, OVF_BAND_HIGH);
    assert_int_equal(heard.runs[3].band, OVF_BAND_MIDDLE);
    ovf_heard_deinit(&heard);
}

/** The seconds of all runs, heard or silent, and their fixes. */
static int64_t sum_s(const struct ovf_heard *heard, bool is_silent, uint32_t *n_fixes)
{
    int64_t sum = 0;
    *n_fixes = 0;
    for (size_t i = 0; i < heard->n; i++) {
        if (heard->runs[i].is_silent != is_silent)
            continue;
        sum += heard->runs[i].to_s - heard->runs[i].from_s;
        *n_fixes += heard->runs[i].n_fixes;
    }
    return sum;
}

static void test_a_gap_is_silent_in_the_cells_on_its_way(void **state)
{
    (void)state;
    struct flight flight = {.n = 0};
    uint32_t n;
    fly(&flight, 0, 10, 11);    /* until 100 s */
    fly(&flight, 1100, 10, 11); /* from 1100 to 1200 s: the gap leads from 0.1 to 1.1 degrees */
    flight.fixes[11].alt_baro_ft = 9000;
    struct ovf_heard heard = hear(&flight);
    assert_int_equal(sum_s(&heard, true, &n), 1000);
    assert_int_equal(n, 0);
    assert_int_equal(sum_s(&heard, false, &n), 200);
    assert_int_equal(n, 22);
    bool met[3] = {false, false, false};
    for (size_t i = 0; i < heard.n; i++) {
        if (!heard.runs[i].is_silent)
            continue;
        assert_int_equal(heard.runs[i].band, OVF_BAND_LOW); /* of the lower end */
        assert_in_range(heard.runs[i].cell, 225450, 225452);
        met[heard.runs[i].cell - 225450] = true;
    }
    assert_true(met[0] && met[1] && met[2]);
    ovf_heard_deinit(&heard);
}

static void test_what_the_archive_thinned_out_was_heard(void **state)
{
    (void)state;
    struct flight flight = {.n = 0};
    uint32_t n;
    fly(&flight, 0, 350, 3);
    for (size_t i = 0; i < 3; i++)
        flight.fixes[i].flags = OVF_FIX_HEARD_SINCE;
    struct ovf_heard heard = hear(&flight);
    assert_int_equal(sum_s(&heard, true, &n), 0);
    assert_int_equal(sum_s(&heard, false, &n), 700);
    assert_int_equal(n, 3);
    /* in both cells on the way, though no fix stands where the first is left */
    assert_near((double)(heard.runs[heard.n - 1].from_s), 700, 0);
    bool in_second = false;
    for (size_t i = 0; i < heard.n; i++)
        in_second = in_second || (heard.runs[i].cell == 225451 && heard.runs[i].n_fixes == 0);
    assert_true(in_second);
    ovf_heard_deinit(&heard);
}

static void test_reports_that_are_not_believed_are_neither_heard_nor_silent(void **state)
{
    (void)state;
    struct flight flight = {.n = 0};
    uint32_t n;
    fly(&flight, 0, 10, 61); /* 600 s */
    for (size_t i = 21; i < 40; i++)
        flight.fixes[i].grade = OVF_GRADE_X; /* from 210 s to 390 s */
    struct ovf_heard heard = hear(&flight);
    assert_int_equal(sum_s(&heard, true, &n), 0);
    assert_int_equal(sum_s(&heard, false, &n), 400);
    assert_int_equal(kind_of(&flight, 20, 40), OVF_GAP_NOT_BELIEVED);
    ovf_heard_deinit(&heard);
    /* one such report in a silence breaks it no more than it bridges it */
    for (size_t i = 21; i < 40; i++)
        flight.fixes[i].t_ns = flight.fixes[20].t_ns + 1;
    heard = hear(&flight);
    assert_int_equal(sum_s(&heard, true, &n), 200);
    assert_int_equal(kind_of(&flight, 20, 40), OVF_GAP_SILENT);
    ovf_heard_deinit(&heard);
}

static void test_a_gap_in_which_it_may_have_stood_is_no_silence(void **state)
{
    (void)state;
    struct flight flight = {.n = 0};
    uint32_t n;
    fly(&flight, 0, 10, 2);
    fly(&flight, 610, 10, 2); /* 0.6 degrees, 66.8 km in 600 s */
    assert_int_equal(kind_of(&flight, 1, 2), OVF_GAP_SILENT);
    flight.fixes[2].flags = OVF_FIX_ON_GROUND;
    struct ovf_heard heard = hear(&flight);
    assert_int_equal(sum_s(&heard, true, &n), 0);
    assert_int_equal(kind_of(&flight, 1, 2), OVF_GAP_GROUND);
    ovf_heard_deinit(&heard);
    /* low, and 24,018 m or 23,973 m in the 600 s: 0.21584 degrees are 24,000 m on the mean sphere */
    flight.fixes[2].flags = 0;
    flight.fixes[1].alt_baro_ft = 9000;
    flight.fixes[2].at.lon_e7 = flight.fixes[1].at.lon_e7 + 2160000;
    assert_int_equal(kind_of(&flight, 1, 2), OVF_GAP_SILENT);
    flight.fixes[2].at.lon_e7 = flight.fixes[1].at.lon_e7 + 2156000;
    assert_int_equal(kind_of(&flight, 1, 2), OVF_GAP_GROUND);
    flight.fixes[1].alt_baro_ft = 10000;
    assert_int_equal(kind_of(&flight, 1, 2), OVF_GAP_SILENT);
}

static void test_a_gap_with_messages_without_positions_is_no_silence(void **state)
{
    (void)state;
    struct flight flight = {.n = 0};
    struct ovf_fix hearing = {.flags = OVF_FIX_HEARING};
    uint32_t n;
    fly(&flight, 0, 10, 2);
    fly(&flight, 610, 10, 2);
    struct ovf_track track = track_of(&flight);
    track.hearings = (struct ovf_fixes){.items = &hearing, .n = 1};
    for (int at_s = 0; at_s < 800; at_s += 50) { /* in the gap from 10 s to 610 s, or beside it */
        struct ovf_heard heard = {0};
        const bool is_in_gap = at_s >= 75 && at_s <= 545; /* more than a minute from its ends */
        hearing.t_ns = at_s * OVF_NS_PER_S;
        assert_int_equal(ovf_gap_kind_of(&walk, &track, 1, 2),
                         is_in_gap ? OVF_GAP_HEARD : OVF_GAP_SILENT);
        assert_int_equal(ovf_heard_flight(&heard, &track, 0, 3, &walk), OVF_OK);
        assert_int_equal(sum_s(&heard, true, &n), is_in_gap ? 0 : 600);
        ovf_heard_deinit(&heard);
    }
    hearing.t_ns = 100 * OVF_NS_PER_S;
    flight.fixes[2].flags = OVF_FIX_ON_GROUND;
    assert_int_equal(ovf_gap_kind_of(&walk, &track, 1, 2), OVF_GAP_GROUND);
}

static void test_a_flight_of_one_fix_was_heard_for_no_time(void **state)
{
    (void)state;
    struct flight flight = {.n = 0};
    fly(&flight, -5, 1, 1); /* before 1970 */
    struct ovf_heard heard = hear(&flight);
    assert_int_equal(heard.n, 1);
    assert_run(&heard.runs[0], 225449, -5, -5, 1, false);
    flight.fixes[0].grade = OVF_GRADE_X;
    ovf_heard_deinit(&heard);
    heard = hear(&flight);
    assert_int_equal(heard.n, 0);
    ovf_heard_deinit(&heard);
}

static void test_bytes_give_the_runs_back(void **state)
{
    (void)state;
    struct flight flight = {.n = 0};
    struct ovf_buffer bytes = {0};
    struct ovf_heard_run run;
    size_t n = 0;
    fly(&flight, -3000, 10, 600);
    fly(&flight, 5000, 20, 200);
    flight.fixes[700].alt_baro_ft = 500;
    struct ovf_heard heard = hear(&flight);
    assert_int_equal(ovf_heard_pack(heard.runs, heard.n, &bytes), OVF_OK);
    struct ovf_heard_reader reader = {.rest = ovf_buffer_bytes(&bytes)};
    for (; ovf_heard_next(&reader, &run); n++) {
        assert_run(&run, heard.runs[n].cell, heard.runs[n].from_s, heard.runs[n].to_s,
                   heard.runs[n].n_fixes, heard.runs[n].is_silent);
        assert_int_equal(run.band, heard.runs[n].band);
    }
    assert_int_equal(n, heard.n);
    assert_true(bytes.len < 8 * heard.n + 8);
    ovf_buffer_deinit(&bytes);
    ovf_heard_deinit(&heard);
}

static void test_any_bytes_end(void **state)
{
    (void)state;
    unsigned char bytes[64];
    uint32_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        struct ovf_heard_run run;
        struct ovf_heard_reader reader = {.rest = {bytes, sizeof bytes}};
        size_t n = 0;
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525U + 1013904223U;
            bytes[i] = (unsigned char)(seed >> 24 & (round % 2 == 0 ? 0xFFU : 0x8FU));
        }
        for (; ovf_heard_next(&reader, &run); n++)
            assert_true(run.to_s >= run.from_s && run.to_s - run.from_s <= OVF_HOUR_S);
        assert_true(n <= sizeof bytes / 4);
    }
}

/** What is disturbed, in seconds of silent runs and of others. */
static void sum_disturbed_s(const struct ovf_heard *heard, int64_t *silent_s, int64_t *heard_s)
{
    *silent_s = 0;
    *heard_s = 0;
    for (size_t i = 0; i < heard->n; i++) {
        const struct ovf_heard_run *run = &heard->runs[i];
        if (run->is_disturbed)
            *(run->is_silent ? silent_s : heard_s) += run->to_s - run->from_s;
    }
}

static struct ovf_heard hear_detected(struct flight *flight, struct ovf_detection detection)
{
    struct ovf_heard heard = {0};
    struct ovf_track track = track_of(flight);
    track.detections = (struct ovf_detections){.items = &detection, .n = 1};
    assert_int_equal(ovf_heard_flight(&heard, &track, 0, flight->n - 1, &walk), OVF_OK);
    return heard;
}

static void test_reports_not_believed_disturb_the_way_over_them_and_not_where_they_lie(void **state)
{
    (void)state;
    struct flight flight = {.n = 0};
    const struct ovf_detection jump = {OVF_DETECTION_JUMP, 12, 15, 9000, 750};
    int64_t silent_s;
    int64_t heard_s;
    fly(&flight, 0, 30, 41);
    for (size_t i = 11; i <= 30; i++) { /* from the one at 300 s to the one at 930 s */
        flight.fixes[i].grade = OVF_GRADE_X;
        flight.fixes[i].at.lat_e7 += 100000000;
    }
    struct ovf_heard heard = hear_detected(&flight, jump);
    sum_disturbed_s(&heard, &silent_s, &heard_s);
    assert_int_equal(silent_s, 630);
    assert_int_equal(heard_s, 0);
    for (size_t i = 0; i < heard.n; i++)
        assert_int_equal(heard.runs[i].cell / 1000, 225);
    ovf_heard_deinit(&heard);
    /* The same without a detection: strays, which say nothing. */
    heard = hear(&flight);
    sum_disturbed_s(&heard, &silent_s, &heard_s);
    assert_int_equal(silent_s, 0);
    ovf_heard_deinit(&heard);
}

static void test_a_fall_of_integrity_disturbs_until_it_rises(void **state)
{
    (void)state;
    struct flight flight = {.n = 0};
    const struct ovf_detection fall = {OVF_DETECTION_INTEGRITY, 9, 10, 0, 6};
    int64_t silent_s;
    int64_t heard_s;
    fly(&flight, 0, 30, 41);
    for (size_t i = 0; i < flight.n; i++) {
        flight.fixes[i].source = OVF_SOURCE_ADSB;
        flight.fixes[i].has |= OVF_FIX_NIC;
        flight.fixes[i].nic = i >= 10 && i < 20 ? 0 : 8;
    }
    struct ovf_heard heard = hear_detected(&flight, fall);
    sum_disturbed_s(&heard, &silent_s, &heard_s);
    assert_int_equal(heard_s, 300); /* from the fix at 300 s to the one at 600 s */
    assert_int_equal(silent_s, 0);
    ovf_heard_deinit(&heard);
    heard = hear(&flight); /* low as ever, without a fall: an old transponder */
    sum_disturbed_s(&heard, &silent_s, &heard_s);
    assert_int_equal(heard_s, 0);
    ovf_heard_deinit(&heard);
}

static void test_a_silence_between_reports_of_low_integrity_is_disturbed(void **state)
{
    (void)state;
    struct flight flight = {.n = 0};
    const struct ovf_detection fall = {OVF_DETECTION_INTEGRITY, 9, 10, 0, 6};
    int64_t silent_s;
    int64_t heard_s;
    fly(&flight, 0, 30, 11);
    fly(&flight, 1000, 30, 11);
    for (size_t i = 0; i < flight.n; i++) {
        flight.fixes[i].source = OVF_SOURCE_ADSB;
        flight.fixes[i].has |= OVF_FIX_NIC;
        flight.fixes[i].nic = i == 10 || i == 11 ? 0 : 8;
    }
    struct ovf_heard heard = hear_detected(&flight, fall);
    sum_disturbed_s(&heard, &silent_s, &heard_s);
    assert_int_equal(silent_s, 700); /* from 300 s to 1000 s */
    ovf_heard_deinit(&heard);
    flight.fixes[11].nic = 8; /* risen: anything may have happened between */
    heard = hear_detected(&flight, fall);
    sum_disturbed_s(&heard, &silent_s, &heard_s);
    assert_int_equal(silent_s, 0);
    ovf_heard_deinit(&heard);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_run_lasts_from_its_first_fix_to_the_next_ones_first),
        cmocka_unit_test(test_runs_are_cut_at_the_hour_and_where_the_band_changes),
        cmocka_unit_test(
            test_reports_not_believed_disturb_the_way_over_them_and_not_where_they_lie),
        cmocka_unit_test(test_a_fall_of_integrity_disturbs_until_it_rises),
        cmocka_unit_test(test_a_silence_between_reports_of_low_integrity_is_disturbed),
        cmocka_unit_test(test_a_gap_is_silent_in_the_cells_on_its_way),
        cmocka_unit_test(test_what_the_archive_thinned_out_was_heard),
        cmocka_unit_test(test_reports_that_are_not_believed_are_neither_heard_nor_silent),
        cmocka_unit_test(test_a_gap_in_which_it_may_have_stood_is_no_silence),
        cmocka_unit_test(test_a_gap_with_messages_without_positions_is_no_silence),
        cmocka_unit_test(test_a_flight_of_one_fix_was_heard_for_no_time),
        cmocka_unit_test(test_bytes_give_the_runs_back),
        cmocka_unit_test(test_any_bytes_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
