/* SPDX-License-Identifier: Apache-2.0 */
/* What a watch has counted, in Prometheus' text format (version 0.0.4). */
#ifndef OVF_WATCH_FIGURES_H
#define OVF_WATCH_FIGURES_H

#include "engine/live.h"
#include "watch/source.h"

/** Append it. \p n_ahead: fixes from the future, which were not used; \p n_put_off: as of ovf_metrics_n_put_off. */
OVF_NODISCARD enum ovf_status ovf_watch_metrics(const struct ovf_live_engine *live,
                                                const struct ovf_watch_source *sources,
                                                size_t n_sources, uint64_t n_ahead,
                                                uint64_t n_put_off, struct ovf_buffer *out);

#endif
