/* SPDX-License-Identifier: Apache-2.0 */
/* Stamps to times.
 * Source: jetvision wiki, "Mode-S Beast: Data Output Formats" (12 MHz), "Radarcape: Firmware" (GPS).
 *
 * Both kinds are 48 bits and neither says which it is. A time of day never has more than 999,999,999 ns; of a counter's
 * stamps one in fourteen has, for six seconds of each 89. A few of that kind that one counter may have come to: they
 * are of a counter; one by itself is broken. Many stamps, apart from each other, over several seconds and none of
 * that kind: they are times of day. A few may come so of a counter, where little is heard at even intervals.
 */
#include "decode/clock.h"

#include "base/time.h"

#define NS_BITS 30
#define NS_MASK ((UINT64_C(1) << NS_BITS) - 1)
#define STAMP_TURN (INT64_C(1) << 48)
#define TICKS_PER_S INT64_C(12000000)
#define LATE_S 10
#define AHEAD_S 60
/* No recording is longer, whatever jumps are believed: so counts and times stay within int64_t. */
#define LONGEST_S (INT64_C(10) * 366 * 86400)

/* So many stamps are no chance: (1 - 1/14)^256 is 6e-9. */
enum { APART_ARE_GPS = 256, SECONDS_ARE_GPS = 5 };
#define APART (UINT64_C(1) << 24) /* 17 ms of a time of day, 1.4 s of a counter */
/* Broken ones by chance are not so often so near each other, that is 179 s of a counter, 2 s of times of day. */
enum { ODD_ARE_COUNTER = 4 };
#define ODD_NEAR (UINT64_C(1) << 31)
enum { SAME_BITS = 20 }; /* 1 ms, 90 ms: of those in which the rest is the same one is looked at */

struct ovf_clock ovf_clock_make(enum ovf_clock_kind kind, int64_t start_ns)
{
    return (struct ovf_clock){.kind = (uint8_t)kind,
                              .start_ns =
                                  kind == OVF_CLOCK_GPS ? ovf_time_day(start_ns) : start_ns};
}

static bool is_time_of_day(uint64_t stamp)
{
    return stamp >> NS_BITS < 86400 && (stamp & NS_MASK) < (uint64_t)OVF_NS_PER_S;
}

/** The shorter way round a ring. */
static int64_t wrap(int64_t difference, int64_t turn)
{
    if (difference >= turn / 2)
        return difference - turn;
    return difference < -turn / 2 ? difference + turn : difference;
}

static int64_t units_of_day(uint64_t stamp)
{
    return (int64_t)(stamp >> NS_BITS) * OVF_NS_PER_S + (int64_t)(stamp & NS_MASK);
}

/** Whether a stamp says no more of what the clock is than those before. */
static inline bool is_passed_over(const struct ovf_clock *clock, uint64_t stamp)
{
    return clock->is_counter || stamp >> SAME_BITS == clock->seen_stamp >> SAME_BITS;
}

/** Whether the stamps are of a counter, \p stamp being no time of day. */
static bool looks_like_counter(struct ovf_clock *clock, uint64_t stamp)
{
    const bool is_near = clock->n_odd > 0 && stamp != clock->odd_stamp &&
                         stamp - clock->odd_stamp + ODD_NEAR <= 2 * ODD_NEAR;
    clock->n_odd = is_near ? clock->n_odd + 1 : 1;
    clock->odd_stamp = stamp;
    return clock->n_odd >= ODD_ARE_COUNTER;
}

/** Whether the stamps, taken for a counter, are a time of day. */
static bool looks_like_gps(struct ovf_clock *clock, uint64_t stamp)
{
    if (is_passed_over(clock, stamp))
        return false;
    if (!is_time_of_day(stamp)) {
        clock->is_counter = looks_like_counter(clock, stamp);
        clock->n_seconds = 0;
        clock->n_apart = 0;
        return false;
    }
    const bool is_next_second = stamp >> NS_BITS == (clock->seen_stamp >> NS_BITS) + 1;
    clock->seen_stamp = stamp;
    if (is_next_second && clock->n_seconds < SECONDS_ARE_GPS)
        clock->n_seconds++;
    if (stamp >= clock->apart_stamp + APART && clock->n_apart < APART_ARE_GPS) {
        clock->apart_stamp = stamp;
        clock->n_apart++;
    }
    return clock->n_seconds >= SECONDS_ARE_GPS && clock->n_apart >= APART_ARE_GPS;
}

/** Where \p stamp is from the start. */
static int64_t units_at(const struct ovf_clock *clock, uint64_t stamp)
{
    if (clock->kind == OVF_CLOCK_GPS)
        return clock->has_last
                   ? clock->n_units +
                         wrap(units_of_day(stamp) - units_of_day(clock->last_stamp), OVF_NS_PER_DAY)
                   : units_of_day(stamp);
    return clock->has_last
               ? clock->n_units + wrap((int64_t)stamp - (int64_t)clock->last_stamp, STAMP_TURN)
               : 0;
}

static inline int64_t units_a_second(const struct ovf_clock *clock)
{
    return clock->kind == OVF_CLOCK_GPS ? OVF_NS_PER_S : TICKS_PER_S;
}

/** Whether a stamp \p ahead of another goes with it. */
static inline bool is_near(const struct ovf_clock *clock, int64_t ahead)
{
    const int64_t unit = units_a_second(clock);
    return ahead >= -LATE_S * unit && ahead <= AHEAD_S * unit;
}

static inline bool is_in_a_recording(const struct ovf_clock *clock, int64_t n_units)
{
    const int64_t longest = LONGEST_S * units_a_second(clock);
    return n_units >= -longest && n_units <= longest;
}

static int64_t time_of(const struct ovf_clock *clock, int64_t n_units)
{
    if (clock->kind == OVF_CLOCK_GPS)
        return clock->start_ns + n_units;
    return clock->start_ns + n_units * 250 / 3; /* ten years of them fit */
}

static enum ovf_clock_answer take(struct ovf_clock *clock, uint64_t stamp, int64_t *t_ns)
{
    const int64_t n_units = units_at(clock, stamp);
    if (!is_in_a_recording(clock, n_units))
        return OVF_CLOCK_UNKNOWN;
    const bool follows_jump =
        clock->has_jump && n_units > clock->n_units && is_near(clock, n_units - clock->n_jump);
    const bool is_next = is_near(clock, n_units - clock->n_units);
    const bool goes_back = clock->has_step && !is_next && is_near(clock, n_units - clock->n_before);
    if (clock->has_last && !is_next && !follows_jump && !goes_back) {
        clock->has_jump = true;
        clock->n_jump = n_units;
        return OVF_CLOCK_UNKNOWN;
    }
    const int64_t n_before = goes_back ? clock->n_before : clock->n_units;
    clock->has_jump = false;
    clock->has_step = clock->has_last && n_units - n_before > LATE_S * units_a_second(clock);
    clock->takes_back = goes_back;
    clock->n_before = n_before;
    clock->has_last = true;
    clock->n_units = n_units;
    clock->last_stamp = stamp;
    *t_ns = time_of(clock, n_units);
    return clock->has_step && !follows_jump ? OVF_CLOCK_AHEAD : OVF_CLOCK_TOLD;
}

/** How far a stamp may be ahead of the last and leave nothing to be looked at. */
static uint64_t sure_ahead(const struct ovf_clock *clock)
{
    static const uint64_t same = UINT64_C(1) << SAME_BITS;
    static const uint64_t most = LATE_S * (uint64_t)TICKS_PER_S + 1;
    if (clock->kind != OVF_CLOCK_COUNTER || !clock->has_last || clock->has_jump ||
        clock->has_step || clock->n_units > (LONGEST_S - 2 * AHEAD_S) * TICKS_PER_S)
        return 0;
    if (clock->is_counter)
        return most;
    return is_passed_over(clock, clock->last_stamp) ? same - clock->last_stamp % same : 0;
}

static enum ovf_clock_answer read_any(struct ovf_clock *clock, const struct ovf_radio_frame *frame,
                                      int64_t *t_ns)
{
    if (clock->kind == OVF_CLOCK_NONE)
        return OVF_CLOCK_UNKNOWN;
    if (frame->stamp_kind != OVF_STAMP_CLOCK) {
        if (!clock->has_last)
            return OVF_CLOCK_UNKNOWN;
        *t_ns = time_of(clock, clock->n_units);
        return OVF_CLOCK_LAST;
    }
    if (clock->kind == OVF_CLOCK_COUNTER)
        return looks_like_gps(clock, frame->stamp) ? OVF_CLOCK_WRONG
                                                   : take(clock, frame->stamp, t_ns);
    if (!is_time_of_day(frame->stamp))
        return looks_like_counter(clock, frame->stamp) ? OVF_CLOCK_WRONG : OVF_CLOCK_UNKNOWN;
    return take(clock, frame->stamp, t_ns);
}

enum ovf_clock_answer ovf_clock_read(struct ovf_clock *clock, const struct ovf_radio_frame *frame,
                                     int64_t *t_ns)
{
    clock->takes_back = false;
    const enum ovf_clock_answer answer = read_any(clock, frame, t_ns);
    clock->n_sure = sure_ahead(clock);
    return answer;
}
