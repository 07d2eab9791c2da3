/* SPDX-License-Identifier: Apache-2.0 */
/* Planning: from members of inputs to tracks. */
#include "run/plan.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "read/mixed.h"
#include "run/digest_set.h"
#include "run/trace_member.h"

/* Rows of tables held before a sorted run is written: 60 MB. */
enum { SPOOL_FIXES = 500000 };

struct planner {
    const struct ovf_catalog *catalog;
    const struct ovf_read_options *options;
    struct ovf_account *account;
    struct ovf_plan *plan;
    struct ovf_loader loader;
    struct ovf_trace trace;
    struct ovf_digest_set tables; /* of the tables used so far */
};

static enum ovf_status push_part(struct ovf_plan *plan, struct ovf_plan_part part)
{
    struct ovf_plan_part *grown =
        ovf_array_reserve(plan->parts, &plan->parts_capacity, plan->n_parts + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    plan->parts = grown;
    plan->parts[plan->n_parts++] = part;
    return OVF_OK;
}

/** A member in which aircraft are mixed, and what its rows go to. */
struct table {
    struct planner *planner;
    uint32_t input;
    struct ovf_mixed *reader;
    int64_t first_ns; /* of its rows; first > last: none */
    int64_t last_ns;
    enum ovf_reject *reject; /* why it is none of its kind */
    struct ovf_error *err;
};

static enum ovf_status spool_row(void *context, uint32_t address, const struct ovf_fix *fix,
                                 const struct ovf_identity *identity)
{
    struct table *table = context;
    table->first_ns = fix->t_ns < table->first_ns ? fix->t_ns : table->first_ns;
    table->last_ns = fix->t_ns > table->last_ns ? fix->t_ns : table->last_ns;
    return ovf_fix_spool_add(table->planner->plan->spool, ovf_track_key(address, table->input), fix,
                             identity, table->err);
}

static enum ovf_status feed_piece(void *context, struct ovf_bytes piece)
{
    const struct table *table = context;
    return ovf_mixed_feed(table->reader, piece, NULL, table->reject, table->err);
}

static enum ovf_mixed_format format_of(enum ovf_item_kind kind)
{
    switch (kind) {
    case OVF_ITEM_STATES:
        return OVF_MIXED_OPENSKY;
    case OVF_ITEM_AIRCRAFT:
        return OVF_MIXED_AIRCRAFT;
    case OVF_ITEM_FRAMES:
        return OVF_MIXED_RECEIVER;
    case OVF_ITEM_SBS:
        return OVF_MIXED_SBS;
    default:
        return OVF_MIXED_CSV;
    }
}

/** What was read of a table, also of one that is rejected after all. */
static void count_rows(struct planner *p, const struct ovf_item *item, uint32_t number,
                       const struct table *table, bool is_rejected)
{
    struct ovf_tally rows = *ovf_mixed_rows(table->reader);
    if (is_rejected)
        ovf_tally_reject_all(&rows);
    ovf_account_rows(p->account, item, number, &rows, ovf_mixed_first_rejected(table->reader));
}

static void note_absent(struct ovf_account_input *input, const struct ovf_item *item,
                        const struct ovf_csv_notes *notes)
{
    if (input->n_absent == 0 && notes->n_absent > 0)
        (void)snprintf(input->absent_example, sizeof input->absent_example, "%.120s: %.170s",
                       item->name, notes->first_absent);
    input->n_absent += notes->n_absent;
}

static void use_table(struct planner *p, const struct ovf_item *item, uint32_t number,
                      const struct table *table)
{
    struct ovf_account_input *input = &p->account->inputs[item->input];
    ovf_tally_use(&input->members);
    p->account->members[number].first_ns = table->first_ns;
    p->account->members[number].last_ns = table->last_ns;
    if (table->first_ns <= table->last_ns) {
        ovf_account_span(p->account, item->input, table->first_ns);
        ovf_account_span(p->account, item->input, table->last_ns);
    }
    (void)snprintf(input->note, sizeof input->note, "%s", ovf_mixed_note(table->reader));
    const struct ovf_csv_notes *const notes = ovf_mixed_csv_notes(table->reader);
    if (notes == NULL)
        return;
    note_absent(input, item, notes);
    (void)snprintf(input->unused_columns, sizeof input->unused_columns, "%s",
                   ovf_mixed_unused_columns(table->reader));
}

static enum ovf_status pass_over(void *context, struct ovf_bytes piece)
{
    (void)context;
    (void)piece;
    return OVF_OK;
}

/** The digest of a table that was refused before its end. */
static enum ovf_status hash_refused(const struct planner *p, uint32_t number,
                                    struct ovf_digest *digest)
{
    enum ovf_reject ignored;
    struct ovf_error unread;
    return ovf_catalog_stream(p->catalog, number, pass_over, NULL, digest, &ignored, &unread);
}

/** Feeds a whole table; its reject says why it is none of its kind, if it is none. */
static enum ovf_status feed_table(struct planner *p, struct table *table, uint32_t number,
                                  struct ovf_digest *digest)
{
    enum ovf_reject reject = OVF_REJECT_N; /* of the bytes */
    enum ovf_status st =
        ovf_catalog_stream(p->catalog, number, feed_piece, table, digest, &reject, table->err);
    if (st == OVF_E_FORMAT) /* while it was fed */
        return hash_refused(p, number, digest);
    if (st == OVF_OK && reject == OVF_REJECT_N)
        st = ovf_mixed_finish(table->reader, table->reject, table->err);
    else
        *table->reject = reject;
    return st == OVF_E_FORMAT ? OVF_OK : st;
}

static enum ovf_status plan_table(struct planner *p, const struct ovf_item *item, uint32_t number,
                                  struct ovf_error *err)
{
    enum ovf_reject reject = OVF_REJECT_N;
    struct table table = {.planner = p,
                          .input = item->input,
                          .first_ns = INT64_MAX,
                          .last_ns = INT64_MIN,
                          .reject = &reject,
                          .err = err};
    struct ovf_digest digest;
    enum ovf_status st =
        ovf_mixed_new(format_of(item->kind), number, p->options, spool_row, &table, &table.reader);
    if (st != OVF_OK)
        return st;
    st = feed_table(p, &table, number, &digest);
    if (st != OVF_OK) {
        ovf_mixed_free(table.reader);
        return st;
    }
    ovf_account_know(p->account, number, &digest);
    if (reject != OVF_REJECT_N) {
        ovf_account_reject(p->account, item, number, reject, err->text);
        count_rows(p, item, number, &table, true);
        st = ovf_fix_spool_reject_item(p->plan->spool, number);
    } else if (ovf_digest_set_has(&p->tables, &digest)) {
        p->account->inputs[item->input].members.n_read++;
        p->account->inputs[item->input].members.n_repeated++;
        st = ovf_fix_spool_reject_item(p->plan->spool, number);
    } else {
        use_table(p, item, number, &table);
        count_rows(p, item, number, &table, false);
        st = ovf_digest_set_add(&p->tables, &digest);
    }
    ovf_mixed_free(table.reader);
    return st;
}

/** A trace under a name that does not tell whose it is. */
static enum ovf_status look_into_trace(struct planner *p, const struct ovf_item *item,
                                       uint32_t number, uint32_t *address, bool *good,
                                       struct ovf_error *err)
{
    const bool is_wanted =
        ovf_account_wants(p->account, ovf_catalog_input(p->catalog, item->input));
    struct ovf_trace_member member;
    struct ovf_digest digest;
    enum ovf_reject reject;
    enum ovf_status st = ovf_trace_member_load(p->catalog, number, &p->loader,
                                               is_wanted ? &digest : NULL, &member, &reject, err);
    if (st == OVF_OK && reject == OVF_REJECT_N)
        st = ovf_trace_member_read(&member, &p->trace, &reject, err);
    if (st != OVF_OK)
        return st;
    *good = reject == OVF_REJECT_N;
    if (is_wanted)
        ovf_account_know(p->account, number, &digest);
    if (*good)
        *address = p->trace.address;
    else
        ovf_account_reject(p->account, item, number, reject, err->text);
    return OVF_OK;
}

static enum ovf_status plan_item(struct planner *p, uint32_t number, struct ovf_error *err)
{
    const struct ovf_item *item = ovf_catalog_item(p->catalog, number);
    uint32_t address = item->address_hint;
    bool good = true;
    if (item->kind != OVF_ITEM_TRACE)
        return plan_table(p, item, number, err);
    if (!item->has_address_hint) {
        const enum ovf_status st = look_into_trace(p, item, number, &address, &good, err);
        if (st != OVF_OK)
            return st;
    }
    return good ? push_part(p->plan, (struct ovf_plan_part){ovf_track_key(address, item->input),
                                                            false, number})
                : OVF_OK;
}

static int compare_parts(const void *x, const void *y)
{
    const struct ovf_plan_part *a = x;
    const struct ovf_plan_part *b = y;
    const int by_key = ovf_track_key_compare(a->key, b->key);
    if (by_key != 0)
        return by_key;
    if (a->is_spooled != b->is_spooled)
        return a->is_spooled ? 1 : -1;
    return (a->number > b->number) - (a->number < b->number);
}

/** A group and the member that comes first in the inputs; spooled ones come last. */
struct placed {
    struct ovf_plan_group group;
    uint64_t place;
};

static int compare_placed(const void *x, const void *y)
{
    const struct placed *a = x;
    const struct placed *b = y;
    return (a->place > b->place) - (a->place < b->place);
}

/** The parts are in order. */
static enum ovf_status group_parts(struct ovf_plan *plan)
{
    struct placed *placed = malloc((plan->n_parts + 1) * sizeof *placed);
    plan->groups = malloc((plan->n_parts + 1) * sizeof *plan->groups);
    if (placed == NULL || plan->groups == NULL) {
        free(placed);
        return OVF_E_NOMEM;
    }
    for (size_t begin = 0; begin < plan->n_parts;) {
        size_t end = begin + 1;
        while (end < plan->n_parts &&
               plan->parts[begin].key.address == plan->parts[end].key.address)
            end++;
        const struct ovf_plan_part *first = &plan->parts[begin];
        placed[plan->n_groups++] = (struct placed){
            {begin, end}, first->number + (first->is_spooled ? UINT64_C(1) << 32 : 0)};
        begin = end;
    }
    qsort(placed, plan->n_groups, sizeof *placed, compare_placed);
    for (size_t i = 0; i < plan->n_groups; i++)
        plan->groups[i] = placed[i].group;
    free(placed);
    return OVF_OK;
}

static enum ovf_status plan_spooled(struct ovf_plan *plan, struct ovf_error *err)
{
    enum ovf_status st = ovf_fix_spool_seal(plan->spool, err);
    for (size_t i = 0; i < ovf_fix_spool_n_tracks(plan->spool) && st == OVF_OK; i++)
        st = push_part(
            plan, (struct ovf_plan_part){ovf_fix_spool_key(plan->spool, i), true, (uint32_t)i});
    return st;
}

enum ovf_status ovf_plan_make(const struct ovf_catalog *catalog,
                              const struct ovf_read_options *options, struct ovf_account *account,
                              struct ovf_plan *plan, struct ovf_error *err)
{
    struct planner p = {.catalog = catalog, .options = options, .account = account, .plan = plan};
    struct ovf_progress *progress = ovf_progress_new("listing");
    const size_t n_items = ovf_catalog_n_items(catalog);
    *plan = (struct ovf_plan){0};
    enum ovf_status st = ovf_fix_spool_new(SPOOL_FIXES, &plan->spool);
    for (size_t i = 0; i < n_items && st == OVF_OK; i++) {
        st = plan_item(&p, (uint32_t)i, err);
        ovf_progress_show(progress, i + 1, n_items);
    }
    if (st == OVF_OK)
        st = plan_spooled(plan, err);
    if (st == OVF_OK && plan->n_parts > 0)
        qsort(plan->parts, plan->n_parts, sizeof *plan->parts, compare_parts);
    if (st == OVF_OK)
        st = group_parts(plan);
    ovf_progress_free(progress);
    ovf_loader_deinit(&p.loader);
    ovf_trace_deinit(&p.trace);
    ovf_digest_set_deinit(&p.tables);
    return st;
}

void ovf_plan_deinit(struct ovf_plan *plan)
{
    free(plan->parts);
    free(plan->groups);
    ovf_fix_spool_free(plan->spool);
    *plan = (struct ovf_plan){0};
}
