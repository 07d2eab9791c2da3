/* SPDX-License-Identifier: Apache-2.0 */
/* Doubts about an aircraft's positions told by flight when memory runs out: each allocation in turn fails, once and
 * for good. */
#include "geo_fixture.h"

#include <string.h>

#include "oom.h"
#include "run/doubts.h"

enum { N_FIXES = 61, N_FLIGHT = 31, AREA = 0 };

/** Of every third fix a false one in the airspace; the second half is of no flight, and has a detection. */
struct scene {
    struct fixture map;
    struct ovf_question question;
    struct ovf_fix fixes[N_FIXES];
    struct ovf_detection detection;
    struct ovf_track track;
    struct ovf_flight flight;
    struct ovf_result result;
    size_t n_told;
    size_t n_items;
};

static void begin(struct scene *s)
{
    memset(s, 0, sizeof *s);
    fixture_begin(&s->map);
    fixture_box(&s->map, AREA, 30, 40, 34, 44);
    fixture_finish(&s->map);
    for (size_t i = 0; i < N_FIXES; i++) {
        const bool is_false = i % 3 == 1;
        s->fixes[i] = fix_deg(60.0 * (double)i, is_false ? 32 : 20, 42);
        s->fixes[i].grade = is_false ? OVF_GRADE_X : OVF_GRADE_B;
        s->result.n_suspect += is_false;
    }
    s->detection = (struct ovf_detection){.kind = OVF_DETECTION_JUMP, .first = 57, .last = 58};
    s->flight.fixes = (struct ovf_leg){.first = 0, .last = N_FLIGHT - 1};
    s->track.fixes.items = s->fixes;
    s->track.fixes.n = N_FIXES;
    s->track.detections.items = &s->detection;
    s->track.detections.n = 1;
    s->result.track = &s->track;
    s->result.flights = &s->flight;
    s->result.n_flights = 1;
    for (size_t i = N_FLIGHT; i < N_FIXES; i++)
        s->fixes[i].t_ns += 3600 * INT64_C(1000000000);
    s->question.editions[0].index = s->map.index;
    s->question.layers[0].edition = &s->question.editions[0];
    ovf_members_toggle(&s->question.layers[0].wanted, AREA);
    s->question.config.layers = s->question.layers;
    s->question.config.n_layers = 1;
    s->question.watch.since_ns = INT64_MIN;
    s->question.watch.until_ns = INT64_MAX;
}

static enum ovf_status count(void *context, const struct ovf_report_line *line,
                             const struct ovf_report_doubts *doubts)
{
    struct scene *const s = context;
    assert_ptr_equal(line->result, &s->result);
    s->n_told++;
    s->n_items += doubts->n;
    return OVF_OK;
}

static void fail_each(struct scene *s, bool persistent)
{
    static const struct ovf_track_member member = {.name = "in.csv"};
    static const struct ovf_lines none = {0};
    for (unsigned long n = 1;; n++) {
        s->n_told = s->n_items = 0;
        ovf_oom_fail_from(n, persistent);
        const enum ovf_status st =
            ovf_doubts_tell(&s->question, &s->result, &member, &none, count, s);
        const bool failed = ovf_oom_stop();
        assert_int_equal(st, failed ? OVF_E_NOMEM : OVF_OK);
        if (failed)
            continue;
        assert_int_equal(s->n_told, 11); /* the flight's ten strays are one */
        assert_int_equal(s->n_items, 20);
        assert_true(n > 20);
        return;
    }
}

static void without_memory_nothing_is_told_and_it_says_so(void **state)
{
    (void)state;
    static struct scene s;
    begin(&s);
    fail_each(&s, false);
    fail_each(&s, true);
    fixture_end(&s.map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_memory_nothing_is_told_and_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
