/* SPDX-License-Identifier: Apache-2.0 */
/* The stamps of a recording to times. They say when in some count of a receiver's, or on some day; which day that
 * was has to be told, and is never guessed. */
#ifndef OVF_DECODE_CLOCK_H
#define OVF_DECODE_CLOCK_H

#include <stdbool.h>

#include "decode/frame.h"

enum ovf_clock_kind {
    OVF_CLOCK_NONE,    /* nobody said when the recording began: there are no times */
    OVF_CLOCK_COUNTER, /* 48 bits at 12 MHz; the first stamp is the start */
    OVF_CLOCK_GPS,     /* 18 bits second of the UTC day, 30 bits ns; the day of the first is told */
};

/** Zero-initialised knows no times. Treat as opaque. */
struct ovf_clock {
    uint8_t kind;         /* enum ovf_clock_kind */
    bool has_last;        /* a stamp was read */
    bool has_jump;        /* the stamp before was too far away; the next one tells which is right */
    bool has_step;        /* the last stamp was far ahead; likewise */
    bool takes_back;      /* ... and this one goes on from those before it */
    bool is_counter;      /* stamps stood that are of one for sure */
    uint8_t n_odd;        /* stamps near each other that no time of day is */
    uint8_t n_seconds;    /* how often a stamp was in the second behind that of the one before */
    uint16_t n_apart;     /* stamps that were not sent in one burst with the one counted before */
    int64_t start_ns;     /* the first stamp's; of GPS, 00:00 of its day */
    int64_t n_units;      /* from there to the last stamp: 1/12 microsecond, or ns */
    int64_t n_jump;       /* the same of the stamp that was too far away */
    int64_t n_before;     /* of the one before a step */
    uint64_t last_stamp;  /* as sent */
    uint64_t seen_stamp;  /* the one looked at before, believed or not */
    uint64_t apart_stamp; /* the last one counted */
    uint64_t odd_stamp;   /* the last one that no time of day is */
    uint64_t n_sure; /* stamps less than so much ahead of the last go on from it, and that is all */
};

enum ovf_clock_answer {
    OVF_CLOCK_TOLD,    /* the time of the frame */
    OVF_CLOCK_AHEAD,   /* its time, unless the next stamp takes it back */
    OVF_CLOCK_LAST,    /* it has no stamp: that of the one before */
    OVF_CLOCK_UNKNOWN, /* no time: no stamp was read yet, or it is far from the others, or broken */
    OVF_CLOCK_WRONG,   /* the stamps are of the other kind: no time so far is right */
};

/** \p start_ns is in the years 1700 to 2250. */
struct ovf_clock ovf_clock_make(enum ovf_clock_kind kind, int64_t start_ns);

/**
 * The time of \p frame.
 *
 * Frames may come up to 10 s late. A stamp that is more than 60 s ahead or further behind is only believed, if
 * ahead, when the next one is with it: a receiver that started anew cannot say how long it was away, and what follows
 * has no times. One that is 10 to 60 s ahead is told as OVF_CLOCK_AHEAD, for nothing may have been heard for a while;
 * if the next one goes on from those before (ovf_clock_takes_back), it was broken, and costs none but itself. Ten
 * years from the start on there are no times either. One stamp that is of the other kind is broken, as noise is.
 */
enum ovf_clock_answer ovf_clock_read(struct ovf_clock *clock, const struct ovf_radio_frame *frame,
                                     int64_t *t_ns);

/** Whether what ovf_clock_read() read last shows that the one before, OVF_CLOCK_AHEAD, was broken. */
static inline bool ovf_clock_takes_back(const struct ovf_clock *clock)
{
    return clock->takes_back;
}

/** The same for most stamps: of a counter, a little further on. False: it is none of them, and not read. */
static inline bool ovf_clock_go_on(struct ovf_clock *clock, const struct ovf_radio_frame *frame,
                                   int64_t *t_ns)
{
    const uint64_t ahead = frame->stamp - clock->last_stamp;
    if (frame->stamp_kind != OVF_STAMP_CLOCK || ahead >= clock->n_sure)
        return false;
    clock->n_sure -= ahead;
    clock->n_units += (int64_t)ahead;
    clock->last_stamp = frame->stamp;
    *t_ns = clock->start_ns + clock->n_units * 250 / 3;
    return true;
}

#endif
