/* SPDX-License-Identifier: Apache-2.0 */
/* A source of a watch as bytes: in which format, and what becomes of them. Where they come from is watch/inlet. */
#ifndef OVF_WATCH_FEED_H
#define OVF_WATCH_FEED_H

#include "read/mixed.h"

enum ovf_feed_format {
    OVF_FEED_BEAST,
    OVF_FEED_AVR,
    OVF_FEED_SBS,
    OVF_FEED_JSON, /* lists of aircraft, or one aircraft a line */
    OVF_FEED_CSV,
    OVF_FEED_STATES, /* OpenSky's */
    OVF_FEED_N
};

/** "beast" ... */
const char *ovf_feed_format_name(enum ovf_feed_format format);

/** The format of what begins with \p head. \retval OVF_E_FORMAT  it is no feed; \p err says what it is */
OVF_NODISCARD enum ovf_status ovf_feed_sniff(struct ovf_bytes head, enum ovf_feed_format *format,
                                             struct ovf_error *err);

struct ovf_feed_options {
    enum ovf_feed_format format;
    uint32_t number; /* of the source: what records name */
    bool is_live;    /* what says no time is of when it came */
    const struct ovf_read_options *read;
};

/** What became of the bytes. */
struct ovf_feed_counts {
    uint64_t n_bytes;
    uint64_t n_noise_bytes; /* that are in no report of the format, as far as it tells */
    uint64_t n_used;        /* reports */
    uint64_t n_rejected;
    uint64_t n_alien;   /* of those: all but what the format has and we do not read, as Mode A/C */
    uint64_t n_dropped; /* aircraft that were forgotten for want of room */
};

struct ovf_feed;

/** \p options are copied. */
OVF_NODISCARD enum ovf_status ovf_feed_new(const struct ovf_feed_options *options,
                                           ovf_mixed_row_fn *take, void *context,
                                           struct ovf_feed **out);
void ovf_feed_free(struct ovf_feed *feed);

/**
 * The next bytes, cut anywhere.
 *
 * \param[in] now_ns  when they came
 * \retval OVF_E_FORMAT  they are not what was expected, and nothing more can be read; \p err says what
 * \retval OVF_E_NOMEM, or what \p take returned
 */
OVF_NODISCARD enum ovf_status ovf_feed_bytes(struct ovf_feed *feed, struct ovf_bytes bytes,
                                             int64_t now_ns, struct ovf_error *err);

/** The end of the bytes or of a document; of a connection after which another may follow. Statuses as above. */
OVF_NODISCARD enum ovf_status ovf_feed_finish(struct ovf_feed *feed, struct ovf_error *err);

struct ovf_feed_counts ovf_feed_counts(const struct ovf_feed *feed);

#endif
