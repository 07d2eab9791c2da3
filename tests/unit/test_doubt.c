/* SPDX-License-Identifier: Apache-2.0 */
/* Which positions a detection is about, in which airspaces they lie and whose they are. Tracks are graded here, by
 * hand. */
#include "geo_fixture.h"

#include <string.h>

#include "base/time.h"
#include "rules/doubt.h"

enum { WANTED = 0, UNWANTED = 1, MAX_FIXES = 16, MAX_TOLD = 4 };

static const double minute_s = 60;

struct scene {
    struct fixture map;
    struct ovf_edition edition;
    struct ovf_engine_layer layer;
    struct ovf_engine_config config;
    struct ovf_fix fixes[MAX_FIXES];
    struct ovf_detection detections[2];
    struct ovf_track track;
    struct ovf_flight flight;
    struct ovf_result result;
    struct ovf_doubt told[MAX_TOLD];
    uint64_t inside[MAX_TOLD];
    size_t n_told;
};

/** Two boxes, of which only the western one is asked for. */
static void begin(struct scene *s)
{
    memset(s, 0, sizeof *s);
    fixture_begin(&s->map);
    fixture_box(&s->map, WANTED, 30, 40, 34, 44);
    fixture_box(&s->map, UNWANTED, 30, 46, 34, 50);
    fixture_finish(&s->map);
    s->edition.index = s->map.index;
    s->layer.edition = &s->edition;
    ovf_members_toggle(&s->layer.wanted, WANTED);
    s->config = (struct ovf_engine_config){.layers = &s->layer, .n_layers = 1};
    s->track.fixes.items = s->fixes;
    s->track.detections.items = s->detections;
    s->result = (struct ovf_result){.track = &s->track, .flights = &s->flight, .n_flights = 1};
}

/** A fix each minute at 20 N, which is in neither box, or at \p lon_deg in the latitude of both; '.' is believed,
 * 'X' is not. The flight is all that is believed. */
static void grade(struct scene *s, const char *grades, double lon_deg)
{
    struct ovf_leg *const leg = &s->flight.fixes;
    s->track.fixes.n = strlen(grades);
    s->result.n_suspect = 0;
    *leg = (struct ovf_leg){.first = SIZE_MAX};
    for (size_t i = 0; i < s->track.fixes.n; i++) {
        const bool is_doubted = grades[i] == 'X';
        s->fixes[i] =
            fix_deg(minute_s * (double)i, is_doubted ? 32 : 20, is_doubted ? lon_deg : 42);
        s->fixes[i].grade = is_doubted ? OVF_GRADE_X : OVF_GRADE_B;
        s->result.n_suspect += is_doubted ? 1 : 0;
        if (is_doubted)
            continue;
        leg->first = leg->first == SIZE_MAX ? i : leg->first;
        leg->last = i;
    }
}

static void detect(struct scene *s, uint32_t first, uint32_t last)
{
    s->detections[s->track.detections.n++] =
        (struct ovf_detection){.kind = OVF_DETECTION_JUMP, .first = first, .last = last};
}

static enum ovf_status tell(void *context, const struct ovf_doubt *doubt)
{
    struct scene *const s = context;
    assert_true(s->n_told < MAX_TOLD);
    s->inside[s->n_told] = doubt->inside[0].words[0];
    s->told[s->n_told++] = *doubt;
    return OVF_OK;
}

static void find(struct scene *s)
{
    s->n_told = 0;
    assert_int_equal(ovf_doubts_find(&s->config, &s->result, tell, s), OVF_OK);
}

static void test_of_a_detection_all_fixes_in_a_row_are_not_believed(void **state)
{
    (void)state;
    struct scene s;
    begin(&s);
    grade(&s, "..XXXX..", 42);
    detect(&s, 1, 2); /* the jump there */
    detect(&s, 5, 6); /* and back */
    find(&s);
    assert_int_equal(s.n_told, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_ptr_equal(s.told[i].detection, &s.detections[i]);
        assert_int_equal(s.told[i].first, i == 0 ? 1 : 5);
        assert_int_equal(s.told[i].last, i == 0 ? 2 : 6);
        assert_int_equal(s.told[i].begin, 1);
        assert_int_equal(s.told[i].end, 6);
        assert_int_equal(s.told[i].n_not_believed, 4);
        assert_int_equal(s.inside[i], 1U << WANTED);
        assert_ptr_equal(s.told[i].flight, &s.flight);
    }
    fixture_end(&s.map);
}

/** Whatever the detections before: those that overlap, that follow one another, that stand apart. */
static void test_each_detection_has_all_its_row(void **state)
{
    (void)state;
    static const char grades[] = "XX..XXXX.XXXXX.X";
    static const struct {
        uint32_t first, last;
        size_t begin, end;
    } rows[] = {{0, 1, 0, 2},    {1, 1, 0, 2},    {2, 3, 2, 3},    {4, 10, 3, 14},
                {5, 6, 3, 8},    {7, 7, 3, 8},    {8, 9, 8, 14},   {10, 15, 8, 15},
                {11, 11, 8, 14}, {13, 14, 8, 14}, {15, 15, 14, 15}};
    enum { N_ROWS = sizeof rows / sizeof *rows };
    struct scene s;
    begin(&s);
    grade(&s, grades, 42);
    for (size_t i = 0; i < N_ROWS; i++) {
        for (size_t k = 0; k < N_ROWS - i; k++) { /* behind one, and alone */
            s.track.detections.n = 0;
            detect(&s, rows[i].first, rows[i].last);
            if (k > 0)
                detect(&s, rows[i + k].first, rows[i + k].last);
            s.result.n_suspect = 0; /* no strays */
            find(&s);
            const size_t last = i + k;
            assert_int_equal(s.told[s.n_told - 1].begin, rows[last].begin);
            assert_int_equal(s.told[s.n_told - 1].end, rows[last].end);
        }
    }
    fixture_end(&s.map);
}

static void test_what_was_not_asked_for_is_nowhere(void **state)
{
    (void)state;
    struct scene s;
    begin(&s);
    grade(&s, "..XXXX..", 48);
    detect(&s, 1, 2);
    find(&s);
    assert_int_equal(s.n_told, 1);
    assert_int_equal(s.inside[0], 0);
    fixture_end(&s.map);
}

static void test_weak_fixes_are_believed_and_lie_nowhere(void **state)
{
    (void)state;
    struct scene s;
    begin(&s);
    grade(&s, "......", 42);
    s.fixes[3].at = point_deg(32, 42);
    detect(&s, 2, 3);
    find(&s);
    assert_int_equal(s.n_told, 1);
    assert_int_equal(s.told[0].n_not_believed, 0);
    assert_int_equal(s.inside[0], 0);
    fixture_end(&s.map);
}

static void test_a_fix_that_no_detection_touches_is_a_stray(void **state)
{
    (void)state;
    struct scene s;
    begin(&s);
    grade(&s, ".X..XX...X.", 42);
    detect(&s, 3, 4);
    find(&s);
    assert_int_equal(s.n_told, 3);
    assert_non_null(s.told[0].detection);
    assert_int_equal(s.told[0].n_not_believed, 2);
    assert_null(s.told[1].detection);
    assert_int_equal(s.told[1].first, 1);
    assert_int_equal(s.told[1].last, 1);
    assert_int_equal(s.told[1].n_not_believed, 1);
    assert_int_equal(s.inside[1], 1U << WANTED);
    assert_int_equal(s.told[2].first, 9);
    fixture_end(&s.map);
}

static void test_fixes_of_another_aircraft_with_the_address_are_no_doubt(void **state)
{
    (void)state;
    struct scene s;
    begin(&s);
    grade(&s, "..XXX..", 42);
    for (size_t i = 2; i <= 4; i++)
        s.fixes[i].flags = OVF_FIX_TWIN;
    find(&s);
    assert_int_equal(s.n_told, 0);
    detect(&s, 1, 3); /* which stands among them */
    s.fixes[3].flags = 0;
    find(&s);
    assert_int_equal(s.n_told, 1);
    assert_int_equal(s.told[0].n_not_believed, 1);
    fixture_end(&s.map);
}

/** False to the end is of the flight that it ends; half an hour (stretch_s) after it of none. */
static void test_beside_a_flight_it_is_its_own_unless_a_silence_parts_them(void **state)
{
    (void)state;
    static const struct {
        const char *grades;
        uint32_t first;
        size_t late; /* the fix that comes after the silence, and those behind it */
    } ways[] = {{"...XXX", 2, 3}, {"XXX...", 2, 3}};
    struct scene s;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        begin(&s);
        grade(&s, ways[i].grades, 42);
        detect(&s, ways[i].first, ways[i].first + 1);
        for (int64_t silence_s = 29 * 60; silence_s <= 31 * 60; silence_s += 60) {
            for (size_t k = ways[i].late; k < s.track.fixes.n; k++)
                s.fixes[k].t_ns = s.fixes[ways[i].late - 1].t_ns +
                                  (silence_s + (int64_t)(k - ways[i].late)) * OVF_NS_PER_S;
            find(&s);
            assert_int_equal(s.n_told, 1);
            assert_ptr_equal(s.told[0].flight, silence_s <= 30 * 60 ? &s.flight : NULL);
        }
        fixture_end(&s.map);
    }
}

static void test_without_a_flight_the_callsign_is_that_of_the_fixes(void **state)
{
    (void)state;
    struct scene s;
    char callsign[9];
    begin(&s);
    grade(&s, "XXX", 42);
    s.result.n_flights = 0;
    s.fixes[1].has |= OVF_FIX_CALLSIGN;
    memcpy(s.fixes[1].callsign, "SIM12345", 8);
    detect(&s, 0, 1);
    find(&s);
    assert_int_equal(s.n_told, 1);
    assert_null(s.told[0].flight);
    assert_int_equal(s.told[0].n_not_believed, 3);
    ovf_doubt_callsign(&s.told[0], s.fixes, callsign);
    assert_string_equal(callsign, "SIM12345");
    fixture_end(&s.map);
}

/* ---- what a watch asks ---- */

static struct ovf_match ask(struct scene *s, const struct ovf_watch *watch)
{
    static const struct ovf_doubt_place place = {0, WANTED};
    return ovf_watch_match_doubt(watch, NULL, &s->result, &s->told[0], place, NULL);
}

static void test_a_watch_asks_of_time_aircraft_and_ends_but_not_of_roles(void **state)
{
    (void)state;
    static const uint32_t other = 0xF10002;
    struct scene s;
    begin(&s);
    grade(&s, "..XXXX..", 42); /* from minute 1 to minute 6 with those around */
    s.track.address = 0xF10001;
    detect(&s, 1, 2);
    find(&s);
    struct ovf_watch watch = {
        .since_ns = INT64_MIN, .until_ns = INT64_MAX, .roles = 1U << OVF_ROLE_ARRIVAL};
    assert_true(ask(&s, &watch).matches);
    watch.since_ns = 6 * 60 * OVF_NS_PER_S + 1;
    assert_false(ask(&s, &watch).matches);
    watch.since_ns = INT64_MIN;
    watch.until_ns = 60 * OVF_NS_PER_S;
    assert_false(ask(&s, &watch).matches);
    watch.until_ns = INT64_MAX;
    watch.addresses = &other;
    watch.n_addresses = 1;
    assert_false(ask(&s, &watch).matches);
    watch.n_addresses = 0;
    watch.from = (struct ovf_place){.is_set = true, .state = 7, .country = "IR"};
    assert_true(ask(&s, &watch).only_end_unknown);
    ovf_members_toggle(&s.flight.states, 7);
    assert_true(ask(&s, &watch).matches); /* seen there */
    s.flight.from = (struct ovf_endpoint){.has_airport = true, .country = "TR"};
    assert_false(ask(&s, &watch).matches || ask(&s, &watch).only_end_unknown);
    fixture_end(&s.map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_of_a_detection_all_fixes_in_a_row_are_not_believed),
        cmocka_unit_test(test_each_detection_has_all_its_row),
        cmocka_unit_test(test_what_was_not_asked_for_is_nowhere),
        cmocka_unit_test(test_weak_fixes_are_believed_and_lie_nowhere),
        cmocka_unit_test(test_a_fix_that_no_detection_touches_is_a_stray),
        cmocka_unit_test(test_fixes_of_another_aircraft_with_the_address_are_no_doubt),
        cmocka_unit_test(test_beside_a_flight_it_is_its_own_unless_a_silence_parts_them),
        cmocka_unit_test(test_without_a_flight_the_callsign_is_that_of_the_fixes),
        cmocka_unit_test(test_a_watch_asks_of_time_aircraft_and_ends_but_not_of_roles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
