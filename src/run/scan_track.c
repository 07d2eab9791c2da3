/* SPDX-License-Identifier: Apache-2.0 */
/* One aircraft of a scan: gathered, put beside what earlier scans carried on, followed by the engine, and
 * told: printed, compared or put into the store. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "report/detection.h"
#include "run/compare.h"
#include "run/doubts.h"
#include "run/scan_state.h"
#include "track/address.h"

static enum ovf_status print_crossing(struct ovf_scan_worker *w, const struct ovf_report_line *line)
{
    const struct ovf_flight *flight = &line->result->flights[line->crossing->flight];
    const struct ovf_sort_key key = {.start_ns = flight->start_ns,
                                     .entry_ns = line->crossing->passage.entry.t_ns,
                                     .address = line->result->track->address};
    w->text.len = 0;
    enum ovf_status st = ovf_report_crossing(w->scan->question->format, &w->report, line, &w->text);
    if (st == OVF_OK)
        st = ovf_sorter_add(w->scan->sorter, key, ovf_buffer_bytes(&w->text), &w->error);
    return st;
}

/** Prints pairs of crossings under two editions instead of crossings. */
static enum ovf_status compare_result(struct ovf_scan_worker *w, const struct ovf_result *result)
{
    const struct ovf_question *q = w->scan->question;
    const struct ovf_gather *g = &w->gather;
    bool *met = calloc(result->n_crossings + 1, sizeof *met);
    struct ovf_compared *pairs = calloc(result->n_crossings + 1, sizeof *pairs);
    enum ovf_status st = met == NULL || pairs == NULL ? OVF_E_NOMEM : OVF_OK;
    if (st == OVF_OK)
        st = ovf_lines_make_all(&w->lines, q, result, g->members, g->n_members);
    for (size_t i = 0; i < result->n_crossings && st == OVF_OK; i++)
        met[i] = w->lines.items[i].match.matches;
    const size_t n = st == OVF_OK ? ovf_compare_pairs(q, result, met, pairs) : 0;
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        const struct ovf_crossing *any = pairs[i].of[pairs[i].of[0] != NULL ? 0 : 1];
        const struct ovf_sort_key key = {.start_ns = result->flights[any->flight].start_ns,
                                         .entry_ns = any->passage.entry.t_ns,
                                         .address = result->track->address};
        w->text.len = 0;
        w->found.n_printed++;
        st = ovf_compare_line(q, result, &pairs[i], &w->text);
        if (st == OVF_OK)
            st = ovf_sorter_add(w->scan->sorter, key, ovf_buffer_bytes(&w->text), &w->error);
    }
    free(met);
    free(pairs);
    return st;
}

/** What inputs hold, whatever is asked. */
static void note_aircraft(struct ovf_scan_worker *w, uint32_t address)
{
    const struct ovf_gather *g = &w->gather;
    bool any = false;
    for (size_t i = 0; i < g->n_members; i++) {
        const uint32_t item = (uint32_t)i;
        const struct ovf_report_identity who =
            ovf_lines_who(w->scan->question, address, g->members, &item, 1);
        ovf_question_note_aircraft(w->scan->question, address,
                                   who.identity != NULL ? who.identity->registration : "");
    }
    for (size_t i = 0; i < g->n_parts; i++)
        any = any || g->parts[i].n > 0;
    w->found.n_aircraft += any ? 1 : 0;
}

/** How fast it can fly: by the fastest type that its members name; a military aircraft may be faster than any
 * airliner, so that nothing that it did unheard is necessary. */
static void note_speed(struct ovf_scan_worker *w, uint32_t address,
                       const struct ovf_track_member *members, size_t n_members)
{
    struct ovf_aircraft_speed speed = {.speed_class = OVF_SPEED_N};
    for (uint32_t i = 0; i < n_members; i++) {
        const struct ovf_report_identity who =
            ovf_lines_who(w->scan->question, address, members, &i, 1);
        speed.is_fast = speed.is_fast || (who.db_flags & 1) != 0;
        if (who.identity == NULL)
            continue;
        const enum ovf_speed_class named = ovf_speed_class_of(who.identity->type_code);
        if (who.identity->type_code[0] != '\0' && named < speed.speed_class)
            speed.speed_class = named;
    }
    if (speed.speed_class == OVF_SPEED_N)
        speed.speed_class = OVF_SPEED_JET;
    ovf_engine_set_speed(w->engine, speed);
}

/** Whether a flight holds a fix of a member that this scan read: else an earlier scan counted it. */
static bool is_new_flight(const struct ovf_result *result, const struct ovf_flight *flight,
                          const struct ovf_track_member *members)
{
    const struct ovf_fix *fixes = result->track->fixes.items;
    bool is_new = false;
    for (size_t i = flight->fixes.first; i <= flight->fixes.last && !is_new; i++)
        is_new = !members[fixes[i].record.item].is_carried;
    return is_new;
}

/** The fixes of members that this scan read: nearly always all. */
static void count_fixes(struct ovf_found *found, const struct ovf_track *track,
                        const struct ovf_track_member *members, size_t n_members)
{
    bool any_carried = false;
    for (size_t i = 0; i < n_members; i++)
        any_carried = any_carried || members[i].is_carried;
    if (!any_carried) {
        found->n_fixes += track->fixes.n;
        found->n_suspect += track->n_unbelieved;
        return;
    }
    for (size_t i = 0; i < track->fixes.n; i++) {
        const struct ovf_fix *fix = &track->fixes.items[i];
        if (members[fix->record.item].is_carried)
            continue;
        found->n_fixes++;
        found->n_suspect += fix->grade == OVF_GRADE_X ? 1 : 0;
    }
}

static void count_result(struct ovf_found *found, const struct ovf_result *result,
                         const struct ovf_track_member *members, size_t n_members)
{
    const struct ovf_track *track = result->track;
    for (size_t i = 0; i < result->n_flights; i++) {
        const struct ovf_flight *flight = &result->flights[i];
        found->n_flights += !flight->is_elsewhere && is_new_flight(result, flight, members) ? 1 : 0;
    }
    count_fixes(found, track, members, n_members);
    for (size_t i = 0; i < track->detections.n; i++)
        found->n_of_detection[track->detections.items[i].kind]++;
    found->n_duplicate += result->chain > 1 ? 1 : 0;
    found->n_repeated += track->n_aliases + track->n_repeated;
}

/** Room for where \p n flights were heard. */
static enum ovf_status reserve_heard(struct ovf_scan_worker *w, size_t n)
{
    const size_t n_before = w->heard_capacity;
    struct ovf_heard *grown = ovf_array_reserve(w->heard, &w->heard_capacity, n, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    memset(&grown[n_before], 0, (w->heard_capacity - n_before) * sizeof *grown);
    w->heard = grown;
    return OVF_OK;
}

/** Where the aircraft was heard, whatever is asked of it. A label may be of one that has an address, too, and
 * be its own witness: it counts for none, and nor does the other aircraft of a duplicate address. */
static enum ovf_status note_heard(struct ovf_scan_worker *w, const struct ovf_result *result)
{
    const struct ovf_scan_run *scan = w->scan;
    const struct ovf_track *track = result->track;
    if ((scan->gaps == NULL && scan->store == NULL) || result->chain > 1 ||
        (track->address & OVF_ADDRESS_NON_ICAO) != 0)
        return OVF_OK;
    enum ovf_status st = reserve_heard(w, result->n_flights);
    for (size_t i = 0; i < result->n_flights && st == OVF_OK; i++) {
        const struct ovf_flight *flight = &result->flights[i];
        struct ovf_heard *heard = &w->heard[i];
        if (flight->is_elsewhere)
            continue;
        st = ovf_heard_flight(heard, track, flight->fixes.first, flight->fixes.last,
                              &scan->question->config.walk);
        if (st == OVF_OK && scan->store != NULL)
            st = ovf_store_writer_heard(scan->store, track->address, flight->start_ns, heard,
                                        &w->error);
        else if (st == OVF_OK)
            st = ovf_heard_spool_add(track->address, heard, &w->heard_records);
    }
    if (st == OVF_OK && scan->gaps != NULL)
        st = ovf_heard_spool_end_aircraft(ovf_gaps_heard(scan->gaps), &w->heard_records, &w->error);
    return st;
}

/** What each flight tells of others between the same airports. */
static enum ovf_status note_past(struct ovf_scan_worker *w, const struct ovf_result *result)
{
    const struct ovf_scan_run *scan = w->scan;
    const struct ovf_engine_config *config = &scan->question->config;
    enum ovf_status st = OVF_OK;
    if (!config->wants_possible || (scan->shares == NULL && scan->store == NULL) ||
        result->chain > 1 || (result->track->address & OVF_ADDRESS_NON_ICAO) != 0)
        return OVF_OK;
    for (size_t i = 0; i < result->n_flights && st == OVF_OK; i++) {
        const struct ovf_flight *flight = &result->flights[i];
        if (flight->is_elsewhere || !ovf_past_has_ends(flight))
            continue;
        st = ovf_past_flight_make(config, result, i, &w->past);
        if (st == OVF_OK && scan->store != NULL)
            st = ovf_store_writer_past(scan->store, result->track->address, flight->start_ns,
                                       &w->past, &w->error);
        else if (st == OVF_OK)
            st = ovf_shares_add_flight(scan->shares, result->track->address, flight->start_ns,
                                       &w->past, &w->error);
    }
    return st;
}

const struct ovf_detect_config *ovf_scan_detectors(const struct ovf_scan_run *scan)
{
    const struct ovf_detect_config *detect = scan->question->config.detect;
    return detect != NULL ? detect : &ovf_detect_defaults;
}

/** Where its positions jumped to. */
static enum ovf_status note_jumps(struct ovf_scan_worker *w, const struct ovf_result *result)
{
    const struct ovf_scan_run *scan = w->scan;
    if (scan->sinks == NULL && scan->store == NULL)
        return OVF_OK;
    const enum ovf_status st = ovf_jumps_find(result->track, ovf_scan_detectors(scan), &w->jumps);
    if (st != OVF_OK || w->jumps.n == 0)
        return st;
    return scan->store != NULL ? ovf_store_writer_jumps(scan->store, &w->jumps, &w->error)
                               : ovf_sinks_add(scan->sinks, &w->jumps, &w->error);
}

/** What the detections of several aircraft say together; of labels and of the other aircraft of an address
 * nothing is said. */
static enum ovf_status note_detections(struct ovf_scan_worker *w, const struct ovf_result *result)
{
    const struct ovf_scan_run *scan = w->scan;
    if (result->chain > 1 || (result->track->address & OVF_ADDRESS_NON_ICAO) != 0)
        return OVF_OK;
    enum ovf_status st = note_jumps(w, result);
    if (st != OVF_OK || (scan->altitudes == NULL && scan->store == NULL))
        return st;
    st = ovf_altitude_changes_find(result->track, &w->altitude_changes);
    if (st != OVF_OK || w->altitude_changes.n == 0)
        return st;
    return scan->store != NULL
               ? ovf_store_writer_altitudes(scan->store, &w->altitude_changes, &w->error)
               : ovf_altitudes_add(scan->altitudes, &w->altitude_changes, &w->error);
}

/** What is asked of others about the crossing of a flight of which note_heard tells where it was heard. A label may
 * be of one that has an address, and be its own witness. */
static enum ovf_status note_nearby(struct ovf_scan_worker *w, const struct ovf_report_line *line)
{
    const struct ovf_result *result = line->result;
    if (result->chain > 1 || (result->track->address & OVF_ADDRESS_NON_ICAO) != 0)
        return OVF_OK;
    return ovf_nearby_add(w->scan->nearby, &w->report, line, &w->heard[line->crossing->flight],
                          &w->text, &w->error);
}

/** The lines at hand, and the gaps of their flights. */
static enum ovf_status print_lines(struct ovf_scan_worker *w)
{
    const struct ovf_scan_run *scan = w->scan;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < w->lines.n && st == OVF_OK; i++) {
        const struct ovf_report_line *line = &w->lines.items[i];
        const bool is_next = i == 0 || line[-1].crossing->flight != line->crossing->flight;
        st = print_crossing(w, line);
        if (st == OVF_OK && is_next && scan->gaps != NULL)
            st = ovf_gaps_add(scan->gaps, &scan->question->config.walk, line, &w->text, &w->error);
        if (st == OVF_OK && scan->nearby != NULL)
            st = note_nearby(w, line);
        if (st == OVF_OK && scan->shares != NULL)
            st = ovf_shares_add_crossing(scan->shares, &w->report, line, &w->error);
    }
    return st;
}

/** What crossings do not tell is printed, or put into the store. */
static enum ovf_status take_doubts(void *context, const struct ovf_report_line *line,
                                   const struct ovf_report_doubts *doubts)
{
    struct ovf_scan_worker *const w = context;
    const struct ovf_scan_run *const scan = w->scan;
    w->found.n_doubted++;
    if (scan->store != NULL) {
        ovf_scan_await_turn(w);
        return ovf_store_writer_doubts(scan->store, line, doubts, &w->error);
    }
    if (scan->doubts == NULL)
        return OVF_OK;
    const struct ovf_sort_key key = {.start_ns = doubts->from_ns,
                                     .entry_ns = doubts->to_ns,
                                     .address = line->result->track->address};
    w->text.len = 0;
    enum ovf_status st = ovf_gather_identify(&w->gather);
    if (st == OVF_OK)
        st = ovf_ndjson_detections(&w->report, line, doubts, &w->text);
    return st == OVF_OK ? ovf_sorter_add(scan->doubts, key, ovf_buffer_bytes(&w->text), &w->error)
                        : st;
}

static enum ovf_status report_result(struct ovf_scan_worker *w, const struct ovf_result *result,
                                     const struct ovf_track_member *members, size_t n_members)
{
    count_result(&w->found, result, members, n_members);
    if (w->scan->question->compares)
        return compare_result(w, result);
    enum ovf_status st = note_heard(w, result);
    if (st == OVF_OK)
        st = note_detections(w, result);
    if (st == OVF_OK)
        st = note_past(w, result);
    if (st == OVF_OK)
        st = ovf_lines_make(&w->lines, w->scan->question, result, members, n_members, &w->found);
    if (st == OVF_OK && w->lines.n > 0 && ovf_question_tells_all(w->scan->question))
        st = ovf_gather_identify(&w->gather);
    w->found.n_printed += w->lines.n;
    if (st == OVF_OK)
        st = ovf_doubts_tell(w->scan->question, result, members, &w->lines, take_doubts, w);
    if (w->scan->store != NULL && st == OVF_OK && w->lines.n > 0) {
        ovf_scan_await_turn(w);
        return ovf_store_writer_put(w->scan->store, w->lines.items, w->lines.n, &w->error);
    }
    return st == OVF_OK ? print_lines(w) : st;
}

/** What the engine found of an aircraft and, where two have its address, of the other. Of that one is carried on to
 * another scan what lies in spells that are carried of the first (engine/carry.h). */
static enum ovf_status report_all(struct ovf_scan_worker *w, struct ovf_result *result,
                                  const struct ovf_track_member *members, size_t n_members)
{
    enum ovf_status st = report_result(w, result, members, n_members);
    if (st != OVF_OK || !result->duplicate_address)
        return st;
    st = ovf_engine_twin(w->engine, result);
    return st == OVF_OK ? report_result(w, result, members, n_members) : st;
}

/* ---- with what earlier scans carried on ---- */

/** Follows one stretch, with the flights that are known beside it. */
static enum ovf_status follow_stretch(struct ovf_scan_worker *w, uint32_t address,
                                      const struct ovf_carry *carry, struct ovf_join *join,
                                      size_t own, struct ovf_result *result)
{
    struct ovf_stretch *stretch = &join->stretches[own];
    struct ovf_flight *flights = NULL;
    struct ovf_around around = {.begins_journey = stretch->begins_journey};
    enum ovf_status st = ovf_join_flights_around(join, carry, own, &flights, &around.n_flights);
    around.flights = flights;
    note_speed(w, address, join->members, join->n_members);
    if (st == OVF_OK)
        st = ovf_engine_aircraft(w->engine, address, "", &stretch->fixes, 1, &around, result);
    if (st == OVF_OK)
        st = ovf_stretch_note(stretch, result);
    free(flights);
    return st;
}

/** Stretches are followed twice where there are several: each needs the flights of all others. */
static enum ovf_status follow_stretches(struct ovf_scan_worker *w, uint32_t address,
                                        const struct ovf_carry *carry, struct ovf_join *join)
{
    struct ovf_result result;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < join->n_stretches && join->n_stretches > 1 && st == OVF_OK; i++)
        st = follow_stretch(w, address, carry, join, i, &result);
    for (size_t i = 0; i < join->n_stretches && st == OVF_OK; i++) {
        st = follow_stretch(w, address, carry, join, i, &result);
        if (st == OVF_OK)
            st = report_all(w, &result, join->members, join->n_members);
    }
    return st;
}

/** Members that an earlier scan put into the store already leave nothing to do. */
static enum ovf_status drop_seen(struct ovf_scan_worker *w, const struct ovf_carry *carry)
{
    struct ovf_gather *g = &w->gather;
    bool *drop = calloc(g->n_members + 1, sizeof *drop);
    if (drop == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < g->n_members; i++) {
        drop[i] = ovf_carry_has_seen(carry, &g->members[i].digest);
        w->found.n_scanned_before += drop[i] ? 1 : 0;
    }
    ovf_gather_drop(g, drop);
    free(drop);
    return OVF_OK;
}

static void note_overlaps(struct ovf_scan_worker *w, const struct ovf_carry *carry)
{
    for (size_t i = 0; i < w->gather.n_members; i++) {
        if (ovf_carry_overlaps(carry, &w->gather.members[i])) {
            w->found.n_overlapping++;
            return;
        }
    }
}

static enum ovf_status store_track(struct ovf_scan_worker *w, uint32_t address)
{
    struct ovf_store_writer *store = w->scan->store;
    struct ovf_gather *g = &w->gather;
    struct ovf_carry carry = {0};
    struct ovf_carry next = {0};
    struct ovf_join join = {0};
    enum ovf_status st = ovf_store_writer_load(store, address, &carry, &w->error);
    if (st == OVF_OK)
        st = drop_seen(w, &carry);
    if (st != OVF_OK || g->n_members == 0)
        goto out;
    note_overlaps(w, &carry);
    st = ovf_carry_join(&carry, g->members, g->n_members, g->parts, g->n_parts, &join);
    if (st != OVF_OK)
        goto out;
    if (carry.n_pieces > 0) {
        ovf_scan_await_turn(w);
        st = ovf_store_writer_recall(store, address, &carry, &w->error);
    }
    if (st == OVF_OK)
        st = follow_stretches(w, address, &carry, &join);
    if (st == OVF_OK)
        st = ovf_carry_next(&carry, g->members, g->n_members, &join,
                            w->scan->question->config.journey_ns, &next);
    if (st == OVF_OK) {
        ovf_scan_await_turn(w);
        st = ovf_store_writer_settle(store, address, &next, &w->error);
    }
out:
    ovf_carry_deinit(&next);
    ovf_join_deinit(&join);
    ovf_carry_deinit(&carry);
    return st;
}

/* ---- one track ---- */

/** Which inputs the members are of: a crossing that rests on them rests on these. */
static enum ovf_status note_members(struct ovf_scan_worker *w)
{
    const struct ovf_gather *g = &w->gather;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < g->n_members && st == OVF_OK; i++)
        st = ovf_store_writer_member(w->scan->store, &g->members[i].digest,
                                     ovf_catalog_item(w->scan->catalog, g->items[i])->input);
    return st;
}

/** The parts [begin, end) of one key. A label means nothing in another input: nothing of it is carried. */
static enum ovf_status scan_track(struct ovf_scan_worker *w, const struct ovf_plan_part *begin,
                                  const struct ovf_plan_part *end)
{
    const uint32_t address = begin->key.address;
    const bool is_label = (address & OVF_ADDRESS_NON_ICAO) != 0;
    const struct ovf_gather *g = &w->gather;
    char scope[17] = "";
    struct ovf_result result;
    enum ovf_status st = ovf_gather_track(&w->gather, begin, end, &w->error);
    if (st != OVF_OK || g->n_members == 0)
        return st;
    const bool is_only_heard = ovf_gather_is_only_heard(g);
    if (is_only_heard && w->scan->store == NULL)
        return OVF_OK;
    if (!is_only_heard)
        note_aircraft(w, address);
    if (!is_label)
        st = ovf_input_clocks_note(&w->clocks, g);
    if (st != OVF_OK)
        return st;
    if (w->scan->store != NULL || is_label)
        st = ovf_gather_identify(&w->gather);
    if (st == OVF_OK && w->scan->store != NULL)
        st = note_members(w);
    if (st != OVF_OK)
        return st;
    if (w->scan->store != NULL && !is_label)
        return store_track(w, address);
    if (is_label)
        ovf_digest_format(&g->members[0].digest, 8, scope);
    note_speed(w, address, g->members, g->n_members);
    st = g->n_parts == 1
             ? ovf_engine_take(w->engine, address, scope, g->parts, &result)
             : ovf_engine_aircraft(w->engine, address, scope, g->parts, g->n_parts, NULL, &result);
    if (st == OVF_OK)
        st = report_all(w, &result, g->members, g->n_members);
    ovf_engine_give_back(w->engine, &w->gather.trace.fixes);
    return st;
}

enum ovf_status ovf_scan_group(struct ovf_scan_worker *w, const struct ovf_plan_group *group)
{
    const struct ovf_plan_part *const end = &w->scan->plan->parts[group->end];
    const struct ovf_plan_part *begin = &w->scan->plan->parts[group->begin];
    enum ovf_status st = ovf_gather_next_group(&w->gather, group->end - group->begin, &w->error);
    while (begin < end && st == OVF_OK) {
        const struct ovf_plan_part *next = begin + 1;
        while (next < end && ovf_track_key_compare(begin->key, next->key) == 0)
            next++;
        st = scan_track(w, begin, next);
        begin = next;
    }
    return st;
}
