/* SPDX-License-Identifier: Apache-2.0 */
/* Asking sealed lists. */
#include <stdlib.h>

#include "base/time.h"
#include "lists/listings_parts.h"
#include "lists/model_family.h"
#include "track/address.h"

const char *ovf_listing_state_name(enum ovf_listing_state state)
{
    static const char *const names[] = {"in_force", "not_in_force", "unknown"};
    return names[state];
}

const char *ovf_listing_match_name(enum ovf_listing_match match)
{
    static const char *const names[OVF_LISTING_MATCH_N] = {
        "hex_exact",     "msn_exact",    "tail_exact_at_date", "tail_exact_other_date",
        "previous_tail", "operator_only"};
    return names[match];
}

/* ---- entries ---- */

const struct ovf_listed *ovf_listings_at(const struct ovf_listings *listings, size_t i)
{
    return i < listings->n_entries ? &listings->entries[i].listed : NULL;
}

const struct ovf_listed *ovf_listings_find(const struct ovf_listings *listings, const char *list,
                                           struct ovf_bytes id)
{
    size_t at = 0;
    while (at < listings->n_lists && strcmp(listings->lists[at].name, list) != 0)
        at++;
    size_t low = 0;
    size_t high = listings->n_entries;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const struct ovf_listing_entry *const e = &listings->entries[middle];
        if (e->list < at || (e->list == at && ovf_bytes_compare(e->listed.id, id) < 0))
            low = middle + 1;
        else
            high = middle;
    }
    const struct ovf_listing_entry *const found = &listings->entries[low];
    const bool is_it = low < listings->n_entries && found->list == at &&
                       ovf_bytes_compare(found->listed.id, id) == 0;
    return is_it ? &found->listed : NULL;
}

/* ---- in force ---- */

static const struct ovf_listing_entry *entry_of(const struct ovf_listed *listed)
{
    return (const struct ovf_listing_entry *)listed;
}

static bool has_edition(const struct ovf_listings *l, const struct ovf_listing_entry *e,
                        uint32_t edition)
{
    for (size_t i = 0; i < e->listed.n_in_force; i++) {
        const struct ovf_listing_run run = l->runs[e->first_run + i];
        if (edition >= run.begin && edition < run.end)
            return true;
    }
    return false;
}

/** The first edition of the list that is after the day, the list's end when there is none. */
static uint32_t first_after(const struct ovf_listings *l, const struct ovf_listing_list *list,
                            int64_t day_ns)
{
    uint32_t low = list->begin;
    uint32_t high = list->end;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (l->editions[middle].date_ns <= day_ns)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/** What an edition that has the entry says of a day that the entry's own days may exclude. */
static enum ovf_listing_state own_state(const struct ovf_listing_entry *e, int64_t day_ns)
{
    const bool is_before = e->has_from && day_ns < e->from_ns;
    const bool is_after = e->has_to && day_ns >= e->to_ns;
    return is_before || is_after ? OVF_LISTING_NOT_IN_FORCE : OVF_LISTING_IN_FORCE;
}

/** Of a day before the edition \p next, after one that has it not (or before all). */
static enum ovf_listing_state state_before(const struct ovf_listings *l,
                                           const struct ovf_listing_entry *e, uint32_t next,
                                           int64_t day_ns)
{
    return has_edition(l, e, next) && e->has_from ? own_state(e, day_ns) : OVF_LISTING_UNKNOWN;
}

struct ovf_listing_at ovf_listings_state(const struct ovf_listings *listings,
                                         const struct ovf_listed *listed, int64_t t_ns)
{
    const struct ovf_listing_entry *const e = entry_of(listed);
    const struct ovf_listing_list *const list = &listings->lists[e->list];
    const int64_t day_ns = ovf_time_day(t_ns);
    const uint32_t next = first_after(listings, list, day_ns);
    if (next == list->begin)
        return (struct ovf_listing_at){state_before(listings, e, next, day_ns),
                                       &listings->editions[next], false};
    const struct ovf_list_edition *const as_of = &listings->editions[next - 1];
    const bool has = has_edition(listings, e, next - 1);
    struct ovf_listing_at at = {has ? own_state(e, day_ns) : OVF_LISTING_NOT_IN_FORCE, as_of,
                                next == list->end && day_ns > as_of->date_ns};
    if (day_ns == as_of->date_ns || next == list->end)
        return at;
    if (!has && has_edition(listings, e, next))
        at.state = state_before(listings, e, next, day_ns);
    else if (has && !has_edition(listings, e, next) && at.state == OVF_LISTING_IN_FORCE)
        at.state = OVF_LISTING_UNKNOWN;
    return at;
}

/* ---- matching ---- */

struct matching {
    const struct ovf_listings *listings;
    const struct ovf_listing_query *query;
    struct ovf_listing_hit *hits;
    size_t n;
};

/** Adds a hit, or makes the one of that entry stronger; what was recognised itself stays so when another
 * entry leads to it as well. */
static void add_hit(struct matching *m, const struct ovf_listing_hit *hit)
{
    for (size_t i = 0; i < m->n; i++) {
        if (m->hits[i].listed != hit->listed)
            continue;
        const bool is_own = hit->via != NULL && m->hits[i].match <= OVF_LISTING_TAIL_EXACT_AT_DATE;
        if (hit->match < m->hits[i].match && !is_own)
            m->hits[i] = *hit;
        return;
    }
    if (m->n < OVF_LISTING_MAX_HITS)
        m->hits[m->n++] = *hit;
}

/** Where the items with that key begin. */
static size_t first_item(const struct ovf_listings *l, const struct ovf_listing_index_key *key)
{
    size_t low = 0;
    size_t high = l->n_index;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (memcmp(&l->index[middle].key, key, sizeof *key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool version_is_of_family(const struct ovf_listing_version *version, struct ovf_bytes model)
{
    const struct ovf_listing listing = {version->text};
    struct ovf_bytes own;
    for (size_t i = 0; (own = ovf_listing_value(listing, OVF_LISTING_MODEL, i)).len > 0; i++) {
        if (ovf_model_same_family(own, model))
            return true;
    }
    return false;
}

/** All versions that have \p value under \p key; with a \p model, those of its family. The newest of an
 * entry comes first and stays. */
static void look_up(struct matching *m, enum ovf_listing_key key, struct ovf_bytes value,
                    const struct ovf_bytes *model, enum ovf_listing_match match,
                    const struct ovf_listed *via)
{
    const struct ovf_listings *const l = m->listings;
    struct ovf_listing_index_key wanted;
    if (!ovf_listing_key_make(key, value, &wanted))
        return;
    const size_t begin = first_item(l, &wanted);
    size_t end = begin;
    while (end < l->n_index && memcmp(&l->index[end].key, &wanted, sizeof wanted) == 0)
        end++;
    for (size_t i = end; i-- > begin;) {
        const struct ovf_listing_index_item *const item = &l->index[i];
        const struct ovf_listing_version *const version = &l->versions[item->version];
        const struct ovf_listed *const listed = &l->entries[version->entry].listed;
        if (listed == via || (model != NULL && !version_is_of_family(version, *model)))
            continue;
        const struct ovf_listing_hit hit = {.match = match,
                                            .listed = listed,
                                            .listing = {version->text},
                                            .matched = item->value,
                                            .via = via};
        add_hit(m, &hit);
    }
}

static bool is_tail_at_date(const struct ovf_listing_query *query)
{
    static const double most_s = OVF_LISTING_TAIL_DAYS * 86400.0;
    if (!query->has_registration_date)
        return false;
    const double apart_s = ovf_time_seconds(query->registration_date_ns, query->flight_ns);
    return apart_s >= -most_s && apart_s <= most_s;
}

static void match_identifiers(struct matching *m)
{
    const struct ovf_listing_query *const q = m->query;
    if (q->has_address && (q->address & OVF_ADDRESS_NON_ICAO) == 0) {
        char hex[OVF_ADDRESS_SIZE];
        ovf_address_format(q->address, hex);
        look_up(m, OVF_LISTING_ICAO24, ovf_bytes_from_text(hex), NULL, OVF_LISTING_HEX_EXACT, NULL);
    }
    if (q->msn != NULL && q->model != NULL) {
        const struct ovf_bytes model = ovf_bytes_from_text(q->model);
        look_up(m, OVF_LISTING_MSN, ovf_bytes_from_text(q->msn), &model, OVF_LISTING_MSN_EXACT,
                NULL);
    }
    if (q->registration != NULL) {
        const struct ovf_bytes tail = ovf_bytes_from_text(q->registration);
        look_up(m, OVF_LISTING_REGISTRATION, tail, NULL,
                is_tail_at_date(q) ? OVF_LISTING_TAIL_EXACT_AT_DATE
                                   : OVF_LISTING_TAIL_EXACT_OTHER_DATE,
                NULL);
        look_up(m, OVF_LISTING_PREVIOUS_REGISTRATION, tail, NULL, OVF_LISTING_PREVIOUS_TAIL, NULL);
    }
}

/** The entries with a serial number and model of \p listed. */
static void look_up_airframe(struct matching *m, const struct ovf_listed *listed)
{
    const struct ovf_listing_entry *const e = entry_of(listed);
    for (size_t v = e->first_version; v < e->first_version + e->n_versions; v++) {
        const struct ovf_listing listing = {m->listings->versions[v].text};
        const struct ovf_bytes model = ovf_listing_value(listing, OVF_LISTING_MODEL, 0);
        struct ovf_bytes msn;
        for (size_t i = 0; (msn = ovf_listing_value(listing, OVF_LISTING_MSN, i)).len > 0; i++)
            look_up(m, OVF_LISTING_MSN, msn, &model, OVF_LISTING_MSN_EXACT, listed);
    }
}

static void match_operator(struct matching *m)
{
    const struct ovf_listings *const l = m->listings;
    const char *const wanted = m->query->operator_icao;
    size_t low = 0;
    size_t high = l->n_operators;
    if (wanted == NULL)
        return;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(l->operators[middle].icao, wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < l->n_operators && strcmp(l->operators[low].icao, wanted) == 0; low++) {
        const struct ovf_listing_operator *const o = &l->operators[low];
        const struct ovf_listed *const listed = &l->entries[o->entry].listed;
        const struct ovf_listing_hit hit = {.match = OVF_LISTING_OPERATOR_ONLY,
                                            .listed = listed,
                                            .listing = listed->newest,
                                            .matched = ovf_bytes_from_text(o->icao),
                                            .source = o->source};
        add_hit(m, &hit);
    }
}

/** Entries lie in one array, by list and id. */
static int compare_hits(const void *a, const void *b)
{
    const struct ovf_listing_hit *const x = a;
    const struct ovf_listing_hit *const y = b;
    if (x->match != y->match)
        return x->match < y->match ? -1 : 1;
    return (x->listed > y->listed) - (x->listed < y->listed);
}

size_t ovf_listings_match(const struct ovf_listings *listings,
                          const struct ovf_listing_query *query,
                          struct ovf_listing_hit hits[OVF_LISTING_MAX_HITS])
{
    struct matching m = {listings, query, hits, 0};
    match_identifiers(&m);
    const size_t n_own = m.n;
    for (size_t i = 0; i < n_own; i++) {
        if (m.hits[i].match <= OVF_LISTING_TAIL_EXACT_AT_DATE)
            look_up_airframe(&m, m.hits[i].listed);
    }
    match_operator(&m);
    if (m.n > 0)
        qsort(hits, m.n, sizeof *hits, compare_hits);
    for (size_t i = 0; i < m.n; i++) {
        hits[i].on_flight_date = ovf_listings_state(listings, hits[i].listed, query->flight_ns);
        hits[i].now = ovf_listings_state(listings, hits[i].listed, query->now_ns);
    }
    return m.n;
}

size_t ovf_listings_same_airframe(const struct ovf_listings *listings,
                                  const struct ovf_listed *listed, const struct ovf_listed **out,
                                  size_t capacity)
{
    struct ovf_listing_hit hits[OVF_LISTING_MAX_HITS];
    struct matching m = {listings, NULL, hits, 0};
    look_up_airframe(&m, listed);
    if (m.n > 0)
        qsort(hits, m.n, sizeof *hits, compare_hits);
    size_t n = 0;
    for (; n < m.n && n < capacity; n++)
        out[n] = hits[n].listed;
    return n;
}
