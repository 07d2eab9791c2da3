/* SPDX-License-Identifier: Apache-2.0 */
/* The way that an aircraft took through an airspace, as lines to draw: from entry to exit along the
 * believed fixes, on the geodesics between them. A gap is a part of its own; one in which the entry or
 * the exit lies is drawn whole, from the fix on the one side to the fix on the other.
 *
 * Lines are cut at 180 degrees and hold a point each 20 km or less, so that they may be drawn as straight ones in
 * latitude and longitude. */
#ifndef OVF_REPORT_DRAWING_H
#define OVF_REPORT_DRAWING_H

#include "report/line.h"

/** lon_e7 is in [-180e7, 180e7], both ends included. */
struct ovf_drawing_point {
    int32_t lat_e7;
    int32_t lon_e7;
    double alt_ft; /* NAN: unknown */
    int64_t t_ns;
};

/** Points [begin, end), at least one. */
struct ovf_drawing_line {
    size_t begin;
    size_t end;
};

/** Lines [begin, end). One of a single point is a position between two gaps, or a cut at a position. */
struct ovf_drawing_part {
    bool is_gap;
    int64_t t_min_ns;
    int64_t t_max_ns;
    size_t begin;
    size_t end;
};

/** Zero-initialise; reuse. */
struct ovf_drawing {
    struct ovf_drawing_point *points;
    size_t n_points;
    size_t points_capacity;
    struct ovf_drawing_line *lines;
    size_t n_lines;
    size_t lines_capacity;
    struct ovf_drawing_part *parts; /* in order of time */
    size_t n_parts;
    size_t parts_capacity;
    unsigned datum; /* of all altitudes: OVF_FIX_ALT_GEOM, OVF_FIX_ALT_BARO, or 0: there are none */
};

void ovf_drawing_deinit(struct ovf_drawing *drawing);

/**
 * The path of a crossing.
 *
 * Altitudes are geometric where at least half of the fixes that know any know theirs, else barometric;
 * in between they change uniformly in time.
 *
 * \param[in]  dotted  draw a gap as an odd number of pieces of its geodesic, of which every other one is there:
 *                     each of them is a line
 * \param[out] drawing    overwritten
 * \retval OVF_OK, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_drawing_of_crossing(const struct ovf_report *report,
                                                      const struct ovf_report_line *line,
                                                      bool dotted, struct ovf_drawing *drawing);

#endif
