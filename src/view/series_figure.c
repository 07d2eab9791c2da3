/* SPDX-License-Identifier: Apache-2.0 */
/* Daily counts on paper, drawn from the document `series` itself, so that both say the same. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "view/figures.h"

/* In units of the figure. */
enum {
    LEFT = 500, /* of the plot */
    RIGHT = OVF_FIGURE_WIDTH * OVF_FIGURE_UNIT - 100,
    TOP = 400, /* above it stand the numbers of marks, and above these those beside the days */
    BOTTOM = 1850,
    HEIGHT = 2150,
    ROW = 140,
    DIGIT = 80,             /* room for one of a mark's number */
    YEAR_LABELS_FROM = 800, /* days, from which on months are too many to name */
};

struct count {
    int64_t day; /* since 1970 */
    int64_t n;
    int64_t n_perhaps; /* more of which is not known whether they were of the watch */
    bool has_data;
};

/** One watch. */
struct plot {
    struct ovf_view *view;
    struct ovf_buffer *out;
    struct ovf_error *err;
    struct count *days;
    size_t n;
    size_t capacity;
    int64_t most;        /* flights of a day that the plot has room for */
    int64_t mark_free;   /* where the row of marks is free from */
    int64_t beside_free; /* that of marks beside the days */
};

static enum ovf_status put(struct plot *p, const char *text)
{
    return ovf_buffer_append_text(p->out, text);
}

/* ---- places ---- */

static bool day_of(sqlite3_stmt *stmt, int column, int64_t *day)
{
    int64_t t_ns;
    if (!ovf_time_parse_iso(ovf_bytes_from_text(ovf_view_column(stmt, column)), &t_ns))
        return false;
    *day = ovf_time_floor(t_ns, OVF_NS_PER_DAY) / OVF_NS_PER_DAY;
    return true;
}

/** Where a day begins; days beside the plot at its edge. */
static int64_t x_of(const struct plot *p, int64_t day)
{
    const int64_t n = (int64_t)p->n;
    const int64_t since = day - p->days[0].day;
    return LEFT + (since < 0 ? 0 : since > n ? n : since) * (RIGHT - LEFT) / n;
}

static int64_t y_of(const struct plot *p, int64_t n)
{
    return BOTTOM - n * (BOTTOM - TOP) / p->most;
}

static enum ovf_status put_band(struct plot *p, int64_t first, int64_t end, const char *how)
{
    const int64_t x = x_of(p, first);
    const int64_t width = x_of(p, end) - x;
    return width > 0 ? ovf_buffer_printf(p->out,
                                         "<rect x=\"%lld\" y=\"%d\" width=\"%lld\" height=\"%d\" "
                                         "%s/>\n",
                                         (long long)x, TOP, (long long)width, BOTTOM - TOP, how)
                     : OVF_OK;
}

/* ---- days ---- */

static enum ovf_status take_day(void *context, sqlite3_stmt *stmt)
{
    struct plot *const p = context;
    int64_t day;
    if (!day_of(stmt, 0, &day))
        return OVF_OK;
    struct count *const grown = ovf_array_reserve(p->days, &p->capacity, p->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    p->days = grown;
    const int64_t n = sqlite3_column_int64(stmt, 1);
    const int64_t n_perhaps = sqlite3_column_int64(stmt, 2);
    grown[p->n++] = (struct count){day, n, n_perhaps, sqlite3_column_type(stmt, 1) != SQLITE_NULL};
    p->most = n + n_perhaps > p->most ? n + n_perhaps : p->most;
    return OVF_OK;
}

/** Days of no data in a row are one band. */
static enum ovf_status put_missing(struct plot *p)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0, end; i < p->n && st == OVF_OK; i = end) {
        for (end = i + 1; end < p->n && p->days[end].has_data == p->days[i].has_data;)
            end++;
        if (!p->days[i].has_data)
            st = put_band(p, p->days[i].day, p->days[0].day + (int64_t)end,
                          "fill=\"url(#report-hatch)\"");
    }
    return st;
}

/** A bar of \p n flights of day \p i, upon \p below of them. */
static enum ovf_status put_bar(struct plot *p, size_t i, int64_t below, int64_t n)
{
    const int64_t x = x_of(p, p->days[i].day);
    const int64_t width = x_of(p, p->days[i].day + 1) - x;
    const int64_t foot = y_of(p, below);
    const int64_t height = foot - y_of(p, below + n);
    return n > 0 ? ovf_buffer_printf(p->out, "M%lld %lldv-%lldh%lldv%lldz", (long long)x,
                                     (long long)foot, (long long)height,
                                     (long long)(width > 15  ? width - 4
                                                 : width > 8 ? width
                                                             : 8),
                                     (long long)height)
                 : OVF_OK;
}

/** What was counted, and pale upon it what perhaps was. */
static enum ovf_status put_bars(struct plot *p)
{
    enum ovf_status st = put(p, "<path fill=\"#0072b2\" d=\"");
    for (size_t i = 0; i < p->n && st == OVF_OK; i++)
        st = put_bar(p, i, 0, p->days[i].n);
    if (st == OVF_OK)
        st = put(p, "\"/>\n<path fill=\"#0072b2\" fill-opacity=\".35\" d=\"");
    for (size_t i = 0; i < p->n && st == OVF_OK; i++)
        st = put_bar(p, i, p->days[i].n, p->days[i].n_perhaps);
    return st == OVF_OK ? put(p, "\"/>\n") : st;
}

/* ---- axes ---- */

static enum ovf_status put_label(struct plot *p, int64_t x, int64_t y, const char *anchor,
                                 const char *text)
{
    return ovf_buffer_printf(p->out, "<text x=\"%lld\" y=\"%lld\" text-anchor=\"%s\">%s</text>\n",
                             (long long)x, (long long)y, anchor, text);
}

/** Names of months, or of years where these are too many. */
static enum ovf_status put_months(struct plot *p)
{
    enum ovf_status st = OVF_OK;
    const bool has_years = p->n >= YEAR_LABELS_FROM;
    int64_t free_from = 0;
    for (size_t i = 0; i < p->n && st == OVF_OK; i++) {
        char text[OVF_TIME_SIZE];
        ovf_time_format(p->days[i].day * OVF_NS_PER_DAY, 0, text);
        const bool begins =
            text[8] == '0' && text[9] == '1' && (!has_years || (text[5] == '0' && text[6] == '1'));
        const int64_t x = x_of(p, p->days[i].day);
        text[i == 0 && !begins ? 10 : has_years ? 4 : 7] = '\0';
        if ((i > 0 && !begins) || x < free_from)
            continue;
        st = ovf_buffer_printf(p->out,
                               "<path stroke=\"#111\" stroke-width=\"6\" d=\"M%lld %dv60\"/>\n",
                               (long long)x, BOTTOM);
        if (st == OVF_OK)
            st = put_label(p, x, BOTTOM + 180, "start", text);
        free_from = x + (begins ? 520 : 760);
    }
    return st;
}

static enum ovf_status put_axes(struct plot *p)
{
    char most[24];
    (void)snprintf(most, sizeof most, "%lld", (long long)p->most);
    enum ovf_status st = ovf_buffer_printf(
        p->out,
        "<path fill=\"none\" stroke=\"#111\" stroke-width=\"6\" d=\"M%d %dv%dh%d\"/>\n"
        "<path stroke=\"#bbb\" stroke-width=\"4\" d=\"M%d %dh%d\"/>\n",
        LEFT, TOP, BOTTOM - TOP, RIGHT - LEFT, LEFT, TOP, RIGHT - LEFT);
    if (st == OVF_OK)
        st = put_label(p, LEFT - 60, BOTTOM, "end", "0");
    if (st == OVF_OK)
        st = put_label(p, LEFT - 60, TOP + 80, "end", most);
    return st == OVF_OK ? put_months(p) : st;
}

/* ---- changes and marks ---- */

/** From day, to last day, and in between from when to when it may have begun. */
static enum ovf_status take_halt(void *context, sqlite3_stmt *stmt)
{
    struct plot *const p = context;
    int64_t from;
    int64_t to;
    int64_t min;
    int64_t max;
    if (!day_of(stmt, 0, &from))
        return OVF_OK;
    if (!day_of(stmt, 1, &to))
        to = p->days[0].day + (int64_t)p->n - 1;
    enum ovf_status st = put_band(p, from, to + 1, "fill=\"#d55e00\" fill-opacity=\".14\"");
    if (st == OVF_OK && day_of(stmt, 2, &min) && day_of(stmt, 3, &max))
        st = put_band(p, min, max + 1, "fill=\"#d55e00\" fill-opacity=\".35\"");
    return st;
}

static enum ovf_status take_resumption(void *context, sqlite3_stmt *stmt)
{
    struct plot *const p = context;
    int64_t min;
    int64_t max;
    return day_of(stmt, 0, &min) && day_of(stmt, 1, &max)
               ? put_band(p, min, max + 1, "fill=\"#00805e\" fill-opacity=\".35\"")
               : OVF_OK;
}

static enum ovf_status take_segment(void *context, sqlite3_stmt *stmt)
{
    struct plot *const p = context;
    const double mean = sqlite3_column_double(stmt, 2);
    int64_t from;
    int64_t to;
    if (!day_of(stmt, 0, &from) || !day_of(stmt, 1, &to) || !(mean >= 0 && mean <= (double)p->most))
        return OVF_OK;
    const int64_t y = BOTTOM - (int64_t)(mean * (BOTTOM - TOP) / (double)p->most);
    return ovf_buffer_printf(p->out,
                             "<path stroke=\"#111\" stroke-width=\"10\" stroke-dasharray=\"50 30\" "
                             "d=\"M%lld %lldH%lld\"/>\n",
                             (long long)x_of(p, from), (long long)y, (long long)x_of(p, to + 1));
}

/** A line at the day of an entry of the case, with the number of its row. Those beside the days have a row of their
 * own, so that they push no number from its line. */
static enum ovf_status take_mark(void *context, sqlite3_stmt *stmt)
{
    struct plot *const p = context;
    const char *const n = ovf_view_column(stmt, 1);
    int64_t day;
    if (!day_of(stmt, 0, &day))
        return OVF_OK;
    const int64_t last = p->days[0].day + (int64_t)p->n - 1;
    const bool is_beside = day < p->days[0].day || day > last;
    const int64_t x = x_of(p, day);
    enum ovf_status st = is_beside ? OVF_OK
                                   : ovf_buffer_printf(p->out,
                                                       "<path stroke=\"#5b4bb5\" "
                                                       "stroke-width=\"12\" d=\"M%lld %dv%d\"/>\n",
                                                       (long long)x, TOP - 40, BOTTOM - TOP + 40);
    int64_t *const is_free_from = is_beside ? &p->beside_free : &p->mark_free;
    const int64_t at = x < *is_free_from ? *is_free_from : x;
    if (st == OVF_OK && n[0] != '\0' && at < RIGHT)
        st = ovf_buffer_printf(
            p->out,
            "<a href=\"#entry-%s\" aria-label=\"entry %s\"><text x=\"%lld\" y=\"%d\" "
            "fill=\"#5b4bb5\">%s%s%s</text></a>\n",
            n, n, (long long)at, TOP - 70 - (is_beside ? ROW : 0),
            day < p->days[0].day ? "\xe2\x86\x90" : "", n, day > last ? "\xe2\x86\x92" : "");
    *is_free_from = at + DIGIT * ((int64_t)strlen(n) + 1 + (is_beside ? 1 : 0));
    return st;
}

/* ---- a watch ---- */

static enum ovf_status put_parts(struct plot *p, const char *series)
{
    static const struct {
        const char *sql;
        ovf_view_row_fn *take;
    } parts[] = {
        {"SELECT value->>'from',value->>'to',value->>'from_min',value->>'from_max'"
         " FROM json_each(?1,'$.halts') ORDER BY key",
         take_halt},
        {"SELECT value->>'from_min',value->>'from_max' FROM json_each(?1,'$.resumptions')"
         " ORDER BY key",
         take_resumption},
        {"SELECT value->>'from',value->>'to',value->>'mean' FROM json_each(?1,'$.segments')"
         " ORDER BY key",
         take_segment},
        {"SELECT e.value->>'day',n.n FROM json_each(?1,'$.marks') e LEFT JOIN temp.entry n"
         " ON n.kind=e.value->>'kind' AND n.name=e.value->>'name' ORDER BY 1,e.key",
         take_mark},
    };
    enum ovf_status st = put_missing(p);
    if (st == OVF_OK)
        st = ovf_view_each(p->view, parts[0].sql, series, parts[0].take, p, p->err);
    if (st == OVF_OK)
        st = put_bars(p);
    for (size_t i = 1; i < sizeof parts / sizeof *parts && st == OVF_OK; i++)
        st = ovf_view_each(p->view, parts[i].sql, series, parts[i].take, p, p->err);
    return st == OVF_OK ? put_axes(p) : st;
}

static enum ovf_status put_watch(void *context, sqlite3_stmt *stmt)
{
    struct plot *const p = context;
    const char *const series = ovf_view_column(stmt, 0);
    p->n = 0;
    p->most = 1;
    p->mark_free = 0;
    p->beside_free = 0;
    enum ovf_status st = ovf_view_each(p->view,
                                       "SELECT value->>'day',value->>'count',value->>'perhaps' "
                                       "FROM json_each(?1,'$.days') ORDER BY key",
                                       series, take_day, p, p->err);
    if (st != OVF_OK || p->n == 0)
        return st;
    st = put(p, "<figure>\n<figcaption>");
    if (st == OVF_OK)
        st = ovf_view_html_text(p->out, ovf_bytes_from_text(ovf_view_column(stmt, 1)));
    if (st == OVF_OK)
        st = ovf_buffer_printf(
            p->out,
            ": journeys a day</figcaption>\n<svg role=\"group\" aria-label=\"Journeys a day\" "
            "width=\"100%%\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"120\">\n"
            "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
            OVF_FIGURE_WIDTH * OVF_FIGURE_UNIT, HEIGHT);
    if (st == OVF_OK)
        st = put_parts(p, series);
    return st == OVF_OK ? put(p, "</svg>\n</figure>\n") : st;
}

static const char heading[] =
    "<section id=\"report-timeline\">\n<h2>Timeline</h2>\n"
    "<svg width=\"0\" height=\"0\" aria-hidden=\"true\"><defs><pattern id=\"report-hatch\" "
    "width=\"60\" height=\"60\" patternUnits=\"userSpaceOnUse\"><path stroke=\"#999\" "
    "stroke-width=\"10\" d=\"M-10 70L70 -10\"/></pattern></defs></svg>\n";

static const char caption[] =
    "<p>Pale: journeys of which it is not known whether they were the watch's. Hatched: days of "
    "which the inputs have no data, which are no zeros. Shaded: a halt, darker where it may have "
    "begun; green: when flights may have resumed. Dashed: the rate of a segment, a day of usual "
    "hearing. Lines: what was asked, ordered, prohibited, inspected and said, with the numbers of "
    "their rows; an arrow where it lies beside these days.</p>\n</section>\n";

enum ovf_status ovf_view_series_figure(struct ovf_view *view, struct ovf_buffer *out,
                                       struct ovf_error *err)
{
    struct plot p = {.view = view, .out = out, .err = err};
    struct ovf_buffer series = {0};
    const size_t before = out->len;
    enum ovf_status st = OVF_OK;
    if (!ovf_view_has(view, OVF_VIEW_SERIES))
        return OVF_OK;
    st = ovf_view_write(view, OVF_VIEW_SERIES, NULL, &series, err);
    if (st == OVF_OK)
        st = ovf_buffer_append(&series, "", 1);
    if (st == OVF_OK)
        st = put(&p, heading);
    const size_t empty = out->len;
    if (st == OVF_OK)
        st = ovf_view_each(
            view, "SELECT value,value->>'watch' FROM json_each(?1,'$.series') ORDER BY key",
            (const char *)series.data, put_watch, &p, err);
    if (st == OVF_OK && out->len > empty)
        st = put(&p, caption);
    else
        out->len = before;
    ovf_buffer_deinit(&series);
    free(p.days);
    return st;
}
