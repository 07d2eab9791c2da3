/* SPDX-License-Identifier: Apache-2.0 */
/* Runs and causes, in SQL. Days are numbered from 1970, flights named by the millisecond of their start. */
#include "store/heard.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "listen/reception.h"
#include "store/minutes.h"
#include "store/sql.h"
#include "track/address.h"

enum statement { PUT, FORGET, CHOOSE, READ, SHOW, JUDGE, N_STATEMENTS };

#define JUDGED                                                                                     \
    "cause,outage_against,expected_reports,received_share,known_s,others_heard,others_heard_"      \
    "meanwhile,"                                                                                   \
    "others_silent_meanwhile,witnesses"
#define JUDGED_VALUES "?2,?10,?3,?4,?5,?6,?7,?8,?9"

static const char *const sql[N_STATEMENTS] = {
    [PUT] = "INSERT OR REPLACE INTO overflight_heard(day,address,start,runs) VALUES(?1,?2,?3,?4)",
    [FORGET] = "DELETE FROM overflight_heard WHERE day=?1 AND address=?2 AND start BETWEEN ?3 AND "
               "?4",
    [CHOOSE] = "SELECT fid,gap_start,gap_end,cause IS NULL,id,kind,outage_against FROM gaps WHERE "
               "gap_start BETWEEN ?1 AND ?2 UNION SELECT fid,gap_start,gap_end,1,id,kind,NULL FROM "
               "gaps WHERE cause IS NULL ORDER BY gap_start,id",
    [READ] = "SELECT icao24,gap_start,gap_end,start_lat_deg,start_lon_deg,end_lat_deg,end_lon_deg,"
             "alt_band,kind FROM gaps WHERE fid=?1",
    [SHOW] = "SELECT address,runs FROM overflight_heard WHERE day BETWEEN ?1 AND ?2",
    [JUDGE] = "UPDATE gaps SET (" JUDGED ")=(" JUDGED_VALUES ") WHERE fid=?1 AND (" JUDGED
              ") IS NOT (" JUDGED_VALUES ")",
};

/* Of a gap's ends: what bears on it lies within an hour and a minute (listen/reception.c). */
enum { BESIDE_S = 2 * OVF_HOUR_S };

/* Gaps are shorter than two days, and a day is looked at from its edges. What is usual is told by three days to each
 * side (listen/minutes.h). */
enum { GAP_DAYS = 3, WEEK_DAYS = 3 };

/* That nanoseconds reach. */
enum { LAST_DAY = INT64_MAX / OVF_NS_PER_DAY };

struct ovf_store_heard {
    struct ovf_store *store;
    const struct ovf_detect_config *config;
    sqlite3_stmt *statements[N_STATEMENTS];
    struct ovf_buffer packed;
    int64_t *days; /* of which rows were put or went, in order */
    size_t n_days;
    size_t days_capacity;
    struct ovf_minutes minutes; /* of all days, when gaps are judged */
};

enum ovf_status ovf_store_heard_open(struct ovf_store *store,
                                     const struct ovf_detect_config *config,
                                     struct ovf_store_heard **out, struct ovf_error *err)
{
    struct ovf_store_heard *h = calloc(1, sizeof *h);
    if (h == NULL)
        return OVF_E_NOMEM;
    h->store = store;
    h->config = config;
    enum ovf_status st = ovf_store_touch(store, OVF_STORE_GAP, err);
    for (int i = 0; i < N_STATEMENTS && st == OVF_OK; i++)
        st = ovf_sql_prepare(ovf_store_db(store), sql[i], &h->statements[i], err);
    if (st != OVF_OK) {
        ovf_store_heard_close(h);
        return st;
    }
    *out = h;
    return OVF_OK;
}

void ovf_store_heard_close(struct ovf_store_heard *h)
{
    if (h == NULL)
        return;
    for (int i = 0; i < N_STATEMENTS; i++)
        sqlite3_finalize(h->statements[i]);
    ovf_buffer_deinit(&h->packed);
    ovf_minutes_deinit(&h->minutes);
    free(h->days);
    free(h);
}

/* ---- runs ---- */

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

/** Where \p day stands in the list, or should. */
static size_t find_day(const struct ovf_store_heard *h, int64_t day)
{
    size_t low = 0;
    for (size_t high = h->n_days; low < high;) {
        const size_t middle = low + (high - low) / 2;
        if (h->days[middle] < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static enum ovf_status note_day(struct ovf_store_heard *h, int64_t day)
{
    const size_t at = find_day(h, day);
    if (at < h->n_days && h->days[at] == day)
        return OVF_OK;
    int64_t *grown = ovf_array_reserve(h->days, &h->days_capacity, h->n_days + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    h->days = grown;
    memmove(grown + at + 1, grown + at, (h->n_days - at) * sizeof *grown);
    grown[at] = day;
    h->n_days++;
    return OVF_OK;
}

static enum ovf_status put_day(struct ovf_store_heard *h, int64_t day, uint32_t address,
                               int64_t start_ns, const struct ovf_heard_run *runs, size_t n,
                               struct ovf_error *err)
{
    sqlite3_stmt *stmt = h->statements[PUT];
    h->packed.len = 0;
    enum ovf_status st = ovf_heard_pack(runs, n, &h->packed);
    if (st == OVF_OK)
        st = note_day(h, day);
    if (st != OVF_OK)
        return st;
    sqlite3_bind_int64(stmt, 1, day);
    sqlite3_bind_int64(stmt, 2, address);
    sqlite3_bind_int64(stmt, 3, floor_div(start_ns, OVF_NS_PER_MS));
    sqlite3_bind_blob64(stmt, 4, h->packed.data, h->packed.len, SQLITE_STATIC);
    return ovf_sql_run(stmt, err);
}

enum ovf_status ovf_store_heard_put(struct ovf_store_heard *h, uint32_t address, int64_t start_ns,
                                    const struct ovf_heard *runs, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    for (size_t begin = 0, end; begin < runs->n && st == OVF_OK; begin = end) {
        const int64_t day = floor_div(runs->runs[begin].from_s, OVF_DAY_S);
        for (end = begin; end < runs->n && runs->runs[end].from_s < (day + 1) * OVF_DAY_S;)
            end++;
        st = put_day(h, day, address, start_ns, runs->runs + begin, end - begin, err);
    }
    return st;
}

enum ovf_status ovf_store_heard_forget(struct ovf_store_heard *h, uint32_t address, int64_t from_ns,
                                       int64_t to_ns, struct ovf_error *err)
{
    sqlite3_stmt *stmt = h->statements[FORGET];
    enum ovf_status st = OVF_OK;
    for (int64_t day = floor_div(from_ns, OVF_NS_PER_DAY);
         day <= floor_div(to_ns, OVF_NS_PER_DAY) && st == OVF_OK; day++) {
        st = note_day(h, day);
        sqlite3_bind_int64(stmt, 1, day);
        sqlite3_bind_int64(stmt, 2, address);
        sqlite3_bind_int64(stmt, 3, floor_div(from_ns, OVF_NS_PER_MS));
        sqlite3_bind_int64(stmt, 4, floor_div(to_ns, OVF_NS_PER_MS));
        if (st == OVF_OK)
            st = ovf_sql_run(stmt, err);
    }
    return st;
}

const int64_t *ovf_store_heard_days(const struct ovf_store_heard *h, size_t *n)
{
    *n = h->n_days;
    return h->days;
}

/* ---- causes ---- */

/** Gaps by their fid, in order of time. */
struct chosen {
    int64_t *fids;
    size_t n;
    size_t capacity;
};

static const char *text_at(sqlite3_stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    return text != NULL ? text : "";
}

/** Seconds since 1970; 0 for what is no time: somebody else's row, far from all others. */
static int64_t second_at(sqlite3_stmt *stmt, int column)
{
    int64_t t_ns = 0;
    (void)ovf_time_parse_iso(ovf_bytes_from_text(text_at(stmt, column)), &t_ns);
    return floor_div(t_ns, OVF_NS_PER_S);
}

/** Whether rows of a day near the gap at hand changed. */
static bool is_near(const struct ovf_store_heard *h, sqlite3_stmt *gap)
{
    const int64_t first = floor_div(second_at(gap, 1) - BESIDE_S, OVF_DAY_S);
    const int64_t last = floor_div(second_at(gap, 2) + BESIDE_S, OVF_DAY_S);
    const size_t at = find_day(h, first);
    return at < h->n_days && h->days[at] <= last;
}

/** Whether a day of its week tells otherwise than before that it is an outage, or none. */
static bool is_outage_new(const struct ovf_store_heard *h, sqlite3_stmt *gap)
{
    if (ovf_gap_kind_parse(text_at(gap, 5)) == OVF_GAP_NOT_BELIEVED)
        return false; /* whatever the outage */
    const char *const now = ovf_outage_name(
        ovf_minutes_outage(&h->minutes, h->config, second_at(gap, 1), second_at(gap, 2)));
    return strcmp(now != NULL ? now : "", text_at(gap, 6)) != 0;
}

static enum ovf_status choose(struct ovf_store_heard *h, struct chosen *chosen,
                              struct ovf_error *err)
{
    sqlite3_stmt *stmt = h->statements[CHOOSE];
    char from[OVF_TIME_SIZE];
    char to[OVF_TIME_SIZE];
    const int64_t first = h->n_days > 0 ? h->days[0] - GAP_DAYS - WEEK_DAYS : 0;
    const int64_t last = h->n_days > 0 ? h->days[h->n_days - 1] + 2 + WEEK_DAYS : -1;
    enum ovf_status st = OVF_OK;
    ovf_time_format(first * OVF_NS_PER_DAY, 3, from);
    ovf_time_format(last * OVF_NS_PER_DAY, 3, to);
    sqlite3_bind_text(stmt, 1, from, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 2, to, -1, SQLITE_STATIC);
    for (bool row = true; row && st == OVF_OK;) {
        st = ovf_sql_step(stmt, &row, err);
        if (st != OVF_OK || !row ||
            (sqlite3_column_int(stmt, 3) == 0 && !is_near(h, stmt) && !is_outage_new(h, stmt)))
            continue;
        int64_t *grown =
            ovf_array_reserve(chosen->fids, &chosen->capacity, chosen->n + 1, sizeof *grown);
        if (grown == NULL) {
            st = OVF_E_NOMEM;
            break;
        }
        chosen->fids = grown;
        chosen->fids[chosen->n++] = sqlite3_column_int64(stmt, 0);
    }
    sqlite3_reset(stmt);
    return st;
}

static struct ovf_point point_at(sqlite3_stmt *stmt, int column)
{
    const double lat_deg = sqlite3_column_double(stmt, column);
    const double lon_deg = sqlite3_column_double(stmt, column + 1);
    const bool is_good = fabs(lat_deg) <= 90 && fabs(lon_deg) <= 180;
    if (!is_good)
        return (struct ovf_point){0, 0};
    return (struct ovf_point){(int32_t)lround(lat_deg * OVF_E7_PER_DEG),
                              ovf_lon_wrap(llround(lon_deg * OVF_E7_PER_DEG))};
}

/** Asks about a gap as its row says it. */
static enum ovf_status add_gap(struct ovf_store_heard *h, int64_t fid,
                               struct ovf_reception *reception, struct ovf_error *err)
{
    sqlite3_stmt *stmt = h->statements[READ];
    bool row = false;
    sqlite3_bind_int64(stmt, 1, fid);
    enum ovf_status st = ovf_sql_step(stmt, &row, err);
    struct ovf_gap gap = {.from = point_at(stmt, 3),
                          .to = point_at(stmt, 5),
                          .from_s = second_at(stmt, 1),
                          .to_s = second_at(stmt, 2),
                          .band = ovf_band_parse(text_at(stmt, 7)),
                          .kind = ovf_gap_kind_parse(text_at(stmt, 8))};
    (void)ovf_address_parse(ovf_bytes_from_text(text_at(stmt, 0)), &gap.address);
    sqlite3_reset(stmt);
    return st == OVF_OK ? ovf_reception_add(reception, &gap) : st;
}

/** Shows \p reception all runs near its gaps. */
static enum ovf_status show(struct ovf_store_heard *h, struct ovf_reception *reception,
                            struct ovf_error *err)
{
    sqlite3_stmt *stmt = h->statements[SHOW];
    int64_t from_s;
    int64_t to_s;
    enum ovf_status st = OVF_OK;
    ovf_reception_span(reception, &from_s, &to_s);
    sqlite3_bind_int64(stmt, 1, floor_div(from_s, OVF_DAY_S));
    sqlite3_bind_int64(stmt, 2, floor_div(to_s, OVF_DAY_S));
    for (bool row = true; row && st == OVF_OK;) {
        st = ovf_sql_step(stmt, &row, err);
        if (st != OVF_OK || !row)
            break;
        const struct ovf_bytes runs = {sqlite3_column_blob(stmt, 1),
                                       (size_t)sqlite3_column_bytes(stmt, 1)};
        st = ovf_reception_take(reception, (uint32_t)sqlite3_column_int64(stmt, 0), runs);
    }
    sqlite3_reset(stmt);
    return st;
}

static enum ovf_status write_cause(struct ovf_store_heard *h, int64_t fid,
                                   const struct ovf_gap *gap, const struct ovf_gap_evidence *e,
                                   struct ovf_error *err)
{
    sqlite3_stmt *stmt = h->statements[JUDGE];
    h->packed.len = 0;
    const enum ovf_status st = ovf_gap_witnesses(e, &h->packed);
    if (st != OVF_OK)
        return st;
    sqlite3_clear_bindings(stmt);
    sqlite3_bind_int64(stmt, 1, fid);
    const enum ovf_gap_cause cause = ovf_gap_judge(gap, e, h->config);
    sqlite3_bind_text(stmt, 2, ovf_gap_cause_name(cause), -1, SQLITE_STATIC);
    if (cause == OVF_CAUSE_OUTAGE)
        sqlite3_bind_text(stmt, 10, ovf_outage_name(e->outage), -1, SQLITE_STATIC);
    if (e->known_s > 0) {
        sqlite3_bind_double(stmt, 3, e->expected_reports);
        sqlite3_bind_double(stmt, 4, e->received_share);
        sqlite3_bind_int64(stmt, 5, e->known_s);
    }
    sqlite3_bind_int64(stmt, 6, e->n_heard);
    sqlite3_bind_int64(stmt, 7, e->n_heard_then);
    sqlite3_bind_int64(stmt, 8, e->n_silent_then);
    if (h->packed.len > 0)
        sqlite3_bind_text64(stmt, 9, (const char *)h->packed.data, h->packed.len, SQLITE_STATIC,
                            SQLITE_UTF8);
    return ovf_sql_run(stmt, err);
}

/** Judges some of the gaps from \p *next on, as many as fit, and moves it behind them. */
static enum ovf_status judge_some(struct ovf_store_heard *h, const struct chosen *chosen,
                                  struct ovf_reception *reception, size_t *next,
                                  struct ovf_error *err)
{
    const size_t begin = *next;
    size_t end = begin;
    enum ovf_status st = OVF_OK;
    ovf_reception_clear(reception);
    for (; end < chosen->n && !ovf_reception_is_full(reception) && st == OVF_OK; end++)
        st = add_gap(h, chosen->fids[end], reception, err);
    if (st == OVF_OK)
        st = ovf_reception_prepare(reception);
    if (st == OVF_OK)
        st = show(h, reception, err);
    for (size_t i = begin; i < end && st == OVF_OK; i++) {
        struct ovf_gap_evidence evidence;
        const struct ovf_gap *const gap = ovf_reception_gap(reception, i - begin);
        ovf_reception_ask(reception, i - begin, &evidence);
        evidence.outage = ovf_minutes_outage(&h->minutes, h->config, gap->from_s, gap->to_s);
        st = write_cause(h, chosen->fids[i], gap, &evidence, err);
    }
    *next = end;
    return st;
}

enum ovf_status ovf_store_heard_judge(struct ovf_store_heard *h, struct ovf_error *err)
{
    struct chosen chosen = {0};
    struct ovf_reception *reception = NULL;
    enum ovf_status st = ovf_store_show(h->store, err);
    if (st == OVF_OK)
        st = ovf_store_minutes_renew(ovf_store_db(h->store), h->days, h->n_days, err);
    if (st == OVF_OK)
        st = ovf_store_minutes_load(ovf_store_db(h->store), &h->minutes, err);
    if (st == OVF_OK)
        st = choose(h, &chosen, err);
    if (st == OVF_OK)
        st = ovf_reception_new(h->config, &reception);
    for (size_t next = 0; next < chosen.n && st == OVF_OK;)
        st = judge_some(h, &chosen, reception, &next, err);
    ovf_reception_free(reception);
    free(chosen.fids);
    return st;
}

/* ---- all of them ---- */

enum ovf_status ovf_store_heard_visit(sqlite3 *db, ovf_heard_visit_fn *visit, void *context,
                                      struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum ovf_status st = ovf_sql_prepare(
        db, "SELECT day,address,runs FROM overflight_heard ORDER BY day", &stmt, err);
    while (st == OVF_OK) {
        st = ovf_sql_step(stmt, &row, err);
        if (st != OVF_OK || !row)
            break;
        const int64_t day = sqlite3_column_int64(stmt, 0);
        if (day > LAST_DAY || day < -LAST_DAY) {
            st = ovf_error_set(err, OVF_E_FORMAT, "the store's runs are damaged");
            break;
        }
        const void *const runs = sqlite3_column_blob(stmt, 2);
        struct ovf_heard_reader reader = {.rest = {runs, (size_t)sqlite3_column_bytes(stmt, 2)}};
        st = visit(context, day * OVF_NS_PER_DAY, (uint32_t)sqlite3_column_int64(stmt, 1), &reader);
    }
    sqlite3_finalize(stmt);
    return st;
}
