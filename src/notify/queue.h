/* SPDX-License-Identifier: Apache-2.0 */
/* What waits for one channel, and the thread that delivers it: in order, each as often as it takes. */
#ifndef OVF_NOTIFY_QUEUE_H
#define OVF_NOTIFY_QUEUE_H

#include <stdint.h>

#include "notify/channel.h"
#include "notify/delivery_log.h"

enum { OVF_QUEUE_MAX_BYTES = 8 << 20 }; /* of alerts that wait for one channel */

struct ovf_queue;

/** Open the channel and start its thread. \p log is borrowed, as is all of \p setup but itself. */
OVF_NODISCARD enum ovf_status ovf_queue_open(const struct ovf_channel_setup *setup,
                                             struct ovf_delivery_log *log, struct ovf_queue **out,
                                             struct ovf_error *err);

/** Let \p alert, which is copied, wait: at least as long as the channel is told later than others. What has no room is
 * dropped and logged. Never waits. */
void ovf_queue_put(struct ovf_queue *queue, const struct ovf_alert *alert);

/** Wait until nothing waits that is due before \p until_ns, at the longest until then; false: something waits still. */
bool ovf_queue_drain(struct ovf_queue *queue, int64_t until_ns);

void ovf_queue_count(struct ovf_queue *queue, struct ovf_notify_counts *counts);

/** Call it when setup's is_stopping is true. What waits still is dropped and logged. */
void ovf_queue_close(struct ovf_queue *queue);

#endif
