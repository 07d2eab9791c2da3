/* SPDX-License-Identifier: Apache-2.0 */
#include "track/detection.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"

const char *ovf_detection_name(enum ovf_detection_kind kind)
{
    static const char *const names[OVF_DETECTION_N] = {
        [OVF_DETECTION_JUMP] = "jump",         [OVF_DETECTION_SPEED] = "speed",
        [OVF_DETECTION_COURSE] = "course",     [OVF_DETECTION_DRIFT] = "drift",
        [OVF_DETECTION_STILL] = "still",       [OVF_DETECTION_INTEGRITY] = "integrity",
        [OVF_DETECTION_ALTITUDE] = "altitude", [OVF_DETECTION_MULTILATERATION] = "multilateration",
        [OVF_DETECTION_CIRCLE] = "circle",     [OVF_DETECTION_SIGHT] = "sight",
    };
    assert((unsigned)kind < OVF_DETECTION_N);
    return names[kind];
}

const struct ovf_detect_config ovf_detect_defaults = {
    .jump_kt = 750,
    .speed_margin = 1.3,
    .cruise_ft = 25000,
    .cruise_kt = 600,
    .sustained_fixes = 3,
    .contest_share = 0.05,
    .stretch_s = 1800,
    .twin_fixes = 10,
    .twin_kt = 900,
    .window_s = 30,
    .window_max_step_s = 60,
    .speed_off_kt = 60,
    .speed_off_share = 0.2,
    .course_off_deg = 45,
    .drift_s = 120,
    .drift_kt = 20,
    .drift_share = 0.05,
    .still_kt = 50,
    .still_was_kt = 250,
    .still_high_kt = 100,
    .still_was_s = 14400,
    .still_above_ft = 10000,
    .still_above_unsaid_ft = 16500,
    .circle_s = 600,
    .circle_min_m = 500,
    .circle_max_m = 20000,
    .circle_off_share = 0.1,
    .integrity_low = 6,
    .integrity_was_s = 600,
    .altitude_off_ft = 500,
    .altitude_level_ft = 250,
    .altitude_within_s = 60,
    .altitude_near_m = 100000,
    .sink_m = 5000,
    .sink_s = 3600,
    .sink_aircraft = 3,
    .sight_receiver_m = 500,
    .sight_share = 0.2,
    .margin_s = 60,
    .confirm_s = 10,
    .reach_s = 3600,
    .reach_descent_fpm = 500,
    .reach_stop_s = 600,
    .cell_medium_share = 0.02,
    .cell_high_share = 0.1,
    .cell_aircraft = 3,
    .gap_few_reports = 3,
    .gap_many_reports = 20,
    .gap_others = 3,
    .gap_few_share = 0.333,
    .gap_many_share = 0.5,
    .gap_time_share = 0.5,
    .outage_share = 0.2,
    .outage_aircraft = 10,
};

const char ovf_detect_sink_airports[] = "OLBA ORBI HECA LLBG OJAI";

void ovf_detections_deinit(struct ovf_detections *detections)
{
    free(detections->items);
    *detections = (struct ovf_detections){0};
}

enum ovf_status ovf_detections_push(struct ovf_detections *detections,
                                    struct ovf_detection detection)
{
    struct ovf_detection *grown = ovf_array_reserve(detections->items, &detections->capacity,
                                                    detections->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    detections->items = grown;
    detections->items[detections->n++] = detection;
    return OVF_OK;
}

static int compare(const void *x, const void *y)
{
    const struct ovf_detection *a = x;
    const struct ovf_detection *b = y;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    if (a->last != b->last)
        return a->last < b->last ? -1 : 1;
    return (a->kind > b->kind) - (a->kind < b->kind);
}

void ovf_detections_sort(struct ovf_detections *detections)
{
    if (detections->n > 1)
        qsort(detections->items, detections->n, sizeof *detections->items, compare);
}

uint64_t ovf_detect_stretch_ns(const struct ovf_detect_config *config)
{
    return (uint64_t)llround(config->stretch_s * OVF_NS_PER_S);
}
