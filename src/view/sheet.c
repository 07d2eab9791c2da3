/* SPDX-License-Identifier: Apache-2.0 */
#include "view/sheet.h"

#include <math.h>

#include "base/logs.h"

#define RAD_PER_DEG 0.017453292519943295
#define TURN_RAD 6.2831853071795862
#define EQUATOR_M 6378137.0
/* Around what is shown, of its larger side; a place alone has some surroundings. */
#define MARGIN 0.12
#define LEAST_RAD (1.5 * RAD_PER_DEG)
/* A sheet is no strip. */
#define LEAST_SIDE 0.45
#define MOST_SIDE 0.9

void ovf_sheet_add(struct ovf_sheet *s, const struct ovf_drawn *at)
{
    double x;
    double y;
    ovf_drawn_on_map(at, &x, &y);
    s->west = s->is_open ? fmin(s->west, x) : x;
    s->east = s->is_open ? fmax(s->east, x) : x;
    s->south = s->is_open ? fmin(s->south, y) : y;
    s->north = s->is_open ? fmax(s->north, y) : y;
    s->is_open = true;
}

static void widen(double *low, double *high, double by)
{
    *low -= by / 2;
    *high += by / 2;
}

void ovf_sheet_join(struct ovf_sheet *s, const struct ovf_sheet *other)
{
    const double most = fmax(s->east - s->west, s->north - s->south);
    if (!other->is_open)
        return;
    s->west = fmin(s->west, fmax(other->west, s->west - most));
    s->east = fmax(s->east, fmin(other->east, s->east + most));
    s->south = fmin(s->south, fmax(other->south, s->south - most));
    s->north = fmax(s->north, fmin(other->north, s->north + most));
}

void ovf_sheet_fit(struct ovf_sheet *s)
{
    const double margin =
        fmax(LEAST_RAD, MARGIN * fmax(s->east - s->west, s->north - s->south)) * 2;
    widen(&s->west, &s->east, margin);
    widen(&s->south, &s->north, margin);
    const double width = s->east - s->west;
    const double height = s->north - s->south;
    if (height < width * LEAST_SIDE)
        widen(&s->south, &s->north, width * LEAST_SIDE - height);
    if (height > width * MOST_SIDE)
        widen(&s->west, &s->east, height / MOST_SIDE - width);
    s->units = OVF_FIGURE_WIDTH * OVF_FIGURE_UNIT / (s->east - s->west);
    s->height = (int64_t)((s->north - s->south) * s->units);
}

double ovf_sheet_tolerance_m(const struct ovf_sheet *s)
{
    /* The map's scale is the hyperbolic cosine of its northing. */
    const double e = ovf_exp(fmax(fabs(s->north), fabs(s->south)));
    return EQUATOR_M * OVF_FIGURE_UNIT / s->units / (e + 1 / e);
}

bool ovf_sheet_place(const struct ovf_sheet *s, const struct ovf_drawn *at, int turn, int64_t *x,
                     int64_t *y)
{
    double east;
    double north;
    ovf_drawn_on_map(at, &east, &north);
    *x = (int64_t)floor((east + turn * TURN_RAD - s->west) * s->units + 0.5);
    *y = (int64_t)floor((s->north - north) * s->units + 0.5);
    return *x >= 0 && *x <= OVF_FIGURE_WIDTH * OVF_FIGURE_UNIT && *y >= 0 && *y <= s->height;
}

/** Whether the box around the line, moved on by \p turn, meets the sheet. */
static bool meets(const struct ovf_sheet *s, const struct ovf_sheet *line, int turn)
{
    return line->east + turn * TURN_RAD >= s->west && line->west + turn * TURN_RAD <= s->east &&
           line->north >= s->south && line->south <= s->north;
}

static enum ovf_status put_line(const struct ovf_sheet *s, const struct ovf_drawn *vertices,
                                size_t n, int turn, struct ovf_buffer *out)
{
    int64_t last_x = 0;
    int64_t last_y = 0;
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        int64_t x;
        int64_t y;
        if (vertices[i].level != 0)
            continue;
        (void)ovf_sheet_place(s, &vertices[i], turn, &x, &y);
        if (i > 0 && x == last_x && y == last_y)
            continue;
        st = i == 0 ? ovf_buffer_printf(out, "M%lld %lld", (long long)x, (long long)y)
                    : ovf_buffer_printf(out, "l%lld %lld", (long long)(x - last_x),
                                        (long long)(y - last_y));
        last_x = x;
        last_y = y;
    }
    return st;
}

enum ovf_status ovf_sheet_line(const struct ovf_sheet *s, const struct ovf_drawn *vertices,
                               size_t n, bool is_ring, struct ovf_buffer *out)
{
    struct ovf_sheet line = {0};
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < n; i++) {
        if (vertices[i].level == 0)
            ovf_sheet_add(&line, &vertices[i]);
    }
    for (int turn = -OVF_SHEET_TURNS; turn <= OVF_SHEET_TURNS && st == OVF_OK; turn++) {
        if (!line.is_open || !meets(s, &line, turn))
            continue;
        st = put_line(s, vertices, n, turn, out);
        if (st == OVF_OK && is_ring)
            st = ovf_buffer_append_text(out, "z");
    }
    return st;
}
