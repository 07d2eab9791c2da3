/* SPDX-License-Identifier: Apache-2.0 */
/* Every crossing that is printed of the recordings is held against a plain point-in-polygon test: the
 * last fix outside is outside, the first inside is inside, and they are the rows that the records name.
 * Of a grazing crossing the outer fixes are held: the inner ones may lie on one of its excursions. Where
 * a state is left and entered again between the same two fixes, the fix before the first of these ends
 * and the one behind the last are held. */
#include "recordings_plain.h"
#include "recordings_scan.h"

#include <glob.h>

/* ---- the judge ---- */

/* One end of a printed crossing. */
struct plain_end {
    char a3[4];
    int is_entry;
    int grazing;
    double t_s;
    const struct plain_row *before;
    const struct plain_row *after;
    char id[33];
};

/* Read once, it takes a while. */
static struct plain_map the_map;

struct judge {
    struct plain_file files[64];
    size_t n_files;
    struct plain_end *ends;
    size_t n_ends, ends_room;
    size_t n_judged, n_near, n_passed_over, n_wrong;
};

static const struct plain_row *row_of(const struct judge *j, json_t *record)
{
    const char *member = json_string_value(json_object_get(record, "member"));
    const size_t index = (size_t)json_integer_value(json_object_get(record, "index"));
    for (size_t i = 0; i < j->n_files; i++) {
        if (strcmp(j->files[i].path, member) == 0) {
            assert_true(index < j->files[i].n_rows);
            return &j->files[i].rows[index];
        }
    }
    fail_msg("no such member: %s", member);
    return NULL;
}

/* Printed times are rounded to the millisecond. Of a crossing that only a gap tells of, what can be flown draws
 * the bracket in. */
static void hold_times(json_t *end, const struct plain_row *before, const struct plain_row *after,
                       bool in_gap)
{
    const double min_s = plain_time(json_string_value(json_object_get(end, "time_min")));
    const double max_s = plain_time(json_string_value(json_object_get(end, "time_max")));
    if (in_gap) {
        assert_true(min_s >= before->t_s - 0.0011);
        assert_true(max_s <= after->t_s + 0.0011);
    } else {
        assert_near(min_s, before->t_s, 0.0011);
        assert_near(max_s, after->t_s, 0.0011);
    }
    assert_true(min_s <= max_s);
    json_t *time = json_object_get(end, "time");
    if (time == NULL)
        return;
    const double t_s = plain_time(json_string_value(time));
    assert_true(t_s >= min_s - 0.0011 && t_s <= max_s + 0.0011);
}

static void take_crossing(struct judge *j, json_t *crossing)
{
    static const char *const names[] = {"entry", "exit"};
    struct plain_end taken = {.grazing = json_is_true(json_object_get(crossing, "grazing"))};
    plain_code3(json_string_value(json_object_get(crossing, "airspace")), taken.a3);
    snprintf(taken.id, sizeof taken.id, "%s", json_string_value(json_object_get(crossing, "id")));
    for (int e = 0; e < 2; e++) {
        json_t *end = json_object_get(crossing, names[e]);
        if (end == NULL)
            continue;
        json_t *records = json_object_get(end, "records");
        assert_int_equal(json_array_size(records), 2);
        taken.is_entry = e == 0;
        taken.before = row_of(j, json_array_get(records, 0));
        taken.after = row_of(j, json_array_get(records, 1));
        const bool in_gap = json_object_get(crossing, "direct_speed_kt") != NULL &&
                            json_object_get(end, "time") == NULL;
        hold_times(end, taken.before, taken.after, in_gap);
        if (in_gap)
            continue; /* no row shows it */
        json_t *time = json_object_get(end, "time");
        taken.t_s = time != NULL ? plain_time(json_string_value(time)) : taken.before->t_s;
        j->ends = plain_grow(j->ends, &j->ends_room, j->n_ends, sizeof *j->ends);
        j->ends[j->n_ends++] = taken;
    }
}

/* By state, interval between two rows, time. */
static int compare_ends(const void *x, const void *y)
{
    const struct plain_end *a = x;
    const struct plain_end *b = y;
    const int by_state = strcmp(a->a3, b->a3);
    if (by_state != 0)
        return by_state;
    if (a->before != b->before)
        return a->before < b->before ? -1 : 1;
    return (a->t_s > b->t_s) - (a->t_s < b->t_s);
}

static int same_interval(const struct plain_end *a, const struct plain_end *b)
{
    return strcmp(a->a3, b->a3) == 0 && a->before == b->before;
}

static void hold(struct judge *j, const struct plain_end *end, const struct plain_row *row,
                 enum plain_answer want)
{
    const enum plain_answer got = plain_in_state(&the_map, end->a3, row->lat, row->lon);
    j->n_judged++;
    if (got == PLAIN_NEAR)
        j->n_near++;
    else if (got != want && j->n_wrong++ < 5)
        print_error("crossing %s: its fix %s the %s, %.6f %.6f, is %s %s\n", end->id,
                    row == end->before ? "before" : "after", end->is_entry ? "entry" : "exit",
                    row->lat, row->lon, got == PLAIN_INSIDE ? "inside" : "outside", end->a3);
}

static void hold_ends(struct judge *j)
{
    qsort(j->ends, j->n_ends, sizeof *j->ends, compare_ends);
    /* Under sanitizers every fourth of many. */
    const size_t stride = OVF_SANITIZED && j->n_ends > 1000 ? 4 : 1;
    for (size_t i = 0; i < j->n_ends; i += stride) {
        const struct plain_end *end = &j->ends[i];
        const int first = i == 0 || !same_interval(end - 1, end);
        const int last = i + 1 == j->n_ends || !same_interval(end + 1, end);
        const enum plain_answer before = end->is_entry ? PLAIN_OUTSIDE : PLAIN_INSIDE;
        const enum plain_answer after = end->is_entry ? PLAIN_INSIDE : PLAIN_OUTSIDE;
        j->n_passed_over += (size_t)!first + (size_t)!last;
        if (first && !(end->grazing && !end->is_entry))
            hold(j, end, end->before, before);
        if (last && !(end->grazing && end->is_entry))
            hold(j, end, end->after, after);
    }
}

static void judge_input(struct judge *j, const char *path, size_t n_crossings_least)
{
    struct output out;
    size_t n_crossings = 0;
    scan_all(path, &out);
    for (const char *line = out.text; *line != '\0'; line = strchr(line, '\n') + 1) {
        json_error_t error;
        json_t *object = json_loads(line, JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK, &error);
        assert_non_null(object);
        if (strcmp(json_string_value(json_object_get(object, "type")), "crossing") == 0) {
            n_crossings++;
            take_crossing(j, object);
        }
        json_decref(object);
    }
    free(out.text);
    hold_ends(j);
    print_message("%zu crossings, %zu fixes judged, %zu too near, %zu passed over, %zu wrong\n",
                  n_crossings, j->n_judged, j->n_near, j->n_passed_over, j->n_wrong);
    assert_true(n_crossings >= n_crossings_least);
    assert_int_equal(j->n_wrong, 0);
    assert_true(j->n_near * 100 <= j->n_judged);
    assert_true(j->n_passed_over * 20 <= j->n_judged);
    for (size_t i = 0; i < j->n_files; i++)
        plain_file_free(&j->files[i]);
    free(j->ends);
}

static void load_globbed(struct judge *j, const char *pattern)
{
    glob_t found;
    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        assert_true(j->n_files < 64);
        plain_file_load(&j->files[j->n_files++], found.gl_pathv[i]);
    }
    globfree(&found);
}

static void brackets_of_table_hold(const char *name, size_t n_crossings_least)
{
    const char *path = ovf_test_data(name);
    struct judge j = {0};
    plain_map_need(&the_map);
    plain_file_load(&j.files[j.n_files++], path);
    judge_input(&j, path, n_crossings_least);
}

static void brackets_of_ely1747_hold(void **state)
{
    (void)state;
    brackets_of_table_hold("csv/ely1747-2019-11-03.csv", 6);
}

static void brackets_of_msr804_hold(void **state)
{
    (void)state;
    brackets_of_table_hold("csv/msr804-2016-05-18.csv", 8);
}

static void brackets_over_switzerland_hold(void **state)
{
    (void)state;
    brackets_of_table_hold("csv/switzerland-2018-08-01.csv.gz", 2000);
}

static void brackets_of_traces_hold(void **state)
{
    (void)state;
    const char *path = ovf_test_data("traces");
    char pattern[4200];
    struct judge j = {0};
    plain_map_need(&the_map);
    snprintf(pattern, sizeof pattern, "%s/trace_full_*.json", path);
    load_globbed(&j, pattern);
    snprintf(pattern, sizeof pattern, "%s/*/traces/*/trace_full_*.json", path);
    load_globbed(&j, pattern);
    assert_int_equal(j.n_files, 24);
    judge_input(&j, path, 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(brackets_of_ely1747_hold),
        cmocka_unit_test(brackets_of_msr804_hold),
        cmocka_unit_test(brackets_of_traces_hold),
        cmocka_unit_test(brackets_over_switzerland_hold),
    };
    const int n_failed = cmocka_run_group_tests(tests, NULL, NULL);
    plain_map_free(&the_map);
    return n_failed;
}
