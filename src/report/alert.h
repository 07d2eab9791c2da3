/* SPDX-License-Identifier: Apache-2.0 */
/* A line for what happens live: docs/formats/alerts.md. */
#ifndef OVF_REPORT_ALERT_H
#define OVF_REPORT_ALERT_H

#include "engine/live_told.h"
#include "report/line.h"
#include "series/live.h"

/** What stands in front of a link's query when nothing else is said: the query alone. */
#define OVF_ALERT_NO_BASE ""

/**
 * Append the line of \p event.
 *
 * \param[in] line  its crossing, as for scan; NULL where the event has none
 * \param[in] base  the address of a tar1090 to which links lead, without a query; or OVF_ALERT_NO_BASE
 */
OVF_NODISCARD enum ovf_status ovf_alert_line(const struct ovf_report *report,
                                             const struct ovf_live_event *event,
                                             const struct ovf_report_line *line, const char *base,
                                             struct ovf_buffer *out);

/** A change in the flights of a watch. */
struct ovf_series_event {
    const char *watch;
    const struct ovf_live_alert *alert;
    bool simulated; /* so are its flights */
    int64_t t_ns;   /* stream time */
};

/** Append the line of \p event. */
OVF_NODISCARD enum ovf_status ovf_alert_series_line(const struct ovf_series_event *event,
                                                    struct ovf_buffer *out);

#endif
