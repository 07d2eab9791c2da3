/* SPDX-License-Identifier: Apache-2.0 */
/* Tracks: one document for all zooms. Numbers are small integers, as differences: what compresses well and is
 * parsed fast. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/time.h"
#include "view/flown.h"
#include "view/pace.h"

/* Half a pixel of a tile of 512 at the equator, 39,136 m / 2^zoom, roughly. */
static const double tolerances_m[] = {40000, 20000, 10000, 5000, 2500, 1250, 625, 320, 160, 80};
enum { N_LEVELS = sizeof tolerances_m / sizeof *tolerances_m, E7_PER_UNIT = 100, ALT_UNIT_FT = 25 };

struct drawing {
    struct ovf_view_writing *w;
    const char *key; /* of the object; NULL: an element */
    bool is_full;    /* all vertices, without levels */
    struct ovf_flown flown;
    struct ovf_simplifier simplifier;
    struct ovf_pace pace;
};

static void deinit(struct drawing *d)
{
    ovf_flown_deinit(&d->flown);
    ovf_simplifier_deinit(&d->simplifier);
    ovf_pace_deinit(&d->pace);
}

/* ---- numbers ---- */

/** \p value in \p unit, rounded. */
static int64_t units(int64_t value, int64_t unit)
{
    return (value + (value < 0 ? -unit : unit) / 2) / unit;
}

static bool is_told(const struct drawing *d, size_t vertex)
{
    return d->is_full || d->flown.vertices[vertex].level != N_LEVELS;
}

static void put_coordinates(struct drawing *d, const char *key, const struct ovf_piece *piece,
                            bool is_lon)
{
    int64_t last = 0;
    ovf_json_open(&d->w->json, key, '[');
    for (size_t i = piece->first; i < piece->first + piece->n; i++) {
        const struct ovf_drawn *const vertex = &d->flown.vertices[i];
        if (!is_told(d, i))
            continue;
        const int64_t value = units(is_lon ? vertex->lon_e7 : vertex->lat_e7, E7_PER_UNIT);
        ovf_json_int(&d->w->json, NULL, value - last);
        last = value;
    }
    ovf_json_close(&d->w->json, ']');
}

static void put_levels(struct drawing *d, const struct ovf_piece *piece)
{
    ovf_json_open(&d->w->json, "z", '[');
    for (size_t i = piece->first; i < piece->first + piece->n; i++) {
        const uint8_t level = d->flown.vertices[i].level;
        if (is_told(d, i))
            ovf_json_int(&d->w->json, NULL, level < N_LEVELS ? level : N_LEVELS);
    }
    ovf_json_close(&d->w->json, ']');
}

/** Whole seconds, within those of the piece. */
static void put_times(struct drawing *d, const struct ovf_piece *piece)
{
    int64_t last = 0;
    ovf_json_open(&d->w->json, "s", '[');
    for (size_t i = piece->first; i < piece->first + piece->n; i++) {
        int64_t t_ns = d->flown.whens[i].t_ns;
        if (!is_told(d, i))
            continue;
        t_ns = t_ns < piece->from_ns ? piece->from_ns : t_ns > piece->to_ns ? piece->to_ns : t_ns;
        const int64_t s = units(t_ns, OVF_NS_PER_S);
        ovf_json_int(&d->w->json, NULL, s - last);
        last = s;
    }
    ovf_json_close(&d->w->json, ']');
}

static void put_altitudes(struct drawing *d, const struct ovf_piece *piece)
{
    int64_t last = 0;
    ovf_json_open(&d->w->json, "alt", '[');
    for (size_t i = piece->first; i < piece->first + piece->n; i++) {
        const struct ovf_flown_when *const when = &d->flown.whens[i];
        if (!is_told(d, i))
            continue;
        if (!when->has_alt) {
            ovf_json_members(&d->w->json, "null");
            continue;
        }
        const int64_t alt = units(when->alt_ft, ALT_UNIT_FT);
        ovf_json_int(&d->w->json, NULL, alt - last);
        last = alt;
    }
    ovf_json_close(&d->w->json, ']');
}

/** When each vertex was passed, and how high, as far as the store has that. */
static void put_whens(struct drawing *d, const struct ovf_piece *piece)
{
    bool is_any_high = false;
    for (size_t i = piece->first; i < piece->first + piece->n; i++) {
        if (!d->flown.whens[i].is_timed)
            return;
        is_any_high = is_any_high || d->flown.whens[i].has_alt;
    }
    put_times(d, piece);
    if (is_any_high)
        put_altitudes(d, piece);
}

/** To the millisecond, exactly: a double of now's seconds would do, its decimals would not. */
static void put_seconds(struct ovf_json_writer *json, int64_t t_ns)
{
    char text[OVF_NUMBER_SIZE];
    ovf_number_format_scaled(ovf_time_floor(t_ns, OVF_NS_PER_MS) / OVF_NS_PER_MS, 3, text);
    ovf_json_members(json, text);
}

/* ---- flights ---- */

static void put_piece(struct drawing *d, const struct ovf_piece *piece)
{
    static const char *const kinds[] = {
        [OVF_PIECE_FLOWN] = "flown", [OVF_PIECE_GAP] = "gap", [OVF_PIECE_GROUND] = "ground"};
    struct ovf_json_writer *const json = &d->w->json;
    ovf_json_open(json, NULL, '{');
    ovf_json_text(json, "kind", kinds[piece->kind]);
    if (piece->passage != SIZE_MAX) {
        ovf_json_text(json, "airspace", d->flown.passages[piece->passage].airspace);
        ovf_json_int(json, "crossing", d->flown.passages[piece->passage].n);
    }
    ovf_json_open(json, "t", '[');
    put_seconds(json, piece->from_ns);
    put_seconds(json, piece->to_ns);
    ovf_json_close(json, ']');
    put_coordinates(d, "lat", piece, false);
    put_coordinates(d, "lon", piece, true);
    if (piece->kind == OVF_PIECE_FLOWN)
        put_whens(d, piece);
    if (!d->is_full)
        put_levels(d, piece);
    ovf_json_close(json, '}');
}

static enum ovf_status simplify(struct drawing *d, const struct ovf_piece *piece)
{
    const enum ovf_status st = ovf_simplify(&d->simplifier, &d->flown.vertices[piece->first],
                                            piece->n, tolerances_m, N_LEVELS);
    return st == OVF_OK && piece->kind == OVF_PIECE_FLOWN
               ? ovf_pace_keep(&d->pace, &d->flown, piece, N_LEVELS)
               : st;
}

/** Pieces share vertices: each is put before the next one's levels are set. */
static enum ovf_status put_pieces(struct drawing *d)
{
    struct ovf_flown *const f = &d->flown;
    enum ovf_status st = OVF_OK;
    ovf_json_open(&d->w->json, "segments", '[');
    for (size_t i = 0; i < f->n_pieces && st == OVF_OK; i++) {
        if (!d->is_full)
            st = simplify(d, &f->pieces[i]);
        if (st == OVF_OK)
            put_piece(d, &f->pieces[i]);
    }
    ovf_json_close(&d->w->json, ']');
    return st;
}

static enum ovf_status put_flight(void *context, sqlite3_stmt *stmt)
{
    struct drawing *const d = context;
    struct ovf_json_writer *const json = &d->w->json;
    const void *const blob = sqlite3_column_blob(stmt, 5);
    struct ovf_flown_flight flight = {
        .id = ovf_view_column(stmt, 0),
        .geom = {blob, blob != NULL ? (size_t)sqlite3_column_bytes(stmt, 5) : 0},
        .altitudes = ovf_bytes_from_text(ovf_view_column(stmt, 6))};
    if (!ovf_time_parse_iso(ovf_bytes_from_text(ovf_view_column(stmt, 3)), &flight.start_ns) ||
        !ovf_time_parse_iso(ovf_bytes_from_text(ovf_view_column(stmt, 4)), &flight.end_ns))
        return ovf_error_set(d->w->err, OVF_E_FORMAT, "flight %.40s of the store is damaged",
                             flight.id);
    enum ovf_status st = ovf_flown_read(d->w->view, &flight, &d->flown, d->w->err);
    if (st != OVF_OK)
        return st;
    ovf_json_open(json, d->key, '{');
    ovf_json_text(json, "id", flight.id);
    ovf_json_text(json, "icao24", ovf_view_column(stmt, 1));
    ovf_view_put_text(json, "callsign", stmt, 2);
    ovf_json_open(json, "crossings", '[');
    for (size_t i = 0; i < d->flown.n_passages; i++)
        ovf_json_int(json, NULL, d->flown.passages[i].n);
    ovf_json_close(json, ']');
    st = put_pieces(d);
    ovf_json_close(json, '}');
    return st != OVF_OK ? st : json->status;
}

#define FLIGHT                                                                                     \
    "SELECT f.id,f.icao24,f.callsign,f.flight_start,f.flight_end,f.geom,f.altitudes FROM "

enum ovf_status ovf_view_put_track(struct ovf_view_writing *w, const char *key, const char *flight)
{
    struct drawing d = {.w = w, .key = key, .is_full = true};
    const enum ovf_status st =
        ovf_view_each(w->view, FLIGHT "flights f WHERE f.id=?1", flight, put_flight, &d, w->err);
    deinit(&d);
    return st;
}

enum ovf_status ovf_view_put_tracks(struct ovf_view_writing *w)
{
    struct drawing d = {.w = w};
    ovf_json_number(&w->json, "unit_deg", 1e-5, 5);
    ovf_json_int(&w->json, "unit_ft", ALT_UNIT_FT);
    ovf_json_open(&w->json, "levels", '[');
    for (int i = 0; i < N_LEVELS; i++) {
        ovf_json_open(&w->json, NULL, '{');
        ovf_json_int(&w->json, "zoom", i);
        ovf_json_int(&w->json, "tolerance_m", (int64_t)tolerances_m[i]);
        ovf_json_close(&w->json, '}');
    }
    ovf_json_close(&w->json, ']');
    ovf_json_open(&w->json, "flights", '[');
    const enum ovf_status st = ovf_view_each(
        w->view,
        FLIGHT "(SELECT flight,min(n) n FROM temp.shown WHERE flight IS NOT NULL GROUP BY flight) s"
               " JOIN flights f ON f.id=s.flight ORDER BY s.n",
        NULL, put_flight, &d, w->err);
    ovf_json_close(&w->json, ']');
    deinit(&d);
    return st;
}
