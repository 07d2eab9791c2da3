/* SPDX-License-Identifier: Apache-2.0 */
/* Rows to subjects. A reading walks the columns of a row from left to right, in the order of its query. */
#include "store/subjects.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "store/gpkg.h"
#include "track/address.h"

#define AIRCRAFT "icao24,callsign,registration,registration_source,type_code,owner_operator,"
#define ENDS                                                                                       \
    "from_airport,from_country,from_kind,from_score,to_airport,to_country,to_kind,to_score,"
#define FLIGHTS                                                                                    \
    "id,journey_id,journey_leg," AIRCRAFT ENDS "flight_start,flight_end,"                          \
    "id IN (SELECT flight_id FROM crossings WHERE duplicate_address),simulated"
#define CROSSINGS                                                                                  \
    "id,flight_id,journey_id," AIRCRAFT "airspace,kind,edition,role,class,grazing,"                \
    "coalesce(entry_earliest,entry_time_min),coalesce(entry_latest,entry_time_max),"               \
    "coalesce(exit_earliest,exit_time_min),coalesce(exit_latest,exit_time_max),"                   \
    "entry_perhaps_stayed,exit_perhaps_stayed,"                                                    \
    "entry_lat_deg,entry_lon_deg,"                                                                 \
    "exit_lat_deg,exit_lon_deg,entry_alt_baro_ft,exit_alt_baro_ft,alt_baro_min_ft,"                \
    "alt_baro_max_ft,alt_baro_throughout,distance_m,entered_from,left_to," ENDS                    \
    "flight_start,flight_end,watches,watches_by_states,"                                           \
    "simulated"

void ovf_subjects_deinit(struct ovf_subjects *subjects)
{
    free(subjects->items);
    free(subjects->flights);
    free(subjects->days_with_data);
    free(subjects->asked);
    ovf_texts_deinit(&subjects->texts);
    *subjects = (struct ovf_subjects){0};
}

/** A row being read. The first failure sticks. */
struct reading {
    sqlite3_stmt *stmt;
    struct ovf_texts *texts;
    int column;
    enum ovf_status status;
};

static struct ovf_bytes next_bytes(struct reading *r)
{
    const int len = sqlite3_column_bytes(r->stmt, r->column); /* of NULL: 0, and most are */
    const unsigned char *const text = len > 0 ? sqlite3_column_text(r->stmt, r->column) : NULL;
    r->column++;
    return (struct ovf_bytes){text, text != NULL ? (size_t)len : 0};
}

static const char *next_text(struct reading *r)
{
    const struct ovf_bytes bytes = next_bytes(r);
    if (bytes.len == 0)
        return "";
    const char *const text = ovf_texts_keep(r->texts, bytes);
    if (text == NULL && r->status == OVF_OK)
        r->status = OVF_E_NOMEM;
    return text != NULL ? text : "";
}

static bool is_null(const struct reading *r)
{
    return sqlite3_column_type(r->stmt, r->column) == SQLITE_NULL;
}

static double next_real(struct reading *r)
{
    const double value = is_null(r) ? (double)NAN : sqlite3_column_double(r->stmt, r->column);
    r->column++;
    return value;
}

static int64_t next_int(struct reading *r)
{
    return sqlite3_column_int64(r->stmt, r->column++);
}

static void spoil(struct reading *r)
{
    if (r->status == OVF_OK)
        r->status = OVF_E_FORMAT;
}

/** False: there is none. */
static bool next_time(struct reading *r, int64_t *t_ns)
{
    const bool known = !is_null(r);
    const struct ovf_bytes text = next_bytes(r);
    *t_ns = 0;
    if (known && !ovf_time_parse_iso(text, t_ns))
        spoil(r);
    return known;
}

static struct ovf_when next_when(struct reading *r)
{
    struct ovf_when when;
    const bool has_min = next_time(r, &when.min_ns);
    const bool has_max = next_time(r, &when.max_ns);
    when.is_known = has_min && has_max;
    return when;
}

static unsigned next_name(struct reading *r, const char *(*name)(unsigned), unsigned n)
{
    const struct ovf_bytes text = next_bytes(r);
    unsigned i = 0;
    while (i < n && !ovf_bytes_equal_text(text, name(i)))
        i++;
    if (i == n)
        spoil(r);
    return i;
}

static const char *role_name(unsigned i)
{
    return ovf_role_name((enum ovf_role)i);
}

static const char *class_name(unsigned i)
{
    return ovf_class_name((enum ovf_class)i);
}

static struct ovf_subject_aircraft next_aircraft(struct reading *r)
{
    struct ovf_subject_aircraft aircraft = {.icao24 = next_text(r)};
    if (!ovf_address_parse(ovf_bytes_from_text(aircraft.icao24), &aircraft.address))
        spoil(r);
    aircraft.callsign = next_text(r);
    aircraft.registration = next_text(r);
    aircraft.registration_source = next_text(r);
    aircraft.type_code = next_text(r);
    aircraft.owner_operator = next_text(r);
    return aircraft;
}

/** Nothing is judged by what a table states: such an end is an unknown one. */
static struct ovf_subject_end next_end(struct reading *r)
{
    struct ovf_subject_end end;
    end.airport = next_text(r);
    end.country = next_text(r);
    end.kind = next_text(r);
    end.score = is_null(r) ? 0 : sqlite3_column_double(r->stmt, r->column);
    r->column++;
    if (strcmp(end.kind, "stated") == 0)
        end.airport = end.country = "";
    return end;
}

static struct ovf_subject_flight next_flight(struct reading *r)
{
    struct ovf_subject_flight flight = {0};
    flight.id = next_text(r);
    flight.journey_id = next_text(r);
    flight.leg = (unsigned)next_int(r);
    flight.aircraft = next_aircraft(r);
    flight.from = next_end(r);
    flight.to = next_end(r);
    if (!next_time(r, &flight.start_ns) || !next_time(r, &flight.end_ns))
        spoil(r);
    flight.address_shared = next_int(r) != 0;
    flight.simulated = next_int(r) != 0;
    return flight;
}

static struct ovf_subject next_crossing(struct reading *r)
{
    struct ovf_subject crossing = {0};
    crossing.id = next_text(r);
    crossing.flight_id = next_text(r);
    crossing.journey_id = next_text(r);
    crossing.aircraft = next_aircraft(r);
    crossing.airspace = next_text(r);
    crossing.kind = next_text(r);
    crossing.edition = next_text(r);
    crossing.role = (enum ovf_role)next_name(r, role_name, OVF_ROLE_N);
    crossing.class = (enum ovf_class)next_name(r, class_name, OVF_CLASS_N);
    crossing.grazing = next_int(r) != 0;
    crossing.entry = next_when(r);
    crossing.exit = next_when(r);
    crossing.entry_perhaps_stayed = next_int(r) != 0;
    crossing.exit_perhaps_stayed = next_int(r) != 0;
    crossing.entry_lat_deg = next_real(r);
    crossing.entry_lon_deg = next_real(r);
    crossing.exit_lat_deg = next_real(r);
    crossing.exit_lon_deg = next_real(r);
    crossing.entry_alt_baro_ft = next_real(r);
    crossing.exit_alt_baro_ft = next_real(r);
    crossing.alt_baro_min_ft = next_real(r);
    crossing.alt_baro_max_ft = next_real(r);
    crossing.alt_baro_throughout = next_int(r) != 0;
    crossing.distance_m = next_real(r);
    crossing.entered_from = next_text(r);
    crossing.left_to = next_text(r);
    crossing.from = next_end(r);
    crossing.to = next_end(r);
    if (!next_time(r, &crossing.flight_start_ns) || !next_time(r, &crossing.flight_end_ns))
        spoil(r);
    crossing.stay_entered_ns = crossing.flight_start_ns;
    crossing.watches = next_text(r);
    crossing.watches_by_states = next_text(r);
    crossing.simulated = next_int(r) != 0;
    return crossing;
}

static enum ovf_status push_flight(struct reading *r, struct ovf_subjects *out)
{
    struct ovf_subject_flight *const grown =
        ovf_array_reserve(out->flights, &out->flights_capacity, out->n_flights + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    out->flights = grown;
    out->flights[out->n_flights++] = next_flight(r);
    return r->status;
}

static enum ovf_status push_crossing(struct reading *r, struct ovf_subjects *out)
{
    struct ovf_subject *const grown =
        ovf_array_reserve(out->items, &out->capacity, out->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    out->items = grown;
    out->items[out->n++] = next_crossing(r);
    return r->status;
}

static enum ovf_status push_day(struct reading *r, struct ovf_subjects *out)
{
    int64_t *const grown = ovf_array_reserve(out->days_with_data, &out->days_capacity,
                                             out->n_days_with_data + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    out->days_with_data = grown;
    if (!next_time(r, &out->days_with_data[out->n_days_with_data++]))
        spoil(r);
    return r->status;
}

static enum ovf_status push_asked(struct reading *r, struct ovf_subjects *out)
{
    struct ovf_asked *const grown =
        ovf_array_reserve(out->asked, &out->asked_capacity, out->n_asked + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    out->asked = grown;
    grown[out->n_asked].kind = next_text(r);
    grown[out->n_asked++].airspace = next_text(r);
    return r->status;
}

static enum ovf_status read_rows(sqlite3 *db, const char *sql,
                                 enum ovf_status (*push)(struct reading *, struct ovf_subjects *),
                                 struct ovf_subjects *out, struct ovf_error *err)
{
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum ovf_status st = ovf_sql_prepare(db, sql, &stmt, err);
    while (st == OVF_OK) {
        st = ovf_sql_step(stmt, &row, err);
        if (st != OVF_OK || !row)
            break;
        struct reading r = {.stmt = stmt, .texts = &out->texts};
        st = push(&r, out);
        if (st == OVF_E_FORMAT)
            (void)ovf_error_set(err, st, "the store's row %.80s is damaged",
                                (const char *)sqlite3_column_text(stmt, 0));
    }
    sqlite3_finalize(stmt);
    return st;
}

/* ---- order ---- */

/** A row's place in time; the earlier id first. SQLite would carry whole rows through its sorting. */
struct placed {
    int64_t t_ns;
    const char *id;
    size_t item;
};

static int compare_placed(const void *a, const void *b)
{
    const struct placed *const x = a;
    const struct placed *const y = b;
    if (x->t_ns != y->t_ns)
        return x->t_ns < y->t_ns ? -1 : 1;
    return strcmp(x->id, y->id);
}

static struct placed place_flight(const void *item)
{
    const struct ovf_subject_flight *const flight = item;
    return (struct placed){.t_ns = flight->start_ns, .id = flight->id};
}

static struct placed place_crossing(const void *item)
{
    const struct ovf_subject *const crossing = item;
    return (struct placed){.t_ns = crossing->entry.is_known ? crossing->entry.min_ns
                                                            : crossing->flight_start_ns,
                           .id = crossing->id};
}

/** A copy of the \p n items in order, which takes the place of \p items; NULL: no memory, and they stay. */
static void *in_order(void *items, size_t n, size_t item_bytes,
                      struct placed (*place)(const void *item))
{
    const unsigned char *const old = items;
    struct placed *const placed = malloc((n + 1) * sizeof *placed);
    unsigned char *const ordered = malloc((n + 1) * item_bytes);
    if (placed == NULL || ordered == NULL) {
        free(placed);
        free(ordered);
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        placed[i] = place(old + i * item_bytes);
        placed[i].item = i;
    }
    qsort(placed, n, sizeof *placed, compare_placed);
    for (size_t i = 0; i < n; i++)
        memcpy(ordered + i * item_bytes, old + placed[i].item * item_bytes, item_bytes);
    free(placed);
    free(items);
    return ordered;
}

/* ---- stays ---- */

static int compare_texts(const char *const a[], const char *const b[], size_t n)
{
    int order = 0;
    for (size_t i = 0; i < n && order == 0; i++)
        order = strcmp(a[i], b[i]);
    return order;
}

/** A crossing that is perhaps one stay with another. */
struct part {
    struct ovf_subject *crossing;
};

/** By flight and airspace, then in the order of the subjects. */
static int compare_parts(const void *x, const void *y)
{
    const struct ovf_subject *const a = ((const struct part *)x)->crossing;
    const struct ovf_subject *const b = ((const struct part *)y)->crossing;
    const char *const of_a[] = {a->flight_id, a->kind, a->airspace, a->edition};
    const char *const of_b[] = {b->flight_id, b->kind, b->airspace, b->edition};
    const int order = compare_texts(of_a, of_b, sizeof of_a / sizeof *of_a);
    return order != 0 ? order : (a > b) - (a < b);
}

/** Whether \p next, which comes after it in that order, goes on on the other side of its gap. */
static bool goes_on(const struct ovf_subject *crossing, const struct ovf_subject *next)
{
    return crossing->exit_perhaps_stayed && next->entry_perhaps_stayed &&
           strcmp(crossing->flight_id, next->flight_id) == 0 &&
           strcmp(crossing->kind, next->kind) == 0 &&
           strcmp(crossing->airspace, next->airspace) == 0 &&
           strcmp(crossing->edition, next->edition) == 0 &&
           crossing->exit.min_ns == next->entry.min_ns;
}

/** Says of the crossings of each stay which is the first. A part of it may not be in the store. */
static enum ovf_status join_stays(struct ovf_subjects *out)
{
    struct part *const parts = malloc((out->n + 1) * sizeof *parts);
    size_t n = 0;
    if (parts == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < out->n; i++) {
        if (out->items[i].entry_perhaps_stayed || out->items[i].exit_perhaps_stayed)
            parts[n++].crossing = &out->items[i];
    }
    if (n > 0)
        qsort(parts, n, sizeof *parts, compare_parts);
    for (size_t i = 0; i < n; i++) {
        struct ovf_subject *const part = parts[i].crossing;
        const struct ovf_subject *const before = i > 0 ? parts[i - 1].crossing : NULL;
        const bool is_first = before == NULL || !goes_on(before, part);
        part->stay_id = is_first ? part->id : before->stay_id;
        if (!is_first)
            part->stay_entered_ns = before->stay_entered_ns;
        else if (!part->entry_perhaps_stayed)
            part->stay_entered_ns = ovf_subject_entered(part).min_ns;
    }
    free(parts);
    return OVF_OK;
}

/* ---- what is read ---- */

static enum ovf_status read_flights(sqlite3 *db, struct ovf_subjects *out, struct ovf_error *err)
{
    const enum ovf_status st =
        read_rows(db, "SELECT " FLIGHTS " FROM flights", push_flight, out, err);
    if (st != OVF_OK)
        return st;
    void *const flights =
        in_order(out->flights, out->n_flights, sizeof *out->flights, place_flight);
    if (flights == NULL)
        return OVF_E_NOMEM;
    out->flights = flights;
    out->flights_capacity = out->n_flights;
    return OVF_OK;
}

static enum ovf_status read_others(sqlite3 *db, struct ovf_subjects *out, struct ovf_error *err)
{
    enum ovf_status st =
        read_rows(db, "SELECT " CROSSINGS " FROM crossings", push_crossing, out, err);
    if (st == OVF_OK)
        st = read_rows(db, "SELECT DISTINCT day FROM completeness WHERE fixes>0 ORDER BY day",
                       push_day, out, err);
    if (st == OVF_OK)
        st = read_rows(db, "SELECT kind,airspace FROM overflight_asked ORDER BY kind,airspace",
                       push_asked, out, err);
    if (st != OVF_OK)
        return st;
    void *const items = in_order(out->items, out->n, sizeof *out->items, place_crossing);
    if (items == NULL)
        return OVF_E_NOMEM;
    out->items = items;
    out->capacity = out->n;
    return join_stays(out);
}

/* ---- a store, or a file ---- */

enum ovf_status ovf_subjects_read_others(struct ovf_store *store, struct ovf_subjects *out,
                                         struct ovf_error *err)
{
    const enum ovf_status st = ovf_store_show(store, err);
    return st == OVF_OK ? read_others(ovf_store_db(store), out, err) : st;
}

enum ovf_status ovf_subjects_read_db(sqlite3 *db, struct ovf_subjects *out, struct ovf_error *err)
{
    const enum ovf_status st = read_flights(db, out, err);
    return st == OVF_OK ? read_others(db, out, err) : st;
}

enum ovf_status ovf_subjects_read_flights(const char *path, struct ovf_subjects *out,
                                          struct ovf_error *err)
{
    sqlite3 *db = NULL;
    enum ovf_status st = ovf_store_open_to_read(path, &db, err);
    if (st == OVF_OK)
        st = read_flights(db, out, err);
    ovf_gpkg_close(db);
    return st;
}

enum ovf_status ovf_subjects_read_file(const char *path, struct ovf_subjects *out,
                                       struct ovf_error *err)
{
    sqlite3 *db = NULL;
    enum ovf_status st = ovf_store_open_to_read(path, &db, err);
    if (st == OVF_OK)
        st = ovf_subjects_read_db(db, out, err);
    ovf_gpkg_close(db);
    return st;
}
