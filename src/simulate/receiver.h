/* SPDX-License-Identifier: Apache-2.0 */
/* Rows as a receiver would have heard them: Beast frames, or SBS lines, of all aircraft in order of time. */
#ifndef OVF_SIMULATE_RECEIVER_H
#define OVF_SIMULATE_RECEIVER_H

#include "base/buffer.h"
#include "base/sink.h"
#include "simulate/sample.h"

/** One thing that was heard. */
struct ovf_heard_at {
    int64_t t_ns;
    size_t number; /* in the order in which they were added */
    size_t offset; /* in bytes */
    uint32_t len;
    bool is_mlat; /* a frame whose stamp says so */
};

/** Zero-initialise. Everything is held until it is written. */
struct ovf_hearing {
    struct ovf_buffer bytes;
    struct ovf_heard_at *items;
    size_t n;
    size_t capacity;
};

void ovf_hearing_deinit(struct ovf_hearing *hearing);

/**
 * Add the frames of \p n rows of one aircraft: for each row its position as an even and an odd half, its velocity,
 * and by turns what else a transponder sends. A row from multilateration is a frame of TIS-B with the stamp that says
 * so, behind an all-call reply that has the time.
 */
OVF_NODISCARD enum ovf_status ovf_hearing_add_frames(struct ovf_hearing *hearing,
                                                     const struct ovf_timetable *timetable,
                                                     const struct ovf_sim_row *rows, size_t n);

/** Add the lines of \p n rows of one aircraft. */
OVF_NODISCARD enum ovf_status ovf_hearing_add_lines(struct ovf_hearing *hearing,
                                                    const struct ovf_timetable *timetable,
                                                    const struct ovf_sim_row *rows, size_t n);

/** Write all that was added, in order of time, as Beast with a 12 MHz counter. \p start_ns gets the instant of the
 * first stamp; it stays as it is when there is none. */
OVF_NODISCARD enum ovf_status ovf_hearing_write_beast(struct ovf_hearing *hearing,
                                                      const struct ovf_sink *sink,
                                                      int64_t *start_ns);

/** Write all that was added, in order of time, as it is. */
OVF_NODISCARD enum ovf_status ovf_hearing_write_lines(struct ovf_hearing *hearing,
                                                      const struct ovf_sink *sink);

#endif
