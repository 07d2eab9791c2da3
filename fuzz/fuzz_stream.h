/* SPDX-License-Identifier: Apache-2.0 */
/* What the targets of the two formats share. */
#ifndef OVF_FUZZ_FUZZ_STREAM_H
#define OVF_FUZZ_FUZZ_STREAM_H

#include <stdlib.h>
#include <string.h>

#include "decode/print.h"
#include "decode/stream.h"

struct fuzz_sum {
    uint64_t n;
    struct ovf_heard_by by;
    uint64_t hash;
    enum ovf_status status;
};

static enum ovf_status fuzz_take(void *context, const struct ovf_radio_frame *frame,
                                 const int64_t *t_ns, const struct ovf_decoded *report)
{
    struct fuzz_sum *sum = context;
    struct ovf_buffer line = {0};
    sum->n++;
    enum ovf_status st = OVF_OK;
    if (report->fate == OVF_FATE_MESSAGE)
        st = ovf_decoded_print(frame, t_ns, sum->by.is_named ? &sum->by.id : NULL, report, &line);
    for (size_t i = 0; i < line.len; i++)
        sum->hash = (sum->hash ^ line.data[i]) * UINT64_C(1099511628211);
    ovf_buffer_deinit(&line);
    return st;
}

static enum ovf_status fuzz_hear(void *context, struct ovf_heard_by by, struct ovf_point *at,
                                 bool *is_placed)
{
    struct fuzz_sum *sum = context;
    sum->by = by;
    *is_placed = by.id % 2 == 1;
    *at = (struct ovf_point){470000000, 80000000};
    return OVF_OK;
}

static struct fuzz_sum fuzz_pieces(enum ovf_stream_format format, const uint8_t *data, size_t size,
                                   size_t piece)
{
    static const struct ovf_point receiver = {470000000, 80000000};
    struct fuzz_sum sum = {0};
    struct ovf_stream *stream = NULL;
    struct ovf_error err;
    const enum ovf_clock_kind kind = size > 0 ? data[0] % 3 : OVF_CLOCK_NONE;
    const struct ovf_stream_options options = {
        .format = format,
        .clock = ovf_clock_make(kind, INT64_C(1751328000000000000)),
        .receiver = size % 2 == 0 ? &receiver : NULL,
        .hear = fuzz_hear,
        .max_aircraft = 4};
    sum.status = ovf_stream_new(&options, fuzz_take, &sum, &stream);
    if (sum.status != OVF_OK)
        return sum;
    for (size_t at = 0; at < size && sum.status == OVF_OK; at += piece) {
        const size_t len = size - at < piece ? size - at : piece;
        sum.status = ovf_stream_feed(stream, (struct ovf_bytes){data + at, len}, NULL, &err);
    }
    if (sum.status == OVF_OK)
        sum.status = ovf_stream_finish(stream);
    if (ovf_stream_frames(stream)->n_noise_bytes > size ||
        (sum.status == OVF_OK && ovf_stream_frames(stream)->n_frames != sum.n))
        abort();
    ovf_stream_free(stream);
    return sum;
}

static void fuzz_stream(enum ovf_stream_format format, const uint8_t *data, size_t size)
{
    const struct fuzz_sum whole = fuzz_pieces(format, data, size, size > 0 ? size : 1);
    const struct fuzz_sum bytewise = fuzz_pieces(format, data, size, 1);
    if (whole.status == OVF_E_NOMEM || bytewise.status == OVF_E_NOMEM)
        return;
    if (whole.status != bytewise.status || whole.n != bytewise.n || whole.hash != bytewise.hash)
        abort();
}

#endif
