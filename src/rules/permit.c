/* SPDX-License-Identifier: Apache-2.0 */
/* Each crossing is first judged for itself, as if no permit were used up: that asks for nobody's order. Then those
 * that were told of a permit for so many flights are gone through in order of entry. A permit that is used up fits
 * worse than it did and no other fits better: what was told of stands unless it is that one, and only then is
 * the crossing judged again. */
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

struct ovf_permit_judging {
    const struct ovf_permit_question *question;
    struct ovf_permit_index index;
};

/* ---- which flights used which permits ---- */

/** A permit that a flight used; of a flight, one after the other. */
struct use {
    size_t permit;
    size_t next;    /* SIZE_MAX: none */
    bool is_beyond; /* as many others had used it up before */
};

/** Of permits for so many flights. */
struct ledger {
    size_t *order;     /* crossings in order of entry */
    size_t *flight_of; /* one a crossing: its flight's number */
    size_t *first_use; /* one a flight */
    uint32_t *n_used;  /* one a permit: flights */
    struct use *uses;
    size_t n_uses;
    size_t capacity;
};

/** NULL: it did not use it. */
static const struct use *find_use(const struct ledger *ledger, size_t flight, size_t permit)
{
    size_t at = ledger->first_use[flight];
    while (at != SIZE_MAX && ledger->uses[at].permit != permit)
        at = ledger->uses[at].next;
    return at != SIZE_MAX ? &ledger->uses[at] : NULL;
}

static enum ovf_status use(struct ledger *ledger, size_t flight, size_t permit,
                           uint32_t flights_max)
{
    struct use *const grown =
        ovf_array_reserve(ledger->uses, &ledger->capacity, ledger->n_uses + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    ledger->uses = grown;
    grown[ledger->n_uses] =
        (struct use){permit, ledger->first_use[flight], ledger->n_used[permit] >= flights_max};
    ledger->first_use[flight] = ledger->n_uses++;
    ledger->n_used[permit]++;
    return OVF_OK;
}

/** Whether \p permit, number \p number, is for so many flights, and as many others used it before this one
 * first did. */
static bool is_used_up(const struct ledger *ledger, size_t flight, const struct ovf_permit *permit,
                       size_t number)
{
    if (permit->status != OVF_PERMIT_ISSUED || !permit->has_flights_max)
        return false;
    const struct use *const used = find_use(ledger, flight, number);
    return used != NULL ? used->is_beyond : ledger->n_used[number] >= permit->flights_max;
}

/* ---- one crossing ---- */

struct search {
    const struct ovf_permit_judging *judging;
    const struct ledger *ledger; /* NULL: as if no permit were used up */
    bool *is_about;              /* one a list: about the airspace of the crossing */
    const struct ovf_permit_flown *flown;
    size_t flight;
    bool is_region;                /* what was crossed: not a country */
    struct ovf_permit_answer best; /* its permit NULL: none yet */
};

static void consider(void *context, const struct ovf_permit_list *list,
                     const struct ovf_permit *permit)
{
    struct search *const search = context;
    const struct ovf_permit_judging *const judging = search->judging;
    if (!search->is_about[list - judging->question->lists] ||
        search->is_region != (permit->airspace == OVF_PERMIT_FIR))
        return;
    struct ovf_permit_answer answer = ovf_permit_compare(list, permit, search->flown);
    if (search->ledger != NULL && is_used_up(search->ledger, search->flight, permit,
                                             ovf_permit_number(&judging->index, list, permit)))
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
static const struct ovf_permit_list *find_lists(struct search *search)
{
    const struct ovf_permit_question *const q = search->judging->question;
    const struct ovf_subject *const subject = search->flown->subject;
    const struct ovf_permit_list *last = NULL;
    if (subject->role == OVF_ROLE_NONE || !ovf_subject_is_sure(subject))
        return NULL;
    for (size_t i = 0; i < q->n_lists; i++) {
        search->is_about[i] =
            ovf_permit_list_is_about(&q->lists[i], subject->kind, subject->airspace);
        if (search->is_about[i])
            last = &q->lists[i];
    }
    return last;
}

/** \p search names the judging, the ledger and room for its lists. */
static struct ovf_permit_answer judge_one(struct search search, const struct ovf_subject *subject)
{
    const struct ovf_permit_question *const q = search.judging->question;
    const struct ovf_permit_flown flown = ovf_permit_flown_of(q, subject);
    const struct ovf_permit_exemption *may_hold = NULL;
    search.flown = &flown;
    search.is_region = strcmp(subject->kind, "fir") == 0;
    search.best = (struct ovf_permit_answer){.verdict = OVF_PERMIT_NOT_JUDGED,
                                             .is_state_aircraft = flown.is_state_aircraft,
                                             .entry_off_m = (double)NAN,
                                             .exit_off_m = (double)NAN};
    search.best.list = find_lists(&search);
    struct ovf_permit_answer answer = search.best;
    if (answer.list == NULL)
        return answer;
    answer.exemption = find_exemption(q, answer.list, &flown, &may_hold);
    if (answer.exemption != NULL) {
        answer.verdict = OVF_PERMIT_NOT_REQUIRED;
        return answer;
    }
    const struct ovf_permit_answer none = search.best;
    ovf_permit_index_each(&search.judging->index, &flown, consider, &search);
    answer = search.best;
    decide(q, &flown, &none, &answer);
    if (may_hold != NULL && answer.verdict != OVF_PERMIT_COVERED) {
        answer.verdict = OVF_PERMIT_TIME_UNDETERMINED;
        answer.exemption = may_hold;
    }
    return answer;
}

enum ovf_status ovf_permit_judging_match(const struct ovf_permit_judging *judging,
                                         const struct ovf_subject *subjects, size_t n,
                                         struct ovf_permit_answer *answers)
{
    bool *const is_about = calloc(judging->question->n_lists + 1, sizeof *is_about);
    const struct search search = {.judging = judging, .is_about = is_about};
    if (is_about == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        answers[i] = judge_one(search, &subjects[i]);
    free(is_about);
    return OVF_OK;
}

/* ---- in order of entry ---- */

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

static enum ovf_status number_flights(const struct ovf_subject *subjects, size_t n,
                                      struct ledger *ledger)
{
    struct ovf_text_item *const items = calloc(n > 0 ? n : 1, sizeof *items);
    if (items == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        items[i] = (struct ovf_text_item){subjects[i].flight_id, i};
    const enum ovf_status st = ovf_text_order(items, n);
    for (size_t i = 0, flight = 0; i < n && st == OVF_OK; i++) {
        if (i > 0 && strcmp(items[i].text, items[i - 1].text) != 0)
            flight++;
        ledger->flight_of[items[i].value] = flight;
        ledger->first_use[i] = SIZE_MAX;
    }
    free(items);
    return st;
}

/** Crossings in order of entry. */
static enum ovf_status set_order(const struct ovf_subject *subjects, size_t n,
                                 struct ledger *ledger)
{
    struct placed *const placed = calloc(n > 0 ? n : 1, sizeof *placed);
    if (placed == NULL)
        return OVF_E_NOMEM;
    bool in_order = true; /* as a store gives them, but for those of which the entry is not known */
    for (size_t i = 0; i < n; i++) {
        const struct ovf_permit_span entry = ovf_permit_entry_of(&subjects[i]);
        placed[i] = (struct placed){entry.min_ns, entry.max_ns, subjects[i].id, i};
        in_order = in_order && (i == 0 || compare_entries(&placed[i - 1], &placed[i]) < 0);
    }
    if (!in_order)
        qsort(placed, n, sizeof *placed, compare_entries);
    for (size_t i = 0; i < n; i++)
        ledger->order[i] = placed[i].item;
    free(placed);
    return OVF_OK;
}

static enum ovf_status open_ledger(const struct ovf_permit_judging *judging,
                                   const struct ovf_subject *subjects, size_t n,
                                   struct ledger *ledger)
{
    const size_t n_permits = judging->index.first[judging->question->n_lists];
    ledger->order = calloc(n + 1, sizeof *ledger->order);
    ledger->flight_of = calloc(n + 1, sizeof *ledger->flight_of);
    ledger->first_use = calloc(n + 1, sizeof *ledger->first_use);
    ledger->n_used = calloc(n_permits + 1, sizeof *ledger->n_used);
    if (ledger->order == NULL || ledger->flight_of == NULL || ledger->first_use == NULL ||
        ledger->n_used == NULL)
        return OVF_E_NOMEM;
    const enum ovf_status st = number_flights(subjects, n, ledger);
    return st == OVF_OK ? set_order(subjects, n, ledger) : st;
}

static void close_ledger(struct ledger *ledger)
{
    free(ledger->order);
    free(ledger->flight_of);
    free(ledger->first_use);
    free(ledger->n_used);
    free(ledger->uses);
}

static enum ovf_status settle_one(const struct search *search, struct ledger *ledger,
                                  const struct ovf_subject *subject,
                                  struct ovf_permit_answer *answer)
{
    const struct ovf_permit_index *const index = &search->judging->index;
    const struct ovf_permit *const told = answer->permit;
    if ((answer->near != NULL && answer->near->has_flights_max) ||
        (told != NULL &&
         is_used_up(ledger, search->flight, told, ovf_permit_number(index, answer->list, told))))
        *answer = judge_one(*search, subject);
    const bool is_covered = answer->verdict == OVF_PERMIT_COVERED ||
                            answer->verdict == OVF_PERMIT_COVERED_WITH_DEVIATION;
    const struct ovf_permit *const covering = is_covered ? answer->permit : NULL;
    if (covering == NULL || !covering->has_flights_max)
        return OVF_OK;
    const size_t permit = ovf_permit_number(index, answer->list, covering);
    if (find_use(ledger, search->flight, permit) != NULL)
        return OVF_OK;
    return use(ledger, search->flight, permit, covering->flights_max);
}

static bool has_limits(const struct ovf_permit_question *question)
{
    for (size_t l = 0; l < question->n_lists; l++) {
        for (size_t i = 0; i < question->lists[l].n; i++) {
            if (question->lists[l].items[i].has_flights_max)
                return true;
        }
    }
    return false;
}

enum ovf_status ovf_permit_judging_settle(const struct ovf_permit_judging *judging,
                                          const struct ovf_subject *subjects, size_t n,
                                          struct ovf_permit_answer *answers)
{
    struct ledger ledger = {0};
    if (!has_limits(judging->question))
        return OVF_OK;
    bool *const is_about = calloc(judging->question->n_lists + 1, sizeof *is_about);
    struct search search = {.judging = judging, .ledger = &ledger, .is_about = is_about};
    enum ovf_status st =
        is_about != NULL ? open_ledger(judging, subjects, n, &ledger) : OVF_E_NOMEM;
    for (size_t k = 0; k < n && st == OVF_OK; k++) {
        const size_t i = ledger.order[k];
        search.flight = ledger.flight_of[i];
        st = settle_one(&search, &ledger, &subjects[i], &answers[i]);
    }
    close_ledger(&ledger);
    free(is_about);
    return st;
}

/* ---- all ---- */

enum ovf_status ovf_permit_judging_new(const struct ovf_permit_question *question,
                                       struct ovf_permit_judging **out)
{
    struct ovf_permit_judging *const judging = calloc(1, sizeof *judging);
    if (judging == NULL)
        return OVF_E_NOMEM;
    judging->question = question;
    const enum ovf_status st = ovf_permit_index_make(question, &judging->index);
    if (st == OVF_OK)
        *out = judging;
    else
        free(judging);
    return st;
}

void ovf_permit_judging_free(struct ovf_permit_judging *judging)
{
    if (judging == NULL)
        return;
    ovf_permit_index_deinit(&judging->index);
    free(judging);
}

enum ovf_status ovf_permits_judge(const struct ovf_permit_question *question,
                                  const struct ovf_subject *subjects, size_t n,
                                  struct ovf_permit_answer *answers)
{
    struct ovf_permit_judging *judging = NULL;
    enum ovf_status st = ovf_permit_judging_new(question, &judging);
    if (st == OVF_OK)
        st = ovf_permit_judging_match(judging, subjects, n, answers);
    if (st == OVF_OK)
        st = ovf_permit_judging_settle(judging, subjects, n, answers);
    ovf_permit_judging_free(judging);
    return st;
}
