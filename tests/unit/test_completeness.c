/* SPDX-License-Identifier: Apache-2.0 */
/* Completeness of days, against counting by hand. */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "listen/completeness.h"

static const int64_t hour_ns = INT64_C(3600000000000);

static const struct ovf_completeness_member table = {.kind = OVF_MEMBERS_TABLES, .folder = -1};

static struct ovf_completeness_member trace_of(int64_t day, int folder)
{
    return (struct ovf_completeness_member){
        .kind = OVF_MEMBERS_TRACES, .day_ns = day * OVF_NS_PER_DAY, .folder = folder};
}

static void count(struct ovf_completeness *c, const struct ovf_completeness_member *member,
                  const int64_t *times_ns, size_t n)
{
    struct ovf_fix fixes[8] = {{0}};
    for (size_t i = 0; i < n; i++)
        fixes[i].t_ns = times_ns[i];
    assert_int_equal(ovf_completeness_add(c, member, fixes, n), OVF_OK);
}

static struct ovf_completeness_day *days_of(struct ovf_completeness *c, size_t n_expected)
{
    struct ovf_completeness_day *days;
    size_t n;
    assert_int_equal(ovf_completeness_days(c, &days, &n), OVF_OK);
    assert_int_equal(n, n_expected);
    ovf_completeness_deinit(c);
    return days;
}

static void fixes_count_on_the_day_they_lie_on_and_traces_on_the_one_they_say(void **state)
{
    (void)state;
    const int64_t times[] = {3 * hour_ns, 23 * hour_ns, 24 * hour_ns - 1, 24 * hour_ns, -1};
    const struct ovf_completeness_member trace = trace_of(0, -1);
    struct ovf_completeness c = {0};
    ovf_completeness_next_aircraft(&c);
    count(&c, &trace, times, 5);
    struct ovf_completeness_day *days = days_of(&c, 3);
    assert_int_equal(days[0].day_ns, -OVF_NS_PER_DAY);
    assert_int_equal(days[0].hours, 1 << 23);
    assert_int_equal(days[0].n_members, 0);
    assert_int_equal(days[1].n_fixes, 3);
    assert_int_equal(days[1].n_members, 1);
    assert_int_equal(days[1].n_aircraft, 1);
    assert_int_equal(days[1].hours, 1 << 3 | 1 << 23);
    assert_int_equal(days[2].hours, 1);
    assert_int_equal(days[2].n_folders, 0);
    free(days);
}

static void a_table_is_a_member_of_each_day_once_and_an_aircraft_of_it_too(void **state)
{
    (void)state;
    const int64_t times[] = {0, 25 * hour_ns, 1};
    struct ovf_completeness threads[2] = {{0}};
    for (int k = 0; k < 4; k++) {
        ovf_completeness_next_aircraft(&threads[k % 2]);
        count(&threads[k % 2], &table, times, 3);
        count(&threads[k % 2], &table, times, 1);
    }
    assert_int_equal(ovf_completeness_join(&threads[0], &threads[1]), OVF_OK);
    ovf_completeness_deinit(&threads[1]);
    struct ovf_completeness_day *days = days_of(&threads[0], 2);
    assert_int_equal(days[0].n_members, 1);
    assert_int_equal(days[0].n_aircraft, 4);
    assert_int_equal(days[0].n_fixes, 12);
    assert_int_equal(days[1].n_members, 1);
    assert_int_equal(days[1].n_fixes, 4);
    assert_int_equal(days[1].kinds, OVF_MEMBERS_TABLES);
    free(days);
}

/* Hours 2, 3 and 20 of day 0, 4 of day 1, 1 of day 2; and by themselves 0 and 3 of day 4. */
static void hours_without_a_fix_are_those_between_the_first_and_the_last(void **state)
{
    (void)state;
    const int64_t times[] = {2 * hour_ns,  3 * hour_ns,  20 * hour_ns, 28 * hour_ns,
                             49 * hour_ns, 96 * hour_ns, 99 * hour_ns};
    struct ovf_completeness c = {0};
    count(&c, &table, times, 7);
    struct ovf_completeness_day *days = days_of(&c, 4);
    assert_int_equal(ovf_completeness_silent_hours(&days[0]), 0xEFFFF0);
    assert_int_equal(ovf_completeness_silent_hours(&days[1]), 0xFFFFEF);
    assert_int_equal(ovf_completeness_silent_hours(&days[2]), 0x1);
    assert_int_equal(ovf_completeness_silent_hours(&days[3]), 0x6);
    free(days);
}

static void a_folder_is_told_from_the_path_as_globe_history_has_it(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int folder;
    } cases[] = {{"2025/traces/3c/trace_full_f1003c.json", 0x3c},
                 {"traces/ff/trace_full_f100ff.json.gz", 0xff},
                 {"/a/traces/00/trace_full_~f10000.json", 0},
                 {"x/mytraces/3c/trace_full_f1003c.json", -1},
                 {"traces/3C/trace_full_f1003c.json", -1},
                 {"traces/3/trace_full_f1003c.json", -1},
                 {"traces/03c/trace_full_f1003c.json", -1},
                 {"traces/3c/x/trace_full_f1003c.json", -1},
                 {"traces/3c/trace_recent_f1003c.json", -1},
                 {"3c/trace_full_f1003c.json", -1},
                 {"trace_full_f1003c.json", -1},
                 {"/trace_full_f1003c.json", -1},
                 {"", -1}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (ovf_globe_history_folder(cases[i].name) != cases[i].folder)
            fail_msg("%s", cases[i].name);
    }
}

static void folders_are_remarkable_when_there_are_traces_enough(void **state)
{
    (void)state;
    for (int per_folder = 10; per_folder <= 11; per_folder++) {
        struct ovf_completeness c = {0};
        for (int folder = 0; folder < 255; folder++) {
            const struct ovf_completeness_member trace = trace_of(7, folder);
            for (int i = 0; i < per_folder; i++) {
                const int64_t t_ns = 7 * OVF_NS_PER_DAY + i;
                ovf_completeness_next_aircraft(&c);
                count(&c, &trace, &t_ns, 1);
            }
        }
        struct ovf_completeness_day *day = days_of(&c, 1);
        assert_int_equal(day->n_folders, 255);
        assert_true(ovf_completeness_has_folder(day, 254));
        assert_false(ovf_completeness_has_folder(day, 255));
        assert_int_equal(day->n_members, 255 * per_folder);
        assert_int_equal(ovf_completeness_lacks(day), per_folder == 11 ? OVF_LACKS_FOLDERS : 0);
        free(day);
    }
}

static struct ovf_completeness_day day_with(uint32_t input, int64_t day, unsigned kinds,
                                            uint64_t n_fixes, uint64_t n_aircraft)
{
    return (struct ovf_completeness_day){.input = input,
                                         .day_ns = day * OVF_NS_PER_DAY,
                                         .kinds = kinds,
                                         .n_members = 1,
                                         .n_fixes = n_fixes,
                                         .n_aircraft = n_aircraft};
}

/* Day 2 comes in two pieces, 60 + 40 aircraft beside 200 and 300: 100 to 250. Day 5 stands alone, and so
 * does a table's day 2. */
static void days_are_compared_with_the_days_beside_them(void **state)
{
    (void)state;
    enum { TRACES = OVF_MEMBERS_TRACES };
    const struct ovf_completeness_day given[] = {
        day_with(0, 1, TRACES, 2000, 200), day_with(1, 2, TRACES, 900, 60),
        day_with(2, 2, TRACES, 600, 40),   day_with(3, 3, TRACES, 3000, 300),
        day_with(4, 5, TRACES, 10, 1),     day_with(5, 2, OVF_MEMBERS_TABLES, 9, 9)};
    enum { N = sizeof given / sizeof *given };
    for (size_t turn = 0; turn < N; turn++) { /* in any order */
        struct ovf_completeness_day days[N];
        for (size_t i = 0; i < N; i++)
            days[(i + turn) % N] = given[i];
        assert_int_equal(ovf_completeness_compare(days, N), OVF_OK);
        for (size_t i = 0; i < N; i++) {
            const struct ovf_completeness_day *day = &days[(i + turn) % N];
            char verdict[OVF_LACKS_SIZE];
            ovf_completeness_verdict(day, verdict);
            if (i == 0 || i == 3) {
                assert_int_equal(day->n_neighbours, 1);
                assert_near(day->aircraft_to_neighbours, i == 0 ? 2.0 : 3.0, 0);
                assert_string_equal(verdict, "nothing_remarkable");
            } else if (i < 3) {
                assert_int_equal(day->n_neighbours, 2);
                assert_near(day->aircraft_to_neighbours, 100.0 / 250.0, 0);
                assert_near(day->fixes_to_neighbours, 1500.0 / 2500.0, 0);
                assert_string_equal(verdict, "aircraft");
            } else {
                assert_int_equal(day->n_neighbours, 0);
                assert_true(isnan(day->fixes_to_neighbours));
                assert_true(isnan(day->aircraft_to_neighbours));
                assert_string_equal(verdict, "too_few_to_judge");
            }
        }
    }
}

/* A trace that runs over midnight leaves fixes on a day that no member of its input says. */
static void what_runs_over_midnight_is_no_day_to_compare_with(void **state)
{
    (void)state;
    struct ovf_completeness_day days[] = {day_with(0, 1, OVF_MEMBERS_TRACES, 2000, 200),
                                          day_with(0, 2, OVF_MEMBERS_TRACES, 5, 2),
                                          day_with(1, 2, OVF_MEMBERS_TRACES, 1000, 100)};
    days[1].n_members = 0;
    assert_int_equal(ovf_completeness_compare(days, 3), OVF_OK);
    assert_near(days[0].fixes_to_neighbours, 2.0, 0);
    assert_true(isnan(days[1].fixes_to_neighbours));
    assert_near(days[2].fixes_to_neighbours, 0.5, 0);
}

static void silent_hours_are_remarkable_among_many_aircraft(void **state)
{
    (void)state;
    struct ovf_completeness_day day = day_with(0, 1, OVF_MEMBERS_TABLES, 1000, 100);
    char verdict[OVF_LACKS_SIZE];
    day.hours_between = 0xFFFFFF;
    day.hours = 0xFF0FFF;
    day.n_neighbours = 2;
    day.neighbours_aircraft = 1000;
    day.aircraft_to_neighbours = 0.1;
    day.fixes_to_neighbours = 0.1;
    ovf_completeness_verdict(&day, verdict);
    assert_string_equal(verdict, "hours,aircraft,fixes");
    day.n_aircraft = 99;
    assert_int_equal(ovf_completeness_lacks(&day), OVF_LACKS_AIRCRAFT | OVF_LACKS_FIXES);
}

/* Days and tables enough that the records move many times. */
static void many_days_are_kept_apart(void **state)
{
    (void)state;
    enum { N = 5000 };
    struct ovf_completeness c = {0};
    for (int i = 0; i < N; i++) {
        struct ovf_completeness_member member = table;
        const int64_t t_ns = i * OVF_NS_PER_DAY;
        member.item = (uint32_t)i % 7;
        ovf_completeness_next_aircraft(&c);
        count(&c, &member, &t_ns, 1);
        count(&c, &member, &t_ns, 1);
    }
    struct ovf_completeness_day *days = days_of(&c, N);
    for (int i = 0; i < N; i++) {
        assert_int_equal(days[i].day_ns, i * OVF_NS_PER_DAY);
        assert_int_equal(days[i].n_fixes, 2);
        assert_int_equal(days[i].n_aircraft, 1);
        assert_int_equal(days[i].n_members, 1);
    }
    free(days);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixes_count_on_the_day_they_lie_on_and_traces_on_the_one_they_say),
        cmocka_unit_test(a_table_is_a_member_of_each_day_once_and_an_aircraft_of_it_too),
        cmocka_unit_test(hours_without_a_fix_are_those_between_the_first_and_the_last),
        cmocka_unit_test(a_folder_is_told_from_the_path_as_globe_history_has_it),
        cmocka_unit_test(folders_are_remarkable_when_there_are_traces_enough),
        cmocka_unit_test(days_are_compared_with_the_days_beside_them),
        cmocka_unit_test(what_runs_over_midnight_is_no_day_to_compare_with),
        cmocka_unit_test(silent_hours_are_remarkable_among_many_aircraft),
        cmocka_unit_test(many_days_are_kept_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
