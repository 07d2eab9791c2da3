/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/listing.h"

#include <stdio.h>
#include <string.h>

#include "base/time.h"
#include "rules/aircraft_group.h"
#include "rules/phrases.h"

/* From a year on, what became of an entry since its list's last edition is said to be unknown. */
enum { KEY_SIZE = 256, OLD_DAYS = 365 };

/** Who says what the aircraft is, and of which day that is: a trace's header of the flight's own. */
static void date_registration(const struct ovf_matter *matter,
                              const struct ovf_subject_flight *flight,
                              struct ovf_listing_query *query)
{
    const char *const source = flight->aircraft.registration_source;
    if (strcmp(source, "trace_header") == 0) {
        query->has_registration_date = true;
        query->registration_date_ns = flight->start_ns;
    } else if (strncmp(source, "register", strlen("register")) == 0) {
        query->has_registration_date = matter->has_register_day;
        query->registration_date_ns = matter->register_day_ns;
    }
}

static struct ovf_listing_query query_of(const struct ovf_matter *matter,
                                         const struct ovf_subject_flight *flight,
                                         const char designator[4])
{
    const struct ovf_subject_aircraft *const aircraft = &flight->aircraft;
    struct ovf_listing_query query = {
        .address = aircraft->address,
        .has_address = true,
        .registration = aircraft->registration,
        .msn = matter->register_ != NULL ? ovf_register_msn(matter->register_, aircraft->address)
                                         : NULL,
        .model = aircraft->type_code,
        .operator_icao = designator[0] != '\0' ? designator : NULL,
        .flight_ns = flight->start_ns,
        .now_ns = matter->now_ns,
    };
    date_registration(matter, flight, &query);
    return query;
}

/** Whether its callsign leads to the entry, too: all else that is known of an aircraft is known by its address. */
static bool is_named_by_callsign(const struct ovf_matter *matter,
                                 const struct ovf_listing_query *query,
                                 const struct ovf_listed *listed)
{
    const struct ovf_listing_query by_callsign = {.operator_icao = query->operator_icao,
                                                  .flight_ns = query->flight_ns,
                                                  .now_ns = query->now_ns};
    struct ovf_listing_hit hits[OVF_LISTING_MAX_HITS];
    const size_t n = ovf_listings_match(matter->listings, &by_callsign, hits);
    bool is_named = false;
    for (size_t i = 0; i < n && !is_named; i++)
        is_named = hits[i].listed == listed;
    return is_named;
}

static void put_text(struct ovf_json_writer *json, const char *key, struct ovf_bytes text)
{
    if (text.len > 0)
        ovf_json_bytes(json, key, text);
}

static void put_programmes(struct ovf_json_writer *json, struct ovf_listing listing)
{
    ovf_json_open(json, "programmes", '[');
    for (size_t i = 0;; i++) {
        const struct ovf_bytes programme = ovf_listing_value(listing, OVF_LISTING_PROGRAMME, i);
        if (programme.len == 0)
            break;
        ovf_json_bytes(json, NULL, programme);
    }
    ovf_json_close(json, ']');
}

static void put_edition(struct ovf_json_writer *json, const char *key,
                        const struct ovf_listing_at *at)
{
    char day[OVF_PHRASE_DAY_SIZE];
    ovf_phrase_day(at->as_of->date_ns, day);
    ovf_json_open(json, key, '{');
    ovf_json_text(json, "state", ovf_listing_state_name(at->state));
    ovf_json_text(json, "edition", day);
    ovf_json_text(json, "sha256", at->as_of->sha256);
    if (at->is_after_last)
        ovf_json_bool(json, "after_last_edition", true);
    ovf_json_close(json, '}');
}

static void put_details(struct ovf_findings *findings, const struct ovf_listing_hit *hit)
{
    struct ovf_json_writer json = ovf_finding_details(findings);
    ovf_json_text(&json, "list", hit->listed->list);
    put_text(&json, "entry", hit->listed->id);
    put_text(&json, "name", ovf_listing_value(hit->listing, OVF_LISTING_NAME, 0));
    put_text(&json, "matched", hit->matched);
    if (hit->via != NULL)
        put_text(&json, "via_entry", hit->via->id);
    put_programmes(&json, hit->listing);
    put_edition(&json, "on_flight_date", &hit->on_flight_date);
    put_edition(&json, "today", &hit->now);
    ovf_finding_details_end(findings, &json);
}

static const char *state_words(enum ovf_listing_state state)
{
    static const char *const words[] = {[OVF_LISTING_IN_FORCE] = "in force",
                                        [OVF_LISTING_NOT_IN_FORCE] = "not in force",
                                        [OVF_LISTING_UNKNOWN] = "not known"};
    return words[state];
}

/** "in force on the day of the flight (edition of 2024-05-02)": an edition far from the flight says so by its day. */
static void put_reason(struct ovf_findings *findings, const struct ovf_listing_hit *hit)
{
    const struct ovf_bytes name = ovf_listing_value(hit->listing, OVF_LISTING_NAME, 0);
    char then[OVF_PHRASE_DAY_SIZE];
    char now[OVF_PHRASE_DAY_SIZE];
    ovf_phrase_day(hit->on_flight_date.as_of->date_ns, then);
    ovf_phrase_day(hit->now.as_of->date_ns, now);
    ovf_finding_reason(
        findings,
        "%.*s is named in %s as %.*s: %s on the day of the flight (edition of %s%s), "
        "%s today (edition of %s%s)",
        (int)hit->matched.len, (const char *)hit->matched.data, hit->listed->list, (int)name.len,
        (const char *)name.data, state_words(hit->on_flight_date.state), then,
        hit->on_flight_date.is_after_last ? ", the last" : "", state_words(hit->now.state), now,
        hit->now.is_after_last ? ", the last" : "");
}

/** A list that was not brought up to date is no evidence of what was in force long after. */
static void put_age(struct ovf_findings *findings, const struct ovf_listing_at *then,
                    int64_t flight_ns)
{
    const int64_t n_days = (flight_ns - then->as_of->date_ns) / OVF_NS_PER_DAY;
    if (then->is_after_last && n_days >= OLD_DAYS)
        ovf_finding_reason(findings, "the list's last edition is %d days before the flight",
                           (int)n_days);
}

static void put_source(struct ovf_findings *findings, const struct ovf_listing_hit *hit)
{
    char source[OVF_SHA256_HEX_SIZE + 7];
    (void)snprintf(source, sizeof source, "sha256:%s", hit->on_flight_date.as_of->sha256);
    ovf_finding_source(findings, source);
    if (hit->now.as_of != hit->on_flight_date.as_of) {
        (void)snprintf(source, sizeof source, "sha256:%s", hit->now.as_of->sha256);
        ovf_finding_source(findings, source);
    }
    if (hit->source != NULL)
        ovf_finding_source(findings, hit->source);
}

/** \p is_of_either: of which of two aircraft with the address, nothing tells. */
static void put_hit(const struct ovf_subject_flight *flight, const struct ovf_listing_hit *hit,
                    bool is_of_either, struct ovf_findings *findings)
{
    char key[KEY_SIZE];
    (void)snprintf(key, sizeof key, "%s:%.*s", hit->listed->list, (int)hit->listed->id.len,
                   (const char *)hit->listed->id.data);
    const struct ovf_finding_head head = {
        .rule = OVF_RULE_LISTING,
        .key = ovf_findings_keep(findings, key),
        .about = OVF_ABOUT_FLIGHT,
        .about_id = flight->id,
        .verdict = is_of_either ? "address_shared" : ovf_listing_match_name(hit->match),
        .simulated = flight->simulated};
    ovf_findings_add(findings, &head);
    if (hit->on_flight_date.state != OVF_LISTING_UNKNOWN && hit->now.state != OVF_LISTING_UNKNOWN)
        ovf_finding_force(findings, hit->on_flight_date.state == OVF_LISTING_IN_FORCE,
                          hit->now.state == OVF_LISTING_IN_FORCE);
    put_details(findings, hit);
    put_reason(findings, hit);
    if (is_of_either)
        ovf_finding_reason(findings, "two aircraft had the address at that time, and the callsign "
                                     "does not lead to the entry: it may be the other one");
    put_age(findings, &hit->on_flight_date, flight->start_ns);
    put_source(findings, hit);
}

enum ovf_status ovf_listings_judge(const struct ovf_matter *matter, struct ovf_findings *findings)
{
    struct ovf_listing_hit hits[OVF_LISTING_MAX_HITS];
    for (size_t i = 0; matter->listings != NULL && i < matter->n_flights; i++) {
        const struct ovf_subject_flight *const flight = &matter->flights[i];
        char designator[4];
        (void)ovf_callsign_operator(flight->aircraft.callsign, designator);
        const struct ovf_listing_query query = query_of(matter, flight, designator);
        const size_t n = ovf_listings_match(matter->listings, &query, hits);
        for (size_t k = 0; k < n; k++) {
            const bool is_of_either =
                flight->address_shared && !is_named_by_callsign(matter, &query, hits[k].listed);
            put_hit(flight, &hits[k], is_of_either, findings);
        }
    }
    return findings->status;
}
