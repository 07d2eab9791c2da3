/* SPDX-License-Identifier: Apache-2.0 */
/* Exact segmentation: the days that say something, cut so that the sum of the segments' costs and a penalty for
 * each cut is least. PELT (Killick, Fearnhead, Eckley 2012, doi:10.1080/01621459.2012.737745), and CROPS (Haynes,
 * Eckley, Fearnhead 2017, doi:10.1080/10618600.2015.1116445) for all penalties of a range. */
#ifndef OVF_SERIES_SEGMENTS_H
#define OVF_SERIES_SEGMENTS_H

#include "series/series.h"

/** A segment has at least: */
enum { OVF_SEGMENT_MIN_DAYS = 5 };   /* that say something, */
#define OVF_SEGMENT_MIN_EXPOSURE 3.0 /* and this exposure in all */

/** The days of a series that say something. Zero-initialise. */
struct ovf_telling {
    size_t n;
    size_t *days;               /* n: their numbers in the series */
    struct ovf_counted *before; /* n + 1: sums over those before */
};

OVF_NODISCARD enum ovf_status ovf_telling_init(struct ovf_telling *telling,
                                               const struct ovf_series *series);
void ovf_telling_deinit(struct ovf_telling *telling);

/** What telling days [\p from, \p until) have. */
struct ovf_counted ovf_telling_sum(const struct ovf_telling *telling, size_t from, size_t until);

/** Whether they may be a segment. */
bool ovf_telling_suffice(const struct ovf_telling *telling, size_t from, size_t until);

/** Zero-initialise. */
struct ovf_segments {
    size_t *starts; /* of telling days, the first is 0 */
    size_t n;       /* 0: not even one segment is long enough */
    double cost;    /* without penalties */
};

void ovf_segments_deinit(struct ovf_segments *segments);

/** \p penalty >= 0, of each cut. What \p out held is replaced. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_segments_find(const struct ovf_telling *telling,
                                                double dispersion, double penalty,
                                                struct ovf_segments *out);

/** One of the best segmentations: it is that from its penalty to the next one's. */
struct ovf_segments_path_step {
    double penalty; /* the least at which it is best */
    struct ovf_segments segments;
};

/** Zero-initialise. */
struct ovf_segments_path {
    struct ovf_segments_path_step *steps; /* the penalty rises, the number of segments falls */
    size_t n;
    size_t capacity;
};

void ovf_segments_path_deinit(struct ovf_segments_path *path);

/** All that are best for a penalty in [\p low, \p high]; the first one's penalty is \p low. \p path is empty before.
 * \retval OVF_E_NOMEM  and then it is empty, too */
OVF_NODISCARD enum ovf_status ovf_segments_path_find(const struct ovf_telling *telling,
                                                     double dispersion, double low, double high,
                                                     struct ovf_segments_path *path);

#endif
