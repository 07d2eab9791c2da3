/* SPDX-License-Identifier: Apache-2.0 */
/* One alert, as channels get it, and how many went which way. */
#ifndef OVF_NOTIFY_ALERT_H
#define OVF_NOTIFY_ALERT_H

#include <stdint.h>

#include "base/bytes.h"
#include "case/notify.h"

struct ovf_alert {
    enum ovf_alert_event event;
    uint32_t icao24;
    const char *watch;     /* the name of the watch that asked for it; "" for none */
    struct ovf_bytes line; /* a JSON object, without a line's end */
};

/** What became of alerts, summed over channels. */
struct ovf_notify_counts {
    uint64_t n_sent;
    uint64_t n_failed;  /* given up */
    uint64_t n_dropped; /* there was no room */
    uint64_t n_waiting; /* now; when the channels are closed they are dropped, too */
};

#endif
