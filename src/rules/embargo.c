/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/embargo.h"

#include <string.h>

#include "base/time.h"
#include "rules/phrases.h"
#include "rules/watched.h"

static bool is_about(const struct ovf_case_embargo *embargo, const char *watch)
{
    const struct ovf_case_name *const watches = embargo->watches.items;
    for (size_t i = 0; i < embargo->watches.n; i++) {
        if (strcmp(watches[i].text, watch) == 0)
            return true;
    }
    return embargo->watches.n == 0;
}

static enum ovf_holds holds_at(const struct ovf_case_embargo *embargo, struct ovf_when when)
{
    return ovf_holds_at(embargo->valid_from_ns, embargo->valid_to_ns, when);
}

/** The measures about a watch, held against the time of a flight. */
struct held {
    unsigned n_about;
    unsigned n_in_force;
    unsigned n_contested; /* of these */
    unsigned n_today;     /* of those in force then: in force today, too */
    unsigned n_perhaps;
};

static struct held hold(const struct ovf_case *the_case, const char *watch, struct ovf_when when,
                        struct ovf_when today)
{
    const struct ovf_case_embargo *const all = the_case->embargoes.items;
    struct held held = {0};
    for (size_t i = 0; i < the_case->embargoes.n; i++) {
        if (!is_about(&all[i], watch))
            continue;
        const enum ovf_holds holds = holds_at(&all[i], when);
        const bool is_today = holds_at(&all[i], today) == OVF_HOLDS;
        held.n_about++;
        held.n_in_force += holds == OVF_HOLDS ? 1 : 0;
        held.n_contested += holds == OVF_HOLDS && all[i].basis.contested_by != NULL ? 1 : 0;
        held.n_today += holds == OVF_HOLDS && is_today ? 1 : 0;
        held.n_perhaps += holds == OVF_HOLDS_PERHAPS ? 1 : 0;
    }
    return held;
}

static const char *verdict_of(struct held held)
{
    if (held.n_in_force > held.n_contested)
        return "in_force";
    if (held.n_perhaps > 0)
        return "date_undetermined";
    return held.n_contested > 0 ? "in_force_contested" : "none_in_force";
}

static const char *holds_name(enum ovf_holds holds)
{
    static const char *const names[] = {"not_in_force", "in_force", "undetermined"};
    return names[holds];
}

static void put_measures(struct ovf_findings *findings, const struct ovf_case *the_case,
                         const char *watch, const struct ovf_watched_journey *journey,
                         struct ovf_when today)
{
    const struct ovf_when entry = journey->entry;
    const struct ovf_case_embargo *const all = the_case->embargoes.items;
    struct ovf_json_writer json = ovf_finding_details(findings);
    ovf_json_time(&json, "entry_time_min", entry.min_ns);
    ovf_json_time(&json, "entry_time_max", entry.max_ns);
    if (!journey->is_sure)
        ovf_json_bool(&json, "perhaps", true);
    ovf_json_open(&json, "measures", '[');
    for (size_t i = 0; i < the_case->embargoes.n; i++) {
        if (!is_about(&all[i], watch))
            continue;
        const struct ovf_case_embargo *const one = &all[i];
        ovf_json_open(&json, NULL, '{');
        ovf_json_text(&json, "name", one->name.text);
        ovf_json_text(&json, "on_flight_date", holds_name(holds_at(one, entry)));
        ovf_json_text(&json, "today", holds_name(holds_at(one, today)));
        if (one->basis.contested_by != NULL)
            ovf_json_bool(&json, "contested", true);
        ovf_json_close(&json, '}');
    }
    ovf_json_close(&json, ']');
    ovf_finding_details_end(findings, &json);
}

/** A sentence and a source for one measure. */
static void put_reason(struct ovf_findings *findings, const char *when,
                       const struct ovf_case_embargo *one)
{
    char span[OVF_PHRASE_SPAN_SIZE];
    ovf_phrase_span(one->valid_from_ns, one->valid_to_ns, span);
    ovf_finding_reason(findings, "%s%s%s%s, in force %s%s%s: %s", when, one->instrument,
                       one->paragraph != NULL ? " paragraph " : "",
                       one->paragraph != NULL ? one->paragraph : "", span,
                       one->basis.contested_by != NULL ? ", validity contested by " : "",
                       one->basis.contested_by != NULL ? one->basis.contested_by : "", one->says);
    ovf_phrase_source(findings, one->basis.source, one->basis.second_hand);
}

/** Those that were in force, or may have been; then those that were not, and are today. */
static void put_reasons(struct ovf_findings *findings, const struct ovf_case *the_case,
                        const char *watch, struct ovf_when entry, struct ovf_when today)
{
    const struct ovf_case_embargo *const all = the_case->embargoes.items;
    for (size_t i = 0; i < the_case->embargoes.n; i++) {
        if (is_about(&all[i], watch) && holds_at(&all[i], entry) != OVF_HOLDS_NOT)
            put_reason(findings, "", &all[i]);
    }
    for (size_t i = 0; i < the_case->embargoes.n; i++) {
        if (is_about(&all[i], watch) && holds_at(&all[i], entry) == OVF_HOLDS_NOT &&
            holds_at(&all[i], today) == OVF_HOLDS)
            put_reason(findings, "not on the day of the flight, but today: ", &all[i]);
    }
}

static void judge_journey(const struct ovf_matter *matter, const char *watch,
                          const struct ovf_watched_journey *journey, bool simulated,
                          struct ovf_findings *findings)
{
    const struct ovf_when today = {true, matter->now_ns, matter->now_ns};
    const struct held then = hold(matter->the_case, watch, journey->entry, today);
    if (then.n_about == 0)
        return;
    const struct ovf_finding_head head = {.rule = OVF_RULE_EMBARGO,
                                          .key = watch,
                                          .about = OVF_ABOUT_JOURNEY,
                                          .about_id = journey->journey_id,
                                          .verdict = verdict_of(then),
                                          .simulated = simulated};
    ovf_findings_add(findings, &head);
    if (then.n_perhaps == 0)
        ovf_finding_force(findings, then.n_in_force > 0, then.n_today > 0);
    put_measures(findings, matter->the_case, watch, journey, today);
    if (!journey->is_sure)
        ovf_finding_reason(findings, "%s", OVF_WATCHED_PERHAPS);
    put_reasons(findings, matter->the_case, watch, journey->entry, today);
}

enum ovf_status ovf_embargoes_judge(const struct ovf_matter *matter, struct ovf_findings *findings)
{
    const struct ovf_case_watch *const watches = matter->the_case->watches.items;
    enum ovf_status st = OVF_OK;
    if (matter->the_case->embargoes.n == 0)
        return findings->status;
    for (size_t i = 0; i < matter->the_case->watches.n && st == OVF_OK; i++) {
        const char *const name = watches[i].name.text;
        struct ovf_watched watched = {0};
        st = ovf_watched_find(matter->subjects, matter->n_subjects, name, &watched);
        for (size_t k = 0; k < watched.n && st == OVF_OK; k++) {
            const size_t first = watched.crossings[watched.items[k].first];
            judge_journey(matter, name, &watched.items[k], matter->subjects[first].simulated,
                          findings);
        }
        ovf_watched_deinit(&watched);
    }
    return st != OVF_OK ? st : findings->status;
}
