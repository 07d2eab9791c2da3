/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of the recordings from their rows and their story: two flights of one journey, islands
 * touched on the way, gaps over which nothing may be claimed. */
#include "recordings_plain.h"
#include "recordings_scan.h"

/* The crossings of one input, parsed. */
struct found {
    json_t *crossings[256];
    size_t n;
};

static void find(const char *name, struct found *found)
{
    struct output out;
    found->n = 0;
    scan_all(ovf_test_data(name), &out);
    for (const char *line = out.text; *line != '\0'; line = strchr(line, '\n') + 1) {
        json_error_t error;
        json_t *object = json_loads(line, JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK, &error);
        assert_non_null(object);
        if (strcmp(json_string_value(json_object_get(object, "type")), "crossing") == 0) {
            assert_true(found->n < 256);
            found->crossings[found->n++] = object;
        } else {
            json_decref(object);
        }
    }
    free(out.text);
}

static void forget(struct found *found)
{
    for (size_t i = 0; i < found->n; i++)
        json_decref(found->crossings[i]);
}

static const char *text_of(json_t *object, const char *key, const char *inner)
{
    json_t *value = json_object_get(object, key);
    if (inner != NULL)
        value = json_object_get(value, inner);
    return value != NULL ? json_string_value(value) : "";
}

static void msr804_is_two_flights_of_one_journey(void **state)
{
    (void)state;
    struct found found;
    find("csv/msr804-2016-05-18.csv", &found);
    assert_true(found.n > 1);
    size_t n_flights = 1;
    for (size_t i = 1; i < found.n; i++) {
        json_t *c = found.crossings[i];
        n_flights += strcmp(text_of(c, "flight", "id"),
                            text_of(found.crossings[i - 1], "flight", "id")) != 0;
        assert_string_equal(text_of(c, "journey", "id"),
                            text_of(found.crossings[0], "journey", "id"));
        assert_string_equal(text_of(c, "callsign", NULL), "MSR804");
        assert_int_equal(json_integer_value(json_object_get(json_object_get(c, "journey"), "legs")),
                         2);
        assert_int_equal(json_integer_value(json_object_get(json_object_get(c, "journey"), "leg")),
                         n_flights);
    }
    assert_int_equal(n_flights, 2);
    /* 6,825 s parted, says the data's README. */
    assert_near(plain_time(text_of(found.crossings[found.n - 1], "flight", "start")) -
                    plain_time(text_of(found.crossings[0], "flight", "end")),
                6825, 2);
    /* Neither end was heard: above 20,000 ft there is no airport to tell. */
    assert_string_equal(text_of(found.crossings[0], "from", "kind"), "unknown");
    assert_null(json_object_get(json_object_get(found.crossings[0], "from"), "airport"));
    forget(&found);
}

static void ely1747_crosses_its_islands(void **state)
{
    static const char *const want[] = {"IT", "IT", "IT", "GR", "CY", "IL"};
    (void)state;
    struct found found;
    find("csv/ely1747-2019-11-03.csv", &found);
    assert_int_equal(found.n, 6);
    for (size_t i = 0; i < found.n; i++) {
        json_t *c = found.crossings[i];
        assert_string_equal(text_of(c, "airspace", NULL), want[i]);
        assert_string_equal(text_of(c, "from", "airport"), "LIRF");
        assert_string_equal(text_of(c, "to", "airport"), "LLBG");
        assert_string_equal(text_of(c, "role", NULL), i == 0   ? "departure"
                                                      : i == 5 ? "arrival"
                                                               : "overflight");
    }
    assert_null(json_object_get(found.crossings[0], "entry"));
    assert_null(json_object_get(found.crossings[0], "duration_s"));
    assert_null(json_object_get(found.crossings[5], "exit"));
    forget(&found);
}

static int is_bracket(json_t *end, double a_s, double b_s)
{
    return end != NULL && fabs(plain_time(text_of(end, "time_min", NULL)) - a_s) < 0.0011 &&
           fabs(plain_time(text_of(end, "time_max", NULL)) - b_s) < 0.0011;
}

/* Wherever the plain test says another state between two rows than at the row before, a crossing that is
 * no flicker says so too. */
static void ely1747_misses_no_state_that_a_fix_lies_in(void **state)
{
    static const char *const states[][2] = {
        {"ITA", "IT"}, {"GRC", "GR"}, {"CYP", "CY"}, {"ISR", "IL"}, {"TUR", "TR"}, {"EGY", "EG"},
        {"LBN", "LB"}, {"MLT", "MT"}, {"ALB", "AL"}, {"LBY", "LY"}, {"VAT", "VA"}, {"SYR", "SY"}};
    (void)state;
    struct found found;
    struct plain_map map = {0};
    struct plain_file file;
    size_t n_changes = 0;
    const char *path = ovf_test_data("csv/ely1747-2019-11-03.csv"); /* skips: nothing is held yet */
    plain_map_need(&map);
    plain_file_load(&file, path);
    find("csv/ely1747-2019-11-03.csv", &found);
    for (size_t s = 0; s < sizeof states / sizeof *states; s++) {
        enum plain_answer was = PLAIN_OUTSIDE;
        for (size_t i = 0; i < file.n_rows; i++) {
            const struct plain_row *row = &file.rows[i];
            const enum plain_answer is = plain_in_state(&map, states[s][0], row->lat, row->lon);
            assert_int_not_equal(is, PLAIN_NEAR);
            int said = i == 0 || is == was;
            n_changes += (size_t)!said;
            for (size_t k = 0; k < found.n && !said; k++) {
                json_t *c = found.crossings[k];
                said = strcmp(text_of(c, "airspace", NULL), states[s][1]) == 0 &&
                       is_bracket(json_object_get(c, is == PLAIN_INSIDE ? "entry" : "exit"),
                                  row[-1].t_s, row->t_s);
            }
            if (!said)
                fail_msg("%s changes before row %zu", states[s][0], i);
            was = is;
        }
    }
    assert_true(n_changes >= 8);
    plain_file_free(&file);
    plain_map_free(&map);
    forget(&found);
}

/* Every interval of the trace longer than bridged: 60 s, and 300 s more where its archive thinned out
 * rows itself, which is the most. */
static void no_time_is_claimed_in_a_gap(const char *name, size_t n_gaps_least)
{
    struct found found;
    struct plain_file file;
    size_t n_gaps = 0;
    plain_file_load(&file, ovf_test_data(name));
    find(name, &found);
    for (size_t i = 1; i < file.n_rows; i++) {
        const double a_s = file.rows[i - 1].t_s;
        const double b_s = file.rows[i].t_s;
        if (b_s - a_s <= 360)
            continue;
        n_gaps++;
        for (size_t k = 0; k < 2 * found.n; k++) {
            json_t *end = json_object_get(found.crossings[k / 2], k % 2 == 0 ? "entry" : "exit");
            json_t *time = json_object_get(end, "time");
            if (time == NULL)
                continue;
            const double t_s = plain_time(json_string_value(time));
            assert_false(t_s > a_s && t_s < b_s);
        }
    }
    assert_true(n_gaps >= n_gaps_least);
    plain_file_free(&file);
    forget(&found);
}

static void the_gap_of_n493mc_over_the_antimeridian_is_a_gap(void **state)
{
    (void)state;
    struct plain_file file;
    size_t longest = 1;
    plain_file_load(&file, ovf_test_data("traces/trace_full_a61c53_2026-06-25.json"));
    for (size_t i = 1; i < file.n_rows; i++) {
        if (file.rows[i].t_s - file.rows[i - 1].t_s >
            file.rows[longest].t_s - file.rows[longest - 1].t_s)
            longest = i;
    }
    /* 4.8 h, from the east of Japan to the west of Alaska. */
    assert_near(file.rows[longest].t_s - file.rows[longest - 1].t_s, 4.8 * 3600, 400);
    assert_true(file.rows[longest - 1].lon > 0 && file.rows[longest].lon < 0);
    plain_file_free(&file);
    no_time_is_claimed_in_a_gap("traces/trace_full_a61c53_2026-06-25.json", 2);
}

static void n899dn_leaves_belize_and_crosses_mexico_in_gaps(void **state)
{
    (void)state;
    struct found found;
    size_t n_bracketed = 0;
    no_time_is_claimed_in_a_gap("traces/trace_full_ac671b.json", 2);
    find("traces/trace_full_ac671b.json", &found);
    for (size_t i = 0; i < found.n; i++) {
        json_t *c = found.crossings[i];
        if (strcmp(text_of(c, "class", NULL), "bracketed") != 0)
            continue;
        n_bracketed++;
        const int entry = json_object_get(json_object_get(c, "entry"), "time") != NULL;
        const int exit = json_object_get(json_object_get(c, "exit"), "time") != NULL;
        assert_false(entry && exit);
        assert_null(json_object_get(c, "duration_s"));
        if (!entry) {
            assert_null(json_object_get(json_object_get(c, "entry"), "lat_deg"));
            assert_null(json_object_get(c, "entered_from"));
        }
    }
    assert_int_equal(n_bracketed, 2);
    forget(&found);
}

static void nevada_is_22_aircraft_of_the_day_inside(void **state)
{
    (void)state;
    struct found found;
    const char *seen[64];
    size_t n_seen = 0;
    find("traces/nevada-2023-08-20", &found);
    for (size_t i = 0; i < found.n; i++) {
        json_t *c = found.crossings[i];
        const char *icao24 = text_of(c, "icao24", NULL);
        size_t k = 0;
        while (k < n_seen && strcmp(seen[k], icao24) != 0)
            k++;
        if (k == n_seen)
            seen[n_seen++] = icao24;
        assert_string_equal(text_of(c, "airspace", NULL), "US");
        assert_int_equal(strncmp(text_of(c, "flight", "start"), "2023-08-30T", 11), 0);
        assert_int_equal(strncmp(text_of(c, "flight", "end"), "2023-08-30T", 11), 0);
    }
    assert_int_equal(n_seen, 22);
    forget(&found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(msr804_is_two_flights_of_one_journey),
        cmocka_unit_test(ely1747_crosses_its_islands),
        cmocka_unit_test(ely1747_misses_no_state_that_a_fix_lies_in),
        cmocka_unit_test(the_gap_of_n493mc_over_the_antimeridian_is_a_gap),
        cmocka_unit_test(n899dn_leaves_belize_and_crosses_mexico_in_gaps),
        cmocka_unit_test(nevada_is_22_aircraft_of_the_day_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
