/* SPDX-License-Identifier: Apache-2.0 */
/* Keys in order of name, then begin. Of each block of them the latest end is kept: whole blocks of permits
 * that were over long before are passed over, also where one permit of years stands among them. */
#include "rules/permit_index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

enum { KEY_SIZE = OVF_REGISTRATION_KEY_SIZE + 1, BLOCK = 32 };

/** A name of a permit; its first letter says of what. */
struct ovf_permit_key {
    char name[KEY_SIZE];
    uint32_t list;
    uint32_t item;
    int64_t from_ns;
    int64_t to_ns;
};

static void make_name(char kind, const char *text, char name[KEY_SIZE])
{
    (void)snprintf(name, KEY_SIZE, "%c%s", kind, text);
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
    struct standing *const all = calloc(n > 0 ? n : 1, sizeof *all);
    size_t k = 0;
    index->outdated = calloc(n > 0 ? n : 1, sizeof *index->outdated);
    if (all == NULL || index->outdated == NULL) {
        free(all);
        return OVF_E_NOMEM;
    }
    for (size_t l = 0; l < q->n_lists; l++) {
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
    if (text[0] == '\0')
        return OVF_OK;
    struct ovf_permit_key *const grown =
        ovf_array_reserve(index->keys, &index->capacity, index->n_keys + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    index->keys = grown;
    grown[index->n_keys] = *where;
    make_name(kind, text, grown[index->n_keys++].name);
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
    const int order = strcmp(x->name, y->name);
    if (order != 0)
        return order;
    if (x->from_ns != y->from_ns)
        return x->from_ns < y->from_ns ? -1 : 1;
    if (x->list != y->list)
        return x->list < y->list ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

/** Sort, and note the latest end of each block. */
static enum ovf_status settle(struct ovf_permit_index *index)
{
    const size_t n_blocks = index->n_keys / BLOCK + 1;
    index->latest_ns = malloc(n_blocks * sizeof *index->latest_ns);
    if (index->latest_ns == NULL)
        return OVF_E_NOMEM;
    if (index->n_keys > 0)
        qsort(index->keys, index->n_keys, sizeof *index->keys, compare_keys);
    for (size_t i = 0; i < n_blocks; i++)
        index->latest_ns[i] = INT64_MIN;
    for (size_t i = 0; i < index->n_keys; i++) {
        if (index->keys[i].to_ns > index->latest_ns[i / BLOCK])
            index->latest_ns[i / BLOCK] = index->keys[i].to_ns;
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

enum ovf_status ovf_permit_index_make(const struct ovf_permit_question *question,
                                      struct ovf_permit_index *out)
{
    struct ovf_permit_index index = {.question = question};
    enum ovf_status st = count_items(&index);
    if (st == OVF_OK)
        st = mark_outdated(&index);
    for (size_t l = 0; l < question->n_lists && st == OVF_OK; l++) {
        for (size_t i = 0; i < question->lists[l].n && st == OVF_OK; i++) {
            if (!index.outdated[index.first[l] + i])
                st = put_permit(&index, (uint32_t)l, (uint32_t)i);
        }
    }
    if (st == OVF_OK)
        st = settle(&index);
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
    free(index->latest_ns);
    *index = (struct ovf_permit_index){0};
}

size_t ovf_permit_number(const struct ovf_permit_index *index, const struct ovf_permit_list *list,
                         const struct ovf_permit *permit)
{
    return index->first[list - index->question->lists] + (size_t)(permit - list->items);
}

/* ---- finding ---- */

/** Whether \p key stands before all keys of \p name that begin after \p from_ns. */
static bool is_before(const struct ovf_permit_key *key, const char *name, int64_t from_ns)
{
    const int order = strcmp(key->name, name);
    return order != 0 ? order < 0 : key->from_ns <= from_ns;
}

/** Behind the last key of \p name that begins at \p from_ns or before. */
static size_t find_end(const struct ovf_permit_index *index, const char *name, int64_t from_ns)
{
    size_t low = 0;
    size_t high = index->n_keys;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (is_before(&index->keys[middle], name, from_ns))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void each_of_name(const struct ovf_permit_index *index, const char *name,
                         const struct ovf_permit_span *entry, ovf_permit_index_fn *take,
                         void *context)
{
    const int64_t earliest_ns = entry->min_ns - OVF_PERMIT_NEAR_NS;
    size_t i = find_end(index, name, entry->max_ns + OVF_PERMIT_NEAR_NS);
    while (i > 0) {
        const struct ovf_permit_key *const key = &index->keys[i - 1];
        if (strcmp(key->name, name) != 0)
            return;
        if (index->latest_ns[(i - 1) / BLOCK] < earliest_ns) {
            i = (i - 1) / BLOCK * BLOCK;
            continue;
        }
        if (key->to_ns >= earliest_ns) {
            const struct ovf_permit_list *const list = &index->question->lists[key->list];
            take(context, list, &list->items[key->item]);
        }
        i--;
    }
}

void ovf_permit_index_each(const struct ovf_permit_index *index,
                           const struct ovf_permit_flown *flown, ovf_permit_index_fn *take,
                           void *context)
{
    const char *const texts[] = {flown->registration, flown->subject->aircraft.callsign,
                                 flown->operator_icao};
    for (size_t i = 0; i < 3; i++) {
        char name[KEY_SIZE];
        if (texts[i][0] == '\0' || !flown->entry.is_known ||
            strlen(texts[i]) >= OVF_REGISTRATION_KEY_SIZE)
            continue;
        make_name("rco"[i], texts[i], name);
        each_of_name(index, name, &flown->entry, take, context);
    }
}
