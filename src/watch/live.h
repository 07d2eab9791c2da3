/* SPDX-License-Identifier: Apache-2.0 */
/* The document `live`: what a watch hears now. docs/api.md has its keys. */
#ifndef OVF_WATCH_LIVE_H
#define OVF_WATCH_LIVE_H

#include "engine/live.h"
#include "watch/identities.h"
#include "watch/source.h"

/** All is borrowed. */
struct ovf_watch_live {
    const struct ovf_live_engine *live;
    const struct ovf_engine_config *config;
    const struct ovf_identities *identities;
    const struct ovf_watch_source *sources;
    size_t n_sources;
    int64_t now_ns;  /* the time of day */
    bool is_live;    /* else the stream's time is that of a recording */
    bool is_public;  /* where aircraft are, and what feeds are called, is not told */
    uint64_t n_ladd; /* alerts that were withheld */
    uint64_t n_pia;
};

/** Append it. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_watch_live_write(const struct ovf_watch_live *of,
                                                   struct ovf_buffer *out);

#endif
