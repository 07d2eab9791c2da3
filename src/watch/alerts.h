/* SPDX-License-Identifier: Apache-2.0 */
/* From what the live engine has to say to the lines that were asked for. */
#ifndef OVF_WATCH_ALERTS_H
#define OVF_WATCH_ALERTS_H

#include "base/sink.h"
#include "engine/live_told.h"
#include "notify/notify.h"
#include "watch/identities.h"
#include "watch/series.h"
#include "watch/watch.h"

/** The bit behind those of enum ovf_live_event_kind: changes in the flights of a watch. */
enum { OVF_WATCH_SERIES = OVF_LIVE_N };

/** Crossings of flagged aircraft that the public was told of and may have to be told are none. They meet a declared
 * watch: a few a day. */
enum { OVF_WATCH_FLAGGED = 256 };

/** Zero-initialise and set; must not move while the live engine has its teller. */
struct ovf_watch_alerts {
    const struct ovf_question *question;
    const struct ovf_track_member *members; /* the sources, by their number */
    size_t n_members;
    const struct ovf_identities *identities;
    unsigned
        events; /* bits 1 << enum ovf_live_event_kind: those that are printed; OVF_WATCH_SERIES */
    const char *base; /* of links */
    const struct ovf_sink *out;
    struct ovf_notify *notify;                 /* NULL: lines go to out; else to its channels */
    bool is_later;                             /* notify stands for out, and tells lines later */
    struct ovf_watch_series *series;           /* NULL: there is no case */
    const struct ovf_watch_listener *listener; /* NULL; else lines go to it instead of to out */
    uint64_t n_ladd;                           /* lines that were kept from a public listener */
    uint64_t n_pia;

    /* private */
    struct ovf_buffer text;
    char flagged[OVF_WATCH_FLAGGED]
                [OVF_ID_SIZE]; /* the newest, crossing n at n % OVF_WATCH_FLAGGED */
    size_t n_flagged;          /* that there ever were */
};

void ovf_watch_alerts_deinit(struct ovf_watch_alerts *alerts);

/** For struct ovf_live_config. */
struct ovf_live_teller ovf_watch_alerts_teller(struct ovf_watch_alerts *alerts);
/** For ovf_watch_series_new. */
enum ovf_status ovf_watch_alerts_series(void *alerts, const struct ovf_series_event *event);

struct ovf_aircraft_speed ovf_watch_alerts_speed(void *alerts, uint32_t address);

#endif
