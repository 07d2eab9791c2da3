/* SPDX-License-Identifier: Apache-2.0 */
/* Two journeys a day of a watch for forty days, then none; six others every day, anywhere. It is full hearing from the
 * 22nd day on, so 38 journeys in 19 days; with k days without one P(0) = (19 / (19 + k))^38.5, below 1e-3 from k = 4
 * on: the 44th day. */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "run/control.h"
#include "watch/series.h"

enum { N_DAYS = 60, STOPPED = 40, HALT = 43, OTHERS = 6 };

/** Every cell is of the one watch. */
void __wrap_ovf_control_mark_cells(const struct ovf_question *question, uint64_t *cells);

void __wrap_ovf_control_mark_cells(const struct ovf_question *question, uint64_t *cells)
{
    (void)question;
    for (size_t i = 0; i < OVF_CONTROL_N_CELLS; i++)
        cells[i] = 1;
}

struct told {
    size_t n;
    int64_t first_day_ns;
};

static enum ovf_status take(void *context, const struct ovf_series_event *event)
{
    struct told *const told = context;
    if (told->n++ == 0)
        told->first_day_ns = event->alert->day_ns;
    return OVF_OK;
}

/** Crossing \p crossing of journey \p journey, at noon. */
static void cross(struct ovf_watch_series *series, int64_t day, unsigned crossing, unsigned journey)
{
    char ids[2][20];
    (void)snprintf(ids[0], sizeof ids[0], "%016x", crossing);
    (void)snprintf(ids[1], sizeof ids[1], "%016x", journey);
    assert_int_equal(ovf_watch_series_crossed(series, ids[0], ids[1],
                                              day * OVF_NS_PER_DAY + OVF_NS_PER_DAY / 2, 1),
                     OVF_OK);
}

static void hear_others(struct ovf_watch_series *series, int64_t day)
{
    const int64_t t_ns = day * OVF_NS_PER_DAY + OVF_NS_PER_DAY / 2;
    for (uint32_t i = 0; i < OTHERS; i++)
        assert_int_equal(
            ovf_watch_series_hear(series, 0xF10010 + i, (struct ovf_point){0, 0}, t_ns, t_ns),
            OVF_OK);
}

/** The last of the journeys crosses again \p again days later; 0: it does not. */
static struct told watch_days(int64_t again)
{
    static const char *const names[] = {"w"};
    const struct ovf_question question = {.watches = {.n = 1, .names = names}};
    struct ovf_watch_series *series = NULL;
    struct told told = {0};
    assert_int_equal(ovf_watch_series_new(&question, take, &told, &series), OVF_OK);
    for (int64_t day = 0; day < N_DAYS; day++) {
        for (unsigned i = 0; i < 2 && day < STOPPED; i++)
            cross(series, day, 2 * (unsigned)day + i, 2 * (unsigned)day + i);
        if (again > 0 && day == STOPPED - 1 + again)
            cross(series, day, 2 * N_DAYS, 2 * STOPPED - 1);
        hear_others(series, day);
        assert_int_equal(
            ovf_watch_series_advance(series, day * OVF_NS_PER_DAY + OVF_NS_PER_DAY / 2, false),
            OVF_OK);
    }
    ovf_watch_series_free(series);
    return told;
}

static void a_watch_whose_journeys_stop_has_halted(void **state)
{
    const struct told told = watch_days(0);
    (void)state;
    assert_int_equal(told.n, 1);
    assert_int_equal(told.first_day_ns / OVF_NS_PER_DAY, HALT);
}

static void a_journey_that_crosses_again_days_later_is_no_other_one(void **state)
{
    (void)state;
    for (int64_t again = 1; again <= 10; again++) {
        const struct told told = watch_days(again);
        assert_int_equal(told.n, 1);
        assert_int_equal(told.first_day_ns / OVF_NS_PER_DAY, HALT);
    }
}

/** Of a day that is known only, nothing is told: it is not news. */
static void a_day_that_is_known_and_not_heard_tells_nothing(void **state)
{
    static const char *const names[] = {"w"};
    const struct ovf_question question = {.watches = {.n = 1, .names = names}};
    struct ovf_watch_series *series = NULL;
    struct ovf_watch_day days[HALT];
    bool has_data[HALT];
    struct told told = {0};
    (void)state;
    for (size_t i = 0; i < HALT; i++) {
        days[i] = (struct ovf_watch_day){i < STOPPED ? 2 : 0, OTHERS};
        has_data[i] = true;
    }
    assert_int_equal(ovf_watch_series_new(&question, take, &told, &series), OVF_OK);
    assert_int_equal(ovf_watch_series_seed(series, 0, HALT, has_data, days), OVF_OK);
    for (uint32_t i = 0; i < OTHERS; i++)
        assert_int_equal(ovf_watch_series_heard(series, 0xF10010 + i, 0, HALT * OVF_NS_PER_DAY),
                         OVF_OK);
    assert_int_equal(ovf_watch_series_advance(series, (HALT + 2) * OVF_NS_PER_DAY, false), OVF_OK);
    assert_int_equal(told.n, 0);
    ovf_watch_series_free(series);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_watch_whose_journeys_stop_has_halted),
        cmocka_unit_test(a_journey_that_crosses_again_days_later_is_no_other_one),
        cmocka_unit_test(a_day_that_is_known_and_not_heard_tells_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
