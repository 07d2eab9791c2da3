/* SPDX-License-Identifier: Apache-2.0 */
/* Matching crossings with what was told of them, and telling what is new. */
#include "engine/live_told.h"

#include <assert.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"

/* A crossing that is missing may be back with the next fixes: what is suspect is often confirmed later, and
 * a retraction is for good. */
static const int64_t missing_ns = 30 * OVF_NS_PER_S;

/* Who flies along a boundary for longer than this is taken to stay on that side. */
static const int64_t along_ns = 10 * OVF_NS_PER_MIN;

const char *ovf_live_event_name(enum ovf_live_event_kind kind)
{
    static const char *const names[OVF_LIVE_N] = {
        [OVF_LIVE_ENTERED] = "entered",     [OVF_LIVE_LEFT] = "left",
        [OVF_LIVE_CORRECTED] = "corrected", [OVF_LIVE_RETRACTED] = "retracted",
        [OVF_LIVE_SETTLED] = "settled",
    };
    assert((unsigned)kind < OVF_LIVE_N);
    return names[kind];
}

const char *ovf_live_reason_name(enum ovf_live_reason reason)
{
    static const char *const names[] = {
        [OVF_LIVE_REASON_NONE] = "",
        [OVF_LIVE_NOT_FOUND] = "not_found",
        [OVF_LIVE_MERGED] = "merged",
        [OVF_LIVE_NOT_ASKED] = "no_longer_asked_for",
    };
    return names[reason];
}

void ovf_live_tolds_deinit(struct ovf_live_tolds *tolds)
{
    free(tolds->items);
    *tolds = (struct ovf_live_tolds){0};
}

static enum ovf_status add_told(struct ovf_live_tolds *tolds, const struct ovf_live_told *told,
                                struct ovf_live_told **out)
{
    struct ovf_live_told *grown =
        ovf_array_reserve(tolds->items, &tolds->capacity, tolds->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    tolds->items = grown;
    size_t at = tolds->n++;
    for (; at > 0 && tolds->items[at - 1].start_ns > told->start_ns; at--)
        tolds->items[at] = tolds->items[at - 1];
    tolds->items[at] = *told;
    *out = &tolds->items[at];
    return OVF_OK;
}

static void remove_told(struct ovf_live_tolds *tolds, size_t i)
{
    memmove(&tolds->items[i], &tolds->items[i + 1], (tolds->n - i - 1) * sizeof *tolds->items);
    tolds->n--;
}

/* ---- what a crossing is ---- */

static struct ovf_live_end end_of(const struct ovf_passage_end *end)
{
    const bool is_solved = end->kind == OVF_PASSAGE_CROSSED;
    const bool is_known = end->kind != OVF_PASSAGE_TRACK;
    return (struct ovf_live_end){.kind = end->kind,
                                 .t_ns = is_solved ? end->t_ns : 0,
                                 .t_min_ns = is_known ? end->t_min_ns : 0,
                                 .t_max_ns = is_known ? end->t_max_ns : 0,
                                 .earliest_ns = is_known ? end->earliest_ns : 0,
                                 .latest_ns = is_known ? end->latest_ns : 0,
                                 .perhaps_stayed = end->perhaps_stayed};
}

static int64_t start_of(const struct ovf_result *result, const struct ovf_passage *p)
{
    return p->entry.kind == OVF_PASSAGE_TRACK && !p->is_beyond
               ? result->track->fixes.items[p->entry.before].t_ns
               : p->entry.earliest_ns;
}

static int64_t end_time_of(const struct ovf_result *result, const struct ovf_passage *p)
{
    return p->exit.kind == OVF_PASSAGE_TRACK && !p->is_beyond
               ? result->track->fixes.items[p->exit.before].t_ns
               : p->exit.latest_ns;
}

static bool is_same_subject(const struct ovf_live_told *told, const struct ovf_result *result,
                            const struct ovf_crossing *c)
{
    return told->layer == c->layer && told->owner == c->passage.owner &&
           told->chain == result->chain && told->start_ns <= end_time_of(result, &c->passage) &&
           told->end_ns >= start_of(result, &c->passage);
}

/** Milliseconds are what is printed. */
static bool is_same_time(int64_t a_ns, int64_t b_ns)
{
    return ovf_time_floor(a_ns, OVF_NS_PER_MS) == ovf_time_floor(b_ns, OVF_NS_PER_MS);
}

static bool is_same_end(const struct ovf_live_end *a, const struct ovf_live_end *b)
{
    return a->kind == b->kind && a->perhaps_stayed == b->perhaps_stayed &&
           is_same_time(a->t_ns, b->t_ns) && is_same_time(a->t_min_ns, b->t_min_ns) &&
           is_same_time(a->t_max_ns, b->t_max_ns) && is_same_time(a->earliest_ns, b->earliest_ns) &&
           is_same_time(a->latest_ns, b->latest_ns);
}

/** Whether what is said of it is other than what was. */
static bool differs(const struct ovf_live_look *look, const struct ovf_live_told *told,
                    const struct ovf_crossing *c)
{
    const struct ovf_live_end entry = end_of(&c->passage.entry);
    const struct ovf_live_end exit = end_of(&c->passage.exit);
    const bool has_role = told->is_left || look->result->flights[c->flight].fixes.ends_on_ground;
    return told->class != c->passage.class || (has_role && told->role != c->role) ||
           !is_same_end(&told->entry, &entry) ||
           (told->is_left && !is_same_end(&told->exit, &exit));
}

static void note_facts(struct ovf_live_told *told, const struct ovf_result *result,
                       const struct ovf_crossing *c)
{
    memcpy(told->callsign, result->flights[c->flight].callsign, sizeof told->callsign);
    told->class = (uint8_t)c->passage.class;
    told->role = (uint8_t)c->role;
    told->entry = end_of(&c->passage.entry);
    told->exit = end_of(&c->passage.exit);
}

/* ---- whether it is over ---- */

static const struct ovf_fix *last_fix(const struct ovf_result *result, const struct ovf_crossing *c)
{
    return &result->track->fixes.items[result->flights[c->flight].fixes.last];
}

static bool is_last_flight(const struct ovf_result *result, size_t flight)
{
    for (size_t i = flight + 1; i < result->n_flights; i++) {
        if (!result->flights[i].is_elsewhere)
            return false;
    }
    return true;
}

/** Whether the aircraft is outside and will hardly turn out to have been inside all along. */
static bool is_over(const struct ovf_live_look *look, const struct ovf_crossing *c)
{
    const struct ovf_edition *edition = look->teller->config->layers[c->layer].edition;
    const struct ovf_fix *last = last_fix(look->result, c);
    const struct ovf_passage *p = &c->passage;
    if (p->exit.kind == OVF_PASSAGE_TRACK)
        return false;
    if (look->is_last || !is_last_flight(look->result, c->flight) ||
        look->now_ns - p->exit.t_max_ns > along_ns)
        return true;
    const double clear_m = ovf_engine_accuracy_m(edition) + (double)last->radius_m;
    return ovf_index_distance_m(&edition->index, last->at, p->owner, clear_m) >= clear_m;
}

/** Whether the entry of what is still inside may be told. */
static bool is_surely_in(const struct ovf_live_look *look, const struct ovf_crossing *c)
{
    const struct ovf_edition *edition = look->teller->config->layers[c->layer].edition;
    return c->passage.exit.kind == OVF_PASSAGE_TRACK &&
           (look->is_last || !c->passage.grazing ||
            ovf_passage_fix_is_deep(&edition->index, last_fix(look->result, c), c->passage.owner,
                                    ovf_engine_accuracy_m(edition)));
}

/* ---- saying ---- */

static enum ovf_status say(const struct ovf_live_look *look, enum ovf_live_event_kind kind,
                           struct ovf_live_told *told, const struct ovf_crossing *c)
{
    struct ovf_crossing named = *c;
    memcpy(named.id, told->id, sizeof named.id);
    const struct ovf_live_event event = {.kind = kind,
                                         .t_ns = look->now_ns,
                                         .address = look->address,
                                         .source = look->source,
                                         .result = look->result,
                                         .crossing = &named,
                                         .computed_id = c->id,
                                         .told = told};
    told->was_said = true;
    note_facts(told, look->result, c);
    return look->teller->take(look->teller->context, &event);
}

static enum ovf_status retract(const struct ovf_live_look *look, struct ovf_live_tolds *tolds,
                               size_t i, enum ovf_live_reason reason, const char *merged_into)
{
    const struct ovf_live_told told = tolds->items[i];
    const struct ovf_live_event event = {.kind = OVF_LIVE_RETRACTED,
                                         .reason = reason,
                                         .t_ns = look->now_ns,
                                         .address = look->address,
                                         .source = look->source,
                                         .told = &told,
                                         .merged_into = merged_into};
    remove_told(tolds, i);
    return look->teller->take(look->teller->context, &event);
}

/** One that nothing was said of yet. */
static enum ovf_status tell_new(struct ovf_live_look *look, struct ovf_live_tolds *tolds,
                                const struct ovf_crossing *c)
{
    const bool over = is_over(look, c);
    const struct ovf_passage *p = &c->passage;
    const bool is_silent =
        p->entry.kind == OVF_PASSAGE_TRACK || p->entry.latest_ns < look->since_ns;
    struct ovf_live_told told = {.owner = c->passage.owner,
                                 .layer = (uint8_t)c->layer,
                                 .chain = (uint8_t)look->result->chain,
                                 .is_found = true,
                                 .by_name = SIZE_MAX,
                                 .missing_ns = INT64_MAX,
                                 .start_ns = start_of(look->result, &c->passage),
                                 .end_ns = end_time_of(look->result, &c->passage)};
    struct ovf_live_told *kept;
    if (p->exit.kind == OVF_PASSAGE_TRACK ? is_silent : p->exit.latest_ns < look->since_ns)
        return OVF_OK;
    if (!over && !is_surely_in(look, c)) {
        look->is_pending = true;
        return OVF_OK;
    }
    memcpy(told.id, c->id, sizeof told.id);
    enum ovf_status st = add_told(tolds, &told, &kept);
    if (st == OVF_OK && !is_silent)
        st = say(look, OVF_LIVE_ENTERED, kept, c);
    if (st == OVF_OK && over) {
        st = say(look, OVF_LIVE_LEFT, kept, c);
        kept->is_left = true;
    }
    return st;
}

static enum ovf_status tell_again(struct ovf_live_look *look, struct ovf_live_told *told,
                                  const struct ovf_crossing *c)
{
    const bool is_inside = c->passage.exit.kind == OVF_PASSAGE_TRACK;
    enum ovf_status st = OVF_OK;
    told->missing_ns = INT64_MAX;
    told->start_ns = start_of(look->result, &c->passage);
    told->end_ns = end_time_of(look->result, &c->passage);
    if (!told->is_left && is_over(look, c)) {
        st = say(look, OVF_LIVE_LEFT, told, c);
        told->is_left = true;
        return st;
    }
    look->is_pending = look->is_pending || (!told->is_left && !is_inside);
    if (differs(look, told, c)) {
        st = say(look, OVF_LIVE_CORRECTED, told, c);
        told->is_left = told->is_left && !is_inside;
    }
    return st;
}

/* ---- the look ---- */

/** Which of the crossings have the ids of what was told. */
static void find_by_name(const struct ovf_result *result, struct ovf_live_tolds *tolds)
{
    for (size_t i = 0; i < tolds->n; i++) {
        struct ovf_live_told *told = &tolds->items[i];
        told->is_found = false;
        told->by_name = SIZE_MAX;
        for (size_t c = 0; c < result->n_crossings && told->by_name == SIZE_MAX; c++) {
            if (strcmp(result->crossings[c].id, told->id) == 0)
                told->by_name = c;
        }
    }
}

/** What was told of crossing \p i: under its id, else of one that it overlaps. */
static struct ovf_live_told *find_told(const struct ovf_live_look *look,
                                       struct ovf_live_tolds *tolds, size_t i)
{
    const struct ovf_crossing *c = &look->result->crossings[i];
    struct ovf_live_told *found = NULL;
    for (size_t k = 0; k < tolds->n; k++) {
        struct ovf_live_told *told = &tolds->items[k];
        if (told->by_name == i)
            return told;
        if (found == NULL && !told->is_found && told->by_name == SIZE_MAX &&
            is_same_subject(told, look->result, c))
            found = told;
    }
    return found;
}

/** Another that was told and whose time this one, which was found, takes up as well; NULL: there is none. */
static const struct ovf_live_told *find_heir(const struct ovf_live_tolds *tolds,
                                             const struct ovf_live_told *told)
{
    for (size_t i = 0; i < tolds->n; i++) {
        const struct ovf_live_told *other = &tolds->items[i];
        if (other->is_found && other->layer == told->layer && other->owner == told->owner &&
            other->chain == told->chain && other->start_ns <= told->end_ns &&
            other->end_ns >= told->start_ns)
            return other;
    }
    return NULL;
}

/** Whether the crossing is still there, but not one that is asked for. */
static bool is_unasked(const struct ovf_live_look *look, const struct ovf_live_told *told)
{
    for (size_t i = 0; i < look->result->n_crossings; i++) {
        if (is_same_subject(told, look->result, &look->result->crossings[i]))
            return true;
    }
    return false;
}

static enum ovf_status tell_missing(struct ovf_live_look *look, struct ovf_live_tolds *tolds)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < tolds->n && st == OVF_OK;) {
        struct ovf_live_told *told = &tolds->items[i];
        const struct ovf_live_told *heir;
        if (told->is_found || told->chain != look->result->chain) {
            i++;
            continue;
        }
        heir = find_heir(tolds, told);
        if (heir != NULL) {
            char id[OVF_ID_SIZE];
            memcpy(id, heir->id, sizeof id);
            st = retract(look, tolds, i, OVF_LIVE_MERGED, id);
            continue;
        }
        if (told->missing_ns == INT64_MAX)
            told->missing_ns = look->now_ns;
        if (look->is_last || look->now_ns - told->missing_ns >= missing_ns) {
            st = retract(look, tolds, i,
                         is_unasked(look, told) ? OVF_LIVE_NOT_ASKED : OVF_LIVE_NOT_FOUND, NULL);
            continue;
        }
        look->is_pending = true;
        i++;
    }
    return st;
}

enum ovf_status ovf_live_tell(struct ovf_live_look *look, struct ovf_live_tolds *tolds)
{
    enum ovf_status st = OVF_OK;
    find_by_name(look->result, tolds);
    for (size_t i = 0; i < look->result->n_crossings && st == OVF_OK; i++) {
        const struct ovf_crossing *c = &look->result->crossings[i];
        const enum ovf_live_asked asked = look->teller->ask(look->teller->context, look->result, c);
        look->is_open = look->is_open || asked == OVF_LIVE_ASKED_OPEN;
        look->is_pending = look->is_pending || (asked == OVF_LIVE_ASKED_SOON && !is_over(look, c));
        if (asked != OVF_LIVE_ASKED)
            continue;
        struct ovf_live_told *told = find_told(look, tolds, i);
        if (told != NULL) {
            told->is_found = true;
            st = tell_again(look, told, c);
        } else {
            st = tell_new(look, tolds, c);
        }
    }
    return st == OVF_OK ? tell_missing(look, tolds) : st;
}

enum ovf_status ovf_live_settle(const struct ovf_live_look *look, size_t flight,
                                struct ovf_live_tolds *tolds)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < look->result->n_crossings && st == OVF_OK; i++) {
        const struct ovf_crossing *c = &look->result->crossings[i];
        struct ovf_live_told unsaid = {.layer = (uint8_t)c->layer,
                                       .owner = c->passage.owner,
                                       .chain = (uint8_t)look->result->chain,
                                       .start_ns = start_of(look->result, &c->passage)};
        size_t at = 0;
        if (c->flight != flight ||
            look->teller->ask(look->teller->context, look->result, c) != OVF_LIVE_ASKED)
            continue;
        while (at < tolds->n && !is_same_subject(&tolds->items[at], look->result, c))
            at++;
        memcpy(unsaid.id, c->id, sizeof unsaid.id);
        st = say(look, OVF_LIVE_SETTLED, at < tolds->n ? &tolds->items[at] : &unsaid, c);
        if (at < tolds->n)
            remove_told(tolds, at);
    }
    return st;
}
