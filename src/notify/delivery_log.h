/* SPDX-License-Identifier: Apache-2.0 */
/* The delivery log: a line of JSON for each alert and channel, docs/formats/notify.md. Any thread. */
#ifndef OVF_NOTIFY_DELIVERY_LOG_H
#define OVF_NOTIFY_DELIVERY_LOG_H

#include <stdbool.h>

#include "base/error.h"
#include "base/sink.h"
#include "notify/alert.h"

struct ovf_delivery_log;

/** What became of an alert. */
struct ovf_delivery_entry {
    const char *channel; /* NULL: before any channel */
    const struct ovf_alert *alert;
    const char *reason; /* NULL: it was sent; else a word */
    const char *why;    /* the same in words; "" for none */
    int n_tries;
};

/**
 * \param[in] path  appended to; NULL: nothing is written
 * \param[in] talk  told once when it cannot be written; borrowed
 */
OVF_NODISCARD enum ovf_status ovf_delivery_log_open(const char *path, const struct ovf_sink *talk,
                                                    struct ovf_delivery_log **out,
                                                    struct ovf_error *err);
void ovf_delivery_log_close(struct ovf_delivery_log *log);

void ovf_delivery_log_put(struct ovf_delivery_log *log, const struct ovf_delivery_entry *entry);

#endif
