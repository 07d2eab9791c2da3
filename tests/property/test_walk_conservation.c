/* SPDX-License-Identifier: Apache-2.0 */
/* Conservation: the dwell times in every set of states (no state and overlaps are sets too) and the
 * gaps add up to a flight's duration, to the nanosecond; and in between, wherever one looks on the
 * geodesic, the place is in the set that the walk says. On random flights and on recordings. */
#include <inttypes.h>

#include "geo_segments.h"
#include "geo_twin.h"

#include "airspace/passage.h"
#include "read/csv.h"
#include "read/trace.h"

/* Nearer to a border than this, a place on the geodesic may lie on the other side of the straightened
 * line (0.1 m each for track and rounding). */
static const double undecided_m = 0.5;

struct sums {
    int64_t dwell_ns;
    int64_t overlap_ns;
    int64_t nowhere_ns;
    int64_t gap_ns;
    size_t n_looked;
};

/** The place at t_ns on the way from fix i to fix j. */
static struct ovf_point place_at(const struct ovf_fix *from, const struct ovf_fix *to, int64_t t_ns)
{
    double lat_deg;
    double lon_deg;
    const struct ovf_geodesic line = ovf_geodesic_between(from->at, to->at);
    const double whole_ns = (double)(to->t_ns - from->t_ns);
    ovf_geodesic_at(&line, whole_ns > 0 ? (double)(t_ns - from->t_ns) / whole_ns : 0, &lat_deg,
                    &lon_deg);
    return point_deg(lat_deg, lon_deg);
}

/** Looks at some moments of [t0, t1) and compares with members. */
static void look_between(const struct ovf_index *index, const struct ovf_fix *fixes, size_t n,
                         int64_t t0, int64_t t1, const struct ovf_members *members,
                         struct sums *sums)
{
    for (int k = 1; k <= 7; k += 2) {
        const int64_t t_ns = t0 + (t1 - t0) / 8 * k;
        size_t j = 1;
        size_t end = n - 1;
        while (j < end) { /* the first fix after t_ns */
            const size_t middle = j + (end - j) / 2;
            if (fixes[middle].t_ns > t_ns)
                end = middle;
            else
                j = middle + 1;
        }
        const struct ovf_point at = place_at(&fixes[j - 1], &fixes[j], t_ns);
        struct ovf_members there;
        if (ovf_index_distance_m(index, at, OVF_MEMBERS_MAX, 10) < undecided_m ||
            llabs(at.lat_e7) > 899990000)
            continue;
        ovf_index_locate(index, at, &there);
        sums->n_looked++;
        if (!ovf_members_equal(&there, members))
            fail_msg("at %" PRId64 " ns, %d %d: another set", t_ns, at.lat_e7, at.lon_e7);
    }
}

/** Fixes in strictly increasing time, all believed. */
static void check_flight(const struct ovf_index *index, const struct ovf_fix *fixes, size_t n,
                         double max_gap_s, struct ovf_walk *walk, struct sums *total)
{
    const struct ovf_layer layer = {.index = index};
    struct sums sums = {0};
    walk_fixes(&layer, fixes, n, max_gap_s, walk);
    for (size_t i = 0; i + 1 < walk->steps.n; i++) {
        const struct ovf_step *step = &walk->steps.items[i];
        const struct ovf_step *next = &walk->steps.items[i + 1];
        const bool gap = next->kind == OVF_STEP_GAP;
        const int64_t end_ns = gap ? fixes[next->before].t_ns : next->t_ns;
        assert_true(step->t_ns <= end_ns);
        sums.dwell_ns += end_ns - step->t_ns;
        sums.gap_ns += gap ? next->t_ns - end_ns : 0;
        if (ovf_members_empty(&step->members))
            sums.nowhere_ns += end_ns - step->t_ns;
        if (ovf_members_count(&step->members) > 1)
            sums.overlap_ns += end_ns - step->t_ns;
        if (n > 1 && end_ns > step->t_ns)
            look_between(index, fixes, n, step->t_ns, end_ns, &step->members, &sums);
    }
    assert_int_equal(sums.dwell_ns + sums.gap_ns, fixes[n - 1].t_ns - fixes[0].t_ns);
    total->dwell_ns += sums.dwell_ns;
    total->nowhere_ns += sums.nowhere_ns;
    total->overlap_ns += sums.overlap_ns;
    total->gap_ns += sums.gap_ns;
    total->n_looked += sums.n_looked;
}

/** The same from the passages: per airspace, the time between entry and exit of all passages is the
 * time of the steps that hold it, gaps inside included. */
static void check_passages(const struct ovf_index *index, const struct ovf_fix *fixes,
                           const struct ovf_walk *walk)
{
    const struct ovf_layer layer = {.index = index};
    struct ovf_passages passages = {0};
    struct ovf_members wanted;
    int64_t of_steps[OVF_MEMBERS_MAX] = {0};
    memset(&wanted, 0xff, sizeof wanted);
    for (size_t i = 0; i + 1 < walk->steps.n; i++) {
        const struct ovf_step *step = &walk->steps.items[i];
        const struct ovf_step *next = &walk->steps.items[i + 1];
        for (uint32_t o = ovf_members_next(&step->members, 0); o < OVF_MEMBERS_MAX;
             o = ovf_members_next(&step->members, o + 1)) {
            const bool leaves = next->kind == OVF_STEP_GAP && !ovf_members_has(&next->stays, o);
            of_steps[o] += (leaves ? fixes[next->before].t_ns : next->t_ns) - step->t_ns;
        }
    }
    assert_int_equal(ovf_passages_find(&layer, fixes, &walk->steps, &wanted, 0, &passages), OVF_OK);
    for (size_t i = 0; i < passages.n; i++) {
        const struct ovf_passage *p = &passages.items[i];
        const int64_t entry_ns =
            p->entry.kind == OVF_PASSAGE_GAP ? p->entry.t_max_ns : p->entry.t_ns;
        const int64_t exit_ns = p->exit.kind == OVF_PASSAGE_GAP ? p->exit.t_min_ns : p->exit.t_ns;
        assert_true(entry_ns <= exit_ns);
        of_steps[p->owner] -= exit_ns - entry_ns;
    }
    for (uint32_t o = 0; o < OVF_MEMBERS_MAX; o++)
        assert_int_equal(of_steps[o], 0);
    ovf_passages_deinit(&passages);
}

static void random_flights_conserve_time(void **state)
{
    (void)state;
    struct test_pack pack;
    struct ovf_walk walk = {0};
    struct sums total = {0};
    uint64_t seed = 71;
    test_pack_open(&pack);
    print_message("seed 71\n");
    for (int k = 0; k < (OVF_SANITIZED ? 30 : 400); k++) {
        struct ovf_fix fixes[40];
        struct ovf_point at = random_segment(&pack.pack.index, &seed).a;
        double course_deg = random_in(&seed, 0, 360);
        double t_s = 0;
        for (size_t i = 0; i < 40; i++) {
            fixes[i] = fix_at(t_s, at);
            const double step_s = pow(10, random_in(&seed, 0, 2));
            course_deg += random_in(&seed, -30, 30);
            at = point_beyond(at, course_deg, 240 * step_s);
            t_s += step_s;
        }
        check_flight(&pack.pack.index, fixes, 40, 60, &walk, &total);
        check_passages(&pack.pack.index, fixes, &walk);
    }
    print_message("%.0f h, of which %.0f h in no state, %.1f h in several, %.0f h of gaps; looked "
                  "%zu times\n",
                  (double)total.dwell_ns / 3.6e12, (double)total.nowhere_ns / 3.6e12,
                  (double)total.overlap_ns / 3.6e12, (double)total.gap_ns / 3.6e12, total.n_looked);
    assert_true(total.n_looked > 1000 || OVF_SANITIZED);
    ovf_walk_deinit(&walk);
    test_pack_close(&pack);
}

static unsigned char *slurp(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    const long size = ftell(file);
    assert_true(size > 0);
    rewind(file);
    unsigned char *data = malloc((size_t)size);
    assert_non_null(data);
    *len = fread(data, 1, (size_t)size, file);
    fclose(file);
    assert_int_equal(*len, size);
    return data;
}

static enum ovf_status take_row(void *context, uint32_t address, const struct ovf_fix *fix,
                                const struct ovf_identity *identity)
{
    (void)address;
    (void)identity;
    return ovf_fixes_push(context, fix);
}

/** Sorts, and keeps one fix of each time. */
static void check_recording(struct ovf_fixes *fixes, struct sums *total)
{
    struct test_pack pack;
    struct ovf_walk walk = {0};
    size_t n = 0;
    assert_true(fixes->n > 1);
    qsort(fixes->items, fixes->n, sizeof *fixes->items, ovf_fix_compare);
    for (size_t i = 0; i < fixes->n; i++) {
        if (n > 0 && fixes->items[n - 1].t_ns == fixes->items[i].t_ns)
            continue;
        fixes->items[n] = fixes->items[i];
        fixes->items[n].grade = OVF_GRADE_B;
        fixes->items[n++].radius_m = 926;
    }
    test_pack_open(&pack);
    check_flight(&pack.pack.index, fixes->items, n, 60, &walk, total);
    check_passages(&pack.pack.index, fixes->items, &walk);
    check_flight(&pack.pack.index, fixes->items, n, 86400, &walk, total);
    check_passages(&pack.pack.index, fixes->items, &walk);
    ovf_walk_deinit(&walk);
    test_pack_close(&pack);
}

static void check_csv(const char *name)
{
    struct ovf_fixes fixes = {0};
    struct ovf_csv *csv = NULL;
    struct sums total = {0};
    size_t len;
    unsigned char *data = slurp(ovf_test_data(name), &len);
    assert_int_equal(ovf_csv_new(0, take_row, &fixes, &csv), OVF_OK);
    assert_int_equal(ovf_csv_feed(csv, (struct ovf_bytes){data, len}, NULL), OVF_OK);
    assert_int_equal(ovf_csv_finish(csv, NULL), OVF_OK);
    check_recording(&fixes, &total);
    ovf_csv_free(csv);
    ovf_fixes_deinit(&fixes);
    free(data);
}

static void recorded_flights_in_csv_conserve_time(void **state)
{
    (void)state;
    (void)ovf_test_pack();
    check_csv("csv/ely1747-2019-11-03.csv");
    check_csv("csv/msr804-2016-05-18.csv");
}

static void recorded_traces_conserve_time(void **state)
{
    (void)state;
    static const char *const names[] = {"traces/trace_full_ac671b.json",
                                        "traces/trace_full_a61c53_2026-06-25.json"};
    int n_read = 0;
    (void)ovf_test_pack();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct ovf_trace trace = {0};
        struct sums total = {0};
        enum ovf_reject reject;
        size_t len;
        unsigned char *data = slurp(ovf_test_data(names[i]), &len);
        assert_int_equal(ovf_trace_read((struct ovf_bytes){data, len}, 0, &trace, &reject, NULL),
                         OVF_OK);
        if (reject == OVF_REJECT_N) { /* else it is compressed: other tests read those */
            check_recording(&trace.fixes, &total);
            n_read++;
        }
        ovf_trace_deinit(&trace);
        free(data);
    }
    assert_true(n_read > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_flights_conserve_time),
        cmocka_unit_test(recorded_flights_in_csv_conserve_time),
        cmocka_unit_test(recorded_traces_conserve_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
