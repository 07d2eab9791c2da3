/* SPDX-License-Identifier: Apache-2.0 */
/* Completeness: what of an input and a UTC day is there, and how it compares with the days beside it.
 *
 * Fixes, aircraft and hours count on the day that the fixes lie on; a trace counts as a member on the day
 * that it says, a table on the days that its fixes lie on. Fixes count as the reader gives them, so that an
 * input says the same of itself whatever else is scanned. An input of which nothing lies on a day says
 * nothing of that day: there is no record of it, and no zero. */
#ifndef OVF_LISTEN_COMPLETENESS_H
#define OVF_LISTEN_COMPLETENESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "track/fix.h"

enum { OVF_GLOBE_HISTORY_FOLDERS = 256 };

/** What members are read as. Bits: an input may have several. */
enum {
    OVF_MEMBERS_TRACES = 1 << 0,
    OVF_MEMBERS_TABLES = 1 << 1,
    OVF_MEMBERS_STATES = 1 << 2,
    OVF_MEMBERS_MIXED = (1 << 3) - 1,
};

/** "trace", "table", "states"; "mixed": several. */
const char *ovf_members_kind_name(unsigned kinds);

/** And back; OVF_MEMBERS_MIXED for whatever else. */
unsigned ovf_members_kind_parse(const char *name);

/** The folder 00 to ff that a member stands in when its name ends as in globe_history
 * (traces/3c/trace_full_...), else -1. */
int ovf_globe_history_folder(const char *name);

/** What one input has on one day. */
struct ovf_completeness_day {
    uint32_t input;
    int64_t day_ns; /* its midnight */
    unsigned kinds; /* of the members */
    uint64_t n_members;
    uint64_t n_fixes;
    uint64_t n_aircraft;
    uint32_t hours; /* bit h: a fix lies in that hour */
    uint32_t
        hours_between;  /* bit h: it lies between the first fix and the last of the days in a row */
    unsigned n_folders; /* of globe_history's with a member; 0: the input is laid out otherwise */
    unsigned char folders[OVF_GLOBE_HISTORY_FOLDERS / 8];
    unsigned n_neighbours; /* of the two days beside it, how many are known */
    double neighbours_fixes;
    double neighbours_aircraft;    /* the mean of those */
    double fixes_to_neighbours;    /* this day's sum over inputs of that kind to that mean; */
    double aircraft_to_neighbours; /* NAN without neighbours */
};

/* ---- counting ---- */

struct ovf_completeness_slot;

/** Zero-initialise. One thread's; those of several threads are joined. */
struct ovf_completeness {
    struct ovf_completeness_slot *slots; /* private */
    size_t n_slots;
    size_t n_used;
    uint64_t n_aircraft_begun;
};

void ovf_completeness_deinit(struct ovf_completeness *completeness);

/** What comes now is of an aircraft that was not counted before. */
void ovf_completeness_next_aircraft(struct ovf_completeness *completeness);

/** A member that fixes come from. */
struct ovf_completeness_member {
    uint32_t input;
    uint32_t item;  /* names it among tables */
    unsigned kind;  /* one of OVF_MEMBERS_... */
    int64_t day_ns; /* of a trace: the midnight of the day that it says */
    int folder;     /* of a trace: ovf_globe_history_folder */
};

/** Count fixes of the aircraft at hand; a trace once, a table as often as rows of it come. */
OVF_NODISCARD enum ovf_status ovf_completeness_add(struct ovf_completeness *completeness,
                                                   const struct ovf_completeness_member *member,
                                                   const struct ovf_fix *fixes, size_t n);

/** Add \p more to \p sum. Aircraft of both are different ones, tables are not. */
OVF_NODISCARD enum ovf_status ovf_completeness_join(struct ovf_completeness *sum,
                                                    const struct ovf_completeness *more);

/** The days in order of input and day, for the caller to free; \p *n of them. Not yet compared. */
OVF_NODISCARD enum ovf_status ovf_completeness_days(const struct ovf_completeness *completeness,
                                                    struct ovf_completeness_day **out, size_t *n);

/* ---- judging ---- */

/**
 * Compare each day with the mean of the day before and the day after, as far as they are known: sums over
 * all inputs of the same kind, so that it does not matter whether a day came in one piece or in many.
 * Inputs that are copies of each other must not both be among \p days. A trace input's fixes on a day that
 * no member of it says (over midnight) take no part.
 */
OVF_NODISCARD enum ovf_status ovf_completeness_compare(struct ovf_completeness_day *days, size_t n);

/** What is remarkable. */
enum {
    OVF_LACKS_FOLDERS = 1 << 0,  /* so few would be empty by chance less than once in fifty days */
    OVF_LACKS_HOURS = 1 << 1,    /* without a fix although the input goes on after them */
    OVF_LACKS_AIRCRAFT = 1 << 2, /* less than half of what the days beside it have */
    OVF_LACKS_FIXES = 1 << 3,
};

/** A day of few aircraft lacks nothing but what its neighbours have. */
unsigned ovf_completeness_lacks(const struct ovf_completeness_day *day);

enum { OVF_LACKS_SIZE = 80 };

/** What it lacks, comma-separated: "folders", "hours", "aircraft", "fixes"; else "nothing_remarkable", or
 * "too_few_to_judge": fewer than 100 aircraft. */
void ovf_completeness_verdict(const struct ovf_completeness_day *day, char text[OVF_LACKS_SIZE]);

/** A ratio as it is told: to four decimals. */
double ovf_completeness_rounded(double ratio);

/** The hours without a fix, of those between the first fix and the last of the days in a row that the input
 * has: before and after, it does not claim to have listened. */
static inline uint32_t ovf_completeness_silent_hours(const struct ovf_completeness_day *day)
{
    return day->hours_between & ~day->hours;
}

static inline bool ovf_completeness_has_folder(const struct ovf_completeness_day *day, unsigned i)
{
    return (day->folders[i / 8] >> i % 8 & 1U) != 0;
}

#endif
