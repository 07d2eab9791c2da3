/* SPDX-License-Identifier: Apache-2.0 */
/* OFAC's list of three days. The expectations were counted with Python's csv module on the same files
 * (aircraft, codes, serial numbers), and by joining them with the OpenSky snapshots over the register
 * beside them (tails). */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "lists/listing_file.h"
#include "lists/listings.h"
#include "lists/register.h"
#include "read/opensky.h"
#include "source/file.h"
#include "track/address.h"

static const char *const days[] = {"2022-12-02", "2024-05-02", "2024-05-03"};

static int64_t day(const char *text)
{
    int64_t t_ns = 0;
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text(text), &t_ns));
    return t_ns;
}

static void read_file(const char *path, struct ovf_buffer *out)
{
    struct ovf_error err = {""};
    assert_int_equal(ovf_file_read(path, UINT64_C(1) << 26, out, &err), OVF_OK);
}

static void read_list(const char *date, struct ovf_listing_set *set,
                      struct ovf_listing_report *report)
{
    char name[64];
    struct ovf_buffer text = {0};
    struct ovf_error err = {""};
    (void)snprintf(name, sizeof name, "lists/ofac-sdn-%s.csv.gz", date);
    read_file(ovf_test_data(name), &text);
    assert_int_equal(ovf_listing_file_read(ovf_buffer_bytes(&text), (struct ovf_bytes){NULL, 0},
                                           OVF_LIST_FORMAT_N, set, report, &err),
                     OVF_OK);
    ovf_buffer_deinit(&text);
}

static struct ovf_listings *listings; /* made once: it takes its time under sanitizers */

/** All three days as one list, sealed. */
static void make_listings(void)
{
    struct ovf_error err = {""};
    if (listings != NULL)
        return;
    assert_int_equal(ovf_listings_new(&listings), OVF_OK);
    for (size_t i = 0; i < 3; i++) {
        struct ovf_listing_set set = {0};
        struct ovf_listing_report report;
        struct ovf_list_edition edition = {.list = "ofac-sdn", .date_ns = day(days[i])};
        read_list(days[i], &set, &report);
        assert_int_equal(ovf_listings_add_set(listings, &edition, &set), OVF_OK);
        ovf_listing_set_deinit(&set);
    }
    assert_int_equal(ovf_listings_seal(listings, &err), OVF_OK);
}

static int free_listings(void **state)
{
    (void)state;
    ovf_listings_free(listings);
    return 0;
}

static size_t count_key(const struct ovf_listing_set *set, enum ovf_listing_key key)
{
    size_t n = 0;
    for (size_t i = 0; i < set->n; i++)
        n += ovf_listing_value(ovf_listing_set_at(set, i), key, 0).len > 0;
    return n;
}

static void every_aircraft_of_the_three_days_is_read(void **state)
{
    (void)state;
    static const struct {
        uint64_t n_aircraft;
        uint64_t n_entities;
        uint64_t n_others;
        size_t n_hex;
        uint64_t n_cut;
    } want[] = {{294, 4502, 5810 + 526, 3, 9},
                {383, 6885, 6854 + 851, 8, 10},
                {376, 6884, 6854 + 851, 8, 10}};
    for (size_t i = 0; i < 3; i++) {
        struct ovf_listing_set set = {0};
        struct ovf_listing_report report;
        read_list(days[i], &set, &report);
        assert_int_equal(report.format, OVF_LIST_SDN_CSV);
        assert_int_equal(report.n_aircraft, want[i].n_aircraft);
        assert_int_equal(report.n_entities, want[i].n_entities);
        assert_int_equal(report.n_others, want[i].n_others);
        assert_int_equal(report.n_bad_values, 0);
        assert_int_equal(ovf_tally_rejected(&report.rows), 0);
        assert_int_equal(count_key(&set, OVF_LISTING_ICAO24), want[i].n_hex);
        assert_int_equal(report.n_cut, want[i].n_cut);
        ovf_listing_set_deinit(&set);
    }
}

static void names_that_are_serial_numbers_are_no_tails(void **state)
{
    (void)state;
    struct ovf_listing_set set = {0};
    struct ovf_listing_report report;
    size_t n = 0;
    read_list("2024-05-03", &set, &report);
    for (size_t i = 0; i < set.n; i++) {
        const struct ovf_listing listing = ovf_listing_set_at(&set, i);
        const struct ovf_bytes name = ovf_listing_value(listing, OVF_LISTING_NAME, 0);
        if (!ovf_listing_is_aircraft(listing) || name.len < 4 || memcmp(name.data, "MSN ", 4) != 0)
            continue;
        const struct ovf_bytes msn = ovf_listing_value(listing, OVF_LISTING_MSN, 0);
        assert_int_equal(ovf_bytes_compare(msn, (struct ovf_bytes){name.data + 4, name.len - 4}),
                         0);
        n++;
    }
    assert_int_equal(n, 9);
    ovf_listing_set_deinit(&set);
}

static void one_airframe_stands_under_two_tails(void **state)
{
    (void)state;
    make_listings();
    const struct ovf_listed *other[4];
    const struct ovf_listed *const pus =
        ovf_listings_find(listings, "ofac-sdn", ovf_bytes_from_text("48727"));
    assert_non_null(pus);
    assert_int_equal(ovf_listings_same_airframe(listings, pus, other, 4), 1);
    assert_true(ovf_bytes_equal_text(other[0]->id, "15431")); /* EP-GOM */
    /* 133 is the serial number of a Gulfstream 200 and of a Falcon 900B: two airframes. */
    const struct ovf_listed *const falcon =
        ovf_listings_find(listings, "ofac-sdn", ovf_bytes_from_text("28319"));
    assert_non_null(falcon);
    assert_int_equal(ovf_listings_same_airframe(listings, falcon, other, 4), 0);
}

static void the_other_tail_is_found_through_the_serial_number(void **state)
{
    (void)state;
    make_listings();
    struct ovf_listing_hit hits[OVF_LISTING_MAX_HITS];
    const struct ovf_listing_query query = {.registration = "EP-PUS",
                                            .has_registration_date = true,
                                            .registration_date_ns = day("2024-05-10"),
                                            .flight_ns = day("2024-05-02"),
                                            .now_ns = day("2025-07-02")};
    assert_int_equal(ovf_listings_match(listings, &query, hits), 2);
    assert_int_equal(hits[0].match, OVF_LISTING_MSN_EXACT);
    assert_true(ovf_bytes_equal_text(hits[0].listed->id, "15431"));
    assert_non_null(hits[0].via);
    assert_true(ovf_bytes_equal_text(hits[0].via->id, "48727"));
    assert_int_equal(hits[1].match, OVF_LISTING_TAIL_EXACT_AT_DATE);
    assert_true(ovf_bytes_equal_text(hits[1].listed->id, "48727"));
    assert_null(hits[1].via);
    assert_int_equal(hits[1].on_flight_date.state, OVF_LISTING_IN_FORCE);
    assert_false(hits[1].on_flight_date.is_after_last);
    assert_int_equal(hits[1].now.state, OVF_LISTING_IN_FORCE);
    assert_true(hits[1].now.is_after_last);
    assert_int_equal(hits[1].now.as_of->date_ns, day("2024-05-03"));
}

static void seven_tails_were_in_force_on_the_2nd_and_not_on_the_3rd(void **state)
{
    (void)state;
    static const char *const tails[] = {"9H-AMN", "9H-ARK", "9H-EAA", "9H-MAO",
                                        "9H-SIS", "9H-SSK", "9H-TIO"};
    make_listings();
    size_t n_left = 0;
    for (size_t i = 0; i < 7; i++) {
        struct ovf_listing_hit hits[OVF_LISTING_MAX_HITS];
        const struct ovf_listing_query query = {
            .registration = tails[i], .flight_ns = day("2024-05-02"), .now_ns = day("2024-05-03")};
        assert_int_equal(ovf_listings_match(listings, &query, hits), 1);
        assert_int_equal(hits[0].match, OVF_LISTING_TAIL_EXACT_OTHER_DATE);
        assert_int_equal(hits[0].on_flight_date.state, OVF_LISTING_IN_FORCE);
        assert_int_equal(hits[0].now.state, OVF_LISTING_NOT_IN_FORCE);
        assert_int_equal(hits[0].listed->n_in_force, 1);
        assert_int_equal(hits[0].listed->in_force[0].last_ns, day("2024-05-02"));
        assert_true(hits[0].listed->in_force[0].has_after);
        assert_int_equal(hits[0].listed->in_force[0].after_ns, day("2024-05-03"));
    }
    for (size_t i = 0; ovf_listings_at(listings, i) != NULL; i++) {
        const struct ovf_listed *const listed = ovf_listings_at(listings, i);
        if (!ovf_listing_is_aircraft(listed->newest))
            continue;
        n_left +=
            ovf_listings_state(listings, listed, day("2024-05-02")).state == OVF_LISTING_IN_FORCE &&
            ovf_listings_state(listings, listed, day("2024-05-03")).state ==
                OVF_LISTING_NOT_IN_FORCE;
    }
    assert_int_equal(n_left, 7);
}

/* ---- tails in the snapshots ---- */

struct search {
    const struct ovf_listings *listings;
    const struct ovf_register *reg;
    int64_t flight_ns;
    char found[256]; /* the tails, in order of rows */
};

static enum ovf_status search_row(void *context, uint32_t address, const struct ovf_fix *fix,
                                  const struct ovf_identity *none)
{
    (void)fix;
    (void)none;
    struct search *const s = context;
    const struct ovf_identity *const identity = ovf_register_find(s->reg, address);
    struct ovf_listing_hit hits[OVF_LISTING_MAX_HITS];
    const struct ovf_listing_query query = {.address = address,
                                            .has_address = true,
                                            .registration =
                                                identity != NULL ? identity->registration : NULL,
                                            .flight_ns = s->flight_ns,
                                            .now_ns = s->flight_ns};
    const size_t used = strlen(s->found);
    if (ovf_listings_match(s->listings, &query, hits) > 0)
        (void)snprintf(s->found + used, sizeof s->found - used, "%s %s\n", identity->registration,
                       ovf_listing_state_name(hits[0].on_flight_date.state));
    return OVF_OK;
}

static void search_snapshot(const char *name, struct search *s)
{
    struct ovf_buffer text = {0};
    struct ovf_opensky *opensky = NULL;
    struct ovf_error err = {""};
    enum ovf_reject reject = OVF_REJECT_N;
    s->found[0] = '\0';
    read_file(ovf_test_data(name), &text);
    assert_int_equal(ovf_opensky_new(0, OVF_OPENSKY_MAX_DOCUMENT_BYTES, search_row, s, &opensky),
                     OVF_OK);
    assert_int_equal(ovf_opensky_feed(opensky, ovf_buffer_bytes(&text), &err), OVF_OK);
    assert_int_equal(ovf_opensky_finish(opensky, &reject, &err), OVF_OK);
    ovf_opensky_free(opensky);
    ovf_buffer_deinit(&text);
}

static void the_listed_tails_of_the_snapshots_are_found(void **state)
{
    (void)state;
    struct ovf_buffer text = {0};
    struct ovf_tally rows;
    struct ovf_error err = {""};
    struct ovf_register *reg = NULL;
    make_listings();
    read_file(ovf_test_data("reference/aircraft.csv"), &text);
    assert_int_equal(ovf_register_new(ovf_buffer_bytes(&text), &rows, &reg, &err), OVF_OK);
    ovf_buffer_deinit(&text);
    struct search s = {listings, reg, day("2021-10-17"), ""};
    search_snapshot("opensky/states-2021-10-17.json", &s);
    assert_string_equal(s.found, "9H-SSK unknown\nEP-IBB unknown\n");
    s.flight_ns = day("2023-06-20");
    search_snapshot("opensky/states-2023-06-20.json", &s);
    assert_string_equal(s.found, "EP-IJA in_force\nEP-IFA in_force\n");
    ovf_register_free(reg);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_aircraft_of_the_three_days_is_read),
        cmocka_unit_test(names_that_are_serial_numbers_are_no_tails),
        cmocka_unit_test(one_airframe_stands_under_two_tails),
        cmocka_unit_test(the_other_tail_is_found_through_the_serial_number),
        cmocka_unit_test(seven_tails_were_in_force_on_the_2nd_and_not_on_the_3rd),
        cmocka_unit_test(the_listed_tails_of_the_snapshots_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, free_listings);
}
