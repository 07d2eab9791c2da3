/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/inspection.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "rules/aircraft_group.h"
#include "rules/landing.h"
#include "rules/phrases.h"
#include "rules/watched.h"

/** The journeys that an inspection may have been of. */
struct fitting {
    size_t n;
    size_t n_perhaps;
    struct ovf_landing landing; /* of the last of them */
};

/** Whether it has the name that is said of it, if any: perhaps where its own is not known. */
static enum ovf_holds has_name(const char *said, const char *own, bool is_same)
{
    if (said == NULL || is_same)
        return OVF_HOLDS;
    return own[0] == '\0' ? OVF_HOLDS_PERHAPS : OVF_HOLDS_NOT;
}

static enum ovf_holds is_said(const struct ovf_case_inspection *inspection,
                              const struct ovf_subject_aircraft *aircraft)
{
    const char *const callsign = inspection->callsign;
    const char *const registration = inspection->registration;
    return ovf_holds_both(
        has_name(callsign, aircraft->callsign,
                 callsign != NULL && strcmp(callsign, aircraft->callsign) == 0),
        has_name(registration, aircraft->registration,
                 registration != NULL &&
                     ovf_registration_compare(registration, aircraft->registration) == 0));
}

/** Whether a journey is one that the inspection may have been of. */
static enum ovf_holds fits(const struct ovf_case_inspection *inspection,
                           const struct ovf_landing *landing)
{
    return landing->flight == NULL
               ? landing->landed
               : ovf_holds_both(landing->landed, is_said(inspection, &landing->flight->aircraft));
}

/** \p inspected is by journey of \p watched. */
static struct fitting find_fitting(const struct ovf_case_inspection *inspection,
                                   const struct ovf_landings *landings,
                                   const struct ovf_watched *watched, enum ovf_holds *inspected)
{
    struct fitting fitting = {.n = 0};
    for (size_t i = 0; i < watched->n; i++) {
        const struct ovf_landing landing =
            ovf_landing_of(landings, watched->items[i].journey_id, inspection->at,
                           inspection->date_ns, inspection->date_ns + OVF_NS_PER_DAY);
        enum ovf_holds fit = fits(inspection, &landing);
        if (fit == OVF_HOLDS_NOT)
            continue;
        if (!watched->items[i].is_sure)
            fit = OVF_HOLDS_PERHAPS;
        fitting.n += fit == OVF_HOLDS ? 1 : 0;
        fitting.n_perhaps += fit == OVF_HOLDS_PERHAPS ? 1 : 0;
        if (fit == OVF_HOLDS || fitting.n == 0)
            fitting.landing = landing;
        if (inspected[i] != OVF_HOLDS)
            inspected[i] = fit;
    }
    return fitting;
}

static const char *verdict_of(const struct ovf_matter *matter,
                              const struct ovf_case_inspection *inspection,
                              const struct fitting *fitting)
{
    const struct ovf_matter_days days =
        ovf_matter_days(matter, ovf_matter_watch(matter, inspection->watch.text),
                        inspection->date_ns, inspection->date_ns + OVF_NS_PER_DAY);
    if (fitting->n > 0)
        return fitting->n == 1 ? "flight_found" : "several_flights_fit";
    if (fitting->n_perhaps > 0)
        return "undetermined";
    return ovf_matter_days_tell(days) ? "no_flight_found" : "no_data";
}

static void put_inspection(const struct ovf_matter *matter,
                           const struct ovf_case_inspection *inspection,
                           const struct fitting *fitting, struct ovf_findings *findings)
{
    char day[OVF_PHRASE_DAY_SIZE];
    const struct ovf_finding_head head = {.rule = OVF_RULE_INSPECTION,
                                          .key = "",
                                          .about = OVF_ABOUT_INSPECTION,
                                          .about_id = inspection->name.text,
                                          .verdict = verdict_of(matter, inspection, fitting),
                                          .simulated = ovf_matter_is_simulated(matter)};
    const bool is_one = fitting->n == 1 || (fitting->n == 0 && fitting->n_perhaps == 1);
    ovf_findings_add(findings, &head);
    if (is_one)
        ovf_landing_put(findings, &fitting->landing);
    ovf_phrase_day(inspection->date_ns, day);
    ovf_finding_reason(findings, "inspected by %s at %s on %s; said to be found: %s",
                       inspection->by, inspection->at, day, inspection->found);
    ovf_finding_reason(findings, "journeys that landed there on that day: %zu, perhaps %zu",
                       fitting->n, fitting->n_perhaps);
    if (is_one)
        ovf_landing_reason(findings, &fitting->landing);
    if (is_one && fitting->landing.flight != NULL &&
        is_said(inspection, &fitting->landing.flight->aircraft) == OVF_HOLDS_PERHAPS)
        ovf_finding_reason(findings,
                           "whether its callsign and registration are those is not known");
    ovf_phrase_source(findings, inspection->source, inspection->second_hand);
}

/** On what the last finding, that of the inspection, rests. */
static void rest_on_fitting(const struct ovf_matter *matter,
                            const struct ovf_case_inspection *inspection,
                            const struct ovf_landings *landings, const struct ovf_watched *watched,
                            struct ovf_findings *findings)
{
    for (size_t i = 0; i < watched->n; i++) {
        const struct ovf_landing landing =
            ovf_landing_of(landings, watched->items[i].journey_id, inspection->at,
                           inspection->date_ns, inspection->date_ns + OVF_NS_PER_DAY);
        if (fits(inspection, &landing) != OVF_HOLDS_NOT)
            ovf_watched_rests_on(watched, i, matter->subjects, findings);
    }
}

/** How many journeys were inspected. */
struct counted {
    size_t n;
    size_t n_inspected;
    size_t n_perhaps;
    size_t n_not_sure; /* of all: journeys that are the watch's perhaps only */
};

static struct counted count(const struct ovf_watched *watched, const enum ovf_holds *inspected)
{
    struct counted counted = {.n = watched->n};
    for (size_t i = 0; i < watched->n; i++) {
        counted.n_not_sure += watched->items[i].is_sure ? 0 : 1;
        counted.n_inspected += inspected[i] == OVF_HOLDS ? 1 : 0;
        counted.n_perhaps += inspected[i] == OVF_HOLDS_PERHAPS ? 1 : 0;
    }
    return counted;
}

static void put_count(const struct ovf_matter *matter, const char *watch,
                      const struct counted *counted, struct ovf_findings *findings)
{
    const size_t n_not = counted->n - counted->n_inspected - counted->n_perhaps;
    const struct ovf_finding_head head = {.rule = OVF_RULE_INSPECTION,
                                          .key = "",
                                          .about = OVF_ABOUT_WATCH,
                                          .about_id = watch,
                                          .verdict = "counted",
                                          .simulated = ovf_matter_is_simulated(matter)};
    ovf_findings_add(findings, &head);
    struct ovf_json_writer json = ovf_finding_details(findings);
    ovf_json_int(&json, "n_inspected", (int64_t)counted->n_inspected);
    ovf_json_int(&json, "n_undetermined", (int64_t)counted->n_perhaps);
    ovf_json_int(&json, "n_not_inspected", (int64_t)n_not);
    ovf_json_int(&json, "n_journeys_perhaps", (int64_t)counted->n_not_sure);
    ovf_finding_details_end(findings, &json);
    ovf_finding_reason(
        findings,
        "of %zu journeys, %zu of them the watch's perhaps only, %zu fit an inspection of "
        "the case, %zu perhaps, %zu fit none",
        counted->n, counted->n_not_sure, counted->n_inspected, counted->n_perhaps, n_not);
}

/** The inspections among the flights of one watch. */
static enum ovf_status judge_watch(const struct ovf_matter *matter, const char *watch,
                                   const struct ovf_landings *landings, enum ovf_holds *inspected,
                                   struct ovf_findings *findings)
{
    const struct ovf_case_inspection *const all = matter->the_case->inspections.items;
    struct ovf_watched watched = {0};
    size_t n_about = 0;
    const enum ovf_status st =
        ovf_watched_find(matter->subjects, matter->n_subjects, watch, &watched);
    memset(inspected, 0, matter->n_subjects * sizeof *inspected);
    for (size_t i = 0; i < matter->the_case->inspections.n && st == OVF_OK; i++) {
        if (strcmp(all[i].watch.text, watch) != 0)
            continue;
        const struct fitting fitting = find_fitting(&all[i], landings, &watched, inspected);
        put_inspection(matter, &all[i], &fitting, findings);
        rest_on_fitting(matter, &all[i], landings, &watched, findings);
        n_about++;
    }
    const struct counted counted = count(&watched, inspected);
    if (n_about > 0)
        put_count(matter, watch, &counted, findings);
    ovf_watched_deinit(&watched);
    return st;
}

enum ovf_status ovf_inspections_judge(const struct ovf_matter *matter,
                                      struct ovf_findings *findings)
{
    const struct ovf_case_watch *const watches = matter->the_case->watches.items;
    struct ovf_landings landings = {0};
    if (matter->the_case->inspections.n == 0)
        return findings->status;
    enum ovf_holds *const inspected = malloc((matter->n_subjects + 1) * sizeof *inspected);
    enum ovf_status st = inspected != NULL ? ovf_landings_init(&landings, matter) : OVF_E_NOMEM;
    for (size_t i = 0; i < matter->the_case->watches.n && st == OVF_OK; i++)
        st = judge_watch(matter, watches[i].name.text, &landings, inspected, findings);
    free(inspected);
    ovf_landings_deinit(&landings);
    return st == OVF_OK ? findings->status : st;
}
