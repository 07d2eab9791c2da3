/* SPDX-License-Identifier: Apache-2.0 */
/* UTC time as int64_t t_ns, nanoseconds since 1970-01-01T00:00:00Z, leap seconds not counted
 * (POSIX). The proleptic Gregorian calendar, years 1678 to 2261. */
#ifndef OVF_BASE_TIME_H
#define OVF_BASE_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

#define OVF_NS_PER_S INT64_C(1000000000)
#define OVF_NS_PER_MS INT64_C(1000000)
#define OVF_NS_PER_DAY (INT64_C(86400) * OVF_NS_PER_S)

#define OVF_TIME_SIZE 32 /* room for the longest printed time and its NUL */

/** Seconds from \p from_ns to \p to_ns; any two times (a difference in ns may not fit). */
static inline double ovf_time_seconds(int64_t from_ns, int64_t to_ns)
{
    const int64_t whole_s = to_ns / OVF_NS_PER_S - from_ns / OVF_NS_PER_S;
    const int64_t rest_ns = to_ns % OVF_NS_PER_S - from_ns % OVF_NS_PER_S;
    return (double)whole_s + (double)rest_ns / (double)OVF_NS_PER_S;
}

/** The same for a \p to_ns that is not before \p from_ns; cheaper. */
static inline double ovf_time_seconds_after(int64_t from_ns, int64_t to_ns)
{
    return (double)((uint64_t)to_ns - (uint64_t)from_ns) / (double)OVF_NS_PER_S;
}

#define OVF_NS_PER_MIN (60 * OVF_NS_PER_S)

/** The last multiple of \p step_ns (> 0) not after \p t_ns. */
int64_t ovf_time_floor(int64_t t_ns, int64_t step_ns);

/** 00:00 UTC of the day that \p t_ns lies in. */
int64_t ovf_time_day(int64_t t_ns);

/** The weekday in UTC: Monday is 0. */
unsigned ovf_time_weekday(int64_t t_ns);

/**
 * ISO 8601: YYYY-MM-DD, or YYYY-MM-DDTHH:MM[:SS[.fraction]] with 'T' or a space between, ending in
 * nothing (UTC is meant), 'Z' or +HH:MM / -HH:MM. Second 60 is read as the next minute's 0 (a leap
 * second has no POSIX time of its own); hour 24 and dates that are not in the calendar are refused.
 */
bool ovf_time_parse_iso(struct ovf_bytes text, int64_t *t_ns);

/** Seconds since the epoch as a decimal number, exact to the nanosecond; 1678 to 2261. */
bool ovf_time_parse_epoch(struct ovf_bytes text, int64_t *t_ns);

/** Print as 2025-07-01T10:12:33Z (n_decimals 0) up to 9 decimals, rounded half up. */
void ovf_time_format(int64_t t_ns, int n_decimals, char text[OVF_TIME_SIZE]);

enum { OVF_TIME_MS_SIZE = 25 };

/** Prints one time after the other: most are of one day, whose date is kept. Zero-initialise. */
struct ovf_time_printer {
    bool has_day;
    int64_t day_ns;
    char text[OVF_TIME_SIZE];
};

/** As ovf_time_format with three decimals. */
void ovf_time_print_ms(struct ovf_time_printer *printer, int64_t t_ns, char text[OVF_TIME_MS_SIZE]);

#endif
