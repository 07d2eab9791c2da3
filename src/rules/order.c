/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/order.h"

#include <string.h>

#include "base/time.h"
#include "rules/aircraft_group.h"
#include "rules/landing.h"
#include "rules/phrases.h"
#include "rules/watched.h"

/** The journeys of one order. */
struct counted {
    size_t n_landed;
    size_t n_not_landed;
    size_t n_undetermined;
};

/* ---- whose order it is ---- */

/** Whether a journey is one that the order is of: it entered in time, and was flown by who is named. */
struct due {
    enum ovf_holds in_time;
    enum ovf_holds is_named;
};

static bool names_all(const struct ovf_case_order *order)
{
    return order->registrations.n + order->aircraft.n == 0;
}

static bool has_address(const struct ovf_case_list *aircraft, uint32_t address)
{
    const int64_t *const addresses = aircraft->items;
    for (size_t i = 0; i < aircraft->n; i++) {
        if (addresses[i] == (int64_t)address)
            return true;
    }
    return false;
}

/** Perhaps: its registration is not known. */
static enum ovf_holds is_named(const struct ovf_case_order *order,
                               const struct ovf_subject_aircraft *aircraft)
{
    if (names_all(order) || has_address(&order->aircraft, aircraft->address) ||
        ovf_names_have_registration(ovf_names_of(&order->registrations), aircraft->registration))
        return OVF_HOLDS;
    return order->registrations.n > 0 && aircraft->registration[0] == '\0' ? OVF_HOLDS_PERHAPS
                                                                           : OVF_HOLDS_NOT;
}

static struct due due_of(const struct ovf_case_order *order, const struct ovf_matter *matter,
                         const struct ovf_watched *watched,
                         const struct ovf_watched_journey *journey)
{
    return (struct due){
        ovf_holds_at(order->valid_from_ns, order->valid_to_ns, journey->entry),
        is_named(order, &matter->subjects[watched->crossings[journey->first]].aircraft)};
}

/** Whether it was the order's to obey. */
static enum ovf_holds is_due(struct due due, const struct ovf_watched_journey *journey)
{
    const enum ovf_holds holds = ovf_holds_both(due.in_time, due.is_named);
    return holds == OVF_HOLDS && !journey->is_sure ? OVF_HOLDS_PERHAPS : holds;
}

/* ---- what is said ---- */

static const char *landed_name(enum ovf_holds landed)
{
    static const char *const names[] = {[OVF_HOLDS_NOT] = "not_landed",
                                        [OVF_HOLDS] = "landed",
                                        [OVF_HOLDS_PERHAPS] = "undetermined"};
    return names[landed];
}

static void judge_journey(const struct ovf_case_order *order,
                          const struct ovf_watched_journey *journey, struct due due,
                          const struct ovf_landing *landing, bool simulated,
                          struct ovf_findings *findings)
{
    const enum ovf_holds landed =
        is_due(due, journey) == OVF_HOLDS_PERHAPS ? OVF_HOLDS_PERHAPS : landing->landed;
    const struct ovf_finding_head head = {.rule = OVF_RULE_ORDER,
                                          .key = order->name.text,
                                          .about = OVF_ABOUT_JOURNEY,
                                          .about_id = journey->journey_id,
                                          .verdict = landed_name(landed),
                                          .simulated = simulated};
    ovf_findings_add(findings, &head);
    ovf_landing_put(findings, landing);
    if (!journey->is_sure)
        ovf_finding_reason(findings, "%s", OVF_WATCHED_PERHAPS);
    else if (due.in_time == OVF_HOLDS_PERHAPS)
        ovf_finding_reason(findings,
                           "whether it entered while the order was in force is not known");
    else if (due.is_named == OVF_HOLDS_PERHAPS)
        ovf_finding_reason(findings, "its registration is not known, so neither is whether the "
                                     "order names it");
    else if (landed == OVF_HOLDS_NOT)
        ovf_finding_reason(findings, "its flights landed elsewhere than at %s", order->land_at);
    else
        ovf_landing_reason(findings, landing);
    ovf_phrase_source(findings, order->basis.source, order->basis.second_hand);
}

static const char *order_verdict(const struct ovf_matter *matter,
                                 const struct ovf_case_order *order, const struct counted *counted)
{
    if (counted->n_landed > 0)
        return counted->n_not_landed + counted->n_undetermined > 0 ? "some_landed" : "landed";
    if (counted->n_undetermined > 0)
        return "undetermined";
    if (counted->n_not_landed > 0)
        return "not_landed";
    const struct ovf_matter_days days =
        ovf_matter_days(matter, ovf_matter_watch(matter, order->watch.text), order->valid_from_ns,
                        order->valid_to_ns);
    return ovf_matter_days_tell(days) ? "no_flight" : "no_data";
}

static void put_order(const struct ovf_matter *matter, const struct ovf_case_order *order,
                      const struct ovf_watched *watched, const struct counted *counted,
                      struct ovf_findings *findings)
{
    char span[OVF_PHRASE_SPAN_SIZE];
    const struct ovf_finding_head head = {.rule = OVF_RULE_ORDER,
                                          .key = "",
                                          .about = OVF_ABOUT_ORDER,
                                          .about_id = order->name.text,
                                          .verdict = order_verdict(matter, order, counted),
                                          .simulated = ovf_matter_is_simulated(matter)};
    ovf_findings_add(findings, &head);
    struct ovf_json_writer json = ovf_finding_details(findings);
    ovf_json_int(&json, "n_landed", (int64_t)counted->n_landed);
    ovf_json_int(&json, "n_not_landed", (int64_t)counted->n_not_landed);
    ovf_json_int(&json, "n_undetermined", (int64_t)counted->n_undetermined);
    ovf_finding_details_end(findings, &json);
    ovf_phrase_span(order->valid_from_ns, order->valid_to_ns, span);
    ovf_finding_reason(findings,
                       "%s ordered to land at %s, %s: of the journeys%s that entered then %zu "
                       "landed there, %zu did not, of %zu it is not known%s%s",
                       order->by, order->land_at, span,
                       names_all(order) ? "" : " of the aircraft that it names", counted->n_landed,
                       counted->n_not_landed, counted->n_undetermined,
                       order->basis.contested_by != NULL ? "; contested by " : "",
                       order->basis.contested_by != NULL ? order->basis.contested_by : "");
    ovf_phrase_source(findings, order->basis.source, order->basis.second_hand);
    for (size_t i = 0; i < watched->n; i++) {
        const struct ovf_watched_journey *const journey = &watched->items[i];
        if (is_due(due_of(order, matter, watched, journey), journey) != OVF_HOLDS_NOT)
            ovf_watched_rests_on(watched, i, matter->subjects, findings);
    }
}

static enum ovf_status judge_order(const struct ovf_matter *matter,
                                   const struct ovf_case_order *order,
                                   const struct ovf_landings *landings,
                                   struct ovf_findings *findings)
{
    struct ovf_watched watched = {0};
    struct counted counted = {0};
    const enum ovf_status st =
        ovf_watched_find(matter->subjects, matter->n_subjects, order->watch.text, &watched);
    for (size_t i = 0; i < watched.n && st == OVF_OK; i++) {
        const struct ovf_watched_journey *const journey = &watched.items[i];
        const struct due due = due_of(order, matter, &watched, journey);
        const enum ovf_holds in_force = is_due(due, journey);
        if (in_force == OVF_HOLDS_NOT)
            continue;
        const struct ovf_landing landing =
            ovf_landing_of(landings, journey->journey_id, order->land_at, INT64_MIN, INT64_MAX);
        counted.n_landed += in_force == OVF_HOLDS && landing.landed == OVF_HOLDS ? 1 : 0;
        counted.n_not_landed += in_force == OVF_HOLDS && landing.landed == OVF_HOLDS_NOT ? 1 : 0;
        counted.n_undetermined +=
            in_force == OVF_HOLDS_PERHAPS || landing.landed == OVF_HOLDS_PERHAPS ? 1 : 0;
        judge_journey(order, journey, due, &landing,
                      matter->subjects[watched.crossings[journey->first]].simulated, findings);
    }
    if (st == OVF_OK)
        put_order(matter, order, &watched, &counted, findings);
    ovf_watched_deinit(&watched);
    return st;
}

enum ovf_status ovf_orders_judge(const struct ovf_matter *matter, struct ovf_findings *findings)
{
    const struct ovf_case_order *const orders = matter->the_case->orders.items;
    struct ovf_landings landings = {0};
    if (matter->the_case->orders.n == 0)
        return findings->status;
    enum ovf_status st = ovf_landings_init(&landings, matter);
    for (size_t i = 0; i < matter->the_case->orders.n && st == OVF_OK; i++)
        st = judge_order(matter, &orders[i], &landings, findings);
    ovf_landings_deinit(&landings);
    return st == OVF_OK ? findings->status : st;
}
