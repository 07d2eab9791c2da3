/* SPDX-License-Identifier: Apache-2.0 */
/* Historical shares of the crossings shown that are only possible: counted of the flights that the store knows between
 * the same airports, and ranked. */
#include <string.h>

#include "base/time.h"
#include "report/share.h"
#include "rules/aircraft_group.h"
#include "series/share.h"
#include "track/address.h"
#include "view/view_parts.h"

static const char make_table[] =
    "DROP TABLE IF EXISTS temp.share;"
    "CREATE TEMP TABLE share(n INTEGER NOT NULL UNIQUE, rank INTEGER, id TEXT PRIMARY KEY,"
    " airspace TEXT NOT NULL, from_airport TEXT NOT NULL, to_airport TEXT NOT NULL,"
    " operator TEXT NOT NULL, flights INTEGER NOT NULL, flights_crossed INTEGER NOT NULL,"
    " share DOUBLE NOT NULL, share_low DOUBLE NOT NULL, share_high DOUBLE NOT NULL,"
    " mean DOUBLE NOT NULL)";

/* Of crossings whose flight has two ends that positions show; in order of their questions, so that few are asked
 * twice. */
static const char asked[] =
    "SELECT "
    "s.n,s.id,c.kind,c.airspace,c.from_airport,c.to_airport,c.callsign,c.icao24,c.flight_start"
    " FROM temp.shown s JOIN crossings c ON c.fid=s.fid WHERE c.class='possible'"
    " AND c.from_kind IN('observed','inferred') AND c.to_kind IN('observed','inferred')"
    " ORDER BY 5,6,3,4,substr(c.callsign,1,3),1";

/* As ovf_past_note counts. */
static const char count_flights[] =
    "SELECT count(*),coalesce(sum(instr(crossed,?4)>0),0) FROM overflight_past"
    " WHERE from_airport=?1 AND to_airport=?2 AND (?3='' OR operator=?3)"
    " AND (instr(crossed,?4)>0 OR instr(unclear,?4)=0)";

/* Of these the crossing's own flight, which may have crossed the airspace a second time for certain. Times in the store
 * are rounded to milliseconds, those of overflight_past are not. */
static const char count_own[] =
    "SELECT count(*) FROM overflight_past WHERE address=?5 AND start BETWEEN ?6-1 AND ?6"
    " AND +from_airport=?1 AND +to_airport=?2 AND (?3='' OR +operator=?3) AND instr(crossed,?4)>0";

static const char put_share[] =
    "INSERT INTO temp.share VALUES(?1,NULL,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)";

/* The larger first; of the same those of more flights. */
static const char rank_shares[] =
    "UPDATE temp.share SET rank=r.rank FROM (SELECT n,row_number() OVER (ORDER BY mean DESC,"
    "flights DESC,n) rank FROM temp.share) r WHERE r.n=share.n";

enum column { N, ID, KIND, AIRSPACE, FROM, TO, CALLSIGN, ICAO24, START };

/** A question, and its answer: many crossings ask the same. */
struct answered {
    struct ovf_buffer question; /* empty: none yet */
    struct ovf_past_count count;
};

struct counting {
    sqlite3_stmt *count;
    sqlite3_stmt *own;
    sqlite3_stmt *put;
    struct answered of_operator;
    struct answered of_all;
    struct ovf_error *err;
};

/** What is asked, of flights of an operator or, where it is "", of all. */
struct question {
    sqlite3_stmt *crossing;
    const char *operator_icao;
    struct ovf_bytes airspace; /* as it stands in overflight_past */
};

/** Bound texts are borrowed until the statement was run. */
static void bind(sqlite3_stmt *stmt, const struct question *q)
{
    sqlite3_bind_text(stmt, 1, ovf_view_column(q->crossing, FROM), -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 2, ovf_view_column(q->crossing, TO), -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 3, q->operator_icao, -1, SQLITE_STATIC);
    sqlite3_bind_text64(stmt, 4, (const char *)q->airspace.data, q->airspace.len, SQLITE_STATIC,
                        SQLITE_UTF8);
}

static enum ovf_status count_all(const struct counting *c, const struct question *q,
                                 struct ovf_past_count *out)
{
    bool row = false;
    bind(c->count, q);
    const enum ovf_status st = ovf_sql_step(c->count, &row, c->err);
    if (st == OVF_OK && row)
        *out = (struct ovf_past_count){(uint32_t)sqlite3_column_int64(c->count, 0),
                                       (uint32_t)sqlite3_column_int64(c->count, 1)};
    (void)sqlite3_reset(c->count);
    return st;
}

/** All that are counted, \p known where the last crossing asked the same. */
static enum ovf_status count_once(const struct counting *c, const struct question *q,
                                  struct answered *known, struct ovf_past_count *out)
{
    struct ovf_buffer text = {0};
    enum ovf_status st = ovf_buffer_printf(&text, "%s\n%s\n%s", ovf_view_column(q->crossing, FROM),
                                           ovf_view_column(q->crossing, TO), q->operator_icao);
    if (st == OVF_OK)
        st = ovf_buffer_append(&text, q->airspace.data, q->airspace.len);
    if (st == OVF_OK && (text.len != known->question.len ||
                         memcmp(text.data, known->question.data, text.len) != 0)) {
        known->question.len = 0;
        st = count_all(c, q, &known->count);
        if (st == OVF_OK)
            st = ovf_buffer_append(&known->question, text.data, text.len);
    }
    *out = known->count;
    ovf_buffer_deinit(&text);
    return st;
}

/** Take the crossing's own flight out of \p count. */
static enum ovf_status leave_own_out(const struct counting *c, const struct question *q,
                                     struct ovf_past_count *count)
{
    uint32_t address = 0;
    int64_t start_ns = 0;
    bool row = false;
    if (!ovf_address_parse(ovf_bytes_from_text(ovf_view_column(q->crossing, ICAO24)), &address) ||
        !ovf_time_parse_iso(ovf_bytes_from_text(ovf_view_column(q->crossing, START)), &start_ns))
        return OVF_OK;
    bind(c->own, q);
    sqlite3_bind_int64(c->own, 5, address);
    sqlite3_bind_int64(c->own, 6, ovf_time_floor(start_ns, OVF_NS_PER_MS) / OVF_NS_PER_MS);
    const enum ovf_status st = ovf_sql_step(c->own, &row, c->err);
    const uint32_t n = st == OVF_OK && row ? (uint32_t)sqlite3_column_int64(c->own, 0) : 0;
    (void)sqlite3_reset(c->own);
    count->n -= n;
    count->n_crossed -= n;
    return st;
}

static enum ovf_status count(const struct counting *c, const struct question *q,
                             struct answered *known, struct ovf_past_count *out)
{
    const enum ovf_status st = count_once(c, q, known, out);
    return st == OVF_OK && out->n_crossed > 0 ? leave_own_out(c, q, out) : st;
}

static enum ovf_status put(const struct counting *c, sqlite3_stmt *crossing,
                           const char *operator_icao, struct ovf_past_count counted)
{
    const struct ovf_share interval = ovf_share_interval(counted.n_crossed, counted.n);
    sqlite3_bind_int64(c->put, 1, sqlite3_column_int64(crossing, N));
    for (int i = 0; i < 4; i++) {
        static const enum column columns[] = {ID, AIRSPACE, FROM, TO};
        sqlite3_bind_text(c->put, 2 + i, ovf_view_column(crossing, (int)columns[i]), -1,
                          SQLITE_STATIC);
    }
    sqlite3_bind_text(c->put, 6, operator_icao, -1, SQLITE_STATIC);
    sqlite3_bind_int64(c->put, 7, counted.n);
    sqlite3_bind_int64(c->put, 8, counted.n_crossed);
    sqlite3_bind_double(c->put, 9, (double)counted.n_crossed / counted.n);
    sqlite3_bind_double(c->put, 10, interval.low);
    sqlite3_bind_double(c->put, 11, interval.high);
    sqlite3_bind_double(c->put, 12, ovf_share_mean(counted.n_crossed, counted.n));
    return ovf_sql_run(c->put, c->err);
}

static enum ovf_status take(void *context, sqlite3_stmt *crossing)
{
    struct counting *const c = context;
    char operator_icao[4];
    struct ovf_buffer airspace = {0};
    struct ovf_past_count counted = {0};
    enum ovf_status st = ovf_buffer_printf(&airspace, "\n%s:%s\n", ovf_view_column(crossing, KIND),
                                           ovf_view_column(crossing, AIRSPACE));
    (void)ovf_callsign_operator(ovf_view_column(crossing, CALLSIGN), operator_icao);
    struct question q = {crossing, operator_icao, ovf_buffer_bytes(&airspace)};
    if (st == OVF_OK && operator_icao[0] != '\0')
        st = count(c, &q, &c->of_operator, &counted);
    if (st == OVF_OK && counted.n == 0) {
        q.operator_icao = "";
        st = count(c, &q, &c->of_all, &counted);
    }
    if (st == OVF_OK && counted.n > 0)
        st = put(c, crossing, q.operator_icao, counted);
    ovf_buffer_deinit(&airspace);
    return st;
}

enum ovf_status ovf_view_number_shares(struct ovf_view *view, struct ovf_error *err)
{
    struct counting c = {.err = err};
    enum ovf_status st = ovf_sql_exec(view->db, make_table, err);
    if (st == OVF_OK)
        st = ovf_sql_prepare(view->db, count_flights, &c.count, err);
    if (st == OVF_OK)
        st = ovf_sql_prepare(view->db, count_own, &c.own, err);
    if (st == OVF_OK)
        st = ovf_sql_prepare(view->db, put_share, &c.put, err);
    if (st == OVF_OK)
        st = ovf_view_each(view, asked, NULL, take, &c, err);
    if (st == OVF_OK)
        st = ovf_sql_exec(view->db, rank_shares, err);
    (void)sqlite3_finalize(c.count);
    (void)sqlite3_finalize(c.own);
    (void)sqlite3_finalize(c.put);
    ovf_buffer_deinit(&c.of_operator.question);
    ovf_buffer_deinit(&c.of_all.question);
    return st;
}

/* ---- of one crossing ---- */

static const char share_of[] = "SELECT id,airspace,from_airport,to_airport,operator,flights,"
                               "flights_crossed,share,share_low,share_high,rank FROM temp.share"
                               " WHERE id=?1";

static enum ovf_status put_members(void *context, sqlite3_stmt *stmt)
{
    struct ovf_view_writing *const w = context;
    const char *const operator_icao = ovf_view_column(stmt, 4);
    ovf_json_open(&w->json, "historical_share", '{');
    if (operator_icao[0] != '\0')
        ovf_json_text(&w->json, "operator", operator_icao);
    ovf_json_int(&w->json, "flights", sqlite3_column_int64(stmt, 5));
    ovf_json_int(&w->json, "flights_crossed", sqlite3_column_int64(stmt, 6));
    ovf_json_number(&w->json, "share", sqlite3_column_double(stmt, 7), 4);
    ovf_json_number(&w->json, "share_low", sqlite3_column_double(stmt, 8), 4);
    ovf_json_number(&w->json, "share_high", sqlite3_column_double(stmt, 9), 4);
    ovf_json_int(&w->json, "rank", sqlite3_column_int64(stmt, 10));
    ovf_json_close(&w->json, '}');
    return OVF_OK;
}

enum ovf_status ovf_view_put_share(struct ovf_view_writing *w, const char *id)
{
    return ovf_view_each(w->view, share_of, id, put_members, w, w->err);
}

static enum ovf_status say(void *context, sqlite3_stmt *stmt)
{
    static const struct ovf_view_basis of_itself;
    struct ovf_view_writing *const w = context;
    const struct ovf_historical_share share = {
        .crossing_id = ovf_view_column(stmt, 0),
        .airspace = ovf_view_column(stmt, 1),
        .from = ovf_view_column(stmt, 2),
        .to = ovf_view_column(stmt, 3),
        .operator_icao = ovf_view_column(stmt, 4),
        .count = {(uint32_t)sqlite3_column_int64(stmt, 5), (uint32_t)sqlite3_column_int64(stmt, 6)},
    };
    struct ovf_buffer text = {0};
    enum ovf_status st = ovf_historical_share_words(&share, &text);
    if (st == OVF_OK)
        st = ovf_buffer_append_text(&text, ".");
    if (st == OVF_OK)
        text.data[0] = 'H';
    if (st == OVF_OK)
        ovf_view_put_sentence(w, &text, &of_itself);
    ovf_buffer_deinit(&text);
    return st;
}

enum ovf_status ovf_view_say_share(struct ovf_view_writing *w, const char *id)
{
    return ovf_view_each(w->view, share_of, id, say, w, w->err);
}
