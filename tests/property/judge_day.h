/* SPDX-License-Identifier: Apache-2.0 */
/* A day of crossings against permits and three lists, made up from a fixed seed: a store, a case and its files. */
#ifndef OVF_TESTS_JUDGE_DAY_H
#define OVF_TESTS_JUDGE_DAY_H

#include "test.h"

#include "gpkg_fixture.h"
#include "question/of_case.h"
#include "run/judge.h"
#include "simulate/random.h"

/** How much of it there is. */
struct judge_day {
    unsigned n_crossings;
    unsigned n_flights;
    unsigned n_permits;
    unsigned n_listed;
    unsigned n_aircraft;
    unsigned n_operators;
    unsigned flights_max; /* of every other permit; 0: of none */
};

static int64_t day_ns;

static unsigned below(struct ovf_random *random, unsigned n)
{
    return (unsigned)(ovf_random_next(random) % n);
}

static FILE *open_in(const char *folder, const char *name)
{
    char path[200];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *const file = fopen(path, "w");
    assert_non_null(file);
    return file;
}

static void write_files(const struct judge_day *day, const char *folder, struct ovf_random *random)
{
    FILE *file = open_in(folder, "permits.csv");
    fputs("permit_no,operator_icao,registrations,valid_from,valid_to,flights_max\n", file);
    for (unsigned i = 0; i < day->n_permits; i++) {
        fprintf(file, "P%u,X%c%c,XX-%u,2024-0%u-01,2024-0%u-20,", i, 'A' + i / 26 % 12,
                'A' + i % 26, below(random, day->n_aircraft), 1 + i % 9, 1 + i % 9);
        if (day->flights_max > 0 && i % 2 == 0)
            fprintf(file, "%u", day->flights_max);
        fputs("\n", file);
    }
    (void)fclose(file);
    for (unsigned list = 0; list < 3; list++) {
        char name[20];
        (void)snprintf(name, sizeof name, "list%u.csv", list);
        file = open_in(folder, name);
        fputs("id,registration,icao24,name,programme\n", file);
        for (unsigned i = 0; i < day->n_listed; i++)
            fprintf(file, "%u,XX-%u,%06x,Aircraft %u,SIM\n", i, below(random, day->n_aircraft),
                    0xF10000 + below(random, day->n_aircraft), i);
        (void)fclose(file);
    }
    file = open_in(folder, "case.yaml");
    fputs("case: day\nwatches:\n  - {name: w, over: [IQ]}\n"
          "permits:\n"
          "  - {state: IQ, file: permits.csv, covers_from: 2024-01-01, covers_to: 2024-12-31}\n"
          "lists:\n"
          "  - {name: a, file: list0.csv, date: 2024-01-01}\n"
          "  - {name: b, file: list1.csv, date: 2024-02-01}\n"
          "  - {name: c, file: list2.csv, date: 2024-03-01}\n",
          file);
    (void)fclose(file);
}

/** An aircraft of some operator; the crossing enters at some second of the day. */
struct made {
    char id[OVF_ID_SIZE];
    char flight[OVF_ID_SIZE];
    char icao24[8];
    char callsign[10];
    char registration[12];
    struct ovf_store_time entry;
    struct ovf_store_time exit;
};

static struct made make(const struct judge_day *day, struct ovf_random *random, unsigned i)
{
    struct made made;
    const unsigned aircraft = below(random, day->n_aircraft);
    const int64_t entry_ns = day_ns + (int64_t)below(random, 80000) * OVF_NS_PER_S;
    const unsigned carrier = below(random, day->n_operators);
    (void)snprintf(made.id, sizeof made.id, "%032x", i);
    (void)snprintf(made.flight, sizeof made.flight, "%032x", i % day->n_flights);
    (void)snprintf(made.icao24, sizeof made.icao24, "%06x", 0xF10000 + aircraft);
    (void)snprintf(made.registration, sizeof made.registration, "XX-%u", aircraft);
    (void)snprintf(made.callsign, sizeof made.callsign, "X%c%c%u", 'A' + carrier / 26,
                   'A' + carrier % 26, i % 1000);
    made.entry = (struct ovf_store_time){true, entry_ns};
    made.exit = (struct ovf_store_time){true, entry_ns + 1800 * OVF_NS_PER_S};
    return made;
}

static void put(const struct judge_day *day, struct gpkg_fixture *f, struct ovf_random *random,
                unsigned i)
{
    const struct made made = make(day, random, i);
    const struct ovf_store_crossing row = {.id = made.id,
                                           .rev = "1",
                                           .icao24 = made.icao24,
                                           .callsign = made.callsign,
                                           .registration = made.registration,
                                           .registration_source = "trace_header",
                                           .airspace = "IQ",
                                           .kind = "country",
                                           .role = "overflight",
                                           .class = "observed",
                                           .entry_time_min = made.entry,
                                           .entry_time_max = made.entry,
                                           .exit_time_min = made.exit,
                                           .exit_time_max = made.exit,
                                           .flight_id = made.flight,
                                           .journey_id = made.flight,
                                           .flight_start = made.entry,
                                           .flight_end = made.exit,
                                           .watches = "w",
                                           .simulated = true};
    const struct ovf_store_flight flight = {.id = made.flight,
                                            .rev = "1",
                                            .icao24 = made.icao24,
                                            .callsign = made.callsign,
                                            .registration = made.registration,
                                            .registration_source = "trace_header",
                                            .journey_id = made.flight,
                                            .journey_leg = {true, 1},
                                            .flight_start = made.entry,
                                            .flight_end = made.exit,
                                            .simulated = true};
    assert_int_equal(ovf_store_put_crossing(f->store, &row, &f->err), OVF_OK);
    if (i < day->n_flights)
        assert_int_equal(ovf_store_put_flight(f->store, &flight, &f->err), OVF_OK);
}

static struct gpkg_fixture judge_day_open(const struct judge_day *day)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    struct ovf_random random = ovf_random_stream(1, 0, 0);
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text("2024-07-01"), &day_ns));
    write_files(day, f.folder, &random);
    gpkg_begin(&f, 1);
    for (unsigned i = 0; i < day->n_crossings; i++)
        put(day, &f, &random, i);
    const struct ovf_store_completeness row = {
        .id = "d", .day = {true, day_ns}, .fixes = {true, 1000000}};
    assert_int_equal(ovf_store_put_completeness(f.store, &row, &f.err), OVF_OK);
    gpkg_commit(&f);
    ovf_store_close(f.store);
    f.store = NULL;
    return f;
}

/** The folder's files go as well. */
static void judge_day_close(struct gpkg_fixture *f)
{
    static const char *const names[] = {"permits.csv", "list0.csv", "list1.csv", "list2.csv",
                                        "case.yaml"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[200];
        (void)snprintf(path, sizeof path, "%s/%s", f->folder, names[i]);
        (void)unlink(path);
    }
    gpkg_fixture_close(f);
}

/** What is judged, and of what. */
struct judged_day {
    struct ovf_open_case open;
    struct ovf_question question;
    struct ovf_judgement judgement;
};

/** Opens the case, judges with \p jobs, and prints. */
static void judged_day_make(struct gpkg_fixture *f, const char *jobs, const struct ovf_sink *sink,
                            struct judged_day *out)
{
    char path[200];
    struct ovf_question_request asked;
    const struct ovf_question_request given = {
        .pack_path = OVF_BUILD_PACK, .format = "ndjson", .jobs = jobs, .store_path = f->path};
    *out = (struct judged_day){.judgement = {.now_ns = 0}};
    (void)snprintf(path, sizeof path, "%s/case.yaml", f->folder);
    assert_int_equal(ovf_open_case(path, &out->open, &f->err), OVF_OK);
    assert_int_equal(ovf_case_request(&out->open, &given, &asked, &f->err), OVF_OK);
    if (ovf_question_make(&asked, &out->open, &out->question, &f->err) != OVF_OK)
        fail_msg("%s", f->err.text);
    if (ovf_judge(&out->open, &out->question, NULL, day_ns, &out->judgement, &f->err) != OVF_OK)
        fail_msg("%s", f->err.text);
    assert_int_equal(ovf_judgement_print(&out->judgement, OVF_FORMAT_NDJSON, sink), OVF_OK);
}

static void judged_day_deinit(struct judged_day *day)
{
    ovf_judgement_deinit(&day->judgement);
    ovf_question_deinit(&day->question);
    ovf_open_case_close(&day->open);
}

#endif
