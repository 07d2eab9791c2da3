/* SPDX-License-Identifier: Apache-2.0 */
/* A permit states some of what a flight is, and a flight is known in part: only what stands on both sides
 * is compared. */
#include "rules/permit_compare.h"

#include <math.h>
#include <string.h>

#include "base/time.h"
#include "geo/geodesic.h"

/* Aircraft are given short cuts and fly around weather: within this it is the same point. */
#define POINT_LIMIT_M (30.0 * 1852.0)

struct ovf_permit_span ovf_permit_entry_of(const struct ovf_subject *subject)
{
    const struct ovf_when entered = ovf_subject_stay_entered(subject);
    return (struct ovf_permit_span){entered.min_ns, entered.max_ns};
}

/** The days of the week that it touches, as a permit has them. */
static unsigned days_of(struct ovf_permit_span entry)
{
    const int64_t last_ns = ovf_time_day(entry.max_ns);
    unsigned days = 0;
    for (int64_t day_ns = ovf_time_day(entry.min_ns); day_ns <= last_ns && days != 0x7F;
         day_ns += OVF_NS_PER_DAY)
        days |= 1U << ovf_time_weekday(day_ns);
    return days;
}

struct ovf_permit_flown ovf_permit_flown_of(const struct ovf_permit_question *question,
                                            const struct ovf_subject *subject)
{
    struct ovf_permit_flown flown = {.subject = subject, .entry = ovf_permit_entry_of(subject)};
    flown.days = days_of(flown.entry);
    flown.is_state_aircraft = question->state_aircraft != NULL &&
                              ovf_aircraft_group_has(question->state_aircraft, &subject->aircraft);
    ovf_registration_key(subject->aircraft.registration, flown.registration);
    (void)ovf_callsign_operator(subject->aircraft.callsign, flown.operator_icao);
    return flown;
}

/* ---- names ---- */

static bool has_word(struct ovf_permit_words words, const char *text)
{
    const char *word = words.first;
    for (size_t i = 0; i < words.n; i++, word += strlen(word) + 1) {
        if (strcmp(word, text) == 0)
            return true;
    }
    return false;
}

static bool has_registration(struct ovf_permit_words words, const char *key)
{
    const char *word = words.first;
    for (size_t i = 0; i < words.n; i++, word += strlen(word) + 1) {
        if (ovf_registration_has_key(word, key))
            return true;
    }
    return false;
}

static bool names_operator(const struct ovf_permit *permit, const struct ovf_permit_flown *flown)
{
    return flown->operator_icao[0] != '\0' &&
           strcmp(permit->operator_icao, flown->operator_icao) == 0;
}

/* ---- what differs ---- */

/** Says of one thing that it fits, differs, or is not stated by the flight. */
static void say(struct ovf_permit_answer *answer, enum ovf_permit_deviation deviation,
                bool is_known, bool fits)
{
    if (!is_known)
        answer->not_compared |= 1U << deviation;
    else if (!fits)
        answer->deviations |= 1U << deviation;
}

static void compare_names(const struct ovf_permit *permit, const struct ovf_permit_flown *flown,
                          struct ovf_permit_answer *answer)
{
    const struct ovf_subject_aircraft *const aircraft = &flown->subject->aircraft;
    const bool has_tail = flown->registration[0] != '\0';
    const bool has_callsign = aircraft->callsign[0] != '\0';
    const bool names_tail =
        has_tail && has_registration(permit->registrations, flown->registration);
    const bool names_callsign = has_callsign && has_word(permit->callsigns, aircraft->callsign);
    answer->names_aircraft = names_tail || names_callsign;
    if (permit->registrations.n > 0)
        say(answer, OVF_PERMIT_OTHER_REGISTRATION, has_tail, names_tail);
    if (permit->callsigns.n > 0)
        say(answer, OVF_PERMIT_OTHER_CALLSIGN, has_callsign, names_callsign);
    else if (permit->operator_icao[0] != '\0')
        say(answer, OVF_PERMIT_OTHER_OPERATOR, flown->operator_icao[0] != '\0',
            names_operator(permit, flown));
    if (permit->types.n > 0)
        say(answer, OVF_PERMIT_OTHER_TYPE, aircraft->type_code[0] != '\0',
            has_word(permit->types, aircraft->type_code));
}

static void compare_time(const struct ovf_permit *permit, const struct ovf_permit_flown *flown,
                         struct ovf_permit_answer *answer)
{
    const struct ovf_permit_span *const entry = &flown->entry;
    int64_t outside_ns = 0;
    if (entry->max_ns < permit->valid_from_ns)
        outside_ns = permit->valid_from_ns - entry->max_ns;
    else if (entry->min_ns > permit->valid_to_ns)
        outside_ns = entry->min_ns - permit->valid_to_ns;
    else if (entry->min_ns < permit->valid_from_ns || entry->max_ns > permit->valid_to_ns)
        answer->is_undetermined = true;
    answer->minutes_outside = (outside_ns + OVF_NS_PER_MIN - 1) / OVF_NS_PER_MIN;
    say(answer, OVF_PERMIT_OTHER_TIME, true, outside_ns == 0);
}

static void compare_days(const struct ovf_permit *permit, const struct ovf_permit_flown *flown,
                         struct ovf_permit_answer *answer)
{
    if ((flown->days & permit->days) == 0)
        say(answer, OVF_PERMIT_OTHER_DAY, true, false);
    else if ((flown->days & ~permit->days) != 0)
        answer->is_undetermined = true;
}

/** An inferred airport is a guess among several: no ground to say that it is another. */
static void compare_airport(const char *permitted, const struct ovf_subject_end *end,
                            enum ovf_permit_deviation deviation, struct ovf_permit_answer *answer)
{
    if (permitted[0] != '\0')
        say(answer, deviation, ovf_subject_end_is_known(end), strcmp(permitted, end->airport) == 0);
}

static struct ovf_point point_at(double lat_deg, double lon_deg)
{
    return (struct ovf_point){(int32_t)lround(lat_deg * OVF_E7_PER_DEG),
                              ovf_lon_wrap(llround(lon_deg * OVF_E7_PER_DEG))};
}

/** Returns how far it is, in whole metres, so that no processor decides otherwise; NAN: not compared. */
static double compare_point(const struct ovf_permit_point *point, double lat_deg, double lon_deg,
                            enum ovf_permit_deviation deviation, struct ovf_permit_answer *answer)
{
    double off_m = (double)NAN;
    if (point->name[0] == '\0')
        return off_m;
    if (point->has_place && !isnan(lat_deg) && !isnan(lon_deg))
        off_m = round(
            ovf_distance_m(point_at(point->lat_deg, point->lon_deg), point_at(lat_deg, lon_deg)));
    say(answer, deviation, !isnan(off_m), off_m <= POINT_LIMIT_M);
    return off_m;
}

static void compare_kind(const struct ovf_permit *permit, const struct ovf_permit_flown *flown,
                         struct ovf_permit_answer *answer)
{
    const enum ovf_role role = flown->subject->role;
    const bool passes = role == OVF_ROLE_OVERFLIGHT;
    const bool is_one = permit->kind == OVF_PERMIT_OVERFLIGHT || permit->kind == OVF_PERMIT_LANDING;
    if (is_one)
        say(answer, OVF_PERMIT_OTHER_KIND, role != OVF_ROLE_INCOMPLETE,
            passes == (permit->kind == OVF_PERMIT_OVERFLIGHT));
    if (flown->is_state_aircraft)
        say(answer, OVF_PERMIT_NO_DIPLOMATIC, true, permit->kind == OVF_PERMIT_DIPLOMATIC);
}

struct ovf_permit_answer ovf_permit_compare(const struct ovf_permit_list *list,
                                            const struct ovf_permit *permit,
                                            const struct ovf_permit_flown *flown)
{
    const struct ovf_subject *const subject = flown->subject;
    struct ovf_permit_answer answer = {
        .list = list, .permit = permit, .is_state_aircraft = flown->is_state_aircraft};
    compare_names(permit, flown, &answer);
    compare_time(permit, flown, &answer);
    compare_days(permit, flown, &answer);
    compare_airport(permit->adep, &subject->from, OVF_PERMIT_OTHER_ADEP, &answer);
    compare_airport(permit->ades, &subject->to, OVF_PERMIT_OTHER_ADES, &answer);
    answer.entry_off_m =
        compare_point(&permit->entry, subject->entry_lat_deg, subject->entry_lon_deg,
                      OVF_PERMIT_OTHER_ENTRY_POINT, &answer);
    answer.exit_off_m = compare_point(&permit->exit, subject->exit_lat_deg, subject->exit_lon_deg,
                                      OVF_PERMIT_OTHER_EXIT_POINT, &answer);
    compare_kind(permit, flown, &answer);
    return answer;
}

/* ---- which counts ---- */

static unsigned count_bits(unsigned bits)
{
    unsigned n = 0;
    for (; bits != 0; bits &= bits - 1)
        n++;
    return n;
}

bool ovf_permit_fits_better(const struct ovf_permit_answer *a, const struct ovf_permit_answer *b)
{
    const unsigned n_a = count_bits(a->deviations);
    const unsigned n_b = count_bits(b->deviations);
    const bool issued_a = a->permit->status == OVF_PERMIT_ISSUED;
    const bool issued_b = b->permit->status == OVF_PERMIT_ISSUED;
    if (n_a != n_b)
        return n_a < n_b;
    if (issued_a != issued_b)
        return issued_a;
    if (a->is_undetermined != b->is_undetermined)
        return b->is_undetermined;
    if (a->names_aircraft != b->names_aircraft)
        return a->names_aircraft;
    const int numbers = strcmp(a->permit->number, b->permit->number);
    if (numbers != 0)
        return numbers < 0;
    if (a->list != b->list)
        return a->list > b->list;
    return a->permit->line < b->permit->line;
}
