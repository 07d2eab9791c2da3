/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/inspection.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "rules/landing.h"
#include "rules/phrases.h"
#include "rules/watched.h"

/** Whether \p flight is one that the inspection may have been of. */
static bool fits(const struct ovf_case_inspection *inspection,
                 const struct ovf_subject_flight *flight)
{
    return flight != NULL && ovf_time_day(flight->end_ns) == inspection->date_ns &&
           (inspection->callsign == NULL ||
            strcmp(inspection->callsign, flight->aircraft.callsign) == 0) &&
           (inspection->registration == NULL ||
            strcmp(inspection->registration, flight->aircraft.registration) == 0);
}

/** Which journeys the inspection may have been of. \p inspected is by journey of \p watched. */
static size_t mark_inspected(const struct ovf_case_inspection *inspection,
                             const struct ovf_landings *landings, const struct ovf_watched *watched,
                             bool *inspected, const struct ovf_subject_flight **flight)
{
    size_t n = 0;
    for (size_t i = 0; i < watched->n; i++) {
        const struct ovf_landing landing =
            ovf_landing_of(landings, watched->items[i].journey_id, inspection->at);
        if (!fits(inspection, landing.flight))
            continue;
        inspected[i] = true;
        *flight = landing.flight;
        n++;
    }
    return n;
}

static void put_inspection(const struct ovf_matter *matter,
                           const struct ovf_case_inspection *inspection, size_t n,
                           const struct ovf_subject_flight *flight, struct ovf_findings *findings)
{
    char day[OVF_PHRASE_DAY_SIZE];
    const struct ovf_matter_days days = ovf_matter_days(matter, OVF_NO_WATCH, inspection->date_ns,
                                                        inspection->date_ns + OVF_NS_PER_DAY);
    const bool no_data = days.n_without_data > 0;
    const struct ovf_finding_head head = {.rule = OVF_RULE_INSPECTION,
                                          .key = "",
                                          .about = OVF_ABOUT_CLAIM,
                                          .about_id = inspection->name.text,
                                          .watch = inspection->watch.text,
                                          .verdict = n == 1    ? "flight_found"
                                                     : n > 1   ? "several_flights_fit"
                                                     : no_data ? "no_data"
                                                               : "no_flight_found",
                                          .simulated = ovf_matter_is_simulated(matter)};
    ovf_findings_add(findings, &head);
    if (n == 1)
        ovf_landing_put(findings, flight);
    ovf_phrase_day(inspection->date_ns, day);
    ovf_finding_reason(findings, "inspected by %s at %s on %s; said to be found: %s",
                       inspection->by, inspection->at, day, inspection->found);
    if (n == 1)
        ovf_finding_reason(findings, "%s landed there on that day", flight->aircraft.callsign);
    ovf_phrase_source(findings, inspection->source, inspection->second_hand);
}

static void put_count(const struct ovf_matter *matter, const char *watch, size_t n_inspected,
                      size_t n, struct ovf_findings *findings)
{
    const struct ovf_finding_head head = {.rule = OVF_RULE_INSPECTION,
                                          .key = "",
                                          .about = OVF_ABOUT_WATCH,
                                          .about_id = watch,
                                          .verdict = "counted",
                                          .simulated = ovf_matter_is_simulated(matter)};
    ovf_findings_add(findings, &head);
    struct ovf_json_writer json = ovf_finding_details(findings);
    ovf_json_int(&json, "n_inspected", (int64_t)n_inspected);
    ovf_json_int(&json, "n_not_inspected", (int64_t)(n - n_inspected));
    ovf_finding_details_end(findings, &json);
    ovf_finding_reason(findings, "%zu of %zu journeys fit an inspection of the case, %zu fit none",
                       n_inspected, n, n - n_inspected);
}

/** The inspections among the flights of one watch. */
static enum ovf_status judge_watch(const struct ovf_matter *matter, const char *watch,
                                   const struct ovf_landings *landings, bool *inspected,
                                   struct ovf_findings *findings)
{
    const struct ovf_case_inspection *const all = matter->the_case->inspections.items;
    struct ovf_watched watched = {0};
    size_t n_about = 0;
    size_t n_inspected = 0;
    const enum ovf_status st =
        ovf_watched_find(matter->subjects, matter->n_subjects, watch, &watched);
    memset(inspected, 0, matter->n_subjects * sizeof *inspected);
    for (size_t i = 0; i < matter->the_case->inspections.n && st == OVF_OK; i++) {
        const struct ovf_subject_flight *flight = NULL;
        if (strcmp(all[i].watch.text, watch) != 0)
            continue;
        const size_t n = mark_inspected(&all[i], landings, &watched, inspected, &flight);
        put_inspection(matter, &all[i], n, flight, findings);
        n_about++;
    }
    for (size_t i = 0; i < watched.n; i++)
        n_inspected += inspected[i] ? 1 : 0;
    if (n_about > 0)
        put_count(matter, watch, n_inspected, watched.n, findings);
    ovf_watched_deinit(&watched);
    return st;
}

enum ovf_status ovf_inspections_judge(const struct ovf_matter *matter,
                                      struct ovf_findings *findings)
{
    const struct ovf_case_watch *const watches = matter->the_case->watches.items;
    struct ovf_landings landings = {0};
    bool *const inspected = malloc(matter->n_subjects + 1);
    enum ovf_status st = inspected != NULL ? ovf_landings_init(&landings, matter) : OVF_E_NOMEM;
    for (size_t i = 0; i < matter->the_case->watches.n && st == OVF_OK; i++)
        st = judge_watch(matter, watches[i].name.text, &landings, inspected, findings);
    free(inspected);
    ovf_landings_deinit(&landings);
    return st == OVF_OK ? findings->status : st;
}
