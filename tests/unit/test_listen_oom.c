/* SPDX-License-Identifier: Apache-2.0 */
/* Hearing and asking when memory runs out: each allocation in turn fails, once and for good. */
#include "test.h"

#include "base/time.h"
#include "listen/altitudes.h"
#include "listen/jumps.h"
#include "listen/reception.h"
#include "oom.h"

enum { N_FIXES = 200 };

/** A flight along the equator with a gap, and what it shows of the same gap of another. */
static enum ovf_status listen(const struct ovf_track *track, const struct ovf_walk_options *walk,
                              struct ovf_gap_evidence *evidence)
{
    struct ovf_heard heard = {0};
    struct ovf_buffer bytes = {0};
    struct ovf_minutes minutes = {0};
    struct ovf_reception *reception = NULL;
    const struct ovf_gap gap = ovf_gap_between(walk, track, N_FIXES / 2 - 1, N_FIXES / 2);
    enum ovf_status st = ovf_heard_flight(&heard, track, 0, N_FIXES - 1, walk);
    if (st == OVF_OK)
        st = ovf_heard_pack(heard.runs, heard.n, &bytes);
    if (st == OVF_OK)
        st = ovf_reception_new(&ovf_detect_defaults, &reception);
    if (st == OVF_OK)
        st = ovf_reception_add(reception, &gap);
    if (st == OVF_OK)
        st = ovf_reception_prepare(reception);
    if (st == OVF_OK)
        st = ovf_reception_take(reception, 2, ovf_buffer_bytes(&bytes));
    if (st == OVF_OK)
        ovf_reception_ask(reception, 0, evidence);
    if (st == OVF_OK)
        st = ovf_minutes_take(&minutes, ovf_buffer_bytes(&bytes));
    ovf_minutes_deinit(&minutes);
    ovf_reception_free(reception);
    ovf_buffer_deinit(&bytes);
    ovf_heard_deinit(&heard);
    return st;
}

static void without_memory_nobody_listens_and_says_so(void **state)
{
    (void)state;
    static const struct ovf_walk_options walk = {60 * OVF_NS_PER_S, 0, false, 0};
    struct ovf_fix fixes[N_FIXES] = {{.t_ns = 0}};
    for (int i = 0; i < N_FIXES; i++) {
        const int64_t t_s = i * 20 + (i < N_FIXES / 2 ? 0 : 1800);
        fixes[i].t_ns = t_s * OVF_NS_PER_S;
        fixes[i].at = (struct ovf_point){1000000, (int32_t)(t_s * 20000)};
    }
    const struct ovf_track track = {.address = 1, .fixes = {.items = fixes, .n = N_FIXES}};
    for (int persistent = 0; persistent < 2; persistent++) {
        unsigned long n = 1;
        for (;; n++) {
            struct ovf_gap_evidence evidence;
            ovf_oom_fail_from(n, persistent != 0);
            const enum ovf_status st = listen(&track, &walk, &evidence);
            const bool failed = ovf_oom_stop();
            assert_int_equal(st, failed ? OVF_E_NOMEM : OVF_OK);
            if (!failed) {
                assert_int_equal(evidence.n_silent_then, 1);
                break;
            }
        }
        assert_true(n > 8); /* runs, stays, bytes, gaps, dues, entries, hours, others */
    }
}

/** Seventy cells in which two aircraft were disturbed. */
static enum ovf_status count_cells(size_t *n)
{
    enum { N_CELLS = 70 };
    struct ovf_disturbed disturbed = {0};
    struct ovf_buffer bytes = {0};
    const struct ovf_cell_count *cells;
    struct ovf_heard_run runs[N_CELLS];
    for (uint32_t i = 0; i < N_CELLS; i++)
        runs[i] =
            (struct ovf_heard_run){.from_s = i, .to_s = i + 1, .cell = i, .is_disturbed = true};
    enum ovf_status st = ovf_heard_pack(runs, N_CELLS, &bytes);
    for (uint32_t address = 1; address <= 2 && st == OVF_OK; address++)
        st = ovf_disturbed_take(&disturbed, address, ovf_buffer_bytes(&bytes));
    for (uint32_t address = 1; address <= 2 && st == OVF_OK; address++)
        ovf_disturbed_take_all(&disturbed, address, ovf_buffer_bytes(&bytes));
    if (st == OVF_OK)
        ovf_disturbed_settle(&disturbed, &ovf_detect_defaults, &cells, n);
    ovf_disturbed_deinit(&disturbed);
    ovf_buffer_deinit(&bytes);
    return st;
}

static enum ovf_status count_place(void *n, const struct ovf_jump_place *place)
{
    *(size_t *)n += place->n_aircraft;
    return OVF_OK;
}

/** Forty aircraft that jump to one place. */
static enum ovf_status count_jumpers(size_t *n)
{
    struct ovf_jump_places *places = NULL;
    *n = 0;
    enum ovf_status st = ovf_jump_places_new(&ovf_detect_defaults, count_place, n, &places);
    for (uint32_t address = 1; address <= 40 && st == OVF_OK; address++)
        st = ovf_jump_places_push(places, &(struct ovf_jump){.t_s = 100, .address = address});
    if (st == OVF_OK)
        st = ovf_jump_places_finish(places);
    ovf_jump_places_free(places);
    return st;
}

static void assert_fails_whole(enum ovf_status (*count)(size_t *n), size_t wanted)
{
    for (unsigned long fail = 1;; fail++) {
        size_t n = 0;
        ovf_oom_fail_from(fail, true);
        const enum ovf_status st = count(&n);
        const bool failed = ovf_oom_stop();
        assert_int_equal(st, failed ? OVF_E_NOMEM : OVF_OK);
        if (!failed) {
            assert_int_equal(n, wanted);
            return;
        }
    }
}

static void without_memory_nothing_is_counted_and_it_says_so(void **state)
{
    (void)state;
    assert_fails_whole(count_cells, 70);
    assert_fails_whole(count_jumpers, 40);
}

static enum ovf_status tell_nothing(void *context, const struct ovf_shared_altitude *shared)
{
    (void)context;
    (void)shared;
    return OVF_OK;
}

/** Three neighbours' altitudes part at once. */
static enum ovf_status share(void)
{
    struct ovf_shared_altitudes *shared = NULL;
    enum ovf_status st =
        ovf_shared_altitudes_new(&ovf_detect_defaults, tell_nothing, NULL, &shared);
    for (uint32_t i = 0; i < 3 && st == OVF_OK; i++) {
        const struct ovf_altitude_change change = {.change_ft = 900, .address = i};
        st = ovf_shared_altitudes_push(shared, &change);
    }
    if (st == OVF_OK)
        st = ovf_shared_altitudes_finish(shared);
    ovf_shared_altitudes_free(shared);
    return st;
}

static void without_memory_no_neighbours_are_told_and_it_says_so(void **state)
{
    (void)state;
    bool failed = true;
    for (unsigned long n = 1; failed; n++) {
        ovf_oom_fail_from(n, true);
        const enum ovf_status st = share();
        failed = ovf_oom_stop();
        assert_int_equal(st, failed ? OVF_E_NOMEM : OVF_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_memory_nothing_is_counted_and_it_says_so),
        cmocka_unit_test(without_memory_nobody_listens_and_says_so),
        cmocka_unit_test(without_memory_no_neighbours_are_told_and_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
