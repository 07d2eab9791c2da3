/* SPDX-License-Identifier: Apache-2.0 */
/* A store's rows as rules see them, and rows that are said no longer. */
#include "test.h"

#include "gpkg_fixture.h"
#include "store/subjects.h"

static struct ovf_store_time at(int64_t s)
{
    return (struct ovf_store_time){true, s * OVF_NS_PER_S};
}

/** A crossing that begins at second 1000 of its flight, unless \p inside: then it began inside. */
static void put_crossing(struct gpkg_fixture *f, const char *id, int64_t start_s, bool inside)
{
    const struct ovf_store_crossing row = {
        .id = id,
        .rev = "1",
        .icao24 = "f10001",
        .callsign = "SIM151",
        .airspace = "IQ",
        .kind = "country",
        .role = "overflight",
        .class = "bracketed",
        .entry_time_min = inside ? (struct ovf_store_time){false, 0} : at(start_s + 1000),
        .entry_time_max = inside ? (struct ovf_store_time){false, 0} : at(start_s + 1030),
        .entry_earliest = inside ? (struct ovf_store_time){false, 0} : at(start_s + 1005),
        .entry_latest = inside ? (struct ovf_store_time){false, 0} : at(start_s + 1020),
        .entry_alt_baro_ft = {true, 34000},
        .alt_baro_min_ft = {true, 33000},
        .alt_baro_throughout = true,
        .from_airport = "OIIE",
        .from_country = "IR",
        .from_kind = "observed",
        .from_score = {true, 0.9},
        .to_airport = "OSDI", /* stated, which is nothing to judge by */
        .to_country = "SY",
        .to_kind = "stated",
        .flight_id = "flight",
        .flight_start = at(start_s),
        .flight_end = at(start_s + 7200),
        .watches = "a,b",
        .simulated = true,
    };
    assert_int_equal(ovf_store_put_crossing(f->store, &row, &f->err), OVF_OK);
}

static void test_crossings_come_in_order_of_entry(void **state)
{
    (void)state;
    struct gpkg_fixture f = gpkg_fixture_open();
    struct ovf_subjects subjects = {0};
    gpkg_begin(&f, 1);
    put_crossing(&f, "late", 5000, false);
    put_crossing(&f, "inside", 1500, true);
    put_crossing(&f, "early", 0, false);
    gpkg_commit(&f);
    assert_int_equal(ovf_subjects_read_db(ovf_store_db(f.store), &subjects, &f.err), OVF_OK);
    assert_int_equal(subjects.n, 3);
    assert_string_equal(subjects.items[0].id, "early");
    assert_string_equal(subjects.items[1].id, "inside");
    assert_string_equal(subjects.items[2].id, "late");
    assert_false(subjects.items[1].entry.is_known);
    const struct ovf_subject *const early = &subjects.items[0];
    assert_true(early->entry.is_known);
    assert_true(early->entry.min_ns == 1005 * OVF_NS_PER_S);
    assert_true(early->entry.max_ns == 1020 * OVF_NS_PER_S);
    assert_int_equal(early->class, OVF_CLASS_BRACKETED);
    assert_int_equal(early->aircraft.address, 0xF10001);
    assert_string_equal(early->aircraft.registration, "");
    assert_string_equal(early->from.airport, "OIIE");
    assert_string_equal(early->to.airport, "");
    assert_string_equal(early->to.country, "");
    assert_near(early->from.score, 0.9, 0);
    assert_true(isnan(early->exit_alt_baro_ft));
    assert_near(early->alt_baro_min_ft, 33000, 0);
    assert_true(isnan(early->alt_baro_max_ft) && early->alt_baro_throughout);
    assert_string_equal(early->watches, "a,b");
    assert_true(early->flight_end_ns == 7200 * OVF_NS_PER_S);
    ovf_subjects_deinit(&subjects);
    gpkg_fixture_close(&f);
}

static void test_days_with_data_stand_once(void **state)
{
    (void)state;
    struct gpkg_fixture f = gpkg_fixture_open();
    struct ovf_subjects subjects = {0};
    static const struct {
        const char *id;
        int64_t day_s;
        int64_t fixes;
    } rows[] = {{"a1", 86400, 5}, {"b1", 86400, 7}, {"a3", 3 * 86400, 0}, {"a0", 0, 1}};
    gpkg_begin(&f, 1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct ovf_store_completeness row = {
            .id = rows[i].id, .day = at(rows[i].day_s), .fixes = {true, rows[i].fixes}};
        assert_int_equal(ovf_store_put_completeness(f.store, &row, &f.err), OVF_OK);
    }
    gpkg_commit(&f);
    assert_int_equal(ovf_subjects_read_db(ovf_store_db(f.store), &subjects, &f.err), OVF_OK);
    assert_int_equal(subjects.n_days_with_data, 2);
    assert_true(subjects.days_with_data[0] == 0);
    assert_true(subjects.days_with_data[1] == OVF_NS_PER_DAY);
    ovf_subjects_deinit(&subjects);
    gpkg_fixture_close(&f);
}

static void put_finding(struct gpkg_fixture *f, const char *id, const char *rev)
{
    const struct ovf_store_finding row = {.id = id, .rev = rev, .rule = "r/1", .verdict = "v"};
    assert_int_equal(ovf_store_put_finding(f->store, &row, &f->err), OVF_OK);
}

static void test_what_is_said_no_longer_is_retracted(void **state)
{
    static const struct ovf_text_item said[] = {{"a", 0}, {"c", 1}};
    (void)state;
    struct gpkg_fixture f = gpkg_fixture_open();
    gpkg_begin(&f, 1);
    put_finding(&f, "b", "1");
    put_finding(&f, "a", "1");
    gpkg_commit(&f);
    gpkg_begin(&f, 2);
    assert_int_equal(ovf_store_retract_others(f.store, OVF_STORE_FINDING, said, 2, &f.err), OVF_OK);
    put_finding(&f, "a", "1");
    put_finding(&f, "c", "1");
    gpkg_commit(&f);
    gpkg_assert_text(&f, "SELECT group_concat(id) FROM (SELECT id FROM findings ORDER BY id)",
                     "a,c");
    gpkg_assert_text(&f, "SELECT id FROM revisions", "b");
    gpkg_fixture_close(&f);
}

/** A part of the stay of a flight that is unheard from each given hour to half past it. */
static void put_part(struct gpkg_fixture *f, const char *id, const char *airspace, int from_h,
                     int to_h)
{
    const struct ovf_store_crossing row = {
        .id = id,
        .rev = "1",
        .icao24 = "f10001",
        .airspace = airspace,
        .kind = "country",
        .role = "arrival",
        .class = "bracketed",
        .entry_time_min = at(from_h * 3600),
        .entry_time_max = at(from_h * 3600 + 1800),
        .entry_perhaps_stayed = from_h > 1,
        .exit_time_min = at(to_h * 3600),
        .exit_time_max = at(to_h * 3600 + 1800),
        .exit_perhaps_stayed = to_h < 9,
        .flight_id = "flight",
        .flight_start = at(0),
        .flight_end = at(36000),
    };
    assert_int_equal(ovf_store_put_crossing(f->store, &row, &f->err), OVF_OK);
}

static void test_crossings_between_which_it_perhaps_stayed_are_one_stay(void **state)
{
    (void)state;
    struct gpkg_fixture f = gpkg_fixture_open();
    struct ovf_subjects subjects = {0};
    gpkg_begin(&f, 1);
    put_part(&f, "c", "IQ", 5, 9);
    put_part(&f, "b", "IQ", 3, 5);
    put_part(&f, "a", "IQ", 1, 3);
    put_part(&f, "orphan", "IR", 4, 9); /* what was before its gap is not in the store */
    gpkg_commit(&f);
    assert_int_equal(ovf_subjects_read_db(ovf_store_db(f.store), &subjects, &f.err), OVF_OK);
    assert_int_equal(subjects.n, 4);
    const struct ovf_subject *const orphan = &subjects.items[2];
    const struct ovf_subject *const last = &subjects.items[3];
    assert_string_equal(last->id, "c");
    assert_string_equal(last->stay_id, "a");
    assert_string_equal(subjects.items[1].stay_id, "a");
    assert_int_equal(ovf_subject_stay_entered(last).min_ns, at(3600).t_ns);
    assert_int_equal(ovf_subject_stay_entered(last).max_ns, at(5 * 3600 + 1800).t_ns);
    assert_int_equal(ovf_subject_entered(last).min_ns, at(5 * 3600).t_ns);
    assert_true(ovf_subject_arrives(last));
    assert_false(ovf_subject_arrives(&subjects.items[0]));
    assert_string_equal(orphan->stay_id, "orphan");
    assert_int_equal(ovf_subject_stay_entered(orphan).min_ns, at(0).t_ns);
    ovf_subjects_deinit(&subjects);
    gpkg_fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_crossings_come_in_order_of_entry),
        cmocka_unit_test(test_crossings_between_which_it_perhaps_stayed_are_one_stay),
        cmocka_unit_test(test_days_with_data_stand_once),
        cmocka_unit_test(test_what_is_said_no_longer_is_retracted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
