/* SPDX-License-Identifier: Apache-2.0 */
#include "watch/feed.h"

#include <assert.h>
#include <stdlib.h>

#include "decode/stream.h"
#include "source/sniff.h"

struct ovf_feed {
    struct ovf_feed_options options;
    struct ovf_mixed *table;
    uint64_t n_bytes;
};

const char *ovf_feed_format_name(enum ovf_feed_format format)
{
    static const char *const names[OVF_FEED_N] = {
        [OVF_FEED_BEAST] = "beast", [OVF_FEED_AVR] = "avr", [OVF_FEED_SBS] = "sbs",
        [OVF_FEED_JSON] = "json",   [OVF_FEED_CSV] = "csv", [OVF_FEED_STATES] = "states",
    };
    assert((unsigned)format < OVF_FEED_N);
    return names[format];
}

enum ovf_status ovf_feed_sniff(struct ovf_bytes head, enum ovf_feed_format *format,
                               struct ovf_error *err)
{
    enum ovf_content content;
    const enum ovf_status st = ovf_sniff(head, &content);
    if (st != OVF_OK)
        return st;
    switch (content) {
    case OVF_CONTENT_AIRCRAFT:
        *format = OVF_FEED_JSON;
        return OVF_OK;
    case OVF_CONTENT_STATES:
        *format = OVF_FEED_STATES;
        return OVF_OK;
    case OVF_CONTENT_SBS:
        *format = OVF_FEED_SBS;
        return OVF_OK;
    case OVF_CONTENT_FRAMES:
        *format = ovf_stream_sniff(head) == OVF_STREAM_AVR ? OVF_FEED_AVR : OVF_FEED_BEAST;
        return OVF_OK;
    case OVF_CONTENT_TABLE:
        *format = OVF_FEED_CSV;
        return OVF_OK;
    default:
        return ovf_error_set(err, OVF_E_FORMAT, "an archive is no feed: see overflight scan");
    }
}

static enum ovf_mixed_format table_format(enum ovf_feed_format format)
{
    static const enum ovf_mixed_format formats[OVF_FEED_N] = {
        [OVF_FEED_BEAST] = OVF_MIXED_RECEIVER, [OVF_FEED_AVR] = OVF_MIXED_RECEIVER,
        [OVF_FEED_SBS] = OVF_MIXED_SBS,        [OVF_FEED_JSON] = OVF_MIXED_AIRCRAFT,
        [OVF_FEED_CSV] = OVF_MIXED_CSV,        [OVF_FEED_STATES] = OVF_MIXED_OPENSKY,
    };
    return formats[format];
}

enum ovf_status ovf_feed_new(const struct ovf_feed_options *options, ovf_mixed_row_fn *take,
                             void *context, struct ovf_feed **out)
{
    struct ovf_feed *feed = calloc(1, sizeof *feed);
    if (feed == NULL)
        return OVF_E_NOMEM;
    *feed = (struct ovf_feed){.options = *options};
    struct ovf_read_options read = *options->read;
    read.knows_frames = true;
    read.is_avr = options->format == OVF_FEED_AVR;
    const enum ovf_status st = ovf_mixed_new(table_format(options->format), options->number, &read,
                                             take, context, &feed->table);
    if (st != OVF_OK) {
        free(feed);
        return st;
    }
    *out = feed;
    return OVF_OK;
}

void ovf_feed_free(struct ovf_feed *feed)
{
    if (feed == NULL)
        return;
    ovf_mixed_free(feed->table);
    free(feed);
}

enum ovf_status ovf_feed_bytes(struct ovf_feed *feed, struct ovf_bytes bytes, int64_t now_ns,
                               struct ovf_error *err)
{
    enum ovf_reject reject;
    feed->n_bytes += bytes.len;
    return ovf_mixed_feed(feed->table, bytes, feed->options.is_live ? &now_ns : NULL, &reject, err);
}

enum ovf_status ovf_feed_finish(struct ovf_feed *feed, struct ovf_error *err)
{
    enum ovf_reject reject;
    return ovf_mixed_finish(feed->table, &reject, err);
}

struct ovf_feed_counts ovf_feed_counts(const struct ovf_feed *feed)
{
    const struct ovf_tally *rows = ovf_mixed_rows(feed->table);
    const uint64_t n_rejected = ovf_tally_rejected(rows);
    return (struct ovf_feed_counts){
        .n_bytes = feed->n_bytes,
        .n_noise_bytes = ovf_mixed_n_noise_bytes(feed->table),
        .n_used = rows->n_used + rows->n_repeated,
        .n_rejected = n_rejected,
        .n_alien = n_rejected - rows->n_rejected[OVF_REJECT_FORMAT_NOT_READ],
        .n_dropped = ovf_mixed_n_dropped(feed->table),
    };
}
