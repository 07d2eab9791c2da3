/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of grading share; private to src/track/grade*.c. While a track is graded, OVF_GRADE_NONE is
 * what is believed so far. */
#ifndef OVF_TRACK_GRADE_PARTS_H
#define OVF_TRACK_GRADE_PARTS_H

#include "track/detection.h"
#include "track/fix.h"
#include "track/ways.h"

/** A time, both ends included. */
struct ovf_span {
    int64_t from_ns;
    int64_t to_ns;
};

/** Zero-initialised is empty. */
struct ovf_spans {
    struct ovf_span *items;
    size_t n;
    size_t capacity;
};

/** Fixes that are believed on one side of some that contradict them, without a silence between. */
struct ovf_side {
    size_t n;
    uint32_t near; /* the nearest; n > 0 */
    uint32_t far;
    bool is_joined; /* the nearest one is within reach of these */
    bool is_landed; /* one of them is on the ground */
    bool is_broken; /* by a silence, between it and the nearest */
};

/** Fixes that contradict what is believed before or behind them; nobody knows who is right. */
struct ovf_contest {
    size_t n;
    bool is_landed; /* one of them is on the ground */
    struct ovf_side sides[2];
};

/** Zero-initialised is empty. */
struct ovf_contests {
    struct ovf_contest *items;
    size_t n;
    size_t capacity;
};

/** Fixes one after the other that state the same source, quality, whether they have a speed and are on the ground: the
 * number of the fix behind each run of them. Zero-initialised is empty. */
struct ovf_runs {
    uint32_t *ends;
    size_t n;
    size_t capacity;
};

struct ovf_grader {
    const struct ovf_detect_config *config;
    struct ovf_fixes *fixes;
    struct ovf_detections *detections;
    struct ovf_runs runs;      /* all fixes */
    struct ovf_spans suspect;  /* nothing is believed in these, nor the margin around them */
    struct ovf_spans weak;     /* radii are doubled in these */
    struct ovf_spans doubtful; /* nothing in these is better than D */
    struct ovf_contests contests;
    bool has_twin;          /* fixes with OVF_FIX_TWIN are of another aircraft */
    enum ovf_status status; /* the first failure: what is noted after it is lost */
};

void ovf_grader_suspect(struct ovf_grader *grader, int64_t from_ns, int64_t to_ns);
void ovf_grader_weaken(struct ovf_grader *grader, int64_t from_ns, int64_t to_ns);
void ovf_grader_doubt(struct ovf_grader *grader, int64_t from_ns, int64_t to_ns);

/** The value of \p kind at fixes \p first and \p last; one that goes on where the last of its kind ended
 * lengthens it. */
void ovf_grader_note(struct ovf_grader *grader, struct ovf_detection detection);

/** Choose the way that is believed, and judge those that contradict it. */
void ovf_grader_judge_ways(struct ovf_grader *grader, const struct ovf_ways *ways,
                           const struct ovf_way_link *links);

void ovf_grader_suspect_side(struct ovf_grader *grader, const struct ovf_side *side);

/** Leave it to ovf_grader_judge_contests, once what speaks against single positions is noted, who is suspect. */
void ovf_grader_contest(struct ovf_grader *grader, struct ovf_contest contest);
void ovf_grader_judge_contests(struct ovf_grader *grader);

/** Hold what is believed against the speed, track, quality and altitudes that it reports. */
void ovf_grader_follow(struct ovf_grader *grader, const struct ovf_way_link *links);

/** Hold what is believed against circles that the aircraft does not say it flies. */
void ovf_grader_judge_circles(struct ovf_grader *grader, const struct ovf_way_link *links);

/** Hold what is believed against how far the receiver hears that heard it. */
void ovf_grader_judge_sight(struct ovf_grader *grader);

#endif
