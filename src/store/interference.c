/* SPDX-License-Identifier: Apache-2.0 */
#include "store/interference.h"

#include <math.h>
#include <stdlib.h>

#include "base/time.h"
#include "store/sql.h"
#include "track/address.h"

enum statement {
    PUT,
    FORGET,
    JUMPS,
    RUNS,
    PUT_SINK,
    FORGET_CELLS,
    PUT_CELL,
    PUT_ALTITUDE,
    FORGET_ALTITUDES,
    ALTITUDES,
    PUT_SHARED,
    PUT_DETECTIONS,
    FORGET_DETECTIONS,
    N_STATEMENTS
};

static const char *const sql[N_STATEMENTS] = {
    [PUT] = "INSERT OR IGNORE INTO overflight_jumps(address,t,lat_e7,lon_e7) VALUES(?1,?2,?3,?4)",
    [FORGET] = "DELETE FROM overflight_jumps WHERE address=?1 AND t BETWEEN ?2 AND ?3",
    [JUMPS] = "SELECT t,address,lat_e7,lon_e7 FROM overflight_jumps ORDER BY 1,2,3,4",
    [RUNS] = "SELECT address,runs FROM overflight_heard WHERE day=?1 ORDER BY address,start",
    [PUT_SINK] = "INSERT INTO sinks(day,first,last,lat_deg,lon_deg,aircraft,json)"
                 " VALUES(?1,?2,?3,?4,?5,?6,?7)",
    [FORGET_CELLS] = "DELETE FROM interference WHERE day=?1",
    [PUT_CELL] = "INSERT INTO interference(day,level,bad_share,lat_deg,lon_deg,aircraft,json,"
                 "aircraft_disturbed) VALUES(?1,?2,?3,?4,?5,?6,?7,?8)",
    [PUT_ALTITUDE] = "INSERT OR IGNORE INTO overflight_altitudes(address,first,last,lat_e7,lon_e7,"
                     "change_ft) VALUES(?1,?2,?3,?4,?5,?6)",
    [FORGET_ALTITUDES] =
        "DELETE FROM overflight_altitudes WHERE address=?1 AND first BETWEEN ?2 AND ?3",
    [ALTITUDES] = "SELECT address,first,last,lat_e7,lon_e7,change_ft FROM overflight_altitudes"
                  " ORDER BY 2,1,3,6",
    [PUT_SHARED] = "INSERT INTO altitude_shared(icao24,first,last,lat_deg,lon_deg,others,json,"
                   "change_ft) VALUES(?1,?2,?3,?4,?5,?6,?7,?8)",
    [PUT_DETECTIONS] =
        "INSERT INTO detections(icao24,first,last,lat_deg,lon_deg,not_believed,json,callsign,"
        "detections,airspaces,flight_id,flight_start)"
        " SELECT ?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12 WHERE NOT EXISTS("
        "SELECT 1 FROM detections d WHERE d.icao24=?1 AND (d.flight_start=?12 AND d.json=?7"
        " OR d.flight_id NOT NULL AND d.flight_id IS NOT ?11 AND d.first<=?2 AND d.last>=?3"
        " AND json_extract(d.json,'$.chain') IS json_extract(?7,'$.chain')))",
    [FORGET_DETECTIONS] =
        "DELETE FROM detections WHERE icao24=?1 AND flight_start BETWEEN ?2 AND ?3",
};

struct ovf_store_interference {
    struct ovf_store *store;
    sqlite3_stmt *statements[N_STATEMENTS];
    const struct ovf_interference_words *words;
    struct ovf_buffer text;
    struct ovf_error *err; /* of the renewal that is going on */
    bool are_jumps_new;
    bool are_altitudes_new;
};

enum ovf_status ovf_store_interference_open(struct ovf_store *store,
                                            struct ovf_store_interference **out,
                                            struct ovf_error *err)
{
    struct ovf_store_interference *const x = calloc(1, sizeof *x);
    if (x == NULL)
        return OVF_E_NOMEM;
    x->store = store;
    enum ovf_status st = OVF_OK;
    for (int i = 0; i < N_STATEMENTS && st == OVF_OK; i++)
        st = ovf_sql_prepare(ovf_store_db(store), sql[i], &x->statements[i], err);
    if (st != OVF_OK) {
        ovf_store_interference_close(x);
        return st;
    }
    *out = x;
    return OVF_OK;
}

void ovf_store_interference_close(struct ovf_store_interference *x)
{
    if (x == NULL)
        return;
    for (int i = 0; i < N_STATEMENTS; i++)
        (void)sqlite3_finalize(x->statements[i]);
    ovf_buffer_deinit(&x->text);
    free(x);
}

/* ---- jumps ---- */

/** Run \p stmt and note in \p is_new whether that changed a row. */
static enum ovf_status run(const struct ovf_store_interference *x, sqlite3_stmt *stmt, bool *is_new,
                           struct ovf_error *err)
{
    const enum ovf_status st = ovf_sql_run(stmt, err);
    *is_new |= st == OVF_OK && sqlite3_changes(ovf_store_db(x->store)) > 0;
    return st;
}

enum ovf_status ovf_store_jumps_put(struct ovf_store_interference *x, const struct ovf_jumps *jumps,
                                    struct ovf_error *err)
{
    sqlite3_stmt *const stmt = x->statements[PUT];
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < jumps->n && st == OVF_OK; i++) {
        const struct ovf_jump *const jump = &jumps->items[i];
        sqlite3_bind_int64(stmt, 1, jump->address);
        sqlite3_bind_int64(stmt, 2, jump->t_s);
        sqlite3_bind_int64(stmt, 3, jump->to.lat_e7);
        sqlite3_bind_int64(stmt, 4, jump->to.lon_e7);
        st = run(x, stmt, &x->are_jumps_new, err);
    }
    return st;
}

enum ovf_status ovf_store_altitudes_put(struct ovf_store_interference *x,
                                        const struct ovf_altitude_changes *changes,
                                        struct ovf_error *err)
{
    sqlite3_stmt *const stmt = x->statements[PUT_ALTITUDE];
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < changes->n && st == OVF_OK; i++) {
        const struct ovf_altitude_change *const change = &changes->items[i];
        sqlite3_bind_int64(stmt, 1, change->address);
        sqlite3_bind_int64(stmt, 2, change->from_ns);
        sqlite3_bind_int64(stmt, 3, change->to_ns);
        sqlite3_bind_int64(stmt, 4, change->at.lat_e7);
        sqlite3_bind_int64(stmt, 5, change->at.lon_e7);
        sqlite3_bind_double(stmt, 6, (double)change->change_ft);
        st = run(x, stmt, &x->are_altitudes_new, err);
    }
    return st;
}

static enum ovf_status forget_altitudes(struct ovf_store_interference *x, uint32_t address,
                                        int64_t from_ns, int64_t to_ns, struct ovf_error *err)
{
    sqlite3_stmt *const stmt = x->statements[FORGET_ALTITUDES];
    sqlite3_bind_int64(stmt, 1, address);
    sqlite3_bind_int64(stmt, 2, from_ns);
    sqlite3_bind_int64(stmt, 3, to_ns);
    return run(x, stmt, &x->are_altitudes_new, err);
}

static enum ovf_status forget_detections(struct ovf_store_interference *x, uint32_t address,
                                         int64_t from_ns, int64_t to_ns, struct ovf_error *err)
{
    sqlite3_stmt *const stmt = x->statements[FORGET_DETECTIONS];
    char icao24[OVF_ADDRESS_SIZE];
    char from[OVF_TIME_SIZE];
    char to[OVF_TIME_SIZE];
    ovf_address_format(address, icao24);
    /* Rows have milliseconds; no other flight is that near. */
    ovf_time_format(from_ns - OVF_NS_PER_MS, 3, from);
    ovf_time_format(to_ns + OVF_NS_PER_MS, 3, to);
    sqlite3_bind_text(stmt, 1, icao24, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 2, from, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 3, to, -1, SQLITE_STATIC);
    return ovf_sql_run(stmt, err);
}

static int64_t second_of(int64_t t_ns)
{
    return ovf_time_floor(t_ns, OVF_NS_PER_S) / OVF_NS_PER_S;
}

enum ovf_status ovf_store_jumps_forget(struct ovf_store_interference *x, uint32_t address,
                                       int64_t from_ns, int64_t to_ns, struct ovf_error *err)
{
    sqlite3_stmt *const stmt = x->statements[FORGET];
    sqlite3_bind_int64(stmt, 1, address);
    sqlite3_bind_int64(stmt, 2, second_of(from_ns));
    sqlite3_bind_int64(stmt, 3, second_of(to_ns));
    enum ovf_status st = run(x, stmt, &x->are_jumps_new, err);
    if (st == OVF_OK)
        st = forget_altitudes(x, address, from_ns, to_ns, err);
    return st == OVF_OK ? forget_detections(x, address, from_ns, to_ns, err) : st;
}

/* ---- rows ---- */

/** Columns that are 1 to 7 of the tables' statements but 2 and 3; `text` is the row's line. Texts are borrowed until
 * the statement was run: a copy could fail, and the row would say nothing in its place. */
static void bind_row(struct ovf_store_interference *x, sqlite3_stmt *stmt, const char *first,
                     struct ovf_point at, int64_t n_aircraft)
{
    const size_t len = x->text.len > 0 ? x->text.len - 1 : 0; /* without the line's end */
    sqlite3_bind_text(stmt, 1, first, -1, SQLITE_STATIC);
    sqlite3_bind_double(stmt, 4, ovf_deg_from_e7(at.lat_e7));
    sqlite3_bind_double(stmt, 5, ovf_deg_from_e7(at.lon_e7));
    sqlite3_bind_int64(stmt, 6, n_aircraft);
    sqlite3_bind_text64(stmt, 7, (const char *)x->text.data, len, SQLITE_STATIC, SQLITE_UTF8);
}

static void bind_if_any(sqlite3_stmt *stmt, int column, const char *text)
{
    if (text[0] != '\0')
        sqlite3_bind_text(stmt, column, text, -1, SQLITE_STATIC);
    else
        sqlite3_bind_null(stmt, column);
}

enum ovf_status ovf_store_detections_put(struct ovf_store_interference *x,
                                         const struct ovf_store_detections *row,
                                         struct ovf_error *err)
{
    sqlite3_stmt *const stmt = x->statements[PUT_DETECTIONS];
    char icao24[OVF_ADDRESS_SIZE];
    char first[OVF_TIME_SIZE];
    char last[OVF_TIME_SIZE];
    char start[OVF_TIME_SIZE];
    ovf_address_format(row->address, icao24);
    ovf_time_format(row->first_ns, 3, first);
    ovf_time_format(row->last_ns, 3, last);
    ovf_time_format(row->flight_start_ns, 3, start);
    x->text.len = 0;
    const enum ovf_status st = ovf_buffer_append(&x->text, row->json.data, row->json.len);
    if (st != OVF_OK)
        return st;
    bind_row(x, stmt, icao24, row->at, row->n_not_believed);
    sqlite3_bind_text(stmt, 2, first, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 3, last, -1, SQLITE_STATIC);
    bind_if_any(stmt, 8, row->callsign);
    bind_if_any(stmt, 9, row->detections);
    bind_if_any(stmt, 10, row->airspaces);
    bind_if_any(stmt, 11, row->flight_id);
    sqlite3_bind_text(stmt, 12, start, -1, SQLITE_STATIC);
    return ovf_sql_run(stmt, err);
}

static void format_day(int64_t day, char text[OVF_TIME_SIZE])
{
    ovf_time_format(day * OVF_NS_PER_DAY, 0, text);
    text[10] = '\0';
}

static enum ovf_status put_sink(void *context, const struct ovf_jump_place *place)
{
    struct ovf_store_interference *const x = context;
    sqlite3_stmt *const stmt = x->statements[PUT_SINK];
    char day[OVF_TIME_SIZE];
    char first[OVF_TIME_SIZE];
    char last[OVF_TIME_SIZE];
    format_day(ovf_time_floor(place->last_s, OVF_DAY_S) / OVF_DAY_S, day);
    ovf_time_format(place->first_s * OVF_NS_PER_S, 3, first);
    ovf_time_format(place->last_s * OVF_NS_PER_S, 3, last);
    x->text.len = 0;
    const enum ovf_status st = x->words->sink(place, x->words->config, &x->text);
    if (st != OVF_OK)
        return st;
    bind_row(x, stmt, day, place->at, (int64_t)place->n_aircraft);
    sqlite3_bind_text(stmt, 2, first, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 3, last, -1, SQLITE_STATIC);
    return ovf_sql_run(stmt, x->err);
}

static bool is_within(int64_t value, int64_t limit)
{
    return value >= -limit && value <= limit;
}

/** The row that \p stmt is at. False: none that this program writes, and sums of such numbers are none. */
static bool read_jump(sqlite3_stmt *stmt, struct ovf_jump *jump)
{
    const int64_t t_s = sqlite3_column_int64(stmt, 0);
    const int64_t lat_e7 = sqlite3_column_int64(stmt, 2);
    const int64_t lon_e7 = sqlite3_column_int64(stmt, 3);
    if (!is_within(t_s, INT64_MAX / OVF_NS_PER_S) || !is_within(lat_e7, 900000000) ||
        !is_within(lon_e7, 1800000000))
        return false;
    *jump = (struct ovf_jump){.t_s = t_s,
                              .address = (uint32_t)sqlite3_column_int64(stmt, 1),
                              .to = {(int32_t)lat_e7, (int32_t)lon_e7}};
    return true;
}

static enum ovf_status renew_sinks(struct ovf_store_interference *x)
{
    sqlite3_stmt *const stmt = x->statements[JUMPS];
    struct ovf_jump_places *places = NULL;
    bool row = true;
    enum ovf_status st = ovf_sql_exec(ovf_store_db(x->store), "DELETE FROM sinks", x->err);
    if (st == OVF_OK)
        st = ovf_jump_places_new(x->words->config, put_sink, x, &places);
    while (st == OVF_OK) {
        st = ovf_sql_step(stmt, &row, x->err);
        if (st != OVF_OK || !row)
            break;
        struct ovf_jump jump;
        st = read_jump(stmt, &jump)
                 ? ovf_jump_places_push(places, &jump)
                 : ovf_error_set(x->err, OVF_E_FORMAT, "the store's jumps are damaged");
    }
    (void)sqlite3_reset(stmt);
    if (st == OVF_OK)
        st = ovf_jump_places_finish(places);
    ovf_jump_places_free(places);
    return st;
}

static enum ovf_status put_shared(void *context, const struct ovf_shared_altitude *shared)
{
    struct ovf_store_interference *const x = context;
    sqlite3_stmt *const stmt = x->statements[PUT_SHARED];
    char icao24[OVF_ADDRESS_SIZE];
    char first[OVF_TIME_SIZE];
    char last[OVF_TIME_SIZE];
    ovf_address_format(shared->change.address, icao24);
    ovf_time_format(shared->change.from_ns, 3, first);
    ovf_time_format(shared->change.to_ns, 3, last);
    x->text.len = 0;
    const enum ovf_status st = x->words->altitude(shared, x->words->config, &x->text);
    if (st != OVF_OK)
        return st;
    bind_row(x, stmt, icao24, shared->change.at, (int64_t)shared->n_others);
    sqlite3_bind_text(stmt, 2, first, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 3, last, -1, SQLITE_STATIC);
    sqlite3_bind_double(stmt, 8, (double)shared->change.change_ft);
    return ovf_sql_run(stmt, x->err);
}

/** As read_jump. */
static bool read_altitude(sqlite3_stmt *stmt, struct ovf_altitude_change *change)
{
    const int64_t lat_e7 = sqlite3_column_int64(stmt, 3);
    const int64_t lon_e7 = sqlite3_column_int64(stmt, 4);
    const double change_ft = sqlite3_column_double(stmt, 5);
    *change = (struct ovf_altitude_change){.address = (uint32_t)sqlite3_column_int64(stmt, 0),
                                           .from_ns = sqlite3_column_int64(stmt, 1),
                                           .to_ns = sqlite3_column_int64(stmt, 2)};
    if (!is_within(change->from_ns, INT64_MAX / 2) || !is_within(change->to_ns, INT64_MAX / 2) ||
        !is_within(lat_e7, 900000000) || !is_within(lon_e7, 1800000000) ||
        !(fabs(change_ft) <= 1e9))
        return false;
    change->at = (struct ovf_point){(int32_t)lat_e7, (int32_t)lon_e7};
    change->change_ft = (float)change_ft;
    return true;
}

static enum ovf_status renew_altitudes(struct ovf_store_interference *x)
{
    sqlite3_stmt *const stmt = x->statements[ALTITUDES];
    struct ovf_shared_altitudes *shared = NULL;
    struct ovf_altitude_change change;
    enum ovf_status st =
        ovf_sql_exec(ovf_store_db(x->store), "DELETE FROM altitude_shared", x->err);
    if (st == OVF_OK)
        st = ovf_shared_altitudes_new(x->words->config, put_shared, x, &shared);
    for (bool row = true; row && st == OVF_OK;) {
        st = ovf_sql_step(stmt, &row, x->err);
        if (st == OVF_OK && row)
            st = read_altitude(stmt, &change)
                     ? ovf_shared_altitudes_push(shared, &change)
                     : ovf_error_set(x->err, OVF_E_FORMAT, "the store's altitudes are damaged");
    }
    (void)sqlite3_reset(stmt);
    if (st == OVF_OK)
        st = ovf_shared_altitudes_finish(shared);
    ovf_shared_altitudes_free(shared);
    return st;
}

static enum ovf_status put_cell(struct ovf_store_interference *x, const struct ovf_cell_count *cell,
                                const char *day)
{
    sqlite3_stmt *const stmt = x->statements[PUT_CELL];
    const struct ovf_cell_traffic traffic = cell->traffic;
    x->text.len = 0;
    const enum ovf_status st = x->words->cell(cell, x->words->config, &x->text);
    if (st != OVF_OK)
        return st;
    bind_row(x, stmt, day, ovf_count_cell_centre(cell->cell), traffic.n_all);
    sqlite3_bind_text(stmt, 2, ovf_cell_level_name(ovf_cell_level(traffic, x->words->config)), -1,
                      SQLITE_STATIC);
    sqlite3_bind_double(stmt, 3, (traffic.n_disturbed - 1.0) / traffic.n_all);
    sqlite3_bind_int64(stmt, 8, traffic.n_disturbed);
    return ovf_sql_run(stmt, x->err);
}

/** Show \p cells all runs of \p day: those that are disturbed, or all. */
static enum ovf_status show(struct ovf_store_interference *x, int64_t day, bool is_all,
                            struct ovf_disturbed *cells)
{
    sqlite3_stmt *const stmt = x->statements[RUNS];
    bool row = true;
    enum ovf_status st = OVF_OK;
    sqlite3_bind_int64(stmt, 1, day);
    while (st == OVF_OK) {
        st = ovf_sql_step(stmt, &row, x->err);
        if (st != OVF_OK || !row)
            break;
        const uint32_t address = (uint32_t)sqlite3_column_int64(stmt, 0);
        const void *const blob = sqlite3_column_blob(stmt, 1);
        const struct ovf_bytes runs = {blob, (size_t)sqlite3_column_bytes(stmt, 1)};
        if (is_all)
            ovf_disturbed_take_all(cells, address, runs);
        else
            st = ovf_disturbed_take(cells, address, runs);
    }
    (void)sqlite3_reset(stmt);
    return st;
}

static enum ovf_status renew_day(struct ovf_store_interference *x, int64_t day)
{
    struct ovf_disturbed cells = {0};
    const struct ovf_cell_count *items = NULL;
    size_t n = 0;
    char text[OVF_TIME_SIZE];
    format_day(day, text);
    sqlite3_bind_text(x->statements[FORGET_CELLS], 1, text, -1, SQLITE_STATIC);
    enum ovf_status st = ovf_sql_run(x->statements[FORGET_CELLS], x->err);
    if (st == OVF_OK)
        st = show(x, day, false, &cells);
    if (st == OVF_OK && cells.n > 0)
        st = show(x, day, true, &cells);
    if (st == OVF_OK)
        ovf_disturbed_settle(&cells, x->words->config, &items, &n);
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        if (items[i].day == day) /* others are of a damaged row */
            st = put_cell(x, &items[i], text);
    }
    ovf_disturbed_deinit(&cells);
    return st;
}

enum ovf_status ovf_store_interference_renew(struct ovf_store_interference *x, const int64_t *days,
                                             size_t n_days,
                                             const struct ovf_interference_words *words,
                                             struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    x->words = words;
    x->err = err;
    if (x->are_jumps_new)
        st = renew_sinks(x);
    if (st == OVF_OK && x->are_altitudes_new)
        st = renew_altitudes(x);
    for (size_t i = 0; i < n_days && st == OVF_OK; i++)
        st = renew_day(x, days[i]);
    x->are_jumps_new = x->are_jumps_new && st != OVF_OK;
    x->are_altitudes_new = x->are_altitudes_new && st != OVF_OK;
    return st;
}
