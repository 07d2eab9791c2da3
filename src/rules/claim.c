/* SPDX-License-Identifier: Apache-2.0 */
/* What is counted is known between bounds: journeys for sure, journeys perhaps, and, where days tell nothing, any
 * number more. A predicate that holds for all numbers within is consistent, for none contradicted. */
#include "rules/claim.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "rules/landing.h"
#include "rules/phrases.h"
#include "rules/watched.h"

enum { MAX_SHOWN = 20 };

/** The journeys that a predicate is about. */
struct shown {
    const char *crossings[MAX_SHOWN]; /* the first of each */
    size_t n_crossings;
    bool *rests; /* by journey of the watch: it was counted */
    size_t n_sure;
    size_t n_perhaps;
    size_t n_elsewhere; /* of landings: that landed elsewhere, or on another day */
    struct ovf_matter_days days;
};

static void show(struct shown *shown, const char *crossing)
{
    if (shown->n_crossings < MAX_SHOWN)
        shown->crossings[shown->n_crossings++] = crossing;
}

/* ---- counts ---- */

static void count(const struct ovf_matter *matter, const struct ovf_predicate *predicate,
                  const struct ovf_watched *watched, struct shown *shown)
{
    for (size_t i = 0; i < watched->n; i++) {
        const struct ovf_watched_journey *const journey = &watched->items[i];
        const enum ovf_holds within =
            ovf_holds_at(predicate->from_ns, predicate->until_ns, journey->entry);
        if (within == OVF_HOLDS_NOT)
            continue;
        const bool is_sure = within == OVF_HOLDS && journey->is_sure;
        shown->rests[i] = true;
        shown->n_sure += is_sure ? 1 : 0;
        shown->n_perhaps += is_sure ? 0 : 1;
        show(shown, matter->subjects[watched->crossings[journey->first]].id);
    }
}

/** Whether the predicate holds for all numbers of \p low to \p high, or for none: it changes near its own. */
static enum ovf_holds holds_within(const struct ovf_predicate *predicate, int64_t low, int64_t high)
{
    const int64_t candidates[] = {low, high, predicate->n - 1, predicate->n, predicate->n + 1};
    bool all = true;
    bool any = false;
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        if (candidates[i] < low || candidates[i] > high)
            continue;
        const bool holds = ovf_compare_holds(predicate->compare, candidates[i], predicate->n);
        all = all && holds;
        any = any || holds;
    }
    return all ? OVF_HOLDS : any ? OVF_HOLDS_PERHAPS : OVF_HOLDS_NOT;
}

static const char *verdict_of(enum ovf_holds holds, const struct shown *shown)
{
    if (holds == OVF_HOLDS_PERHAPS)
        return ovf_matter_days_tell(shown->days) ? "undetermined" : "no_data";
    return holds == OVF_HOLDS ? "consistent" : "contradicted";
}

static const char *judge_count(const struct ovf_predicate *predicate, const struct shown *shown)
{
    const int64_t low = (int64_t)shown->n_sure;
    const int64_t high =
        ovf_matter_days_tell(shown->days) ? low + (int64_t)shown->n_perhaps : INT64_MAX;
    return verdict_of(holds_within(predicate, low, high), shown);
}

/* ---- landings ---- */

/** The landings at the airport on the days, and the journeys of these days that landed elsewhere, or later. */
static void land(const struct ovf_matter *matter, const struct ovf_predicate *predicate,
                 const struct ovf_watched *watched, const struct ovf_landings *landings,
                 struct shown *shown)
{
    for (size_t i = 0; i < watched->n; i++) {
        const struct ovf_watched_journey *const journey = &watched->items[i];
        const struct ovf_landing landing =
            ovf_landing_of(landings, journey->journey_id, predicate->airport, predicate->from_ns,
                           predicate->until_ns);
        const bool on_days =
            ovf_holds_at(predicate->from_ns, predicate->until_ns, journey->entry) != OVF_HOLDS_NOT;
        const bool is_sure = landing.landed == OVF_HOLDS && journey->is_sure;
        shown->rests[i] = on_days || landing.landed != OVF_HOLDS_NOT;
        shown->n_sure += is_sure ? 1 : 0;
        shown->n_perhaps += !is_sure && landing.landed != OVF_HOLDS_NOT ? 1 : 0;
        if (landing.landed == OVF_HOLDS)
            show(shown, matter->subjects[watched->crossings[journey->first]].id);
        shown->n_elsewhere += on_days && landing.landed == OVF_HOLDS_NOT ? 1 : 0;
    }
}

/** That nobody landed there is known only where nobody was heard that may have. */
static const char *judge_landing(const struct ovf_predicate *predicate, const struct shown *shown)
{
    if (shown->n_sure > 0)
        return predicate->is_negated ? "contradicted" : "consistent";
    if (!ovf_matter_days_tell(shown->days))
        return "no_data";
    if (shown->n_perhaps > 0)
        return "undetermined";
    return predicate->is_negated ? "consistent" : "contradicted";
}

/* ---- findings ---- */

static void put_finding(const struct ovf_matter *matter, const struct ovf_case_claim *claim,
                        const char *verdict, struct ovf_findings *findings)
{
    char day[OVF_PHRASE_DAY_SIZE];
    const struct ovf_finding_head head = {.rule = OVF_RULE_CLAIM,
                                          .key = "",
                                          .about = OVF_ABOUT_CLAIM,
                                          .about_id = claim->name.text,
                                          .verdict = verdict,
                                          .simulated = ovf_matter_is_simulated(matter)};
    ovf_findings_add(findings, &head);
    ovf_phrase_day(claim->date_ns, day);
    ovf_finding_reason(findings, "%s said on %s: %s", claim->party, day, claim->says);
    ovf_phrase_source(findings, claim->source, claim->second_hand);
}

static void put_shown(const struct ovf_case_claim *claim, const struct shown *shown,
                      struct ovf_findings *findings)
{
    const bool lands = claim->parsed.kind == OVF_PREDICATE_LANDS;
    struct ovf_json_writer json = ovf_finding_details(findings);
    ovf_json_text(&json, "predicate", claim->predicate);
    ovf_json_int(&json, lands ? "n_landed" : "n_journeys", (int64_t)shown->n_sure);
    ovf_json_int(&json, "n_undetermined", (int64_t)shown->n_perhaps);
    if (lands)
        ovf_json_int(&json, "n_landed_elsewhere", (int64_t)shown->n_elsewhere);
    ovf_json_int(&json, "n_days", (int64_t)shown->days.n);
    ovf_json_int(&json, "n_days_without_data", (int64_t)shown->days.n_without_data);
    ovf_json_int(&json, "n_days_nobody_heard", (int64_t)shown->days.n_not_heard);
    ovf_json_open(&json, "crossings", '[');
    for (size_t i = 0; i < shown->n_crossings; i++)
        ovf_json_text(&json, NULL, shown->crossings[i]);
    ovf_json_close(&json, ']');
    ovf_finding_details_end(findings, &json);
    ovf_finding_reason(
        findings,
        "%s: %zu for sure, %zu perhaps; days: %zu, without data: %zu, on which nobody "
        "else was heard there: %zu",
        claim->predicate, shown->n_sure, shown->n_perhaps, shown->days.n,
        shown->days.n_without_data, shown->days.n_not_heard);
}

/** The days that the predicate is about; all that the inputs have, where it names none. */
static struct ovf_matter_days days_of(const struct ovf_matter *matter,
                                      const struct ovf_predicate *predicate)
{
    const int64_t end_ns = matter->first_day_ns + (int64_t)matter->n_days * OVF_NS_PER_DAY;
    const bool is_always = predicate->from_ns == INT64_MIN;
    return ovf_matter_days(matter, ovf_matter_watch(matter, predicate->watch),
                           is_always ? matter->first_day_ns : predicate->from_ns,
                           is_always ? end_ns : predicate->until_ns);
}

static void judge_predicate(const struct ovf_matter *matter, const struct ovf_case_claim *claim,
                            const struct ovf_watched *watched, const struct ovf_landings *landings,
                            struct shown *shown, struct ovf_findings *findings)
{
    const struct ovf_predicate *const predicate = &claim->parsed;
    const bool counts = predicate->kind == OVF_PREDICATE_COUNT;
    shown->days = days_of(matter, predicate);
    if (counts)
        count(matter, predicate, watched, shown);
    else
        land(matter, predicate, watched, landings, shown);
    put_finding(matter, claim,
                counts ? judge_count(predicate, shown) : judge_landing(predicate, shown), findings);
    put_shown(claim, shown, findings);
    for (size_t i = 0; i < watched->n; i++) {
        if (shown->rests[i])
            ovf_watched_rests_on(watched, i, matter->subjects, findings);
    }
}

static enum ovf_status judge_claim(const struct ovf_matter *matter,
                                   const struct ovf_case_claim *claim,
                                   const struct ovf_landings *landings,
                                   struct ovf_findings *findings)
{
    const struct ovf_predicate *const predicate = &claim->parsed;
    struct ovf_watched watched = {0};
    struct shown shown = {.n_crossings = 0};
    if (claim->predicate == NULL) {
        put_finding(matter, claim, "not_checkable_from_tracks", findings);
        return OVF_OK;
    }
    enum ovf_status st =
        ovf_watched_find(matter->subjects, matter->n_subjects, predicate->watch, &watched);
    if (st == OVF_OK) {
        shown.rests = calloc(watched.n + 1, sizeof *shown.rests);
        st = shown.rests != NULL ? OVF_OK : OVF_E_NOMEM;
    }
    if (st == OVF_OK)
        judge_predicate(matter, claim, &watched, landings, &shown, findings);
    free(shown.rests);
    ovf_watched_deinit(&watched);
    return st;
}

enum ovf_status ovf_claims_judge(const struct ovf_matter *matter, struct ovf_findings *findings)
{
    const struct ovf_case_claim *const claims = matter->the_case->claims.items;
    struct ovf_landings landings = {0};
    if (matter->the_case->claims.n == 0)
        return findings->status;
    enum ovf_status st = ovf_landings_init(&landings, matter);
    for (size_t i = 0; i < matter->the_case->claims.n && st == OVF_OK; i++)
        st = judge_claim(matter, &claims[i], &landings, findings);
    ovf_landings_deinit(&landings);
    return st == OVF_OK ? findings->status : st;
}
