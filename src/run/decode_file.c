/* SPDX-License-Identifier: Apache-2.0 */
/* Decoding a file or a pipe. What was read is decoded and printed before more is waited for. */
#include "run/decode_file.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "decode/print.h"
#include "decode/stream.h"
#include "question/start.h"
#include "source/inflate.h"
#include "source/pull.h"
#include "source/space.h"

enum { READ_BYTES = 65536 };

struct decoding {
    const struct ovf_decode_request *request;
    int fd;
    bool is_stdin;
    bool is_peeked; /* block is to be given once more */
    size_t n_block;
    unsigned char block[READ_BYTES];
    struct ovf_stream *stream;
    struct ovf_receivers receivers; /* of which only places are looked at */
    struct ovf_heard_by by;
    struct ovf_buffer lines;
    const struct ovf_sink *sink;
    struct ovf_error *err;
};

static enum ovf_status open_file(struct decoding *d)
{
    d->is_stdin = strcmp(d->request->path, "-") == 0;
    d->fd = STDIN_FILENO;
    return d->is_stdin ? OVF_OK : ovf_fd_open(d->request->path, &d->fd, d->err);
}

static enum ovf_status read_block(struct decoding *d)
{
    ssize_t n;
    do
        n = read(d->fd, d->block, sizeof d->block);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return ovf_error_set(d->err, OVF_E_IO, "%s: %s", d->request->path, strerror(errno));
    d->n_block = (size_t)n;
    return OVF_OK;
}

/** What there is, without waiting for more; ovf_pull's next. */
static enum ovf_status next_block(void *context, struct ovf_bytes *bytes, struct ovf_error *err)
{
    struct decoding *d = context;
    (void)err; /* d's */
    const enum ovf_status st = d->is_peeked ? OVF_OK : read_block(d);
    d->is_peeked = false;
    *bytes = (struct ovf_bytes){d->block, d->n_block};
    return st;
}

static enum ovf_status print(void *context, const struct ovf_radio_frame *frame,
                             const int64_t *t_ns, const struct ovf_decoded *report)
{
    struct decoding *d = context;
    return report->fate == OVF_FATE_MESSAGE
               ? ovf_decoded_print(frame, t_ns, d->by.is_named ? &d->by.id : NULL, report,
                                   &d->lines)
               : OVF_OK;
}

static enum ovf_status hear(void *context, struct ovf_heard_by by, struct ovf_point *at,
                            bool *is_placed)
{
    struct decoding *d = context;
    const struct ovf_receiver_place *place = NULL;
    d->by = by;
    if (by.is_named)
        place = ovf_receivers_place_of(&d->receivers, by.id);
    else if (!by.is_one_of_many)
        place = ovf_receivers_place(&d->receivers, 0);
    *is_placed = place != NULL;
    if (place != NULL)
        *at = place->at;
    return OVF_OK;
}

static enum ovf_status open_stream(struct decoding *d, struct ovf_bytes head)
{
    struct ovf_stream_options options = {
        .format = ovf_stream_sniff(head), .hear = hear, .max_aircraft = OVF_DECODER_MAX_AIRCRAFT};
    struct ovf_read_options read = {.has_receiver = false};
    enum ovf_status st = ovf_start_parse(d->request->start, &options.clock, d->err);
    if (st == OVF_OK && d->request->at != NULL) {
        st = ovf_at_parse(d->request->at, &read, d->err);
        ovf_receivers_tell_own(&d->receivers, &read.receiver);
        options.receiver = &read.receiver.at;
    }
    for (size_t i = 0; i < d->request->n_receivers && st == OVF_OK; i++)
        st = ovf_receiver_parse(d->request->receivers[i], &d->receivers, d->err);
    return st == OVF_OK ? ovf_stream_new(&options, print, d, &d->stream) : st;
}

/** Writes the lines of what was fed. \p st: what came of feeding it. */
static enum ovf_status write_lines(struct decoding *d, enum ovf_status st)
{
    const enum ovf_status st_write = ovf_sink_write(d->sink, d->lines.data, d->lines.len);
    d->lines.len = 0;
    return st == OVF_OK ? st_write : st;
}

static enum ovf_status feed(struct decoding *d, struct ovf_bytes bytes)
{
    enum ovf_status st = d->stream == NULL ? open_stream(d, bytes) : OVF_OK;
    if (st == OVF_OK)
        st = ovf_stream_feed(d->stream, bytes, NULL, d->err);
    return write_lines(d, st);
}

static enum ovf_status feed_all(struct decoding *d, const struct ovf_pull *pull)
{
    struct ovf_bytes bytes = {NULL, 0};
    enum ovf_status st = OVF_OK;
    do {
        st = pull->next(pull->context, &bytes, d->err);
        if (st == OVF_OK && (bytes.len > 0 || d->stream == NULL))
            st = feed(d, bytes);
    } while (st == OVF_OK && bytes.len > 0);
    return st;
}

static enum ovf_status feed_inflated(struct decoding *d, const struct ovf_pull *pull)
{
    struct ovf_gunzip gunzip;
    enum ovf_status st = ovf_gunzip_init(&gunzip, *pull);
    if (st != OVF_OK)
        return st;
    const struct ovf_pull inflated = {.next = ovf_gunzip_next, .context = &gunzip};
    st = feed_all(d, &inflated);
    if (st == OVF_OK && gunzip.reject != OVF_REJECT_N)
        st = ovf_error_set(d->err, OVF_E_FORMAT, "%s: %s", d->request->path, gunzip.error.text);
    ovf_gunzip_deinit(&gunzip);
    return st;
}

static void tell(const struct decoding *d, const struct ovf_sink *talk)
{
    const struct ovf_radio_counts *const f = ovf_stream_frames(d->stream);
    const struct ovf_decoder_counts c = ovf_stream_counts(d->stream);
    struct ovf_buffer text = {0};
    enum ovf_status st = ovf_buffer_printf(
        &text,
        "decoded: %" PRIu64 " of %" PRIu64 " frames (%" PRIu64 " with one bit put right), %zu "
        "senders, %" PRIu64 " positions\n"
        "not: %" PRIu64 " of bad parity, %" PRIu64 " of unknown aircraft, %" PRIu64
        " of other formats, %" PRIu64 " at no time that can be told, %" PRIu64
        " cut or broken, %" PRIu64 " bytes of noise; %" PRIu64 " positions that cannot be\n",
        c.n_fates[OVF_FATE_MESSAGE], f->n_frames, c.n_corrected, ovf_stream_n_senders(d->stream),
        c.n_positions, c.n_fates[OVF_FATE_BAD_PARITY], c.n_fates[OVF_FATE_UNKNOWN_ADDRESS],
        c.n_fates[OVF_FATE_NOT_READ], ovf_stream_n_without_time(d->stream), f->n_broken,
        f->n_noise_bytes, c.n_refused);
    if (st == OVF_OK)
        st = ovf_sink_write(talk, text.data, text.len);
    (void)st; /* it is only talk */
    ovf_buffer_deinit(&text);
}

static enum ovf_status decode(struct decoding *d, const struct ovf_sink *talk)
{
    const struct ovf_pull pull = {.next = next_block, .context = d};
    enum ovf_status st = read_block(d);
    if (st != OVF_OK)
        return st;
    d->is_peeked = true;
    st = ovf_is_gzip((struct ovf_bytes){d->block, d->n_block}) ? feed_inflated(d, &pull)
                                                               : feed_all(d, &pull);
    if (st != OVF_OK)
        return st;
    st = write_lines(d, ovf_stream_finish(d->stream));
    if (st != OVF_OK)
        return st;
    tell(d, talk);
    if (ovf_stream_frames(d->stream)->n_frames == 0)
        return ovf_error_set(d->err, OVF_E_FORMAT, "%s: there is no frame in it, Beast or AVR",
                             d->request->path);
    return OVF_OK;
}

enum ovf_status ovf_decode_file(const struct ovf_decode_request *request,
                                const struct ovf_sink *sink, const struct ovf_sink *talk,
                                struct ovf_error *err)
{
    struct decoding d = {.request = request, .sink = sink, .err = err};
    enum ovf_status st = open_file(&d);
    if (st != OVF_OK)
        return st;
    st = decode(&d, talk);
    if (!d.is_stdin)
        (void)close(d.fd);
    ovf_stream_free(d.stream);
    ovf_receivers_deinit(&d.receivers);
    ovf_buffer_deinit(&d.lines);
    return st;
}
