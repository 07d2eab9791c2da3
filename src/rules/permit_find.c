/* SPDX-License-Identifier: Apache-2.0 */
/* Answers as findings: what the lists say, with what was compared and what was not. */
#include <math.h>
#include <stdio.h>

#include "base/time.h"
#include "rules/permit.h"

struct finding {
    const struct ovf_permit_question *question;
    const struct ovf_subject *subject;
    const struct ovf_permit_answer *answer;
    struct ovf_findings *out;
};

static bool deviates(const struct ovf_permit_answer *answer, enum ovf_permit_deviation deviation)
{
    return (answer->deviations >> deviation & 1) != 0;
}

/** What was compared, of what is always called other_...: "registration". */
static const char *compared_name(unsigned deviation)
{
    return ovf_permit_deviation_name((enum ovf_permit_deviation)deviation) + sizeof "other_" - 1;
}

/* ---- reasons ---- */

/** "permit S-1 of Simulated CAA" */
static void name_permit(const struct ovf_permit *permit, char text[256])
{
    (void)snprintf(text, 256, "permit %.100s%s%.100s", permit->number,
                   permit->authority[0] != '\0' ? " of " : "", permit->authority);
}

static const char *shown(const char *text)
{
    return text[0] != '\0' ? text : "unknown";
}

static void say_names(const struct finding *f)
{
    const struct ovf_subject_aircraft *const aircraft = &f->subject->aircraft;
    if (deviates(f->answer, OVF_PERMIT_OTHER_REGISTRATION))
        ovf_finding_reason(f->out, "registration %s is not among those of the permit",
                           aircraft->registration);
    if (deviates(f->answer, OVF_PERMIT_OTHER_CALLSIGN))
        ovf_finding_reason(f->out, "callsign %s is not among those of the permit",
                           aircraft->callsign);
    if (deviates(f->answer, OVF_PERMIT_OTHER_OPERATOR))
        ovf_finding_reason(f->out, "callsign %s is not one of the permit's operator %s",
                           aircraft->callsign, f->answer->permit->operator_icao);
    if (deviates(f->answer, OVF_PERMIT_OTHER_TYPE))
        ovf_finding_reason(f->out, "type %s is not among those of the permit", aircraft->type_code);
}

static void say_time(const struct finding *f)
{
    char from[OVF_TIME_SIZE];
    char to[OVF_TIME_SIZE];
    ovf_time_format(f->answer->permit->valid_from_ns, 0, from);
    ovf_time_format(ovf_time_floor(f->answer->permit->valid_to_ns, OVF_NS_PER_S), 0, to);
    if (deviates(f->answer, OVF_PERMIT_OTHER_TIME))
        ovf_finding_reason(
            f->out, "the entry is at least %lld min outside of %s to %s, tolerances included",
            (long long)f->answer->minutes_outside, from, to);
    if (deviates(f->answer, OVF_PERMIT_OTHER_DAY))
        ovf_finding_reason(f->out, "the permit is not for this day of the week");
}

static void say_way(const struct finding *f)
{
    const struct ovf_permit *const permit = f->answer->permit;
    if (deviates(f->answer, OVF_PERMIT_OTHER_ADEP))
        ovf_finding_reason(f->out, "it departed from %s, not %s", f->subject->from.airport,
                           permit->adep);
    if (deviates(f->answer, OVF_PERMIT_OTHER_ADES))
        ovf_finding_reason(f->out, "it landed at %s, not %s", f->subject->to.airport, permit->ades);
    if (deviates(f->answer, OVF_PERMIT_OTHER_ENTRY_POINT))
        ovf_finding_reason(f->out, "it entered %lld km from %s; 30 NM are the same point",
                           llround(f->answer->entry_off_m / 1000.0), permit->entry.name);
    if (deviates(f->answer, OVF_PERMIT_OTHER_EXIT_POINT))
        ovf_finding_reason(f->out, "it left %lld km from %s; 30 NM are the same point",
                           llround(f->answer->exit_off_m / 1000.0), permit->exit.name);
}

static void say_kind(const struct finding *f)
{
    const struct ovf_permit *const permit = f->answer->permit;
    if (deviates(f->answer, OVF_PERMIT_OTHER_KIND))
        ovf_finding_reason(f->out, "the permit is for %s, the crossing is of role %s",
                           permit->kind == OVF_PERMIT_LANDING ? "a landing" : "an overflight",
                           ovf_role_name(f->subject->role));
    if (deviates(f->answer, OVF_PERMIT_NO_DIPLOMATIC))
        ovf_finding_reason(f->out,
                           "a state aircraft needs a diplomatic clearance (Convention on "
                           "International Civil Aviation, Article 3 (c)); this permit is none");
    if (deviates(f->answer, OVF_PERMIT_USED_UP))
        ovf_finding_reason(f->out, "the permit is for %u flights, and so many entered before",
                           (unsigned)permit->flights_max);
}

static void say_not_compared(const struct finding *f)
{
    char text[256] = "";
    size_t len = 0;
    for (unsigned i = 0; i < OVF_PERMIT_DEVIATION_N; i++) {
        if ((f->answer->not_compared >> i & 1) == 0)
            continue;
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%s", len > 0 ? ", " : "",
                                compared_name(i));
    }
    if (len > 0)
        ovf_finding_reason(f->out, "not compared, as the flight or the place is not known: %s",
                           text);
}

static void say_permit(const struct finding *f)
{
    char permit[256];
    name_permit(f->answer->permit, permit);
    switch (f->answer->verdict) {
    case OVF_PERMIT_COVERED:
        ovf_finding_reason(f->out, "%s fits in all that was compared", permit);
        break;
    case OVF_PERMIT_REFUSED_OR_REVOKED:
        ovf_finding_reason(f->out, "%s fits best, and is %s", permit,
                           ovf_permit_status_name(f->answer->permit->status));
        break;
    case OVF_PERMIT_TIME_UNDETERMINED:
        ovf_finding_reason(f->out,
                           "%s fits best; a limit of its time lies between the earliest "
                           "and the latest time of the entry",
                           permit);
        break;
    default:
        ovf_finding_reason(f->out, "%s fits best, with deviations", permit);
        break;
    }
    say_names(f);
    say_time(f);
    say_way(f);
    say_kind(f);
    say_not_compared(f);
}

static void say_near(const struct finding *f)
{
    char permit[256];
    name_permit(f->answer->near, permit);
    ovf_finding_reason(f->out,
                       "%s is of another time: the entry is at least %lld min outside of it",
                       permit, (long long)f->answer->minutes_outside);
}

static void say_without(const struct finding *f)
{
    const char *const state = f->answer->list->about.state;
    const struct ovf_subject_aircraft *const aircraft = &f->subject->aircraft;
    if (f->answer->verdict == OVF_PERMIT_NOT_IN_SUPPLIED_LIST)
        ovf_finding_reason(f->out,
                           "no permit in the supplied lists of %s names registration %s, callsign "
                           "%s or its operator within a day of the entry",
                           state, shown(aircraft->registration), shown(aircraft->callsign));
    else if (f->answer->verdict == OVF_PERMIT_LIST_DOES_NOT_COVER_DATE)
        ovf_finding_reason(f->out, "the supplied lists of %s do not cover the day of the entry",
                           state);
    else
        ovf_finding_reason(f->out,
                           "the supplied lists of %s cover a part of the time in which "
                           "the entry may lie",
                           state);
    if (f->answer->near != NULL)
        say_near(f);
}

static void say_reasons(const struct finding *f)
{
    const struct ovf_permit_exemption *const exemption = f->answer->exemption;
    if (f->answer->verdict == OVF_PERMIT_NOT_REQUIRED) {
        ovf_finding_reason(f->out, "by the case's rule %s no permit is required", exemption->name);
        return;
    }
    if (exemption != NULL)
        ovf_finding_reason(f->out,
                           "the case's rule %s, by which no permit is required, holds for "
                           "a part of the time in which the entry may lie",
                           exemption->name);
    if (f->answer->permit != NULL)
        say_permit(f);
    else
        say_without(f);
    if (f->answer->is_state_aircraft)
        ovf_finding_reason(f->out, "the case names it a state aircraft");
}

/* ---- sources and details ---- */

/** All lists about the airspace were looked at, and each is a ground of "not in". */
static void say_sources(const struct finding *f)
{
    const struct ovf_permit_question *const q = f->question;
    const struct ovf_permit_exemption *const exemption = f->answer->exemption;
    for (size_t i = 0; i < q->n_lists && f->answer->verdict != OVF_PERMIT_NOT_REQUIRED; i++) {
        if (f->answer->permit != NULL
                ? f->answer->list == &q->lists[i]
                : ovf_permit_list_is_about(&q->lists[i], f->subject->kind, f->subject->airspace))
            ovf_finding_source(f->out, q->lists[i].source);
    }
    if (exemption != NULL && exemption->source[0] != '\0')
        ovf_finding_source(f->out, exemption->source);
    if (f->answer->is_state_aircraft && q->state_aircraft_source[0] != '\0')
        ovf_finding_source(f->out, q->state_aircraft_source);
}

static void put_bits(struct ovf_json_writer *json, const char *key, unsigned bits,
                     const char *(*name)(unsigned))
{
    if (bits == 0)
        return;
    ovf_json_open(json, key, '[');
    for (unsigned i = 0; i < OVF_PERMIT_DEVIATION_N; i++) {
        if ((bits >> i & 1) != 0)
            ovf_json_text(json, NULL, name(i));
    }
    ovf_json_close(json, ']');
}

static const char *deviation_name(unsigned deviation)
{
    return ovf_permit_deviation_name((enum ovf_permit_deviation)deviation);
}

static void put_permit(struct ovf_json_writer *json, const struct ovf_permit_answer *answer)
{
    const struct ovf_permit *const permit = answer->permit;
    ovf_json_text(json, "permit_no", permit->number);
    if (permit->authority[0] != '\0')
        ovf_json_text(json, "authority", permit->authority);
    ovf_json_text(json, "permit_kind", ovf_permit_kind_name(permit->kind));
    ovf_json_text(json, "status", ovf_permit_status_name(permit->status));
    ovf_json_text(json, "matched_by", answer->names_aircraft ? "aircraft" : "operator");
    ovf_json_time(json, "valid_from", permit->valid_from_ns);
    ovf_json_time(json, "valid_to", ovf_time_floor(permit->valid_to_ns, OVF_NS_PER_MS));
    put_bits(json, "deviations", answer->deviations, deviation_name);
    if (deviates(answer, OVF_PERMIT_OTHER_TIME))
        ovf_json_int(json, "minutes_outside", answer->minutes_outside);
    if (!isnan(answer->entry_off_m))
        ovf_json_number(json, "entry_off_m", answer->entry_off_m, 0);
    if (!isnan(answer->exit_off_m))
        ovf_json_number(json, "exit_off_m", answer->exit_off_m, 0);
    put_bits(json, "not_compared", answer->not_compared, compared_name);
}

static void say_details(const struct finding *f)
{
    const struct ovf_permit_answer *const answer = f->answer;
    struct ovf_json_writer json = ovf_finding_details(f->out);
    if (answer->permit != NULL)
        put_permit(&json, answer);
    if (answer->is_state_aircraft)
        ovf_json_bool(&json, "state_aircraft", true);
    if (answer->exemption != NULL)
        ovf_json_text(&json, "exemption", answer->exemption->name);
    ovf_finding_details_end(f->out, &json);
}

static void say_force(const struct finding *f)
{
    const struct ovf_permit *const permit = f->answer->permit;
    const int64_t today_ns = f->question->as_of_ns;
    if (permit == NULL || f->answer->is_undetermined)
        return;
    const bool issued = permit->status == OVF_PERMIT_ISSUED;
    ovf_finding_force(f->out, issued && !deviates(f->answer, OVF_PERMIT_OTHER_TIME),
                      issued && permit->valid_from_ns <= today_ns &&
                          today_ns <= permit->valid_to_ns);
}

void ovf_permits_find(const struct ovf_permit_question *question,
                      const struct ovf_subject *subjects, const struct ovf_permit_answer *answers,
                      size_t n, struct ovf_findings *findings)
{
    for (size_t i = 0; i < n && findings->status == OVF_OK; i++) {
        const struct finding f = {question, &subjects[i], &answers[i], findings};
        if (answers[i].verdict == OVF_PERMIT_NOT_JUDGED)
            continue;
        const struct ovf_finding_head head = {
            .rule = OVF_PERMIT_RULE,
            .key = answers[i].list->about.state,
            .about = OVF_ABOUT_CROSSING,
            .about_id = subjects[i].id,
            .verdict = ovf_permit_verdict_name(answers[i].verdict),
            .simulated = subjects[i].simulated,
        };
        ovf_findings_add(findings, &head);
        say_force(&f);
        say_reasons(&f);
        say_sources(&f);
        say_details(&f);
    }
}
