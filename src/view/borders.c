/* SPDX-License-Identifier: Apache-2.0 */
/* Borders stand once: the edges of the index that one set of states owns are chained to lines, and these are
 * simplified. Where more than two edges meet, a line ends. Lines that are shorter than the tolerance vanish. */
#include "view/borders.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "geo/edges_by_set.h"

#define TOLERANCE_M 2000.0
enum { NO_LINK = -1 };

/** One end of an edge: 2 * edge + side, edges counted within their set. */
struct half {
    struct ovf_point at;
    int64_t number;
};

struct borders {
    const struct ovf_pack *pack;
    const struct ovf_index *index;
    double tolerance_m;
    ovf_border_line_fn *visit;
    void *context;
    const uint32_t *edges; /* of the set */
    size_t n;
    struct half *halves;
    size_t halves_capacity;
    int64_t *links; /* by end: the end of another edge that stands there */
    size_t links_capacity;
    bool *seen; /* by edge */
    size_t seen_capacity;
    struct ovf_drawn *line;
    size_t n_line;
    size_t line_capacity;
    struct ovf_simplifier simplifier;
};

static void deinit(struct borders *b)
{
    free(b->halves);
    free(b->links);
    free(b->seen);
    free(b->line);
    ovf_simplifier_deinit(&b->simplifier);
}

static struct ovf_point end_of(const struct borders *b, int64_t half)
{
    const struct ovf_edge edge = ovf_index_edge(b->index, b->edges[half / 2]);
    return half % 2 == 0 ? edge.a : edge.b;
}

/* ---- chains ---- */

static int compare_halves(const void *x, const void *y)
{
    const struct half *const a = x;
    const struct half *const b = y;
    if (a->at.lat_e7 != b->at.lat_e7)
        return a->at.lat_e7 < b->at.lat_e7 ? -1 : 1;
    if (a->at.lon_e7 != b->at.lon_e7)
        return a->at.lon_e7 < b->at.lon_e7 ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

static enum ovf_status reserve(struct borders *b)
{
    struct half *const halves =
        ovf_array_reserve(b->halves, &b->halves_capacity, 2 * b->n + 1, sizeof *halves);
    if (halves == NULL)
        return OVF_E_NOMEM;
    b->halves = halves;
    int64_t *const links =
        ovf_array_reserve(b->links, &b->links_capacity, 2 * b->n + 1, sizeof *links);
    if (links == NULL)
        return OVF_E_NOMEM;
    b->links = links;
    bool *const seen = ovf_array_reserve(b->seen, &b->seen_capacity, b->n + 1, sizeof *seen);
    if (seen == NULL)
        return OVF_E_NOMEM;
    b->seen = seen;
    return OVF_OK;
}

/** Link ends where exactly two edges of the set meet. */
static void link_ends(struct borders *b)
{
    const size_t n = 2 * b->n;
    for (size_t i = 0; i < n; i++)
        b->halves[i] = (struct half){end_of(b, (int64_t)i), (int64_t)i};
    qsort(b->halves, n, sizeof *b->halves, compare_halves);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && ovf_point_equal(b->halves[end].at, b->halves[i].at);)
            end++;
        for (size_t k = i; k < end; k++)
            b->links[b->halves[k].number] =
                end - i == 2 ? b->halves[i + end - 1 - k].number : NO_LINK;
    }
}

static enum ovf_status push(struct borders *b, struct ovf_point at)
{
    struct ovf_drawn *const grown =
        ovf_array_reserve(b->line, &b->line_capacity, b->n_line + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    b->line = grown;
    int64_t lon_e7 = at.lon_e7;
    if (b->n_line > 0) {
        const int64_t last = grown[b->n_line - 1].lon_e7;
        lon_e7 = last + ovf_lon_difference(ovf_lon_wrap(last), at.lon_e7);
    }
    grown[b->n_line++] = (struct ovf_drawn){at.lat_e7, lon_e7, 0};
    return OVF_OK;
}

/** The line that begins with the end \p half, as far as it goes. */
static enum ovf_status follow(struct borders *b, int64_t half)
{
    b->n_line = 0;
    enum ovf_status st = push(b, end_of(b, half));
    while (st == OVF_OK && half != NO_LINK && !b->seen[half / 2]) {
        const int64_t other = half ^ 1;
        b->seen[half / 2] = true;
        st = push(b, end_of(b, other));
        half = b->links[other];
    }
    return st;
}

/* ---- output ---- */

static void put_position(struct ovf_json_writer *json, int64_t lon_e7, int64_t lat_e7)
{
    ovf_json_open(json, NULL, '[');
    ovf_json_number(json, NULL, ovf_deg_from_e7(lon_e7), 3);
    ovf_json_number(json, NULL, ovf_deg_from_e7(lat_e7), 3);
    ovf_json_close(json, ']');
}

/** Which turn of the globe a longitude that runs on lies in. */
static int64_t turn_of(int64_t lon_e7)
{
    const int64_t from_west = lon_e7 + OVF_E7_TURN / 2;
    return (from_west - (from_west < 0 ? OVF_E7_TURN - 1 : 0)) / OVF_E7_TURN;
}

/** The line, cut at 180 degrees. */
static enum ovf_status put_line(void *context, const struct ovf_drawn *line, size_t n)
{
    struct ovf_view_writing *const w = context;
    struct ovf_json_writer *const json = &w->json;
    int64_t turn = turn_of(line[0].lon_e7);
    ovf_json_open(json, NULL, '[');
    put_position(json, line[0].lon_e7 - turn * OVF_E7_TURN, line[0].lat_e7);
    for (size_t i = 1; i < n; i++) {
        const struct ovf_drawn *const from = &line[i - 1];
        const struct ovf_drawn *const to = &line[i];
        const int64_t next = turn_of(to->lon_e7);
        if (next != turn) {
            const int64_t side = next > turn ? OVF_E7_TURN / 2 : -OVF_E7_TURN / 2;
            const double share = (double)(turn * OVF_E7_TURN + side - from->lon_e7) /
                                 (double)(to->lon_e7 - from->lon_e7);
            const int64_t lat_e7 =
                from->lat_e7 + (int64_t)(share * (double)(to->lat_e7 - from->lat_e7));
            put_position(json, side, lat_e7);
            ovf_json_close(json, ']');
            ovf_json_open(json, NULL, '[');
            put_position(json, -side, lat_e7);
            turn = next;
        }
        put_position(json, to->lon_e7 - turn * OVF_E7_TURN, to->lat_e7);
    }
    ovf_json_close(json, ']');
    return json->status;
}

static enum ovf_status put_chain(struct borders *b, int64_t half)
{
    size_t n = 0;
    enum ovf_status st = follow(b, half);
    if (st == OVF_OK)
        st = ovf_simplify(&b->simplifier, b->line, b->n_line, &b->tolerance_m, 1);
    for (size_t i = 0; i < b->n_line && st == OVF_OK; i++) {
        if (b->line[i].level == 0)
            b->line[n++] = b->line[i];
    }
    const bool is_closed = n > 0 && b->line[0].lat_e7 == b->line[n - 1].lat_e7 &&
                           b->line[0].lon_e7 == b->line[n - 1].lon_e7;
    if (st == OVF_OK && n >= (is_closed ? 4U : 2U))
        st = b->visit(b->context, b->line, n);
    return st;
}

/** Lines with ends first, then what is left: rings. */
static enum ovf_status put_chains(struct borders *b)
{
    enum ovf_status st = reserve(b);
    if (st != OVF_OK)
        return st;
    link_ends(b);
    memset(b->seen, 0, b->n * sizeof *b->seen);
    for (size_t i = 0; i < 2 * b->n && st == OVF_OK; i++) {
        if (b->links[i] == NO_LINK && !b->seen[i / 2])
            st = put_chain(b, (int64_t)i);
    }
    for (size_t i = 0; i < b->n && st == OVF_OK; i++) {
        if (!b->seen[i])
            st = put_chain(b, (int64_t)(2 * i));
    }
    return st;
}

static void choose(struct borders *b, const struct ovf_edges_by_set *edges, uint32_t set)
{
    b->edges = edges->edges + edges->first[set];
    b->n = edges->first[set + 1] - edges->first[set];
}

enum ovf_status ovf_view_borders(const struct ovf_view *view, double tolerance_m,
                                 ovf_border_line_fn *visit, void *context)
{
    struct borders b = {.pack = view->source.pack,
                        .index = &view->source.pack->index,
                        .tolerance_m = tolerance_m,
                        .visit = visit,
                        .context = context};
    struct ovf_edges_by_set edges = {0};
    enum ovf_status st = ovf_edges_by_set_make(b.index, &edges);
    for (uint32_t set = 0; set < b.index->n_sets && st == OVF_OK; set++) {
        choose(&b, &edges, set);
        if (b.n > 0)
            st = put_chains(&b);
    }
    ovf_edges_by_set_deinit(&edges);
    deinit(&b);
    return st;
}

/** "IQ,IR": who owns the set. */
static void put_owners(struct borders *b, struct ovf_json_writer *json, uint32_t set)
{
    struct ovf_members owners;
    char codes[OVF_VIEW_TEXT_SIZE] = "";
    size_t len = 0;
    ovf_index_set(b->index, set, &owners);
    for (uint32_t i = 0; i < b->pack->n_areas; i++) {
        if (ovf_members_has(&owners, i) && len + 4 < sizeof codes)
            len += (size_t)snprintf(codes + len, sizeof codes - len, "%s%.2s", len > 0 ? "," : "",
                                    ovf_pack_area(b->pack, i).alpha2);
    }
    ovf_json_open(json, "properties", '{');
    ovf_json_text(json, "airspace", codes);
    ovf_json_close(json, '}');
}

static enum ovf_status put_set(struct borders *b, struct ovf_json_writer *json, uint32_t set)
{
    ovf_json_open(json, NULL, '{');
    ovf_json_text(json, "type", "Feature");
    put_owners(b, json, set);
    ovf_json_open(json, "geometry", '{');
    ovf_json_text(json, "type", "MultiLineString");
    ovf_json_open(json, "coordinates", '[');
    const enum ovf_status st = put_chains(b);
    ovf_json_close(json, ']');
    ovf_json_close(json, '}');
    ovf_json_close(json, '}');
    return st;
}

enum ovf_status ovf_view_put_borders(struct ovf_view_writing *w)
{
    const struct ovf_pack *const pack = w->view->source.pack;
    struct borders b = {.pack = pack,
                        .index = &pack->index,
                        .tolerance_m = TOLERANCE_M,
                        .visit = put_line,
                        .context = w};
    struct ovf_edges_by_set edges = {0};
    enum ovf_status st = ovf_edges_by_set_make(b.index, &edges);
    ovf_json_open(&w->json, "boundaries", '{');
    ovf_json_text(&w->json, "type", "FeatureCollection");
    ovf_json_open(&w->json, "features", '[');
    for (uint32_t set = 0; set < b.index->n_sets && st == OVF_OK; set++) {
        choose(&b, &edges, set);
        if (b.n > 0)
            st = put_set(&b, &w->json, set);
    }
    ovf_json_close(&w->json, ']');
    ovf_json_close(&w->json, '}');
    ovf_json_int(&w->json, "boundaries_tolerance_m", (int64_t)TOLERANCE_M);
    ovf_edges_by_set_deinit(&edges);
    deinit(&b);
    return st;
}
