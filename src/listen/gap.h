/* SPDX-License-Identifier: Apache-2.0 */
/* A gap: an interval of a flight without a believed fix, and what may be said of its cause. Never more than
 * what others show: that reports were missing where others were received is no statement about why. */
#ifndef OVF_LISTEN_GAP_H
#define OVF_LISTEN_GAP_H

#include "listen/disturbed.h"
#include "listen/minutes.h"

struct ovf_gap {
    uint32_t address;
    struct ovf_point from; /* of the last believed fix before it */
    struct ovf_point to;   /* of the first behind it */
    int64_t from_s;        /* since 1970 */
    int64_t to_s;
    enum ovf_band band;
    enum ovf_gap_kind kind;
};

/** The gap between the believed fixes \p i and \p j of a track. Times are taken as they are printed, to the
 * millisecond, so that who reads them there finds the same. */
struct ovf_gap ovf_gap_between(const struct ovf_walk_options *options,
                               const struct ovf_track *track, size_t i, size_t j);

/** "silent", "not_believed", "ground", "heard"; and back, silent for whatever else. */
const char *ovf_gap_kind_name(enum ovf_gap_kind kind);
enum ovf_gap_kind ovf_gap_kind_parse(const char *name);

enum ovf_gap_cause {
    OVF_CAUSE_UNDETERMINED,
    OVF_CAUSE_COVERAGE,     /* others are hardly received there either */
    OVF_CAUSE_UNEXPLAINED,  /* no reports received where others were received */
    OVF_CAUSE_OUTAGE,       /* hardly any aircraft was received anywhere */
    OVF_CAUSE_INTERFERENCE, /* reports came and are not believed, or others there were disturbed */
    OVF_CAUSE_N
};

const char *ovf_gap_cause_name(enum ovf_gap_cause cause);

enum { OVF_WITNESSES_LISTED = 10, OVF_OTHERS_COUNTED = 200 };

/** What other aircraft show of a gap: of the cells that the straight way over it leads through, in its altitude
 * band. Where there are more others than OVF_OTHERS_COUNTED, those of the lowest addresses count. */
struct ovf_gap_evidence {
    double
        expected_reports; /* at the rate at which others were received in the same UTC hours; to 0.1 */
    double
        received_share; /* of the time that others spent there in these hours, that they were heard in,
                                to 0.01;
                                0 where known_s is */
    int64_t known_s; /* of the gap: in cells that others are known to have passed in these hours */
    uint32_t
        n_heard; /* others, in the same cell within 15 min of when the aircraft was due there */
    uint32_t n_heard_then;  /* of these, while it was due there */
    uint32_t n_silent_then; /* others that were themselves due there unheard, meanwhile */
    uint32_t n_witnesses;   /* the first of n_heard, in order of address */
    uint32_t witnesses[OVF_WITNESSES_LISTED];
    int64_t
        disturbed_s; /* of the gap: in cells with a high share of others disturbed in these hours */
    struct ovf_cell_traffic disturbed; /* of the one that the aircraft was due in for longest */
    enum ovf_outage outage;            /* of all inputs: listen/minutes.h */
};

/**
 * The first of these that holds, in numbers of the program's own thresholds (cell_, gap_ and outage_ of \p config).
 * - interference: reports came, and are not believed.
 * - outage, unless the aircraft itself was heard, without positions.
 * - interference: no report came, for at least half of the time in cells with a high share of others disturbed
 *   in these hours, three or more (ovf_cell_speaks), and the aircraft surely flew.
 * - coverage, unless it was heard: others tell of at least half of the time, and fewer than 3 reports are expected or
 *   they are received for less than a third of it. (In a hole of a few cells some reports are always expected, as those
 *   that it ends in are heard in part.)
 * - unexplained: at least 20 reports are expected, 3 others were heard, others are received for at least half
 *   of the time, meanwhile not more of them were silent than heard, and the aircraft surely flew.
 * - undetermined.
 */
enum ovf_gap_cause ovf_gap_judge(const struct ovf_gap *gap, const struct ovf_gap_evidence *evidence,
                                 const struct ovf_detect_config *config);

enum { OVF_GAP_WORDS_SIZE = 128 };

/** What is said of \p cause, that of \p gap: "no reports received where 12 others were received"; "" for
 * undetermined, unless it was heard. */
void ovf_gap_words(const struct ovf_gap *gap, enum ovf_gap_cause cause,
                   const struct ovf_gap_evidence *evidence, char text[OVF_GAP_WORDS_SIZE]);

/** The witnesses, comma-separated, in hexadecimal. */
OVF_NODISCARD enum ovf_status ovf_gap_witnesses(const struct ovf_gap_evidence *evidence,
                                                struct ovf_buffer *out);

#endif
