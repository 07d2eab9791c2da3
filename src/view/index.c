/* SPDX-License-Identifier: Apache-2.0 */
/* The document that a page asks for first. */
#include <string.h>

#include "view/view_parts.h"

static const char *const mode_names[] = {
    [OVF_VIEW_REPORT] = "report", [OVF_VIEW_SERVE] = "serve", [OVF_VIEW_LIVE] = "live"};

/* In the form that tar1090 has them: ?icao= and ?showTrace= are common to all that run it. */
static const struct {
    const char *name;
    const char *address;
} links[] = {
    {"adsbexchange", "https://globe.adsbexchange.com/?icao={icao24}&showTrace={day}"},
    {"adsb.lol", "https://adsb.lol/?icao={icao24}&showTrace={day}"},
    {"airplanes.live", "https://globe.airplanes.live/?icao={icao24}&showTrace={day}"},
    {"adsb.fi", "https://globe.adsb.fi/?icao={icao24}&showTrace={day}"},
    {"flightradar24", "https://www.flightradar24.com/data/aircraft/{registration}"},
};

bool ovf_view_link(size_t i, const char **name, const char **address)
{
    if (i >= sizeof links / sizeof *links)
        return false;
    *name = links[i].name;
    *address = links[i].address;
    return true;
}

static void put_links(struct ovf_json_writer *json)
{
    ovf_json_open(json, "links", '{');
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        ovf_json_text(json, links[i].name, links[i].address);
    ovf_json_close(json, '}');
}

static enum ovf_status put_owed(void *context, sqlite3_stmt *stmt)
{
    struct ovf_view_writing *const w = context;
    const char *const text = ovf_view_column(stmt, 0);
    ovf_json_open(&w->json, NULL, '{');
    ovf_json_text(&w->json, "text", text);
    if (strstr(text, "OpenStreetMap") != NULL)
        ovf_json_text(&w->json, "url", "https://www.openstreetmap.org/copyright");
    ovf_json_close(&w->json, '}');
    return OVF_OK;
}

static enum ovf_status put_attribution(struct ovf_view_writing *w)
{
    const char *const of_pack = w->view->source.pack != NULL
                                    ? ovf_pack_text(w->view->source.pack, "countries.attribution")
                                    : NULL;
    ovf_json_open(&w->json, "attribution", '[');
    const enum ovf_status st = ovf_view_each(w->view, OVF_VIEW_OWED, of_pack, put_owed, w, w->err);
    ovf_json_close(&w->json, ']');
    return st;
}

static void put_tiles(struct ovf_view_writing *w)
{
    if (w->view->source.tiles == NULL)
        return;
    ovf_json_open(&w->json, "tiles", '{');
    ovf_json_text(&w->json, "format",
                  w->view->source.tiles->kind == OVF_TILES_XYZ ? "xyz" : "pmtiles");
    ovf_json_text(&w->json, "url", w->view->source.tiles->url);
    ovf_json_int(&w->json, "size_px", 256);
    ovf_json_close(&w->json, '}');
}

static void put_withheld(struct ovf_view_writing *w)
{
    const struct ovf_view_withheld n = w->view->withheld;
    ovf_json_open(&w->json, "withheld", '{');
    ovf_json_int(&w->json, "ladd", (int64_t)n.n_ladd);
    ovf_json_int(&w->json, "pia", (int64_t)n.n_pia);
    ovf_json_int(&w->json, "permits", (int64_t)n.n_permits);
    ovf_json_int(&w->json, "notes", (int64_t)n.n_notes);
    ovf_json_close(&w->json, '}');
}

static enum ovf_status put_flag(void *context, sqlite3_stmt *stmt)
{
    struct ovf_view_writing *const w = context;
    if (sqlite3_column_int(stmt, 0) != 0)
        ovf_json_bool(&w->json, "simulated", true);
    return OVF_OK;
}

static enum ovf_status put_time(void *context, sqlite3_stmt *stmt)
{
    struct ovf_view_writing *const w = context;
    ovf_view_put_text(&w->json, "generated", stmt, 0);
    return OVF_OK;
}

const char *ovf_view_title(const struct ovf_view *view)
{
    const char *const path = view->source.store_path;
    const char *const slash = strrchr(path, '/');
    if (view->source.title != NULL)
        return view->source.title;
    if (view->source.the_case != NULL)
        return view->source.the_case->name;
    return slash != NULL ? slash + 1 : path;
}

enum ovf_status ovf_view_put_index(struct ovf_view_writing *w)
{
    ovf_json_text(&w->json, "version", OVF_VERSION);
    ovf_json_text(&w->json, "api", "v1");
    ovf_json_text(&w->json, "title", ovf_view_title(w->view));
    ovf_json_text(&w->json, "mode", mode_names[w->view->source.mode]);
    ovf_json_bool(&w->json, "public", w->view->source.is_public);
    enum ovf_status st = ovf_view_each(w->view, "SELECT coalesce(max(simulated),0) FROM crossings",
                                       NULL, put_flag, w, w->err);
    put_withheld(w);
    ovf_json_open(&w->json, "documents", '[');
    for (unsigned i = OVF_VIEW_CASE; i < OVF_VIEW_N; i++) {
        if (ovf_view_has(w->view, (enum ovf_view_document)i))
            ovf_json_text(&w->json, NULL, ovf_view_name((enum ovf_view_document)i));
    }
    ovf_json_close(&w->json, ']');
    put_links(&w->json);
    put_tiles(w);
    if (st == OVF_OK)
        st = put_attribution(w);
    if (st == OVF_OK)
        st = ovf_view_each(w->view,
                           "SELECT coalesce((SELECT max(as_of) FROM findings),"
                           "(SELECT max(last) FROM inputs),(SELECT max(flight_end) FROM flights))",
                           NULL, put_time, w, w->err);
    return st;
}
