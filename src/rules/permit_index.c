/* SPDX-License-Identifier: Apache-2.0 */
/* Keys in order of name, then begin. The keys of a name are a balanced tree as they stand, the middle one its
 * root, and each has the latest end of its branches: so what was over long before is passed over, also
 * where a permit of years stands among those of days. */
#include "rules/permit_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

/** Sixteen characters as they compare, the first letter for what it names. */
struct name {
    uint64_t high;
    uint64_t low;
};

struct ovf_permit_key {
    struct name name;
    uint32_t list;
    uint32_t item;
    int64_t from_ns;
    int64_t to_ns;
    int64_t latest_ns; /* of all that hang off it, and itself */
};

struct ovf_permit_group {
    struct name name;
    size_t first;
    size_t n;
};

/** False: none is so long, or it is empty. */
static bool make_name(char kind, const char *text, struct name *out)
{
    unsigned char bytes[16] = {(unsigned char)kind};
    const size_t len = strlen(text);
    if (len == 0 || len >= sizeof bytes)
        return false;
    *out = (struct name){0, 0};
    for (size_t i = 0; i < len; i++)
        bytes[i + 1] = (unsigned char)text[i];
    for (size_t i = 0; i < 8; i++) {
        out->high = out->high << 8 | bytes[i];
        out->low = out->low << 8 | bytes[8 + i];
    }
    return true;
}

static int compare_names(struct name x, struct name y)
{
    if (x.high != y.high)
        return x.high < y.high ? -1 : 1;
    return (x.low > y.low) - (x.low < y.low);
}

/* ---- making ---- */

/** A permit as it stands again in other lists. */
struct standing {
    const struct ovf_permit_list *list;
    const struct ovf_permit *permit;
    size_t number;
};

static int compare_identity(const struct standing *x, const struct standing *y)
{
    int order = strcmp(x->list->about.state, y->list->about.state);
    if (order == 0)
        order = strcmp(x->permit->authority, y->permit->authority);
    return order != 0 ? order : strcmp(x->permit->number, y->permit->number);
}

/** The latest list first. */
static int compare_standing(const void *a, const void *b)
{
    const struct standing *x = a;
    const struct standing *y = b;
    const int order = compare_identity(x, y);
    return order != 0 ? order : (x->number < y->number) - (x->number > y->number);
}

static enum ovf_status mark_outdated(struct ovf_permit_index *index)
{
    const struct ovf_permit_question *const q = index->question;
    const size_t n = index->first[q->n_lists];
    struct standing *all = NULL;
    index->outdated = calloc(n > 0 ? n : 1, sizeof *index->outdated);
    if (index->outdated == NULL)
        return OVF_E_NOMEM;
    if (q->n_lists < 2)
        return OVF_OK; /* none stands in another */
    all = calloc(n > 0 ? n : 1, sizeof *all);
    if (all == NULL)
        return OVF_E_NOMEM;
    for (size_t l = 0, k = 0; l < q->n_lists; l++) {
        for (size_t i = 0; i < q->lists[l].n; i++, k++)
            all[k] = (struct standing){&q->lists[l], &q->lists[l].items[i], k};
    }
    if (n > 0)
        qsort(all, n, sizeof *all, compare_standing);
    for (size_t i = 1, latest = 0; i < n; i++) {
        if (compare_identity(&all[latest], &all[i]) != 0)
            latest = i;
        index->outdated[all[i].number] = all[i].list != all[latest].list;
    }
    free(all);
    return OVF_OK;
}

static enum ovf_status put_key(struct ovf_permit_index *index, char kind, const char *text,
                               const struct ovf_permit_key *where)
{
    struct name name;
    if (!make_name(kind, text, &name))
        return OVF_OK;
    struct ovf_permit_key *const grown =
        ovf_array_reserve(index->keys, &index->capacity, index->n_keys + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    index->keys = grown;
    grown[index->n_keys] = *where;
    grown[index->n_keys++].name = name;
    return OVF_OK;
}

static enum ovf_status put_permit(struct ovf_permit_index *index, uint32_t list, uint32_t item)
{
    const struct ovf_permit *const permit = &index->question->lists[list].items[item];
    const struct ovf_permit_key where = {
        .list = list, .item = item, .from_ns = permit->valid_from_ns, .to_ns = permit->valid_to_ns};
    const char *word = permit->registrations.first;
    enum ovf_status st = put_key(index, 'o', permit->operator_icao, &where);
    for (size_t i = 0; i < permit->registrations.n && st == OVF_OK; i++, word += strlen(word) + 1) {
        char key[OVF_REGISTRATION_KEY_SIZE];
        ovf_registration_key(word, key);
        st = put_key(index, 'r', key, &where);
    }
    word = permit->callsigns.first;
    for (size_t i = 0; i < permit->callsigns.n && st == OVF_OK; i++, word += strlen(word) + 1)
        st = put_key(index, 'c', word, &where);
    return st;
}

static int compare_keys(const void *a, const void *b)
{
    const struct ovf_permit_key *x = a;
    const struct ovf_permit_key *y = b;
    const int order = compare_names(x->name, y->name);
    if (order != 0)
        return order;
    if (x->from_ns != y->from_ns)
        return x->from_ns < y->from_ns ? -1 : 1;
    if (x->list != y->list)
        return x->list < y->list ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

/** Of the keys \p low to \p high - 1, from their middle on. It halves them, so it goes a few dozen deep. */
static int64_t set_latest(struct ovf_permit_key *keys, size_t low, size_t high)
{
    if (low == high)
        return INT64_MIN;
    const size_t middle = low + (high - low) / 2;
    const int64_t left_ns = set_latest(keys, low, middle);
    const int64_t right_ns = set_latest(keys, middle + 1, high);
    int64_t latest_ns = left_ns > right_ns ? left_ns : right_ns;
    latest_ns = latest_ns > keys[middle].to_ns ? latest_ns : keys[middle].to_ns;
    keys[middle].latest_ns = latest_ns;
    return latest_ns;
}

static enum ovf_status make_groups(struct ovf_permit_index *index)
{
    const size_t n = index->n_keys;
    index->groups = calloc(n > 0 ? n : 1, sizeof *index->groups);
    if (index->groups == NULL)
        return OVF_E_NOMEM;
    if (n > 0)
        qsort(index->keys, n, sizeof *index->keys, compare_keys);
    for (size_t i = 0, first = 0; i < n; i++) {
        if (i + 1 < n && compare_names(index->keys[i + 1].name, index->keys[i].name) == 0)
            continue;
        index->groups[index->n_groups++] =
            (struct ovf_permit_group){index->keys[i].name, first, i + 1 - first};
        (void)set_latest(index->keys, first, i + 1);
        first = i + 1;
    }
    return OVF_OK;
}

static enum ovf_status count_items(struct ovf_permit_index *index)
{
    const struct ovf_permit_question *const q = index->question;
    index->first = calloc(q->n_lists + 1, sizeof *index->first);
    if (index->first == NULL)
        return OVF_E_NOMEM;
    for (size_t l = 0; l < q->n_lists; l++)
        index->first[l + 1] = index->first[l] + q->lists[l].n;
    return OVF_OK;
}

enum ovf_status ovf_permit_index_count(const struct ovf_permit_question *question,
                                       struct ovf_permit_index *out)
{
    struct ovf_permit_index index = {.question = question};
    enum ovf_status st = count_items(&index);
    if (st == OVF_OK)
        st = mark_outdated(&index);
    if (st == OVF_OK)
        *out = index;
    else
        ovf_permit_index_deinit(&index);
    return st;
}

enum ovf_status ovf_permit_index_make(const struct ovf_permit_question *question,
                                      struct ovf_permit_index *out)
{
    struct ovf_permit_index index = {.question = NULL};
    enum ovf_status st = ovf_permit_index_count(question, &index);
    for (size_t l = 0; l < question->n_lists && st == OVF_OK; l++) {
        for (size_t i = 0; i < question->lists[l].n && st == OVF_OK; i++) {
            if (!index.outdated[index.first[l] + i])
                st = put_permit(&index, (uint32_t)l, (uint32_t)i);
        }
    }
    if (st == OVF_OK)
        st = make_groups(&index);
    if (st == OVF_OK)
        *out = index;
    else
        ovf_permit_index_deinit(&index);
    return st;
}

void ovf_permit_index_deinit(struct ovf_permit_index *index)
{
    free(index->first);
    free(index->outdated);
    free(index->keys);
    free(index->groups);
    *index = (struct ovf_permit_index){0};
}

size_t ovf_permit_number(const struct ovf_permit_index *index, const struct ovf_permit_list *list,
                         const struct ovf_permit *permit)
{
    return index->first[list - index->question->lists] + (size_t)(permit - list->items);
}

/* ---- finding ---- */

static const struct ovf_permit_group *find_group(const struct ovf_permit_index *index,
                                                 struct name name)
{
    size_t low = 0;
    size_t high = index->n_groups;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = compare_names(index->groups[middle].name, name);
        if (order == 0)
            return &index->groups[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

struct query {
    const struct ovf_permit_index *index;
    int64_t earliest_ns; /* it must not end before */
    int64_t latest_ns;   /* nor begin after */
    ovf_permit_index_fn *take;
    void *context;
};

/** As deep as set_latest. */
static void visit(const struct query *q, size_t low, size_t high)
{
    if (low == high)
        return;
    const size_t middle = low + (high - low) / 2;
    const struct ovf_permit_key *const key = &q->index->keys[middle];
    if (key->latest_ns < q->earliest_ns)
        return;
    visit(q, low, middle);
    if (key->from_ns > q->latest_ns)
        return;
    if (key->to_ns >= q->earliest_ns) {
        const struct ovf_permit_list *const list = &q->index->question->lists[key->list];
        q->take(q->context, list, &list->items[key->item]);
    }
    visit(q, middle + 1, high);
}

void ovf_permit_index_each(const struct ovf_permit_index *index,
                           const struct ovf_permit_flown *flown, ovf_permit_index_fn *take,
                           void *context)
{
    const char *const texts[] = {flown->registration, flown->subject->aircraft.callsign,
                                 flown->operator_icao};
    const struct query q = {index, flown->entry.min_ns - OVF_PERMIT_NEAR_NS,
                            flown->entry.max_ns + OVF_PERMIT_NEAR_NS, take, context};
    for (size_t i = 0; i < 3; i++) {
        struct name name;
        const struct ovf_permit_group *group = NULL;
        if (make_name("rco"[i], texts[i], &name))
            group = find_group(index, name);
        if (group != NULL)
            visit(&q, group->first, group->first + group->n);
    }
}
