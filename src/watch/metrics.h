/* SPDX-License-Identifier: Apache-2.0 */
/* /metrics and /healthz on a loopback port, for Prometheus and supervisors, in a thread of libmicrohttpd's. */
#ifndef OVF_WATCH_METRICS_H
#define OVF_WATCH_METRICS_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/sink.h"

/** Older than this, what was published says that nothing moves any more. */
#define OVF_METRICS_STALE_MS 10000

struct ovf_metrics;

/**
 * Begin to listen.
 *
 * \param[in]  place   HOST:PORT with 127.0.0.1, ::1 (in brackets) or localhost; port 0: any that is free
 * \param[in]  talk    is told, once, that connections have to wait since no more files can be opened; borrowed
 * \param[out] port    the port
 * \retval OVF_E_RANGE  it is no loopback address
 * \retval OVF_E_IO     it cannot be listened to
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_metrics_open(const char *place, const struct ovf_sink *talk,
                                               unsigned *port, struct ovf_metrics **out,
                                               struct ovf_error *err);
void ovf_metrics_close(struct ovf_metrics *metrics);

/** How often a connection had to wait since no more files could be opened. */
uint64_t ovf_metrics_n_put_off(const struct ovf_metrics *metrics);

/** What /metrics answers from now on, in Prometheus' text format; copied. \p now_ms: of a clock that is never set.
 * \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_metrics_publish(struct ovf_metrics *metrics,
                                                  struct ovf_bytes text, int64_t now_ms);

#endif
