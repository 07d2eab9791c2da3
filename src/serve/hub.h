/* SPDX-License-Identifier: Apache-2.0 */
/* Alerts to all who listen, as server-sent events. What was told is kept for a while, so that who comes back is told
 * what it missed, and who is slow may lag behind by as much; who lags further is dropped, the slowest first. So memory
 * is bounded however many listen and never read. Who comes later is told first what was told last of each crossing. */
#ifndef OVF_SERVE_HUB_H
#define OVF_SERVE_HUB_H

#include "base/bytes.h"
#include "base/sink.h"
#include "serve/answer.h"
#include "serve/rates.h"
#include "watch/watch.h"

/** The newest alerts, of which who comes without an id is told all. */
enum { OVF_HUB_RECENT = 100 };

struct ovf_hub_options {
    const struct ovf_answer_policy *policy;
    size_t max_clients;
    size_t max_per_address;
    size_t max_events; /* that are kept, at the most */
    size_t max_bytes;
    int64_t delay_ms; /* after which alerts are told */
    const struct ovf_sink *talk;
};

struct ovf_hub;

OVF_NODISCARD enum ovf_status ovf_hub_new(const struct ovf_hub_options *options,
                                          struct ovf_hub **out);
/** All streams end, and no new one begins. */
void ovf_hub_stop(struct ovf_hub *hub);
/** When the connections of its clients are closed. NULL is fine. */
void ovf_hub_free(struct ovf_hub *hub);

/** Tell all. \p id names the crossing, \p stand says how it stands by \p line, which is a JSON object without a line's
 * end. Any thread.
 * \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_hub_publish(struct ovf_hub *hub, const char *id,
                                              enum ovf_watch_stand stand, struct ovf_bytes line,
                                              int64_t now_ms);

/** Several times a second: tells what was delayed, and sends something to who was told nothing for long. */
void ovf_hub_tick(struct ovf_hub *hub, int64_t now_ms);

/** A client that has come, with the id of what it was told last (NULL: none). False: \p error says why not. Begins the
 * answer itself: \p queued is what libmicrohttpd said. */
bool ovf_hub_join(struct ovf_hub *hub, struct MHD_Connection *connection,
                  const struct ovf_client_address *address, const char *last_id,
                  enum MHD_Result *queued, struct ovf_serve_error *error);

#endif
