/* SPDX-License-Identifier: Apache-2.0 */
/* One source of a watch: an inlet, the feed that reads what comes in, and what is thought of it. */
#ifndef OVF_WATCH_SOURCE_H
#define OVF_WATCH_SOURCE_H

#include "base/sink.h"
#include "watch/inlet.h"

/** What all sources share. */
struct ovf_watch_sources {
    const struct ovf_inlet_options *inlets;
    const struct ovf_read_options *read;
    ovf_mixed_row_fn *take;
    void *context;               /* of take */
    const struct ovf_sink *talk; /* what happens, for people */
};

struct ovf_watch_source {
    const char *name;     /* borrowed */
    char public_name[24]; /* "feed 1": a name may tell folders, hosts and keys */
    const struct ovf_watch_sources *shared;
    uint32_t number;
    struct ovf_inlet *inlet;
    struct ovf_feed *feed; /* NULL: too little came yet to tell what it is */
    bool is_ended;
    int64_t now_ns;
    struct ovf_feed_counts window; /* when it was connected, or noise was looked for last */
    uint64_t n_dropped;            /* connections, for noise */
    int64_t ahead_of_other_ns;     /* another's clock, as was told last; 0: they go together */

    /* private */
    struct ovf_buffer head;
    struct ovf_error said;  /* what was said last */
    int64_t quarters_ahead; /* of an hour, of its clock, as it seems */
    unsigned n_off;         /* fixes in a row for which it does */
};

/** \p source must not move. Errors as of ovf_inlet_open. */
OVF_NODISCARD enum ovf_status ovf_watch_source_open(const char *name, uint32_t number,
                                                    const struct ovf_watch_sources *shared,
                                                    struct ovf_watch_source *source,
                                                    struct ovf_error *err);
void ovf_watch_source_close(struct ovf_watch_source *source);

/**
 * Take what has come. A source that cannot be read any more has ended, and \p shared->talk says why.
 * \param[in] now_ns  the time of day
 * \retval OVF_E_NOMEM, or what \p shared->take returned, with \p err
 */
OVF_NODISCARD enum ovf_status ovf_watch_source_step(struct ovf_watch_source *source, short revents,
                                                    int64_t now_ms, int64_t now_ns,
                                                    struct ovf_error *err);

struct ovf_feed_counts ovf_watch_source_counts(const struct ovf_watch_source *source);

#endif
