/* SPDX-License-Identifier: Apache-2.0 */
/* One aircraft through all stages, over the states of the pack. The way is made up, the aircraft are
 * simulated; what is expected of states is what any map shows of the places flown over (47 N 6 E is in
 * France, 47 N 8 E in Switzerland, 47.2 N 11.2 E in Austria, 40.3 N 8 W in Portugal). */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "engine/engine.h"
#include "question/pack_file.h"

enum { T0_S = 1751328000 }; /* 2025-07-01 */

struct world {
    struct ovf_pack_file file;
    struct ovf_edition states;
    struct ovf_airports airports;
    struct ovf_engine_layer layer;
    struct ovf_engine_config config;
    struct ovf_engine *engine;
};

static int make_world(void **state)
{
    static struct world w;
    struct ovf_error err;
    if (access(OVF_BUILD_PACK, R_OK) != 0)
        return 0; /* each test skips */
    assert_int_equal(ovf_pack_file_open(OVF_BUILD_PACK, &w.file, &err), OVF_OK);
    assert_int_equal(ovf_edition_from_pack(&w.file.pack, &w.states), OVF_OK);
    assert_int_equal(ovf_airports_view(w.file.pack.airports, &w.airports, &err), OVF_OK);
    w.layer.edition = &w.states;
    for (uint32_t i = 0; i < w.states.n_airspaces; i++)
        ovf_members_toggle(&w.layer.wanted, i);
    w.config = (struct ovf_engine_config){.layers = &w.layer,
                                          .n_layers = 1,
                                          .airports = &w.airports,
                                          .walk = {60 * OVF_NS_PER_S, 300 * OVF_NS_PER_S, false, 0},
                                          .journey_ns = 24 * 3600 * OVF_NS_PER_S};
    assert_int_equal(ovf_engine_new(&w.config, &w.engine), OVF_OK);
    *state = &w;
    return 0;
}

static int end_world(void **state)
{
    struct world *w = *state;
    if (w == NULL)
        return 0;
    ovf_engine_free(w->engine);
    ovf_edition_deinit(&w->states);
    ovf_pack_file_close(&w->file);
    return 0;
}

static struct world *world_of(void **state)
{
    (void)ovf_test_pack();
    return *state;
}

/* ---- ways ---- */

struct place {
    double lat, lon, alt_ft;
};

static void add_fix(struct ovf_fixes *way, int t_s, struct place at, bool on_ground)
{
    struct ovf_fix fix = {.t_ns = (int64_t)t_s * OVF_NS_PER_S,
                          .at = {(int32_t)lround(at.lat * 1e7), (int32_t)lround(at.lon * 1e7)},
                          .alt_baro_ft = (int32_t)at.alt_ft,
                          .has = OVF_FIX_ALT_BARO | OVF_FIX_CALLSIGN,
                          .flags = on_ground ? OVF_FIX_ON_GROUND : 0,
                          .source = OVF_SOURCE_ADSB,
                          .callsign = "SIM1",
                          .record = {0, (uint32_t)way->n}};
    assert_int_equal(ovf_fixes_push(way, &fix), OVF_OK);
}

/* From one place to another, a fix every 20 s, the first at t_s; both ends are fixes. */
static int fly(struct ovf_fixes *way, int t_s, struct place from, struct place to, int n)
{
    for (int i = 0; i <= n; i++) {
        const double share = (double)i / n;
        const struct place at = {from.lat + share * (to.lat - from.lat),
                                 from.lon + share * (to.lon - from.lon),
                                 from.alt_ft + share * (to.alt_ft - from.alt_ft)};
        add_fix(way, t_s + 20 * i, at, false);
    }
    return t_s + 20 * (n + 1);
}

static void run(struct world *w, const struct ovf_fixes *parts, size_t n, struct ovf_result *out)
{
    assert_int_equal(ovf_engine_aircraft(w->engine, 0xF10001, "", parts, n, NULL, out), OVF_OK);
}

static const char *code_of(const struct world *w, const struct ovf_crossing *c)
{
    return w->states.airspaces[c->passage.owner].code;
}

/* The only crossing of a state. */
static const struct ovf_crossing *the(const struct world *w, const struct ovf_result *r,
                                      const char *code)
{
    const struct ovf_crossing *found = NULL;
    for (size_t i = 0; i < r->n_crossings; i++) {
        if (strcmp(code_of(w, &r->crossings[i]), code) != 0)
            continue;
        assert_null(found);
        found = &r->crossings[i];
    }
    assert_non_null(found);
    return found;
}

static bool holds_only(const struct world *w, const struct ovf_members *members, const char *code)
{
    const uint32_t i = ovf_members_next(members, 0);
    return ovf_members_count(members) == 1 && strcmp(w->states.airspaces[i].code, code) == 0;
}

static const struct place france = {47, 6, 35000};
static const struct place austria = {47.2, 11.2, 35000};

/* ---- roles ---- */

static void a_state_between_is_overflown_and_the_outer_two_are_incomplete(void **state)
{
    struct world *w = world_of(state);
    struct ovf_fixes way = {0};
    struct ovf_result r;
    (void)fly(&way, T0_S, france, austria, 100);
    run(w, &way, 1, &r);
    assert_int_equal(r.n_flights, 1);
    const struct ovf_crossing *ch = the(w, &r, "CH");
    assert_int_equal(ch->role, OVF_ROLE_OVERFLIGHT);
    assert_int_equal(ch->passage.class, OVF_CLASS_OBSERVED);
    assert_true(holds_only(w, &ch->passage.entry.other_side, "FR"));
    assert_true(holds_only(w, &ch->states_before, "FR"));
    assert_int_equal(the(w, &r, "FR")->role, OVF_ROLE_INCOMPLETE);
    assert_int_equal(the(w, &r, "FR")->passage.entry.kind, OVF_PASSAGE_TRACK);
    assert_string_equal(r.flights[0].callsign, "SIM1");
    ovf_fixes_deinit(&way);
}

/* Madrid-Barajas: 40.472 N 3.561 W, 1,998 ft. */
static const struct place madrid = {40.472, -3.561, 1998};
static const struct place portugal = {40.3, -8, 30000};

static int taxi(struct ovf_fixes *way, int t_s, struct place at, int n)
{
    for (int i = 0; i < n; i++)
        add_fix(way, t_s + 20 * i, at, true);
    return t_s + 20 * n;
}

static void a_take_off_makes_a_departure_and_a_landing_an_arrival(void **state)
{
    struct world *w = world_of(state);
    struct ovf_fixes way = {0};
    struct ovf_result r;
    int t_s = taxi(&way, T0_S, madrid, 5);
    (void)fly(&way, t_s, madrid, portugal, 82);
    run(w, &way, 1, &r);
    assert_int_equal(the(w, &r, "ES")->role, OVF_ROLE_DEPARTURE);
    assert_int_equal(the(w, &r, "PT")->role, OVF_ROLE_INCOMPLETE);
    assert_int_equal(r.flights[0].from.kind, OVF_ENDPOINT_OBSERVED);
    assert_string_equal(ovf_airports_get(&w->airports, r.flights[0].from.airport).code, "LEMD");
    way.n = 0;
    t_s = fly(&way, T0_S, portugal, madrid, 82);
    (void)taxi(&way, t_s, madrid, 5);
    run(w, &way, 1, &r);
    assert_int_equal(the(w, &r, "ES")->role, OVF_ROLE_ARRIVAL);
    way.n = 0;
    t_s = taxi(&way, T0_S, madrid, 5);
    t_s = fly(&way, t_s, madrid, (struct place){40.3, -4.5, 9000}, 30);
    t_s = fly(&way, t_s, (struct place){40.3, -4.5, 9000}, madrid, 30);
    (void)taxi(&way, t_s, madrid, 5);
    run(w, &way, 1, &r);
    assert_int_equal(the(w, &r, "ES")->role, OVF_ROLE_DOMESTIC);
    ovf_fixes_deinit(&way);
}

/* Basel-Mulhouse (LFSB) lies in France, 47.59 N 7.529 E, 885 ft; Basel, 6 km away, in Switzerland. What
 * is first heard over Basel, climbing away from there, took off in France. */
static const struct place italy = {45.2, 7.8, 20000};

static void a_take_off_in_another_state_is_no_departure(void **state)
{
    struct world *w = world_of(state);
    struct ovf_fixes way = {0};
    struct ovf_result r;
    (void)fly(&way, T0_S, (struct place){47.548, 7.565, 2600}, italy, 60);
    run(w, &way, 1, &r);
    assert_true(r.flights[0].from.has_airport);
    assert_string_equal(ovf_airports_get(&w->airports, r.flights[0].from.airport).code, "LFSB");
    assert_string_equal(r.flights[0].from.country, "FR");
    assert_int_equal(the(w, &r, "CH")->role, OVF_ROLE_INCOMPLETE);
    /* and the other way round, a landing */
    way.n = 0;
    (void)fly(&way, T0_S, italy, (struct place){47.548, 7.565, 2600}, 60);
    run(w, &way, 1, &r);
    if (r.flights[0].to.has_airport) {
        assert_string_equal(r.flights[0].to.country, "FR");
        assert_int_equal(the(w, &r, "CH")->role, OVF_ROLE_INCOMPLETE);
    }
    ovf_fixes_deinit(&way);
}

/* ---- overlaps ---- */

static void crimea_is_crossed_in_both_states_that_hold_it(void **state)
{
    struct world *w = world_of(state);
    struct ovf_fixes way = {0};
    struct ovf_result r;
    (void)fly(&way, T0_S, (struct place){44.95, 32.3, 35000}, (struct place){45.05, 35.0, 35000},
              60);
    run(w, &way, 1, &r);
    const struct ovf_crossing *ru = the(w, &r, "RU");
    const struct ovf_crossing *ua = the(w, &r, "UA");
    assert_true(holds_only(w, &ru->passage.overlaps, "UA"));
    assert_true(holds_only(w, &ua->passage.overlaps, "RU"));
    ovf_fixes_deinit(&way);
}

/* ---- ids ---- */

static void copy_ids(const struct ovf_result *r, char ids[8][OVF_ID_SIZE])
{
    assert_true(r->n_crossings >= 3 && r->n_crossings <= 8);
    for (size_t i = 0; i < r->n_crossings; i++)
        memcpy(ids[i], r->crossings[i].id, OVF_ID_SIZE);
}

static void ids_do_not_depend_on_what_else_is_known(void **state)
{
    struct world *w = world_of(state);
    struct ovf_fixes parts[3] = {{0}};
    struct ovf_result r;
    char ids[8][OVF_ID_SIZE];
    (void)fly(&parts[0], T0_S, france, austria, 100);
    run(w, parts, 1, &r);
    const size_t n = r.n_crossings;
    copy_ids(&r, ids);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = i + 1; k < n; k++)
            assert_string_not_equal(ids[i], ids[k]);
    }
    /* the same reports from another member, and another flight a week before */
    (void)fly(&parts[1], T0_S, france, austria, 100);
    for (size_t i = 0; i < parts[1].n; i++)
        parts[1].items[i].record.item = 1;
    (void)fly(&parts[2], T0_S - 7 * 86400, austria, france, 100);
    run(w, parts, 3, &r);
    assert_int_equal(r.n_crossings, 2 * n);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(r.crossings[n + i].id, ids[i]);
    /* another longest gap */
    w->config.walk = (struct ovf_walk_options){600 * OVF_NS_PER_S, 0, false, 0};
    run(w, parts, 1, &r);
    w->config.walk = (struct ovf_walk_options){60 * OVF_NS_PER_S, 300 * OVF_NS_PER_S, false, 0};
    assert_int_equal(r.n_crossings, n);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(r.crossings[i].id, ids[i]);
    for (int i = 0; i < 3; i++)
        ovf_fixes_deinit(&parts[i]);
}

/* What is lost in the midst of a state changes neither its first fix inside nor its name. */
static void an_id_stays_when_a_gap_comes(void **state)
{
    struct world *w = world_of(state);
    struct ovf_fixes way = {0};
    struct ovf_fixes thinned = {0};
    struct ovf_result r;
    char before[OVF_ID_SIZE];
    (void)fly(&way, T0_S, france, austria, 100);
    run(w, &way, 1, &r);
    const struct ovf_crossing *ch = the(w, &r, "CH");
    const size_t first = ch->passage.entry.after;
    memcpy(before, ch->id, sizeof before);
    for (size_t i = 0; i < way.n; i++) {
        if (i < first + 3 || i > first + 20)
            assert_int_equal(ovf_fixes_push(&thinned, &way.items[i]), OVF_OK);
    }
    run(w, &thinned, 1, &r);
    assert_int_equal(the(w, &r, "CH")->passage.n_gaps_inside, 1);
    assert_string_equal(the(w, &r, "CH")->id, before);
    ovf_fixes_deinit(&way);
    ovf_fixes_deinit(&thinned);
}

/* ---- nothing ---- */

static void no_fix_and_one_fix_are_no_trouble(void **state)
{
    struct world *w = world_of(state);
    struct ovf_fixes way = {0};
    struct ovf_result r;
    run(w, &way, 1, &r);
    assert_int_equal(r.n_flights, 0);
    assert_int_equal(r.n_crossings, 0);
    run(w, NULL, 0, &r);
    assert_int_equal(r.n_crossings, 0);
    add_fix(&way, T0_S, france, false);
    run(w, &way, 1, &r);
    assert_int_equal(r.n_crossings, 1);
    assert_int_equal(r.crossings[0].role, OVF_ROLE_INCOMPLETE);
    assert_int_equal(r.crossings[0].passage.class, OVF_CLASS_POSSIBLE);
    ovf_fixes_deinit(&way);
}

static void an_array_that_is_taken_comes_back_for_the_next_aircraft(void **state)
{
    struct world *w = world_of(state);
    struct ovf_fixes way = {0};
    struct ovf_result r;
    char ids[2][OVF_ID_SIZE];
    for (int i = 0; i < 2; i++) {
        (void)fly(&way, T0_S, france, austria, 100);
        const struct ovf_fix *const items = way.items;
        assert_int_equal(ovf_engine_take(w->engine, 0xF10001, "", &way, &r), OVF_OK);
        (void)snprintf(ids[i], sizeof ids[i], "%s", the(w, &r, "CH")->id);
        ovf_engine_give_back(w->engine, &way);
        assert_ptr_equal(way.items, items);
        assert_int_equal(way.n, 0);
        assert_true(way.capacity > 100);
    }
    assert_string_equal(ids[0], ids[1]);
    ovf_fixes_deinit(&way);
}

static void no_airports_make_every_end_unknown(void **state)
{
    struct world *w = world_of(state);
    struct ovf_fixes way = {0};
    struct ovf_result r;
    (void)fly(&way, T0_S, france, austria, 100);
    w->config.airports = NULL;
    run(w, &way, 1, &r);
    w->config.airports = &w->airports;
    assert_int_equal(r.flights[0].from.kind, OVF_ENDPOINT_UNKNOWN);
    assert_false(r.flights[0].to.has_airport);
    ovf_fixes_deinit(&way);
}

static void what_was_heard_before_and_after_bounds_where_a_flight_went(void **state)
{
    struct world *w = world_of(state);
    struct ovf_fixes way = {0};
    struct ovf_result r;
    static const struct place down = {47.2, 7.5, 14000};
    static const struct place up = {47.2, 7.6, 14000};
    const int t_s = fly(&way, T0_S, france, down, 40);
    (void)fly(&way, t_s + 40 * 60, up, france, 40);
    run(w, &way, 1, &r);
    assert_int_equal(r.n_flights, 2); /* it landed unseen */
    assert_int_equal(r.flights[0].came_from.bound, OVF_BOUND_HORIZON);
    assert_int_equal(r.flights[0].went_to.bound, OVF_BOUND_HEARD);
    assert_true(r.flights[0].went_to.heard_ns == r.flights[1].start_ns);
    assert_true(r.flights[0].went_to.within_s <= 40 * 60 - 600 + 24);
    assert_int_equal(r.flights[1].came_from.bound, OVF_BOUND_HEARD);
    assert_true(r.flights[1].came_from.heard_ns == r.flights[0].end_ns);
    assert_int_equal(r.flights[1].went_to.bound, OVF_BOUND_HORIZON);
    assert_string_equal(r.flights[0].went_to.codes[0], "CH");
    ovf_fixes_deinit(&way);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_state_between_is_overflown_and_the_outer_two_are_incomplete),
        cmocka_unit_test(a_take_off_makes_a_departure_and_a_landing_an_arrival),
        cmocka_unit_test(a_take_off_in_another_state_is_no_departure),
        cmocka_unit_test(crimea_is_crossed_in_both_states_that_hold_it),
        cmocka_unit_test(ids_do_not_depend_on_what_else_is_known),
        cmocka_unit_test(an_id_stays_when_a_gap_comes),
        cmocka_unit_test(no_fix_and_one_fix_are_no_trouble),
        cmocka_unit_test(what_was_heard_before_and_after_bounds_where_a_flight_went),
        cmocka_unit_test(an_array_that_is_taken_comes_back_for_the_next_aircraft),
        cmocka_unit_test(no_airports_make_every_end_unknown),
    };
    return cmocka_run_group_tests(tests, make_world, end_world);
}
