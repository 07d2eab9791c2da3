/* SPDX-License-Identifier: Apache-2.0 */
/* What a scan carries on to the next, in situations that can be counted out: one aircraft over a few days,
 * each day a member, through the real engine without airports and airspaces. */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "engine/carry.h"

#define T0_NS (INT64_C(1751328000) * OVF_NS_PER_S) /* 2025-07-01 */

enum { MIN_S = 60, HOUR_S = 3600, DAY_S = 86400, MAX_DAYS = 4 };

/* ---- what was heard ---- */

/* Fixes of one scan; a member a day. */
struct heard {
    struct ovf_track_member members[MAX_DAYS];
    size_t n_members;
    struct ovf_fixes parts[MAX_DAYS];
};

static struct ovf_track_member day_member(int day)
{
    static const char *const names[MAX_DAYS] = {"day0", "day1", "day2", "day3"};
    struct ovf_track_member member = {.name = names[day],
                                      .from_ns = T0_NS + day * OVF_NS_PER_DAY,
                                      .to_ns = T0_NS + (day + 1) * OVF_NS_PER_DAY};
    memset(member.digest.bytes, 'a' + day, sizeof member.digest.bytes);
    return member;
}

/* A fix every 20 s in [from_s, to_s], of which those of the days asked for are heard: at 240 kt eastward along
 * 50 N, or on the ground. Where it is follows from its time in the air so far, so nothing jumps. */
struct way {
    struct heard *heard;
    uint32_t row;
    double lon_deg;
};

static void hear(struct way *way, int64_t t_s, bool on_ground)
{
    struct ovf_fix fix = {.t_ns = T0_NS + t_s * OVF_NS_PER_S,
                          .at = {500000000, (int32_t)lround(way->lon_deg * 1e7)},
                          .alt_baro_ft = on_ground ? 0 : 20000,
                          .gs_kt = on_ground ? 10 : 240,
                          .has = OVF_FIX_ALT_BARO | OVF_FIX_GS | OVF_FIX_CALLSIGN,
                          .flags = on_ground ? OVF_FIX_ON_GROUND : OVF_FIX_IN_AIR,
                          .source = OVF_SOURCE_ADSB,
                          .callsign = "SIM1",
                          .record = {0, way->row++}};
    for (size_t i = 0; i < way->heard->n_members; i++) {
        if (fix.t_ns < way->heard->members[i].from_ns || fix.t_ns >= way->heard->members[i].to_ns)
            continue;
        fix.record.item = (uint32_t)i;
        assert_int_equal(ovf_fixes_push(&way->heard->parts[i], &fix), OVF_OK);
    }
}

static void fly(struct way *way, int64_t from_s, int64_t to_s)
{
    for (int64_t t_s = from_s; t_s <= to_s; t_s += 20) {
        way->lon_deg += 20.0 * 240 / 3600 / 60 / 0.6428; /* cos 50 */
        hear(way, t_s, false);
    }
}

static void stand(struct way *way, int64_t from_s, int64_t to_s)
{
    for (int64_t t_s = from_s; t_s <= to_s; t_s += 20)
        hear(way, t_s, true);
}

/* The days that a scan has, as bits, and what the aircraft does. */
typedef void story_fn(struct way *way);

static void hear_days(unsigned days, story_fn *story, struct heard *heard)
{
    *heard = (struct heard){.n_members = 0};
    for (int day = 0; day < MAX_DAYS; day++) {
        if ((days >> day & 1) != 0)
            heard->members[heard->n_members++] = day_member(day);
    }
    struct way way = {.heard = heard, .lon_deg = 5};
    story(&way);
}

static void forget(struct heard *heard)
{
    for (size_t i = 0; i < MAX_DAYS; i++)
        ovf_fixes_deinit(&heard->parts[i]);
}

/* ---- a scan ---- */

/* What it told: flights by start, and what it carries on, through its bytes as a store does. */
struct told {
    struct ovf_flight flights[32];
    size_t n_flights;
    size_t n_stretches;
};

static const struct ovf_engine_config config = {
    .walk = {60 * OVF_NS_PER_S, 300 * OVF_NS_PER_S, false, 0},
    .journey_ns = 24 * HOUR_S * OVF_NS_PER_S};

static bool all_cross(int64_t start_s)
{
    (void)start_s;
    return true;
}

static void follow(struct ovf_engine *engine, struct ovf_join *join, const struct ovf_carry *carry,
                   size_t own, struct told *told)
{
    struct ovf_stretch *stretch = &join->stretches[own];
    struct ovf_around around = {.begins_journey = stretch->begins_journey};
    struct ovf_flight *flights = NULL;
    struct ovf_result result;
    assert_int_equal(ovf_join_flights_around(join, carry, own, &flights, &around.n_flights),
                     OVF_OK);
    around.flights = flights;
    assert_int_equal(
        ovf_engine_aircraft(engine, 0xF10001, "", &stretch->fixes, 1, &around, &result), OVF_OK);
    assert_int_equal(ovf_stretch_note(stretch, &result), OVF_OK);
    for (size_t i = 0; i < result.n_flights && told != NULL; i++) {
        if (!result.flights[i].is_elsewhere)
            told->flights[told->n_flights++] = result.flights[i];
    }
    free(flights);
}

/* *carry becomes what the next scan needs. crosses: of flights by their start. */
static void scan(struct ovf_carry *carry, unsigned days, story_fn *story,
                 bool (*crosses)(int64_t start_s), struct told *told)
{
    struct heard heard;
    struct ovf_engine *engine = NULL;
    struct ovf_join join = {0};
    struct ovf_carry next = {0};
    struct ovf_buffer bytes = {0};
    hear_days(days, story, &heard);
    *told = (struct told){.n_flights = 0};
    assert_int_equal(ovf_engine_new(&config, &engine), OVF_OK);
    assert_int_equal(
        ovf_carry_join(carry, heard.members, heard.n_members, heard.parts, heard.n_members, &join),
        OVF_OK);
    told->n_stretches = join.n_stretches;
    for (size_t i = 0; i < join.n_stretches; i++)
        follow(engine, &join, carry, i, NULL);
    for (size_t i = 0; i < join.n_stretches; i++) {
        follow(engine, &join, carry, i, told);
        for (size_t k = 0; k < join.stretches[i].n_flights; k++) {
            struct ovf_stretch_flight *flight = &join.stretches[i].flights[k];
            flight->crosses = crosses((flight->flight.start_ns - T0_NS) / OVF_NS_PER_S);
        }
    }
    assert_int_equal(
        ovf_carry_next(carry, heard.members, heard.n_members, &join, config.journey_ns, &next),
        OVF_OK);
    assert_int_equal(ovf_carry_pack(&next, &bytes), OVF_OK);
    ovf_carry_deinit(&next);
    ovf_join_deinit(&join);
    ovf_carry_deinit(carry);
    assert_int_equal(ovf_carry_unpack(ovf_buffer_bytes(&bytes), carry, NULL), OVF_OK);
    ovf_buffer_deinit(&bytes);
    ovf_engine_free(engine);
    forget(&heard);
}

static int64_t seconds(int64_t t_ns)
{
    return (t_ns - T0_NS) / OVF_NS_PER_S;
}

static int64_t begin_s(const struct ovf_carry_piece *piece)
{
    return seconds(piece->fixes.items[0].t_ns);
}

static int64_t end_s(const struct ovf_carry_piece *piece)
{
    return seconds(piece->fixes.items[piece->fixes.n - 1].t_ns);
}

static bool none_crosses(int64_t start_s)
{
    (void)start_s;
    return false;
}

/* ---- what is carried ---- */

static void over_midnight(struct way *way)
{
    fly(way, DAY_S - HOUR_S, DAY_S + HOUR_S);
}

static void a_flight_in_the_air_at_the_edge_is_carried_whole(void **state)
{
    (void)state;
    struct ovf_carry carry = {0};
    struct told told;
    scan(&carry, 1, over_midnight, none_crosses, &told);
    assert_int_equal(told.n_flights, 1);
    assert_int_equal(carry.n_pieces, 1);
    assert_int_equal(carry.pieces[0].fixes.n, 180);
    assert_int_equal(begin_s(&carry.pieces[0]), DAY_S - HOUR_S);
    assert_int_equal(end_s(&carry.pieces[0]), DAY_S - 20);
    assert_true(carry.pieces[0].known_before == false); /* nothing was heard before it */
    assert_false(carry.pieces[0].known_after);
    scan(&carry, 2, over_midnight, none_crosses, &told);
    assert_int_equal(told.n_stretches, 1);
    assert_int_equal(told.n_flights, 1);
    assert_int_equal(seconds(told.flights[0].start_ns), DAY_S - HOUR_S);
    assert_int_equal(seconds(told.flights[0].end_ns), DAY_S + HOUR_S);
    ovf_carry_deinit(&carry);
}

static void in_the_evening(struct way *way)
{
    stand(way, 17 * HOUR_S, 17 * HOUR_S + 600); /* more than 16 h after the edge */
    fly(way, 17 * HOUR_S + 620, 18 * HOUR_S);
    stand(way, 18 * HOUR_S + 20, 18 * HOUR_S + 300);
}

static void landed_hours_before_the_edge_it_is_carried_whole(void **state)
{
    (void)state;
    struct ovf_carry carry = {0};
    struct told told;
    scan(&carry, 1, in_the_evening, none_crosses, &told);
    assert_int_equal(told.n_flights, 1);
    /* What is heard in the air next may have left from its last fix; where it was heard is told again. */
    assert_int_equal(carry.n_pieces, 1);
    assert_int_equal(begin_s(&carry.pieces[0]), 17 * HOUR_S);
    assert_int_equal(end_s(&carry.pieces[0]), 18 * HOUR_S + 300);
    assert_false(carry.pieces[0].known_after);
    assert_int_equal(carry.n_flights, 0);
    ovf_carry_deinit(&carry);
}

static void landed_late(struct way *way)
{
    fly(way, DAY_S - 3 * HOUR_S, DAY_S - HOUR_S);
    stand(way, DAY_S - HOUR_S + 20, DAY_S - 20 * MIN_S);
}

static void landed_early(struct way *way)
{
    fly(way, DAY_S - 3 * HOUR_S, DAY_S - HOUR_S);
    stand(way, DAY_S - HOUR_S + 20, DAY_S - 30 * MIN_S);
}

static void on_the_ground_before_the_edge_it_is_carried_whole(void **state)
{
    (void)state;
    struct ovf_carry carry = {0};
    struct told told;
    scan(&carry, 1, landed_late, none_crosses, &told);
    assert_int_equal(carry.n_pieces, 1);
    assert_int_equal(begin_s(&carry.pieces[0]), DAY_S - 3 * HOUR_S);
    assert_int_equal(end_s(&carry.pieces[0]), DAY_S - 20 * MIN_S);
    ovf_carry_deinit(&carry);
    scan(&carry, 1, landed_early, none_crosses, &told);
    assert_int_equal(carry.n_pieces, 1);
    assert_int_equal(end_s(&carry.pieces[0]), DAY_S - 30 * MIN_S);
    assert_int_equal(begin_s(&carry.pieces[0]), DAY_S - 3 * HOUR_S);
    ovf_carry_deinit(&carry);
}

static void silent_landing(struct way *way)
{
    fly(way, DAY_S - HOUR_S, DAY_S - 10 * MIN_S);
    stand(way, DAY_S + 34 * MIN_S, DAY_S + 40 * MIN_S);
}

static void a_landing_in_silence_is_found_in_either_order(void **state)
{
    (void)state;
    for (unsigned first = 1; first <= 2; first++) {
        struct ovf_carry carry = {0};
        struct told told;
        scan(&carry, first, silent_landing, all_cross, &told);
        scan(&carry, 3 - first, silent_landing, all_cross, &told);
        assert_int_equal(told.n_flights, 1);
        assert_int_equal(seconds(told.flights[0].end_ns), DAY_S + 34 * MIN_S);
        ovf_carry_deinit(&carry);
    }
}

/* ---- edges ---- */

static void two_days_long(struct way *way)
{
    fly(way, 20 * HOUR_S, 22 * HOUR_S);
    stand(way, 22 * HOUR_S + 20, 23 * HOUR_S);
    fly(way, DAY_S - HOUR_S + 20, DAY_S + HOUR_S);
    stand(way, DAY_S + HOUR_S + 20, DAY_S + 2 * HOUR_S);
    fly(way, DAY_S + 20 * HOUR_S, 2 * DAY_S + 2 * HOUR_S);
}

static void windows_that_meet_are_one(void **state)
{
    (void)state;
    struct ovf_carry carry = {0};
    struct told told;
    scan(&carry, 1, two_days_long, none_crosses, &told);
    assert_int_equal(carry.n_windows, 1);
    scan(&carry, 2, two_days_long, none_crosses, &told);
    assert_int_equal(carry.n_windows, 1);
    assert_int_equal(carry.windows[0].to_ns - carry.windows[0].from_ns, 2 * OVF_NS_PER_DAY);
    /* The edge between them is closed: what flew over it is settled. */
    for (size_t i = 0; i < carry.n_pieces; i++)
        assert_true(begin_s(&carry.pieces[i]) > DAY_S + HOUR_S);
    ovf_carry_deinit(&carry);
}

static void three_days_long(struct way *way)
{
    fly(way, DAY_S - HOUR_S, 2 * DAY_S + HOUR_S); /* in the air for 26 hours */
}

static void a_hole_between_two_windows_keeps_both_edges_open(void **state)
{
    (void)state;
    struct ovf_carry carry = {0};
    struct told told;
    scan(&carry, 1 | 4, three_days_long, none_crosses, &told);
    assert_int_equal(carry.n_windows, 2);
    assert_int_equal(told.n_stretches, 1);
    assert_int_equal(told.n_flights, 2); /* 24 h of silence part them */
    assert_int_equal(carry.n_pieces, 1); /* nothing lies between them */
    assert_int_equal(carry.pieces[0].fixes.n, 180 + 181);
    assert_false(carry.pieces[0].known_before);
    assert_false(carry.pieces[0].known_after);
    scan(&carry, 2, three_days_long, none_crosses, &told);
    assert_int_equal(carry.n_windows, 1);
    assert_int_equal(told.n_stretches, 1); /* all three in a row */
    assert_int_equal(told.n_flights, 1);
    assert_int_equal(seconds(told.flights[0].start_ns), DAY_S - HOUR_S);
    assert_int_equal(seconds(told.flights[0].end_ns), 2 * DAY_S + HOUR_S);
    ovf_carry_deinit(&carry);
}

/* ---- journeys and flights without fixes ---- */

static void hops(struct way *way)
{
    for (int i = 0; i < 6;
         i++) { /* from 00:30 on, each 2 h an hour in the air, and nothing heard for 40 min */
        fly(way, HOUR_S / 2 + i * 2 * HOUR_S, 3 * HOUR_S / 2 + i * 2 * HOUR_S - 20);
        stand(way, 3 * HOUR_S / 2 + i * 2 * HOUR_S, 3 * HOUR_S / 2 + i * 2 * HOUR_S + 20 * MIN_S);
    }
}

static bool only_the_third_crosses(int64_t start_s)
{
    return start_s > 4 * HOUR_S && start_s < 5 * HOUR_S;
}

static void a_flight_without_fixes_parts_stretches(void **state)
{
    (void)state;
    struct ovf_carry carry = {0};
    struct told told;
    scan(&carry, 2, hops, only_the_third_crosses, &told);
    assert_int_equal(told.n_flights, 0); /* that day is another */
    assert_int_equal(carry.n_pieces + carry.n_flights, 0);
    assert_int_equal(carry.n_windows, 1); /* and nothing was heard, which is known */
    scan(&carry, 1, hops, only_the_third_crosses, &told);
    assert_int_equal(told.n_flights, 6);
    assert_int_equal(told.flights[5].n_legs, 6);
    const size_t n_flights = carry.n_flights;
    const size_t n_pieces = carry.n_pieces;
    assert_true(n_flights > 0 && n_pieces > 0);
    struct ovf_join join = {0};
    assert_int_equal(ovf_carry_join(&carry, NULL, 0, NULL, 0, &join), OVF_OK);
    assert_int_equal(join.n_stretches, n_pieces); /* none of them joined over what is not carried */
    ovf_join_deinit(&join);
    ovf_carry_deinit(&carry);
}

/* Two pieces with open ends, an hour each, two hours apart: one stretch, unless a flight is known between. */
static void only_a_known_flight_parts_two_open_pieces(void **state)
{
    (void)state;
    struct ovf_track_member member = day_member(0);
    struct ovf_fix fixes[2] = {{.t_ns = T0_NS}, {.t_ns = T0_NS + 3 * HOUR_S * OVF_NS_PER_S}};
    struct ovf_carry_piece pieces[2] = {{.fixes = {&fixes[0], 1, 1}}, {.fixes = {&fixes[1], 1, 1}}};
    struct ovf_flight flight = {.start_ns = T0_NS + HOUR_S * OVF_NS_PER_S,
                                .end_ns = T0_NS + 2 * HOUR_S * OVF_NS_PER_S};
    struct ovf_carry carry = {
        .members = &member, .n_members = 1, .pieces = pieces, .n_pieces = 2, .flights = &flight};
    for (size_t n_flights = 0; n_flights < 2; n_flights++) {
        struct ovf_join join = {0};
        carry.n_flights = n_flights;
        assert_int_equal(ovf_carry_join(&carry, NULL, 0, NULL, 0, &join), OVF_OK);
        assert_int_equal(join.n_stretches, 1 + n_flights);
        ovf_join_deinit(&join);
        pieces[0].known_after = true; /* something is, but nobody carries it */
        assert_int_equal(ovf_carry_join(&carry, NULL, 0, NULL, 0, &join), OVF_OK);
        assert_int_equal(join.n_stretches, 2);
        ovf_join_deinit(&join);
        pieces[0].known_after = false;
    }
}

/* Flights of one stretch as the engine would tell them, by hand: hours, and the airport that each lands at. */
struct hop {
    int from_h;
    int to_h;
    uint32_t from;
    uint32_t to;
    bool crosses;
};

static struct ovf_stretch_flight make_flight(const struct hop *hop)
{
    const struct ovf_fix fix = {.at = {500000000, 50000000}};
    struct ovf_stretch_flight own = {
        .flight = {.from = {.kind = OVF_ENDPOINT_OBSERVED, .has_airport = true},
                   .to = {.kind = OVF_ENDPOINT_OBSERVED, .has_airport = true}},
        .crosses = hop->crosses,
    };
    own.flight.first = fix;
    own.flight.last = fix;
    own.flight.first.t_ns = T0_NS + hop->from_h * HOUR_S * OVF_NS_PER_S;
    own.flight.last.t_ns = T0_NS + hop->to_h * HOUR_S * OVF_NS_PER_S;
    own.flight.start_ns = own.from_ns = own.take_off_ns = own.flight.first.t_ns;
    own.flight.end_ns = own.to_ns = own.landing_ns = own.flight.last.t_ns;
    own.flight.from.airport = hop->from;
    own.flight.to.airport = hop->to;
    own.flight.id[0] = (char)('A' + hop->from_h % 50);
    return own;
}

/* One member of n_days, its fixes each whole hour of each flight, which is a spell. */
static void next_of(const struct hop *hops, size_t n, int n_days, int64_t journey_h,
                    struct ovf_carry *next)
{
    struct ovf_stretch_flight flights[16];
    struct ovf_stretch_spell spells[16];
    struct ovf_track_member member = day_member(0);
    struct ovf_stretch stretch = {
        .flights = flights, .n_flights = n, .spells = spells, .n_spells = n};
    const struct ovf_carry nothing = {0};
    const struct ovf_join join = {&member, 1, &stretch, 1};
    member.to_ns = T0_NS + n_days * OVF_NS_PER_DAY;
    for (size_t i = 0; i < n; i++) {
        flights[i] = make_flight(&hops[i]);
        spells[i] = (struct ovf_stretch_spell){
            .from_ns = flights[i].from_ns, .to_ns = flights[i].to_ns, .has_flight = true};
        for (int h = hops[i].from_h; h <= hops[i].to_h; h++) {
            struct ovf_fix fix = flights[i].flight.first;
            fix.t_ns = T0_NS + h * HOUR_S * OVF_NS_PER_S;
            assert_int_equal(ovf_fixes_push(&stretch.fixes, &fix), OVF_OK);
        }
    }
    assert_int_equal(
        ovf_carry_next(&nothing, &member, 1, &join, journey_h * HOUR_S * OVF_NS_PER_S, next),
        OVF_OK);
    ovf_fixes_deinit(&stretch.fixes);
}

enum { A = 1, B, C, D, E };

static void the_first_chain_is_open_up_to_the_first_cut(void **state)
{
    (void)state;
    /* The third flight lands where the second took off: a journey of its own whatever was before. */
    static const struct hop hops[] = {
        {18, 19, A, B, true}, {21, 22, B, C, true},  {24, 25, C, B, true},
        {28, 29, B, D, true}, {70, 71, D, A, false}, {98, 99, A, B, false},
    };
    struct ovf_carry next = {0};
    next_of(hops, 6, 6, 24, &next);
    /* Carried: the first two, with their fixes; nothing in the middle but what flew right after them. */
    assert_int_equal(next.n_pieces, 1);
    assert_int_equal(begin_s(&next.pieces[0]), 18 * HOUR_S);
    assert_int_equal(end_s(&next.pieces[0]), 22 * HOUR_S);
    assert_true(next.pieces[0].known_after);
    assert_false(next.pieces[0].begins_journey);
    assert_int_equal(next.n_flights, 1);
    assert_int_equal(seconds(next.flights[0].start_ns), 24 * HOUR_S);
    ovf_carry_deinit(&next);
}

static void what_flew_shortly_before_a_flight_that_is_told_anew_is_known(void **state)
{
    (void)state;
    /* Known airports that differ: four journeys. The last is told anew, and so is the one before it, should that come
     * to nothing; the one three hours before this says where it can have come from, the one before that does not. */
    static const struct hop hops[] = {{103, 105, D, B, true},
                                      {110, 111, A, B, true},
                                      {114, 118, C, D, true},
                                      {122, 123, B, C, true}};
    struct ovf_carry next = {0};
    next_of(hops, 4, 6, 24, &next);
    assert_int_equal(next.n_pieces, 1);
    assert_int_equal(begin_s(&next.pieces[0]), 114 * HOUR_S);
    assert_true(next.pieces[0].begins_journey);
    assert_int_equal(next.n_flights, 1);
    assert_int_equal(seconds(next.flights[0].end_ns), 111 * HOUR_S);
    assert_true(next.flights[0].begins_journey);
    ovf_carry_deinit(&next);
}

static void the_last_journey_is_open_and_begins_where_the_one_before_is_forgotten(void **state)
{
    (void)state;
    /* Two days that were parted by more than a day, and a last journey of two flights in six days; the
     * first of it does not cross. */
    static const struct hop hops[] = {
        {50, 51, A, B, true},
        {60, 61, B, C, true},
        {110, 111, D, B, false}, /* not from where it was last: another journey */
        {122, 123, B, C, true},
    };
    struct ovf_carry next = {0};
    next_of(hops, 4, 6, 24, &next);
    assert_int_equal(next.n_flights, 1);
    assert_int_equal(seconds(next.flights[0].start_ns), 110 * HOUR_S);
    assert_true(next.flights[0].begins_journey);
    assert_int_equal(next.n_pieces, 1);
    assert_int_equal(begin_s(&next.pieces[0]), 122 * HOUR_S);
    assert_int_equal(end_s(&next.pieces[0]), 123 * HOUR_S);
    assert_false(next.pieces[0].begins_journey);
    assert_true(next.pieces[0].known_before);
    ovf_carry_deinit(&next);
}

static void a_flight_in_a_piece_begins_its_journey_when_the_one_before_is_forgotten(void **state)
{
    (void)state;
    static const struct hop hops[] = {{50, 51, A, B, true}, {122, 123, B, C, true}};
    struct ovf_carry next = {0};
    next_of(hops, 2, 6, 24, &next);
    assert_int_equal(next.n_pieces, 1);
    assert_int_equal(begin_s(&next.pieces[0]), 122 * HOUR_S);
    assert_true(next.pieces[0].begins_journey);
    ovf_carry_deinit(&next);
}

static void a_flight_that_is_only_beside_others_goes_on_with_none(void **state)
{
    (void)state;
    /* The sixth is the last of a journey of four, and is carried for what it says of where the seventh came from. The
     * first two, which are carried for the edge before them, landed elsewhere than the third left. */
    static const struct hop hops[] = {
        {1, 2, A, B, true},   {3, 4, C, D, true},   {9, 10, A, C, true},  {13, 14, C, D, true},
        {17, 18, D, B, true}, {20, 22, B, E, true}, {25, 26, A, D, true}, {45, 46, B, C, true}};
    struct ovf_carry next = {0};
    next_of(hops, 8, 2, 24, &next);
    assert_int_equal(next.n_pieces, 2);
    assert_int_equal(end_s(&next.pieces[0]), 4 * HOUR_S);
    assert_int_equal(begin_s(&next.pieces[1]), 25 * HOUR_S);
    assert_int_equal(next.n_flights, 1);
    assert_int_equal(seconds(next.flights[0].start_ns), 20 * HOUR_S);
    assert_true(next.flights[0].begins_journey);
    ovf_carry_deinit(&next);
}

static struct ovf_stretch_spell make_spell(int from_h, int to_h, bool is_doubted)
{
    return (struct ovf_stretch_spell){.from_ns = T0_NS + from_h * HOUR_S * OVF_NS_PER_S,
                                      .to_ns = T0_NS + to_h * HOUR_S * OVF_NS_PER_S,
                                      .is_doubted = is_doubted};
}

static bool has_flight(const struct ovf_stretch_spell *spell,
                       const struct ovf_stretch_flight *flights, size_t n)
{
    bool has = false;
    for (size_t i = 0; i < n; i++)
        has = has || (flights[i].flight.start_ns <= spell->to_ns &&
                      flights[i].flight.end_ns >= spell->from_ns);
    return has;
}

/* One member of n_days, of each spell the first and the last fix. */
static void next_of_spells(const struct hop *hops, size_t n, struct ovf_stretch_spell *spells,
                           size_t n_spells, int n_days, struct ovf_carry *next)
{
    struct ovf_stretch_flight flights[16];
    struct ovf_track_member member = day_member(0);
    struct ovf_stretch stretch = {
        .flights = flights, .n_flights = n, .spells = spells, .n_spells = n_spells};
    const struct ovf_carry nothing = {0};
    const struct ovf_join join = {&member, 1, &stretch, 1};
    member.to_ns = T0_NS + n_days * OVF_NS_PER_DAY;
    for (size_t i = 0; i < n; i++)
        flights[i] = make_flight(&hops[i]);
    for (size_t k = 0; k < n_spells; k++) {
        spells[k].has_flight = has_flight(&spells[k], flights, n);
        const int64_t times_ns[] = {spells[k].from_ns, spells[k].to_ns};
        for (int i = 0; i < 2; i++) {
            const struct ovf_fix fix = {.t_ns = times_ns[i], .at = {500000000, 50000000}};
            assert_int_equal(ovf_fixes_push(&stretch.fixes, &fix), OVF_OK);
        }
    }
    assert_int_equal(ovf_carry_next(&nothing, &member, 1, &join, 2 * HOUR_S * OVF_NS_PER_S, next),
                     OVF_OK);
    ovf_fixes_deinit(&stretch.fixes);
}

static void what_may_come_to_nothing_is_carried_with_the_flight_before_it(void **state)
{
    (void)state;
    /* At either edge a flight that is doubted; beside it what is not believed at all; then a flight that nothing speaks
     * against. The one in the middle is settled. */
    static const struct hop hops[] = {{1, 2, A, B, true},
                                      {7, 8, C, D, true},
                                      {11, 12, A, B, true},
                                      {16, 17, C, D, true},
                                      {22, 23, A, B, true}};
    struct ovf_stretch_spell spells[] = {make_spell(1, 2, true),    make_spell(4, 5, true),
                                         make_spell(7, 8, false),   make_spell(11, 12, false),
                                         make_spell(16, 17, false), make_spell(19, 20, true),
                                         make_spell(22, 23, true)};
    struct ovf_carry next = {0};
    next_of_spells(hops, 5, spells, 7, 1, &next);
    assert_int_equal(next.n_pieces, 2);
    assert_int_equal(begin_s(&next.pieces[0]), 1 * HOUR_S);
    assert_int_equal(end_s(&next.pieces[0]), 8 * HOUR_S);
    assert_int_equal(begin_s(&next.pieces[1]), 16 * HOUR_S);
    assert_int_equal(end_s(&next.pieces[1]), 23 * HOUR_S);
    ovf_carry_deinit(&next);
}

static void of_what_is_not_believed_for_days_no_more_is_carried_than_is_in_reach(void **state)
{
    (void)state;
    /* Two flights, then for three days an hour in six: sixteen hours before the last lie two whole ones; and the
     * same backwards. The second flight is the one at the edge should the first come to nothing. */
    static const struct hop hops[] = {{2, 3, A, B, true}, {14, 15, C, D, true}};
    struct ovf_stretch_spell spells[14] = {make_spell(2, 3, false), make_spell(14, 15, false)};
    struct ovf_carry next = {0};
    for (int k = 0; k < 12; k++)
        spells[2 + k] = make_spell(26 + 6 * k, 27 + 6 * k, true);
    next_of_spells(hops, 2, spells, 14, 4, &next);
    assert_int_equal(next.n_pieces, 2);
    assert_int_equal(end_s(&next.pieces[0]), 15 * HOUR_S);
    assert_int_equal(begin_s(&next.pieces[1]), 80 * HOUR_S);
    assert_int_equal(end_s(&next.pieces[1]), 93 * HOUR_S);
    ovf_carry_deinit(&next);

    static const struct hop turned[] = {{81, 82, A, B, true}, {93, 94, C, D, true}};
    spells[12] = make_spell(81, 82, false);
    spells[13] = make_spell(93, 94, false);
    for (int k = 0; k < 12; k++)
        spells[k] = make_spell(3 + 6 * k, 4 + 6 * k, true);
    next_of_spells(turned, 2, spells, 14, 4, &next);
    assert_int_equal(next.n_pieces, 2);
    assert_int_equal(begin_s(&next.pieces[0]), 3 * HOUR_S);
    assert_int_equal(end_s(&next.pieces[0]), 16 * HOUR_S);
    assert_int_equal(begin_s(&next.pieces[1]), 81 * HOUR_S);
    ovf_carry_deinit(&next);
}

/* From 18:00 on to and fro, never silent for half an hour. */
static void to_and_fro(struct way *way)
{
    for (int i = 0; i < 6; i++) {
        fly(way, (18 + i) * HOUR_S, (18 + i) * HOUR_S + 40 * MIN_S);
        stand(way, (18 + i) * HOUR_S + 41 * MIN_S, (18 + i) * HOUR_S + 45 * MIN_S);
    }
}

static void what_nothing_speaks_against_yet_is_carried_whole(void **state)
{
    (void)state;
    struct ovf_carry carry = {0};
    struct told told;
    scan(&carry, 1, to_and_fro, none_crosses, &told);
    assert_int_equal(told.n_flights, 6);
    assert_int_equal(carry.n_pieces, 1);
    assert_int_equal(begin_s(&carry.pieces[0]), 18 * HOUR_S);
    ovf_carry_deinit(&carry);
}

/* One flight five hours before another that goes on over midnight: another journey, as the first was heard to land, or
 * high up. */
static void landed_before(struct way *way)
{
    fly(way, DAY_S + 16 * HOUR_S, DAY_S + 17 * HOUR_S);
    stand(way, DAY_S + 17 * HOUR_S + 20, DAY_S + 17 * HOUR_S + 300);
    fly(way, DAY_S + 22 * HOUR_S, 2 * DAY_S + HOUR_S);
}

static void lost_before(struct way *way)
{
    fly(way, DAY_S + 16 * HOUR_S, DAY_S + 17 * HOUR_S);
    fly(way, DAY_S + 22 * HOUR_S, 2 * DAY_S + HOUR_S);
}

static void the_flight_before_what_may_come_to_nothing_is_open(void **state)
{
    (void)state;
    struct ovf_carry carry = {0};
    struct told told;
    scan(&carry, 3, landed_before, all_cross,
         &told); /* it crosses: it is told anew with its journey */
    assert_int_equal(told.n_flights, 2);
    assert_int_equal(told.flights[0].n_legs, 1);
    assert_int_equal(begin_s(&carry.pieces[0]), DAY_S + 16 * HOUR_S);
    ovf_carry_deinit(&carry);
    scan(&carry, 3, landed_before, none_crosses, &told);
    assert_int_equal(carry.n_pieces, 1);
    assert_int_equal(begin_s(&carry.pieces[0]), DAY_S + 22 * HOUR_S);
    assert_int_equal(carry.n_flights, 1);
    ovf_carry_deinit(&carry);
    scan(&carry, 3, lost_before, none_crosses, &told); /* it may go on behind it */
    assert_int_equal(told.n_flights, 2);
    assert_int_equal(begin_s(&carry.pieces[0]), DAY_S + 16 * HOUR_S);
    ovf_carry_deinit(&carry);
}

/* Over the first midnight; another flight six hours later. */
static void took_off_after(struct way *way)
{
    fly(way, DAY_S - HOUR_S, DAY_S + HOUR_S);
    stand(way, DAY_S + 7 * HOUR_S, DAY_S + 7 * HOUR_S + 600);
    fly(way, DAY_S + 7 * HOUR_S + 620, DAY_S + 8 * HOUR_S);
}

static void found_after(struct way *way)
{
    fly(way, DAY_S - HOUR_S, DAY_S + HOUR_S);
    fly(way, DAY_S + 7 * HOUR_S, DAY_S + 8 * HOUR_S);
}

static void so_is_the_flight_after_it(void **state)
{
    (void)state;
    struct ovf_carry carry = {0};
    struct told told;
    scan(&carry, 6, took_off_after, all_cross, &told);
    assert_int_equal(told.n_flights, 2);
    assert_int_equal(carry.n_pieces, 1);
    assert_int_equal(end_s(&carry.pieces[0]), DAY_S + 8 * HOUR_S);
    ovf_carry_deinit(&carry);
    scan(&carry, 6, found_after, none_crosses, &told);
    assert_int_equal(carry.n_pieces, 1);
    assert_int_equal(end_s(&carry.pieces[0]), DAY_S + 8 * HOUR_S);
    ovf_carry_deinit(&carry);
}

/* Twenty minutes in each three hours. */
static void never_flies(struct way *way)
{
    for (int64_t t_s = 600; t_s < MAX_DAYS * DAY_S; t_s += 3 * HOUR_S)
        stand(way, t_s, t_s + 20 * MIN_S);
}

static void what_never_flies_is_carried_at_the_edges_only(void **state)
{
    (void)state;
    struct ovf_carry carry = {0};
    struct told told;
    for (int day = 0; day < MAX_DAYS; day++)
        scan(&carry, 1U << day, never_flies, none_crosses, &told);
    assert_int_equal(carry.n_windows, 1);
    assert_int_equal(carry.n_pieces, 2);
    assert_true(end_s(&carry.pieces[0]) <= 4 * HOUR_S);
    assert_true(begin_s(&carry.pieces[1]) >= MAX_DAYS * DAY_S - 4 * HOUR_S);
    ovf_carry_deinit(&carry);
}

/* Two flights two days apart, and a look at it on the ground every three hours between. */
static void flies_seldom(struct way *way)
{
    fly(way, 5 * HOUR_S, 6 * HOUR_S);
    for (int64_t t_s = 6 * HOUR_S + 20; t_s < 3 * DAY_S + 10 * HOUR_S; t_s += 3 * HOUR_S)
        stand(way, t_s, t_s + 20 * MIN_S);
    fly(way, 3 * DAY_S + 12 * HOUR_S, 3 * DAY_S + 13 * HOUR_S);
}

static void in_any_order_of_days_the_same_is_carried_of_what_flies_seldom(void **state)
{
    (void)state;
    static const int orders[][MAX_DAYS] = {{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 3, 0, 2}, {2, 0, 3, 1}};
    struct ovf_carry all = {0};
    struct told told;
    scan(&all, 15, flies_seldom, all_cross, &told);
    assert_int_equal(told.n_flights, 2);
    for (size_t k = 0; k < sizeof orders / sizeof *orders; k++) {
        struct ovf_carry carry = {0};
        for (int i = 0; i < MAX_DAYS; i++)
            scan(&carry, 1U << orders[k][i], flies_seldom, all_cross, &told);
        assert_int_equal(carry.n_pieces, all.n_pieces);
        assert_int_equal(carry.n_flights, all.n_flights);
        for (size_t p = 0; p < all.n_pieces; p++) {
            assert_int_equal(begin_s(&carry.pieces[p]), begin_s(&all.pieces[p]));
            assert_int_equal(end_s(&carry.pieces[p]), end_s(&all.pieces[p]));
            assert_int_equal(carry.pieces[p].begins_journey, all.pieces[p].begins_journey);
        }
        ovf_carry_deinit(&carry);
    }
    ovf_carry_deinit(&all);
}

static void a_spell_goes_from_its_first_to_its_last_position(void **state)
{
    (void)state;
    struct ovf_fix fixes[] = {{.t_ns = 100},
                              {.t_ns = 200},
                              {.t_ns = 900, .grade = OVF_GRADE_X},
                              {.t_ns = 950},
                              {.t_ns = 1900}};
    struct ovf_fix heard[] = {{.t_ns = 100},
                              {.t_ns = 200},
                              {.t_ns = 300, .flags = OVF_FIX_HEARING},
                              {.t_ns = 900},
                              {.t_ns = 950},
                              {.t_ns = 980}, /* another aircraft's */
                              {.t_ns = 1900},
                              {.t_ns = 1950, .flags = OVF_FIX_HEARING}};
    struct ovf_spell spells[] = {{.from_ns = 100}, {.from_ns = 900}, {.from_ns = 1900}};
    const struct ovf_track track = {.fixes = {.items = fixes, .n = 5},
                                    .spells = {.items = spells, .n = 3}};
    const struct ovf_result result = {.track = &track};
    struct ovf_stretch stretch = {.fixes = {.items = heard, .n = 8}};
    assert_int_equal(ovf_stretch_note(&stretch, &result), OVF_OK);
    assert_int_equal(stretch.n_spells, 3);
    static const int64_t from_ns[] = {100, 900, 1900};
    static const int64_t to_ns[] = {200, 980, 1900};
    for (size_t k = 0; k < 3; k++) {
        assert_int_equal(stretch.spells[k].from_ns, from_ns[k]);
        assert_int_equal(stretch.spells[k].to_ns, to_ns[k]);
        assert_int_equal(stretch.spells[k].is_doubted, k == 1);
    }
    free(stretch.flights);
    free(stretch.spells);
}

static void a_spell_is_carried_whole_for_a_week_and_no_longer(void **state)
{
    (void)state;
    static const struct hop hops[] = {{2, 3, A, B, true},
                                      {5, 6, C, D, true},
                                      {8, 9, A, B, true},
                                      {14, 15, C, D, true},
                                      {30, 31, A, B, false}};
    for (int k = 0; k < 4; k++) {
        const int more_h = k % 2;
        struct ovf_stretch_spell spells[] = {make_spell(2, 3, false), make_spell(5, 6, false),
                                             make_spell(8, 9, false), make_spell(14, 15, false),
                                             make_spell(21, 21 + 7 * 24 + more_h, k < 2)};
        struct ovf_carry next = {0};
        next_of_spells(hops, 5, spells, 5, 8, &next);
        assert_int_equal(next.n_pieces, 2);
        assert_int_equal(begin_s(&next.pieces[1]), more_h == 0 ? 14 * HOUR_S : 190 * HOUR_S);
        assert_int_equal(end_s(&next.pieces[1]), (189 + more_h) * HOUR_S);
        ovf_carry_deinit(&next);
    }
}

static void far_from_both_edges_nothing_is_carried(void **state)
{
    (void)state;
    static const struct hop hops[] = {{60, 61, A, B, true}, {63, 64, B, C, true}};
    struct ovf_carry next = {0};
    next_of(hops, 2, 6, 24, &next);
    assert_int_equal(next.n_pieces + next.n_flights + next.n_members, 0);
    assert_int_equal(next.n_windows, 1);
    assert_int_equal(next.n_seen, 1);
    ovf_carry_deinit(&next);
}

/* ---- members ---- */

static void members_are_numbered_anew_by_the_time_they_speak_of(void **state)
{
    (void)state;
    struct ovf_carry carry = {0};
    struct told told;
    scan(&carry, 4, three_days_long, all_cross, &told);
    assert_int_equal(carry.n_members, 1);
    assert_string_equal(carry.members[0].name, "day2");
    scan(&carry, 2 | 8, three_days_long, all_cross, &told);
    scan(&carry, 1, three_days_long, all_cross, &told);
    assert_int_equal(carry.n_members, 3); /* day3 has no fix */
    for (size_t i = 0; i < carry.n_members; i++)
        assert_int_equal(carry.members[i].name[3], '0' + (int)i);
    for (size_t p = 0; p < carry.n_pieces; p++) {
        for (size_t i = 0; i < carry.pieces[p].fixes.n; i++) {
            const struct ovf_fix *fix = &carry.pieces[p].fixes.items[i];
            assert_int_equal(fix->record.item, seconds(fix->t_ns) / DAY_S);
        }
    }
    ovf_carry_deinit(&carry);
}

static void members_that_were_scanned_are_known(void **state)
{
    (void)state;
    struct ovf_carry carry = {0};
    struct told told;
    scan(&carry, 1 | 4, three_days_long, none_crosses, &told);
    for (int day = 0; day < MAX_DAYS; day++) {
        const struct ovf_track_member member = day_member(day);
        assert_int_equal(ovf_carry_has_seen(&carry, &member.digest), day == 0 || day == 2);
    }
    scan(&carry, 2, three_days_long, none_crosses, &told);
    const struct ovf_track_member first = day_member(0);
    const struct ovf_track_member last = day_member(3);
    assert_true(ovf_carry_has_seen(&carry, &first.digest));
    assert_false(ovf_carry_has_seen(&carry, &last.digest));
    ovf_carry_deinit(&carry);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flight_in_the_air_at_the_edge_is_carried_whole),
        cmocka_unit_test(landed_hours_before_the_edge_it_is_carried_whole),
        cmocka_unit_test(on_the_ground_before_the_edge_it_is_carried_whole),
        cmocka_unit_test(a_landing_in_silence_is_found_in_either_order),
        cmocka_unit_test(windows_that_meet_are_one),
        cmocka_unit_test(a_hole_between_two_windows_keeps_both_edges_open),
        cmocka_unit_test(a_flight_without_fixes_parts_stretches),
        cmocka_unit_test(only_a_known_flight_parts_two_open_pieces),
        cmocka_unit_test(the_first_chain_is_open_up_to_the_first_cut),
        cmocka_unit_test(what_flew_shortly_before_a_flight_that_is_told_anew_is_known),
        cmocka_unit_test(the_last_journey_is_open_and_begins_where_the_one_before_is_forgotten),
        cmocka_unit_test(a_flight_in_a_piece_begins_its_journey_when_the_one_before_is_forgotten),
        cmocka_unit_test(a_flight_that_is_only_beside_others_goes_on_with_none),
        cmocka_unit_test(what_may_come_to_nothing_is_carried_with_the_flight_before_it),
        cmocka_unit_test(of_what_is_not_believed_for_days_no_more_is_carried_than_is_in_reach),
        cmocka_unit_test(what_nothing_speaks_against_yet_is_carried_whole),
        cmocka_unit_test(the_flight_before_what_may_come_to_nothing_is_open),
        cmocka_unit_test(so_is_the_flight_after_it),
        cmocka_unit_test(what_never_flies_is_carried_at_the_edges_only),
        cmocka_unit_test(in_any_order_of_days_the_same_is_carried_of_what_flies_seldom),
        cmocka_unit_test(a_spell_goes_from_its_first_to_its_last_position),
        cmocka_unit_test(a_spell_is_carried_whole_for_a_week_and_no_longer),
        cmocka_unit_test(far_from_both_edges_nothing_is_carried),
        cmocka_unit_test(members_are_numbered_anew_by_the_time_they_speak_of),
        cmocka_unit_test(members_that_were_scanned_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
