/* SPDX-License-Identifier: Apache-2.0 */
/* The flights of each watch of a case by UTC day, as a live watch comes to know them, and what is said when they
 * have stopped or are back (series/live.h).
 *
 * A day is judged six hours after its end, when its crossings are settled. Journeys are counted on the day on which
 * they first enter (again, should they last longer than a month), by the crossings that were told; who listened is
 * known by the other aircraft that were heard in the airspaces of the watch. A day on which nothing was heard at all
 * has no data; it is no zero, and neither is one on which nobody else was heard there. The first days tell nothing: a
 * rate takes fourteen days, and what is usual three weeks. What is counted is not kept; of the days before, the
 * case's store may tell (watch/history.h). */
#ifndef OVF_WATCH_SERIES_H
#define OVF_WATCH_SERIES_H

#include "base/time.h"
#include "question/question.h"
#include "report/alert.h"

/** A journey goes to no airport twice: by then it is over, and its crossings are forgotten. */
#define OVF_WATCH_JOURNEY_NS (30 * OVF_NS_PER_DAY)

/** What is said; borrowed for the call. */
typedef enum ovf_status ovf_series_event_fn(void *context, const struct ovf_series_event *event);

struct ovf_watch_series;

/** \p question, of a case, is borrowed for the life of \p out, as is what \p take needs. */
OVF_NODISCARD enum ovf_status ovf_watch_series_new(const struct ovf_question *question,
                                                   ovf_series_event_fn *take, void *context,
                                                   struct ovf_watch_series **out);
void ovf_watch_series_free(struct ovf_watch_series *series);

/** The same question, made anew: what was counted stands. */
void ovf_watch_series_ask(struct ovf_watch_series *series, const struct ovf_question *question);

/** Of one watch on one day. */
struct ovf_watch_day {
    uint32_t n_journeys;
    uint32_t n_others; /* aircraft that were heard in its airspaces, those of its journeys apart */
};

/** Before anything is heard: days that are known already and over; of them nothing more is counted. What is known of
 * later ones comes by the next three, and what is heard then is added to it.
 * \p days are by day and watch. \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_watch_series_seed(struct ovf_watch_series *series,
                                                    int64_t first_day_ns, size_t n_days,
                                                    const bool *has_data,
                                                    const struct ovf_watch_day *days);

/** An aircraft that flew journeys of \p watches: it is none of the others. */
OVF_NODISCARD enum ovf_status ovf_watch_series_flew(struct ovf_watch_series *series,
                                                    uint32_t address, uint64_t watches,
                                                    bool simulated);

/** A crossing that is known already: its journey is no other one when it meets \p watches again. */
OVF_NODISCARD enum ovf_status ovf_watch_series_crossed(struct ovf_watch_series *series,
                                                       const char *crossing_id,
                                                       const char *journey_id, int64_t entry_ns,
                                                       uint64_t watches);

/** An aircraft that is known to have been heard in \p cell (below OVF_CONTROL_N_CELLS) on the day \p day_ns. */
OVF_NODISCARD enum ovf_status ovf_watch_series_heard(struct ovf_watch_series *series,
                                                     uint32_t address, uint32_t cell,
                                                     int64_t day_ns);

/** A position of any aircraft; \p now_ns is the stream's time, INT64_MIN before there is one. One that is dated an hour
 * or more after it is not believed. */
OVF_NODISCARD enum ovf_status ovf_watch_series_hear(struct ovf_watch_series *series,
                                                    uint32_t address, struct ovf_point at,
                                                    int64_t t_ns, int64_t now_ns);

/** What is said of a crossing that meets the watches \p met. */
OVF_NODISCARD enum ovf_status ovf_watch_series_note(struct ovf_watch_series *series,
                                                    const struct ovf_live_event *event,
                                                    const struct ovf_watches_met *met);

/** The stream has come to \p now_ns: days that are settled are judged. \p is_last: nothing comes any more, so are those
 * that are over. \retval OVF_E_NOMEM, or what take returned */
OVF_NODISCARD enum ovf_status ovf_watch_series_advance(struct ovf_watch_series *series,
                                                       int64_t now_ns, bool is_last);

#endif
