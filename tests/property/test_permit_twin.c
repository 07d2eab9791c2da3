/* SPDX-License-Identifier: Apache-2.0 */
/* Judging by permits against a plain twin: every crossing beside every permit of every list, written after
 * the rules' own words. Two lists of forty permits, sixty crossings, over ten days and few names, so that
 * many permits come into question; seeds 1 to 300 (30 under sanitizers). */
#include "test.h"

#include <string.h>

#include "base/buffer.h"
#include "base/time.h"
#include "rules/permit.h"
#include "simulate/random.h"

enum { N_PERMITS = 40, N_CROSSINGS = 60, N_SEEDS = OVF_SANITIZED ? 30 : 300 };

#define HOUR_NS (INT64_C(3600) * OVF_NS_PER_S)

static int64_t first_day_ns;

static unsigned below(struct ovf_random *random, unsigned n)
{
    return (unsigned)(ovf_random_next(random) % n);
}

/** One of \p n texts, or "" once in \p empty. */
static const char *pick(struct ovf_random *random, const char *const *texts, unsigned n,
                        unsigned empty)
{
    return empty > 0 && below(random, empty) == 0 ? "" : texts[below(random, n)];
}

static const char *const operators[] = {"SIM", "SIN"};
static const char *const callsigns[] = {"SIM1", "SIM2", "SIN1", "XXAAA"};
static const char *const registrations[] = {"XX-AAA", "XX-AAB", "XX-AAC"};
static const char *const types[] = {"A320", "B77W"};
static const char *const airports[] = {"OIIE", "OSDI"};

/* ---- a world ---- */

struct world {
    struct ovf_permit_list lists[2];
    struct ovf_subject crossings[N_CROSSINGS];
    char ids[N_CROSSINGS][8];
    char flights[N_CROSSINGS][8];
};

static void put_row(struct ovf_random *random, struct ovf_buffer *text)
{
    static const char *const statuses[] = {"issued", "issued", "issued", "refused", "revoked"};
    static const char *const kinds[] = {"overflight", "block", "landing"};
    static const char *const days[] = {"", "", "", "135", "246"};
    static const char *const flights_max[] = {"", "", "1", "2"};
    char from[OVF_TIME_SIZE];
    char to[OVF_TIME_SIZE];
    const int64_t from_ns = first_day_ns + (int64_t)below(random, 240) * HOUR_NS;
    ovf_time_format(from_ns, 0, from);
    ovf_time_format(from_ns + (int64_t)below(random, 60) * HOUR_NS, 0, to);
    const char *operator_icao = pick(random, operators, 2, 2);
    const char *callsign = pick(random, callsigns, 4, 2);
    const char *registration = pick(random, registrations, 3, 2);
    if (operator_icao[0] == '\0' && callsign[0] == '\0')
        registration = registrations[0];
    assert_int_equal(
        ovf_buffer_printf(
            text, "%u,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s\n", below(random, 30), operator_icao,
            callsign, registration, from, to, statuses[below(random, 5)], kinds[below(random, 3)],
            pick(random, types, 2, 2), pick(random, airports, 2, 3), days[below(random, 5)],
            flights_max[below(random, 4)], below(random, 4) == 0 ? "fir" : "country"),
        OVF_OK);
}

static void make_list(struct ovf_random *random, const char *covers, struct ovf_permit_list *out)
{
    struct ovf_buffer text = {0};
    struct ovf_permit_about about;
    struct ovf_error err = {0};
    assert_int_equal(ovf_permit_about_read("IQ", covers, "ORBB", &about, &err), OVF_OK);
    assert_int_equal(
        ovf_buffer_append_text(&text, "permit_no,operator_icao,callsigns,registrations,valid_from,"
                                      "valid_to,status,kind,types,adep,days_mask,flights_max,"
                                      "airspace\n"),
        OVF_OK);
    for (int i = 0; i < N_PERMITS; i++)
        put_row(random, &text);
    assert_int_equal(ovf_permit_list_read(ovf_buffer_bytes(&text), &about, out, &err), OVF_OK);
    assert_int_equal(ovf_permit_counts_rejected(&out->counts), 0);
    ovf_buffer_deinit(&text);
}

static void make_crossing(struct ovf_random *random, struct world *world, unsigned i)
{
    static const char *const kinds[] = {"observed", "inferred"};
    struct ovf_subject *const s = &world->crossings[i];
    const int64_t min_ns = first_day_ns + (int64_t)below(random, 260) * HOUR_NS;
    const int64_t max_ns = min_ns + (int64_t)below(random, 4) * 2 * HOUR_NS;
    (void)snprintf(world->ids[i], sizeof world->ids[i], "%u", i);
    (void)snprintf(world->flights[i], sizeof world->flights[i], "%u", below(random, 40));
    *s = (struct ovf_subject){.id = world->ids[i],
                              .flight_id = world->flights[i],
                              .journey_id = "",
                              .airspace = "IQ",
                              .kind = "country",
                              .edition = "",
                              .class = OVF_CLASS_OBSERVED,
                              .entry = {below(random, 20) > 0, min_ns, max_ns},
                              .flight_start_ns = max_ns,
                              .entry_lat_deg = (double)NAN,
                              .entry_lon_deg = (double)NAN,
                              .exit_lat_deg = (double)NAN,
                              .exit_lon_deg = (double)NAN,
                              .to = {"", "", "unknown", 0.0}};
    s->aircraft.callsign = pick(random, callsigns, 4, 6);
    s->aircraft.registration = pick(random, registrations, 3, 4);
    s->aircraft.type_code = pick(random, types, 2, 4);
    s->role = (enum ovf_role)below(random, OVF_ROLE_N);
    s->from =
        (struct ovf_subject_end){pick(random, airports, 2, 3), "", kinds[below(random, 2)], 0.5};
    if (below(random, 4) == 0) {
        s->kind = "fir";
        s->airspace = below(random, 4) == 0 ? "OIIXFIR" : "ORBBFIR";
    }
}

static void make_world(unsigned seed, struct world *world)
{
    struct ovf_random random = ovf_random_stream(seed, 0, 0);
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text("2012-03-01"), &first_day_ns));
    memset(world, 0, sizeof *world);
    make_list(&random, "2012-03-01/2012-03-06", &world->lists[0]);
    make_list(&random, "2012-03-05/2012-03-10", &world->lists[1]);
    for (unsigned i = 0; i < N_CROSSINGS; i++)
        make_crossing(&random, world, i);
}

/* ---- the twin ---- */

struct fit {
    const struct ovf_permit_list *list;
    const struct ovf_permit *permit;
    unsigned deviations;
    bool undetermined;
    bool names_aircraft;
};

/** Flights that used each permit, by their names. */
struct ledger {
    const char *flights[2][N_PERMITS][N_CROSSINGS];
    unsigned n[2][N_PERMITS];
};

/** Which of the flights that used the permit this one is, from 0; as many as there are: none of them. */
static unsigned turn_of(const struct ledger *ledger, unsigned l, size_t p, const char *flight)
{
    unsigned i = 0;
    while (i < ledger->n[l][p] && strcmp(ledger->flights[l][p][i], flight) != 0)
        i++;
    return i;
}

static void plain_entry(const struct ovf_subject *s, int64_t *min_ns, int64_t *max_ns)
{
    const bool departs = s->role == OVF_ROLE_DEPARTURE || s->role == OVF_ROLE_DOMESTIC;
    *max_ns = s->entry.is_known ? s->entry.max_ns : s->flight_start_ns;
    *min_ns = s->entry.is_known ? s->entry.min_ns
              : departs         ? s->flight_start_ns
                                : s->flight_start_ns - 24 * HOUR_NS;
}

/** Permits of this world name one each at the most. */
static bool is_word(struct ovf_permit_words words, const char *text)
{
    return words.n > 0 && text[0] != '\0' && strcmp(words.first, text) == 0;
}

static unsigned plain_day(int64_t t_ns)
{
    const int64_t day = (t_ns - first_day_ns + 1000 * OVF_NS_PER_DAY) / OVF_NS_PER_DAY - 1000;
    return (unsigned)((day + 3 + 700) % 7); /* 2012-03-01 was a Thursday */
}

static void plain_time(const struct ovf_permit *p, int64_t min_ns, int64_t max_ns, struct fit *fit)
{
    unsigned n_on = 0;
    unsigned n_off = 0;
    if (max_ns < p->valid_from_ns || min_ns > p->valid_to_ns)
        fit->deviations |= 1U << OVF_PERMIT_OTHER_TIME;
    else if (min_ns < p->valid_from_ns || max_ns > p->valid_to_ns)
        fit->undetermined = true;
    for (int64_t t_ns = min_ns; t_ns <= max_ns; t_ns += HOUR_NS) {
        const bool on = (p->days >> plain_day(t_ns) & 1) != 0;
        n_on += on;
        n_off += !on;
    }
    if (n_on == 0)
        fit->deviations |= 1U << OVF_PERMIT_OTHER_DAY;
    else if (n_off > 0)
        fit->undetermined = true;
}

/** False: it does not come into question. */
static bool plain_fit(const struct ovf_permit_list *list, const struct ovf_permit *p,
                      const struct ovf_subject *s, struct fit *fit)
{
    const struct ovf_subject_aircraft *const a = &s->aircraft;
    const bool is_fir = strcmp(s->airspace, "ORBBFIR") == 0;
    char designator[4] = "";
    int64_t min_ns;
    int64_t max_ns;
    if (strncmp(a->callsign, "SI", 2) == 0)
        memcpy(designator, a->callsign, 3);
    *fit = (struct fit){.list = list, .permit = p};
    fit->names_aircraft =
        is_word(p->registrations, a->registration) || is_word(p->callsigns, a->callsign);
    const bool same_operator = designator[0] != '\0' && strcmp(p->operator_icao, designator) == 0;
    plain_entry(s, &min_ns, &max_ns);
    if ((p->airspace == OVF_PERMIT_FIR) != is_fir || (!fit->names_aircraft && !same_operator) ||
        min_ns > p->valid_to_ns + 24 * HOUR_NS || max_ns < p->valid_from_ns - 24 * HOUR_NS)
        return false;
    plain_time(p, min_ns, max_ns, fit);
    if (p->registrations.n > 0 && a->registration[0] != '\0' &&
        !is_word(p->registrations, a->registration))
        fit->deviations |= 1U << OVF_PERMIT_OTHER_REGISTRATION;
    if (p->callsigns.n > 0 && a->callsign[0] != '\0' && !is_word(p->callsigns, a->callsign))
        fit->deviations |= 1U << OVF_PERMIT_OTHER_CALLSIGN;
    if (p->callsigns.n == 0 && p->operator_icao[0] != '\0' && designator[0] != '\0' &&
        !same_operator)
        fit->deviations |= 1U << OVF_PERMIT_OTHER_OPERATOR;
    if (p->types.n > 0 && a->type_code[0] != '\0' && !is_word(p->types, a->type_code))
        fit->deviations |= 1U << OVF_PERMIT_OTHER_TYPE;
    if (p->adep[0] != '\0' && s->from.airport[0] != '\0' && s->from.kind[0] == 'o' &&
        strcmp(p->adep, s->from.airport) != 0)
        fit->deviations |= 1U << OVF_PERMIT_OTHER_ADEP;
    if ((p->kind == OVF_PERMIT_OVERFLIGHT && s->role != OVF_ROLE_OVERFLIGHT &&
         s->role != OVF_ROLE_INCOMPLETE) ||
        (p->kind == OVF_PERMIT_LANDING && s->role == OVF_ROLE_OVERFLIGHT))
        fit->deviations |= 1U << OVF_PERMIT_OTHER_KIND;
    return true;
}

/** Less than 0: \p x counts before \p y. */
static int order_of(const struct fit *x, const struct fit *y)
{
    const int by[] = {
        __builtin_popcount(x->deviations) - __builtin_popcount(y->deviations),
        (x->permit->status != OVF_PERMIT_ISSUED) - (y->permit->status != OVF_PERMIT_ISSUED),
        x->undetermined - y->undetermined,
        y->names_aircraft - x->names_aircraft,
        strcmp(x->permit->number, y->permit->number),
        (x->list < y->list) - (x->list > y->list),
        x->permit->line < y->permit->line ? -1 : 1,
    };
    for (size_t i = 0; i + 1 < sizeof by / sizeof by[0]; i++) {
        if (by[i] != 0)
            return by[i];
    }
    return by[sizeof by / sizeof by[0] - 1];
}

static bool stands_again(const struct world *w, unsigned l, const struct ovf_permit *p)
{
    for (size_t i = 0; l == 0 && i < w->lists[1].n; i++) {
        if (strcmp(w->lists[1].items[i].number, p->number) == 0)
            return true;
    }
    return false;
}

/** The lists cover 2012-03-01 to 2012-03-10 without a break. */
static enum ovf_permit_verdict plain_absent(const struct ovf_subject *s)
{
    const int64_t end_ns = first_day_ns + 10 * OVF_NS_PER_DAY;
    int64_t min_ns;
    int64_t max_ns;
    plain_entry(s, &min_ns, &max_ns);
    if (min_ns >= first_day_ns && max_ns < end_ns)
        return OVF_PERMIT_NOT_IN_SUPPLIED_LIST;
    return min_ns >= end_ns || max_ns < first_day_ns ? OVF_PERMIT_LIST_DOES_NOT_COVER_DATE
                                                     : OVF_PERMIT_TIME_UNDETERMINED;
}

static enum ovf_permit_verdict plain_verdict(const struct world *w, struct ledger *ledger,
                                             const struct ovf_subject *s, struct fit *best)
{
    bool has_best = false;
    for (unsigned l = 0; l < 2; l++) {
        for (size_t i = 0; i < w->lists[l].n; i++) {
            const struct ovf_permit *const p = &w->lists[l].items[i];
            struct fit fit;
            if (stands_again(w, l, p) || !plain_fit(&w->lists[l], p, s, &fit))
                continue;
            if (p->status == OVF_PERMIT_ISSUED && p->has_flights_max &&
                turn_of(ledger, l, i, s->flight_id) >= p->flights_max)
                fit.deviations |= 1U << OVF_PERMIT_USED_UP;
            if (!has_best || order_of(&fit, best) < 0)
                *best = fit;
            has_best = true;
        }
    }
    if (!has_best)
        return plain_absent(s);
    const unsigned l = best->list == &w->lists[1];
    const size_t i = (size_t)(best->permit - w->lists[l].items);
    if ((best->deviations & 1U << OVF_PERMIT_OTHER_TIME) != 0 &&
        plain_absent(s) != OVF_PERMIT_NOT_IN_SUPPLIED_LIST) {
        *best = (struct fit){0};
        return plain_absent(s);
    }
    if (best->undetermined)
        return OVF_PERMIT_TIME_UNDETERMINED;
    if (best->permit->status != OVF_PERMIT_ISSUED)
        return OVF_PERMIT_REFUSED_OR_REVOKED;
    if (turn_of(ledger, l, i, s->flight_id) == ledger->n[l][i])
        ledger->flights[l][i][ledger->n[l][i]++] = s->flight_id;
    return best->deviations != 0 ? OVF_PERMIT_COVERED_WITH_DEVIATION : OVF_PERMIT_COVERED;
}

static bool enters_before(const struct ovf_subject *x, const struct ovf_subject *y)
{
    int64_t x_ns[2] = {0, 0};
    int64_t y_ns[2] = {0, 0};
    plain_entry(x, &x_ns[0], &x_ns[1]);
    plain_entry(y, &y_ns[0], &y_ns[1]);
    if (x_ns[0] != y_ns[0])
        return x_ns[0] < y_ns[0];
    return x_ns[1] != y_ns[1] ? x_ns[1] < y_ns[1] : strcmp(x->id, y->id) < 0;
}

/** Compare all; \p seen counts verdicts, so that each is known to come up. */
static void check_world(const struct world *w, unsigned *seen)
{
    static struct ledger ledger;
    struct ovf_permit_answer answers[N_CROSSINGS];
    const struct ovf_permit_question question = {.lists = w->lists, .n_lists = 2};
    bool done[N_CROSSINGS] = {false};
    memset(&ledger, 0, sizeof ledger);
    assert_int_equal(ovf_permits_judge(&question, w->crossings, N_CROSSINGS, answers), OVF_OK);
    for (unsigned round = 0; round < N_CROSSINGS; round++) {
        unsigned next = N_CROSSINGS;
        for (unsigned i = 0; i < N_CROSSINGS; i++) {
            if (!done[i] &&
                (next == N_CROSSINGS || enters_before(&w->crossings[i], &w->crossings[next])))
                next = i;
        }
        const struct ovf_subject *const s = &w->crossings[next];
        struct fit best = {0};
        enum ovf_permit_verdict want = OVF_PERMIT_NOT_JUDGED;
        done[next] = true;
        if (s->role != OVF_ROLE_NONE && strcmp(s->airspace, "OIIXFIR") != 0)
            want = plain_verdict(w, &ledger, s, &best);
        assert_int_equal(answers[next].verdict, want);
        assert_ptr_equal(answers[next].permit, best.permit);
        assert_int_equal(answers[next].deviations, best.deviations);
        seen[want]++;
    }
}

static void the_index_judges_as_the_plain_twin_does(void **state)
{
    (void)state;
    static struct world world;
    unsigned seen[OVF_PERMIT_VERDICT_N] = {0};
    for (unsigned seed = 1; seed <= N_SEEDS; seed++) {
        make_world(seed, &world);
        check_world(&world, seen);
        ovf_permit_list_deinit(&world.lists[0]);
        ovf_permit_list_deinit(&world.lists[1]);
    }
    for (unsigned i = 0; i < OVF_PERMIT_VERDICT_N; i++) {
        print_message("%s: %u\n", ovf_permit_verdict_name((enum ovf_permit_verdict)i), seen[i]);
        assert_true(i == OVF_PERMIT_NOT_REQUIRED || seen[i] > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_index_judges_as_the_plain_twin_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
