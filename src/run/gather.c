/* SPDX-License-Identifier: Apache-2.0 */
/* Reading one track. While parts are read, fixes name their member by its number in the catalog; when
 * all are there, the members are put in an order that does not depend on how inputs were named. Of a trace
 * that has the track for itself, which nearly all have, they name the first member from the beginning. */
#include "run/gather.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"
#include "run/trace_member.h"
#include "track/address.h"

enum ovf_status ovf_gather_init(struct ovf_gather *g, const struct ovf_catalog *catalog,
                                const struct ovf_plan *plan, const struct ovf_account *account,
                                struct ovf_counts *counts)
{
    const size_t n_items = ovf_catalog_n_items(catalog);
    *g = (struct ovf_gather){.catalog = catalog, .plan = plan};
    g->place_of = calloc(n_items + 1, sizeof *g->place_of);
    g->placed_in = calloc(n_items + 1, sizeof *g->placed_in);
    if (g->place_of == NULL || g->placed_in == NULL)
        return OVF_E_NOMEM;
    const enum ovf_status st = ovf_counter_new(counts, &g->counter);
    return st == OVF_OK ? ovf_account_fork(account, &g->account) : st;
}

void ovf_gather_deinit(struct ovf_gather *g, struct ovf_account *whole)
{
    if (g->account.inputs != NULL)
        ovf_account_join(whole, &g->account);
    ovf_counter_free(g->counter);
    ovf_loader_deinit(&g->loader);
    ovf_trace_deinit(&g->trace);
    for (size_t i = 0; i < g->parts_capacity; i++)
        ovf_fixes_deinit(&g->parts[i]);
    free(g->parts);
    free(g->members);
    free(g->items);
    free(g->unordered);
    free(g->place_of);
    free(g->placed_in);
    ovf_digest_set_deinit(&g->seen);
}

enum ovf_status ovf_gather_next_group(struct ovf_gather *g, size_t n_parts, struct ovf_error *err)
{
    g->is_alone = n_parts == 1;
    ovf_digest_set_clear(&g->seen);
    return ovf_counter_next_aircraft(g->counter, err);
}

/** An empty array of fixes for the track's next part. */
static struct ovf_fixes *next_part(struct ovf_gather *g)
{
    if (g->n_parts == g->parts_capacity) {
        const size_t before = g->parts_capacity;
        struct ovf_fixes *grown =
            ovf_array_reserve(g->parts, &g->parts_capacity, g->n_parts + 1, sizeof *grown);
        if (grown == NULL)
            return NULL;
        g->parts = grown;
        memset(g->parts + before, 0, (g->parts_capacity - before) * sizeof *g->parts);
    }
    g->parts[g->n_parts].n = 0;
    return &g->parts[g->n_parts++];
}

static enum ovf_status add_member(struct ovf_gather *g, uint32_t item,
                                  const struct ovf_track_member *member)
{
    if (g->placed_in[item] == g->n_tracks)
        return OVF_OK;
    struct ovf_gathered_member *grown =
        ovf_array_reserve(g->unordered, &g->unordered_capacity, g->n_members + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    g->unordered = grown;
    g->unordered[g->n_members++] = (struct ovf_gathered_member){*member, item, false};
    g->placed_in[item] = g->n_tracks;
    return g->is_alone ? OVF_OK : ovf_digest_set_add(&g->seen, &member->digest);
}

/** Counts the first and the last time of the fixes. \return flags that any of them has */
static unsigned account_fixes(struct ovf_gather *g, uint32_t input, const struct ovf_fixes *fixes)
{
    unsigned flags = 0;
    if (fixes->n == 0)
        return flags;
    int64_t first_ns = fixes->items[0].t_ns;
    int64_t last_ns = first_ns;
    for (size_t i = 0; i < fixes->n; i++) {
        const int64_t t_ns = fixes->items[i].t_ns;
        first_ns = t_ns < first_ns ? t_ns : first_ns;
        last_ns = t_ns > last_ns ? t_ns : last_ns;
        flags |= fixes->items[i].flags;
    }
    ovf_account_span(&g->account, input, first_ns);
    ovf_account_span(&g->account, input, last_ns);
    return flags;
}

/** Takes the trace that was read as a part of the track: its array of fixes changes hands. */
static enum ovf_status use_trace(struct ovf_gather *g, const struct ovf_item *item, uint32_t number,
                                 const struct ovf_digest *digest)
{
    struct ovf_fixes *part = next_part(g);
    if (part == NULL)
        return OVF_E_NOMEM;
    const struct ovf_fixes emptied = *part;
    *part = g->trace.fixes;
    g->trace.fixes = emptied;
    ovf_account_rows(&g->account, item, number, &g->trace.rows, g->trace.first_rejected);
    ovf_account_use_trace(&g->account, item, number, g->trace.base_t_ns);
    const unsigned flags = account_fixes(g, item->input, part);
    const int64_t day_ns = ovf_time_floor(g->trace.base_t_ns, OVF_NS_PER_DAY);
    const struct ovf_track_member member = {.name = item->name,
                                            .digest = *digest,
                                            .from_ns = day_ns,
                                            .to_ns = day_ns + OVF_NS_PER_DAY,
                                            .identity_source = OVF_IDENTITY_TRACE_HEADER,
                                            .identity = g->trace.identity};
    enum ovf_status st = ovf_counter_trace(g->counter, number, g->is_alone ? NULL : digest,
                                           g->trace.base_t_ns, part);
    if (st == OVF_OK)
        st = add_member(g, number, &member);
    if (st == OVF_OK && g->is_numbered)
        g->unordered[0].tells_ground = (flags & OVF_FIX_ON_GROUND) != 0;
    return st;
}

/** A trace that was read before for this address: its input holds it all the same. */
static enum ovf_status repeat_trace(struct ovf_gather *g, const struct ovf_item *item,
                                    uint32_t number, const struct ovf_digest *digest,
                                    const struct ovf_trace_member *member, struct ovf_error *err)
{
    enum ovf_reject reject = OVF_REJECT_N;
    g->account.inputs[item->input].members.n_read++;
    g->account.inputs[item->input].members.n_repeated++;
    if (!ovf_counter_wants(g->counter, number, digest))
        return OVF_OK;
    const enum ovf_status st = ovf_trace_member_read(member, &g->trace, &reject, err);
    if (st != OVF_OK || reject != OVF_REJECT_N)
        return st;
    return ovf_counter_trace(g->counter, number, digest, g->trace.base_t_ns, &g->trace.fixes);
}

static enum ovf_status read_trace_part(struct ovf_gather *g, const struct ovf_plan_part *part,
                                       struct ovf_error *err)
{
    const struct ovf_item *item = ovf_catalog_item(g->catalog, part->number);
    const bool is_wanted =
        ovf_account_wants(&g->account, ovf_catalog_input(g->catalog, item->input));
    struct ovf_digest digest = {{0}};
    struct ovf_trace_member member;
    enum ovf_reject reject;
    g->is_identified = is_wanted || !g->is_alone;
    enum ovf_status st =
        ovf_trace_member_load(g->catalog, part->number, &g->loader,
                              g->is_identified ? &digest : NULL, &member, &reject, err);
    if (st != OVF_OK)
        return st;
    if (is_wanted)
        ovf_account_know(&g->account, part->number, &digest);
    g->is_numbered = g->is_alone;
    if (g->is_numbered)
        member.record_item = 0;
    if (reject == OVF_REJECT_N && !g->is_alone && ovf_digest_set_has(&g->seen, &digest))
        return repeat_trace(g, item, part->number, &digest, &member, err);
    if (reject == OVF_REJECT_N)
        st = ovf_trace_member_read(&member, &g->trace, &reject, err);
    if (st != OVF_OK)
        return st;
    if (reject == OVF_REJECT_N && g->trace.address != part->key.address) {
        reject = OVF_REJECT_BAD_ADDRESS;
        (void)ovf_error_set(err, OVF_E_FORMAT, "the address inside is another than in its name");
    }
    if (reject != OVF_REJECT_N) {
        ovf_account_reject(&g->account, item, part->number, reject, err->text);
        return OVF_OK;
    }
    return use_trace(g, item, part->number, &digest);
}

/** A table that the rows of this track stand in. */
static enum ovf_status use_table(struct ovf_gather *g, uint32_t item,
                                 const struct ovf_identity *identity)
{
    const struct ovf_account_member *table = &g->account.members[item];
    struct ovf_track_member member = {.name = ovf_catalog_item(g->catalog, item)->name,
                                      .digest = table->digest,
                                      .from_ns = ovf_time_floor(table->first_ns, OVF_NS_PER_MIN),
                                      .to_ns = ovf_time_floor(table->last_ns, OVF_NS_PER_MIN) +
                                               OVF_NS_PER_MIN};
    if (identity != NULL) {
        member.identity_source = OVF_IDENTITY_TABLE;
        member.identity = *identity;
    }
    return add_member(g, item, &member);
}

/** Puts hearings behind the rest, which stays in order. \return how many have positions */
static size_t put_positions_first(struct ovf_fixes *fixes)
{
    size_t n = 0;
    for (size_t i = 0; i < fixes->n; i++) {
        const struct ovf_fix fix = fixes->items[i];
        if (ovf_fix_is_hearing(&fix))
            continue;
        fixes->items[i] = fixes->items[n];
        fixes->items[n++] = fix;
    }
    return n;
}

static enum ovf_status read_spooled_part(struct ovf_gather *g, const struct ovf_plan_part *part,
                                         struct ovf_error *err)
{
    const struct ovf_identity *identity = ovf_fix_spool_identity(g->plan->spool, part->number);
    struct ovf_fixes *fixes = next_part(g);
    if (fixes == NULL)
        return OVF_E_NOMEM;
    enum ovf_status st = ovf_fix_spool_read(g->plan->spool, part->number, fixes, err);
    for (size_t i = 0; i < fixes->n && st == OVF_OK; i++) {
        const uint32_t item = fixes->items[i].record.item;
        if (i == 0 || item != fixes->items[i - 1].record.item)
            st = use_table(g, item, identity);
    }
    const struct ovf_fixes positions = {.items = fixes->items, .n = put_positions_first(fixes)};
    return st == OVF_OK ? ovf_counter_rows(g->counter, &positions) : st;
}

static int compare_gathered(const void *a, const void *b)
{
    const struct ovf_gathered_member *x = a;
    const struct ovf_gathered_member *y = b;
    return ovf_track_member_compare(&x->member, &y->member);
}

/** Room for n_members in both arrays. */
static enum ovf_status reserve_members(struct ovf_gather *g)
{
    if (g->n_members <= g->members_capacity)
        return OVF_OK;
    struct ovf_track_member *members = realloc(g->members, g->n_members * 2 * sizeof *members);
    if (members != NULL)
        g->members = members;
    uint32_t *items = realloc(g->items, g->n_members * 2 * sizeof *items);
    if (items != NULL)
        g->items = items;
    if (members == NULL || items == NULL)
        return OVF_E_NOMEM;
    g->members_capacity = g->n_members * 2;
    return OVF_OK;
}

/** Puts the members in order and lets the fixes name them by it. */
static enum ovf_status number_members(struct ovf_gather *g)
{
    const enum ovf_status st = reserve_members(g);
    if (st != OVF_OK)
        return st;
    if (g->n_members > 1)
        qsort(g->unordered, g->n_members, sizeof *g->unordered, compare_gathered);
    for (size_t i = 0; i < g->n_members; i++) {
        g->members[i] = g->unordered[i].member;
        g->items[i] = g->unordered[i].item;
        g->place_of[g->items[i]] = (uint32_t)i;
    }
    for (size_t i = 0; i < g->n_parts && !g->is_numbered; i++) {
        for (size_t k = 0; k < g->parts[i].n; k++) {
            struct ovf_fix *fix = &g->parts[i].items[k];
            fix->record.item = g->place_of[fix->record.item];
            if ((fix->flags & OVF_FIX_ON_GROUND) != 0)
                g->unordered[fix->record.item].tells_ground = true;
        }
    }
    return OVF_OK;
}

/** A member that puts the aircraft on the ground somewhere has it in the air everywhere else. */
static void mark_in_air(struct ovf_gather *g)
{
    bool any = false;
    for (size_t i = 0; i < g->n_members; i++)
        any = any || g->unordered[i].tells_ground;
    if (!any)
        return;
    for (size_t i = 0; i < g->n_parts; i++) {
        for (size_t k = 0; k < g->parts[i].n; k++) {
            struct ovf_fix *fix = &g->parts[i].items[k];
            if (g->unordered[fix->record.item].tells_ground &&
                (fix->flags & OVF_FIX_ON_GROUND) == 0)
                fix->flags |= OVF_FIX_IN_AIR;
        }
    }
}

enum ovf_status ovf_gather_track(struct ovf_gather *g, const struct ovf_plan_part *begin,
                                 const struct ovf_plan_part *end, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    g->n_parts = 0;
    g->n_members = 0;
    g->is_identified = true;
    g->is_numbered = false;
    g->n_tracks++;
    for (const struct ovf_plan_part *part = begin; part < end && st == OVF_OK; part++)
        st = part->is_spooled ? read_spooled_part(g, part, err) : read_trace_part(g, part, err);
    if (st == OVF_OK && g->n_members > 0)
        st = number_members(g);
    if (st == OVF_OK)
        mark_in_air(g);
    return st;
}

enum ovf_status ovf_gather_identify(struct ovf_gather *g)
{
    if (g->is_identified || g->n_members == 0)
        return OVF_OK;
    g->is_identified = true;
    return ovf_loader_digest(&g->loader, &g->members[0].digest); /* the only one */
}

bool ovf_gather_is_only_heard(const struct ovf_gather *g)
{
    bool has_hearing = false;
    for (size_t i = 0; i < g->n_parts; i++) {
        if (g->parts[i].n == 0)
            continue;
        if (!ovf_fix_is_hearing(&g->parts[i].items[0]))
            return false;
        has_hearing = true;
    }
    return has_hearing;
}

void ovf_gather_drop(struct ovf_gather *g, const bool *drop)
{
    size_t n_members = 0;
    for (size_t i = 0; i < g->n_members; i++) {
        g->place_of[g->items[i]] = (uint32_t)n_members;
        if (!drop[i])
            n_members++;
    }
    for (size_t i = 0; i < g->n_parts; i++) {
        size_t n = 0;
        for (size_t k = 0; k < g->parts[i].n; k++) {
            struct ovf_fix fix = g->parts[i].items[k];
            const uint32_t before = fix.record.item;
            fix.record.item = g->place_of[g->items[before]];
            if (!drop[before])
                g->parts[i].items[n++] = fix;
        }
        g->parts[i].n = n;
    }
    n_members = 0;
    for (size_t i = 0; i < g->n_members; i++) {
        if (drop[i])
            continue;
        g->members[n_members] = g->members[i];
        g->items[n_members++] = g->items[i];
    }
    g->n_members = n_members;
}
