/* SPDX-License-Identifier: Apache-2.0 */
#include "listen/minutes.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"

/* No flight has a gap so long (track/legs.h): what has comes from elsewhere, and nothing is known of it. */
enum { TIME_MAX_S = 2 * OVF_DAY_S };

/* Where no week is known an outage is told from an hour on each side: at night a receiver may have a tenth of the day's
 * traffic, so that a day's median would find an outage every night. */
enum { MINUTE_S = 60, HOUR_MIN = 60, BESIDE_MIN = 60, KNOWN_MIN = 30, WEEK_REACH = 3 };

void ovf_minutes_deinit(struct ovf_minutes *minutes)
{
    for (size_t i = 0; i < minutes->n; i++)
        free(minutes->days[i]);
    free(minutes->days);
    *minutes = (struct ovf_minutes){0};
}

/* ---- counting ---- */

/** Where \p day stands, or should. */
static size_t find(const struct ovf_minutes *minutes, int64_t day)
{
    size_t low = 0;
    for (size_t high = minutes->n; low < high;) {
        const size_t middle = low + (high - low) / 2;
        if (minutes->days[middle]->day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/** NULL: nothing is known of it. */
static struct ovf_minutes_day *known_day(const struct ovf_minutes *minutes, int64_t day)
{
    const size_t at = find(minutes, day);
    return at < minutes->n && minutes->days[at]->day == day ? minutes->days[at] : NULL;
}

struct ovf_minutes_day *ovf_minutes_day(struct ovf_minutes *minutes, int64_t day)
{
    struct ovf_minutes_day *made = known_day(minutes, day);
    if (made != NULL)
        return made;
    struct ovf_minutes_day **const grown = ovf_array_reserve(
        minutes->days, &minutes->capacity, minutes->n + 1, sizeof(struct ovf_minutes_day *));
    if (grown == NULL)
        return NULL;
    minutes->days = grown;
    made = calloc(1, sizeof *made);
    if (made == NULL)
        return NULL;
    const size_t at = find(minutes, day);
    memmove(grown + at + 1, grown + at, (minutes->n - at) * sizeof(struct ovf_minutes_day *));
    made->day = day;
    grown[at] = made;
    minutes->n++;
    return made;
}

static int64_t minute_of(int64_t t_s)
{
    return ovf_time_floor(t_s, MINUTE_S) / MINUTE_S;
}

static int64_t day_of(int64_t t_s)
{
    return ovf_time_floor(t_s, OVF_DAY_S) / OVF_DAY_S;
}

/** Count \p run, which begins on \p day, up to the day's end, in the minutes behind \p last, in which its aircraft
 * counts already. */
static void count_run(struct ovf_minutes_day *day, const struct ovf_heard_run *run, int64_t *last)
{
    const int64_t first = day->day * OVF_MINUTES_OF_DAY;
    const int64_t begin = minute_of(run->from_s);
    const int64_t end = run->to_s > run->from_s ? minute_of(run->to_s - 1) : begin;
    for (int64_t m = begin > *last ? begin : *last + 1; m <= end && m < first + OVF_MINUTES_OF_DAY;
         m++)
        day->n_aircraft[m - first]++;
    *last = end > *last ? end : *last;
}

enum ovf_status ovf_minutes_take(struct ovf_minutes *minutes, struct ovf_bytes runs)
{
    struct ovf_heard_reader reader = {.rest = runs};
    struct ovf_heard_run run;
    struct ovf_minutes_day *day = NULL;
    int64_t last = INT64_MIN;
    while (ovf_heard_next(&reader, &run)) {
        if (run.is_silent)
            continue;
        if (day == NULL || day->day != day_of(run.from_s))
            day = ovf_minutes_day(minutes, day_of(run.from_s));
        if (day == NULL)
            return OVF_E_NOMEM;
        count_run(day, &run, &last);
    }
    return OVF_OK;
}

void ovf_minutes_take_of_day(struct ovf_minutes_day *day, struct ovf_bytes runs)
{
    struct ovf_heard_reader reader = {.rest = runs};
    struct ovf_heard_run run;
    int64_t last = INT64_MIN;
    while (ovf_heard_next(&reader, &run)) {
        if (!run.is_silent && day_of(run.from_s) == day->day)
            count_run(day, &run, &last);
    }
}

/* ---- asking ---- */

const char *ovf_outage_name(enum ovf_outage outage)
{
    static const char *const names[OVF_OUTAGE_N] = {
        [OVF_OUTAGE_HOURS] = "hours",
        [OVF_OUTAGE_WEEK] = "week",
    };
    return names[outage];
}

static uint32_t in_minute(const struct ovf_minutes *minutes, int64_t minute)
{
    const int64_t first = ovf_time_floor(minute, OVF_MINUTES_OF_DAY);
    const struct ovf_minutes_day *const day = known_day(minutes, first / OVF_MINUTES_OF_DAY);
    return day != NULL ? day->n_aircraft[minute - first] : 0;
}

static int compare_counts(const void *x, const void *y)
{
    const uint32_t a = *(const uint32_t *)x;
    const uint32_t b = *(const uint32_t *)y;
    return (a > b) - (a < b);
}

static uint32_t median(uint32_t *counts, size_t n)
{
    qsort(counts, n, sizeof *counts, compare_counts);
    return counts[n / 2];
}

/** The median beside minutes [first, end); 0: too few are known. */
static uint32_t usual_beside(const struct ovf_minutes *minutes, int64_t first, int64_t end)
{
    uint32_t counts[2 * BESIDE_MIN] = {0};
    size_t n = 0;
    for (int64_t m = 1; m <= BESIDE_MIN; m++) {
        const uint32_t beside[] = {in_minute(minutes, first - m), in_minute(minutes, end - 1 + m)};
        for (size_t k = 0; k < 2; k++) {
            if (beside[k] > 0)
                counts[n++] = beside[k];
        }
    }
    return n < KNOWN_MIN ? 0 : median(counts, n);
}

/** The median of the hour that begins at minute \p hour, in its week. False: the week is not known. */
static bool usual_in_week(const struct ovf_minutes *minutes, int64_t hour, uint32_t *usual)
{
    uint32_t counts[(2 * WEEK_REACH + 1) * HOUR_MIN];
    size_t n = 0;
    for (int64_t day = -WEEK_REACH; day <= WEEK_REACH; day++) {
        size_t n_known = 0;
        for (int64_t m = 0; m < HOUR_MIN; m++) {
            counts[n] = in_minute(minutes, hour + day * OVF_MINUTES_OF_DAY + m);
            n_known += counts[n++] > 0 ? 1 : 0;
        }
        if (day != 0 && n_known < KNOWN_MIN)
            return false;
    }
    *usual = median(counts, n);
    return true;
}

static bool is_low(const struct ovf_minutes *minutes, const struct ovf_detect_config *config,
                   int64_t minute, uint32_t usual)
{
    return usual >= config->outage_aircraft &&
           (double)in_minute(minutes, minute) / usual < config->outage_share;
}

/** How many of the minutes [first, end) are low in their week. False: it is not known. */
static bool count_in_week(const struct ovf_minutes *minutes, const struct ovf_detect_config *config,
                          int64_t first, int64_t end, int64_t *n_low)
{
    uint32_t usual = 0;
    int64_t hour = INT64_MIN;
    *n_low = 0;
    for (int64_t m = first; m < end; m++) {
        const int64_t at = ovf_time_floor(m, HOUR_MIN);
        if (at != hour && !usual_in_week(minutes, at, &usual))
            return false;
        hour = at;
        *n_low += is_low(minutes, config, m, usual) ? 1 : 0;
    }
    return true;
}

enum ovf_outage ovf_minutes_outage(const struct ovf_minutes *minutes,
                                   const struct ovf_detect_config *config, int64_t from_s,
                                   int64_t to_s)
{
    const int64_t first = ovf_time_floor(from_s + MINUTE_S - 1, MINUTE_S) / MINUTE_S;
    const int64_t end = ovf_time_floor(to_s, MINUTE_S) / MINUTE_S;
    int64_t n_low = 0;
    if (end <= first || to_s - from_s > TIME_MAX_S)
        return OVF_OUTAGE_NONE;
    const double most = config->gap_time_share * (double)(end - first);
    if (count_in_week(minutes, config, first, end, &n_low))
        return (double)n_low >= most ? OVF_OUTAGE_WEEK : OVF_OUTAGE_NONE;
    const uint32_t usual = usual_beside(minutes, ovf_time_floor(from_s, MINUTE_S) / MINUTE_S,
                                        ovf_time_floor(to_s + MINUTE_S - 1, MINUTE_S) / MINUTE_S);
    n_low = 0;
    for (int64_t m = first; m < end; m++)
        n_low += is_low(minutes, config, m, usual) ? 1 : 0;
    return (double)n_low >= most ? OVF_OUTAGE_HOURS : OVF_OUTAGE_NONE;
}
