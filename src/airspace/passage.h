/* SPDX-License-Identifier: Apache-2.0 */
/* From the steps of a walk to passages: one aircraft through one airspace, entry and exit. */
#ifndef OVF_AIRSPACE_PASSAGE_H
#define OVF_AIRSPACE_PASSAGE_H

#include "airspace/walk.h"

/** The classes of design.md, section 5. */
enum ovf_class {
    OVF_CLASS_OBSERVED,
    OVF_CLASS_BRACKETED,
    OVF_CLASS_NECESSARY,
    OVF_CLASS_NEAR_CERTAIN,
    OVF_CLASS_POSSIBLE,
    OVF_CLASS_IMPOSSIBLE,
    OVF_CLASS_INCONSISTENT,
    OVF_CLASS_N
};

const char *ovf_class_name(enum ovf_class class);

enum ovf_passage_end_kind {
    OVF_PASSAGE_TRACK,   /* the track begins or ends inside */
    OVF_PASSAGE_CROSSED, /* the boundary was crossed between two fixes near enough in time */
    OVF_PASSAGE_GAP,     /* it was crossed in a gap: only an interval is known */
};

/** How a passage begins or ends. before and after are indexes of fixes. */
struct ovf_passage_end {
    enum ovf_passage_end_kind kind;
    size_t before;    /* entry: the last believed fix outside; exit: the last inside */
    size_t after;     /* entry: the first inside; exit: the first outside (CROSSED and GAP) */
    int64_t t_ns;     /* CROSSED: solved */
    int64_t t_min_ns; /* of the fixes around */
    int64_t t_max_ns;
    int64_t
        earliest_ns; /* within these; GAP: by what could be flown, where that was asked (engine/between.h) */
    int64_t latest_ns;
    double lat_deg; /* CROSSED: solved; TRACK: the fix's */
    double lon_deg;
    struct ovf_point at;           /* the same to within OVF_CHORD_M, for what decides */
    struct ovf_members other_side; /* CROSSED: who else holds the aircraft on the outer side */
    /** GAP: behind and before it the aircraft was inside. It may have stayed there, and then neither this end was nor
     * that of the passage on the gap's other side, which says the same. */
    bool perhaps_stayed;
};

struct ovf_passage {
    uint32_t owner;
    enum ovf_class class;
    /** Before the first or behind the last fix, which all indexes are; an end of kind TRACK: it may have been inside
     * when it was heard there. */
    bool is_beyond;
    struct ovf_passage_end entry;
    struct ovf_passage_end exit;
    size_t n_fixes_inside; /* believed ones */
    size_t n_gaps_inside;  /* gaps over which the geodesic stays inside */
    double gap_inside_s;   /* their sum */
    bool grazing;          /* never deeper in or out than the boundary's accuracy at some stretch */
    bool vertical_undetermined; /* limits of altitude could not be tested at some time inside */
    bool vertical_known;        /* they could at some time, or there are none */
    enum ovf_amsl_source
        amsl_source;             /* what limits above sea level were compared with at the worst;
                                         NONE: there are no such */
    struct ovf_members overlaps; /* airspaces that also held the aircraft at some time inside */
};

struct ovf_passages {
    struct ovf_passage *items;
    size_t n;
    size_t capacity;
};

/** What is said of the test of altitude: "undetermined"; else, of limits above mean sea level, the
 * altitude that they were compared with, "geometric" or "barometric"; NULL: there is nothing to say. */
const char *ovf_passage_vertical(const struct ovf_passage *passage);

/** Whether \p fix, believed and better than D, lies in the airspace by more than its radius and what the
 * boundary is worth; false where that is more than OVF_DISTANCE_MAX_M. */
bool ovf_passage_fix_is_deep(const struct ovf_index *index, const struct ovf_fix *fix,
                             uint32_t owner, double accuracy_m);

/** The order of ovf_passages_find. */
int ovf_passage_compare(const struct ovf_passage *a, const struct ovf_passage *b);

/** The fixes inside: [first, last], none when first > last. */
void ovf_passage_fixes(const struct ovf_passage *passage, size_t *first, size_t *last);

void ovf_passages_deinit(struct ovf_passages *passages);

/**
 * Every passage of a walk through the airspaces in \p wanted, in order of entry, then of owner.
 *
 * Passages that part only by excursions within \p accuracy_m of the boundary are one, marked grazing;
 * so is one that never goes deeper in than that. Class: observed or bracketed with two believed fixes
 * better than D inside by more than their radius and \p accuracy_m (and somewhere within its limits of altitude
 * for sure), else possible.
 *
 * \param[in]  fixes   those that were walked
 * \param[in]  accuracy_m  what the boundary is worth, in [0, 20 km]
 * \param[out] out     overwritten
 * \retval OVF_OK, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_passages_find(const struct ovf_layer *layer,
                                                const struct ovf_fix *fixes,
                                                const struct ovf_steps *steps,
                                                const struct ovf_members *wanted, double accuracy_m,
                                                struct ovf_passages *out);

/**
 * The way flown inside, gaps by their geodesic, from the place of entry to the place of exit; an end in a gap
 * adds nothing. NAN where no place inside is known. It is not kept: to add it up takes longer than to find the
 * passage.
 *
 * \param[in] fixes  those that were walked
 */
double ovf_passage_distance_m(const struct ovf_passage *passage, const struct ovf_fix *fixes);

/** The longest step between fixes over which altitudes are known throughout: the default of --max-gap. */
enum { OVF_PASSAGE_THROUGHOUT_S = 60 };

/** Barometric altitudes of the believed fixes of a passage; NAN when none has one. */
struct ovf_passage_altitudes {
    double min_ft;
    double max_ft;
    /** Every one of them has one, and from the last fix outside to the next outside there is neither a gap nor a
     * step of more than OVF_PASSAGE_THROUGHOUT_S. */
    bool throughout;
};

/** \param[in] fixes  those that were walked */
struct ovf_passage_altitudes ovf_passage_altitudes(const struct ovf_passage *passage,
                                                   const struct ovf_fix *fixes);

#endif
