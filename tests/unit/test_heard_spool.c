/* SPDX-License-Identifier: Apache-2.0 */
/* Where aircraft were heard, put away and shown again flight by flight: of so many that it takes several blocks. */
#include "test.h"

#include "run/heard_spool.h"

enum { N_AIRCRAFT = 3000, N_RUNS = 20 };

/** Flight \p k of \p address: one run, or N_RUNS; of every seventh address the last of the second flight is
 * disturbed. */
static size_t runs_of(uint32_t address, size_t k, struct ovf_heard_run runs[N_RUNS])
{
    const size_t n = k == 0 ? 1 : N_RUNS;
    for (size_t i = 0; i < n; i++)
        runs[i] = (struct ovf_heard_run){.from_s = (int64_t)(k * 3600 + i * 60),
                                         .to_s = (int64_t)(k * 3600 + i * 60 + 60),
                                         .cell = address + (uint32_t)i,
                                         .n_fixes = 6 + (uint32_t)i,
                                         .band = (enum ovf_band)(address % OVF_BANDS),
                                         .is_silent = (address + i) % 5 == 0};
    runs[n - 1].is_disturbed = k == 1 && address % 7 == 0;
    return n;
}

static struct ovf_heard_spool *fill(struct ovf_error *err)
{
    struct ovf_heard_spool *spool = NULL;
    struct ovf_buffer records = {0};
    struct ovf_heard_run runs[N_RUNS];
    assert_int_equal(ovf_heard_spool_new(&spool), OVF_OK);
    for (uint32_t address = 0; address < N_AIRCRAFT; address++) {
        for (size_t k = 0; k < 2; k++) {
            const struct ovf_heard heard = {.runs = runs, .n = runs_of(address, k, runs)};
            assert_int_equal(ovf_heard_spool_add(address, &heard, &records), OVF_OK);
        }
        assert_int_equal(ovf_heard_spool_end_aircraft(spool, &records, err), OVF_OK);
    }
    assert_int_equal(ovf_heard_spool_finish(spool, &records, err), OVF_OK);
    ovf_buffer_deinit(&records);
    return spool;
}

/** The next flight that is due. */
struct due {
    uint32_t address;
    size_t k;
    uint32_t step; /* to the next address */
    bool only_second;
};

static enum ovf_status take(void *context, uint32_t address, struct ovf_bytes bytes)
{
    struct due *const due = context;
    struct ovf_heard_reader reader = {.rest = bytes};
    struct ovf_heard_run want[N_RUNS];
    struct ovf_heard_run run;
    const size_t n = runs_of(due->address, due->k, want);
    assert_int_equal(address, due->address);
    for (size_t i = 0; i < n; i++) {
        assert_true(ovf_heard_next(&reader, &run));
        assert_int_equal(run.from_s, want[i].from_s);
        assert_int_equal(run.to_s, want[i].to_s);
        assert_int_equal(run.cell, want[i].cell);
        assert_int_equal(run.n_fixes, want[i].n_fixes);
        assert_int_equal(run.band, want[i].band);
        assert_int_equal(run.is_silent, want[i].is_silent);
        assert_int_equal(run.is_disturbed, want[i].is_disturbed);
    }
    assert_false(ovf_heard_next(&reader, &run));
    if (due->k == 1)
        due->address += due->step;
    due->k = due->only_second ? 1 : 1 - due->k;
    return OVF_OK;
}

static void all_is_shown(void **state)
{
    struct ovf_error err = {""};
    struct ovf_heard_spool *const spool = fill(&err);
    struct due due = {.step = 1};
    (void)state;
    assert_int_equal(ovf_heard_spool_show(spool, take, &due, &err), OVF_OK);
    assert_int_equal(due.address, N_AIRCRAFT);
    ovf_heard_spool_free(spool);
}

static void what_was_disturbed_is_shown_alone(void **state)
{
    struct ovf_error err = {""};
    struct ovf_heard_spool *const spool = fill(&err);
    struct due due = {.k = 1, .step = 7, .only_second = true};
    (void)state;
    assert_int_equal(ovf_heard_spool_show_disturbed(spool, take, &due, &err), OVF_OK);
    assert_int_equal(due.address, (N_AIRCRAFT + 6) / 7 * 7);
    ovf_heard_spool_free(spool);
}

static enum ovf_status refuse(void *context, uint32_t address, struct ovf_bytes bytes)
{
    (void)address;
    (void)bytes;
    ++*(int *)context;
    return OVF_E_RANGE;
}

static void who_refuses_ends_it(void **state)
{
    struct ovf_error err = {""};
    struct ovf_heard_spool *const spool = fill(&err);
    int n_called = 0;
    (void)state;
    assert_int_equal(ovf_heard_spool_show(spool, refuse, &n_called, &err), OVF_E_RANGE);
    assert_int_equal(n_called, 1);
    ovf_heard_spool_free(spool);
}

static void nothing_put_away_is_nothing_shown(void **state)
{
    struct ovf_heard_spool *spool = NULL;
    int n_called = 0;
    (void)state;
    assert_int_equal(ovf_heard_spool_new(&spool), OVF_OK);
    assert_int_equal(ovf_heard_spool_show(spool, refuse, &n_called, NULL), OVF_OK);
    assert_int_equal(ovf_heard_spool_show_disturbed(spool, refuse, &n_called, NULL), OVF_OK);
    assert_int_equal(n_called, 0);
    ovf_heard_spool_free(spool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_is_shown),
        cmocka_unit_test(what_was_disturbed_is_shown_alone),
        cmocka_unit_test(who_refuses_ends_it),
        cmocka_unit_test(nothing_put_away_is_nothing_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
