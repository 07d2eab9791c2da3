/* SPDX-License-Identifier: Apache-2.0 */
#include "case/case_detectors.h"

#include "case/keys.h"

#define AT(member, kind, ...) OVF_KEY(#member, ovf_case_detectors, member, kind, __VA_ARGS__)
static const struct ovf_key detectors_keys[] = {
    AT(jump_kt, NUMBER, .unit = "kt", .min = 300, .max = 3000, .fallback = "750",
       .help = "a step over a minute is not flown faster, unless the reported speed is (spec: 750 "
               "kt; gpsjam looks for 2,000 kt)"),
    AT(speed_margin, NUMBER, .min = 1, .max = 3, .fallback = "1.3",
       .help = "times what the reported speed and 3 kt/s of acceleration make (readsb)"),
    AT(cruise_ft, INTEGER, .unit = "ft", .min = 0, .max = 60000, .fallback = "25000",
       .help = "cruise is at and above it"),
    AT(cruise_kt, NUMBER, .unit = "kt", .min = 300, .max = 3000, .fallback = "600",
       .help = "in cruise a silence up to `stretch_s` is not flown faster; the usual speed of "
               "jets, as in gaps"),
    AT(sustained_fixes, INTEGER, .min = 1, .max = 1000, .fallback = "3",
       .help = "positions in a row that the others cannot have led to, until they are more than "
               "stray ones (recorded tracks)"),
    AT(contest_share, NUMBER, .min = 0, .max = 1, .fallback = "0.05",
       .help = "of the believed positions beside them, from which share on it is open who is right "
               "(recorded tracks)"),
    AT(stretch_s, NUMBER, .unit = "s", .min = 60, .max = 86400, .fallback = "1800",
       .help = "a silence that ends a stretch (EUROCONTROL OPDI: 30 min)"),
    AT(twin_fixes, INTEGER, .min = 2, .max = 1000, .fallback = "10",
       .help = "two aircraft with one address: positions of either where they take turns (recorded "
               "tracks)"),
    AT(twin_kt, NUMBER, .unit = "kt", .min = 300, .max = 3000, .fallback = "900",
       .help = "and the speed that a step between them would take"),
    AT(window_s, NUMBER, .unit = "s", .min = 5, .max = 600, .fallback = "30",
       .help = "way flown against reported speed and track, over this at the least"),
    AT(window_max_step_s, NUMBER, .unit = "s", .min = 5, .max = 600, .fallback = "60",
       .help = "and without a silence longer than this"),
    AT(speed_off_kt, NUMBER, .unit = "kt", .min = 10, .max = 500, .fallback = "60",
       .help = "the reported speed may be off by this"),
    AT(speed_off_share, NUMBER, .min = 0, .max = 1, .fallback = "0.2",
       .help = "or by this share of it, whichever is more"),
    AT(course_off_deg, NUMBER, .unit = "deg", .min = 5, .max = 170, .fallback = "45",
       .help = "the reported track may be off by this"),
    AT(drift_s, NUMBER, .unit = "s", .min = 30, .max = 3600, .fallback = "120",
       .help = "the same as vectors, summed over the straight windows of this time"),
    AT(drift_kt, NUMBER, .unit = "kt", .min = 5, .max = 500, .fallback = "20",
       .help = "by how much (recorded ADS-B: 5 kt at the most)"),
    AT(drift_share, NUMBER, .min = 0, .max = 1, .fallback = "0.05",
       .help = "or by which share of the way, whichever is more"),
    AT(still_kt, NUMBER, .unit = "kt", .min = 0, .max = 200, .fallback = "50",
       .help = "nobody flies slower above `still_above_ft`"),
    AT(still_high_kt, NUMBER, .unit = "kt", .min = 0, .max = 300, .fallback = "100",
       .help = "nor above `cruise_ft`"),
    AT(still_was_kt, NUMBER, .unit = "kt", .min = 50, .max = 1000, .fallback = "250",
       .help = "who reports to be faster than this"),
    AT(still_was_s, NUMBER, .unit = "s", .min = 60, .max = 86400, .fallback = "14400",
       .help = "within this time before or after"),
    AT(still_above_ft, INTEGER, .unit = "ft", .min = 0, .max = 60000, .fallback = "10000",
       .help = ""),
    AT(still_above_unsaid_ft, INTEGER, .unit = "ft", .min = 0, .max = 60000, .fallback = "16500",
       .help =
           "where the input does not tell ground from air: the highest airports lie at 14,500 ft"),
    AT(circle_s, NUMBER, .unit = "s", .min = 120, .max = 3600, .fallback = "600",
       .help = "positions lie on a circle for this long"),
    AT(circle_min_m, NUMBER, .unit = "m", .min = 50, .max = 50000, .fallback = "500",
       .help = "of this radius at the least"),
    AT(circle_max_m, NUMBER, .unit = "m", .min = 100, .max = 100000, .fallback = "20000",
       .help = "and at the most"),
    AT(circle_off_share, NUMBER, .min = 0, .max = 0.5, .fallback = "0.1",
       .help = "off it by less than this share of the radius (root of the mean square)"),
    AT(integrity_low, INTEGER, .min = 0, .max = 8, .fallback = "6",
       .help = "NIC or NACp falls to this (gpsjam: NACp below 7 or 8)"),
    AT(integrity_was_s, NUMBER, .unit = "s", .min = 10, .max = 86400, .fallback = "600",
       .help = "having been above it within this time"),
    AT(altitude_off_ft, INTEGER, .unit = "ft", .min = 50, .max = 10000, .fallback = "500",
       .help = "geometric less barometric altitude changes by more"),
    AT(altitude_level_ft, INTEGER, .unit = "ft", .min = 0, .max = 10000, .fallback = "250",
       .help = "while the barometric one changes by no more"),
    AT(altitude_within_s, NUMBER, .unit = "s", .min = 5, .max = 600, .fallback = "60",
       .help = "within this time"),
    AT(altitude_near_m, NUMBER, .unit = "m", .min = 0, .max = 1000000, .fallback = "100000",
       .help =
           "neighbours whose altitudes part alike (`altitude_shared`) are within this distance"),
    AT(sink_m, NUMBER, .unit = "m", .min = 100, .max = 100000, .fallback = "5000",
       .help = "positions of several aircraft jump to within this distance of one place (`sink`)"),
    AT(sink_s, NUMBER, .unit = "s", .min = 60, .max = 86400, .fallback = "3600",
       .help = "within this time"),
    AT(sink_aircraft, INTEGER, .min = 2, .max = 64, .fallback = "3", .help = "of so many aircraft"),
    AT(sink_airports, TEXT, .fallback = "OLBA ORBI HECA LLBG OJAI",
       .help = "codes of airports, separated by blanks: a sink within `sink_m` of one is told with "
               "its name, nothing else; `none`: none"),
    AT(sight_receiver_m, NUMBER, .unit = "m", .min = 0, .max = 6000, .fallback = "500",
       .help = "how high above the sea an antenna is taken to stand whose place `--at` or "
               "`--receiver` states without its height"),
    AT(sight_share, NUMBER, .min = 0, .max = 5, .fallback = "0.2",
       .help = "by which share further than in sight (over 4/3 of the globe's radius) it may hear: "
               "ducts, higher ground"),
    AT(margin_s, NUMBER, .unit = "s", .min = 0, .max = 3600, .fallback = "60",
       .help = "nothing is believed so long before and after what is suspect"),
    AT(confirm_s, NUMBER, .unit = "s", .min = 0, .max = 3600, .fallback = "10",
       .help = "nor after that before a second position so much later; heard alone between two "
               "silences, a position has no grade A without it"),
    AT(reach_s, NUMBER, .unit = "s", .min = 60, .max = 14400, .fallback = "3600",
       .help = "where a flight whose end is unknown can have gone (`reachable`) is looked for so "
               "far, and who is heard "
               "again later is as good as not heard again: an hour at a jet's limit is 1,333 km"),
    AT(reach_descent_fpm, NUMBER, .unit = "ft/min", .min = 50, .max = 6000, .fallback = "500",
       .help = "or in the time that its altitude takes at this rate, where it was on its way down "
               "(jets: 1,500)"),
    AT(reach_stop_s, NUMBER, .unit = "s", .min = 0, .max = 14400, .fallback = "600",
       .help = "and where it was heard again it stood so long between, as in gaps"),
    AT(cell_medium_share, NUMBER, .min = 0, .max = 1, .fallback = "0.02",
       .help = "a cell is of `medium` level from this share of disturbed aircraft on, of which one "
               "is taken off (gpsjam)"),
    AT(cell_high_share, NUMBER, .min = 0, .max = 1, .fallback = "0.1",
       .help = "and of `high` level from this share on (gpsjam)"),
    AT(cell_aircraft, INTEGER, .min = 1, .max = 1000, .fallback = "3",
       .help = "one of `high` level says something of others in it from so many disturbed aircraft "
               "on: two may both be broken"),
    AT(gap_few_reports, NUMBER, .min = 0, .max = 1000, .fallback = "3",
       .help = "a gap in which fewer reports are expected is one of `coverage` (after Welch et al. "
               "2022, of AIS: the signal must be expected before its absence says anything)"),
    AT(gap_many_reports, NUMBER, .min = 0, .max = 100000, .fallback = "20",
       .help = "and `unexplained` takes so many"),
    AT(gap_others, INTEGER, .min = 1, .max = 200, .fallback = "3",
       .help = "and so many others that were heard there"),
    AT(gap_few_share, NUMBER, .min = 0, .max = 1, .fallback = "0.333",
       .help =
           "a gap is one of `coverage`, too, where others are received for less than this share of "
           "their time (simulated holes of a few cells: they end in cells that are heard in part)"),
    AT(gap_many_share, NUMBER, .min = 0, .max = 1, .fallback = "0.5",
       .help = "and `unexplained` takes that they are for this share"),
    AT(gap_time_share, NUMBER, .min = 0.1, .max = 1, .fallback = "0.5",
       .help =
           "from this share of a gap on what is known of it holds of all of it: of its way that "
           "others flew, too, or that lies in cells of high level, of its minutes in an outage"),
    AT(outage_share, NUMBER, .min = 0, .max = 1, .fallback = "0.2",
       .help = "a minute is one of an outage where fewer aircraft than this share of what is usual "
               "were received"),
    AT(outage_aircraft, INTEGER, .min = 1, .max = 100000, .fallback = "10",
       .help = "and what is usual are so many: that few are silent may be chance"),
    AT(hard_kt, NUMBER, .unit = "kt", .min = 1, .max = 10000, .fallback = "720",
       .help = "in a gap a jet, or an aircraft of no known type, is nowhere faster over ground"),
    AT(usual_kt, NUMBER, .unit = "kt", .min = 1, .max = 10000, .fallback = "600",
       .help = "nor usually than this: its greatest true airspeed with a strong tail wind; where "
               "the winds are known, say so here"),
    AT(turboprop_hard_kt, NUMBER, .unit = "kt", .min = 1, .max = 10000, .fallback = "420",
       .help = "the same of a type that is a turboprop and cruises at 300 kt or less"),
    AT(turboprop_usual_kt, NUMBER, .unit = "kt", .min = 1, .max = 10000, .fallback = "360",
       .help = ""),
    AT(slow_hard_kt, NUMBER, .unit = "kt", .min = 1, .max = 10000, .fallback = "300",
       .help = "and of one with piston engines, a helicopter, a glider"),
    AT(slow_usual_kt, NUMBER, .unit = "kt", .min = 1, .max = 10000, .fallback = "260", .help = ""),
    AT(clock_s, NUMBER, .unit = "s", .min = 0, .max = 3600, .fallback = "2",
       .help = "by which the times of a gap's ends may be off, of the worst of all inputs"),
};
#undef AT
const struct ovf_table ovf_case_detectors_table =
    OVF_CASE_TABLE("detectors", detectors_keys, ovf_case_detectors);

enum ovf_status ovf_case_detectors_check(const struct ovf_case_detectors *detectors,
                                         struct ovf_error *err)
{
    if (detectors->circle_min_m >= detectors->circle_max_m)
        return ovf_case_fail(err, ovf_case_place_of(&detectors->head, "circle_min_m"),
                             "circle_min_m is %g, which is not below circle_max_m, %g",
                             detectors->circle_min_m, detectors->circle_max_m);
    if (detectors->cell_medium_share > detectors->cell_high_share)
        return ovf_case_fail(err, ovf_case_place_of(&detectors->head, "cell_medium_share"),
                             "cell_medium_share is %g, which is above cell_high_share, %g",
                             detectors->cell_medium_share, detectors->cell_high_share);
    return OVF_OK;
}

enum ovf_status ovf_case_detectors_read(struct ovf_bytes text, struct ovf_case_store *store,
                                        struct ovf_case_detectors *out, struct ovf_error *err)
{
    const enum ovf_status st = ovf_case_read(text, &ovf_case_detectors_table, store, out, err);
    return st == OVF_OK ? ovf_case_detectors_check(out, err) : st;
}
