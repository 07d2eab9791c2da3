/* SPDX-License-Identifier: Apache-2.0 */
/* Reception against a plain one: every gap beside every run, in any order of runs, in one batch or gap by gap.
 * Some thirty aircraft fly about in a few cells for six hours; seed 1. */
#include "test.h"

#include <string.h>

#include "listen/reception.h"

enum { N_AIRCRAFT = 30, N_GAPS = 200, N_RUNS = 4000, FIRST_S = 400 * OVF_HOUR_S };

struct run {
    uint32_t address;
    struct ovf_heard_run run;
};

static uint64_t seed = 1;

static uint32_t random_below(uint32_t n)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 33) % n;
}

static struct ovf_point random_point(void)
{
    return (struct ovf_point){(int32_t)random_below(12000000), (int32_t)random_below(12000000)};
}

static struct ovf_gap random_gap(void)
{
    struct ovf_gap gap = {.address = random_below(N_AIRCRAFT), .from = random_point()};
    gap.to = random_point();
    gap.from_s = FIRST_S + random_below(5 * OVF_HOUR_S);
    gap.to_s = gap.from_s + random_below(4000);
    gap.band = (enum ovf_band)random_below(2);
    return gap;
}

static struct run random_run(void)
{
    struct run r = {.address = random_below(N_AIRCRAFT)};
    r.run.from_s = FIRST_S - OVF_HOUR_S + random_below(8 * OVF_HOUR_S);
    const int64_t end_s = (r.run.from_s / OVF_HOUR_S + 1) * OVF_HOUR_S;
    r.run.to_s = r.run.from_s + random_below(400);
    r.run.to_s = r.run.to_s < end_s ? r.run.to_s : end_s;
    r.run.cell = ovf_count_cell(random_point());
    r.run.n_fixes = random_below(30);
    r.run.band = (enum ovf_band)random_below(2);
    r.run.is_silent = random_below(4) == 0;
    return r;
}

/** Of one aircraft. */
struct seen {
    bool heard, heard_then, silent_then;
};

static void look(const struct ovf_gap *gap, const struct ovf_stay *stay, const struct run *r,
                 struct seen *seen)
{
    const struct ovf_heard_run *run = &r->run;
    if (r->address == gap->address || run->cell != stay->cell || run->band != gap->band)
        return;
    const bool then = run->from_s <= stay->to_s && run->to_s >= stay->from_s;
    const bool near = run->from_s <= stay->to_s + 900 && run->to_s >= stay->from_s - 900;
    seen->heard = seen->heard || (near && !run->is_silent);
    seen->heard_then = seen->heard_then || (then && !run->is_silent);
    seen->silent_then = seen->silent_then || (then && run->is_silent);
}

static void add_reports(const struct ovf_gap *gap, const struct ovf_stay *stay,
                        const struct run *runs, struct ovf_gap_evidence *e, double *heard_s)
{
    double n_fixes = 0;
    double known = 0;
    double heard = 0;
    for (size_t i = 0; i < N_RUNS; i++) {
        const struct ovf_heard_run *run = &runs[i].run;
        const int64_t hour = run->from_s / OVF_HOUR_S;
        if (runs[i].address == gap->address || run->cell != stay->cell || run->band != gap->band ||
            hour < stay->from_s / OVF_HOUR_S || hour > stay->to_s / OVF_HOUR_S)
            continue;
        n_fixes += run->n_fixes;
        known += (double)(run->to_s - run->from_s);
        heard += run->is_silent ? 0 : (double)(run->to_s - run->from_s);
    }
    if (known == 0) /* a sum of whole numbers */
        return;
    e->known_s += stay->to_s - stay->from_s;
    e->expected_reports += (double)(stay->to_s - stay->from_s) * n_fixes / known;
    *heard_s += (double)(stay->to_s - stay->from_s) * heard / known;
}

static struct ovf_gap_evidence plainly(const struct ovf_gap *gap, const struct run *runs)
{
    struct ovf_count_rows rows = {{0}};
    struct ovf_stays stays = {0};
    struct seen seen[N_AIRCRAFT] = {{false, false, false}};
    struct ovf_gap_evidence e = {0};
    double heard_s = 0;
    assert_int_equal(
        ovf_way_through_cells(&rows, gap->from, gap->from_s, gap->to, gap->to_s, &stays), OVF_OK);
    for (size_t k = 0; k < stays.n; k++) {
        add_reports(gap, &stays.items[k], runs, &e, &heard_s);
        for (size_t i = 0; i < N_RUNS; i++)
            look(gap, &stays.items[k], &runs[i], &seen[runs[i].address]);
    }
    e.received_share = e.known_s > 0 ? heard_s / (double)e.known_s : 0;
    for (uint32_t i = 0; i < N_AIRCRAFT; i++) {
        e.n_heard += seen[i].heard ? 1 : 0;
        e.n_heard_then += seen[i].heard_then ? 1 : 0;
        e.n_silent_then += seen[i].silent_then ? 1 : 0;
        if (seen[i].heard && e.n_witnesses < OVF_WITNESSES_LISTED)
            e.witnesses[e.n_witnesses++] = i;
    }
    ovf_stays_deinit(&stays);
    return e;
}

static void show_all(struct ovf_reception *reception, const struct run *runs, bool backwards)
{
    for (size_t i = 0; i < N_RUNS; i++) {
        const struct run *r = &runs[backwards ? N_RUNS - 1 - i : i];
        struct ovf_buffer bytes = {0};
        assert_int_equal(ovf_heard_pack(&r->run, 1, &bytes), OVF_OK);
        assert_int_equal(ovf_reception_take(reception, r->address, ovf_buffer_bytes(&bytes)),
                         OVF_OK);
        ovf_buffer_deinit(&bytes);
    }
}

static void assert_same(const struct ovf_gap_evidence *got, const struct ovf_gap_evidence *want)
{
    assert_int_equal(got->known_s, want->known_s);
    assert_near(got->expected_reports, want->expected_reports, 0.0500001);
    assert_near(got->received_share, want->received_share, 0.0050001);
    assert_int_equal(got->n_heard, want->n_heard);
    assert_int_equal(got->n_heard_then, want->n_heard_then);
    assert_int_equal(got->n_silent_then, want->n_silent_then);
    assert_int_equal(got->n_witnesses, want->n_witnesses);
    assert_memory_equal(got->witnesses, want->witnesses, sizeof got->witnesses);
}

static void test_a_batch_says_what_gap_beside_run_says(void **state)
{
    (void)state;
    struct ovf_gap gaps[N_GAPS];
    struct run *runs = malloc(N_RUNS * sizeof *runs);
    struct ovf_reception *batch = NULL;
    assert_non_null(runs);
    for (size_t i = 0; i < N_RUNS; i++)
        runs[i] = random_run();
    assert_int_equal(ovf_reception_new(&ovf_detect_defaults, &batch), OVF_OK);
    for (size_t i = 0; i < N_GAPS; i++) {
        gaps[i] = random_gap();
        assert_int_equal(ovf_reception_add(batch, &gaps[i]), OVF_OK);
    }
    assert_int_equal(ovf_reception_prepare(batch), OVF_OK);
    show_all(batch, runs, true);
    uint32_t n_heard = 0;
    for (size_t i = 0; i < N_GAPS; i++) {
        const struct ovf_gap_evidence want = plainly(&gaps[i], runs);
        struct ovf_gap_evidence got;
        ovf_reception_ask(batch, i, &got);
        assert_same(&got, &want);
        n_heard += want.n_heard;
    }
    assert_true(n_heard > N_GAPS); /* there was something to find */
    ovf_reception_free(batch);
    free(runs);
}

static void test_one_gap_at_a_time_comes_to_the_same_in_any_order(void **state)
{
    (void)state;
    struct run *runs = malloc(N_RUNS * sizeof *runs);
    assert_non_null(runs);
    for (size_t i = 0; i < N_RUNS; i++)
        runs[i] = random_run();
    for (size_t i = 0; i < 10; i++) {
        const struct ovf_gap gap = random_gap();
        struct ovf_gap_evidence e[2];
        for (size_t k = 0; k < 2; k++) {
            struct ovf_reception *reception = NULL;
            assert_int_equal(ovf_reception_new(&ovf_detect_defaults, &reception), OVF_OK);
            assert_int_equal(ovf_reception_add(reception, &gap), OVF_OK);
            assert_int_equal(ovf_reception_prepare(reception), OVF_OK);
            show_all(reception, runs, k == 1);
            ovf_reception_ask(reception, 0, &e[k]);
            ovf_reception_free(reception);
        }
        const struct ovf_gap_evidence want = plainly(&gap, runs);
        assert_same(&e[0], &want);
        assert_same(&e[1], &want);
    }
    free(runs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_batch_says_what_gap_beside_run_says),
        cmocka_unit_test(test_one_gap_at_a_time_comes_to_the_same_in_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
