/* SPDX-License-Identifier: Apache-2.0 */
#include "run/lines.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"

static void forget_flights(struct ovf_lines *lines)
{
    for (size_t i = 0; i < lines->n_flight_items; i++)
        free(lines->flight_items[i]);
    lines->n_flight_items = 0;
    lines->n = 0;
}

void ovf_lines_deinit(struct ovf_lines *lines)
{
    forget_flights(lines);
    free(lines->items);
    free(lines->flight_items);
    *lines = (struct ovf_lines){0};
}

static bool says_anything(const struct ovf_track_member *member)
{
    const struct ovf_identity *identity = &member->identity;
    return member->identity_source != OVF_IDENTITY_NOBODY &&
           (identity->registration[0] != '\0' || identity->type_code[0] != '\0' ||
            identity->owner_operator[0] != '\0');
}

static void add_flags(const struct ovf_identity *identity, struct ovf_report_identity *who)
{
    who->has_db_flags = who->has_db_flags || identity->has_db_flags;
    who->db_flags |= identity->has_db_flags ? identity->db_flags : 0;
}

/** The newest that says anything; NULL: none does. */
static const struct ovf_track_member *find_saying(const struct ovf_track_member *members,
                                                  const uint32_t *items, size_t n_items)
{
    const struct ovf_track_member *newest = NULL;
    for (size_t i = 0; i < n_items; i++) {
        const struct ovf_track_member *member = &members[items[i]];
        if (says_anything(member) &&
            (newest == NULL || member->identity_source == OVF_IDENTITY_TRACE_HEADER ||
             newest->identity_source == OVF_IDENTITY_TABLE))
            newest = member;
    }
    return newest;
}

struct ovf_report_identity ovf_lines_who(const struct ovf_question *q, uint32_t address,
                                         const struct ovf_track_member *members,
                                         const uint32_t *items, size_t n_items)
{
    static const char *const sources[] = {[OVF_IDENTITY_NOBODY] = "",
                                          [OVF_IDENTITY_TRACE_HEADER] = "trace_header",
                                          [OVF_IDENTITY_TABLE] = "table"};
    const struct ovf_identity *registered =
        q->register_ != NULL ? ovf_register_find(q->register_, address) : NULL;
    const struct ovf_track_member *const newest = find_saying(members, items, n_items);
    struct ovf_report_identity who = {.source = ""};
    if (registered != NULL) {
        who = (struct ovf_report_identity){.identity = registered,
                                           .source = q->register_source,
                                           .date_ns = q->register_day_ns,
                                           .has_date = q->has_register_day};
        add_flags(registered, &who);
    } else if (newest != NULL) {
        who = (struct ovf_report_identity){.identity = &newest->identity,
                                           .source = sources[newest->identity_source],
                                           .date_ns = newest->from_ns,
                                           .has_date = newest->identity_source ==
                                                       OVF_IDENTITY_TRACE_HEADER};
    }
    for (size_t i = 0; i < n_items; i++) {
        if (members[items[i]].identity_source != OVF_IDENTITY_NOBODY)
            add_flags(&members[items[i]].identity, &who);
    }
    return who;
}

/** The members that fixes [first, last] stand in, in order. */
static enum ovf_status members_of(struct ovf_lines *lines, const struct ovf_track *track,
                                  size_t first, size_t last, size_t n_members,
                                  struct ovf_report_line *line)
{
    uint32_t **grown = ovf_array_reserve(lines->flight_items, &lines->flight_items_capacity,
                                         lines->n_flight_items + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    lines->flight_items = grown;
    bool *used = calloc(n_members + 1, sizeof *used);
    uint32_t *items = malloc((n_members + 1) * sizeof *items);
    if (used == NULL || items == NULL) {
        free(used);
        free(items);
        return OVF_E_NOMEM;
    }
    used[0] = n_members == 1; /* all stand in it */
    for (size_t i = first; i <= last && n_members > 1; i++)
        used[track->fixes.items[i].record.item] = true;
    for (size_t i = 0; i < track->n_aliases; i++) {
        if (track->aliases[i].fix >= first && track->aliases[i].fix <= last)
            used[track->aliases[i].record.item] = true;
    }
    line->items = items;
    line->n_items = 0;
    for (uint32_t i = 0; i < n_members; i++) {
        if (used[i])
            items[line->n_items++] = i;
    }
    lines->flight_items[lines->n_flight_items++] = items;
    free(used);
    return OVF_OK;
}

static enum ovf_status add_line(struct ovf_lines *lines, const struct ovf_report_line *line)
{
    struct ovf_report_line *grown =
        ovf_array_reserve(lines->items, &lines->capacity, lines->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    lines->items = grown;
    lines->items[lines->n++] = *line;
    return OVF_OK;
}

enum ovf_status ovf_lines_make_all(struct ovf_lines *lines, const struct ovf_question *q,
                                   const struct ovf_result *result,
                                   const struct ovf_track_member *members, size_t n_members)
{
    struct ovf_report_line line = {.result = result, .members = members, .receivers = q->receivers};
    enum ovf_status st = OVF_OK;
    forget_flights(lines);
    for (size_t i = 0; i < result->n_crossings && st == OVF_OK; i++) {
        const size_t flight = result->crossings[i].flight;
        const bool is_next = i == 0 || result->crossings[i - 1].flight != flight;
        if (is_next) {
            const struct ovf_leg *leg = &result->flights[flight].fixes;
            st = members_of(lines, result->track, leg->first, leg->last, n_members, &line);
            if (st != OVF_OK)
                return st;
            line.who = ovf_lines_who(q, result->track->address, members, line.items, line.n_items);
        }
        line.crossing = &result->crossings[i];
        line.match = q->watches.n > 0
                         ? ovf_watches_match(&q->watches, q->config.airports, result, line.crossing,
                                             line.who.identity, &line.watches)
                         : ovf_watch_match(&q->watch, q->config.airports, result, line.crossing,
                                           line.who.identity);
        st = add_line(lines, &line);
    }
    return st;
}

enum ovf_status ovf_lines_make(struct ovf_lines *lines, const struct ovf_question *q,
                               const struct ovf_result *result,
                               const struct ovf_track_member *members, size_t n_members,
                               struct ovf_found *found)
{
    const enum ovf_status st = ovf_lines_make_all(lines, q, result, members, n_members);
    const struct ovf_fix *const fixes = result->track->fixes.items;
    size_t n = 0;
    for (size_t i = 0; i < lines->n; i++) {
        struct ovf_report_line *line = &lines->items[i];
        found->n_of_class[line->crossing->passage.class] += line->match.only_class ? 1 : 0;
        found->n_end_unknown += line->match.only_end_unknown ? 1 : 0;
        if (!line->match.matches && !(line->match.only_end_unknown && q->include_unknown))
            continue;
        if (ovf_question_tells_all(q))
            line->distance_m = ovf_passage_distance_m(&line->crossing->passage, fixes);
        lines->items[n++] = *line;
    }
    lines->n = n;
    return st;
}
