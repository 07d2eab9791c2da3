/* SPDX-License-Identifier: Apache-2.0 */
/* Writing rows. Numbers are integers of the last printed digit, so nothing is rounded here. */
#include "simulate/write.h"

#include <inttypes.h>
#include <string.h>

#include "base/number.h"
#include "base/time.h"

enum { OBJECT_EVERY = 4, SQUAWK_MIN = 1000 };

enum { FLAG_SILENT_BEFORE = 1, FLAG_NEW_LEG = 2 };

/** What is appended, until memory fails. */
struct writing {
    struct ovf_buffer *out;
    enum ovf_status st;
};

static void put(struct writing *w, const char *text)
{
    if (w->st == OVF_OK)
        w->st = ovf_buffer_append_text(w->out, text);
}

static void put_scaled(struct writing *w, int64_t value, int n_decimals, const char *after)
{
    char text[OVF_NUMBER_SIZE];
    ovf_number_format_scaled(value, n_decimals, text);
    put(w, text);
    put(w, after);
}

enum ovf_status ovf_write_json_text(struct ovf_buffer *out, const char *text)
{
    struct writing w = {out, OVF_OK};
    put(&w, "\"");
    for (; *text != '\0' && w.st == OVF_OK; text++) {
        if (*text == '"' || *text == '\\') {
            const char escaped[3] = {'\\', *text, '\0'};
            put(&w, escaped);
        } else if ((unsigned char)*text < 0x20) {
            w.st = ovf_buffer_printf(out, "\\u%04x", (unsigned)(unsigned char)*text);
        } else {
            w.st = ovf_buffer_append(out, text, 1);
        }
    }
    put(&w, "\"");
    return w.st;
}

static void put_text(struct writing *w, const char *key, const char *text)
{
    put(w, key);
    if (w->st == OVF_OK)
        w->st = ovf_write_json_text(w->out, text);
}

unsigned ovf_write_squawk(uint32_t icao24)
{
    const unsigned value = icao24 % 3072; /* below octal 6000 */
    return SQUAWK_MIN + (value >> 9 & 7) * 1000 + (value >> 6 & 7) * 100 + (value >> 3 & 7) * 10 +
           (value & 7);
}

static void put_header(struct writing *w, const struct ovf_sim_flight *flight,
                       const struct ovf_sim_row *first)
{
    const struct ovf_scenario_aircraft *const aircraft = flight->aircraft;
    if (w->st == OVF_OK)
        w->st = ovf_buffer_printf(w->out, "{\"icao\":\"%06" PRIx32 "\"", flight->address);
    if (aircraft != NULL) {
        put_text(w, ",\n\"r\":", aircraft->registration);
        put_text(w, ",\n\"t\":", aircraft->type_code);
        if (aircraft->description != NULL)
            put_text(w, ",\n\"desc\":", aircraft->description);
        if (aircraft->owner_operator != NULL)
            put_text(w, ",\n\"ownOp\":", aircraft->owner_operator);
    } else if (w->st == OVF_OK) {
        w->st = ovf_buffer_printf(w->out, ",\n\"r\":\"XX-%06" PRIX32 "\",\n\"t\":\"A320\"",
                                  flight->icao24);
    }
    put(w, ",\n\"dbFlags\":0,\n\"simulated\":true,\n\"version\":\"overflight simulate\""
           ",\n\"timestamp\":");
    put_scaled(w, first->t_ns / OVF_NS_PER_MS, 3, ",\n\"trace\":[");
}

static const char *source_type(const struct ovf_sim_row *row)
{
    static const char *const types[] = {[OVF_SIM_SOURCE_ADSB] = "adsb_icao",
                                        [OVF_SIM_SOURCE_MLAT] = "mlat",
                                        [OVF_SIM_SOURCE_TISB] = "tisb_icao"};
    return types[row->source];
}

static void put_object(struct writing *w, const struct ovf_sim_flight *flight,
                       const struct ovf_sim_row *row)
{
    static const char *const integrity[] = {
        [OVF_SIM_INTEGRITY_GOOD] =
            "\"nic\":8,\"rc\":186,\"version\":2,\"nac_p\":9,\"nac_v\":1,\"sil\":3,",
        [OVF_SIM_INTEGRITY_NONE] =
            "\"nic\":0,\"rc\":0,\"version\":2,\"nac_p\":0,\"nac_v\":0,\"sil\":0,",
        [OVF_SIM_INTEGRITY_UNSTATED] = "",
    };
    if (w->st != OVF_OK)
        return;
    w->st = ovf_buffer_printf(w->out,
                              "{\"type\":\"%s\",\"flight\":\"%-8s\",\"squawk\":\"%04u\","
                              "\"category\":\"A3\",%s\"sil_type\":\"perhour\"},",
                              source_type(row), flight->callsign, ovf_write_squawk(flight->icao24),
                              integrity[row->integrity]);
}

static void put_row(struct writing *w, const struct ovf_sim_row *row, int64_t base_t_ns,
                    const struct ovf_sim_flight *with_object)
{
    const int flags =
        (row->after_silence ? FLAG_SILENT_BEFORE : 0) | (row->new_leg ? FLAG_NEW_LEG : 0);
    put(w, "[");
    put_scaled(w, (row->t_ns - base_t_ns) / (10 * OVF_NS_PER_MS), 2, ",");
    put_scaled(w, row->lat_e6, 6, ",");
    put_scaled(w, row->lon_e6, 6, ",");
    if (row->on_ground)
        put(w, "\"ground\",");
    else
        put_scaled(w, row->alt_ft, 0, ",");
    put_scaled(w, row->gs_dkt, 1, ",");
    put_scaled(w, row->track_ddeg, 1, ",");
    put_scaled(w, flags, 0, ",");
    if (row->on_ground)
        put(w, "null,");
    else
        put_scaled(w, row->vert_rate_fpm, 0, ",");
    if (with_object != NULL)
        put_object(w, with_object, row);
    else
        put(w, "null,");
    put(w, "\"");
    put(w, source_type(row));
    put(w, "\",");
    if (row->on_ground)
        put(w, "null,null,null,null]");
    else
        put_scaled(w, row->alt_geom_ft, 0, ",null,null,null]");
}

enum ovf_status ovf_write_trace(const struct ovf_timetable *timetable,
                                const struct ovf_sim_row *rows, size_t n, struct ovf_buffer *out)
{
    struct writing w = {out, OVF_OK};
    bool is_first = true;
    put_header(&w, &timetable->flights[rows[0].flight], &rows[0]);
    for (size_t i = 0; i < n && w.st == OVF_OK; i++) {
        if (rows[i].source == OVF_SIM_SOURCE_NONE)
            continue;
        const bool changed = is_first || rows[i].flight != rows[i - 1].flight ||
                             rows[i].integrity != rows[i - 1].integrity ||
                             rows[i].source != rows[i - 1].source;
        const bool with_object = changed || i % OBJECT_EVERY == 0;
        put(&w, is_first ? "\n" : ",\n");
        is_first = false;
        put_row(&w, &rows[i], rows[0].t_ns,
                with_object ? &timetable->flights[rows[i].flight] : NULL);
    }
    put(&w, "]}\n");
    return w.st;
}

enum ovf_status ovf_write_csv_header(struct ovf_buffer *out)
{
    return ovf_buffer_append_text(
        out, "time,icao24,callsign,registration,type_code,lat_deg,lon_deg,alt_baro_ft,gs_kt,"
             "track_deg,vert_rate_fpm,on_ground,nic,rc_m,nac_p,sil,source,simulated\n");
}

static void put_csv_row(struct writing *w, const struct ovf_sim_flight *flight,
                        const struct ovf_sim_row *row)
{
    static const char *const integrity[] = {[OVF_SIM_INTEGRITY_GOOD] = ",8,186,9,3,",
                                            [OVF_SIM_INTEGRITY_NONE] = ",0,,0,0,",
                                            [OVF_SIM_INTEGRITY_UNSTATED] = ",,,,,"};
    static const char *const sources[] = {[OVF_SIM_SOURCE_ADSB] = "adsb",
                                          [OVF_SIM_SOURCE_MLAT] = "mlat",
                                          [OVF_SIM_SOURCE_TISB] = "tisb"};
    char time[OVF_TIME_SIZE];
    ovf_time_format(row->t_ns, 2, time);
    if (w->st == OVF_OK)
        w->st = ovf_buffer_printf(w->out, "%s,%06" PRIx32 ",%s,", time, flight->address,
                                  flight->callsign);
    if (flight->aircraft != NULL) {
        put(w, flight->aircraft->registration);
        put(w, ",");
        put(w, flight->aircraft->type_code);
        put(w, ",");
    } else if (w->st == OVF_OK) {
        w->st = ovf_buffer_printf(w->out, "XX-%06" PRIX32 ",A320,", flight->icao24);
    }
    put_scaled(w, row->lat_e6, 6, ",");
    put_scaled(w, row->lon_e6, 6, ",");
    if (row->on_ground)
        put(w, ",");
    else
        put_scaled(w, row->alt_ft, 0, ",");
    put_scaled(w, row->gs_dkt, 1, ",");
    put_scaled(w, row->track_ddeg, 1, ",");
    if (row->on_ground)
        put(w, ",true");
    else
        put_scaled(w, row->vert_rate_fpm, 0, ",false");
    put(w, integrity[row->integrity]);
    put(w, sources[row->source]);
    put(w, ",true\n");
}

enum ovf_status ovf_write_csv(const struct ovf_timetable *timetable, const struct ovf_sim_row *rows,
                              size_t n, struct ovf_buffer *out)
{
    struct writing w = {out, OVF_OK};
    for (size_t i = 0; i < n && w.st == OVF_OK; i++)
        if (rows[i].source != OVF_SIM_SOURCE_NONE)
            put_csv_row(&w, &timetable->flights[rows[i].flight], &rows[i]);
    return w.st;
}
