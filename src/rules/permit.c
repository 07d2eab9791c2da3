/* SPDX-License-Identifier: Apache-2.0 */
/* Judging in order of entry, since a permit may be for so many flights only. */
#include "rules/permit.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text_order.h"
#include "base/time.h"
#include "rules/permit_index.h"

const char *ovf_permit_verdict_name(enum ovf_permit_verdict verdict)
{
    static const char *const names[OVF_PERMIT_VERDICT_N] = {
        [OVF_PERMIT_COVERED] = "covered",
        [OVF_PERMIT_COVERED_WITH_DEVIATION] = "covered_with_deviation",
        [OVF_PERMIT_REFUSED_OR_REVOKED] = "refused_or_revoked",
        [OVF_PERMIT_NOT_IN_SUPPLIED_LIST] = "not_in_supplied_list",
        [OVF_PERMIT_LIST_DOES_NOT_COVER_DATE] = "list_does_not_cover_date",
        [OVF_PERMIT_TIME_UNDETERMINED] = "time_undetermined",
        [OVF_PERMIT_NOT_REQUIRED] = "not_required",
        [OVF_PERMIT_NOT_JUDGED] = "not_judged",
    };
    assert((unsigned)verdict < OVF_PERMIT_VERDICT_N);
    return names[verdict];
}

const char *ovf_permit_deviation_name(enum ovf_permit_deviation deviation)
{
    static const char *const names[OVF_PERMIT_DEVIATION_N] = {
        [OVF_PERMIT_OTHER_REGISTRATION] = "other_registration",
        [OVF_PERMIT_OTHER_CALLSIGN] = "other_callsign",
        [OVF_PERMIT_OTHER_OPERATOR] = "other_operator",
        [OVF_PERMIT_OTHER_TYPE] = "other_type",
        [OVF_PERMIT_OTHER_TIME] = "time_outside_window",
        [OVF_PERMIT_OTHER_DAY] = "other_day_of_week",
        [OVF_PERMIT_OTHER_ADEP] = "other_adep",
        [OVF_PERMIT_OTHER_ADES] = "other_ades",
        [OVF_PERMIT_OTHER_ENTRY_POINT] = "other_entry_point",
        [OVF_PERMIT_OTHER_EXIT_POINT] = "other_exit_point",
        [OVF_PERMIT_OTHER_KIND] = "other_kind",
        [OVF_PERMIT_NO_DIPLOMATIC] = "no_diplomatic_clearance",
        [OVF_PERMIT_USED_UP] = "flights_used_up",
    };
    assert((unsigned)deviation < OVF_PERMIT_DEVIATION_N);
    return names[deviation];
}

/* ---- which flights used which permits ---- */

/** A permit that a flight used; of a flight, one after the other. */
struct use {
    size_t permit;
    size_t next; /* SIZE_MAX: none */
};

struct judge {
    const struct ovf_permit_question *question;
    struct ovf_permit_index index;
    const struct ovf_subject *subjects;
    size_t n;
    size_t *order;     /* of entry */
    size_t *flight_of; /* one a subject: its flight's number */
    size_t *first_use; /* one a flight */
    uint32_t *n_used;  /* one a permit: flights */
    bool *is_about;    /* one a list: about the airspace of the crossing at hand */
    struct use *uses;
    size_t n_uses;
    size_t capacity;
};

static bool has_used(const struct judge *judge, size_t flight, size_t permit)
{
    size_t at = judge->first_use[flight];
    while (at != SIZE_MAX && judge->uses[at].permit != permit)
        at = judge->uses[at].next;
    return at != SIZE_MAX;
}

static enum ovf_status use(struct judge *judge, size_t flight, size_t permit)
{
    struct use *const grown =
        ovf_array_reserve(judge->uses, &judge->capacity, judge->n_uses + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    judge->uses = grown;
    grown[judge->n_uses] = (struct use){permit, judge->first_use[flight]};
    judge->first_use[flight] = judge->n_uses++;
    judge->n_used[permit]++;
    return OVF_OK;
}

/* ---- one crossing ---- */

struct search {
    const struct judge *judge;
    const struct ovf_permit_flown *flown;
    size_t flight;
    bool is_region;                /* what was crossed: not a country */
    struct ovf_permit_answer best; /* its permit NULL: none yet */
};

static void consider(void *context, const struct ovf_permit_list *list,
                     const struct ovf_permit *permit)
{
    struct search *const search = context;
    const struct judge *const judge = search->judge;
    const size_t number = ovf_permit_number(&judge->index, list, permit);
    if (!judge->is_about[list - judge->question->lists] ||
        search->is_region != (permit->airspace == OVF_PERMIT_FIR))
        return;
    struct ovf_permit_answer answer = ovf_permit_compare(list, permit, search->flown);
    if (permit->status == OVF_PERMIT_ISSUED && permit->has_flights_max &&
        judge->n_used[number] >= permit->flights_max && !has_used(judge, search->flight, number))
        answer.deviations |= 1U << OVF_PERMIT_USED_UP;
    if (search->best.permit == NULL || ovf_permit_fits_better(&answer, &search->best))
        search->best = answer;
}

static enum ovf_permit_verdict verdict_of(const struct ovf_permit_answer *answer)
{
    if (answer->is_undetermined)
        return OVF_PERMIT_TIME_UNDETERMINED;
    if (answer->permit->status != OVF_PERMIT_ISSUED)
        return OVF_PERMIT_REFUSED_OR_REVOKED;
    return answer->deviations != 0 ? OVF_PERMIT_COVERED_WITH_DEVIATION : OVF_PERMIT_COVERED;
}

/** Up to where the lists about that airspace cover without a break from \p from_ns on. */
static int64_t covered_until(const struct ovf_permit_question *q, const struct ovf_subject *subject,
                             int64_t from_ns)
{
    bool grows = true;
    while (grows) {
        grows = false;
        for (size_t i = 0; i < q->n_lists; i++) {
            const struct ovf_permit_about *const about = &q->lists[i].about;
            if (about->covers_from_ns <= from_ns && about->covers_to_ns > from_ns &&
                ovf_permit_list_is_about(&q->lists[i], subject->kind, subject->airspace)) {
                from_ns = about->covers_to_ns;
                grows = true;
            }
        }
    }
    return from_ns;
}

/** Without a permit: what the lists can say of that day. */
static enum ovf_permit_verdict verdict_without(const struct ovf_permit_question *q,
                                               const struct ovf_permit_flown *flown)
{
    const struct ovf_permit_span *const entry = &flown->entry;
    const struct ovf_subject *const subject = flown->subject;
    if (covered_until(q, subject, entry->min_ns) > entry->max_ns)
        return OVF_PERMIT_NOT_IN_SUPPLIED_LIST;
    for (size_t i = 0; i < q->n_lists; i++) {
        const struct ovf_permit_about *const about = &q->lists[i].about;
        if (about->covers_from_ns <= entry->max_ns && about->covers_to_ns > entry->min_ns &&
            ovf_permit_list_is_about(&q->lists[i], subject->kind, subject->airspace))
            return OVF_PERMIT_TIME_UNDETERMINED;
    }
    return OVF_PERMIT_LIST_DOES_NOT_COVER_DATE;
}

/** The verdict by the permit that fits best, if any. One of another time says nothing where no list covers the
 * time of the entry: it is mentioned alone. */
static void decide(const struct ovf_permit_question *q, const struct ovf_permit_flown *flown,
                   const struct ovf_permit_answer *none, struct ovf_permit_answer *answer)
{
    const bool is_of_time =
        answer->permit != NULL && (answer->deviations >> OVF_PERMIT_OTHER_TIME & 1) == 0;
    const enum ovf_permit_verdict without =
        is_of_time ? OVF_PERMIT_NOT_IN_SUPPLIED_LIST : verdict_without(q, flown);
    if (answer->permit != NULL && without == OVF_PERMIT_NOT_IN_SUPPLIED_LIST) {
        answer->verdict = verdict_of(answer);
        return;
    }
    const struct ovf_permit_answer best = *answer;
    *answer = *none;
    answer->verdict = without;
    answer->near = best.permit;
    answer->minutes_outside = best.minutes_outside;
}

/** Whether all that the exemption says but its time holds. */
static bool is_meant(const struct ovf_permit_exemption *e, const struct ovf_permit_list *list,
                     const struct ovf_permit_flown *flown)
{
    const struct ovf_subject_aircraft *const aircraft = &flown->subject->aircraft;
    return strcmp(e->state, list->about.state) == 0 &&
           (e->roles == 0 || (e->roles >> flown->subject->role & 1) != 0) &&
           (!e->state_aircraft || flown->is_state_aircraft) &&
           (e->operators.n == 0 || ovf_names_have_operator(e->operators, aircraft->callsign)) &&
           (e->registrations.n == 0 ||
            ovf_names_have_registration(e->registrations, aircraft->registration));
}

/** The first exemption that holds; \p may_hold: the first of which the entry straddles a limit. */
static const struct ovf_permit_exemption *find_exemption(
    const struct ovf_permit_question *q, const struct ovf_permit_list *list,
    const struct ovf_permit_flown *flown, const struct ovf_permit_exemption **may_hold)
{
    const struct ovf_permit_span *const entry = &flown->entry;
    *may_hold = NULL;
    for (size_t i = 0; i < q->n_exemptions; i++) {
        const struct ovf_permit_exemption *const e = &q->exemptions[i];
        if (!is_meant(e, list, flown))
            continue;
        if (e->from_ns <= entry->min_ns && e->to_ns > entry->max_ns)
            return e;
        if (*may_hold == NULL && e->from_ns <= entry->max_ns && e->to_ns > entry->min_ns)
            *may_hold = e;
    }
    return NULL;
}

/** The last list about the airspace of a crossing that was entered for certain; NULL: it is not judged. */
static const struct ovf_permit_list *find_lists(struct judge *judge,
                                                const struct ovf_subject *subject)
{
    const struct ovf_permit_question *const q = judge->question;
    const struct ovf_permit_list *last = NULL;
    if (subject->role == OVF_ROLE_NONE || !ovf_subject_is_sure(subject))
        return NULL;
    for (size_t i = 0; i < q->n_lists; i++) {
        judge->is_about[i] =
            ovf_permit_list_is_about(&q->lists[i], subject->kind, subject->airspace);
        if (judge->is_about[i])
            last = &q->lists[i];
    }
    return last;
}

static enum ovf_status judge_one(struct judge *judge, size_t i, struct ovf_permit_answer *out)
{
    const struct ovf_permit_question *const q = judge->question;
    const struct ovf_permit_flown flown = ovf_permit_flown_of(q, &judge->subjects[i]);
    struct search search = {judge,
                            &flown,
                            judge->flight_of[i],
                            strcmp(judge->subjects[i].kind, "fir") == 0,
                            {.verdict = OVF_PERMIT_NOT_JUDGED,
                             .is_state_aircraft = flown.is_state_aircraft,
                             .entry_off_m = (double)NAN,
                             .exit_off_m = (double)NAN}};
    const struct ovf_permit_exemption *may_hold = NULL;
    const struct ovf_permit_list *const list = find_lists(judge, &judge->subjects[i]);
    search.best.list = list;
    *out = search.best;
    if (list == NULL)
        return OVF_OK;
    out->exemption = find_exemption(q, list, &flown, &may_hold);
    if (out->exemption != NULL) {
        out->verdict = OVF_PERMIT_NOT_REQUIRED;
        return OVF_OK;
    }
    const struct ovf_permit_answer none = search.best;
    ovf_permit_index_each(&judge->index, &flown, consider, &search);
    *out = search.best;
    decide(q, &flown, &none, out);
    if (may_hold != NULL && out->verdict != OVF_PERMIT_COVERED) {
        out->verdict = OVF_PERMIT_TIME_UNDETERMINED;
        out->exemption = may_hold;
    }
    const bool is_covered =
        out->verdict == OVF_PERMIT_COVERED || out->verdict == OVF_PERMIT_COVERED_WITH_DEVIATION;
    if (!is_covered)
        return OVF_OK;
    const size_t permit = ovf_permit_number(&judge->index, out->list, out->permit);
    return has_used(judge, search.flight, permit) ? OVF_OK : use(judge, search.flight, permit);
}

/* ---- all ---- */

struct placed {
    int64_t min_ns;
    int64_t max_ns;
    const char *id;
    size_t item;
};

static int compare_entries(const void *a, const void *b)
{
    const struct placed *x = a;
    const struct placed *y = b;
    if (x->min_ns != y->min_ns)
        return x->min_ns < y->min_ns ? -1 : 1;
    if (x->max_ns != y->max_ns)
        return x->max_ns < y->max_ns ? -1 : 1;
    const int order = strcmp(x->id, y->id);
    return order != 0 ? order : (x->item > y->item) - (x->item < y->item);
}

static enum ovf_status number_flights(struct judge *judge)
{
    const size_t n = judge->n;
    struct ovf_text_item *const items = calloc(n > 0 ? n : 1, sizeof *items);
    if (items == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        items[i] = (struct ovf_text_item){judge->subjects[i].flight_id, i};
    const enum ovf_status st = ovf_text_order(items, n);
    for (size_t i = 0, flight = 0; i < n && st == OVF_OK; i++) {
        if (i > 0 && strcmp(items[i].text, items[i - 1].text) != 0)
            flight++;
        judge->flight_of[items[i].value] = flight;
        judge->first_use[i] = SIZE_MAX;
    }
    free(items);
    return st;
}

/** Crossings in order of entry. */
static enum ovf_status set_order(struct judge *judge)
{
    const size_t n = judge->n;
    struct placed *const placed = calloc(n > 0 ? n : 1, sizeof *placed);
    if (placed == NULL)
        return OVF_E_NOMEM;
    bool in_order = true; /* as a store gives them, but for those of which the entry is not known */
    for (size_t i = 0; i < n; i++) {
        const struct ovf_permit_span entry = ovf_permit_entry_of(&judge->subjects[i]);
        placed[i] = (struct placed){entry.min_ns, entry.max_ns, judge->subjects[i].id, i};
        in_order = in_order && (i == 0 || compare_entries(&placed[i - 1], &placed[i]) < 0);
    }
    if (!in_order)
        qsort(placed, n, sizeof *placed, compare_entries);
    for (size_t i = 0; i < n; i++)
        judge->order[i] = placed[i].item;
    free(placed);
    return OVF_OK;
}

static enum ovf_status begin(struct judge *judge)
{
    const size_t n = judge->n > 0 ? judge->n : 1;
    enum ovf_status st = ovf_permit_index_make(judge->question, &judge->index);
    if (st != OVF_OK)
        return st;
    judge->order = calloc(n, sizeof *judge->order);
    judge->flight_of = calloc(n, sizeof *judge->flight_of);
    judge->first_use = calloc(n, sizeof *judge->first_use);
    judge->n_used = calloc(judge->index.first[judge->question->n_lists] + 1, sizeof *judge->n_used);
    judge->is_about = calloc(judge->question->n_lists + 1, sizeof *judge->is_about);
    if (judge->is_about == NULL || judge->order == NULL || judge->flight_of == NULL ||
        judge->first_use == NULL || judge->n_used == NULL)
        return OVF_E_NOMEM;
    st = number_flights(judge);
    return st == OVF_OK ? set_order(judge) : st;
}

static void end(struct judge *judge)
{
    ovf_permit_index_deinit(&judge->index);
    free(judge->order);
    free(judge->flight_of);
    free(judge->first_use);
    free(judge->n_used);
    free(judge->is_about);
    free(judge->uses);
}

enum ovf_status ovf_permits_judge(const struct ovf_permit_question *question,
                                  const struct ovf_subject *subjects, size_t n,
                                  struct ovf_permit_answer *answers)
{
    struct judge judge = {.question = question, .subjects = subjects, .n = n};
    enum ovf_status st = begin(&judge);
    for (size_t i = 0; i < n && st == OVF_OK; i++)
        st = judge_one(&judge, judge.order[i], &answers[judge.order[i]]);
    end(&judge);
    return st;
}
