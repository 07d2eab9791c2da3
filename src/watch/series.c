/* SPDX-License-Identifier: Apache-2.0 */
/* Days are judged in order; those not yet judged are few, and each has the aircraft that were heard on it. */
#include "watch/series.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "geo/cell.h"
#include "report/line.h"
#include "run/control.h"
#include "series/exposure.h"
#include "watch/address_bits.h"

static const int64_t settle_ns = 6 * 3600 * OVF_NS_PER_S;
static const int64_t ahead_ns = 3600 * OVF_NS_PER_S;

enum { N_OPEN_DAYS = 3 }; /* today, yesterday until it is settled, and who is an hour ahead */

/** A day that is not judged yet. */
struct open_day {
    bool is_open;
    bool is_live; /* something was heard, not only known */
    int64_t day_ns;
    struct ovf_address_bits heard; /* by aircraft: the watches in whose airspaces */
};

/** What was said of a crossing, last. */
struct sighting {
    uint64_t crossing; /* of their identifiers, 64 bits */
    uint64_t journey;
    int64_t entry_ns;
    uint64_t watches; /* that it meets for sure; 0 of what was retracted */
    size_t number;    /* the higher, the later it was said */
};

struct ovf_watch_series {
    const struct ovf_question *question;
    ovf_series_event_fn *take;
    void *context;
    uint64_t *cells; /* by cell: watches */
    struct ovf_count_rows rows;
    struct open_day open[N_OPEN_DAYS];
    struct ovf_address_bits fliers; /* whose journeys an aircraft flew */
    struct sighting *sightings;
    size_t n_sightings;
    size_t sightings_capacity;
    size_t n_said;
    bool has_begun;
    int64_t first_day_ns;
    size_t n_days;                 /* judged, from the first on */
    bool *has_data;                /* by day */
    struct ovf_watch_day *counted; /* by day and watch */
    size_t has_data_capacity;
    size_t counted_capacity;
    uint64_t simulated; /* watches of which a simulated flight was counted */
};

enum ovf_status ovf_watch_series_new(const struct ovf_question *question, ovf_series_event_fn *take,
                                     void *context, struct ovf_watch_series **out)
{
    struct ovf_watch_series *const s = calloc(1, sizeof *s);
    if (s == NULL)
        return OVF_E_NOMEM;
    *s = (struct ovf_watch_series){.question = question, .take = take, .context = context};
    s->cells = calloc(OVF_CONTROL_N_CELLS, sizeof *s->cells);
    if (s->cells == NULL) {
        free(s);
        return OVF_E_NOMEM;
    }
    ovf_control_mark_cells(question, s->cells);
    *out = s;
    return OVF_OK;
}

void ovf_watch_series_free(struct ovf_watch_series *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < N_OPEN_DAYS; i++)
        ovf_address_bits_deinit(&s->open[i].heard);
    ovf_address_bits_deinit(&s->fliers);
    free(s->cells);
    free(s->sightings);
    free(s->has_data);
    free(s->counted);
    free(s);
}

void ovf_watch_series_ask(struct ovf_watch_series *s, const struct ovf_question *question)
{
    s->question = question;
}

enum ovf_status ovf_watch_series_seed(struct ovf_watch_series *s, int64_t first_day_ns,
                                      size_t n_days, const bool *has_data,
                                      const struct ovf_watch_day *days)
{
    const size_t n = n_days * s->question->watches.n;
    bool *const data = malloc((n_days + 1) * sizeof *data);
    struct ovf_watch_day *const counted = malloc((n + 1) * sizeof *counted);
    if (data == NULL || counted == NULL) {
        free(data);
        free(counted);
        return OVF_E_NOMEM;
    }
    memcpy(data, has_data, n_days * sizeof *data);
    memcpy(counted, days, n * sizeof *counted);
    free(s->has_data);
    free(s->counted);
    s->has_data = data;
    s->has_data_capacity = n_days;
    s->counted = counted;
    s->counted_capacity = n;
    s->has_begun = true;
    s->first_day_ns = first_day_ns;
    s->n_days = n_days;
    return OVF_OK;
}

enum ovf_status ovf_watch_series_flew(struct ovf_watch_series *s, uint32_t address,
                                      uint64_t watches, bool simulated)
{
    s->simulated |= simulated ? watches : 0;
    return ovf_address_bits_add(&s->fliers, address, watches);
}

/* ---- open days ---- */

/** The next day to be judged. */
static int64_t due_day(const struct ovf_watch_series *s)
{
    return s->first_day_ns + (int64_t)s->n_days * OVF_NS_PER_DAY;
}

static struct open_day *find_open(struct ovf_watch_series *s, int64_t day_ns)
{
    for (size_t i = 0; i < N_OPEN_DAYS; i++) {
        if (s->open[i].is_open && s->open[i].day_ns == day_ns)
            return &s->open[i];
    }
    return NULL;
}

/** NULL: no more can be open, as the stream has not come to judge those that are. */
static struct open_day *open_day(struct ovf_watch_series *s, int64_t day_ns)
{
    struct open_day *const found = find_open(s, day_ns);
    for (size_t i = 0; found == NULL && i < N_OPEN_DAYS; i++) {
        if (s->open[i].is_open)
            continue;
        s->open[i] = (struct open_day){.is_open = true, .day_ns = day_ns};
        return &s->open[i];
    }
    return found;
}

/* ---- what comes ---- */

enum ovf_status ovf_watch_series_hear(struct ovf_watch_series *s, uint32_t address,
                                      struct ovf_point at, int64_t t_ns, int64_t now_ns)
{
    const int64_t day_ns = ovf_time_day(t_ns);
    if (now_ns == INT64_MIN || t_ns > now_ns + ahead_ns)
        return OVF_OK;
    if (!s->has_begun) {
        s->has_begun = true;
        s->first_day_ns = day_ns;
    }
    if (day_ns < due_day(s))
        return OVF_OK;
    struct open_day *const day = open_day(s, day_ns);
    if (day == NULL)
        return OVF_OK;
    day->is_live = true;
    const uint64_t watches = s->cells[ovf_count_rows_cell(&s->rows, at)];
    return watches != 0 ? ovf_address_bits_add(&day->heard, address, watches) : OVF_OK;
}

enum ovf_status ovf_watch_series_heard(struct ovf_watch_series *s, uint32_t address, uint32_t cell,
                                       int64_t day_ns)
{
    struct open_day *const day = open_day(s, day_ns);
    const uint64_t watches = s->cells[cell];
    return day != NULL && watches != 0 ? ovf_address_bits_add(&day->heard, address, watches)
                                       : OVF_OK;
}

/** The first 16 of the hex digits of an identifier. */
static uint64_t word_of(const char *id)
{
    uint64_t word = 0;
    for (size_t i = 0; i < 16 && id[i] != '\0'; i++)
        word = word << 4 | (uint64_t)(id[i] <= '9' ? id[i] - '0' : id[i] - 'a' + 10);
    return word;
}

/** As rules/watched.h has it: those that may not have been flown, or whose ends are known by states alone, are not
 * counted. */
static uint64_t sure_watches(const struct ovf_live_event *event, const struct ovf_watches_met *met)
{
    const enum ovf_class class = event->crossing->passage.class;
    const bool is_sure =
        class == OVF_CLASS_OBSERVED || class == OVF_CLASS_BRACKETED || class == OVF_CLASS_NECESSARY;
    return is_sure ? met->all & ~met->by_states : 0;
}

static enum ovf_status add_sighting(struct ovf_watch_series *s, const char *crossing_id,
                                    int64_t entry_ns, struct sighting **out)
{
    struct sighting *const grown =
        ovf_array_reserve(s->sightings, &s->sightings_capacity, s->n_sightings + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    s->sightings = grown;
    *out = &grown[s->n_sightings++];
    **out = (struct sighting){
        .crossing = word_of(crossing_id), .entry_ns = entry_ns, .number = s->n_said++};
    return OVF_OK;
}

enum ovf_status ovf_watch_series_crossed(struct ovf_watch_series *s, const char *crossing_id,
                                         const char *journey_id, int64_t entry_ns, uint64_t watches)
{
    struct sighting *sighting;
    const enum ovf_status st = add_sighting(s, crossing_id, entry_ns, &sighting);
    if (st != OVF_OK)
        return st;
    sighting->journey = word_of(journey_id);
    sighting->watches = watches;
    return OVF_OK;
}

enum ovf_status ovf_watch_series_note(struct ovf_watch_series *s,
                                      const struct ovf_live_event *event,
                                      const struct ovf_watches_met *met)
{
    const struct ovf_live_told *const told = event->told;
    struct sighting *retracted;
    if (event->kind == OVF_LIVE_RETRACTED || event->crossing == NULL)
        return add_sighting(s, told->id, told->start_ns, &retracted);
    const struct ovf_flight *const flight = &event->result->flights[event->crossing->flight];
    const uint64_t watches = sure_watches(event, met);
    const enum ovf_status st =
        ovf_watch_series_crossed(s, told->id, flight->journey_id, told->start_ns, watches);
    return st == OVF_OK && watches != 0
               ? ovf_watch_series_flew(s, event->address, watches,
                                       ovf_report_is_simulated(event->address, flight->callsign))
               : st;
}

/* ---- counting a day ---- */

static int compare_words(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int compare_crossings(const void *x, const void *y)
{
    const struct sighting *const a = x;
    const struct sighting *const b = y;
    const int order = compare_words(a->crossing, b->crossing);
    return order != 0 ? order : (a->number > b->number) - (a->number < b->number);
}

static int compare_journeys(const void *x, const void *y)
{
    const struct sighting *const a = x;
    const struct sighting *const b = y;
    const int order = compare_words(a->journey, b->journey);
    return order != 0 ? order : (a->entry_ns > b->entry_ns) - (a->entry_ns < b->entry_ns);
}

/** Of each crossing what was said last, unless it was before the day \p since_ns, or that it counts for nothing:
 * those that were retracted, or never were sure, are most of what made-up aircraft leave. */
static void keep_last(struct ovf_watch_series *s, int64_t since_ns)
{
    size_t n = 0;
    if (s->n_sightings > 0)
        qsort(s->sightings, s->n_sightings, sizeof *s->sightings, compare_crossings);
    for (size_t i = 0; i < s->n_sightings; i++) {
        const bool is_last =
            i + 1 == s->n_sightings || s->sightings[i + 1].crossing != s->sightings[i].crossing;
        if (is_last && s->sightings[i].watches != 0 && s->sightings[i].entry_ns >= since_ns)
            s->sightings[n++] = s->sightings[i];
    }
    s->n_sightings = n;
}

/** A journey counts for a watch on the day of its first crossing that meets it. */
static void count_journeys(struct ovf_watch_series *s, int64_t day_ns,
                           struct ovf_watch_day *counted)
{
    uint64_t seen = 0;
    keep_last(s, day_ns - OVF_WATCH_JOURNEY_NS);
    if (s->n_sightings > 0)
        qsort(s->sightings, s->n_sightings, sizeof *s->sightings, compare_journeys);
    for (size_t i = 0; i < s->n_sightings; i++) {
        const struct sighting *const one = &s->sightings[i];
        if (i == 0 || one->journey != s->sightings[i - 1].journey)
            seen = 0;
        for (size_t k = 0; k < s->question->watches.n; k++) {
            if ((one->watches & ~seen) >> k & 1 && ovf_time_day(one->entry_ns) == day_ns)
                counted[k].n_journeys++;
        }
        seen |= one->watches;
    }
}

static void count_others(struct ovf_watch_series *s, const struct open_day *day,
                         struct ovf_watch_day *counted)
{
    for (size_t i = 0; i < day->heard.n_places; i++) {
        const struct ovf_address_place *const place = &day->heard.places[i];
        if (place->address == 0)
            continue;
        const uint64_t heard = place->bits & ~ovf_address_bits_of(&s->fliers, place->address - 1);
        for (size_t k = 0; k < s->question->watches.n; k++)
            counted[k].n_others += (heard >> k & 1) != 0 ? 1 : 0;
    }
}

/** Adds the next day to those that are counted. */
static enum ovf_status count_day(struct ovf_watch_series *s)
{
    const size_t n_watches = s->question->watches.n;
    const int64_t day_ns = due_day(s);
    struct open_day *const day = find_open(s, day_ns);
    bool *const has_data =
        ovf_array_reserve(s->has_data, &s->has_data_capacity, s->n_days + 1, sizeof *has_data);
    if (has_data == NULL)
        return OVF_E_NOMEM;
    s->has_data = has_data;
    struct ovf_watch_day *const counted = ovf_array_reserve(
        s->counted, &s->counted_capacity, (s->n_days + 1) * n_watches, sizeof *counted);
    if (counted == NULL)
        return OVF_E_NOMEM;
    s->counted = counted;
    struct ovf_watch_day *const today = counted + s->n_days * n_watches;
    memset(today, 0, n_watches * sizeof *today);
    has_data[s->n_days] = day != NULL;
    count_journeys(s, day_ns, today);
    if (day != NULL) {
        count_others(s, day, today);
        ovf_address_bits_deinit(&day->heard);
        day->is_open = false;
    }
    s->n_days++;
    return OVF_OK;
}

/* ---- judging ---- */

static enum ovf_status make_series(const struct ovf_watch_series *s, size_t watch,
                                   struct ovf_series *out)
{
    const size_t n_watches = s->question->watches.n;
    struct ovf_control_day *const control = calloc(s->n_days + 1, sizeof *control);
    if (control == NULL)
        return OVF_E_NOMEM;
    const enum ovf_status st = ovf_series_init(out, s->first_day_ns, s->n_days, NULL);
    for (size_t i = 0; i < s->n_days && st == OVF_OK; i++) {
        const struct ovf_watch_day *const counted = &s->counted[i * n_watches + watch];
        out->days[i].n = counted->n_journeys;
        out->days[i].has_data = s->has_data[i];
        control[i] = (struct ovf_control_day){s->has_data[i], counted->n_others};
    }
    if (st == OVF_OK)
        ovf_series_expose_live(out, control);
    free(control);
    return st;
}

/** What is to be said of a watch with the data of the last day. */
static enum ovf_status judge_watch(struct ovf_watch_series *s, size_t watch, int64_t now_ns)
{
    struct ovf_series series = {0};
    struct ovf_live live = {0};
    const int64_t last_ns = due_day(s) - OVF_NS_PER_DAY;
    enum ovf_status st = make_series(s, watch, &series);
    if (st == OVF_OK)
        st = ovf_live_judge(&series, &live, NULL);
    for (size_t i = 0; i < live.n && st == OVF_OK; i++) {
        const struct ovf_series_event event = {.watch = s->question->watches.names[watch],
                                               .alert = &live.alerts[i],
                                               .simulated = (s->simulated >> watch & 1) != 0,
                                               .t_ns = now_ns};
        if (live.alerts[i].day_ns == last_ns)
            st = s->take(s->context, &event);
    }
    ovf_live_deinit(&live);
    ovf_series_deinit(&series);
    return st;
}

/** After so long a silence, or where the stream's time was set back, it is another series. */
static void begin_anew(struct ovf_watch_series *s)
{
    s->has_begun = false;
    s->n_days = 0;
    s->n_sightings = 0;
    for (size_t i = 0; i < N_OPEN_DAYS; i++) {
        ovf_address_bits_deinit(&s->open[i].heard);
        s->open[i].is_open = false;
    }
}

enum ovf_status ovf_watch_series_advance(struct ovf_watch_series *s, int64_t now_ns, bool is_last)
{
    const int64_t wait_ns = OVF_NS_PER_DAY + (is_last ? 0 : settle_ns);
    enum ovf_status st = OVF_OK;
    if (!s->has_begun || now_ns == INT64_MIN)
        return OVF_OK;
    if ((now_ns - s->first_day_ns) / OVF_NS_PER_DAY >= OVF_SERIES_MAX_DAYS ||
        now_ns < due_day(s) - OVF_NS_PER_DAY) {
        begin_anew(s);
        return OVF_OK;
    }
    while (st == OVF_OK && now_ns >= due_day(s) + wait_ns) {
        const struct open_day *const day = find_open(s, due_day(s));
        const bool is_live = day != NULL && day->is_live;
        st = count_day(s);
        for (size_t i = 0; is_live && i < s->question->watches.n && st == OVF_OK; i++)
            st = judge_watch(s, i, now_ns);
    }
    return st;
}
