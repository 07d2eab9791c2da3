/* SPDX-License-Identifier: Apache-2.0 */
/* When and where an aircraft was heard, and when and where it flew unheard: what others are judged by.
 *
 * Along a flight's believed fixes, a time that is bridged (airspace/walk.h) counts as heard, with the fixes in
 * it: thinned out by the archive, they come at the archive's rate. A gap counts as silent in the cells that the
 * straight way leads through: the aircraft is known, from both sides, to have passed. Not so a gap in which reports
 * came but were not believed, and one in which it may have stood on the ground, where transponders rest.
 *
 * It was disturbed where its integrity had fallen (track/detection.h), and on the straight way over a time in
 * which reports are not believed for what was detected, or over a silence between two reports of low integrity.
 * The places that such reports name are not where it was.
 *
 * Both are kept as runs: a time in one cell, altitude band and UTC hour. A run begins where the fix stands that
 * comes first in it, and ends where the next begins. */
#ifndef OVF_LISTEN_HEARD_H
#define OVF_LISTEN_HEARD_H

#include "airspace/walk.h"
#include "base/buffer.h"
#include "listen/traffic.h"
#include "listen/way.h"
#include "track/merge.h"

enum { OVF_HOUR_S = 3600, OVF_DAY_S = 86400 };

struct ovf_heard_run {
    int64_t from_s; /* since 1970 */
    int64_t to_s;   /* at most the end of the hour that from_s lies in */
    uint32_t cell;
    uint32_t n_fixes;
    enum ovf_band band;
    bool is_silent;
    bool
        is_disturbed; /* consistent with interference; if silent as well, nothing is said of reception */
};

/** The runs of one flight, in order of time. Zero-initialise, reuse. */
struct ovf_heard {
    struct ovf_heard_run *runs;
    size_t n;

    /* private */
    size_t capacity;
    struct ovf_stays stays;
    struct ovf_count_rows rows;
};

void ovf_heard_deinit(struct ovf_heard *heard);

/** What is silence: nothing was received between fix \p i and fix \p j, which are believed. */
enum ovf_gap_kind {
    OVF_GAP_SILENT,       /* no report, or not for long enough to bridge it */
    OVF_GAP_NOT_BELIEVED, /* reports came all along, and are not believed */
    OVF_GAP_GROUND, /* no report, but it may have landed and stood: an end is on the ground, or the
                             lower one below 10,000 ft and the way slower than 40 m/s */
    OVF_GAP_HEARD, /* no report, but messages without positions, not only at its ends: it was within reach */
};

enum ovf_gap_kind ovf_gap_kind_of(const struct ovf_walk_options *options,
                                  const struct ovf_track *track, size_t i, size_t j);

/** The band that a gap is counted in: that of its lower end. */
enum ovf_band ovf_gap_band(const struct ovf_fix *before, const struct ovf_fix *after);

/** The fixes [first, last] of \p track, which is graded, take the place of what was there: those of a flight.
 * \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_heard_flight(struct ovf_heard *heard,
                                               const struct ovf_track *track, size_t first,
                                               size_t last, const struct ovf_walk_options *options);

/** Append \p n runs, in order of time, as bytes: some seven each. */
OVF_NODISCARD enum ovf_status ovf_heard_pack(const struct ovf_heard_run *runs, size_t n,
                                             struct ovf_buffer *out);

/** Reads what was packed. */
struct ovf_heard_reader {
    struct ovf_bytes rest;
    int64_t t_s;
    uint32_t cell;
};

/** The next run of \p reader, which begins as {.rest = bytes}. \return false: there is none, or the bytes are
 * not what ovf_heard_pack writes */
bool ovf_heard_next(struct ovf_heard_reader *reader, struct ovf_heard_run *run);

#endif
