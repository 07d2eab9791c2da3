/* SPDX-License-Identifier: Apache-2.0 */
/* What speaks against the positions of one aircraft: the rules, their thresholds, and what set one off.
 * A detection says that reports are consistent with interference or with a fault; it knows no cause. */
#ifndef OVF_TRACK_DETECTION_H
#define OVF_TRACK_DETECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "geo/point.h"
#include "track/receivers.h"

enum ovf_detection_kind {
    OVF_DETECTION_JUMP, /* positions in a row that the others cannot have led to; value: knots that the
                            step would have taken, limit: knots allowed there */
    OVF_DETECTION_SPEED, /* the way flown is not what the reported speed makes; value: knots of the way,
                            limit: the least or most that would have passed */
    OVF_DETECTION_COURSE, /* straight, but not in the direction of the reported track; degrees */
    OVF_DETECTION_DRIFT,  /* the way flown parts slowly from the reported speed and track; knots */
    OVF_DETECTION_STILL,  /* all but standing still, high up; knots */
    OVF_DETECTION_INTEGRITY, /* NIC or NACp falls in flight; value: what it fell to */
    OVF_DETECTION_ALTITUDE, /* geometric less barometric altitude changes in level flight; feet, both below 0
                                where it falls */
    OVF_DETECTION_MULTILATERATION, /* MLAT places the aircraft elsewhere; knots, as of a jump */
    OVF_DETECTION_CIRCLE, /* on a circle, while heading, bank or track are those of straight flight; km of
                             radius */
    OVF_DETECTION_SIGHT, /* farther from the receiver that heard it than anything at its altitude is heard;
                            km */
    OVF_DETECTION_N
};

/** In snake case. */
const char *ovf_detection_name(enum ovf_detection_kind kind);

struct ovf_detection {
    enum ovf_detection_kind kind;
    uint32_t first; /* the two fixes of the track that set it off */
    uint32_t last;
    float value;
    float limit;
};

/** Zero-initialised is empty. */
struct ovf_detections {
    struct ovf_detection *items; /* by first, last, kind */
    size_t n;
    size_t capacity;
};

void ovf_detections_deinit(struct ovf_detections *detections);
OVF_NODISCARD enum ovf_status ovf_detections_push(struct ovf_detections *detections,
                                                  struct ovf_detection detection);
void ovf_detections_sort(struct ovf_detections *detections);

/** An airport whose place positions are known to be drawn to. */
struct ovf_sink_airport {
    char code[9];
    struct ovf_point at;
};

enum { OVF_SINK_AIRCRAFT_MAX = 64 };

/** Thresholds. */
struct ovf_detect_config {
    /* A jump: a step is possible at the reported speed with 3 kt/s of acceleration, times margin; but not
     * faster than jump_kt, unless the reported speed times margin is. Over a silence of up to stretch_s
     * between two reports from cruise_ft or above, not faster than cruise_kt, unless the reported speed is nearly
     * (see speed_off_kt). */
    double jump_kt;
    double speed_margin;
    int32_t cruise_ft;
    double cruise_kt;
    /* Positions that contradict the rest: how many in a row are more than stray ones, and from which share of
     * the believed ones beside them on it is open who is right. Beside: without a silence of stretch_s. */
    uint32_t sustained_fixes;
    double contest_share;
    double stretch_s;
    /* Two aircraft with one address: either has twin_fixes where they take turns, and a step between them
     * would take more than twin_kt. */
    uint32_t twin_fixes;
    double twin_kt;
    /* Reported speed and track against the way flown, over window_s at the least. */
    double window_s;
    double window_max_step_s;
    double speed_off_kt;
    double speed_off_share;
    double course_off_deg;
    /* Their sum over the straight windows of drift_s, as vectors: by how much a second. */
    double drift_s;
    double drift_kt;
    double drift_share;
    /* Slower than still_kt above still_above_ft, or than still_high_kt above cruise_ft, by an aircraft that
     * reports over still_was_kt within still_was_s before or after. Higher where the input does not tell ground
     * from air: the highest airports lie at 14,500 ft. */
    double still_kt;
    double still_high_kt;
    double still_was_kt;
    double still_was_s;
    int32_t still_above_ft;
    int32_t still_above_unsaid_ft;
    /* On a circle for circle_s: of a radius from min to max, off it by less than the share of the radius (root of
     * the mean square). */
    double circle_s;
    double circle_min_m;
    double circle_max_m;
    double circle_off_share;
    /* NIC or NACp at or below integrity_low, having been above it within integrity_was_s. */
    uint8_t integrity_low;
    double integrity_was_s;
    /* Geometric less barometric altitude, in level flight. A neighbour's changes alike when it is near, within
     * the same time, in the same direction and by as much, give or take altitude_off_ft. */
    int32_t altitude_off_ft;
    int32_t altitude_level_ft;
    double altitude_within_s;
    double altitude_near_m;
    /* A sink: positions of sink_aircraft aircraft (at most OVF_SINK_AIRCRAFT_MAX) jump to within sink_m of one place
     * within sink_s. */
    double sink_m;
    double sink_s;
    uint32_t sink_aircraft;
    /* Line of sight over a globe of 4/3 of its radius from a receiver whose antenna is sight_receiver_m above the
     * sea, unless it is told how high, and by which share more is allowed for what refracts more, or stands higher. */
    double sight_receiver_m;
    double sight_share;
    /* Nothing is believed so long before and after what is suspect; and after that not before a second fix
     * so much later. Between two silences of stretch_s nothing is graded A without one. */
    double margin_s;
    double confirm_s;
    /* Where a flight went whose end is not known (flight/countries.h): so far is looked; who was on his way down (up)
     * is not slower, on average; who is heard again (before) stood so long between. */
    double reach_s;
    double reach_descent_fpm;
    double reach_stop_s;
    /* What many aircraft show. A cell is of medium, or of high level from these shares of disturbed aircraft on, one
     * taken off; a high one says something of others from cell_aircraft disturbed on. */
    double cell_medium_share;
    double cell_high_share;
    uint32_t cell_aircraft;
    /* Of a gap: reports expected in it, others heard there, which share of their time they were received in, and
     * from which share of the gap's time on what is known of it holds of all of it. */
    double gap_few_reports;
    double gap_many_reports;
    uint32_t gap_others;
    double gap_few_share;
    double gap_many_share;
    double gap_time_share;
    /* Of all aircraft that are usual in a minute, if these are outage_aircraft at the least, less than this share. */
    double outage_share;
    uint32_t outage_aircraft;
    /* No threshold, borrowed: where receivers stand that fixes with OVF_FIX_DIRECT were heard by; NULL: nobody said. */
    const struct ovf_receivers *receivers;
    /* No threshold, borrowed: a sink within sink_m of one is told with its name. */
    const struct ovf_sink_airport *sink_airports;
    size_t n_sink_airports;
};

/** Jump, speed, course, still, integrity, altitude, margin and confirmation as gpsjam and readsb have them; the
 * others from recorded tracks. */
extern const struct ovf_detect_config ovf_detect_defaults;

/** stretch_s to the nanosecond: what is longer is a silence. */
uint64_t ovf_detect_stretch_ns(const struct ovf_detect_config *config);

/** Codes of the airports that sinks are named by, separated by blanks, where nothing else is asked for. */
extern const char ovf_detect_sink_airports[];

#endif
