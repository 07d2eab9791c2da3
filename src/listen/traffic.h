/* SPDX-License-Identifier: Apache-2.0 */
/* Counts of all traffic by cell, altitude band and hour: what later tells whether anybody could have been
 * heard somewhere. All aircraft count, whatever a scan asks for. */
#ifndef OVF_LISTEN_TRAFFIC_H
#define OVF_LISTEN_TRAFFIC_H

#include <stddef.h>

#include "base/status.h"
#include "track/merge.h"

enum ovf_band {
    OVF_BAND_LOW,     /* below 10,000 ft, and on the ground */
    OVF_BAND_MIDDLE,  /* 10,000 to 25,000 ft */
    OVF_BAND_HIGH,    /* above 25,000 ft */
    OVF_BAND_UNKNOWN, /* no altitude reported */
};

/** One place, band and hour. */
struct ovf_traffic_count {
    int64_t hour_ns; /* the start of the UTC hour */
    uint32_t cell;   /* geo/cell.h */
    uint32_t band;   /* enum ovf_band */
    uint64_t n_fixes;
    uint64_t n_aircraft; /* addresses with at least one fix there and then */
};

/** Zero-initialise. Two that were filled by different threads can be added. */
struct ovf_traffic {
    struct ovf_traffic_count *slots; /* open addressing; n_fixes 0: free */
    size_t n_slots;
    size_t n_used;
};

void ovf_traffic_deinit(struct ovf_traffic *traffic);

/** Count the believed fixes of one aircraft; call once for each track. */
OVF_NODISCARD enum ovf_status ovf_traffic_count_track(struct ovf_traffic *traffic,
                                                      const struct ovf_track *track);

/** Add \p more to \p sum. Aircraft of both are taken for different ones. */
OVF_NODISCARD enum ovf_status ovf_traffic_add(struct ovf_traffic *sum,
                                              const struct ovf_traffic *more);

/** The counts in order of hour, cell and band, for the caller to free; \p *n of them. */
OVF_NODISCARD enum ovf_status ovf_traffic_sorted(const struct ovf_traffic *traffic,
                                                 struct ovf_traffic_count **out, size_t *n);

#endif
