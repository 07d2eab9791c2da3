/* SPDX-License-Identifier: Apache-2.0 */
/* Crossings beside permits. What is expected follows from the rules as rules/permit.h has them. */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "rules/permit.h"

#define HEADER                                                                                     \
    "permit_no,operator_icao,callsigns,registrations,valid_from,valid_to,status,kind,types,adep,"  \
    "ades,entry_point,days_mask,flights_max,tolerance_after_h,airspace\n"

static int64_t at(const char *time)
{
    int64_t t_ns = 0;
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text(time), &t_ns));
    return t_ns;
}

static struct ovf_permit_list list_of(const char *covers, const char *rows)
{
    char text[2048];
    struct ovf_permit_about about;
    struct ovf_permit_list list = {0};
    struct ovf_error err = {0};
    assert_int_equal(ovf_permit_about_read("IQ", covers, "ORBB", &about, &err), OVF_OK);
    (void)snprintf(text, sizeof text, "%s%s", HEADER, rows);
    assert_int_equal(ovf_permit_list_read(ovf_bytes_from_text(text), &about, &list, &err), OVF_OK);
    assert_int_equal(ovf_permit_counts_rejected(&list.counts), 0);
    return list;
}

static const struct ovf_subject_end nowhere = {"", "", "unknown", 0.0};

/** A crossing whose entry lies between two times. */
static struct ovf_subject crossing(const char *id, const char *min, const char *max)
{
    return (struct ovf_subject){
        .id = id,
        .flight_id = id,
        .journey_id = id,
        .aircraft = {0xF10001, "f10001", "SIM001", "XX-AAA", "", "B77W", ""},
        .airspace = "IQ",
        .kind = "country",
        .edition = "",
        .role = OVF_ROLE_OVERFLIGHT,
        .class = OVF_CLASS_OBSERVED,
        .entry = {true, at(min), at(max)},
        .entry_lat_deg = 33.5,
        .entry_lon_deg = 45.0,
        .exit_lat_deg = (double)NAN,
        .exit_lon_deg = (double)NAN,
        .entered_from = "",
        .left_to = "",
        .from = nowhere,
        .to = nowhere,
        .watches = "",
    };
}

/** Judge one crossing by one list. The permit is of the list, so only its number is told. */
struct told {
    struct ovf_permit_answer answer;
    char number[16];
};

static struct told judge(const char *rows, const struct ovf_subject *subject)
{
    struct ovf_permit_list list = list_of("2012-03-01/2012-03-31", rows);
    const struct ovf_permit_question question = {.lists = &list, .n_lists = 1};
    struct told told = {.number = ""};
    assert_int_equal(ovf_permits_judge(&question, subject, 1, &told.answer), OVF_OK);
    if (told.answer.permit != NULL)
        (void)snprintf(told.number, sizeof told.number, "%.15s", told.answer.permit->number);
    ovf_permit_list_deinit(&list);
    return told;
}

static void each_name_finds_its_permit(void **state)
{
    (void)state;
    const struct ovf_subject s = crossing("a", "2012-03-05T10:00Z", "2012-03-05T10:01Z");
    struct told told = judge("1,,,XXAAA,2012-03-05,2012-03-05,,,,,,,,,,\n", &s);
    assert_int_equal(told.answer.verdict, OVF_PERMIT_COVERED);
    assert_true(told.answer.names_aircraft);
    told = judge("1,,SIM001,,2012-03-05,2012-03-05,,,,,,,,,,\n", &s);
    assert_int_equal(told.answer.verdict, OVF_PERMIT_COVERED);
    assert_true(told.answer.names_aircraft);
    told = judge("1,SIM,,,2012-03-05,2012-03-05,,,,,,,,,,\n", &s);
    assert_int_equal(told.answer.verdict, OVF_PERMIT_COVERED);
    assert_false(told.answer.names_aircraft);
    told = judge("1,SIN,SIM002,XX-AAB,2012-03-05,2012-03-05,,,,,,,,,,\n", &s);
    assert_int_equal(told.answer.verdict, OVF_PERMIT_NOT_IN_SUPPLIED_LIST);
}

static void every_deviation_is_told(void **state)
{
    (void)state;
    struct ovf_subject s = crossing("a", "2012-03-05T10:00Z", "2012-03-05T10:01Z"); /* a Monday */
    s.from = (struct ovf_subject_end){"OIIE", "IR", "observed", 1.0};
    s.to = (struct ovf_subject_end){"OSDI", "SY", "observed", 1.0};
    static const struct {
        const char *row;
        unsigned deviation;
    } rows[] = {
        {"1,,SIM001,XX-AAB,2012-03-05,2012-03-05,,,,,,,,,,\n", OVF_PERMIT_OTHER_REGISTRATION},
        {"1,,SIM002,XX-AAA,2012-03-05,2012-03-05,,,,,,,,,,\n", OVF_PERMIT_OTHER_CALLSIGN},
        {"1,SIN,,XX-AAA,2012-03-05,2012-03-05,,,,,,,,,,\n", OVF_PERMIT_OTHER_OPERATOR},
        {"1,SIM,,,2012-03-05,2012-03-05,,,A320,,,,,,,\n", OVF_PERMIT_OTHER_TYPE},
        {"1,SIM,,,2012-03-06,2012-03-06,,,,,,,,,,\n", OVF_PERMIT_OTHER_TIME},
        {"1,SIM,,,2012-03-05,2012-03-05,,,,,,,234567,,,\n", OVF_PERMIT_OTHER_DAY},
        {"1,SIM,,,2012-03-05,2012-03-05,,,,OIII,,,,,,\n", OVF_PERMIT_OTHER_ADEP},
        {"1,SIM,,,2012-03-05,2012-03-05,,,,OIIE,OLBA,,,,,\n", OVF_PERMIT_OTHER_ADES},
        {"1,SIM,,,2012-03-05,2012-03-05,,,,,,RAGET 35.0 45.0,,,,\n", OVF_PERMIT_OTHER_ENTRY_POINT},
        {"1,SIM,,,2012-03-05,2012-03-05,,landing,,,,,,,,\n", OVF_PERMIT_OTHER_KIND},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct told told = judge(rows[i].row, &s);
        assert_int_equal(told.answer.verdict, OVF_PERMIT_COVERED_WITH_DEVIATION);
        assert_int_equal(told.answer.deviations, 1U << rows[i].deviation);
        assert_int_equal(told.answer.not_compared, 0);
    }
}

static void what_is_not_known_is_not_compared(void **state)
{
    (void)state;
    struct ovf_subject s = crossing("a", "2012-03-05T10:00Z", "2012-03-05T10:01Z");
    s.aircraft.registration = "";
    s.aircraft.type_code = "";
    s.role = OVF_ROLE_INCOMPLETE;
    s.from = (struct ovf_subject_end){"OIIE", "IR", "inferred", 0.6};
    const struct told told =
        judge("1,,SIM001,XX-AAB,2012-03-05,2012-03-05,,landing,A320,OIII,OLBA,RAGET,,,,\n", &s);
    assert_int_equal(told.answer.verdict, OVF_PERMIT_COVERED);
    assert_int_equal(told.answer.not_compared,
                     1U << OVF_PERMIT_OTHER_REGISTRATION | 1U << OVF_PERMIT_OTHER_TYPE |
                         1U << OVF_PERMIT_OTHER_ADEP | 1U << OVF_PERMIT_OTHER_ADES |
                         1U << OVF_PERMIT_OTHER_ENTRY_POINT | 1U << OVF_PERMIT_OTHER_KIND);
}

static void thirty_miles_are_the_same_point(void **state)
{
    (void)state;
    struct ovf_subject s = crossing("a", "2012-03-05T10:00Z", "2012-03-05T10:01Z");
    const char *const row = "1,SIM,,,2012-03-05,2012-03-05,,,,,,0.0 10.0,,,,\n";
    /* Along the equator a degree is 6,378,137 m x pi / 180 = 111,319.49 m, and 30 NM 0.49911 of one. */
    s.entry_lat_deg = 0.0;
    s.entry_lon_deg = 10.4990;
    assert_int_equal(judge(row, &s).answer.deviations, 0);
    assert_near(judge(row, &s).answer.entry_off_m, 55548.0, 1.0);
    s.entry_lon_deg = 10.4993;
    assert_int_equal(judge(row, &s).answer.deviations, 1U << OVF_PERMIT_OTHER_ENTRY_POINT);
}

static void an_interval_is_within_outside_or_undetermined(void **state)
{
    (void)state;
    const char *const row = "1,SIM,,,2012-03-05T10:00Z,2012-03-05T11:00Z,,,,,,,,,1,\n";
    static const struct {
        const char *min;
        const char *max;
        enum ovf_permit_verdict verdict;
        int64_t minutes_outside;
    } times[] = {
        {"2012-03-05T10:00Z", "2012-03-05T12:00Z", OVF_PERMIT_COVERED, 0}, /* 1 h of tolerance */
        {"2012-03-05T09:59:59Z", "2012-03-05T10:01Z", OVF_PERMIT_TIME_UNDETERMINED, 0},
        {"2012-03-05T12:00Z", "2012-03-05T12:00:00.1Z", OVF_PERMIT_TIME_UNDETERMINED, 0},
        {"2012-03-05T09:00Z", "2012-03-05T09:29:59Z", OVF_PERMIT_COVERED_WITH_DEVIATION, 31},
        {"2012-03-05T12:10Z", "2012-03-05T13:00Z", OVF_PERMIT_COVERED_WITH_DEVIATION, 10},
        {"2012-03-06T12:00Z", "2012-03-06T12:00Z", OVF_PERMIT_COVERED_WITH_DEVIATION, 1440},
        {"2012-03-06T12:01Z", "2012-03-06T12:01Z", OVF_PERMIT_NOT_IN_SUPPLIED_LIST, 0},
        {"2012-03-04T09:59Z", "2012-03-04T09:59Z", OVF_PERMIT_NOT_IN_SUPPLIED_LIST, 0},
    };
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        const struct ovf_subject s = crossing("a", times[i].min, times[i].max);
        const struct told told = judge(row, &s);
        assert_int_equal(told.answer.verdict, times[i].verdict);
        assert_int_equal(told.answer.minutes_outside, times[i].minutes_outside);
    }
}

static void an_interval_over_midnight_may_be_of_either_day(void **state)
{
    (void)state;
    const struct ovf_subject s = crossing("a", "2012-03-05T23:59Z", "2012-03-06T00:01Z");
    const char *const monday = "1,SIM,,,2012-03-01,2012-03-30,,,,,,,1,,,\n";
    const char *const both = "1,SIM,,,2012-03-01,2012-03-30,,,,,,,12,,,\n";
    assert_int_equal(judge(monday, &s).answer.verdict, OVF_PERMIT_TIME_UNDETERMINED);
    assert_int_equal(judge(both, &s).answer.verdict, OVF_PERMIT_COVERED);
}

static void the_fewest_deviations_count_then_the_number(void **state)
{
    (void)state;
    const struct ovf_subject s = crossing("a", "2012-03-05T10:00Z", "2012-03-05T10:01Z");
    struct told told = judge("1,,SIM001,XX-AAB,2012-03-05,2012-03-05,,,A320,,,,,,,\n"
                             "3,,SIM001,XX-AAB,2012-03-05,2012-03-05,,,,,,,,,,\n"
                             "2,,SIM001,XX-AAC,2012-03-05,2012-03-05,,,,,,,,,,\n",
                             &s);
    assert_string_equal(told.number, "2");
    told = judge("1,SIM,,,2012-03-05,2012-03-05,,,,,,,,,,\n"
                 "2,,,XX-AAA,2012-03-05,2012-03-05,,,,,,,,,,\n",
                 &s);
    assert_string_equal(told.number, "2"); /* it names the aircraft */
    told = judge("1,SIM,,,2012-03-05,2012-03-05,refused,,,,,,,,,\n"
                 "2,SIM,,,2012-03-05,2012-03-05,,,,,,,,,,\n",
                 &s);
    assert_string_equal(told.number, "2"); /* it is issued */
    told = judge("1,SIM,,,2012-03-05,2012-03-05,revoked,,,,,,,,,\n"
                 "2,,SIM001,XX-AAB,2012-03-05,2012-03-05,,,,,,,,,,\n",
                 &s);
    assert_string_equal(told.number, "1");
    assert_int_equal(told.answer.verdict, OVF_PERMIT_REFUSED_OR_REVOKED);
}

static void not_in_the_list_is_said_only_of_days_that_it_covers(void **state)
{
    (void)state;
    struct ovf_permit_list lists[2] = {list_of("2012-03-01/2012-03-31", ""),
                                       list_of("2012-04-01/2012-04-30", "")};
    static const struct {
        const char *min;
        const char *max;
        enum ovf_permit_verdict with_one;
        enum ovf_permit_verdict with_two;
    } times[] = {
        {"2012-03-05T10:00Z", "2012-03-05T10:01Z", OVF_PERMIT_NOT_IN_SUPPLIED_LIST,
         OVF_PERMIT_NOT_IN_SUPPLIED_LIST},
        {"2012-03-31T23:59Z", "2012-04-01T00:00Z", OVF_PERMIT_TIME_UNDETERMINED,
         OVF_PERMIT_NOT_IN_SUPPLIED_LIST},
        {"2012-04-05T10:00Z", "2012-04-05T10:01Z", OVF_PERMIT_LIST_DOES_NOT_COVER_DATE,
         OVF_PERMIT_NOT_IN_SUPPLIED_LIST},
        {"2012-05-01T00:00Z", "2012-05-01T00:01Z", OVF_PERMIT_LIST_DOES_NOT_COVER_DATE,
         OVF_PERMIT_LIST_DOES_NOT_COVER_DATE},
    };
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        const struct ovf_subject s = crossing("a", times[i].min, times[i].max);
        struct ovf_permit_answer answer;
        struct ovf_permit_question question = {.lists = lists, .n_lists = 1};
        assert_int_equal(ovf_permits_judge(&question, &s, 1, &answer), OVF_OK);
        assert_int_equal(answer.verdict, times[i].with_one);
        question.n_lists = 2;
        assert_int_equal(ovf_permits_judge(&question, &s, 1, &answer), OVF_OK);
        assert_int_equal(answer.verdict, times[i].with_two);
    }
    ovf_permit_list_deinit(&lists[0]);
    ovf_permit_list_deinit(&lists[1]);
}

/** The texts of a kind that were said of finding \p i, joined. */
static void join(const struct ovf_findings *findings, size_t i, enum ovf_finding_part_kind kind,
                 char *text, size_t size)
{
    size_t len = 0;
    text[0] = '\0';
    for (size_t k = 0; k < findings->items[i].n_parts; k++) {
        const char *part;
        if (ovf_finding_part(findings, &findings->items[i], k, &part) == kind && len < size)
            len += (size_t)snprintf(text + len, size - len, "%s|", part);
    }
}

static void a_permit_of_the_day_before_says_nothing_of_a_day_that_no_list_covers(void **state)
{
    (void)state;
    const char *const last_day = "1,SIM,,,2012-03-31,2012-03-31,,,,,,,,,,\n";
    struct ovf_subject s = crossing("a", "2012-04-01T09:59:30Z", "2012-04-01T10:01Z");
    struct ovf_permit_list list = list_of("2012-03-01/2012-03-31", last_day);
    const struct ovf_permit_question question = {.lists = &list, .n_lists = 1};
    struct ovf_permit_answer answer;
    struct ovf_findings findings = {0};
    char text[512];
    assert_int_equal(ovf_permits_judge(&question, &s, 1, &answer), OVF_OK);
    assert_int_equal(answer.verdict, OVF_PERMIT_LIST_DOES_NOT_COVER_DATE);
    assert_null(answer.permit);
    assert_int_equal(answer.deviations, 0);
    ovf_permits_find(&question, &s, &answer, 1, &findings);
    assert_false(findings.items[0].knows_force);
    join(&findings, 0, OVF_FINDING_REASON, text, sizeof text);
    assert_string_equal(text, "the supplied lists of IQ do not cover the day of the entry|"
                              "permit 1 is of another time: the entry is at least 600 min outside "
                              "of it|");
    ovf_findings_deinit(&findings);
    ovf_permit_list_deinit(&list);
    /* An entry over midnight: partly covered. On a day that is covered it is a deviation. */
    s = crossing("a", "2012-03-31T23:59Z", "2012-04-01T00:01Z");
    assert_int_equal(judge("1,SIM,,,2012-03-30,2012-03-30,,,,,,,,,,\n", &s).answer.verdict,
                     OVF_PERMIT_TIME_UNDETERMINED);
    s = crossing("a", "2012-03-31T10:00Z", "2012-03-31T10:01Z");
    assert_int_equal(judge("1,SIM,,,2012-03-30,2012-03-30,,,,,,,,,,\n", &s).answer.verdict,
                     OVF_PERMIT_COVERED_WITH_DEVIATION);
}

static void a_later_list_says_again_what_became_of_a_permit(void **state)
{
    (void)state;
    struct ovf_permit_list lists[2] = {
        list_of("2012-03-01/2012-03-31", "1,SIM,,,2012-03-05,2012-03-05,issued,,,,,,,,,\n"),
        list_of("2012-03-01/2012-03-31", "1,SIM,,,2012-03-05,2012-03-05,revoked,,,,,,,,,\n")};
    const struct ovf_permit_question question = {.lists = lists, .n_lists = 2};
    const struct ovf_subject s = crossing("a", "2012-03-05T10:00Z", "2012-03-05T10:01Z");
    struct ovf_permit_answer answer;
    assert_int_equal(ovf_permits_judge(&question, &s, 1, &answer), OVF_OK);
    assert_int_equal(answer.verdict, OVF_PERMIT_REFUSED_OR_REVOKED);
    assert_ptr_equal(answer.list, &lists[1]);
    ovf_permit_list_deinit(&lists[0]);
    ovf_permit_list_deinit(&lists[1]);
}

static void regions_and_states_are_not_compared_with_each_other(void **state)
{
    (void)state;
    struct ovf_subject s = crossing("a", "2012-03-05T10:00Z", "2012-03-05T10:01Z");
    const char *const country = "1,SIM,,,2012-03-05,2012-03-05,,,,,,,,,,country\n";
    const char *const fir = "1,SIM,,,2012-03-05,2012-03-05,,,,,,,,,,fir\n";
    assert_int_equal(judge(country, &s).answer.verdict, OVF_PERMIT_COVERED);
    assert_int_equal(judge(fir, &s).answer.verdict, OVF_PERMIT_NOT_IN_SUPPLIED_LIST);
    s.kind = "fir";
    s.airspace = "ORBBFIR";
    assert_int_equal(judge(country, &s).answer.verdict, OVF_PERMIT_NOT_IN_SUPPLIED_LIST);
    assert_int_equal(judge(fir, &s).answer.verdict, OVF_PERMIT_COVERED);
    s.airspace = "OIIXFIR";
    assert_int_equal(judge(fir, &s).answer.verdict, OVF_PERMIT_NOT_JUDGED);
    s.kind = "zone";
    s.airspace = "ORBB";
    assert_int_equal(judge(fir, &s).answer.verdict, OVF_PERMIT_NOT_JUDGED);
}

static void flights_are_used_up_in_order_of_entry_once_a_flight(void **state)
{
    (void)state;
    struct ovf_permit_list list =
        list_of("2012-03-01/2012-03-31", "1,SIM,,,2012-03-05,2012-03-05,,,,,,,,2,,\n");
    const struct ovf_permit_question question = {.lists = &list, .n_lists = 1};
    struct ovf_subject s[6] = {
        crossing("d", "2012-03-05T13:00Z", "2012-03-05T13:01Z"),
        crossing("a", "2012-03-05T10:00Z", "2012-03-05T10:01Z"),
        crossing("c", "2012-03-05T12:00Z", "2012-03-05T12:01Z"),
        crossing("b", "2012-03-05T11:00Z", "2012-03-05T11:01Z"), /* a's flight, again */
        crossing("e", "2012-03-05T14:00Z", "2012-03-05T14:01Z"), /* and again */
        crossing("f", "2012-03-05T15:00Z",
                 "2012-03-05T15:01Z"), /* d's flight, again: one too many still */
    };
    s[3].flight_id = s[4].flight_id = "a";
    s[5].flight_id = "d";
    s[1].grazing = true;
    struct ovf_permit_answer answers[6];
    assert_int_equal(ovf_permits_judge(&question, s, 6, answers), OVF_OK);
    assert_int_equal(answers[0].verdict, OVF_PERMIT_COVERED_WITH_DEVIATION);
    assert_int_equal(answers[0].deviations, 1U << OVF_PERMIT_USED_UP);
    for (size_t i = 1; i < 5; i++)
        assert_int_equal(answers[i].verdict, OVF_PERMIT_COVERED);
    assert_int_equal(answers[5].verdict, OVF_PERMIT_COVERED_WITH_DEVIATION);
    assert_int_equal(answers[5].deviations, 1U << OVF_PERMIT_USED_UP);
    ovf_permit_list_deinit(&list);
}

static void what_was_not_entered_for_certain_is_not_judged_and_uses_nothing_up(void **state)
{
    (void)state;
    struct ovf_permit_list list =
        list_of("2012-03-01/2012-03-31", "1,SIM,,,2012-03-05,2012-03-05,,,,,,,,1,,\n");
    const struct ovf_permit_question question = {.lists = &list, .n_lists = 1};
    struct ovf_subject s[3] = {
        crossing("a", "2012-03-05T10:00Z", "2012-03-05T10:01Z"),
        crossing("b", "2012-03-05T11:00Z", "2012-03-05T11:01Z"),
        crossing("c", "2012-03-05T12:00Z", "2012-03-05T12:01Z"),
    };
    s[0].class = OVF_CLASS_POSSIBLE;
    s[1].role = OVF_ROLE_NONE;
    struct ovf_permit_answer answers[3];
    assert_int_equal(ovf_permits_judge(&question, s, 3, answers), OVF_OK);
    assert_int_equal(answers[0].verdict, OVF_PERMIT_NOT_JUDGED);
    assert_int_equal(answers[1].verdict, OVF_PERMIT_NOT_JUDGED);
    assert_int_equal(answers[2].verdict, OVF_PERMIT_COVERED);
    s[0].class = OVF_CLASS_NEAR_CERTAIN; /* perhaps it stayed outside */
    assert_int_equal(ovf_permits_judge(&question, s, 3, answers), OVF_OK);
    assert_int_equal(answers[0].verdict, OVF_PERMIT_NOT_JUDGED);
    s[0].class = OVF_CLASS_NECESSARY;
    assert_int_equal(ovf_permits_judge(&question, s, 3, answers), OVF_OK);
    assert_int_equal(answers[0].verdict, OVF_PERMIT_COVERED);
    ovf_permit_list_deinit(&list);
}

static void one_that_departs_inside_enters_with_its_flight(void **state)
{
    (void)state;
    struct ovf_permit_list list =
        list_of("2012-03-01/2012-03-31", "1,SIM,,,2012-03-05,2012-03-05,,block,,,,,,,,\n");
    const struct ovf_permit_question question = {.lists = &list, .n_lists = 1};
    struct ovf_subject s = crossing("a", "2012-03-05T10:00Z", "2012-03-05T10:01Z");
    struct ovf_permit_answer answer;
    s.entry.is_known = false;
    s.flight_start_ns = at("2012-03-05T10:00Z");
    s.role = OVF_ROLE_DEPARTURE;
    assert_int_equal(ovf_permits_judge(&question, &s, 1, &answer), OVF_OK);
    assert_int_equal(answer.verdict, OVF_PERMIT_COVERED);
    s.role = OVF_ROLE_INCOMPLETE; /* it may have entered on the 4th */
    assert_int_equal(ovf_permits_judge(&question, &s, 1, &answer), OVF_OK);
    assert_int_equal(answer.verdict, OVF_PERMIT_TIME_UNDETERMINED);
    ovf_permit_list_deinit(&list);
}

static void rules_of_the_case_come_first(void **state)
{
    (void)state;
    struct ovf_permit_list list = list_of("2012-03-01/2012-03-31", "");
    static const char *const own[] = {"YI-*"};
    static const char *const operators[] = {"SIM"};
    struct ovf_permit_exemption e = {.name = "own",
                                     .source = "AIP GEN 1.2",
                                     .state = "IQ",
                                     .registrations = {own, 1},
                                     .from_ns = INT64_MIN,
                                     .to_ns = INT64_MAX};
    const struct ovf_permit_question question = {
        .lists = &list, .n_lists = 1, .exemptions = &e, .n_exemptions = 1};
    struct ovf_subject s = crossing("a", "2012-03-05T10:00Z", "2012-03-05T10:01Z");
    struct ovf_permit_answer answer;
    assert_int_equal(ovf_permits_judge(&question, &s, 1, &answer), OVF_OK);
    assert_int_equal(answer.verdict, OVF_PERMIT_NOT_IN_SUPPLIED_LIST);
    s.aircraft.registration = "YI-AAA";
    assert_int_equal(ovf_permits_judge(&question, &s, 1, &answer), OVF_OK);
    assert_int_equal(answer.verdict, OVF_PERMIT_NOT_REQUIRED);
    assert_ptr_equal(answer.exemption, &e);
    e.operators = (struct ovf_names){operators, 1}; /* all that is said holds */
    assert_int_equal(ovf_permits_judge(&question, &s, 1, &answer), OVF_OK);
    assert_int_equal(answer.verdict, OVF_PERMIT_NOT_REQUIRED);
    e.roles = 1U << OVF_ROLE_DOMESTIC;
    assert_int_equal(ovf_permits_judge(&question, &s, 1, &answer), OVF_OK);
    assert_int_equal(answer.verdict, OVF_PERMIT_NOT_IN_SUPPLIED_LIST);
    e.roles = 0;
    e.from_ns = at("2012-03-05T10:00:30Z");
    assert_int_equal(ovf_permits_judge(&question, &s, 1, &answer), OVF_OK);
    assert_int_equal(answer.verdict, OVF_PERMIT_TIME_UNDETERMINED);
    assert_ptr_equal(answer.exemption, &e);
    e.from_ns = at("2012-03-05T10:01:30Z");
    assert_int_equal(ovf_permits_judge(&question, &s, 1, &answer), OVF_OK);
    assert_int_equal(answer.verdict, OVF_PERMIT_NOT_IN_SUPPLIED_LIST);
    ovf_permit_list_deinit(&list);
}

static void a_state_aircraft_needs_a_diplomatic_clearance(void **state)
{
    (void)state;
    struct ovf_permit_list list =
        list_of("2012-03-01/2012-03-31", "1,SIM,,,2012-03-05,2012-03-05,,overflight,,,,,,,,\n"
                                         "2,SIM,,,2012-03-06,2012-03-06,,diplomatic,,,,,,,,\n");
    static const char *const registrations[] = {"XX-AAA"};
    const struct ovf_aircraft_group group = {.registrations = {registrations, 1}};
    const struct ovf_permit_question question = {.lists = &list,
                                                 .n_lists = 1,
                                                 .state_aircraft = &group,
                                                 .state_aircraft_source = "register"};
    struct ovf_subject s[2] = {crossing("a", "2012-03-05T10:00Z", "2012-03-05T10:01Z"),
                               crossing("b", "2012-03-06T23:00Z", "2012-03-06T23:01Z")};
    struct ovf_permit_answer answers[2];
    assert_int_equal(ovf_permits_judge(&question, s, 2, answers), OVF_OK);
    assert_int_equal(answers[0].deviations, 1U << OVF_PERMIT_NO_DIPLOMATIC);
    assert_int_equal(answers[1].verdict, OVF_PERMIT_COVERED);
    assert_true(answers[1].is_state_aircraft);
    ovf_permit_list_deinit(&list);
}

/* ---- findings ---- */

static void findings_tell_what_was_compared(void **state)
{
    (void)state;
    struct ovf_permit_list list = list_of(
        "2012-03-01/2012-03-31",
        "S-1,SIM,,XX-AAB,2012-03-05T11:00Z,2012-03-05T12:00Z,,,A320,,,RAGET 35.5 45.0,,,,\n");
    const struct ovf_permit_question question = {
        .lists = &list, .n_lists = 1, .as_of_ns = at("2026-01-01")};
    struct ovf_subject s[3] = {crossing("a", "2012-03-05T10:58Z", "2012-03-05T10:59Z"),
                               crossing("b", "2012-03-08T10:00Z", "2012-03-08T10:01Z"),
                               crossing("c", "2012-03-05T10:58Z", "2012-03-05T10:59Z")};
    s[0].aircraft.type_code = "";
    s[2].airspace = "IR";
    struct ovf_permit_answer answers[3];
    struct ovf_findings findings = {0};
    char text[1024];
    assert_int_equal(ovf_permits_judge(&question, s, 3, answers), OVF_OK);
    ovf_permits_find(&question, s, answers, 3, &findings);
    assert_int_equal(findings.status, OVF_OK);
    assert_int_equal(findings.n, 2);
    assert_string_equal(findings.items[0].head.rule, "permit/1");
    assert_string_equal(findings.items[0].head.key, "IQ");
    assert_string_equal(findings.items[0].head.about_id, "a");
    assert_string_equal(findings.items[0].head.verdict, "covered_with_deviation");
    assert_true(findings.items[0].knows_force);
    assert_false(findings.items[0].in_force_on_flight_date);
    assert_false(findings.items[0].in_force_today);
    join(&findings, 0, OVF_FINDING_REASON, text, sizeof text);
    assert_string_equal(text, "permit S-1 fits best, with deviations|"
                              "registration XX-AAA is not among those of the permit|"
                              "the entry is at least 1 min outside of 2012-03-05T11:00:00Z to "
                              "2012-03-05T12:00:00Z, tolerances included|"
                              "it entered 222 km from RAGET 35.5 45.0; 30 NM are the same point|"
                              "not compared, as the flight or the place is not known: type|");
    join(&findings, 0, OVF_FINDING_SOURCE, text, sizeof text);
    assert_int_equal(strncmp(text, list.source, strlen(list.source)), 0);
    join(&findings, 0, OVF_FINDING_DETAIL, text, sizeof text);
    assert_non_null(strstr(text, "\"permit_no\":\"S-1\""));
    assert_non_null(strstr(text, "\"deviations\":[\"other_registration\",\"time_outside_window\","
                                 "\"other_entry_point\"],\"minutes_outside\":1"));
    assert_non_null(strstr(text, "\"not_compared\":[\"type\"]"));
    assert_string_equal(findings.items[1].head.verdict, "not_in_supplied_list");
    join(&findings, 1, OVF_FINDING_REASON, text, sizeof text);
    assert_string_equal(text, "no permit in the supplied lists of IQ names registration XX-AAA, "
                              "callsign SIM001 or its operator within a day of the entry|");
    ovf_findings_deinit(&findings);
    ovf_permit_list_deinit(&list);
}

/* ---- summaries ---- */

static void a_summary_counts_flights_and_tells_what_was_not_flown(void **state)
{
    (void)state;
    struct ovf_permit_list list =
        list_of("2012-03-01/2012-03-31", "1,SIM,SIM001,,2012-03-05,2012-03-05,,,,,,,,,,\n"
                                         "2,SIM,SIM009,,2012-03-20,2012-03-20,,,,,,,,,,\n"
                                         "3,SIM,SIM009,,2012-03-21,2012-03-21,refused,,,,,,,,,\n"
                                         "4,SIM,SIM009,,2012-06-21,2012-06-21,,,,,,,,,,\n"
                                         "5,SIM,SIM009,,2012-03-10,2012-03-12,,,,,,,,,,\n");
    /* No data on the days of permit 5, and a permit of March is not one of June. */
    const int64_t days[] = {at("2012-03-05"), at("2012-03-08"), at("2012-03-20"), at("2012-03-21")};
    const struct ovf_asked asked[] = {{"country", "IR"}, {"country", "IQ"}};
    struct ovf_permit_searched searched = {days, 4, asked, 2};
    const struct ovf_permit_question question = {.lists = &list, .n_lists = 1};
    struct ovf_subject s[5] = {
        crossing("a", "2012-03-05T10:00Z", "2012-03-05T10:01Z"),
        crossing("b", "2012-03-08T11:00Z", "2012-03-08T11:01Z"),
        crossing("c", "2012-03-05T12:00Z", "2012-03-05T12:01Z"), /* a's flight, again */
        crossing("d", "2012-03-05T12:00Z", "2012-03-05T12:01Z"),
        crossing("e", "2012-03-05T12:00Z", "2012-03-05T12:01Z"),
    };
    s[2].flight_id = "a";
    s[3].aircraft.callsign = "XXAAA";
    s[4].airspace = "IR";
    s[2].aircraft.callsign = "SIM008"; /* which the permit does not name: the flight deviates */
    struct ovf_permit_answer answers[5];
    struct ovf_permit_summary summary = {0};
    assert_int_equal(ovf_permits_judge(&question, s, 5, answers), OVF_OK);
    assert_int_equal(ovf_permits_summarize(&question, s, answers, 5, &searched, &summary), OVF_OK);
    assert_int_equal(summary.n_days, 3);
    assert_string_equal(summary.days[0].operator_icao, "");
    assert_int_equal(summary.days[0].n_by_verdict[OVF_PERMIT_NOT_IN_SUPPLIED_LIST], 1);
    assert_string_equal(summary.days[1].operator_icao, "SIM");
    assert_true(summary.days[1].day_ns == at("2012-03-05"));
    assert_int_equal(summary.days[1].n_flights, 1);
    assert_int_equal(summary.days[1].n_by_verdict[OVF_PERMIT_COVERED_WITH_DEVIATION], 1);
    assert_true(summary.days[2].day_ns == at("2012-03-08"));
    assert_int_equal(summary.days[2].n_by_verdict[OVF_PERMIT_NOT_IN_SUPPLIED_LIST], 1);
    assert_int_equal(summary.n_unflown, 1);
    assert_string_equal(summary.unflown[0].permit->number, "2");
    assert_int_equal(summary.n_unknown, 0);
    ovf_permit_summary_deinit(&summary);
    searched.n_asked =
        1; /* not all traffic of IQ: what was not looked for is not said to be unflown */
    assert_int_equal(ovf_permits_summarize(&question, s, answers, 5, &searched, &summary), OVF_OK);
    assert_int_equal(summary.n_unflown, 0);
    assert_int_equal(summary.n_unknown, 1);
    ovf_permit_summary_deinit(&summary);
    ovf_permit_list_deinit(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_name_finds_its_permit),
        cmocka_unit_test(every_deviation_is_told),
        cmocka_unit_test(what_is_not_known_is_not_compared),
        cmocka_unit_test(thirty_miles_are_the_same_point),
        cmocka_unit_test(an_interval_is_within_outside_or_undetermined),
        cmocka_unit_test(an_interval_over_midnight_may_be_of_either_day),
        cmocka_unit_test(the_fewest_deviations_count_then_the_number),
        cmocka_unit_test(not_in_the_list_is_said_only_of_days_that_it_covers),
        cmocka_unit_test(a_permit_of_the_day_before_says_nothing_of_a_day_that_no_list_covers),
        cmocka_unit_test(a_later_list_says_again_what_became_of_a_permit),
        cmocka_unit_test(regions_and_states_are_not_compared_with_each_other),
        cmocka_unit_test(flights_are_used_up_in_order_of_entry_once_a_flight),
        cmocka_unit_test(what_was_not_entered_for_certain_is_not_judged_and_uses_nothing_up),
        cmocka_unit_test(one_that_departs_inside_enters_with_its_flight),
        cmocka_unit_test(rules_of_the_case_come_first),
        cmocka_unit_test(a_state_aircraft_needs_a_diplomatic_clearance),
        cmocka_unit_test(findings_tell_what_was_compared),
        cmocka_unit_test(a_summary_counts_flights_and_tells_what_was_not_flown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
