/* SPDX-License-Identifier: Apache-2.0 */
/* What a channel is to the queue before it: it is opened, gets one alert after the other from one thread,
 * and is closed. */
#ifndef OVF_NOTIFY_CHANNEL_H
#define OVF_NOTIFY_CHANNEL_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/error.h"
#include "base/sink.h"
#include "notify/alert.h"

/** What a channel is made of; all borrowed, longer than the channel lives. */
struct ovf_channel_setup {
    const struct ovf_case_channel *settings;
    const struct ovf_case_notify *notify;
    const struct ovf_sink *out;     /* standard output */
    const atomic_bool *is_stopping; /* true: end what you are doing */
};

enum ovf_delivery {
    OVF_DELIVERED,
    OVF_DELIVER_AGAIN, /* another time it may go through */
    OVF_DELIVER_NEVER,
};

/** Why an alert was not delivered. No addresses of the network, secrets or bodies: it goes into a log. */
struct ovf_delivery_note {
    char why[160];
    int64_t wait_s; /* that the receiver asks for; 0: it does not */
};

struct ovf_channel_kind_ops {
    enum ovf_status (*open)(const struct ovf_channel_setup *setup, void **channel,
                            struct ovf_error *err);
    enum ovf_delivery (*deliver)(void *channel, const struct ovf_alert *alert,
                                 struct ovf_delivery_note *note);
    void (*close)(void *channel);
};

extern const struct ovf_channel_kind_ops ovf_channel_stdout;
extern const struct ovf_channel_kind_ops ovf_channel_exec;
extern const struct ovf_channel_kind_ops ovf_channel_webhook;
extern const struct ovf_channel_kind_ops ovf_channel_ntfy;
extern const struct ovf_channel_kind_ops ovf_channel_mqtt;

/** The first line of the small file \p path, for a secret: not empty, NUL-terminated, the caller's to
 * free. NULL for NULL. \p err names the file and never what it holds. */
OVF_NODISCARD enum ovf_status ovf_secret_read(const char *path, char **secret,
                                              struct ovf_error *err);

/** pthread_create with all signals blocked: they are for the caller's threads. */
int ovf_notify_thread(pthread_t *thread, void *(*work)(void *), void *context);

#endif
