/* SPDX-License-Identifier: Apache-2.0 */
/* Sealing lists: editions in order of their days, the versions of an entry beside each other, runs of
 * editions that have it, and a sorted index of what identifies an aircraft. */
#include <stdlib.h>

#include "base/array.h"
#include "base/ascii.h"
#include "base/time.h"
#include "lists/listings_parts.h"

/* ---- editions ---- */

struct edition_place {
    uint32_t list;
    uint32_t added; /* its index until now */
    int64_t date_ns;
};

static int compare_edition_places(const void *a, const void *b)
{
    const struct edition_place *const x = a;
    const struct edition_place *const y = b;
    if (x->list != y->list)
        return x->list < y->list ? -1 : 1;
    if (x->date_ns != y->date_ns)
        return x->date_ns < y->date_ns ? -1 : 1;
    return (x->added > y->added) - (x->added < y->added);
}

/** Puts the editions into the order of \p places, and what refers to them. */
static void reorder_editions(struct ovf_listings *l, const struct edition_place *places,
                             struct ovf_list_edition *editions, uint32_t *place_of)
{
    for (uint32_t i = 0; i < l->n_editions; i++) {
        struct ovf_listing_list *const list = &l->lists[places[i].list];
        if (list->begin == list->end)
            list->begin = i;
        list->end = i + 1;
        editions[i] = l->editions[places[i].added];
        place_of[places[i].added] = i;
    }
    for (size_t i = 0; i < l->n_presences; i++)
        l->presences[i].edition = place_of[l->presences[i].edition];
    for (uint32_t i = 0; i < l->n_editions; i++)
        l->edition_list[i] = places[i].list;
    free(l->editions);
    l->editions = editions;
}

static enum ovf_status order_editions(struct ovf_listings *l)
{
    struct edition_place *const places = malloc((l->n_editions + 1) * sizeof *places);
    struct ovf_list_edition *const editions = calloc(l->n_editions + 1, sizeof *editions);
    uint32_t *const place_of = malloc((l->n_editions + 1) * sizeof *place_of);
    enum ovf_status st = OVF_E_NOMEM;
    if (places != NULL && editions != NULL && place_of != NULL) {
        for (uint32_t i = 0; i < l->n_editions; i++)
            places[i] = (struct edition_place){l->edition_list[i], i, l->editions[i].date_ns};
        qsort(places, l->n_editions, sizeof *places, compare_edition_places);
        reorder_editions(l, places, editions, place_of);
        st = OVF_OK;
    } else {
        free(editions);
    }
    free(places);
    free(place_of);
    return st;
}

/* ---- versions and entries ---- */

/** \p at holds the index until now. */
static int compare_versions(const void *a, const void *b)
{
    const struct ovf_listing_version *const x = a;
    const struct ovf_listing_version *const y = b;
    if (x->list != y->list)
        return x->list < y->list ? -1 : 1;
    const int order = ovf_bytes_compare(x->id, y->id);
    if (order != 0)
        return order;
    if (x->last_edition != y->last_edition)
        return x->last_edition < y->last_edition ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

static enum ovf_status order_versions(struct ovf_listings *l)
{
    uint32_t *const place_of = malloc((l->n_versions + 1) * sizeof *place_of);
    size_t n = 0;
    if (place_of == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < l->n_presences; i++) {
        struct ovf_listing_version *const v = &l->versions[l->presences[i].version];
        if (!v->is_present || v->last_edition < l->presences[i].edition)
            v->last_edition = l->presences[i].edition;
        v->is_present = true;
    }
    for (size_t i = 0; i < l->n_versions; i++) {
        struct ovf_listing_version *const v = &l->versions[i];
        v->text = (struct ovf_bytes){l->text.data + v->at, v->len};
        v->id = ovf_listing_value((struct ovf_listing){v->text}, OVF_LISTING_ID, 0);
        v->at = i;
    }
    if (l->n_versions > 0)
        qsort(l->versions, l->n_versions, sizeof *l->versions, compare_versions);
    for (size_t i = 0; i < l->n_versions; i++)
        place_of[l->versions[i].at] = (uint32_t)i;
    for (size_t i = 0; i < l->n_versions; i++) {
        const struct ovf_listing_version *const v = &l->versions[i];
        const bool is_new =
            i == 0 || v->list != v[-1].list || ovf_bytes_compare(v->id, v[-1].id) != 0;
        n += is_new;
        l->versions[i].entry = n - 1;
    }
    for (size_t i = 0; i < l->n_presences; i++)
        l->presences[i].version = place_of[l->presences[i].version];
    l->n_entries = n;
    free(place_of);
    return OVF_OK;
}

static bool read_day(struct ovf_listing listing, enum ovf_listing_key key, int64_t *t_ns)
{
    return ovf_time_parse_iso(ovf_listing_value(listing, key, 0), t_ns);
}

static enum ovf_status make_entries(struct ovf_listings *l)
{
    l->entries = calloc(l->n_entries + 1, sizeof *l->entries);
    if (l->entries == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < l->n_versions; i++) {
        const struct ovf_listing_version *const v = &l->versions[i];
        struct ovf_listing_entry *const e = &l->entries[v->entry];
        if (e->n_versions++ == 0)
            e->first_version = i;
        e->list = v->list;
        e->listed.list = l->lists[v->list].name;
        e->listed.id = v->id;
        e->listed.newest = (struct ovf_listing){v->text};
    }
    for (size_t i = 0; i < l->n_entries; i++) {
        struct ovf_listing_entry *const e = &l->entries[i];
        e->has_from = read_day(e->listed.newest, OVF_LISTING_FROM, &e->from_ns);
        e->has_to = read_day(e->listed.newest, OVF_LISTING_TO, &e->to_ns);
    }
    return OVF_OK;
}

/* ---- runs of editions ---- */

struct entry_edition {
    size_t entry;
    uint32_t edition;
};

static int compare_entry_editions(const void *a, const void *b)
{
    const struct entry_edition *const x = a;
    const struct entry_edition *const y = b;
    if (x->entry != y->entry)
        return x->entry < y->entry ? -1 : 1;
    return (x->edition > y->edition) - (x->edition < y->edition);
}

static struct ovf_in_force days_of_run(const struct ovf_listings *l, uint32_t list,
                                       struct ovf_listing_run run)
{
    struct ovf_in_force days = {.first_ns = l->editions[run.begin].date_ns,
                                .last_ns = l->editions[run.end - 1].date_ns,
                                .has_before = run.begin > l->lists[list].begin,
                                .has_after = run.end < l->lists[list].end};
    if (days.has_before)
        days.before_ns = l->editions[run.begin - 1].date_ns;
    if (days.has_after)
        days.after_ns = l->editions[run.end].date_ns;
    return days;
}

/** From (entry, edition) in order to runs; there are no more of these than of those. */
static void collect_runs(struct ovf_listings *l, const struct entry_edition *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct ovf_listing_entry *const e = &l->entries[items[i].entry];
        struct ovf_listing_run *const last = l->n_runs > 0 ? &l->runs[l->n_runs - 1] : NULL;
        if (e->listed.n_in_force > 0 && last->end == items[i].edition + 1)
            continue; /* two rows of one edition */
        if (e->listed.n_in_force > 0 && last->end == items[i].edition) {
            last->end++;
            continue;
        }
        if (e->listed.n_in_force++ == 0)
            e->first_run = l->n_runs;
        l->runs[l->n_runs++] = (struct ovf_listing_run){items[i].edition, items[i].edition + 1};
    }
    for (size_t i = 0; i < l->n_entries; i++) {
        struct ovf_listing_entry *const e = &l->entries[i];
        e->listed.in_force = l->in_force + e->first_run;
        for (size_t k = 0; k < e->listed.n_in_force; k++)
            l->in_force[e->first_run + k] = days_of_run(l, e->list, l->runs[e->first_run + k]);
    }
}

static enum ovf_status make_runs(struct ovf_listings *l)
{
    const size_t n = l->n_presences;
    struct entry_edition *const items = malloc((n + 1) * sizeof *items);
    l->runs = calloc(n + 1, sizeof *l->runs);
    l->in_force = calloc(n + 1, sizeof *l->in_force);
    const bool has_room = items != NULL && l->runs != NULL && l->in_force != NULL;
    if (has_room) {
        for (size_t i = 0; i < n; i++)
            items[i] = (struct entry_edition){l->versions[l->presences[i].version].entry,
                                              l->presences[i].edition};
        qsort(items, n, sizeof *items, compare_entry_editions);
        collect_runs(l, items, n);
    }
    free(items);
    free(l->presences);
    l->presences = NULL;
    l->n_presences = l->presences_capacity = 0;
    return has_room ? OVF_OK : OVF_E_NOMEM;
}

/* ---- index ---- */

bool ovf_listing_key_make(enum ovf_listing_key kind, struct ovf_bytes value,
                          struct ovf_listing_index_key *out)
{
    size_t n = 0;
    *out = (struct ovf_listing_index_key){.kind = (char)kind};
    for (size_t i = 0; i < value.len; i++) {
        const unsigned char c = ovf_ascii_upper(value.data[i]);
        if ((c < 'A' || c > 'Z') && (c < '0' || c > '9'))
            continue;
        if (n == OVF_LISTING_KEY_CHARS)
            return false;
        out->text[n++] = (char)c;
    }
    return n > 0;
}

static int compare_index(const void *a, const void *b)
{
    const struct ovf_listing_index_item *const x = a;
    const struct ovf_listing_index_item *const y = b;
    const int order = memcmp(&x->key, &y->key, sizeof x->key);
    return order != 0 ? order : (x->version > y->version) - (x->version < y->version);
}

static enum ovf_status index_version(struct ovf_listings *l, uint32_t version)
{
    struct ovf_bytes rest = l->versions[version].text;
    struct ovf_bytes value;
    enum ovf_listing_key key;
    while (ovf_listing_next(&rest, &key, &value)) {
        struct ovf_listing_index_item item = {.version = version, .value = value};
        if ((key != OVF_LISTING_REGISTRATION && key != OVF_LISTING_PREVIOUS_REGISTRATION &&
             key != OVF_LISTING_ICAO24 && key != OVF_LISTING_MSN) ||
            !ovf_listing_key_make(key, value, &item.key))
            continue;
        struct ovf_listing_index_item *grown =
            ovf_array_reserve(l->index, &l->index_capacity, l->n_index + 1, sizeof *grown);
        if (grown == NULL)
            return OVF_E_NOMEM;
        l->index = grown;
        l->index[l->n_index++] = item;
    }
    return OVF_OK;
}

static enum ovf_status make_index(struct ovf_listings *l)
{
    enum ovf_status st = OVF_OK;
    for (uint32_t i = 0; i < l->n_versions && st == OVF_OK; i++) {
        if (ovf_listing_is_aircraft((struct ovf_listing){l->versions[i].text}))
            st = index_version(l, i);
    }
    if (st == OVF_OK && l->n_index > 0)
        qsort(l->index, l->n_index, sizeof *l->index, compare_index);
    return st;
}

/* ---- operators ---- */

static int compare_operators(const void *a, const void *b)
{
    const struct ovf_listing_operator *const x = a;
    const struct ovf_listing_operator *const y = b;
    const int order = strcmp(x->icao, y->icao);
    return order != 0 ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

static enum ovf_status link_operators(struct ovf_listings *l, struct ovf_error *err)
{
    for (size_t i = 0; i < l->n_operators; i++) {
        struct ovf_listing_operator *const o = &l->operators[i];
        const struct ovf_listed *const listed =
            ovf_listings_find(l, o->list, ovf_bytes_from_text(o->id));
        if (listed == NULL)
            return ovf_error_set(err, OVF_E_NOTFOUND,
                                 "operator %s is linked to the entry \"%.60s\" of the list "
                                 "\"%.60s\", which no edition has",
                                 o->icao, o->id, o->list);
        o->entry = (size_t)((const struct ovf_listing_entry *)listed - l->entries);
    }
    if (l->n_operators > 0)
        qsort(l->operators, l->n_operators, sizeof *l->operators, compare_operators);
    return OVF_OK;
}

enum ovf_status ovf_listings_seal(struct ovf_listings *listings, struct ovf_error *err)
{
    enum ovf_status st = order_editions(listings);
    if (st == OVF_OK)
        st = order_versions(listings);
    if (st == OVF_OK)
        st = make_entries(listings);
    if (st == OVF_OK)
        st = make_runs(listings);
    if (st == OVF_OK)
        st = make_index(listings);
    if (st == OVF_E_NOMEM)
        return ovf_error_set(err, st, "out of memory for the lists");
    return st == OVF_OK ? link_operators(listings, err) : st;
}
