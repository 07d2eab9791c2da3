/* SPDX-License-Identifier: Apache-2.0 */
/* What a watch asks of a crossing. Flights and crossings are made up here, without a map. */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "rules/watches.h"
#include "track/address.h"

enum { IR = 1, IQ = 2, SY = 3, TR = 4, FR = 5 };

struct scene {
    struct ovf_track track;
    struct ovf_flight flights[3];
    struct ovf_crossing crossing; /* of flight 1, the middle one */
    struct ovf_result result;
    struct ovf_watch watch;
};

static void know(struct ovf_endpoint *endpoint, const char *country)
{
    *endpoint = (struct ovf_endpoint){.kind = OVF_ENDPOINT_OBSERVED, .has_airport = true};
    memcpy(endpoint->country, country, 3);
}

/* Three flights of which the first two make a journey; nobody knows their ends. Seen in IR, crosses IQ
 * at 100 to 200, seen in SY. */
static void make_scene(struct scene *s)
{
    memset(s, 0, sizeof *s);
    s->track.address = 0xF10001;
    memcpy(s->flights[0].journey_id, "a", 2);
    memcpy(s->flights[1].journey_id, "a", 2);
    memcpy(s->flights[2].journey_id, "b", 2);
    s->crossing = (struct ovf_crossing){.flight = 1, .role = OVF_ROLE_OVERFLIGHT};
    s->crossing.passage.class = OVF_CLASS_OBSERVED;
    s->crossing.passage.entry =
        (struct ovf_passage_end){.t_min_ns = 99, .t_ns = 100, .earliest_ns = 99};
    s->crossing.passage.exit =
        (struct ovf_passage_end){.t_ns = 200, .t_max_ns = 201, .latest_ns = 201};
    ovf_members_toggle(&s->crossing.states_before, IR);
    ovf_members_toggle(&s->crossing.states_after, SY);
    s->result = (struct ovf_result){.track = &s->track,
                                    .flights = s->flights,
                                    .n_flights = 3,
                                    .crossings = &s->crossing,
                                    .n_crossings = 1};
    s->watch = (struct ovf_watch){
        .classes = 1U << OVF_CLASS_OBSERVED, .since_ns = INT64_MIN, .until_ns = INT64_MAX};
}

static struct ovf_place state_of(uint32_t state, const char *country)
{
    struct ovf_place place = {.is_set = true, .state = state};
    memcpy(place.country, country, 3);
    return place;
}

static struct ovf_match match(const struct scene *s)
{
    static const struct ovf_identity who = {.registration = "SI-M01", .type_code = "B742"};
    return ovf_watch_match(&s->watch, NULL, &s->result, &s->crossing, &who);
}

static void who_asks_nothing_gets_all(void **state)
{
    (void)state;
    struct scene s;
    make_scene(&s);
    const struct ovf_match m = match(&s);
    assert_true(m.matches);
    assert_int_equal(m.from, OVF_MATCHED_UNASKED);
    assert_int_equal(m.to, OVF_MATCHED_UNASKED);
    assert_false(m.only_class || m.only_end_unknown);
}

static void times_keep_what_touches_the_span(void **state)
{
    static const struct {
        int64_t since, until;
        bool kept;
    } cases[] = {
        {201, INT64_MAX, true}, {202, INT64_MAX, false}, {INT64_MIN, 100, true},
        {INT64_MIN, 99, false}, {120, 130, true},
    };
    (void)state;
    struct scene s;
    make_scene(&s);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        s.watch.since_ns = cases[i].since;
        s.watch.until_ns = cases[i].until;
        assert_int_equal(match(&s).matches, cases[i].kept);
    }
}

static void roles_and_classes_are_sets(void **state)
{
    (void)state;
    struct scene s;
    make_scene(&s);
    s.watch.roles = 1U << OVF_ROLE_ARRIVAL | 1U << OVF_ROLE_DEPARTURE;
    assert_false(match(&s).matches || match(&s).only_class);
    s.watch.roles |= 1U << OVF_ROLE_OVERFLIGHT;
    assert_true(match(&s).matches);
    s.watch.classes = 1U << OVF_CLASS_BRACKETED;
    assert_false(match(&s).matches);
    assert_true(match(&s).only_class);
}

static void one_of_several_that_are_all_asked_for_is_as_good_as_necessary(void **state)
{
    struct ovf_members over[1] = {{{0}}};
    (void)state;
    struct scene s;
    make_scene(&s);
    s.crossing.passage.owner = IQ;
    s.crossing.passage.class = OVF_CLASS_POSSIBLE;
    s.crossing.any_of = (struct ovf_any_of){
        .sets = {{.owners = {SY, IQ}, .n = 2}, {.owners = {IQ, TR}, .n = 2, .all_wanted = true}},
        .n = 2};
    assert_true(match(&s).only_class);
    s.watch.classes = 1U << OVF_CLASS_NECESSARY;
    assert_true(match(&s).matches);
    s.watch.over = over; /* of another watch TR is wanted, of this one it is not */
    ovf_members_toggle(&over[0], IQ);
    assert_true(match(&s).only_class);
    ovf_members_toggle(&over[0], TR);
    assert_true(match(&s).matches);
    ovf_members_toggle(&over[0], TR);
    ovf_members_toggle(&over[0], SY);
    assert_true(match(&s).only_class); /* wanted is not all of that set */
}

static void an_aircraft_is_known_by_address_or_registration(void **state)
{
    static const uint32_t addresses[] = {0x010093, 0xF10001};
    static const uint32_t others[] = {0x010093, 0xF10002};
    static const char *const registrations[] = {"N493MC", "SI-M01"};
    (void)state;
    struct scene s;
    make_scene(&s);
    s.watch.addresses = addresses;
    s.watch.n_addresses = 2;
    assert_true(match(&s).matches);
    s.watch.addresses = others;
    assert_false(match(&s).matches);
    s.watch.registrations = registrations;
    s.watch.n_registrations = 2;
    assert_true(match(&s).matches);
    s.watch.n_addresses = 0;
    assert_true(match(&s).matches);
    s.watch.n_registrations = 1;
    assert_false(match(&s).matches);
    assert_false(ovf_watch_wants_aircraft(&s.watch, 0xF10001, ""));
    /* a label is not the address of the same digits */
    s.watch.addresses = addresses;
    s.watch.n_addresses = 2;
    assert_false(ovf_watch_wants_aircraft(&s.watch, 0xF10001 | OVF_ADDRESS_NON_ICAO, "SI-M02"));
}

/* from: known here, known by the journey, seen before, not seen, known to be elsewhere */
static void an_origin_is_an_airport_or_states_seen_before(void **state)
{
    (void)state;
    struct scene s;
    make_scene(&s);
    s.watch.from = state_of(IR, "IR");
    assert_int_equal(match(&s).from, OVF_MATCHED_STATES);
    assert_true(match(&s).matches);
    s.watch.from = state_of(TR, "TR");
    assert_int_equal(match(&s).from, OVF_MATCHED_UNKNOWN);
    assert_true(!match(&s).matches && match(&s).only_end_unknown);
    know(&s.flights[0].from, "TR"); /* of the journey's first flight */
    assert_int_equal(match(&s).from, OVF_MATCHED_JOURNEY_AIRPORT);
    assert_true(match(&s).matches);
    know(&s.flights[1].from, "FR"); /* of the flight itself */
    assert_int_equal(match(&s).from, OVF_MATCHED_JOURNEY_AIRPORT);
    s.watch.from = state_of(FR, "FR");
    assert_int_equal(match(&s).from, OVF_MATCHED_AIRPORT);
    s.watch.from = state_of(IR, "IR"); /* seen in, but it took off elsewhere */
    assert_int_equal(match(&s).from, OVF_MATCHED_NOT);
    assert_true(!match(&s).matches && !match(&s).only_end_unknown);
}

static void a_destination_is_an_airport_or_states_seen_after(void **state)
{
    (void)state;
    struct scene s;
    make_scene(&s);
    s.watch.to = state_of(SY, "SY");
    assert_int_equal(match(&s).to, OVF_MATCHED_STATES);
    s.watch.to = state_of(IR, "IR"); /* before is not after */
    assert_int_equal(match(&s).to, OVF_MATCHED_UNKNOWN);
    know(&s.flights[2].to, "IR"); /* of another journey */
    assert_int_equal(match(&s).to, OVF_MATCHED_UNKNOWN);
    know(&s.flights[1].to, "IR");
    assert_int_equal(match(&s).to, OVF_MATCHED_AIRPORT);
}

/* Both asked: one end known to be wrong fails for good, whatever is unknown of the other. */
static void every_leg_of_the_journey_before_is_an_origin(void **state)
{
    (void)state;
    struct scene s;
    make_scene(&s);
    s.watch.from = state_of(TR, "TR");
    know(&s.flights[1].from, "IR");
    assert_int_equal(match(&s).from, OVF_MATCHED_UNKNOWN); /* the leg before may be from there */
    ovf_members_toggle(&s.flights[0].states, TR);
    assert_int_equal(match(&s).from, OVF_MATCHED_STATES);
    know(&s.flights[0].from, "TR");
    assert_int_equal(match(&s).from, OVF_MATCHED_JOURNEY_AIRPORT);
    know(&s.flights[0].from, "FR");
    assert_int_equal(match(&s).from, OVF_MATCHED_NOT);
}

static void every_leg_of_the_journey_after_is_a_destination(void **state)
{
    (void)state;
    struct scene s;
    make_scene(&s);
    s.crossing.flight = 0;
    s.watch.to = state_of(TR, "TR");
    know(&s.flights[0].to, "IQ");
    assert_int_equal(match(&s).to, OVF_MATCHED_UNKNOWN);
    ovf_members_toggle(&s.flights[1].states, TR);
    assert_int_equal(match(&s).to, OVF_MATCHED_STATES);
    know(&s.flights[1].to, "TR");
    assert_int_equal(match(&s).to, OVF_MATCHED_JOURNEY_AIRPORT);
    /* The third flight is of another journey. */
    know(&s.flights[1].to, "SY");
    know(&s.flights[2].to, "TR");
    assert_int_equal(match(&s).to, OVF_MATCHED_NOT);
}

static void both_ends_are_asked(void **state)
{
    (void)state;
    struct scene s;
    make_scene(&s);
    s.watch.from = state_of(IR, "IR");
    s.watch.to = state_of(SY, "SY");
    assert_true(match(&s).matches);
    s.watch.to = state_of(TR, "TR");
    assert_true(!match(&s).matches && match(&s).only_end_unknown);
    know(&s.flights[0].from, "FR");
    know(&s.flights[1].from, "FR");
    assert_true(!match(&s).matches && !match(&s).only_end_unknown);
    /* by its class too: not counted under either */
    make_scene(&s);
    s.watch.from = state_of(TR, "TR");
    s.watch.classes = 1U << OVF_CLASS_BRACKETED;
    assert_false(match(&s).only_class || match(&s).only_end_unknown || match(&s).matches);
}

static void an_operator_is_how_the_callsign_begins(void **state)
{
    static const char *const operators[] = {"IRM", "SIM"};
    (void)state;
    struct scene s;
    make_scene(&s);
    s.watch.operators = operators;
    s.watch.n_operators = 2;
    assert_false(match(&s).matches); /* no callsign was heard */
    memcpy(s.flights[1].callsign, "SIM151", 7);
    assert_true(match(&s).matches);
    memcpy(s.flights[1].callsign, "SIMAB1",
           7); /* a registration, say: no number behind the letters */
    assert_false(match(&s).matches);
    memcpy(s.flights[1].callsign, "SIM151", 7);
    s.watch.n_operators = 1;
    assert_false(match(&s).matches);
}

static void registrations_are_the_same_without_their_hyphens(void **state)
{
    static const char *sorted[] = {"SIM02", "N493MC", "SIM01"};
    (void)state;
    struct scene s;
    make_scene(&s); /* of SI-M01 */
    s.watch.registrations = sorted;
    s.watch.n_registrations = 3;
    qsort((void *)sorted, 3, sizeof *sorted, ovf_watch_compare_registrations);
    assert_true(match(&s).matches);
    assert_ptr_equal(ovf_watch_find_registration(&s.watch, "SI-M 02"), &sorted[2]);
    assert_null(ovf_watch_find_registration(&s.watch, "SI-M0"));
    assert_null(ovf_watch_find_registration(&s.watch, "SI-M021"));
}

static void types_are_a_set(void **state)
{
    static const char *const types[] = {"IL76", "B742"};
    (void)state;
    struct scene s;
    make_scene(&s);
    s.watch.types = types;
    s.watch.n_types = 1;
    assert_false(match(&s).matches);
    s.watch.n_types = 2;
    assert_true(match(&s).matches);
}

static void it_may_be_over_some_airspaces_of_each_layer(void **state)
{
    struct ovf_members over[2] = {{{0}}, {{0}}};
    (void)state;
    struct scene s;
    make_scene(&s);
    s.crossing.layer = 1;
    s.crossing.passage.owner = IQ;
    ovf_members_toggle(&over[0], IQ);
    s.watch.over = over;
    assert_false(match(&s).matches); /* the number is another layer's */
    ovf_members_toggle(&over[1], IQ);
    assert_true(match(&s).matches);
}

static void a_listed_aircraft_is_found_by_its_serial_number(void **state)
{
    static const char entry[] = "id 7\nkind aircraft\nname X\nmsn 21486\nmodel B742\n";
    static const char table[] = "icao24,msn\nf10001,21486\nf10002,21487\n";
    static const char *const names[] = {"l"};
    const struct ovf_list_edition edition = {.list = "l", .date_ns = 0};
    struct ovf_listings *listings = NULL;
    struct ovf_register *reg = NULL;
    struct ovf_tally rows = {0};
    struct ovf_error err = {""};
    size_t e;
    size_t l;
    struct scene s;
    (void)state;
    assert_int_equal(ovf_listings_new(&listings), OVF_OK);
    assert_int_equal(ovf_listings_add_edition(listings, &edition, &e), OVF_OK);
    assert_int_equal(ovf_listings_add_listing(listings, "l", ovf_bytes_from_text(entry), &l),
                     OVF_OK);
    assert_int_equal(ovf_listings_add_presence(listings, e, l), OVF_OK);
    assert_int_equal(ovf_listings_seal(listings, &err), OVF_OK);
    assert_int_equal(ovf_register_new(ovf_bytes_from_text(table), &rows, &reg, &err), OVF_OK);
    make_scene(&s);
    s.watch.listings = listings;
    s.watch.lists = names;
    s.watch.n_lists = 1;
    assert_false(match(&s).matches); /* nobody tells its serial number */
    s.watch.register_ = reg;
    assert_true(match(&s).matches);
    s.track.address = 0xF10002;
    assert_false(match(&s).matches);
    ovf_register_free(reg);
    ovf_listings_free(listings);
}

/* Seen in IR, crosses IQ, seen in SY. */
static void a_corridor_is_flown_in_order(void **state)
{
    static const uint32_t there[] = {IR, IQ, SY};
    static const uint32_t back[] = {SY, IQ, IR};
    static const uint32_t farther[] = {IR, IQ, SY, FR};
    (void)state;
    struct scene s;
    make_scene(&s);
    s.crossing.passage.owner = IQ;
    s.watch.in_order = true;
    s.watch.chain = there;
    s.watch.n_chain = 3;
    assert_true(match(&s).matches);
    s.watch.chain = back;
    assert_false(match(&s).matches);
    s.watch.in_order = false;
    assert_true(match(&s).matches);
    s.watch.chain = farther;
    s.watch.n_chain = 4;
    assert_false(match(&s).matches);
    ovf_members_toggle(&s.flights[0].states, FR); /* the journey's first leg */
    assert_true(match(&s).matches);
    s.watch.in_order = true;
    assert_false(match(&s).matches);
}

static void of_several_watches_it_is_told_which_are_met(void **state)
{
    static const char *const names[] = {"a", "b", "c"};
    struct ovf_watch three[3];
    struct ovf_watches watches = {three, names, 3};
    struct ovf_buffer text = {0};
    struct ovf_watches_met met;
    (void)state;
    struct scene s;
    make_scene(&s);
    three[0] = three[1] = three[2] = s.watch;
    three[1].classes = 1U << OVF_CLASS_BRACKETED;
    struct ovf_match m = ovf_watches_match(&watches, NULL, &s.result, &s.crossing, NULL, &met);
    assert_true(m.matches && !m.only_class);
    assert_int_equal(met.all, 5);
    assert_int_equal(met.by_states, 0);
    assert_int_equal(ovf_watches_names(&watches, met.all, &text), OVF_OK);
    assert_memory_equal(text.data, "a,c", 3);
    assert_int_equal(text.len, 3);
    watches.items = three + 1;
    watches.n = 1;
    m = ovf_watches_match(&watches, NULL, &s.result, &s.crossing, NULL, &met);
    assert_true(!m.matches && m.only_class);
    assert_int_equal(met.all, 0);
    three[1] = s.watch;
    three[1].from = state_of(IR, "IR"); /* seen there */
    (void)ovf_watches_match(&watches, NULL, &s.result, &s.crossing, NULL, &met);
    assert_int_equal(met.by_states, 1);
    ovf_buffer_deinit(&text);
}

static void a_watch_without_conditions_asks_for_all_traffic(void **state)
{
    (void)state;
    const struct ovf_watch all = {
        .classes = OVF_WATCH_CLASSES, .since_ns = INT64_MIN, .until_ns = INT64_MAX};
    const char *const word = "SIM";
    const uint32_t chain = IR;
    const uint32_t address = 0xF10001;
    struct ovf_watch less[] = {all, all, all, all, all, all, all, all, all, all, all};
    assert_true(ovf_watch_asks_all(&all));
    less[0].from = state_of(IR, "IR");
    less[1].to = state_of(SY, "SY");
    less[2].chain = &chain;
    less[2].n_chain = 1;
    less[3].roles = 1U << OVF_ROLE_OVERFLIGHT;
    less[4].classes = 1U << OVF_CLASS_OBSERVED;
    less[5].since_ns = 0;
    less[6].until_ns = 0;
    less[7].addresses = &address;
    less[7].n_addresses = 1;
    less[8].operators = &word;
    less[8].n_operators = 1;
    less[9].types = &word;
    less[9].n_types = 1;
    less[10].lists = &word;
    less[10].n_lists = 1;
    for (size_t i = 0; i < sizeof less / sizeof *less; i++)
        assert_false(ovf_watch_asks_all(&less[i]));
    less[3].roles = ((1U << OVF_ROLE_N) - 1) & ~(1U << OVF_ROLE_NONE);
    assert_true(ovf_watch_asks_all(&less[3]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_asks_nothing_gets_all),
        cmocka_unit_test(times_keep_what_touches_the_span),
        cmocka_unit_test(roles_and_classes_are_sets),
        cmocka_unit_test(one_of_several_that_are_all_asked_for_is_as_good_as_necessary),
        cmocka_unit_test(an_aircraft_is_known_by_address_or_registration),
        cmocka_unit_test(an_origin_is_an_airport_or_states_seen_before),
        cmocka_unit_test(a_destination_is_an_airport_or_states_seen_after),
        cmocka_unit_test(every_leg_of_the_journey_before_is_an_origin),
        cmocka_unit_test(every_leg_of_the_journey_after_is_a_destination),
        cmocka_unit_test(both_ends_are_asked),
        cmocka_unit_test(an_operator_is_how_the_callsign_begins),
        cmocka_unit_test(registrations_are_the_same_without_their_hyphens),
        cmocka_unit_test(types_are_a_set),
        cmocka_unit_test(it_may_be_over_some_airspaces_of_each_layer),
        cmocka_unit_test(a_listed_aircraft_is_found_by_its_serial_number),
        cmocka_unit_test(a_corridor_is_flown_in_order),
        cmocka_unit_test(of_several_watches_it_is_told_which_are_met),
        cmocka_unit_test(a_watch_without_conditions_asks_for_all_traffic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
