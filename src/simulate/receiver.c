/* SPDX-License-Identifier: Apache-2.0 */
/* Hearing. The frames of one row follow each other as fast as one after the other can be sent, so that the time of
 * each is the row's to a millisecond. */
#include "simulate/receiver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/number.h"
#include "base/time.h"
#include "simulate/encode.h"
#include "simulate/write.h"

#define FRAME_NS                                                                                   \
    (120 * (OVF_NS_PER_MS / 1000)) /* 112 bits at 1 Mbit/s and 8 microseconds of preamble */

enum { NAME_EVERY = 4, SIGNAL = 128, TICKS_PER_US = 12 };

/* The first stamp: none that says "no clock". */
#define FIRST_TICK UINT64_C(12000000)
#define STAMP_MLAT UINT64_C(0xFF004D4C4154)

enum { TYPE_SURFACE = 7, TYPE_AIRBORNE = 11, TYPE_AIRBORNE_UNKNOWN = 18 };

void ovf_hearing_deinit(struct ovf_hearing *hearing)
{
    ovf_buffer_deinit(&hearing->bytes);
    free(hearing->items);
    *hearing = (struct ovf_hearing){0};
}

/** What was appended to the bytes since \p offset is one thing, heard at \p t_ns. */
static enum ovf_status note(struct ovf_hearing *hearing, int64_t t_ns, size_t offset, bool is_mlat)
{
    struct ovf_heard_at *grown =
        ovf_array_reserve(hearing->items, &hearing->capacity, hearing->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    hearing->items = grown;
    hearing->items[hearing->n] = (struct ovf_heard_at){
        t_ns, hearing->n, offset, (uint32_t)(hearing->bytes.len - offset), is_mlat};
    hearing->n++;
    return OVF_OK;
}

/* ---- frames ---- */

/** The frames of one row while they are sent. */
struct sending {
    struct ovf_hearing *hearing;
    int64_t t_ns;
    bool is_mlat;
    enum ovf_status status;
};

static void send(struct sending *sending, struct ovf_encoded message)
{
    const size_t offset = sending->hearing->bytes.len;
    if (sending->status == OVF_OK)
        sending->status =
            ovf_buffer_append(&sending->hearing->bytes, message.bytes, (size_t)message.n_bytes);
    if (sending->status == OVF_OK)
        sending->status = note(sending->hearing, sending->t_ns, offset, sending->is_mlat);
    sending->t_ns += FRAME_NS;
}

static void send_halves(struct sending *sending, const struct ovf_encode_sender *sender,
                        const struct ovf_sim_row *row)
{
    struct ovf_encode_place place = {
        .lat_deg = row->lat_e6 / 1e6,
        .lon_deg = row->lon_e6 / 1e6,
        .type_code = row->on_ground                             ? TYPE_SURFACE
                     : row->integrity == OVF_SIM_INTEGRITY_NONE ? TYPE_AIRBORNE_UNKNOWN
                                                                : TYPE_AIRBORNE,
        .alt_ft = row->alt_ft,
        .gs_kt = row->gs_dkt / 10.0,
        .track_deg = row->track_ddeg / 10.0,
    };
    for (int i = 0; i < 2; i++) {
        place.is_odd = i == 1;
        send(sending, row->on_ground ? ovf_encode_surface(sender, &place)
                                     : ovf_encode_airborne(sender, &place));
    }
}

static void send_velocity(struct sending *sending, const struct ovf_encode_sender *sender,
                          const struct ovf_sim_row *row)
{
    const struct ovf_encode_velocity velocity = {
        .gs_kt = row->gs_dkt / 10.0,
        .track_deg = row->track_ddeg / 10.0,
        .baro_rate_fpm = row->vert_rate_fpm,
        .geom_minus_baro_ft = row->alt_geom_ft - row->alt_ft,
    };
    send(sending, ovf_encode_velocity(sender, &velocity));
}

/** The aircraft's own word. */
static void send_own(struct sending *sending, const struct ovf_sim_flight *flight,
                     const struct ovf_sim_row *row, bool with_name)
{
    const struct ovf_encode_sender sender = {flight->address, 17, row->on_ground ? 4 : 5};
    const bool is_good = row->integrity == OVF_SIM_INTEGRITY_GOOD;
    if (with_name) {
        send(sending, ovf_encode_identification(&sender, flight->callsign));
        send(sending, ovf_encode_status(&sender, ovf_write_squawk(flight->icao24)));
    }
    if (with_name && row->integrity != OVF_SIM_INTEGRITY_UNSTATED)
        send(sending,
             ovf_encode_operation(&sender, row->on_ground, is_good ? 9 : 0, is_good ? 3 : 0));
    if (!row->on_ground)
        send_velocity(sending, &sender, row);
    send_halves(sending, &sender, row);
}

/** A ground station's. */
static void send_of_station(struct sending *sending, const struct ovf_sim_flight *flight,
                            const struct ovf_sim_row *row)
{
    const struct ovf_encode_sender sender = {flight->address, 18, 2};
    for (int i = 0; i < 2; i++) /* the first after a silence has no time yet */
        send(sending, ovf_encode_all_call(flight->address, row->on_ground ? 4 : 5));
    sending->is_mlat = row->source == OVF_SIM_SOURCE_MLAT;
    send_halves(sending, &sender, row);
}

/** What the transponder answers. */
static void send_replies(struct sending *sending, const struct ovf_sim_flight *flight,
                         const struct ovf_sim_row *row)
{
    for (int i = 0; i < 2; i++)
        send(sending, ovf_encode_altitude_reply(flight->address, row->alt_ft));
    send(sending, ovf_encode_all_call(flight->address, 5));
}

/** Whether the names are due again: by turns, and whenever what they say changes. */
static bool names_are_due(const struct ovf_sim_row *rows, size_t i)
{
    return i % NAME_EVERY == 0 || rows[i].flight != rows[i - 1].flight ||
           rows[i].integrity != rows[i - 1].integrity || rows[i].source != rows[i - 1].source;
}

enum ovf_status ovf_hearing_add_frames(struct ovf_hearing *hearing,
                                       const struct ovf_timetable *timetable,
                                       const struct ovf_sim_row *rows, size_t n)
{
    struct sending sending = {.hearing = hearing, .status = OVF_OK};
    for (size_t i = 0; i < n && sending.status == OVF_OK; i++) {
        const struct ovf_sim_flight *const flight = &timetable->flights[rows[i].flight];
        sending.t_ns = rows[i].t_ns;
        sending.is_mlat = false;
        if (rows[i].source == OVF_SIM_SOURCE_NONE)
            send_replies(&sending, flight, &rows[i]);
        else if (rows[i].source == OVF_SIM_SOURCE_ADSB)
            send_own(&sending, flight, &rows[i], names_are_due(rows, i));
        else
            send_of_station(&sending, flight, &rows[i]);
    }
    return sending.status;
}

/* ---- lines ---- */

static enum ovf_status put_line(struct ovf_hearing *hearing, const struct ovf_sim_flight *flight,
                                const struct ovf_sim_row *row, int type, const char *rest)
{
    char time[OVF_TIME_SIZE];
    ovf_time_format(row->t_ns, 3, time);
    time[4] = time[7] = '/';
    const size_t offset = hearing->bytes.len;
    const enum ovf_status st =
        ovf_buffer_printf(&hearing->bytes, "%s,%d,1,1,%06X,1,%.10s,%.12s,%.10s,%.12s,%s\r\n",
                          row->source == OVF_SIM_SOURCE_MLAT ? "MLAT" : "MSG", type,
                          (unsigned)flight->address, time, time + 11, time, time + 11, rest);
    return st == OVF_OK ? note(hearing, row->t_ns, offset, false) : st;
}

static enum ovf_status put_names(struct ovf_hearing *hearing, const struct ovf_sim_flight *flight,
                                 const struct ovf_sim_row *row)
{
    char rest[64];
    (void)snprintf(rest, sizeof rest, "%s,,,,,,,,,,,", flight->callsign);
    enum ovf_status st = put_line(hearing, flight, row, 1, rest);
    (void)snprintf(rest, sizeof rest, ",,,,,,,%04u,0,0,0,", ovf_write_squawk(flight->icao24));
    if (st == OVF_OK)
        st = put_line(hearing, flight, row, 6, rest);
    return st;
}

static enum ovf_status put_replies(struct ovf_hearing *hearing, const struct ovf_sim_flight *flight,
                                   const struct ovf_sim_row *row)
{
    char rest[64];
    enum ovf_status st = OVF_OK;
    (void)snprintf(rest, sizeof rest, ",%d,,,,,,,0,0,0,0", (int)row->alt_ft);
    for (int i = 0; i < 2 && st == OVF_OK; i++)
        st = put_line(hearing, flight, row, 5, rest);
    return st == OVF_OK ? put_line(hearing, flight, row, 8, ",,,,,,,,,,,0") : st;
}

static enum ovf_status put_row(struct ovf_hearing *hearing, const struct ovf_sim_flight *flight,
                               const struct ovf_sim_row *row)
{
    char lat[OVF_NUMBER_SIZE];
    char lon[OVF_NUMBER_SIZE];
    char gs[OVF_NUMBER_SIZE];
    char track[OVF_NUMBER_SIZE];
    char rest[256];
    enum ovf_status st = OVF_OK;
    ovf_number_format_scaled(row->lat_e6, 6, lat);
    ovf_number_format_scaled(row->lon_e6, 6, lon);
    ovf_number_format_scaled(row->gs_dkt, 1, gs);
    ovf_number_format_scaled(row->track_ddeg, 1, track);
    if (row->on_ground) {
        (void)snprintf(rest, sizeof rest, ",0,%s,%s,%s,%s,,,0,0,0,-1", gs, track, lat, lon);
        return put_line(hearing, flight, row, 2, rest);
    }
    (void)snprintf(rest, sizeof rest, ",,%s,%s,,,%d,,,,,0", gs, track, (int)row->vert_rate_fpm);
    st = put_line(hearing, flight, row, 4, rest);
    (void)snprintf(rest, sizeof rest, ",%d,,,%s,%s,,,0,0,0,0", (int)row->alt_ft, lat, lon);
    return st == OVF_OK ? put_line(hearing, flight, row, 3, rest) : st;
}

enum ovf_status ovf_hearing_add_lines(struct ovf_hearing *hearing,
                                      const struct ovf_timetable *timetable,
                                      const struct ovf_sim_row *rows, size_t n)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        const struct ovf_sim_flight *const flight = &timetable->flights[rows[i].flight];
        if (rows[i].source == OVF_SIM_SOURCE_NONE) {
            st = put_replies(hearing, flight, &rows[i]);
            continue;
        }
        if (names_are_due(rows, i))
            st = put_names(hearing, flight, &rows[i]);
        if (st == OVF_OK)
            st = put_row(hearing, flight, &rows[i]);
    }
    return st;
}

/* ---- writing ---- */

static int compare_heard(const void *a, const void *b)
{
    const struct ovf_heard_at *x = a;
    const struct ovf_heard_at *y = b;
    if (x->t_ns != y->t_ns)
        return x->t_ns < y->t_ns ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

static void sort(struct ovf_hearing *hearing)
{
    if (hearing->n > 0)
        qsort(hearing->items, hearing->n, sizeof *hearing->items, compare_heard);
}

/** One frame as Beast: a byte 1A of what follows the type is doubled. */
static enum ovf_status write_frame(const struct ovf_hearing *hearing,
                                   const struct ovf_heard_at *item, uint64_t stamp,
                                   const struct ovf_sink *sink)
{
    enum { ESCAPE = 0x1A, STAMP_BYTES = 6 };
    unsigned char body[STAMP_BYTES + 1 + OVF_ENCODED_MAX_BYTES];
    unsigned char out[2 + 2 * sizeof body] = {ESCAPE, item->len == 7 ? '2' : '3'};
    size_t n = 2;
    for (int i = 0; i < STAMP_BYTES; i++)
        body[i] = (unsigned char)(stamp >> (8 * (STAMP_BYTES - 1 - i)));
    body[STAMP_BYTES] = SIGNAL;
    memcpy(body + STAMP_BYTES + 1, hearing->bytes.data + item->offset, item->len);
    for (size_t i = 0; i < STAMP_BYTES + 1 + item->len; i++) {
        out[n++] = body[i];
        if (body[i] == ESCAPE)
            out[n++] = ESCAPE;
    }
    return ovf_sink_write(sink, out, n);
}

enum ovf_status ovf_hearing_write_beast(struct ovf_hearing *hearing, const struct ovf_sink *sink,
                                        int64_t *start_ns)
{
    enum ovf_status st = OVF_OK;
    sort(hearing);
    if (hearing->n > 0)
        *start_ns = hearing->items[0].t_ns;
    for (size_t i = 0; i < hearing->n && st == OVF_OK; i++) {
        const struct ovf_heard_at *const item = &hearing->items[i];
        const uint64_t since_us = (uint64_t)(item->t_ns - *start_ns) / 1000;
        st = write_frame(hearing, item,
                         item->is_mlat ? STAMP_MLAT : FIRST_TICK + since_us * TICKS_PER_US, sink);
    }
    return st;
}

enum ovf_status ovf_hearing_write_lines(struct ovf_hearing *hearing, const struct ovf_sink *sink)
{
    enum ovf_status st = OVF_OK;
    sort(hearing);
    for (size_t i = 0; i < hearing->n && st == OVF_OK; i++)
        st = ovf_sink_write(sink, hearing->bytes.data + hearing->items[i].offset,
                            hearing->items[i].len);
    return st;
}
