/* SPDX-License-Identifier: Apache-2.0 */
/* What is said when a newer look at a track finds other crossings than the one before: results are made up. */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "engine/live_told.h"

#define T0_NS (INT64_C(1751328000) * OVF_NS_PER_S)
#define AT(s) (T0_NS + (s)*OVF_NS_PER_S)

enum { N_FIXES = 601, MAX_EVENTS = 64 };

/* Along the equator from 3 W, a fix every 10 s, 0.02 degrees apart, 10 m exactly known; the zone is 60 NM
 * around 0 E, so that fixes 101 to 199 lie in it. */
struct bench {
    struct ovf_edition zones;
    struct ovf_engine_layer layer;
    struct ovf_engine_config config;
    struct ovf_live_teller teller;
    struct ovf_fix fixes[N_FIXES];
    struct ovf_track track;
    struct ovf_flight flight;
    struct ovf_crossing crossings[4];
    size_t n_crossings;
    enum ovf_live_asked asked;
    struct ovf_live_tolds tolds;
    struct ovf_live_event events[MAX_EVENTS];
    char ids[MAX_EVENTS][OVF_ID_SIZE];
    char heirs[MAX_EVENTS][OVF_ID_SIZE];
    size_t n;
    bool is_pending;
};

static enum ovf_live_asked ask(void *context, const struct ovf_result *result,
                               const struct ovf_crossing *crossing)
{
    const struct bench *b = context;
    (void)result;
    (void)crossing;
    return b->asked;
}

static enum ovf_status take(void *context, const struct ovf_live_event *event)
{
    struct bench *b = context;
    assert_true(b->n < MAX_EVENTS);
    memcpy(b->ids[b->n], event->told->id, OVF_ID_SIZE);
    if (event->merged_into != NULL)
        (void)snprintf(b->heirs[b->n], OVF_ID_SIZE, "%s", event->merged_into);
    b->events[b->n++] = *event;
    return OVF_OK;
}

static struct bench *make_bench(void)
{
    struct bench *b = calloc(1, sizeof *b);
    struct ovf_zone zone;
    struct ovf_error err;
    assert_non_null(b);
    assert_int_equal(ovf_zone_parse("circle:0,0,60", &zone, &err), OVF_OK);
    assert_int_equal(ovf_edition_from_zones(&zone, 1, &b->zones, &err), OVF_OK);
    b->layer.edition = &b->zones;
    ovf_members_toggle(&b->layer.wanted, 0);
    b->config = (struct ovf_engine_config){.layers = &b->layer, .n_layers = 1};
    b->teller = (struct ovf_live_teller){ask, take, b, &b->config};
    b->asked = OVF_LIVE_ASKED;
    for (int i = 0; i < N_FIXES; i++)
        b->fixes[i] = (struct ovf_fix){.t_ns = AT(10 * i),
                                       .at = {0, -30000000 + 200000 * i},
                                       .radius_m = 10,
                                       .grade = OVF_GRADE_A};
    b->track = (struct ovf_track){.address = 0xF10001, .fixes = {b->fixes, N_FIXES, N_FIXES}};
    return b;
}

static void free_bench(struct bench *b)
{
    ovf_live_tolds_deinit(&b->tolds);
    ovf_edition_deinit(&b->zones);
    free(b);
}

/* A passage from between fixes entry - 1 and entry to between exit - 1 and exit; exit 0: it is still inside at
 * the last fix. */
static struct ovf_crossing crossing(const char *id, size_t entry, size_t exit, size_t last)
{
    struct ovf_crossing c = {
        .passage = {.class = OVF_CLASS_OBSERVED,
                    .entry = {.kind = OVF_PASSAGE_CROSSED,
                              .before = entry - 1,
                              .after = entry,
                              .t_ns = AT(10 * (int64_t)entry - 5),
                              .t_min_ns = AT(10 * (int64_t)entry - 10),
                              .t_max_ns = AT(10 * (int64_t)entry)},
                    .exit = {.kind = OVF_PASSAGE_TRACK, .before = last, .after = last}}};
    if (exit > 0)
        c.passage.exit = (struct ovf_passage_end){.kind = OVF_PASSAGE_CROSSED,
                                                  .before = exit - 1,
                                                  .after = exit,
                                                  .t_ns = AT(10 * (int64_t)exit - 5),
                                                  .t_min_ns = AT(10 * (int64_t)exit - 10),
                                                  .t_max_ns = AT(10 * (int64_t)exit)};
    (void)snprintf(c.id, sizeof c.id, "%s", id);
    return c;
}

/* Heard up to fix \p last, at \p now_s. */
static void look(struct bench *b, size_t last, int64_t now_s)
{
    b->flight = (struct ovf_flight){.fixes = {.last = last}};
    const struct ovf_result result = {.track = &b->track,
                                      .flights = &b->flight,
                                      .n_flights = 1,
                                      .crossings = b->crossings,
                                      .n_crossings = b->n_crossings,
                                      .chain = 1};
    struct ovf_live_look at = {.teller = &b->teller,
                               .result = &result,
                               .now_ns = AT(now_s),
                               .since_ns = INT64_MIN,
                               .address = 0xF10001};
    assert_int_equal(ovf_live_tell(&at, &b->tolds), OVF_OK);
    b->is_pending = at.is_pending;
}

static void find(struct bench *b, struct ovf_crossing c)
{
    b->crossings[b->n_crossings++] = c;
}

static void expect(const struct bench *b, size_t i, enum ovf_live_event_kind kind, const char *id)
{
    assert_true(i < b->n);
    assert_string_equal(ovf_live_event_name(b->events[i].kind), ovf_live_event_name(kind));
    assert_string_equal(b->ids[i], id);
}

static void the_same_again_says_nothing(void **state)
{
    (void)state;
    struct bench *b = make_bench();
    for (size_t last = 110; last < 150; last += 10) {
        b->n_crossings = 0;
        find(b, crossing("a", 101, 0, last));
        look(b, last, (int64_t)last * 10);
    }
    assert_int_equal(b->n, 1);
    expect(b, 0, OVF_LIVE_ENTERED, "a");
    free_bench(b);
}

static void an_identifier_stays_when_the_crossing_begins_earlier(void **state)
{
    (void)state;
    struct bench *b = make_bench();
    find(b, crossing("later", 105, 0, 120));
    look(b, 120, 1200);
    b->crossings[0] = crossing("earlier", 101, 0, 130);
    look(b, 130, 1300);
    assert_int_equal(b->n, 2);
    expect(b, 0, OVF_LIVE_ENTERED, "later");
    expect(b, 1, OVF_LIVE_CORRECTED, "later");
    assert_string_equal(b->events[1].computed_id, "earlier");
    free_bench(b);
}

static void of_two_that_merge_the_earlier_lives(void **state)
{
    (void)state;
    struct bench *b = make_bench();
    find(b, crossing("a", 101, 120, 0));
    find(b, crossing("b", 130, 0, 180));
    look(b, 180, 1800);
    assert_int_equal(b->n, 3);
    b->n_crossings = 0;
    find(b, crossing("a", 101, 0, 185));
    look(b, 185, 1850);
    assert_int_equal(b->n, 5);
    expect(b, 3, OVF_LIVE_CORRECTED, "a");
    expect(b, 4, OVF_LIVE_RETRACTED, "b");
    assert_int_equal(b->events[4].reason, OVF_LIVE_MERGED);
    assert_string_equal(b->heirs[4], "a");
    /* and a leaves under its own name */
    b->crossings[0] = crossing("a", 101, 200, 0);
    look(b, 210, 2100);
    assert_int_equal(b->n, 6);
    expect(b, 5, OVF_LIVE_LEFT, "a");
    free_bench(b);
}

static void what_parts_keeps_its_name_for_the_first(void **state)
{
    (void)state;
    struct bench *b = make_bench();
    find(b, crossing("a", 101, 0, 180));
    look(b, 180, 1800);
    b->n_crossings = 0;
    find(b, crossing("a", 101, 120, 0));
    find(b, crossing("b", 130, 0, 185));
    b->fixes[185].at.lon_e7 = 30000000; /* far outside, as far as the first is concerned */
    look(b, 185, 1850);
    assert_int_equal(b->n, 3);
    expect(b, 1, OVF_LIVE_LEFT, "a");
    expect(b, 2, OVF_LIVE_ENTERED, "b");
    free_bench(b);
}

static void a_crossing_that_has_the_name_of_what_was_told_is_that(void **state)
{
    (void)state;
    struct bench *b = make_bench();
    find(b, crossing("a", 110, 0, 180));
    look(b, 180, 1800);
    b->n_crossings = 0;
    find(b,
         crossing("b", 101, 109, 0)); /* found to have been before, up to where the other began */
    find(b, crossing("a", 110, 0, 185));
    b->crossings[0].passage.exit.t_max_ns = AT(1101);
    look(b, 185, 1850);
    assert_int_equal(b->n, 3);
    expect(b, 0, OVF_LIVE_ENTERED, "a");
    expect(b, 1, OVF_LIVE_ENTERED, "b");
    expect(b, 2, OVF_LIVE_LEFT, "b");
    free_bench(b);
}

static void what_is_missing_is_retracted_after_half_a_minute_and_not_if_it_is_back(void **state)
{
    (void)state;
    struct bench *b = make_bench();
    find(b, crossing("a", 101, 0, 120));
    look(b, 120, 1200);
    b->n_crossings = 0;
    look(b, 121, 1210);
    assert_int_equal(b->n, 1);
    assert_true(b->is_pending);
    find(b, crossing("a", 101, 0, 122));
    look(b, 122, 1220);
    b->n_crossings = 0;
    look(b, 123, 1230);
    look(b, 124, 1259);
    assert_int_equal(b->n, 1);
    look(b, 125, 1260);
    assert_int_equal(b->n, 2);
    expect(b, 1, OVF_LIVE_RETRACTED, "a");
    assert_int_equal(b->events[1].reason, OVF_LIVE_NOT_FOUND);
    assert_null(b->events[1].crossing);
    free_bench(b);
}

static void what_is_not_asked_for_any_more_is_retracted_for_that(void **state)
{
    (void)state;
    struct bench *b = make_bench();
    find(b, crossing("a", 101, 0, 120));
    look(b, 120, 1200);
    b->asked = OVF_LIVE_ASKED_NOT;
    look(b, 121, 1210);
    look(b, 125, 1240);
    assert_int_equal(b->n, 2);
    assert_int_equal(b->events[1].reason, OVF_LIVE_NOT_ASKED);
    free_bench(b);
}

static void leaving_is_told_when_it_is_clear_of_the_boundary(void **state)
{
    (void)state;
    struct bench *b = make_bench();
    b->zones.boundary_accuracy_m = 5000;
    find(b, crossing("a", 101, 0, 150));
    look(b, 150, 1500);
    b->crossings[0] = crossing("a", 101, 200, 0);
    look(b, 201, 2010); /* 1.02 E: 2.4 km outside */
    assert_int_equal(b->n, 1);
    assert_true(b->is_pending);
    look(b, 203, 2030); /* 1.06 E: 6.9 km */
    assert_int_equal(b->n, 2);
    expect(b, 1, OVF_LIVE_LEFT, "a");
    free_bench(b);
}

static void what_flies_along_outside_has_left_after_ten_minutes(void **state)
{
    (void)state;
    struct bench *b = make_bench();
    b->zones.boundary_accuracy_m = 5000;
    find(b, crossing("a", 101, 0, 150));
    look(b, 150, 1500);
    b->crossings[0] = crossing("a", 101, 200, 0);
    look(b, 201, 2600);
    assert_int_equal(b->n, 1);
    look(b, 201, 2601);
    assert_int_equal(b->n, 2);
    free_bench(b);
}

static void what_grazes_is_told_when_it_is_over(void **state)
{
    (void)state;
    struct bench *b = make_bench();
    b->zones.boundary_accuracy_m = 5000;
    find(b, crossing("a", 101, 0, 102));
    b->crossings[0].passage.grazing = true;
    look(b, 102, 1020); /* 0.96 W: 4.3 km inside */
    assert_int_equal(b->n, 0);
    assert_true(b->is_pending);
    b->crossings[0] = crossing("a", 101, 104, 0);
    b->crossings[0].passage.grazing = true;
    b->fixes[104].at.lon_e7 = -12000000; /* 22 km outside */
    look(b, 104, 1040);
    assert_int_equal(b->n, 2);
    expect(b, 0, OVF_LIVE_ENTERED, "a");
    expect(b, 1, OVF_LIVE_LEFT, "a");
    free_bench(b);
}

static void a_landing_inside_corrects_the_role(void **state)
{
    (void)state;
    struct bench *b = make_bench();
    find(b, crossing("a", 101, 0, 120));
    b->crossings[0].role = OVF_ROLE_INCOMPLETE;
    look(b, 120, 1200);
    b->crossings[0].role = OVF_ROLE_ARRIVAL; /* on the approach: it may still go round */
    look(b, 121, 1210);
    assert_int_equal(b->n, 1);
    const struct ovf_flight landed = {.fixes = {.last = 122, .ends_on_ground = true}};
    const struct ovf_result result = {.track = &b->track,
                                      .flights = &landed,
                                      .n_flights = 1,
                                      .crossings = b->crossings,
                                      .n_crossings = 1,
                                      .chain = 1};
    struct ovf_live_look at = {.teller = &b->teller,
                               .result = &result,
                               .now_ns = AT(1220),
                               .since_ns = INT64_MIN,
                               .address = 0xF10001};
    assert_int_equal(ovf_live_tell(&at, &b->tolds), OVF_OK);
    assert_int_equal(b->n, 2);
    expect(b, 1, OVF_LIVE_CORRECTED, "a");
    free_bench(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_again_says_nothing),
        cmocka_unit_test(an_identifier_stays_when_the_crossing_begins_earlier),
        cmocka_unit_test(of_two_that_merge_the_earlier_lives),
        cmocka_unit_test(what_parts_keeps_its_name_for_the_first),
        cmocka_unit_test(a_crossing_that_has_the_name_of_what_was_told_is_that),
        cmocka_unit_test(what_is_missing_is_retracted_after_half_a_minute_and_not_if_it_is_back),
        cmocka_unit_test(what_is_not_asked_for_any_more_is_retracted_for_that),
        cmocka_unit_test(leaving_is_told_when_it_is_clear_of_the_boundary),
        cmocka_unit_test(what_flies_along_outside_has_left_after_ten_minutes),
        cmocka_unit_test(what_grazes_is_told_when_it_is_over),
        cmocka_unit_test(a_landing_inside_corrects_the_role),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
