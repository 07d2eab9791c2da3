/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a receiver's stream, one behind the other. */
#include "decode/stream.h"

#include <stdlib.h>

#include "decode/avr.h"
#include "decode/beast.h"

struct ovf_stream {
    enum ovf_stream_format format;
    struct ovf_beast beast; /* the one of the two that the format names */
    struct ovf_avr avr;
    struct ovf_clock clock;
    uint64_t n_without_time; /* frames that were not decoded for it */
    struct ovf_decoder *decoder;
    struct ovf_aircraft_table *aircraft; /* the decoder's */
    ovf_stream_fn *take;
    ovf_stream_receiver_fn *hear;
    void *context;
    struct ovf_heard_by by; /* whose frames come */
    const int64_t *now_ns;  /* while feeding */
    struct ovf_error *err;  /* likewise */
    int64_t t_ns;           /* of the frame at hand, and what it came to */
    struct ovf_decoded report;
    /* One far ahead of those before waits for the next to tell whether its stamp was broken. */
    bool holds_frame;
    struct ovf_radio_frame held;
    struct ovf_heard_by held_by;
    int64_t held_ns;
};

static bool is_same(const struct ovf_heard_by *a, const struct ovf_heard_by *b)
{
    return a->is_one_of_many == b->is_one_of_many && a->is_named == b->is_named && a->id == b->id;
}

/** The frames that are taken next are heard by \p by. */
static enum ovf_status hear_by(struct ovf_stream *stream, struct ovf_heard_by by)
{
    struct ovf_point at;
    bool is_placed = false;
    if (is_same(&stream->by, &by))
        return OVF_OK;
    stream->by = by;
    const enum ovf_status st = stream->hear(stream->context, by, &at, &is_placed);
    ovf_decoder_hear_at(stream->decoder, is_placed ? &at : NULL);
    return st;
}

/** The same, where Beast says so; the id 0 names nobody. */
static enum ovf_status hear_other(struct ovf_stream *stream)
{
    struct ovf_beast *const beast = &stream->beast;
    const bool is_named = beast->is_heard_by_known && beast->heard_by != 0;
    beast->is_heard_by_news = false;
    return stream->hear != NULL
               ? hear_by(stream, (struct ovf_heard_by){true, is_named, beast->heard_by})
               : OVF_OK;
}

enum ovf_status ovf_stream_new(const struct ovf_stream_options *options, ovf_stream_fn *take,
                               void *context, struct ovf_stream **out)
{
    struct ovf_stream *stream = calloc(1, sizeof *stream);
    if (stream == NULL)
        return OVF_E_NOMEM;
    const enum ovf_status st =
        ovf_decoder_new(options->receiver, options->max_aircraft, &stream->decoder);
    if (st != OVF_OK) {
        free(stream);
        return st;
    }
    stream->aircraft = ovf_decoder_aircraft(stream->decoder);
    stream->format = options->format;
    stream->hear = options->hear;
    stream->clock = options->clock;
    stream->take = take;
    stream->context = context;
    *out = stream;
    return OVF_OK;
}

void ovf_stream_free(struct ovf_stream *stream)
{
    if (stream == NULL)
        return;
    ovf_decoder_free(stream->decoder);
    free(stream);
}

static enum ovf_status refuse_stamps(struct ovf_stream *stream)
{
    return stream->clock.kind == OVF_CLOCK_GPS
               ? ovf_error_set(stream->err, OVF_E_FORMAT,
                               "the stamps are a 12 MHz counter, no time of day: state the instant "
                               "of the first frame, --start DATETIME")
               : ovf_error_set(stream->err, OVF_E_FORMAT,
                               "the stamps are a time of day (GPS), no 12 MHz counter: state the "
                               "day alone, --start DATE");
}

static inline enum ovf_status take_at(struct ovf_stream *stream,
                                      const struct ovf_radio_frame *frame, const int64_t *t_ns)
{
    struct ovf_decoded *const report = &stream->report;
    const enum ovf_status st = ovf_decoder_take(stream->decoder, frame, t_ns, report);
    return st == OVF_OK ? stream->take(stream->context, frame, t_ns, report) : st;
}

static enum ovf_status take_without_time(struct ovf_stream *stream,
                                         const struct ovf_radio_frame *frame)
{
    stream->n_without_time++;
    stream->report.fate = OVF_FATE_NO_TIME;
    return stream->take(stream->context, frame, NULL, &stream->report);
}

static enum ovf_status take_held(struct ovf_stream *stream, bool is_broken)
{
    if (!stream->holds_frame)
        return OVF_OK;
    stream->holds_frame = false;
    const struct ovf_heard_by next = stream->by;
    enum ovf_status st = hear_by(stream, stream->held_by);
    if (st == OVF_OK)
        st = is_broken ? take_without_time(stream, &stream->held)
                       : take_at(stream, &stream->held, &stream->held_ns);
    return st == OVF_OK ? hear_by(stream, next) : st;
}

static void hold(struct ovf_stream *stream, const struct ovf_radio_frame *frame)
{
    stream->holds_frame = true;
    stream->held = *frame;
    stream->held_by = stream->by;
    stream->held_ns = stream->t_ns;
}

/** A frame whose stamp does not just go on from that of the one before. */
__attribute__((noinline)) static enum ovf_status take_dated(struct ovf_stream *stream,
                                                            const struct ovf_radio_frame *frame)
{
    const enum ovf_clock_answer answer = ovf_clock_read(&stream->clock, frame, &stream->t_ns);
    const enum ovf_status st = take_held(stream, ovf_clock_takes_back(&stream->clock));
    if (st != OVF_OK)
        return st;
    switch (answer) {
    case OVF_CLOCK_WRONG:
        return refuse_stamps(stream);
    case OVF_CLOCK_UNKNOWN:
        return stream->clock.kind == OVF_CLOCK_NONE ? take_at(stream, frame, NULL)
                                                    : take_without_time(stream, frame);
    case OVF_CLOCK_AHEAD:
        hold(stream, frame);
        return OVF_OK;
    case OVF_CLOCK_TOLD:
    case OVF_CLOCK_LAST:
    default:
        return take_at(stream, frame, &stream->t_ns);
    }
}

static inline enum ovf_status take_frame(struct ovf_stream *stream,
                                         const struct ovf_radio_frame *frame)
{
    if (stream->now_ns != NULL)
        return take_at(stream, frame, stream->now_ns);
    return ovf_clock_go_on(&stream->clock, frame, &stream->t_ns)
               ? take_at(stream, frame, &stream->t_ns)
               : take_dated(stream, frame);
}

static enum ovf_status take_avr(void *context, const struct ovf_radio_frame *frame)
{
    struct ovf_stream *stream = context;
    return take_frame(stream, frame);
}

static enum ovf_status feed_beast(struct ovf_stream *stream, struct ovf_bytes bytes)
{
    struct ovf_radio_frame frame;
    enum ovf_status st = OVF_OK;
    while (st == OVF_OK && ovf_beast_next(&stream->beast, &bytes, &frame)) {
        ovf_aircraft_expect(stream->aircraft,
                            ovf_aircraft_key(stream->beast.ahead, OVF_MESSAGE_ADSB));
        if (stream->beast.is_heard_by_news)
            st = hear_other(stream);
        if (st == OVF_OK)
            st = take_frame(stream, &frame);
    }
    return st;
}

enum ovf_status ovf_stream_feed(struct ovf_stream *stream, struct ovf_bytes bytes,
                                const int64_t *now_ns, struct ovf_error *err)
{
    stream->now_ns = now_ns;
    stream->err = err;
    return stream->format == OVF_STREAM_BEAST ? feed_beast(stream, bytes)
                                              : ovf_avr_feed(&stream->avr, bytes, take_avr, stream);
}

enum ovf_status ovf_stream_finish(struct ovf_stream *stream)
{
    if (stream->format == OVF_STREAM_BEAST)
        ovf_beast_finish(&stream->beast);
    else
        ovf_avr_finish(&stream->avr);
    const enum ovf_status st = take_held(stream, false);
    return st == OVF_OK ? hear_by(stream, (struct ovf_heard_by){.is_one_of_many = false}) : st;
}

const struct ovf_radio_counts *ovf_stream_frames(const struct ovf_stream *stream)
{
    return stream->format == OVF_STREAM_BEAST ? &stream->beast.counts : &stream->avr.counts;
}

struct ovf_decoder_counts ovf_stream_counts(const struct ovf_stream *stream)
{
    return ovf_decoder_counts(stream->decoder);
}

uint64_t ovf_stream_n_without_time(const struct ovf_stream *stream)
{
    return stream->n_without_time;
}

size_t ovf_stream_n_senders(const struct ovf_stream *stream)
{
    return ovf_decoder_n_aircraft(stream->decoder);
}

enum ovf_stream_format ovf_stream_sniff(struct ovf_bytes head)
{
    size_t i = 0;
    while (i < head.len && (head.data[i] == ' ' || head.data[i] == '\r' || head.data[i] == '\n'))
        i++;
    return i < head.len && strchr("*@%<", head.data[i]) != NULL && head.data[i] != '\0'
               ? OVF_STREAM_AVR
               : OVF_STREAM_BEAST;
}
