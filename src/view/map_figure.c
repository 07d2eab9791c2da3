/* SPDX-License-Identifier: Apache-2.0 */
/* The map of a report on paper. It shows entries and exits, or the gaps that they lie in, and of the airspaces around
 * them as much again; ways run on to its edge. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "store/gpkg_shape.h"
#include "view/borders.h"
#include "view/flown.h"
#include "view/sheet.h"

enum { N_STYLES = 2, STYLE_FLOWN = 0, STYLE_GAP = 1 };

/* A cell of the grid that keeps numbers apart, and marks at the same place: in units of the figure. */
enum { CELL = 60, DIGIT = 65, GRID_COLUMNS = OVF_FIGURE_WIDTH * OVF_FIGURE_UNIT / CELL + 1 };

struct map {
    struct ovf_view *view;
    struct ovf_error *err;
    struct ovf_sheet sheet;
    struct ovf_sheet land; /* the box around the airspaces that are crossed */
    bool has_origin;
    struct ovf_point origin; /* longitudes run on from it */
    double tolerance_m;
    struct ovf_flown flown;
    struct ovf_simplifier simplifier;
    struct ovf_polygons shape;
    struct ovf_drawn *ring;
    size_t ring_capacity;
    struct ovf_buffer ways[OVF_FIGURE_COLOURS + 1][N_STYLES]; /* the last of what is in none */
    struct ovf_buffer marks;
    struct ovf_buffer numbers;
    bool *taken; /* cells with a number */
    size_t n_taken;
    struct ovf_buffer *out;
    size_t n_airspaces;
    char airspaces[OVF_FIGURE_COLOURS][OVF_VIEW_TEXT_SIZE];
};

/* The key; letters are taken to be as wide as wide fonts have them, on average. */
enum { KEY_FONT = 120, KEY_LETTER = 78, KEY_SAMPLE = 320, KEY_GAP = 200, KEY_LINE = 200 };

struct key_place {
    size_t x;
    size_t line;
};

const char *ovf_figure_colour(size_t i)
{
    static const char *const colours[OVF_FIGURE_COLOURS] = {
        "#0072b2", "#d55e00", "#00805e", "#b0558a", "#8a6d00", "#2a8fc4", "#5b4bb5"};
    return i < OVF_FIGURE_COLOURS ? colours[i] : "#77756e";
}

static size_t colour_of(const struct map *m, const char *airspace)
{
    size_t i = 0;
    while (i < m->n_airspaces && strcmp(m->airspaces[i], airspace) != 0)
        i++;
    return i < m->n_airspaces ? i : OVF_FIGURE_COLOURS;
}

static void deinit(struct map *m)
{
    for (size_t i = 0; i <= OVF_FIGURE_COLOURS; i++) {
        for (size_t k = 0; k < N_STYLES; k++)
            ovf_buffer_deinit(&m->ways[i][k]);
    }
    ovf_flown_deinit(&m->flown);
    ovf_simplifier_deinit(&m->simplifier);
    ovf_polygons_deinit(&m->shape);
    ovf_buffer_deinit(&m->marks);
    ovf_buffer_deinit(&m->numbers);
    free(m->ring);
    free(m->taken);
}

/* ---- what it shows ---- */

static struct ovf_drawn drawn_at(const struct map *m, struct ovf_point at)
{
    return (struct ovf_drawn){
        at.lat_e7, m->origin.lon_e7 + ovf_lon_difference(m->origin.lon_e7, at.lon_e7), 0};
}

static enum ovf_status add_place(void *context, sqlite3_stmt *stmt)
{
    struct map *const m = context;
    struct ovf_point at;
    if (!ovf_view_place(stmt, 0, &at))
        return OVF_OK;
    if (!m->has_origin)
        m->origin = at;
    m->has_origin = true;
    const struct ovf_drawn vertex = drawn_at(m, at);
    ovf_sheet_add(&m->sheet, &vertex);
    return OVF_OK;
}

#define SHOWN "FROM temp.shown s JOIN crossings c ON c.fid=s.fid"
static const char places[] =
    "SELECT c.entry_lat_deg,c.entry_lon_deg,s.n " SHOWN " WHERE c.entry_lat_deg IS NOT NULL"
    " UNION ALL SELECT c.exit_lat_deg,c.exit_lon_deg,s.n " SHOWN " WHERE c.exit_lat_deg IS NOT NULL"
    " UNION ALL SELECT g.start_lat_deg,g.start_lon_deg,s.n " SHOWN
    ", json_each(c.json,'$.gaps') e JOIN gaps g ON g.id=e.value"
    " UNION ALL SELECT g.end_lat_deg,g.end_lon_deg,s.n " SHOWN
    ", json_each(c.json,'$.gaps') e JOIN gaps g ON g.id=e.value ORDER BY 3,1,2";

static enum ovf_status add_airspace(void *context, sqlite3_stmt *stmt)
{
    struct map *const m = context;
    if (m->n_airspaces < OVF_FIGURE_COLOURS)
        (void)snprintf(m->airspaces[m->n_airspaces++], OVF_VIEW_TEXT_SIZE, "%s",
                       ovf_view_column(stmt, 0));
    return OVF_OK;
}

/** The rows of airspaces that are crossed: read into `shape`. */
#define CROSSED                                                                                    \
    "SELECT airspace,geom FROM airspaces WHERE airspace IN (SELECT c.airspace " SHOWN              \
    ") ORDER BY kind,airspace,edition,id"

static enum ovf_status read_shape(struct map *m, sqlite3_stmt *stmt)
{
    const void *const blob = sqlite3_column_blob(stmt, 1);
    const struct ovf_bytes geom = {blob, blob != NULL ? (size_t)sqlite3_column_bytes(stmt, 1) : 0};
    m->shape.n_rings = 0;
    m->shape.n_points = 0;
    const enum ovf_status st = geom.len > 0 ? ovf_gpkg_read_shape(geom, &m->shape) : OVF_OK;
    return st == OVF_OK ? OVF_OK
                        : ovf_error_set(m->err, st, "airspace %.40s of the store is damaged",
                                        ovf_view_column(stmt, 0));
}

static enum ovf_status add_land(void *context, sqlite3_stmt *stmt)
{
    struct map *const m = context;
    const enum ovf_status st = read_shape(m, stmt);
    for (size_t r = 0; r < m->shape.n_rings && st == OVF_OK; r++) {
        const struct ovf_polygon_ring *const ring = &m->shape.rings[r];
        for (size_t i = ring->first; i < ring->first + ring->n_points; i++) {
            const struct ovf_map_point point = m->shape.points[i];
            const struct ovf_point at = {point.lat_e7, ovf_lon_wrap(point.lon_e7)};
            const struct ovf_drawn vertex = drawn_at(m, at);
            ovf_sheet_add(&m->land, &vertex);
        }
    }
    return st;
}

/** The sheet, and what is told apart on it: the airspaces that most crossings are of. */
static enum ovf_status choose(struct map *m)
{
    enum ovf_status st = ovf_view_each(m->view, places, NULL, add_place, m, m->err);
    if (st == OVF_OK)
        st = ovf_view_each(m->view,
                           "SELECT c.airspace " SHOWN " GROUP BY 1 ORDER BY count(*) DESC,1", NULL,
                           add_airspace, m, m->err);
    if (st == OVF_OK && m->has_origin)
        st = ovf_view_each(m->view, CROSSED, NULL, add_land, m, m->err);
    if (st != OVF_OK || !m->has_origin)
        return st;
    ovf_sheet_join(&m->sheet, &m->land);
    ovf_sheet_fit(&m->sheet);
    m->tolerance_m = ovf_sheet_tolerance_m(&m->sheet);
    m->n_taken = (size_t)(m->sheet.height / CELL + 1) * GRID_COLUMNS;
    m->taken = calloc(m->n_taken, sizeof *m->taken);
    return m->taken != NULL ? OVF_OK : OVF_E_NOMEM;
}

/* ---- borders and airspaces ---- */

static enum ovf_status put_border(void *context, const struct ovf_drawn *vertices, size_t n)
{
    const struct map *const m = context;
    return ovf_sheet_line(&m->sheet, vertices, n, false, m->out);
}

static enum ovf_status put_borders(struct map *m)
{
    if (m->view->source.pack == NULL)
        return OVF_OK;
    enum ovf_status st = ovf_buffer_append_text(
        m->out, "<path fill=\"none\" stroke=\"#a9a79f\" stroke-width=\"7\" d=\"");
    if (st == OVF_OK)
        st = ovf_view_borders(m->view, m->tolerance_m, put_border, m);
    return st == OVF_OK ? ovf_buffer_append_text(m->out, "\"/>\n") : st;
}

static enum ovf_status put_ring(struct map *m, const struct ovf_polygon_ring *ring)
{
    struct ovf_drawn *const v =
        ovf_array_reserve(m->ring, &m->ring_capacity, ring->n_points + 1, sizeof *v);
    if (v == NULL)
        return OVF_E_NOMEM;
    m->ring = v;
    for (size_t i = 0; i < ring->n_points; i++) {
        const struct ovf_map_point at = m->shape.points[ring->first + i];
        v[i] = (struct ovf_drawn){at.lat_e7, at.lon_e7, 0};
    }
    const enum ovf_status st = ovf_simplify(&m->simplifier, v, ring->n_points, &m->tolerance_m, 1);
    return st == OVF_OK ? ovf_sheet_line(&m->sheet, v, ring->n_points, true, m->out) : st;
}

static enum ovf_status put_airspace(void *context, sqlite3_stmt *stmt)
{
    struct map *const m = context;
    const char *const colour = ovf_figure_colour(colour_of(m, ovf_view_column(stmt, 0)));
    enum ovf_status st = read_shape(m, stmt);
    if (st != OVF_OK)
        return st;
    st = ovf_buffer_printf(m->out,
                           "<path fill=\"%s\" fill-opacity=\".12\" fill-rule=\"evenodd\" "
                           "stroke=\"%s\" stroke-width=\"9\" d=\"",
                           colour, colour);
    for (size_t r = 0; r < m->shape.n_rings && st == OVF_OK; r++)
        st = put_ring(m, &m->shape.rings[r]);
    return st == OVF_OK ? ovf_buffer_append_text(m->out, "\"/>\n") : st;
}

/* ---- ways ---- */

/** The vertices of a piece that the figure needs, as path data of its airspace. */
static enum ovf_status add_piece(struct map *m, const struct ovf_piece *piece)
{
    struct ovf_drawn *const v = &m->flown.vertices[piece->first];
    const size_t colour = piece->passage != SIZE_MAX
                              ? colour_of(m, m->flown.passages[piece->passage].airspace)
                              : OVF_FIGURE_COLOURS;
    const int style = piece->kind == OVF_PIECE_FLOWN ? STYLE_FLOWN : STYLE_GAP;
    const enum ovf_status st = ovf_simplify(&m->simplifier, v, piece->n, &m->tolerance_m, 1);
    return st == OVF_OK ? ovf_sheet_line(&m->sheet, v, piece->n, false, &m->ways[colour][style])
                        : st;
}

/** Whether there is room for a number of \p n_digits right of (x, y): then it is taken. */
static bool take_room(struct map *m, int64_t x, int64_t y, int n_digits)
{
    const int64_t first = x / CELL;
    const int64_t last = (x + (int64_t)n_digits * DIGIT) / CELL;
    const int64_t rows[] = {y / CELL, y / CELL + 1};
    bool is_free = last < GRID_COLUMNS;
    for (int64_t column = first; column <= last && is_free; column++) {
        for (int i = 0; i < 2 && is_free; i++) {
            const size_t cell = (size_t)(rows[i] * GRID_COLUMNS + column);
            is_free = cell < m->n_taken && !m->taken[cell];
        }
    }
    for (int64_t column = first; column <= last && is_free; column++) {
        for (int i = 0; i < 2; i++)
            m->taken[rows[i] * GRID_COLUMNS + column] = true;
    }
    return is_free;
}

/** A triangle that points up at an entry, down at an exit, and the number of the row where there is room. */
static enum ovf_status add_mark(struct map *m, const struct ovf_flown_passage *passage,
                                struct ovf_point at, bool is_entry)
{
    const struct ovf_drawn vertex = drawn_at(m, at);
    int64_t x;
    int64_t y;
    char number[24];
    const int n_digits = snprintf(number, sizeof number, "%lld", (long long)passage->n);
    if (!ovf_sheet_place(&m->sheet, &vertex, 0, &x, &y))
        return OVF_OK;
    enum ovf_status st =
        ovf_buffer_printf(&m->marks, "M%lld %lldl35 %dh-70z", (long long)x,
                          (long long)y - (is_entry ? 35 : -35), is_entry ? 60 : -60);
    if (st == OVF_OK && take_room(m, x + 45, y - 50, n_digits))
        st = ovf_buffer_printf(
            &m->numbers,
            "<a href=\"#crossing-%s\" aria-label=\"crossing %s\"><text x=\"%lld\" y=\"%lld\">%s"
            "</text></a>\n",
            number, number, (long long)x + 45, (long long)y + 38, number);
    return st;
}

static enum ovf_status add_flight(void *context, sqlite3_stmt *stmt)
{
    struct map *const m = context;
    const void *const blob = sqlite3_column_blob(stmt, 3);
    struct ovf_flown_flight flight = {
        .id = ovf_view_column(stmt, 0),
        .geom = {blob, blob != NULL ? (size_t)sqlite3_column_bytes(stmt, 3) : 0}};
    if (!ovf_time_parse_iso(ovf_bytes_from_text(ovf_view_column(stmt, 1)), &flight.start_ns) ||
        !ovf_time_parse_iso(ovf_bytes_from_text(ovf_view_column(stmt, 2)), &flight.end_ns))
        return ovf_error_set(m->err, OVF_E_FORMAT, "flight %.40s of the store is damaged",
                             flight.id);
    enum ovf_status st = ovf_flown_read(m->view, &flight, &m->flown, m->err);
    for (size_t i = 0; i < m->flown.n_pieces && st == OVF_OK; i++)
        st = add_piece(m, &m->flown.pieces[i]);
    for (size_t i = 0; i < m->flown.n_passages && st == OVF_OK; i++) {
        const struct ovf_flown_passage *const passage = &m->flown.passages[i];
        if (passage->has_entry)
            st = add_mark(m, passage, passage->entry, true);
        if (st == OVF_OK && passage->has_exit)
            st = add_mark(m, passage, passage->exit, false);
    }
    return st;
}

static enum ovf_status put_path(struct map *m, const struct ovf_buffer *data, const char *how)
{
    if (data->len == 0)
        return OVF_OK;
    enum ovf_status st = ovf_buffer_printf(m->out, "<path %s d=\"", how);
    if (st == OVF_OK)
        st = ovf_buffer_append(m->out, data->data, data->len);
    return st == OVF_OK ? ovf_buffer_append_text(m->out, "\"/>\n") : st;
}

/** What lies in no airspace first, so that what is asked for is not covered. */
static enum ovf_status put_ways(struct map *m)
{
    static const char *const styles[N_STYLES] = {"stroke-width=\"13\"",
                                                 "stroke-width=\"15\" stroke-dasharray=\"15 45\""};
    enum ovf_status st = ovf_buffer_append_text(
        m->out, "<g fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\">\n");
    for (size_t i = OVF_FIGURE_COLOURS + 1; i-- > 0 && st == OVF_OK;) {
        for (size_t k = 0; k < N_STYLES && st == OVF_OK; k++) {
            char how[96];
            (void)snprintf(how, sizeof how, "stroke=\"%s\" %s", ovf_figure_colour(i), styles[k]);
            st = put_path(m, &m->ways[i][k], how);
        }
    }
    if (st == OVF_OK)
        st = ovf_buffer_append_text(m->out, "</g>\n");
    if (st == OVF_OK)
        st = put_path(m, &m->marks, "fill=\"#111\" stroke=\"#fff\" stroke-width=\"8\"");
    if (st == OVF_OK)
        st = ovf_buffer_append_text(
            m->out, "<g font-family=\"sans-serif\" font-size=\"110\" fill=\"#111\" "
                    "stroke=\"#fff\" stroke-width=\"30\" paint-order=\"stroke\">\n");
    if (st == OVF_OK)
        st = ovf_buffer_append(m->out, m->numbers.data, m->numbers.len);
    return st == OVF_OK ? ovf_buffer_append_text(m->out, "</g>\n") : st;
}

/* ---- the figure ---- */

/** Names one behind another, on as many lines as they need. \return how many. */
static size_t lay_key(const struct map *m, struct key_place key[OVF_FIGURE_COLOURS])
{
    enum { LEFT = 40 };
    size_t line = 0;
    size_t x = LEFT;
    for (size_t i = 0; i < m->n_airspaces; i++) {
        const size_t width = KEY_SAMPLE + strlen(m->airspaces[i]) * KEY_LETTER;
        if (x > LEFT && x + width > (size_t)OVF_FIGURE_WIDTH * OVF_FIGURE_UNIT) {
            line++;
            x = LEFT;
        }
        key[i] = (struct key_place){x, line};
        x += width + KEY_GAP;
    }
    return line + 1;
}

static enum ovf_status put_key_name(struct map *m, size_t i, const struct key_place *place)
{
    const long long y = (long long)m->sheet.height + 130 + (long long)place->line * KEY_LINE;
    enum ovf_status st = ovf_buffer_printf(
        m->out,
        "<path d=\"M%zu %lldh260\" stroke=\"%s\" stroke-width=\"30\"/><text x=\"%zu\" y=\"%lld\">",
        place->x, y, ovf_figure_colour(i), place->x + KEY_SAMPLE, y + 40);
    if (st == OVF_OK)
        st = ovf_view_html_text(m->out, ovf_bytes_from_text(m->airspaces[i]));
    return st == OVF_OK ? ovf_buffer_append_text(m->out, "</text>\n") : st;
}

/** What the colours say, below the map. */
static enum ovf_status put_key(struct map *m, const struct key_place key[])
{
    enum ovf_status st =
        ovf_buffer_printf(m->out, "<g font-family=\"sans-serif\" font-size=\"%d\">\n", KEY_FONT);
    for (size_t i = 0; i < m->n_airspaces && st == OVF_OK; i++)
        st = put_key_name(m, i, &key[i]);
    return st == OVF_OK ? ovf_buffer_append_text(m->out, "</g>\n") : st;
}

static enum ovf_status put_figure(struct map *m)
{
    struct key_place key[OVF_FIGURE_COLOURS] = {{0}};
    const size_t n_lines = lay_key(m, key);
    enum ovf_status st = ovf_buffer_printf(
        m->out,
        "<section id=\"report-map\">\n<h2>Map</h2>\n<figure>\n<svg role=\"group\" "
        "aria-label=\"Map of the flights shown\" width=\"100%%\" viewBox=\"0 0 %d %lld\">\n"
        "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n<svg width=\"%d\" "
        "height=\"%lld\">\n",
        OVF_FIGURE_WIDTH * OVF_FIGURE_UNIT,
        (long long)m->sheet.height + 50 + (long long)n_lines * KEY_LINE,
        OVF_FIGURE_WIDTH * OVF_FIGURE_UNIT, (long long)m->sheet.height);
    if (st == OVF_OK)
        st = put_borders(m);
    if (st == OVF_OK)
        st = ovf_view_each(m->view, CROSSED, NULL, put_airspace, m, m->err);
    if (st == OVF_OK)
        st = put_ways(m);
    if (st == OVF_OK)
        st = ovf_buffer_append_text(m->out, "</svg>\n");
    if (st == OVF_OK)
        st = put_key(m, key);
    return st == OVF_OK
               ? ovf_buffer_append_text(
                     m->out, "</svg>\n<figcaption>\xe2\x96\xb2 entry, \xe2\x96\xbc exit, with the "
                             "number of the crossing where there is room. Solid: flown between "
                             "believed positions; dotted: the shortest way over a gap, where "
                             "nobody knows the way; grey: outside. Web Mercator: a great circle "
                             "is a curve.</figcaption>\n</figure>\n</section>\n")
               : st;
}

enum ovf_status ovf_view_map_figure(struct ovf_view *view, struct ovf_buffer *out,
                                    struct ovf_error *err)
{
    struct map m = {.view = view, .err = err, .out = out};
    enum ovf_status st = choose(&m);
    if (st == OVF_OK && m.has_origin)
        st = ovf_view_each(view,
                           "SELECT f.id,f.flight_start,f.flight_end,f.geom FROM (SELECT flight,"
                           "min(n) n FROM temp.shown WHERE flight IS NOT NULL GROUP BY flight) s"
                           " JOIN flights f ON f.id=s.flight ORDER BY s.n",
                           NULL, add_flight, &m, err);
    if (st == OVF_OK && m.has_origin)
        st = put_figure(&m);
    deinit(&m);
    return st;
}
