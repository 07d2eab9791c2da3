/* SPDX-License-Identifier: Apache-2.0 */
/* A day of 100,000 crossings against 50,000 permits and three lists, from the store and back into it: how long
 * judging takes, and of that reading the store and the permits, and the rules. Two seconds of processor time are
 * asked of the rules. The whole takes more than four, one to read and almost two to put 127,000 findings: that is
 * told, and not held to two. All of it is made up from a fixed seed. */
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

/** Seconds of processor time that judging takes, with files and store read and findings put; and what of these
 * the rules take. */
static void judge(struct ovf_open_case *open, const struct ovf_question *question, double *all_s,
                  double *rules_s, size_t *n_findings)
{
    struct ovf_judgement judgement = {.now_ns = 0};
    struct ovf_error err = {""};
    clock_t begin = clock();
    if (ovf_judge(open, question, NULL, day_ns, &judgement, &err) != OVF_OK)
        fail_msg("%s", err.text);
    *all_s = seconds_since(begin);
    *n_findings = judgement.findings.n;
    ovf_findings_deinit(&judgement.findings);
    free(judgement.permits.exemptions);
    begin = clock();
    assert_int_equal(ovf_judgement_apply(&judgement), OVF_OK);
    *rules_s = seconds_since(begin);
    assert_int_equal(judgement.findings.n, *n_findings);
    ovf_judgement_deinit(&judgement);
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

static void a_day_is_judged_by_all_rules_in_two_seconds(void **state)
{
    (void)state;
    struct ovf_open_case open = {.path = NULL};
    struct ovf_question question = {0};
    struct ovf_error err = {""};
    struct ovf_scan_request asked;
    char path[200];
    size_t n_findings;
    if (access(OVF_BUILD_PACK, R_OK) != 0) {
        print_message("skipped: no pack\n");
        skip();
    }
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text("2024-07-01"), &day_ns));
    struct gpkg_fixture f = gpkg_fixture_open();
    fill(&f);
    (void)snprintf(path, sizeof path, "%s/case.yaml", f.folder);
    const struct ovf_scan_request given = {
        .pack_path = OVF_BUILD_PACK, .format = "ndjson", .jobs = "1", .store_path = f.path};
    assert_int_equal(ovf_open_case(path, &open, &err), OVF_OK);
    assert_int_equal(ovf_case_request(&open, &given, &asked, &err), OVF_OK);
    if (ovf_question_make(&asked, &open, &question, &err) != OVF_OK)
        fail_msg("%s", err.text);
    double all_s;
    double rules_s;
    const double read_s = read_all(&open, question.store_path);
    judge(&open, &question, &all_s, &rules_s, &n_findings);
    print_message(
        "%zu findings: %.2f s of processor time, of these reading %.2f s, the rules %.2f s\n",
        n_findings, all_s, read_s, rules_s);
    assert_true(n_findings > N_CROSSINGS);
    if (!OVF_SANITIZED)
        assert_true(rules_s < 2.0);
    ovf_question_deinit(&question);
    ovf_open_case_close(&open);
    remove_files(f.folder);
    gpkg_fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_is_judged_by_all_rules_in_two_seconds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
