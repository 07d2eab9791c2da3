/* SPDX-License-Identifier: Apache-2.0 */
/* Frames to fixes. */
#include "read/receiver.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "decode/stream.h"
#include "read/field.h"
#include "read/heard_fix.h"

struct ovf_receiver {
    uint32_t item;
    struct ovf_read_options options;
    ovf_receiver_row_fn *row;
    void *context;
    struct ovf_stream *stream;              /* NULL: no byte was seen */
    uint16_t number;                        /* of the receiver whose frames are read */
    const struct ovf_receiver_place *place; /* where it stands; NULL: nobody knows */
    uint64_t n_unnumbered; /* how often one came for whose number there is no room */
    struct ovf_tally rows;
    char first_rejected[OVF_READ_FAULT_SIZE];
    char note[200];
};

enum ovf_status ovf_receiver_new(uint32_t item, const struct ovf_read_options *options,
                                 ovf_receiver_row_fn *row, void *context, struct ovf_receiver **out)
{
    struct ovf_receiver *receiver = calloc(1, sizeof *receiver);
    if (receiver == NULL)
        return OVF_E_NOMEM;
    receiver->item = item;
    receiver->options = *options;
    receiver->place = options->has_receiver ? &receiver->options.receiver : NULL;
    receiver->row = row;
    receiver->context = context;
    *out = receiver;
    return OVF_OK;
}

void ovf_receiver_free(struct ovf_receiver *receiver)
{
    if (receiver == NULL)
        return;
    ovf_stream_free(receiver->stream);
    free(receiver);
}

static enum ovf_fix_source fix_source(uint8_t source)
{
    static const uint8_t sources[] = {[OVF_MESSAGE_MODE_S] = OVF_SOURCE_MODE_S,
                                      [OVF_MESSAGE_ADSB] = OVF_SOURCE_ADSB,
                                      [OVF_MESSAGE_ADSR] = OVF_SOURCE_ADSR,
                                      [OVF_MESSAGE_TISB] = OVF_SOURCE_TISB,
                                      [OVF_MESSAGE_MLAT] = OVF_SOURCE_MLAT};
    return (enum ovf_fix_source)sources[source];
}

static unsigned decoding_flags(enum ovf_place_kind kind)
{
    const unsigned decoding =
        kind == OVF_PLACE_GLOBAL ? OVF_DECODING_CPR_GLOBAL : OVF_DECODING_CPR_LOCAL;
    return decoding << OVF_FIX_DECODING_SHIFT;
}

/** What the message with the position says itself. */
static void set_fix(struct ovf_fix *fix, const struct ovf_decoded *report, int64_t t_ns,
                    const struct ovf_receiver *r)
{
    const struct ovf_message *const m = &report->message;
    const struct ovf_integrity integrity = ovf_decoded_integrity(report);
    fix->t_ns = t_ns;
    fix->at = report->placed.at;
    fix->receiver = r->number;
    fix->source = (uint8_t)fix_source(m->source);
    fix->flags =
        (uint16_t)((m->on_ground ? OVF_FIX_ON_GROUND : 0U) | decoding_flags(report->placed.kind));
    if (r->place != NULL &&
        m->source == OVF_MESSAGE_ADSB) /* what a ground station sends is not it */
        fix->flags |= OVF_FIX_DIRECT;
    if ((m->has & OVF_MESSAGE_ALT_BARO) != 0) {
        fix->alt_baro_ft = m->alt_baro_ft;
        fix->has |= OVF_FIX_ALT_BARO;
    }
    if ((m->has & OVF_MESSAGE_ALT_GEOM) != 0) {
        fix->alt_geom_ft = m->alt_geom_ft;
        fix->has |= OVF_FIX_ALT_GEOM;
    }
    if (integrity.has_nic) {
        fix->nic = integrity.nic & 15U;
        fix->has |= OVF_FIX_NIC;
    }
    if (integrity.has_rc) {
        fix->rc_m = integrity.rc_m;
        fix->has |= OVF_FIX_RC;
    }
}

/** Why a frame that came to no message is none of those that count as used. */
static enum ovf_reject reject_of_fate(uint8_t fate)
{
    switch (fate) {
    case OVF_FATE_BAD_PARITY:
        return OVF_REJECT_BAD_PARITY;
    case OVF_FATE_UNKNOWN_ADDRESS:
        return OVF_REJECT_UNKNOWN_SENDER;
    case OVF_FATE_NO_TIME:
        return OVF_REJECT_BAD_TIME;
    default:
        return OVF_REJECT_FORMAT_NOT_READ;
    }
}

/** Why a frame is none of those that count as used; OVF_REJECT_N: it is. */
static inline enum ovf_reject reject_of(const int64_t *t_ns, const struct ovf_decoded *report)
{
    if (report->fate != OVF_FATE_MESSAGE)
        return reject_of_fate(report->fate);
    if (!ovf_read_time_in_range(*t_ns))
        return OVF_REJECT_BAD_TIME;
    if (report->placed.is_refused)
        return OVF_REJECT_OUT_OF_REACH;
    return report->placed.kind != OVF_PLACE_NONE && !report->placed.is_confirmed
               ? OVF_REJECT_UNCONFIRMED
               : OVF_REJECT_N;
}

__attribute__((noinline)) static void reject(struct ovf_receiver *r, enum ovf_reject reason)
{
    ovf_read_fault_note(r->first_rejected, r->rows.n_read, NULL, NULL, 0, reason);
    ovf_tally_reject(&r->rows, reason);
}

/** Tells, where it is so, that the receiver heard the aircraft, which gave no position. */
static inline enum ovf_status tell_hearing(const struct ovf_receiver *r,
                                           const struct ovf_decoded *report, int64_t t_ns)
{
    if (!report->is_hearing || r->place == NULL)
        return OVF_OK;
    const struct ovf_record record = {r->item, (uint32_t)r->rows.n_read};
    struct ovf_fix fix = ovf_heard_fix_hearing(report->aircraft, t_ns, r->place->at, record);
    fix.receiver = r->number;
    return r->row(r->context, report->message.address, &fix, NULL);
}

static enum ovf_status take_frame(void *context, const struct ovf_radio_frame *frame,
                                  const int64_t *t_ns, const struct ovf_decoded *report)
{
    struct ovf_receiver *r = context;
    (void)frame;
    const uint64_t number = r->rows.n_read;
    const enum ovf_reject reason =
        number > UINT32_MAX ? OVF_REJECT_TOO_MANY_ROWS : reject_of(t_ns, report);
    if (reason != OVF_REJECT_N) {
        reject(r, reason);
        return OVF_OK;
    }
    ovf_tally_use(&r->rows);
    if (report->placed.kind == OVF_PLACE_NONE)
        return tell_hearing(r, report, *t_ns);
    struct ovf_fix fix = {.record = {r->item, (uint32_t)number}};
    set_fix(&fix, report, *t_ns, r);
    ovf_heard_fix_fill(&fix, report->aircraft);
    return r->row(r->context, report->message.address, &fix, NULL);
}

static enum ovf_status hear(void *context, struct ovf_heard_by by, struct ovf_point *at,
                            bool *is_placed)
{
    struct ovf_receiver *r = context;
    enum ovf_status st = OVF_OK;
    r->number = 0;
    if (by.is_named)
        st = ovf_receivers_number(r->options.receivers, by.id, &r->number);
    if (by.is_named && r->number == 0)
        r->n_unnumbered++;
    if (by.is_one_of_many)
        r->place = r->number != 0 ? ovf_receivers_place(r->options.receivers, r->number) : NULL;
    else
        r->place = r->options.has_receiver ? &r->options.receiver : NULL;
    *is_placed = r->place != NULL;
    if (r->place != NULL)
        *at = r->place->at;
    return st;
}

static enum ovf_status open_stream(struct ovf_receiver *r, struct ovf_bytes head)
{
    const struct ovf_stream_options options = {
        .format = !r->options.knows_frames ? ovf_stream_sniff(head)
                  : r->options.is_avr      ? OVF_STREAM_AVR
                                           : OVF_STREAM_BEAST,
        .clock = r->options.clock,
        .receiver = r->place != NULL ? &r->place->at : NULL,
        .hear = r->options.receivers != NULL ? hear : NULL,
        .max_aircraft = OVF_DECODER_MAX_AIRCRAFT,
    };
    return ovf_stream_new(&options, take_frame, r, &r->stream);
}

enum ovf_status ovf_receiver_feed(struct ovf_receiver *receiver, struct ovf_bytes bytes,
                                  const int64_t *now_ns, enum ovf_reject *reject,
                                  struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    if (receiver->options.clock.kind == OVF_CLOCK_NONE && now_ns == NULL) {
        *reject = OVF_REJECT_NO_START;
        return ovf_error_set(err, OVF_E_FORMAT,
                             "when it was recorded is not in it: state --start, the day (stamps "
                             "that are the time of day) or the instant of the first frame");
    }
    if (receiver->stream == NULL && bytes.len > 0)
        st = open_stream(receiver, bytes);
    if (st == OVF_OK && bytes.len > 0)
        st = ovf_stream_feed(receiver->stream, bytes, now_ns, err);
    if (st == OVF_E_FORMAT)
        *reject = OVF_REJECT_NO_START;
    return st;
}

enum ovf_status ovf_receiver_finish(struct ovf_receiver *receiver, enum ovf_reject *reject,
                                    struct ovf_error *err)
{
    struct ovf_stream *const stream = receiver->stream;
    const enum ovf_status st = stream != NULL ? ovf_stream_finish(stream) : OVF_OK;
    if (st != OVF_OK)
        return st;
    if (stream == NULL || ovf_stream_frames(stream)->n_frames == 0) {
        *reject = OVF_REJECT_NO_FRAMES;
        return ovf_error_set(err, OVF_E_FORMAT, "%s", ovf_reject_words(*reject));
    }
    const struct ovf_radio_counts *const frames = ovf_stream_frames(stream);
    (void)snprintf(receiver->note, sizeof receiver->note,
                   "%zu senders; frames cut or broken: %" PRIu64 ", bytes of noise: %" PRIu64
                   ", with one bit put right: %" PRIu64 "%s",
                   ovf_stream_n_senders(stream), frames->n_broken, frames->n_noise_bytes,
                   ovf_stream_counts(stream).n_corrected,
                   receiver->n_unnumbered > 0 ? "; more receivers than are told apart" : "");
    return OVF_OK;
}

const struct ovf_tally *ovf_receiver_rows(const struct ovf_receiver *receiver)
{
    return &receiver->rows;
}

const char *ovf_receiver_first_rejected(const struct ovf_receiver *receiver)
{
    return receiver->first_rejected;
}

const char *ovf_receiver_note(const struct ovf_receiver *receiver)
{
    return receiver->note;
}

uint64_t ovf_receiver_n_noise_bytes(const struct ovf_receiver *receiver)
{
    return receiver->stream != NULL ? ovf_stream_frames(receiver->stream)->n_noise_bytes : 0;
}

uint64_t ovf_receiver_n_dropped(const struct ovf_receiver *receiver)
{
    return receiver->stream != NULL ? ovf_stream_counts(receiver->stream).n_dropped : 0;
}
