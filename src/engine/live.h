/* SPDX-License-Identifier: Apache-2.0 */
/* The engine over streams: fixes of all aircraft in, as they come; what is to be said of crossings out.
 *
 * A fix costs little as long as no boundary is near: it is packed and put by. Where the set of airspaces around
 * an aircraft changes, where a fix comes late, where a silence or a landing may change what is known, the
 * aircraft becomes due, and a few seconds later the engine that reads archives goes over all that is held of it
 * (engine/engine.h). What that finds is compared with what was told. So the same fixes come to the same crossings
 * as in an archive, under the same identifiers.
 *
 * Time is that of the stream: the latest time of a fix that others confirm. Nothing here reads a clock.
 *
 * What is held is bounded (engine/live_hold.h). When it is full, old fixes of those that have many are thinned out,
 * where there are none younger ones too, and when that does not help the aircraft that was heard longest ago goes;
 * all is counted. Until then nothing is lost but what lies further back than corrections reach. */
#ifndef OVF_ENGINE_LIVE_H
#define OVF_ENGINE_LIVE_H

#include "engine/live_told.h"

/** Records of fixes name their source by a number below this. */
enum { OVF_LIVE_MAX_SOURCES = 64 };

struct ovf_live_config {
    const struct ovf_engine_config *engine;
    size_t max_aircraft;
    size_t max_bytes;
    int64_t reorder_ns;            /* how long after a fix decisions wait for others of before it */
    int64_t reach_ns;              /* how far back corrections go */
    const char *const *sources;    /* by their number: where labels mean something */
    size_t n_sources;              /* at most OVF_LIVE_MAX_SOURCES */
    struct ovf_live_teller teller; /* its config is set from engine */
    /** How fast the aircraft can fly; NULL: nothing is known. Called with the teller's context. */
    struct ovf_aircraft_speed (*speed)(void *context, uint32_t address);
};

/** What became of it all. */
struct ovf_live_counts {
    uint64_t n_fixes;
    uint64_t n_late;     /* before the newest of their aircraft */
    uint64_t n_too_late; /* further back than corrections reach: not used */
    uint64_t n_followed; /* looks at an aircraft */
    uint64_t n_thinned;  /* fixes given up for want of room */
    uint64_t n_evicted;  /* aircraft given up for want of room */
    uint64_t n_events[OVF_LIVE_N];
};

struct ovf_live_engine;

/** \p config and what it names is borrowed for the life of \p out.
 * \retval OVF_E_RANGE  a number in it is out of its range; \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_live_new(const struct ovf_live_config *config,
                                           struct ovf_live_engine **out);
void ovf_live_free(struct ovf_live_engine *live);

/**
 * A fix, as it was received; its record names the source and the row. Aircraft that are due by its time are
 * followed first.
 * \retval OVF_E_NOMEM, OVF_E_LIMIT (a track too long for the engine), or what the teller returned
 */
OVF_NODISCARD enum ovf_status ovf_live_push(struct ovf_live_engine *live, uint32_t address,
                                            const struct ovf_fix *fix);

/** The time of the stream is at least \p t_ns: for the time in which nothing is heard. Statuses as above. */
OVF_NODISCARD enum ovf_status ovf_live_advance(struct ovf_live_engine *live, int64_t t_ns);

/**
 * The configuration's engine or teller were changed. What is held stays; what was told is forgotten, and of what was
 * over by now nothing is told again: as at the start, what an aircraft is inside of is told when it leaves.
 * \retval OVF_E_NOMEM  nothing was changed
 */
OVF_NODISCARD enum ovf_status ovf_live_ask_anew(struct ovf_live_engine *live);

/** The end, or the clock was set and what comes does not go with what came: everything is followed once more, told
 * and settled, and forgotten. Statuses as above. */
OVF_NODISCARD enum ovf_status ovf_live_finish(struct ovf_live_engine *live);

/** INT64_MIN: there was no fix yet. */
int64_t ovf_live_time(const struct ovf_live_engine *live);

const struct ovf_live_counts *ovf_live_counts(const struct ovf_live_engine *live);
size_t ovf_live_n_aircraft(const struct ovf_live_engine *live);

/** An aircraft that is followed, as it was heard last. */
struct ovf_live_aircraft {
    uint32_t address;
    const struct ovf_fix *last; /* as it came */
    int64_t heard_ns;           /* stream time */
};

/** Visit those heard at \p since_ns or later, the one heard last first. What is visited is borrowed for the visit. */
typedef void ovf_live_visit_fn(void *context, const struct ovf_live_aircraft *aircraft);
void ovf_live_each(const struct ovf_live_engine *live, int64_t since_ns, ovf_live_visit_fn *visit,
                   void *context);

/** Bytes in use of those that are allowed. */
size_t ovf_live_bytes(const struct ovf_live_engine *live);

#endif
