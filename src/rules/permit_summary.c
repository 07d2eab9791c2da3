/* SPDX-License-Identifier: Apache-2.0 */
/* What an authority's desk asks in the morning: who flew without, and which permits were not flown. */
#include <stdlib.h>
#include <string.h>

#include "base/text_order.h"
#include "base/time.h"
#include "rules/permit_index.h"

/* The first is what asks most for a look. */
static const enum ovf_permit_verdict gravest[OVF_PERMIT_VERDICT_N] = {
    OVF_PERMIT_REFUSED_OR_REVOKED,
    OVF_PERMIT_NOT_IN_SUPPLIED_LIST,
    OVF_PERMIT_COVERED_WITH_DEVIATION,
    OVF_PERMIT_TIME_UNDETERMINED,
    OVF_PERMIT_LIST_DOES_NOT_COVER_DATE,
    OVF_PERMIT_COVERED,
    OVF_PERMIT_NOT_REQUIRED,
    OVF_PERMIT_NOT_JUDGED,
};

static unsigned rank_of(enum ovf_permit_verdict verdict)
{
    unsigned i = 0;
    while (gravest[i] != verdict)
        i++;
    return i;
}

void ovf_permit_summary_deinit(struct ovf_permit_summary *summary)
{
    free(summary->days);
    free(summary->unflown);
    *summary = (struct ovf_permit_summary){0};
}

/* ---- days ---- */

/** A crossing's answer, to be put together with others of its flight, then of its day and operator. */
struct entry {
    const char *state;
    const char *airspace;
    const char *flight_id;
    int64_t day_ns;
    char operator_icao[4];
    enum ovf_permit_verdict verdict;
};

static int compare_places(const struct entry *x, const struct entry *y)
{
    const int order = strcmp(x->state, y->state);
    return order != 0 ? order : strcmp(x->airspace, y->airspace);
}

static int compare_in_flight(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;
    const int order = compare_places(x, y);
    return order != 0 ? order : (x->day_ns > y->day_ns) - (x->day_ns < y->day_ns);
}

static int compare_groups(const struct entry *x, const struct entry *y)
{
    const int order = compare_places(x, y);
    if (order != 0)
        return order;
    if (x->day_ns != y->day_ns)
        return x->day_ns < y->day_ns ? -1 : 1;
    return strcmp(x->operator_icao, y->operator_icao);
}

static int compare_by_day(const void *a, const void *b)
{
    return compare_groups(a, b);
}

/** In order of \p flights. */
static size_t take_entries(const struct ovf_subject *subjects,
                           const struct ovf_permit_answer *answers,
                           const struct ovf_text_item *flights, size_t n, struct entry *out)
{
    size_t n_out = 0;
    for (size_t i = 0; i < n; i++) {
        const struct ovf_permit_answer *const answer = &answers[flights[i].value];
        const struct ovf_subject *const s = &subjects[flights[i].value];
        if (answer->verdict == OVF_PERMIT_NOT_JUDGED)
            continue;
        struct entry *const e = &out[n_out++];
        *e = (struct entry){
            .state = answer->list->about.state,
            .airspace = s->airspace,
            .flight_id = s->flight_id,
            .day_ns = ovf_time_day(s->entry.is_known ? s->entry.min_ns : s->flight_start_ns),
            .verdict = answer->verdict};
        (void)ovf_callsign_operator(s->aircraft.callsign, e->operator_icao);
    }
    return n_out;
}

/** Those of one flight by airspace, then day. */
static void sort_flights(struct entry *entries, size_t n)
{
    for (size_t i = 0, first = 0; i < n; i++) {
        if (i + 1 < n && strcmp(entries[i + 1].flight_id, entries[i].flight_id) == 0)
            continue;
        if (i > first)
            qsort(&entries[first], i + 1 - first, sizeof *entries, compare_in_flight);
        first = i + 1;
    }
}

/** Of each flight and airspace one, the first, with the gravest verdict of all. */
static size_t merge_flights(struct entry *entries, size_t n)
{
    size_t n_out = 0;
    sort_flights(entries, n);
    for (size_t i = 0; i < n; i++) {
        struct entry *const last = n_out > 0 ? &entries[n_out - 1] : NULL;
        if (last == NULL || compare_places(last, &entries[i]) != 0 ||
            strcmp(last->flight_id, entries[i].flight_id) != 0)
            entries[n_out++] = entries[i];
        else if (rank_of(entries[i].verdict) < rank_of(last->verdict))
            last->verdict = entries[i].verdict;
    }
    return n_out;
}

static size_t count_days(struct entry *entries, size_t n, struct ovf_permit_day *days)
{
    size_t n_days = 0;
    if (n > 0)
        qsort(entries, n, sizeof *entries, compare_by_day);
    for (size_t i = 0; i < n; i++) {
        const struct entry *const e = &entries[i];
        if (i == 0 || compare_groups(&entries[i - 1], e) != 0) {
            days[n_days] = (struct ovf_permit_day){
                .state = e->state, .airspace = e->airspace, .day_ns = e->day_ns};
            memcpy(days[n_days++].operator_icao, e->operator_icao, sizeof e->operator_icao);
        }
        days[n_days - 1].n_flights++;
        days[n_days - 1].n_by_verdict[e->verdict]++;
    }
    return n_days;
}

static enum ovf_status sum_days(const struct ovf_subject *subjects,
                                const struct ovf_permit_answer *answers, size_t n,
                                struct ovf_permit_summary *out)
{
    struct ovf_text_item *const flights = calloc(n > 0 ? n : 1, sizeof *flights);
    struct entry *const entries = calloc(n > 0 ? n : 1, sizeof *entries);
    out->days = calloc(n > 0 ? n : 1, sizeof *out->days);
    const bool has_room = flights != NULL && entries != NULL && out->days != NULL;
    for (size_t i = 0; i < n && has_room; i++)
        flights[i] = (struct ovf_text_item){subjects[i].flight_id, i};
    const enum ovf_status st = has_room ? ovf_text_order(flights, n) : OVF_E_NOMEM;
    if (st == OVF_OK) {
        size_t n_entries = take_entries(subjects, answers, flights, n, entries);
        n_entries = merge_flights(entries, n_entries);
        out->n_days = count_days(entries, n_entries, out->days);
    }
    free(entries);
    free(flights);
    return st;
}

/* ---- permits not flown ---- */

/** Whether the airspace, or one that is also called by the \p len letters at \p code, is among those asked for. */
static bool has_asked(const struct ovf_permit_searched *searched, const char *kind,
                      const char *code, size_t len)
{
    for (size_t i = 0; i < searched->n_asked; i++) {
        const struct ovf_asked *const asked = &searched->asked[i];
        if (strcmp(asked->kind, kind) == 0 && ovf_permit_is_region(code, len, asked->airspace))
            return true;
    }
    return false;
}

/** Whether all flights that the permit may be for were looked for: a region's permit may be for any of its list's
 * regions. */
static bool is_asked(const struct ovf_permit_searched *searched, const struct ovf_permit_list *list,
                     const struct ovf_permit *permit)
{
    const char *code = list->about.firs;
    if (permit->airspace == OVF_PERMIT_COUNTRY)
        return has_asked(searched, "country", list->about.state, strlen(list->about.state));
    bool all = *code != '\0';
    while (*code != '\0' && all) {
        const size_t len = strcspn(code, ",");
        all = has_asked(searched, "fir", code, len);
        code += len + (code[len] == ',' ? 1 : 0);
    }
    return all;
}

/** Whether there is data of a day on which the permit is valid. */
static bool has_data(const struct ovf_permit_searched *searched, const struct ovf_permit *permit)
{
    for (size_t i = 0; i < searched->n_days; i++) {
        const int64_t day_ns = searched->days[i];
        if (permit->valid_from_ns < day_ns + OVF_NS_PER_DAY && permit->valid_to_ns >= day_ns &&
            (permit->days >> ovf_time_weekday(day_ns) & 1) != 0)
            return true;
    }
    return false;
}

static void tell_unflown(const struct ovf_permit_searched *searched,
                         const struct ovf_permit_list *list, const struct ovf_permit *permit,
                         struct ovf_permit_summary *out)
{
    if (permit->status != OVF_PERMIT_ISSUED || !has_data(searched, permit))
        return;
    if (is_asked(searched, list, permit))
        out->unflown[out->n_unflown++] = (struct ovf_permit_unflown){list, permit};
    else
        out->n_unknown++;
}

static enum ovf_status find_unflown(const struct ovf_permit_question *q,
                                    const struct ovf_permit_answer *answers, size_t n,
                                    const struct ovf_permit_searched *searched,
                                    struct ovf_permit_summary *out)
{
    struct ovf_permit_index index = {0};
    bool *flown = NULL;
    enum ovf_status st = ovf_permit_index_count(q, &index);
    if (st != OVF_OK)
        return st;
    const size_t n_permits = index.first[q->n_lists];
    flown = calloc(n_permits + 1, sizeof *flown);
    out->unflown = calloc(n_permits + 1, sizeof *out->unflown);
    if (flown == NULL || out->unflown == NULL)
        st = OVF_E_NOMEM;
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        if (answers[i].permit != NULL)
            flown[ovf_permit_number(&index, answers[i].list, answers[i].permit)] = true;
    }
    for (size_t l = 0; l < q->n_lists && st == OVF_OK; l++) {
        for (size_t i = 0; i < q->lists[l].n; i++) {
            if (!flown[index.first[l] + i] && !index.outdated[index.first[l] + i])
                tell_unflown(searched, &q->lists[l], &q->lists[l].items[i], out);
        }
    }
    free(flown);
    ovf_permit_index_deinit(&index);
    return st;
}

enum ovf_status ovf_permits_summarize(const struct ovf_permit_question *question,
                                      const struct ovf_subject *subjects,
                                      const struct ovf_permit_answer *answers, size_t n,
                                      const struct ovf_permit_searched *searched,
                                      struct ovf_permit_summary *out)
{
    struct ovf_permit_summary summary = {0};
    enum ovf_status st = sum_days(subjects, answers, n, &summary);
    if (st == OVF_OK)
        st = find_unflown(question, answers, n, searched, &summary);
    if (st == OVF_OK)
        *out = summary;
    else
        ovf_permit_summary_deinit(&summary);
    return st;
}
