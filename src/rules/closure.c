/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/closure.h"

#include <math.h>
#include <string.h>

#include "base/time.h"
#include "rules/aircraft_group.h"
#include "rules/phrases.h"

/* ---- time ---- */

/** When a crossing is inside: [outer_from, outer_to] at most, [inner_from, inner_to] for sure (it may be none). */
struct stay {
    int64_t outer_from_ns;
    int64_t inner_from_ns;
    int64_t inner_to_ns;
    int64_t outer_to_ns;
};

static struct stay stay_of(const struct ovf_subject *s)
{
    const struct ovf_when entered = ovf_subject_entered(s);
    const struct ovf_when left = ovf_subject_left(s);
    return (struct stay){entered.min_ns, entered.max_ns, left.min_ns, left.max_ns};
}

static bool is_on_weekday(const struct ovf_case_closure *closure, int64_t day_ns)
{
    const int64_t *const weekdays = closure->weekdays.items;
    for (size_t i = 0; i < closure->weekdays.n; i++) {
        if (weekdays[i] == (int64_t)ovf_time_weekday(day_ns))
            return true;
    }
    return closure->weekdays.n == 0;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/** When the closure holds without a break: [from, to). */
struct window {
    int64_t from_ns;
    int64_t to_ns;
};

static bool has_all_of(struct window window, int64_t min_ns, int64_t max_ns)
{
    return window.from_ns <= min_ns && max_ns < window.to_ns;
}

/** Whether a crossing was inside in the window: when it entered, when it left, whenever it was, or between the
 * two. Of a crossing within one gap no instant between is known, but all that may be may lie in the window. */
static enum ovf_holds held_by(struct window window, const struct stay *stay)
{
    if (has_all_of(window, stay->outer_from_ns, stay->inner_from_ns) ||
        has_all_of(window, stay->inner_to_ns - 1, stay->outer_to_ns - 1) ||
        has_all_of(window, stay->outer_from_ns, stay->outer_to_ns - 1) ||
        later(window.from_ns, stay->inner_from_ns) < earlier(window.to_ns, stay->inner_to_ns))
        return OVF_HOLDS;
    return later(window.from_ns, stay->outer_from_ns) < earlier(window.to_ns, stay->outer_to_ns)
               ? OVF_HOLDS_PERHAPS
               : OVF_HOLDS_NOT;
}

static enum ovf_holds stronger(enum ovf_holds a, enum ovf_holds b)
{
    if (a == OVF_HOLDS || b == OVF_HOLDS)
        return OVF_HOLDS;
    return a == OVF_HOLDS_NOT ? b : a;
}

/** Whether the closure holds anywhere in the stay. Days that follow without a break are one window. */
static enum ovf_holds held_in(const struct ovf_case_closure *closure, const struct stay *stay)
{
    const int64_t length_ns = closure->until_ns - closure->from_ns +
                              (closure->until_ns <= closure->from_ns ? OVF_NS_PER_DAY : 0);
    enum ovf_holds holds = OVF_HOLDS_NOT;
    struct window joined = {INT64_MIN, INT64_MIN};
    const int64_t first_ns = ovf_time_day(later(stay->outer_from_ns, closure->valid_from_ns));
    const int64_t last_ns = earlier(stay->outer_to_ns, closure->valid_to_ns);
    for (int64_t day_ns = first_ns - OVF_NS_PER_DAY; day_ns <= last_ns; day_ns += OVF_NS_PER_DAY) {
        if (!is_on_weekday(closure, day_ns))
            continue;
        const int64_t from_ns = day_ns + closure->from_ns;
        const struct window window = {later(from_ns, closure->valid_from_ns),
                                      earlier(from_ns + length_ns, closure->valid_to_ns)};
        if (window.from_ns > joined.to_ns) {
            holds = stronger(holds, held_by(joined, stay));
            joined = window;
        }
        joined.to_ns = later(joined.to_ns, window.to_ns);
    }
    return stronger(holds, held_by(joined, stay));
}

/* ---- altitude ---- */

/** The sides of the limits that an aircraft was on. */
enum { BELOW = 1, INSIDE = 2, ABOVE = 4 };

static unsigned side_of(const struct ovf_case_closure *closure, double alt_ft)
{
    if (isnan(alt_ft))
        return 0;
    return alt_ft < closure->floor_ft ? BELOW : alt_ft > closure->ceiling_ft ? ABOVE : INSIDE;
}

/** Whether it took off or landed inside, for sure. */
static bool was_on_ground(const struct ovf_subject *s)
{
    return (ovf_subject_departs(s) && ovf_subject_end_is_known(&s->from)) ||
           (ovf_subject_arrives(s) && ovf_subject_end_is_known(&s->to));
}

/* Farther than this an aircraft does not come from its altitudes between two fixes: 6,000 ft a minute there and back
 * within OVF_PASSAGE_THROUGHOUT_S (airspace/passage.h). */
#define BETWEEN_FIXES_FT 3000.0

/** Whether it stayed clear of the limits, between its fixes too. */
static bool stayed_outside(const struct ovf_case_closure *closure, const struct ovf_subject *s)
{
    return s->alt_baro_throughout && !was_on_ground(s) &&
           (s->alt_baro_min_ft > closure->ceiling_ft + BETWEEN_FIXES_FT ||
            s->alt_baro_max_ft < closure->floor_ft - BETWEEN_FIXES_FT);
}

/** Whether it was within the limits at some time: for sure, or where all that is known is on one side of them
 * perhaps, unless it is known throughout. */
static enum ovf_holds held_vertically(const struct ovf_case_closure *closure,
                                      const struct ovf_subject *s)
{
    const unsigned ground = isinf(closure->floor_ft) ? INSIDE : BELOW;
    const unsigned sides = side_of(closure, s->entry_alt_baro_ft) |
                           side_of(closure, s->exit_alt_baro_ft) |
                           side_of(closure, s->alt_baro_min_ft) |
                           side_of(closure, s->alt_baro_max_ft) | (was_on_ground(s) ? ground : 0);
    if ((isinf(closure->floor_ft) && isinf(closure->ceiling_ft)) || (sides & INSIDE) != 0 ||
        sides == (BELOW | ABOVE))
        return OVF_HOLDS;
    return stayed_outside(closure, s) ? OVF_HOLDS_NOT : OVF_HOLDS_PERHAPS;
}

/* ---- exemptions ---- */

static bool has_number(const struct ovf_case_list *list, int64_t number)
{
    const int64_t *const items = list->items;
    for (size_t i = 0; i < list->n; i++) {
        if (items[i] == number)
            return true;
    }
    return list->n == 0;
}

static const struct ovf_case_exemption *exemption_of(const struct ovf_case_closure *closure,
                                                     const struct ovf_subject *s)
{
    const struct ovf_case_exemption *const all = closure->exemptions.items;
    for (size_t i = 0; i < closure->exemptions.n; i++) {
        const struct ovf_names operators = ovf_names_of(&all[i].operators);
        const struct ovf_names registrations = ovf_names_of(&all[i].registrations);
        if ((operators.n == 0 || ovf_names_have_operator(operators, s->aircraft.callsign)) &&
            (registrations.n == 0 ||
             ovf_names_have_registration(registrations, s->aircraft.registration)) &&
            has_number(&all[i].aircraft, s->aircraft.address) && has_number(&all[i].roles, s->role))
            return &all[i];
    }
    return NULL;
}

/* ---- verdicts ---- */

static const char *verdict_of(const struct ovf_subject *s, const struct ovf_case_exemption *exempt,
                              enum ovf_holds in_time, enum ovf_holds in_limits)
{
    if (exempt != NULL)
        return "exempt";
    if (!ovf_subject_is_sure(s))
        return "possible";
    if (in_time == OVF_HOLDS_PERHAPS)
        return "time_undetermined";
    return in_limits == OVF_HOLDS ? "within" : "vertical_undetermined";
}

static void put_reasons(struct ovf_findings *findings, const struct ovf_case_closure *closure,
                        const struct ovf_case_exemption *exempt)
{
    char span[OVF_PHRASE_SPAN_SIZE];
    ovf_phrase_span(closure->valid_from_ns, closure->valid_to_ns, span);
    ovf_finding_reason(findings, "%s closes %s, %s%s%s",
                       closure->instrument != NULL ? closure->instrument : closure->name.text,
                       closure->airspace, span,
                       closure->basis.contested_by != NULL ? "; contested by " : "",
                       closure->basis.contested_by != NULL ? closure->basis.contested_by : "");
    if (exempt != NULL)
        ovf_finding_reason(findings, "exempt: %s", exempt->reason);
    ovf_phrase_source(findings, closure->basis.source, closure->basis.second_hand);
}

static void judge_crossing(const struct ovf_matter *matter, const struct ovf_case_closure *closure,
                           const struct ovf_subject *s, struct ovf_findings *findings)
{
    static const char *const kinds[] = {"no_fly_zone", "closure", "restriction"};
    const struct stay stay = stay_of(s);
    const enum ovf_holds in_time = held_in(closure, &stay);
    const enum ovf_holds in_limits = held_vertically(closure, s);
    if (in_time == OVF_HOLDS_NOT || in_limits == OVF_HOLDS_NOT)
        return;
    const struct ovf_case_exemption *const exempt = exemption_of(closure, s);
    const struct ovf_finding_head head = {.rule = OVF_RULE_CLOSURE,
                                          .key = closure->name.text,
                                          .about = OVF_ABOUT_CROSSING,
                                          .about_id = s->id,
                                          .verdict = verdict_of(s, exempt, in_time, in_limits),
                                          .simulated = s->simulated};
    ovf_findings_add(findings, &head);
    if (in_time == OVF_HOLDS)
        ovf_finding_force(findings, true,
                          matter->now_ns >= closure->valid_from_ns &&
                              matter->now_ns < closure->valid_to_ns);
    struct ovf_json_writer json = ovf_finding_details(findings);
    ovf_json_text(&json, "kind", kinds[closure->kind]);
    if (closure->basis.contested_by != NULL)
        ovf_json_bool(&json, "contested", true);
    ovf_finding_details_end(findings, &json);
    put_reasons(findings, closure, exempt);
}

enum ovf_status ovf_closures_judge(const struct ovf_matter *matter, struct ovf_findings *findings)
{
    const struct ovf_case_closure *const closures = matter->the_case->closures.items;
    for (size_t i = 0; i < matter->the_case->closures.n; i++) {
        const struct ovf_matter_area *const area = &matter->closures[i];
        for (size_t k = 0; k < matter->n_subjects; k++) {
            const struct ovf_subject *const s = &matter->subjects[k];
            if (s->class != OVF_CLASS_IMPOSSIBLE && s->class != OVF_CLASS_INCONSISTENT &&
                strcmp(s->airspace, area->code) == 0 && strcmp(s->kind, area->kind) == 0)
                judge_crossing(matter, &closures[i], s, findings);
        }
    }
    return findings->status;
}
