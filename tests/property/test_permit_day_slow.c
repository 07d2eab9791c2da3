/* SPDX-License-Identifier: Apache-2.0 */
/* A day of 100,000 crossings against 50,000 permits: how long judging takes. Every fiftieth permit is of
 * years, so that what was over long ago stands among what is not. */
#include "test.h"

#include <string.h>
#include <time.h>

#include "base/buffer.h"
#include "base/time.h"
#include "rules/permit.h"
#include "simulate/random.h"

enum { N_PERMITS = 50000, N_CROSSINGS = 100000, N_OPERATORS = 300, N_AIRCRAFT = 8000 };

static unsigned below(struct ovf_random *random, unsigned n)
{
    return (unsigned)(ovf_random_next(random) % n);
}

static void put_name(unsigned n, char letter, char text[4])
{
    text[0] = letter;
    text[1] = (char)('A' + n / 26 % 26);
    text[2] = (char)('A' + n % 26);
    text[3] = '\0';
}

static void make_list(struct ovf_random *random, struct ovf_permit_list *out)
{
    struct ovf_buffer text = {0};
    struct ovf_permit_about about;
    struct ovf_error err = {0};
    int64_t begin_ns = 0;
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text("2024-01-01"), &begin_ns));
    assert_int_equal(ovf_permit_about_read("IQ", "2024-01-01/2024-12-31", NULL, &about, &err),
                     OVF_OK);
    enum ovf_status st = ovf_buffer_append_text(
        &text, "permit_no,operator_icao,registrations,valid_from,valid_to,flights_max\n");
    for (unsigned i = 0; i < N_PERMITS && st == OVF_OK; i++) {
        char from[OVF_TIME_SIZE];
        char to[OVF_TIME_SIZE];
        char name[4];
        const int64_t from_ns = begin_ns + (int64_t)below(random, 365) * OVF_NS_PER_DAY;
        ovf_time_format(i % 50 == 0 ? begin_ns : from_ns, 0, from);
        ovf_time_format(from_ns + (i % 50 == 0 ? 300 : 3) * OVF_NS_PER_DAY, 0, to);
        put_name(below(random, N_OPERATORS), 'X', name);
        st = ovf_buffer_printf(&text, "P%u,%s,XX-%u,%s,%s,%u\n", i, name, below(random, N_AIRCRAFT),
                               from, to, 1 + below(random, 4));
    }
    assert_int_equal(st, OVF_OK);
    assert_int_equal(ovf_permit_list_read(ovf_buffer_bytes(&text), &about, out, &err), OVF_OK);
    assert_int_equal(out->n, N_PERMITS);
    ovf_buffer_deinit(&text);
}

struct names {
    char id[8];
    char flight[8];
    char callsign[12];
    char registration[12];
};

static void make_crossing(struct ovf_random *random, unsigned i, int64_t day_ns,
                          struct names *names, struct ovf_subject *out)
{
    const int64_t entry_ns = day_ns + (int64_t)below(random, 86400) * OVF_NS_PER_S;
    (void)snprintf(names->id, sizeof names->id, "%u", i);
    (void)snprintf(names->flight, sizeof names->flight, "%u", i * 9 / 10);
    (void)snprintf(names->registration, sizeof names->registration, "XX-%u",
                   below(random, N_AIRCRAFT));
    put_name(below(random, N_OPERATORS), 'X', names->callsign);
    (void)snprintf(names->callsign + 3, sizeof names->callsign - 3, "%u", below(random, 1000));
    *out =
        (struct ovf_subject){.id = names->id,
                             .flight_id = names->flight,
                             .journey_id = "",
                             .aircraft = {0, "", names->callsign, names->registration, "", "", ""},
                             .airspace = "IQ",
                             .kind = "country",
                             .edition = "",
                             .entry = {true, entry_ns, entry_ns + 10 * OVF_NS_PER_S},
                             .from = {"", "", "unknown", 0.0},
                             .to = {"", "", "unknown", 0.0}};
}

static void a_day_is_judged_in_well_under_a_second(void **state)
{
    (void)state;
    struct ovf_random random = ovf_random_stream(1, 0, 0);
    struct ovf_permit_list list = {0};
    struct ovf_subject *const subjects = calloc(N_CROSSINGS, sizeof *subjects);
    struct names *const names = calloc(N_CROSSINGS, sizeof *names);
    struct ovf_permit_answer *const answers = calloc(N_CROSSINGS, sizeof *answers);
    struct ovf_findings findings = {0};
    size_t n_permitted = 0;
    int64_t day_ns = 0;
    assert_non_null(subjects);
    assert_non_null(names);
    assert_non_null(answers);
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text("2024-07-01"), &day_ns));
    make_list(&random, &list);
    for (unsigned i = 0; i < N_CROSSINGS; i++)
        make_crossing(&random, i, day_ns, &names[i], &subjects[i]);
    const struct ovf_permit_question question = {.lists = &list, .n_lists = 1};
    const clock_t begin = clock();
    assert_int_equal(ovf_permits_judge(&question, subjects, N_CROSSINGS, answers), OVF_OK);
    const double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    ovf_permits_find(&question, subjects, answers, N_CROSSINGS, &findings);
    const double with_findings_s = (double)(clock() - begin) / CLOCKS_PER_SEC;
    assert_int_equal(findings.status, OVF_OK);
    assert_int_equal(findings.n, N_CROSSINGS);
    for (size_t i = 0; i < N_CROSSINGS; i++)
        n_permitted += answers[i].permit != NULL;
    print_message("%.3f s of processor time, %.3f s with the findings; a permit for %zu of %d\n",
                  seconds, with_findings_s, n_permitted, N_CROSSINGS);
    assert_true(n_permitted > N_CROSSINGS / 2);
    if (!OVF_SANITIZED)
        assert_true(seconds < 1.0 && with_findings_s < 1.5);
    ovf_findings_deinit(&findings);
    ovf_permit_list_deinit(&list);
    free(subjects);
    free(names);
    free(answers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_is_judged_in_well_under_a_second),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
