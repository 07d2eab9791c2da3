/* SPDX-License-Identifier: Apache-2.0 */
/* How many aircraft were received in each minute, anywhere: what an outage of the inputs is told by. */
#ifndef OVF_LISTEN_MINUTES_H
#define OVF_LISTEN_MINUTES_H

#include "base/buffer.h"
#include "listen/heard.h"
#include "track/detection.h"

enum { OVF_MINUTES_OF_DAY = 1440 };

struct ovf_minutes_day {
    int64_t day; /* since 1970 */
    uint32_t n_aircraft[OVF_MINUTES_OF_DAY];
};

/** Zero-initialised is empty. */
struct ovf_minutes {
    /* In order; each by itself, so that one that comes before many moves no more than their places. */
    struct ovf_minutes_day **days;
    size_t n;
    size_t capacity;
};

void ovf_minutes_deinit(struct ovf_minutes *minutes);

/** Count the runs of an aircraft, as ovf_heard_pack wrote them: all of a flight's at once.
 * \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_minutes_take(struct ovf_minutes *minutes, struct ovf_bytes runs);

/** The same of the runs that begin on \p day alone. */
void ovf_minutes_take_of_day(struct ovf_minutes_day *day, struct ovf_bytes runs);

/** The day, with counts of 0 where there was none. NULL: there is no memory. */
struct ovf_minutes_day *ovf_minutes_day(struct ovf_minutes *minutes, int64_t day);

/** What a silence of nearly all is measured by. */
enum ovf_outage {
    OVF_OUTAGE_NONE,
    OVF_OUTAGE_HOURS, /* the hour before and the hour behind it */
    OVF_OUTAGE_WEEK,  /* the same UTC hours of the week around it */
    OVF_OUTAGE_N
};

/** "hours", "week"; NULL for none. */
const char *ovf_outage_name(enum ovf_outage outage);

/**
 * Whether in at least half (gap_time_share) of the whole minutes within [from, to] fewer aircraft were received than
 * 20 % (outage_share) of what is usual. Usual is the median of the minutes of the same UTC hour on that day, the
 * three before and the three behind it, where on each of these six days 30 minutes of that hour or more have data,
 * for all hours of the time; else the median of the minutes with data in the hour before and the hour behind the
 * time, 30 of them at the least. Less than 10 aircraft (outage_aircraft) tell nothing: that all are silent may be
 * chance. Times of more than two days are none.
 */
enum ovf_outage ovf_minutes_outage(const struct ovf_minutes *minutes,
                                   const struct ovf_detect_config *config, int64_t from_s,
                                   int64_t to_s);

#endif
