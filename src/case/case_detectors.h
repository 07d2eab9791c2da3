/* SPDX-License-Identifier: Apache-2.0 */
/* The thresholds of what speaks against positions (docs/formats/ndjson.md, "Detections"), and those and the speeds by
 * which gaps are judged, as a user may give them.
 * What is not given is what the program has; where that comes from is said in each key's help. */
#ifndef OVF_CASE_CASE_DETECTORS_H
#define OVF_CASE_CASE_DETECTORS_H

#include "case/schema.h"

struct ovf_case_detectors {
    struct ovf_case_head head;
    double jump_kt;
    double speed_margin;
    int64_t cruise_ft;
    double cruise_kt;
    int64_t sustained_fixes;
    double contest_share;
    double stretch_s;
    int64_t twin_fixes;
    double twin_kt;
    double window_s;
    double window_max_step_s;
    double speed_off_kt;
    double speed_off_share;
    double course_off_deg;
    double drift_s;
    double drift_kt;
    double drift_share;
    double still_kt;
    double still_high_kt;
    double still_was_kt;
    double still_was_s;
    int64_t still_above_ft;
    int64_t still_above_unsaid_ft;
    double circle_s;
    double circle_min_m;
    double circle_max_m;
    double circle_off_share;
    int64_t integrity_low;
    double integrity_was_s;
    int64_t altitude_off_ft;
    int64_t altitude_level_ft;
    double altitude_within_s;
    double altitude_near_m;
    double sink_m;
    double sink_s;
    int64_t sink_aircraft;
    const char *sink_airports;
    double sight_receiver_m;
    double sight_share;
    double margin_s;
    double confirm_s;
    double reach_s;
    double reach_descent_fpm;
    double reach_stop_s;
    double cell_medium_share;
    double cell_high_share;
    int64_t cell_aircraft;
    double gap_few_reports;
    double gap_many_reports;
    int64_t gap_others;
    double gap_few_share;
    double gap_many_share;
    double gap_time_share;
    double outage_share;
    int64_t outage_aircraft;
    double hard_kt;
    double usual_kt;
    double turboprop_hard_kt;
    double turboprop_usual_kt;
    double slow_hard_kt;
    double slow_usual_kt;
    double clock_s;
};

extern const struct ovf_table ovf_case_detectors_table;

/** Read \p text, a file of the keys alone. As ovf_case_read; margins that contradict each other are refused, too. */
OVF_NODISCARD enum ovf_status ovf_case_detectors_read(struct ovf_bytes text,
                                                      struct ovf_case_store *store,
                                                      struct ovf_case_detectors *out,
                                                      struct ovf_error *err);

/** What keys cannot check alone. \retval OVF_E_FORMAT  a least is above its most; \p err says where */
OVF_NODISCARD enum ovf_status ovf_case_detectors_check(const struct ovf_case_detectors *detectors,
                                                       struct ovf_error *err);

#endif
