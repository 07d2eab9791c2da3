/* SPDX-License-Identifier: Apache-2.0 */
/* Traces of the world day as text, key by key as readsb writes them: an object has 20 keys or more, so it
 * is most of the bytes. Numbers are integers of the last printed digit.
 *
 * Written again by a JSON library a trace has no newlines, and numbers lose their last zeros but for one
 * behind the point. */
#include "simulate/world_text.h"

#include <inttypes.h>
#include <string.h>

#include "base/number.h"
#include "base/time.h"

enum { FLAG_SILENT_BEFORE = 1, FLAG_NEW_LEG = 2 };

/** What is appended, until memory fails. */
struct writing {
    struct ovf_buffer *out;
    enum ovf_status st;
    bool again; /* by a JSON library */
};

static void put(struct writing *w, const char *text)
{
    if (w->st == OVF_OK)
        w->st = ovf_buffer_append(w->out, text, strlen(text));
}

/** \p line and its newline, or not. */
static void put_line(struct writing *w, const char *line)
{
    put(w, line);
    if (!w->again)
        put(w, "\n");
}

/** \p value / 10^\p n_decimals; written here because most of what a trace is made of are numbers. */
static void put_scaled(struct writing *w, const char *before, int64_t value, int n_decimals)
{
    char text[OVF_NUMBER_SIZE];
    char *const end = text + sizeof text;
    char *at = end;
    size_t n_dropped = 0;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    for (int i = 0; i < n_decimals || rest > 0 || i == n_decimals; i++) {
        if (i == n_decimals && i > 0)
            *--at = '.';
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (value < 0)
        *--at = '-';
    while (w->again && n_decimals > 1 && end[-1 - (ptrdiff_t)n_dropped] == '0' &&
           end[-2 - (ptrdiff_t)n_dropped] != '.')
        n_dropped++;
    put(w, before);
    if (w->st == OVF_OK)
        w->st = ovf_buffer_append(w->out, at, (size_t)(end - at) - n_dropped);
}

static void put_text(struct writing *w, const char *before, const char *text)
{
    put(w, before);
    put(w, text);
    put(w, "\"");
}

enum ovf_status ovf_world_put_header(const struct ovf_world_day *day,
                                     const struct ovf_world_aircraft *aircraft,
                                     struct ovf_buffer *out)
{
    struct writing w = {out, OVF_OK, day->without_newlines};
    w.st = ovf_buffer_printf(out, "{\"icao\":\"%06" PRIx32, aircraft->icao24);
    put_line(&w, "\",");
    put_scaled(&w, "\"r\":\"XX-", aircraft->icao24 & 0xFFFFF, 0);
    put_line(&w, "\",");
    put_text(&w, "\"t\":\"", aircraft->type_code);
    put_line(&w, ",");
    put_line(&w, "\"dbFlags\":0,");
    put_text(&w, "\"desc\":\"", aircraft->description);
    put_line(&w, ",");
    put_line(&w, "\"simulated\":true,");
    put_line(&w, "\"version\":\"overflight simulate\",");
    put_scaled(&w, w.again ? "\"timestamp\":" : "\"timestamp\": ", day->day_ns / OVF_NS_PER_MS, 3);
    put_line(&w, ",");
    put_line(&w, w.again ? "\"trace\":[" : "\"trace\":[ ");
    return w.st;
}

static int32_t rounded_to(int32_t value, int32_t step)
{
    return (value + (value < 0 ? -step : step) / 2) / step * step;
}

/** What an aircraft that is asked says of its flight through the air. */
static void put_air_data(struct writing *w, const struct ovf_world_row *row)
{
    const int32_t colder = row->alt_ft > 36000 ? 71 : row->alt_ft * 2 / 1000;
    put_scaled(w, ",\"ias\":", row->ias_kt, 0);
    put_scaled(w, ",\"tas\":", rounded_to(row->tas_kt, 2), 0);
    put_scaled(w, ",\"mach\":", rounded_to(row->tas_kt * 1000 / (661 - 5 * colder / 4), 4), 3);
    put_scaled(w, ",\"wd\":", row->wind_from_deg, 0);
    put_scaled(w, ",\"ws\":", row->wind_kt, 0);
    put_scaled(w, ",\"oat\":", 15 - colder, 0);
    put_scaled(w, ",\"tat\":", 15 - colder + row->tas_kt * row->tas_kt / 7600, 0);
}

static void put_attitude(struct writing *w, const struct ovf_world_row *row)
{
    const int32_t heading_cdeg = (row->track_cdeg + row->wind_kt * 7 + row->roll_cdeg) % 36000;
    put_scaled(w, ",\"track_rate\":", row->roll_cdeg / 80, 2);
    put_scaled(w, ",\"roll\":", row->roll_cdeg, 2);
    put_scaled(w, ",\"mag_heading\":", (heading_cdeg + 35700) % 36000, 2);
    put_scaled(w, ",\"true_heading\":", (heading_cdeg + 36000) % 36000, 2);
}

static void put_selected(struct writing *w, const struct ovf_world_aircraft *a,
                         const struct ovf_world_row *row)
{
    const int32_t cruise_ft = (int32_t)a->performance.cruise_fl * 100;
    const int32_t selected_ft = row->vert_rate_fpm < 0 ? cruise_ft / 3 : cruise_ft;
    put(w, ",\"nav_qnh\":1013.6");
    put_scaled(w, ",\"nav_altitude_mcp\":", rounded_to(selected_ft, 16), 0);
    put_scaled(w, ",\"nav_heading\":", (row->track_cdeg + a->wind_kt * 4) / 70 * 70, 2);
}

static void put_quality(struct writing *w, const struct ovf_world_aircraft *a)
{
    put_scaled(w, ",\"nic\":", a->nic, 0);
    put_scaled(w, ",\"rc\":", a->rc_m, 0);
    put_scaled(w, ",\"version\":", a->version, 0);
    put_scaled(w, ",\"nic_baro\":1,\"nac_p\":", a->nac_p, 0);
    put_scaled(w, ",\"nac_v\":", a->nac_v, 0);
    put_scaled(w, ",\"sil\":", a->sil, 0);
    if (a->version < 2)
        put(w, ",\"sil_type\":\"unknown\",\"alert\":0,\"spi\":0}");
    else
        put(w, ",\"sil_type\":\"perhour\",\"gva\":2,\"sda\":2,\"alert\":0,\"spi\":0}");
}

static void put_object(struct writing *w, const struct ovf_world_maker *m,
                       const struct ovf_world_row *row)
{
    const struct ovf_world_aircraft *const a = &m->aircraft;
    char squawk[5] = {
        (char)('0' + m->squawk_digits / 512 % 8), (char)('0' + m->squawk_digits / 64 % 8),
        (char)('0' + m->squawk_digits / 8 % 8), (char)('0' + m->squawk_digits % 8), '\0'};
    put_text(w, "{\"type\":\"adsb_icao\",\"flight\":\"", m->callsign);
    if (!row->on_ground) {
        put_scaled(w, ",\"alt_geom\":", row->alt_geom_ft, 0);
        if (a->answers)
            put_air_data(w, row);
        put_scaled(w, ",\"track\":", row->track_cdeg, 2);
        if (a->answers)
            put_attitude(w, row);
        put_scaled(w, ",\"baro_rate\":", row->vert_rate_fpm, 0);
        if (a->answers)
            put_scaled(w, ",\"geom_rate\":", row->geom_rate_fpm, 0);
    }
    put_text(w, ",\"squawk\":\"", squawk);
    put_text(w, ",\"emergency\":\"none\",\"category\":\"", a->category);
    if (a->selects && !row->on_ground)
        put_selected(w, a, row);
    put_quality(w, a);
}

/** What stands behind the source type: geometric altitude and rate, IAS, roll. */
static void put_tail(struct writing *w, const struct ovf_world_aircraft *a,
                     const struct ovf_world_row *row)
{
    if (row->on_ground) {
        put(w, "null,null,null,null]");
        return;
    }
    put_scaled(w, "", row->alt_geom_ft, 0);
    if (!a->answers) {
        put(w, ",null,null,null]");
        return;
    }
    put_scaled(w, ",", row->geom_rate_fpm, 0);
    put_scaled(w, ",", row->ias_kt, 0);
    put_scaled(w, ",", row->roll_cdeg / 10, 1);
    put(w, "]");
}

enum ovf_status ovf_world_put_row(const struct ovf_world_day *day,
                                  const struct ovf_world_maker *maker,
                                  const struct ovf_world_row *row, bool first, bool with_object,
                                  struct ovf_buffer *out)
{
    struct writing w = {out, OVF_OK, day->without_newlines};
    const int flags =
        (row->after_silence ? FLAG_SILENT_BEFORE : 0) | (row->new_leg ? FLAG_NEW_LEG : 0);
    if (!first)
        put_line(&w, ",");
    put_scaled(&w, "[", row->t_cs, 2);
    put_scaled(&w, ",", row->lat_e6, 6);
    put_scaled(&w, ",", row->lon_e6, 6);
    if (row->on_ground)
        put(&w, ",\"ground\"");
    else
        put_scaled(&w, ",", row->alt_ft, 0);
    put_scaled(&w, ",", row->gs_dkt, 1);
    put_scaled(&w, ",", row->track_cdeg / 10, 1);
    put_scaled(&w, ",", flags, 0);
    if (row->on_ground)
        put(&w, ",null,");
    else
        put_scaled(&w, ",", row->vert_rate_fpm, 0);
    if (!row->on_ground)
        put(&w, ",");
    if (with_object)
        put_object(&w, maker, row);
    else
        put(&w, "null");
    put(&w, ",\"adsb_icao\",");
    put_tail(&w, &maker->aircraft, row);
    return w.st;
}

enum ovf_status ovf_world_put_end(const struct ovf_world_day *day, struct ovf_buffer *out)
{
    return ovf_buffer_append_text(out, day->without_newlines ? "]}" : " ]\n }\n");
}
