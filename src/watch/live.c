/* SPDX-License-Identifier: Apache-2.0 */
#include "watch/live.h"

#include <stdio.h>
#include <string.h>

#include "base/json_writer.h"
#include "base/time.h"
#include "track/address.h"

/* Who was not heard for longer is not shown: nobody knows where it is. */
static const int64_t shown_ns = 60 * OVF_NS_PER_S;

/* What an address is followed by at the most, as text. */
enum { TEXT_SIZE = 16 };

struct writing {
    const struct ovf_watch_live *of;
    struct ovf_json_writer json;
    int64_t now_ns;
};

static void put_feed(struct ovf_json_writer *json, const struct ovf_watch_source *source,
                     bool is_public)
{
    const struct ovf_feed_counts counts = ovf_watch_source_counts(source);
    ovf_json_open(json, NULL, '{');
    ovf_json_text(json, "name", is_public ? source->public_name : source->name);
    ovf_json_bool(json, "ended", source->is_ended);
    ovf_json_int(json, "bytes", (int64_t)counts.n_bytes);
    ovf_json_int(json, "reports_used", (int64_t)counts.n_used);
    ovf_json_int(json, "reports_rejected", (int64_t)counts.n_rejected);
    ovf_json_int(json, "noise_bytes", (int64_t)counts.n_noise_bytes);
    ovf_json_close(json, '}');
}

/** The airspaces that are asked for around a place, whatever the altitude. */
static void put_airspaces(struct writing *w, struct ovf_point at)
{
    const struct ovf_engine_config *const config = w->of->config;
    ovf_json_open(&w->json, "airspaces", '[');
    for (size_t l = 0; l < config->n_layers; l++) {
        const struct ovf_engine_layer *const layer = &config->layers[l];
        struct ovf_members members;
        ovf_index_locate(&layer->edition->index, at, &members);
        for (uint32_t i = ovf_members_next(&members, 0); i < OVF_MEMBERS_MAX;
             i = ovf_members_next(&members, i + 1)) {
            if (ovf_members_has(&layer->wanted, i))
                ovf_json_text(&w->json, NULL, layer->edition->airspaces[i].code);
        }
    }
    ovf_json_close(&w->json, ']');
}

/** What the feeds say of it, else the fix itself. */
static void put_names(struct writing *w, const struct ovf_live_aircraft *aircraft)
{
    const struct ovf_identity *const identity =
        ovf_identities_find(w->of->identities, aircraft->address);
    const struct ovf_fix *const fix = aircraft->last;
    char text[TEXT_SIZE];
    ovf_address_format(aircraft->address, text);
    ovf_json_text(&w->json, "icao24", text);
    if ((fix->has & OVF_FIX_CALLSIGN) != 0) {
        (void)snprintf(text, sizeof text, "%.8s", fix->callsign);
        ovf_json_text(&w->json, "callsign", text);
    }
    if (identity != NULL && identity->registration[0] != '\0')
        ovf_json_text(&w->json, "registration", identity->registration);
    if (identity != NULL && identity->type_code[0] != '\0')
        ovf_json_text(&w->json, "type_code", identity->type_code);
}

static void put_aircraft(void *context, const struct ovf_live_aircraft *aircraft)
{
    struct writing *const w = context;
    struct ovf_json_writer *const json = &w->json;
    const struct ovf_fix *const fix = aircraft->last;
    ovf_json_open(json, NULL, '{');
    put_names(w, aircraft);
    ovf_json_number(json, "lat_deg", ovf_deg_from_e7(fix->at.lat_e7), 5);
    ovf_json_number(json, "lon_deg", ovf_deg_from_e7(fix->at.lon_e7), 5);
    if ((fix->has & OVF_FIX_TRACK) != 0)
        ovf_json_number(json, "track_deg", (double)fix->track_deg, 0);
    if ((fix->has & OVF_FIX_GS) != 0)
        ovf_json_number(json, "gs_kt", (double)fix->gs_kt, 0);
    if ((fix->has & OVF_FIX_ALT_BARO) != 0)
        ovf_json_int(json, "alt_baro_ft", fix->alt_baro_ft);
    if ((fix->flags & OVF_FIX_ON_GROUND) != 0)
        ovf_json_bool(json, "on_ground", true);
    const int64_t ago_ns = w->now_ns - fix->t_ns;
    ovf_json_number(json, "seen_s", ago_ns > 0 ? (double)ago_ns / (double)OVF_NS_PER_S : 0, 1);
    put_airspaces(w, fix->at);
    ovf_json_close(json, '}');
}

static void put_withheld(struct ovf_json_writer *json, const struct ovf_watch_live *of)
{
    ovf_json_open(json, "withheld", '{');
    ovf_json_bool(json, "aircraft", of->is_public);
    ovf_json_int(json, "alerts_ladd", (int64_t)of->n_ladd);
    ovf_json_int(json, "alerts_pia", (int64_t)of->n_pia);
    ovf_json_close(json, '}');
}

enum ovf_status ovf_watch_live_write(const struct ovf_watch_live *of, struct ovf_buffer *out)
{
    const int64_t stream_ns = ovf_live_time(of->live);
    struct writing w = {of, ovf_json_begin(out), of->is_live ? of->now_ns : stream_ns};
    ovf_json_open(&w.json, NULL, '{');
    ovf_json_text(&w.json, "type", "live");
    if (of->is_live || stream_ns != INT64_MIN)
        ovf_json_time(&w.json, "now", w.now_ns);
    ovf_json_open(&w.json, "feeds", '[');
    for (size_t i = 0; i < of->n_sources; i++)
        put_feed(&w.json, &of->sources[i], of->is_public);
    ovf_json_close(&w.json, ']');
    put_withheld(&w.json, of);
    ovf_json_open(&w.json, "aircraft", '[');
    if (!of->is_public && stream_ns != INT64_MIN)
        ovf_live_each(of->live, stream_ns - shown_ns, put_aircraft, &w);
    ovf_json_close(&w.json, ']');
    ovf_json_close(&w.json, '}');
    return w.json.status;
}
