/* SPDX-License-Identifier: Apache-2.0 */
/* Counting while tracks are read. Traffic is summed up in each thread, and goes in pieces through a
 * sorter that keeps them in order of input, day, cell and band in bounded memory: a day of the whole
 * world has millions of counts. */
#include "run/counts.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "listen/traffic.h"
#include "report/day.h"
#include "run/counts_put.h"
#include "run/digest_set.h"

/* Counts that a thread holds: 2 MiB. */
enum { MAX_HELD = 1 << 17 };

/* Of the sorter, which takes twice as much while it sorts. */
enum { SORTER_BYTES = 8 << 20 };

/** A table that stands in other inputs, too: there it is not read again. */
struct copied {
    uint32_t item; /* that is read */
    uint32_t copy; /* the item in the other input */
    uint32_t input;
};

struct ovf_counts {
    const struct ovf_catalog *catalog;
    const struct ovf_account *account;
    struct copied *copied; /* in order */
    size_t n_copied;
    struct ovf_sorter *sorter; /* NULL: traffic is not counted */
    pthread_mutex_t lock;      /* of what follows, while threads count */
    struct ovf_completeness completeness;
    struct ovf_completeness_day *days; /* settled, in order of inputs */
    size_t n_days;
    size_t *first_day; /* by input, and the end of all */
};

struct ovf_counter {
    struct ovf_counts *counts;
    struct ovf_completeness completeness;
    struct ovf_traffic traffic;
    struct ovf_digest_set seen; /* of the aircraft at hand: traces, by input */
};

/* ---- tables that stand in several inputs ---- */

struct table {
    const struct ovf_digest *digest;
    uint32_t item;
    uint32_t input;
};

static int compare_tables(const void *x, const void *y)
{
    const struct table *a = x;
    const struct table *b = y;
    const int by_digest = memcmp(a->digest->bytes, b->digest->bytes, sizeof a->digest->bytes);
    return by_digest != 0 ? by_digest : (a->item > b->item) - (a->item < b->item);
}

static int compare_copied(const void *x, const void *y)
{
    const struct copied *a = x;
    const struct copied *b = y;
    if (a->item != b->item)
        return a->item < b->item ? -1 : 1;
    return (a->input > b->input) - (a->input < b->input);
}

/** Tables in order: the first of the same bytes is the one that was read. Items stand in order of inputs. */
static void note_copied(struct ovf_counts *counts, const struct table *tables, size_t n)
{
    size_t first = 0;
    for (size_t i = 1; i < n; i++) {
        if (!ovf_digest_equal(tables[first].digest, tables[i].digest))
            first = i;
        else if (tables[i].input != tables[i - 1].input)
            counts->copied[counts->n_copied++] =
                (struct copied){tables[first].item, tables[i].item, tables[i].input};
    }
    if (counts->n_copied > 1)
        qsort(counts->copied, counts->n_copied, sizeof *counts->copied, compare_copied);
}

static enum ovf_status find_copied(struct ovf_counts *counts, const struct ovf_account *account)
{
    size_t n = 0;
    for (size_t i = 0; i < account->n_members; i++)
        n += account->members[i].has_digest ? 1 : 0;
    struct table *tables = malloc((n + 1) * sizeof *tables);
    counts->copied = malloc((n + 1) * sizeof *counts->copied);
    if (tables == NULL || counts->copied == NULL) {
        free(tables);
        return OVF_E_NOMEM;
    }
    n = 0;
    for (size_t i = 0; i < account->n_members; i++) {
        const struct ovf_item *item = ovf_catalog_item(counts->catalog, i);
        if (account->members[i].has_digest && item->kind != OVF_ITEM_TRACE)
            tables[n++] = (struct table){&account->members[i].digest, (uint32_t)i, item->input};
    }
    if (n > 1)
        qsort(tables, n, sizeof *tables, compare_tables);
    note_copied(counts, tables, n);
    free(tables);
    return OVF_OK;
}

/* ---- all ---- */

enum ovf_status ovf_counts_new(const struct ovf_catalog *catalog, const struct ovf_account *account,
                               bool with_traffic, struct ovf_counts **out)
{
    struct ovf_counts *counts = calloc(1, sizeof *counts);
    if (counts == NULL)
        return OVF_E_NOMEM;
    if (pthread_mutex_init(&counts->lock, NULL) != 0) {
        free(counts);
        return OVF_E_NOMEM;
    }
    counts->catalog = catalog;
    counts->account = account;
    enum ovf_status st = find_copied(counts, account);
    if (st == OVF_OK && with_traffic)
        st = ovf_sorter_new(SORTER_BYTES, &counts->sorter);
    if (st != OVF_OK) {
        ovf_counts_free(counts);
        return st;
    }
    *out = counts;
    return OVF_OK;
}

void ovf_counts_free(struct ovf_counts *counts)
{
    if (counts == NULL)
        return;
    (void)pthread_mutex_destroy(&counts->lock);
    ovf_sorter_free(counts->sorter);
    ovf_completeness_deinit(&counts->completeness);
    free(counts->copied);
    free(counts->days);
    free(counts->first_day);
    free(counts);
}

/* ---- one thread ---- */

enum ovf_status ovf_counter_new(struct ovf_counts *counts, struct ovf_counter **out)
{
    struct ovf_counter *counter = calloc(1, sizeof *counter);
    if (counter == NULL)
        return OVF_E_NOMEM;
    counter->counts = counts;
    *out = counter;
    return OVF_OK;
}

void ovf_counter_free(struct ovf_counter *counter)
{
    if (counter == NULL)
        return;
    ovf_completeness_deinit(&counter->completeness);
    ovf_traffic_deinit(&counter->traffic);
    ovf_digest_set_deinit(&counter->seen);
    free(counter);
}

/** Hands the traffic held over to the sorter. */
static enum ovf_status put_away(struct ovf_counter *counter, struct ovf_error *err)
{
    ovf_traffic_settle(&counter->traffic);
    const enum ovf_status st =
        ovf_counts_sort(counter->counts->sorter, counter->traffic.items, counter->traffic.n, err);
    counter->traffic.n = 0;
    counter->traffic.n_done = 0;
    return st;
}

static enum ovf_status end_aircraft(struct ovf_counter *counter)
{
    ovf_digest_set_clear(&counter->seen);
    ovf_completeness_next_aircraft(&counter->completeness);
    return ovf_traffic_end_aircraft(&counter->traffic);
}

enum ovf_status ovf_counter_next_aircraft(struct ovf_counter *counter, struct ovf_error *err)
{
    enum ovf_status st = end_aircraft(counter);
    if (st == OVF_OK && counter->traffic.n >= MAX_HELD)
        st = put_away(counter, err);
    return st;
}

enum ovf_status ovf_counter_finish(struct ovf_counter *counter, struct ovf_error *err)
{
    struct ovf_counts *counts = counter->counts;
    enum ovf_status st = end_aircraft(counter);
    if (st == OVF_OK && counter->traffic.n > 0)
        st = put_away(counter, err);
    (void)pthread_mutex_lock(&counts->lock);
    if (st == OVF_OK)
        st = ovf_completeness_join(&counts->completeness, &counter->completeness);
    (void)pthread_mutex_unlock(&counts->lock);
    return st;
}

/** A digest of these bytes in this input. */
static struct ovf_digest digest_in(const struct ovf_counter *counter, uint32_t item,
                                   const struct ovf_digest *digest)
{
    const uint32_t input = ovf_catalog_item(counter->counts->catalog, item)->input;
    struct ovf_digest mixed = *digest;
    for (unsigned i = 0; i < 4; i++)
        mixed.bytes[i] ^= (unsigned char)(input >> 8 * i);
    return mixed;
}

bool ovf_counter_wants(const struct ovf_counter *counter, uint32_t item,
                       const struct ovf_digest *digest)
{
    const struct ovf_digest mixed = digest_in(counter, item, digest);
    return !ovf_digest_set_has(&counter->seen, &mixed);
}

static enum ovf_status count(struct ovf_counter *counter,
                             const struct ovf_completeness_member *member,
                             const struct ovf_fix *fixes, size_t n)
{
    enum ovf_status st = ovf_completeness_add(&counter->completeness, member, fixes, n);
    if (st == OVF_OK && counter->counts->sorter != NULL)
        st = ovf_traffic_add(&counter->traffic, member->input, fixes, n);
    return st;
}

enum ovf_status ovf_counter_trace(struct ovf_counter *counter, uint32_t number,
                                  const struct ovf_digest *digest, int64_t base_t_ns,
                                  const struct ovf_fixes *fixes)
{
    const struct ovf_item *item = ovf_catalog_item(counter->counts->catalog, number);
    const struct ovf_completeness_member member = {.input = item->input,
                                                   .item = number,
                                                   .kind = OVF_MEMBERS_TRACES,
                                                   .day_ns = base_t_ns,
                                                   .folder = ovf_globe_history_folder(item->name)};
    enum ovf_status st = OVF_OK;
    if (digest != NULL) {
        const struct ovf_digest mixed = digest_in(counter, number, digest);
        st = ovf_digest_set_add(&counter->seen, &mixed);
    }
    return st == OVF_OK ? count(counter, &member, fixes->items, fixes->n) : st;
}

/** Rows of one table, for each input that it stands in. */
static enum ovf_status count_table(struct ovf_counter *counter, uint32_t number,
                                   const struct ovf_fix *fixes, size_t n)
{
    const struct ovf_counts *counts = counter->counts;
    const struct ovf_item *item = ovf_catalog_item(counts->catalog, number);
    struct ovf_completeness_member member = {
        .input = item->input,
        .item = number,
        .kind = item->kind == OVF_ITEM_STATES ? OVF_MEMBERS_STATES : OVF_MEMBERS_TABLES,
        .folder = -1};
    enum ovf_status st = count(counter, &member, fixes, n);
    size_t low = 0;
    for (size_t high = counts->n_copied; low < high;) {
        const size_t middle = low + (high - low) / 2;
        if (counts->copied[middle].item < number)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < counts->n_copied && counts->copied[low].item == number && st == OVF_OK; low++) {
        member.input = counts->copied[low].input;
        member.item = counts->copied[low].copy;
        st = count(counter, &member, fixes, n);
    }
    return st;
}

enum ovf_status ovf_counter_rows(struct ovf_counter *counter, const struct ovf_fixes *fixes)
{
    enum ovf_status st = OVF_OK;
    for (size_t begin = 0, end; begin < fixes->n && st == OVF_OK; begin = end) {
        const uint32_t item = fixes->items[begin].record.item;
        for (end = begin; end < fixes->n && fixes->items[end].record.item == item;)
            end++;
        st = count_table(counter, item, fixes->items + begin, end - begin);
    }
    return st;
}

/* ---- settling ---- */

/** Compares the days of inputs that are no copies. */
static enum ovf_status compare_days(struct ovf_counts *counts, const struct ovf_account *account)
{
    struct ovf_completeness_day *own = malloc((counts->n_days + 1) * sizeof *own);
    size_t *from = malloc((counts->n_days + 1) * sizeof *from);
    enum ovf_status st = own == NULL || from == NULL ? OVF_E_NOMEM : OVF_OK;
    size_t n = 0;
    for (size_t i = 0; i < counts->n_days && st == OVF_OK; i++) {
        if (ovf_account_is_copy(counts->catalog, account, counts->days[i].input))
            continue;
        own[n] = counts->days[i];
        from[n++] = i;
    }
    if (st == OVF_OK)
        st = ovf_completeness_compare(own, n);
    for (size_t i = 0; i < n && st == OVF_OK; i++)
        counts->days[from[i]] = own[i];
    free(own);
    free(from);
    return st;
}

enum ovf_status ovf_counts_settle(struct ovf_counts *counts, const struct ovf_account *account)
{
    const size_t n_inputs = ovf_catalog_n_inputs(counts->catalog);
    counts->first_day = calloc(n_inputs + 1, sizeof *counts->first_day);
    enum ovf_status st = counts->first_day == NULL ? OVF_E_NOMEM : OVF_OK;
    if (st == OVF_OK)
        st = ovf_completeness_days(&counts->completeness, &counts->days, &counts->n_days);
    if (st != OVF_OK)
        return st;
    for (size_t i = 0; i < counts->n_days; i++)
        counts->first_day[counts->days[i].input + 1]++;
    for (size_t i = 0; i < n_inputs; i++)
        counts->first_day[i + 1] += counts->first_day[i];
    return compare_days(counts, account);
}

/** The days of an input: \p *n of them. */
static const struct ovf_completeness_day *days_of(const struct ovf_counts *counts, uint32_t input,
                                                  size_t *n)
{
    *n = counts->first_day[input + 1] - counts->first_day[input];
    return counts->days + counts->first_day[input];
}

enum ovf_status ovf_counts_print(const struct ovf_counts *counts, uint32_t input,
                                 struct ovf_buffer *out)
{
    const struct ovf_input *in = ovf_catalog_input(counts->catalog, input);
    const struct ovf_account_input *account = &counts->account->inputs[input];
    size_t n;
    const struct ovf_completeness_day *days = days_of(counts, input, &n);
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        const struct ovf_report_day line = {
            .path = in->path,
            .digest = in->has_digest ? &in->digest : NULL,
            .members_digest = account->has_members_digest ? &account->members_digest : NULL,
            .has_not_used = n == 1,
            .n_not_used = in->n_not_used,
            .day = &days[i]};
        st = ovf_ndjson_day(&line, out);
    }
    return st;
}

enum ovf_status ovf_counts_talk(const struct ovf_counts *counts, uint32_t input,
                                struct ovf_buffer *out)
{
    size_t n;
    const struct ovf_completeness_day *days = days_of(counts, input, &n);
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < n && st == OVF_OK; i++)
        st = ovf_report_day_lacks(&days[i], out);
    return st;
}

static enum ovf_status put_all(struct ovf_counts *counts, const char *const *ids,
                               struct ovf_store *store, struct ovf_error *err)
{
    const size_t n_inputs = ovf_catalog_n_inputs(counts->catalog);
    enum ovf_status st = OVF_OK;
    for (uint32_t i = 0; i < n_inputs && st == OVF_OK; i++) {
        size_t n;
        const struct ovf_completeness_day *days = days_of(counts, i, &n);
        const struct ovf_input *in = ovf_catalog_input(counts->catalog, i);
        if (ovf_account_is_copy(counts->catalog, counts->account, i))
            continue;
        for (size_t k = 0; k < n && st == OVF_OK; k++)
            st = ovf_counts_put_day(store, ids[i], &days[k], n == 1 ? &in->n_not_used : NULL, err);
    }
    if (st == OVF_OK && counts->sorter != NULL)
        st = ovf_counts_put_traffic(counts->sorter, ids, store, err);
    return st == OVF_OK ? ovf_store_compare_days(store, err) : st;
}

enum ovf_status ovf_counts_put(struct ovf_counts *counts, struct ovf_store *store,
                               struct ovf_error *err)
{
    const size_t n_inputs = ovf_catalog_n_inputs(counts->catalog);
    const char **ids = calloc(n_inputs + 1, sizeof *ids);
    char(*texts)[OVF_INPUT_ID_SIZE] = calloc(n_inputs + 1, sizeof *texts);
    enum ovf_status st = ids == NULL || texts == NULL ? OVF_E_NOMEM : OVF_OK;
    for (size_t i = 0; i < n_inputs && st == OVF_OK; i++)
        ids[i] = ovf_account_input_id(counts->catalog, counts->account, i, texts[i]);
    if (st == OVF_OK)
        st = put_all(counts, ids, store, err);
    free(ids);
    free(texts);
    return st;
}
