/* SPDX-License-Identifier: Apache-2.0 */
/* Lists through their editions, and what matches an aircraft. Small invented lists whose answers can be
 * seen by looking. */
#include "test.h"

#include <string.h>

#include "base/time.h"
#include "lists/listing_file.h"
#include "lists/listings.h"
#include "lists/model_family.h"
#include "track/address.h"

static int64_t day(const char *text)
{
    int64_t t_ns = 0;
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text(text), &t_ns));
    return t_ns;
}

static struct ovf_listings *listings;

static void begin(void)
{
    assert_int_equal(ovf_listings_new(&listings), OVF_OK);
}

/** Adds an edition whose rows are \p csv, with a header of its own. */
static void add(const char *list, const char *date, const char *csv)
{
    struct ovf_listing_set set = {0};
    struct ovf_listing_report report;
    struct ovf_error err = {""};
    struct ovf_list_edition edition = {.date_ns = day(date)};
    (void)snprintf(edition.list, sizeof edition.list, "%s", list);
    (void)snprintf(edition.sha256, sizeof edition.sha256, "%s %s", list, date);
    assert_int_equal(ovf_listing_file_read(ovf_bytes_from_text(csv), (struct ovf_bytes){NULL, 0},
                                           OVF_LIST_CSV, &set, &report, &err),
                     OVF_OK);
    assert_int_equal(ovf_tally_rejected(&report.rows), 0);
    assert_int_equal(ovf_listings_add_set(listings, &edition, &set), OVF_OK);
    ovf_listing_set_deinit(&set);
}

static void seal(void)
{
    struct ovf_error err = {""};
    assert_int_equal(ovf_listings_seal(listings, &err), OVF_OK);
}

static void end(void)
{
    ovf_listings_free(listings);
    listings = NULL;
}

static const struct ovf_listed *find(const char *list, const char *id)
{
    const struct ovf_listed *const listed =
        ovf_listings_find(listings, list, ovf_bytes_from_text(id));
    assert_non_null(listed);
    return listed;
}

static void assert_state(const char *list, const char *id, const char *date,
                         enum ovf_listing_state state, const char *as_of, bool is_after_last)
{
    const struct ovf_listing_at at = ovf_listings_state(listings, find(list, id), day(date));
    if (at.state != state)
        print_error("%s on %s: %s\n", id, date, ovf_listing_state_name(at.state));
    assert_int_equal(at.state, state);
    assert_int_equal(at.as_of->date_ns, day(as_of));
    assert_int_equal(at.is_after_last, is_after_last);
}

/* ---- in force ---- */

static void an_edition_says_what_is_in_force_on_its_day_and_between_two_that_agree(void **state)
{
    (void)state;
    begin();
    /* Not in order of their days: STAY is in all, CAME since the second, LEFT until the second, BACK in
     * the first and the last. */
    add("a", "2024-01-10", "registration,id\nXX-S,STAY\nXX-C,CAME\nXX-L,LEFT\n");
    add("a", "2026-01-10", "registration,id\nXX-S,STAY\nXX-C,CAME\nXX-B,BACK\n");
    add("a", "2022-01-10", "registration,id\nXX-S,STAY\nXX-L,LEFT\nXX-B,BACK\n");
    seal();
    assert_state("a", "STAY", "2021-01-01", OVF_LISTING_UNKNOWN, "2022-01-10", false);
    assert_state("a", "STAY", "2022-01-10", OVF_LISTING_IN_FORCE, "2022-01-10", false);
    assert_state("a", "STAY", "2023-06-01", OVF_LISTING_IN_FORCE, "2022-01-10", false);
    assert_state("a", "STAY", "2026-01-10T23:59:59", OVF_LISTING_IN_FORCE, "2026-01-10", false);
    assert_state("a", "STAY", "2026-01-11", OVF_LISTING_IN_FORCE, "2026-01-10", true);
    assert_state("a", "CAME", "2022-01-10", OVF_LISTING_NOT_IN_FORCE, "2022-01-10", false);
    assert_state("a", "CAME", "2023-01-10", OVF_LISTING_UNKNOWN, "2022-01-10", false);
    assert_state("a", "CAME", "2024-01-10", OVF_LISTING_IN_FORCE, "2024-01-10", false);
    assert_state("a", "LEFT", "2024-01-10", OVF_LISTING_IN_FORCE, "2024-01-10", false);
    assert_state("a", "LEFT", "2024-01-11", OVF_LISTING_UNKNOWN, "2024-01-10", false);
    assert_state("a", "LEFT", "2026-01-10", OVF_LISTING_NOT_IN_FORCE, "2026-01-10", false);
    assert_state("a", "LEFT", "2030-01-01", OVF_LISTING_NOT_IN_FORCE, "2026-01-10", true);
    assert_state("a", "BACK", "2022-06-01", OVF_LISTING_UNKNOWN, "2022-01-10", false);
    assert_state("a", "BACK", "2024-01-10", OVF_LISTING_NOT_IN_FORCE, "2024-01-10", false);
    assert_state("a", "BACK", "2025-01-10", OVF_LISTING_UNKNOWN, "2024-01-10", false);
    end();
}

static void runs_of_editions_have_the_days_around_them(void **state)
{
    (void)state;
    begin();
    add("a", "2022-01-10", "registration,id\nXX-B,BACK\nXX-S,STAY\n");
    add("a", "2024-01-10", "registration,id\nXX-S,STAY\n");
    add("a", "2026-01-10", "registration,id\nXX-B,BACK\nXX-S,STAY\n");
    seal();
    const struct ovf_listed *const back = find("a", "BACK");
    assert_int_equal(back->n_in_force, 2);
    assert_false(back->in_force[0].has_before);
    assert_int_equal(back->in_force[0].last_ns, day("2022-01-10"));
    assert_true(back->in_force[0].has_after);
    assert_int_equal(back->in_force[0].after_ns, day("2024-01-10"));
    assert_true(back->in_force[1].has_before);
    assert_int_equal(back->in_force[1].before_ns, day("2024-01-10"));
    assert_false(back->in_force[1].has_after);
    const struct ovf_listed *const stay = find("a", "STAY");
    assert_int_equal(stay->n_in_force, 1);
    assert_int_equal(stay->in_force[0].first_ns, day("2022-01-10"));
    assert_int_equal(stay->in_force[0].last_ns, day("2026-01-10"));
    assert_null(ovf_listings_find(listings, "a", ovf_bytes_from_text("X")));
    assert_null(ovf_listings_find(listings, "b", ovf_bytes_from_text("STAY")));
    assert_null(ovf_listings_at(listings, 2));
    end();
}

static void an_entrys_own_days_are_believed_within_what_its_editions_say(void **state)
{
    (void)state;
    begin();
    add("a", "2024-01-10",
        "registration,from,to,id\n"
        "XX-B,2011-06-01,2016-01-16,BOTH\n"
        "XX-F,2011-06-01,,FROM\n");
    add("a", "2024-03-10", "registration,from,to,id\nXX-N,2024-02-01,,NEW\n");
    seal();
    assert_state("a", "BOTH", "2011-05-31", OVF_LISTING_NOT_IN_FORCE, "2024-01-10", false);
    assert_state("a", "BOTH", "2011-06-01", OVF_LISTING_IN_FORCE, "2024-01-10", false);
    assert_state("a", "BOTH", "2016-01-15", OVF_LISTING_IN_FORCE, "2024-01-10", false);
    assert_state("a", "BOTH", "2016-01-16", OVF_LISTING_NOT_IN_FORCE, "2024-01-10", false);
    assert_state("a", "BOTH", "2024-02-01", OVF_LISTING_NOT_IN_FORCE, "2024-01-10", false);
    assert_state("a", "FROM", "2015-01-01", OVF_LISTING_IN_FORCE, "2024-01-10", false);
    assert_state("a", "FROM", "2024-02-01", OVF_LISTING_UNKNOWN, "2024-01-10", false);
    assert_state("a", "FROM", "2024-03-10", OVF_LISTING_NOT_IN_FORCE, "2024-03-10", false);
    assert_state("a", "NEW", "2020-01-01", OVF_LISTING_UNKNOWN, "2024-01-10", false);
    assert_state("a", "NEW", "2024-01-31", OVF_LISTING_NOT_IN_FORCE, "2024-01-10", false);
    assert_state("a", "NEW", "2024-02-01", OVF_LISTING_IN_FORCE, "2024-01-10", false);
    end();
}

/* ---- matching ---- */

static const char fleet[] = "id,registration,previous_registration,icao24,msn,model\n"
                            "1,XX-MNA,,F10031,24383,B747-422\n"
                            "2,XX-MNB,XX-MNA,,24363,Boeing B.747-422\n"
                            "3,,,,24383,B744\n"
                            "4,XX-F,,,24383,Falcon 900B\n"
                            "5,XX-LONG,XX-OLD,,,\n";

static struct ovf_listing_hit hits[OVF_LISTING_MAX_HITS];

/** The hits as "match:id match:id ...". */
static void assert_hits(const struct ovf_listing_query *query, const char *want)
{
    char got[1024] = "";
    struct ovf_listing_query at_day = *query;
    at_day.flight_ns = at_day.flight_ns != 0 ? at_day.flight_ns : day("2024-01-10");
    at_day.now_ns = day("2024-06-01");
    const size_t n = ovf_listings_match(listings, &at_day, hits);
    for (size_t i = 0; i < n; i++) {
        const size_t used = strlen(got);
        (void)snprintf(got + used, sizeof got - used, "%s%s:%.*s%s", i > 0 ? " " : "",
                       ovf_listing_match_name(hits[i].match), (int)hits[i].listed->id.len,
                       (const char *)hits[i].listed->id.data, hits[i].via != NULL ? "*" : "");
    }
    assert_string_equal(got, want);
}

static void each_entry_is_hit_once_by_its_strongest_match(void **state)
{
    (void)state;
    begin();
    add("a", "2024-01-10", fleet);
    seal();
    /* * marks what was found through another entry's serial number. */
    assert_hits(&(struct ovf_listing_query){.address = 0xf10031, .has_address = true},
                "hex_exact:1 msn_exact:3*");
    assert_hits(&(struct ovf_listing_query){.address = 0xf10031 | OVF_ADDRESS_NON_ICAO,
                                            .has_address = true},
                "");
    assert_hits(&(struct ovf_listing_query){.registration = "XX-MNA"},
                "tail_exact_other_date:1 previous_tail:2");
    assert_hits(&(struct ovf_listing_query){.registration = "XX-MNA",
                                            .has_registration_date = true,
                                            .registration_date_ns = day("2024-01-20")},
                "msn_exact:3* tail_exact_at_date:1 previous_tail:2");
    assert_hits(&(struct ovf_listing_query){.msn = "24383", .model = "B744"},
                "msn_exact:1 msn_exact:3");
    assert_hits(&(struct ovf_listing_query){.msn = "24383", .model = "Dassault Falcon 900"},
                "msn_exact:4");
    assert_hits(&(struct ovf_listing_query){.msn = "24383", .model = "A320"}, "");
    assert_hits(&(struct ovf_listing_query){.msn = "24383"}, "");
    assert_hits(&(struct ovf_listing_query){.registration = "xxold"}, "previous_tail:5");
    assert_hits(&(struct ovf_listing_query){.registration = "XX-LON"}, "");
    assert_hits(&(struct ovf_listing_query){.registration = "XX-LONGER"}, "");
    assert_hits(&(struct ovf_listing_query){.registration = ""}, "");
    assert_hits(&(struct ovf_listing_query){.registration = "-"}, "");
    end();
}

static void a_tail_is_at_the_flights_date_within_30_days(void **state)
{
    (void)state;
    static const struct {
        const char *flight;
        const char *want;
    } cases[] = {
        {"2024-03-01", "tail_exact_at_date:5"},
        {"2024-03-31", "tail_exact_at_date:5"},
        {"2024-03-31T00:00:01", "tail_exact_other_date:5"},
        {"2024-01-31", "tail_exact_at_date:5"},
        {"2024-01-30T23:59:59", "tail_exact_other_date:5"},
        {"1700-01-01", "tail_exact_other_date:5"},
    };
    begin();
    add("a", "2024-01-10", fleet);
    seal();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_hits(&(struct ovf_listing_query){.registration = "XX-LONG",
                                                .has_registration_date = true,
                                                .registration_date_ns = day("2024-03-01"),
                                                .flight_ns = day(cases[i].flight)},
                    cases[i].want);
    end();
}

static void an_operator_is_hit_only_where_it_was_linked(void **state)
{
    (void)state;
    struct ovf_error err = {""};
    begin();
    add("a", "2024-01-10", "id,name,registration\nE1,SIM AIR,\n1,,XX-MNA\n");
    add("b", "2023-01-10", "id,name\nE9,SIM AIR LINES\n");
    assert_int_equal(ovf_listings_link_operator(listings, "SIM", "b", "E9", "the case, line 4"),
                     OVF_OK);
    assert_int_equal(ovf_listings_link_operator(listings, "SIM", "a", "E1", "the case, line 3"),
                     OVF_OK);
    seal();
    assert_hits(&(struct ovf_listing_query){.operator_icao = "SIM", .registration = "XX-MNA"},
                "tail_exact_other_date:1 operator_only:E1 operator_only:E9");
    assert_string_equal(hits[1].source, "the case, line 3");
    assert_int_equal(hits[2].on_flight_date.state, OVF_LISTING_IN_FORCE);
    assert_true(hits[2].on_flight_date.is_after_last);
    assert_hits(&(struct ovf_listing_query){.operator_icao = "SIX"}, "");
    end();
    begin();
    add("a", "2024-01-10", "id,name\nE1,SIM AIR\n");
    assert_int_equal(ovf_listings_link_operator(listings, "SIM", "a", "E2", "x"), OVF_OK);
    assert_int_equal(ovf_listings_seal(listings, &err), OVF_E_NOTFOUND);
    assert_non_null(strstr(err.text, "E2"));
    end();
}

static void an_entry_is_known_by_what_any_of_its_editions_says(void **state)
{
    (void)state;
    begin();
    add("a", "2022-01-10", "id,registration,msn,model\n1,XX-A,55,A310\n");
    add("a", "2024-01-10", "id,registration,msn,model\n1,XX-B,55,A310\n");
    add("b", "2024-01-10", "id,registration,msn,model\n1,XX-C,55,A310-304\n");
    seal();
    assert_hits(&(struct ovf_listing_query){.registration = "XX-A"}, "tail_exact_other_date:1");
    assert_true(ovf_bytes_equal_text(
        ovf_listing_value(hits[0].listing, OVF_LISTING_REGISTRATION, 0), "XX-A"));
    assert_true(ovf_bytes_equal_text(
        ovf_listing_value(hits[0].listed->newest, OVF_LISTING_REGISTRATION, 0), "XX-B"));
    assert_int_equal(hits[0].listed->n_in_force, 1);
    assert_hits(&(struct ovf_listing_query){.msn = "55", .model = "A310"},
                "msn_exact:1 msn_exact:1");
    assert_string_equal(hits[0].listed->list, "a");
    assert_string_equal(hits[1].listed->list, "b");
    end();
}

static void the_newest_text_that_matches_is_told(void **state)
{
    (void)state;
    begin();
    add("a", "2022-01-10", "id,registration,msn,model\n1,XX-A,55,A310\n");
    add("a", "2023-01-10", "id,registration,msn,model\n1,XX-A,55,A310-304\n");
    add("a", "2024-01-10", "id,registration,msn,model\n1,XX-A,55,B727\n");
    seal();
    assert_hits(&(struct ovf_listing_query){.registration = "XX-A"}, "tail_exact_other_date:1");
    assert_true(
        ovf_bytes_equal_text(ovf_listing_value(hits[0].listing, OVF_LISTING_MODEL, 0), "B727"));
    assert_hits(&(struct ovf_listing_query){.msn = "55", .model = "A310"}, "msn_exact:1");
    assert_true(
        ovf_bytes_equal_text(ovf_listing_value(hits[0].listing, OVF_LISTING_MODEL, 0), "A310-304"));
    end();
}

static void an_entry_that_matches_itself_does_not_need_another(void **state)
{
    (void)state;
    begin();
    add("a", "2024-01-10", "id,registration,msn,model\n1,XX-A,55,A310\n");
    add("b", "2024-01-10", "id,registration,msn,model\n2,XX-A,55,A310\n");
    seal();
    assert_hits(&(struct ovf_listing_query){.registration = "XX-A",
                                            .has_registration_date = true,
                                            .registration_date_ns = day("2024-01-10")},
                "tail_exact_at_date:1 tail_exact_at_date:2");
    end();
}

static void no_more_hits_are_written_than_there_is_room_for(void **state)
{
    (void)state;
    char csv[4096] = "id,registration\n";
    for (int i = 0; i < 40; i++) {
        const size_t used = strlen(csv);
        (void)snprintf(csv + used, sizeof csv - used, "%d,XX-A\n", 100 + i);
    }
    begin();
    add("a", "2024-01-10", csv);
    seal();
    const struct ovf_listing_query query = {.registration = "XX-A"};
    assert_int_equal(ovf_listings_match(listings, &query, hits), OVF_LISTING_MAX_HITS);
    end();
}

static void nothing_is_in_an_empty_book(void **state)
{
    (void)state;
    begin();
    seal();
    assert_hits(&(struct ovf_listing_query){.registration = "XX-A", .operator_icao = "SIM"}, "");
    assert_null(ovf_listings_at(listings, 0));
    end();
}

/* ---- looking up ---- */

static enum ovf_status take_found(void *context, const struct ovf_listed *listed,
                                  struct ovf_listing listing, enum ovf_listing_key key)
{
    char *const out = context;
    const size_t used = strlen(out);
    (void)listing;
    (void)snprintf(out + used, 256 - used, "%.*s:%s ", (int)listed->id.len,
                   (const char *)listed->id.data, ovf_listing_key_name(key));
    return OVF_OK;
}

static void people_find_entries_by_identifiers_and_parts_of_names(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *want;
    } cases[] = {{"E1", "E1:id "},
                 {"xxmna", "1:registration "},
                 {"F10031", "1:icao24 "},
                 {"24 383", "1:msn "},
                 {"sim a", "1:operator E1:name "},
                 {"mna", "1:name "},
                 {"", ""},
                 {"nobody", ""}};
    begin();
    add("a", "2024-01-10",
        "id,name,registration,icao24,msn,operator\nE1,Sim Air,,,,\n1,MNA,XX-MNA,f10031,24383,SIM "
        "AIR\n");
    seal();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char got[256] = "";
        assert_int_equal(
            ovf_listings_search(listings, ovf_bytes_from_text(cases[i].text), take_found, got),
            OVF_OK);
        assert_string_equal(got, cases[i].want);
    }
    end();
}

/* ---- families ---- */

static bool same_family(const char *a, const char *b)
{
    return ovf_model_same_family(ovf_bytes_from_text(a), ovf_bytes_from_text(b)) &&
           ovf_model_same_family(ovf_bytes_from_text(b), ovf_bytes_from_text(a));
}

static void models_are_of_a_family_however_they_are_written(void **state)
{
    (void)state;
    static const char *const same[][2] = {
        {"IL76-TD", "Ilyushin IL-76TD"},
        {"IL-76MD", "IL76"},
        {"B.747-422", "Boeing B747"},
        {"B747-3B3", "B743"},
        {"A320-232", "A320"},
        {"B.146-300", "BAe 146-300"},
        {"BAe RJ85", "RJ85"},
        {"BAe-146 Avro RJ100", "RJ1H"},
        {"T154-B", "Tu-154M"},
        {"TU-154", "T154"},
        {"Airbus A340-642", "A346"},
        {"A340-311", "A343"},
        {"A300B4-605R", "A306"},
        {"An-74TK-200", "AN72"},
        {"AN-124", "A124"},
        {"ATR-72-212A", "AT72"},
        {"Hawker 800XP", "H25B"},
        {"EMB135", "E135"},
        {"GVI G650", "GLF6"},
        {"BD700-1A10 Global 6000", "GLEX"},
        {"B.737-8EV BBJ2", "B738"},
        {"Unknown-9 X", "UNKNOWN9X"},
        {"B 737", "B737"},
        {"CRJ-200ER", "CRJ2"},
        {"1900D", "B190"},
        {"Learjet 45", "LJ45"},
    };
    static const char *const other[][2] = {
        {"Gulfstream 200", "Falcon 900B"},
        {"AN-124", "AN-12"},
        {"A320", "A321"},
        {"B747", "B737"},
        {"A330", "A340"},
        {"A300", "A310"},
        {"IL-76", "IL-62"},
        {"Unknown-9", "A320"},
        {"", ""},
        {"", "A320"},
        {"Unknown-9", "Unknown-8"},
        {"F28", "F100"},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        if (!same_family(same[i][0], same[i][1]))
            print_error("%s, %s\n", same[i][0], same[i][1]);
        assert_true(same_family(same[i][0], same[i][1]));
    }
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        assert_false(same_family(other[i][0], other[i][1]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_edition_says_what_is_in_force_on_its_day_and_between_two_that_agree),
        cmocka_unit_test(runs_of_editions_have_the_days_around_them),
        cmocka_unit_test(an_entrys_own_days_are_believed_within_what_its_editions_say),
        cmocka_unit_test(each_entry_is_hit_once_by_its_strongest_match),
        cmocka_unit_test(a_tail_is_at_the_flights_date_within_30_days),
        cmocka_unit_test(an_operator_is_hit_only_where_it_was_linked),
        cmocka_unit_test(an_entry_is_known_by_what_any_of_its_editions_says),
        cmocka_unit_test(the_newest_text_that_matches_is_told),
        cmocka_unit_test(an_entry_that_matches_itself_does_not_need_another),
        cmocka_unit_test(no_more_hits_are_written_than_there_is_room_for),
        cmocka_unit_test(nothing_is_in_an_empty_book),
        cmocka_unit_test(people_find_entries_by_identifiers_and_parts_of_names),
        cmocka_unit_test(models_are_of_a_family_however_they_are_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
