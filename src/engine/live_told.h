/* SPDX-License-Identifier: Apache-2.0 */
/* What was said of the crossings of an aircraft that is followed live, and what a newer look at its track
 * makes of that: which crossing is which, and what is to be said next. */
#ifndef OVF_ENGINE_LIVE_TOLD_H
#define OVF_ENGINE_LIVE_TOLD_H

#include "engine/engine.h"

enum ovf_live_event_kind {
    OVF_LIVE_ENTERED,
    OVF_LIVE_LEFT,
    OVF_LIVE_CORRECTED, /* what was said of it is other now */
    OVF_LIVE_RETRACTED, /* it is not, or is not what was asked for */
    OVF_LIVE_SETTLED,   /* nothing that comes can change it any more */
    OVF_LIVE_N
};

/** entered, left, corrected, retracted, settled. */
const char *ovf_live_event_name(enum ovf_live_event_kind kind);

/** Why it was retracted. */
enum ovf_live_reason {
    OVF_LIVE_REASON_NONE,
    OVF_LIVE_NOT_FOUND, /* later fixes show no such crossing */
    OVF_LIVE_MERGED,    /* it is part of one that was told before */
    OVF_LIVE_NOT_ASKED, /* it is another than what is asked for by now */
};

/** not_found, merged, no_longer_asked_for. */
const char *ovf_live_reason_name(enum ovf_live_reason reason);

/** What was said of one end. */
struct ovf_live_end {
    enum ovf_passage_end_kind kind;
    int64_t t_ns;
    int64_t t_min_ns;
    int64_t t_max_ns;
    int64_t earliest_ns;
    int64_t latest_ns;
    bool perhaps_stayed;
};

/** A crossing that is known. */
struct ovf_live_told {
    char id[OVF_ID_SIZE]; /* stays, whatever becomes of it */
    char callsign[9];     /* of its flight */
    uint32_t owner;
    uint8_t layer;
    uint8_t chain;
    uint8_t class;
    uint8_t role;
    bool was_said;      /* in any event */
    bool is_left;       /* it was said that it was left */
    bool is_found;      /* in the newest look */
    size_t by_name;     /* the crossing of that look that has its id; SIZE_MAX: none has */
    int64_t missing_ns; /* stream time since when it is not found; INT64_MAX: it is */
    struct ovf_live_end entry;
    struct ovf_live_end exit; /* is_left */
    int64_t start_ns;         /* the time that it may take up, for what overlaps it */
    int64_t end_ns;
};

/** In order of start. Zero-initialised is empty. */
struct ovf_live_tolds {
    struct ovf_live_told *items;
    size_t n;
    size_t capacity;
};

void ovf_live_tolds_deinit(struct ovf_live_tolds *tolds);

/** Something to be said. Borrowed for the call. */
struct ovf_live_event {
    enum ovf_live_event_kind kind;
    enum ovf_live_reason reason; /* of a retraction */
    int64_t t_ns;                /* stream time */
    uint32_t address;
    uint32_t source;                 /* of a label; 0 of an address */
    const struct ovf_result *result; /* NULL with crossing */
    /* NULL: it is not found any more. Its id is that of told; computed_id is what a scan calls it. */
    const struct ovf_crossing *crossing;
    const char *computed_id;
    const struct ovf_live_told *told;
    const char *merged_into; /* MERGED: the id */
};

/** How a crossing stands to what is asked. */
enum ovf_live_asked {
    OVF_LIVE_ASKED_NOT,
    OVF_LIVE_ASKED_SOON, /* it fails only by its class, which the next fixes may raise */
    OVF_LIVE_ASKED_OPEN, /* it fails only because nobody knows yet where the flight ends */
    OVF_LIVE_ASKED,
};

/** What events are made by, and where they go. */
struct ovf_live_teller {
    enum ovf_live_asked (*ask)(void *context, const struct ovf_result *result,
                               const struct ovf_crossing *crossing);
    enum ovf_status (*take)(void *context, const struct ovf_live_event *event);
    void *context;
    const struct ovf_engine_config *config;
};

/** A look at an aircraft. */
struct ovf_live_look {
    const struct ovf_live_teller *teller;
    const struct ovf_result *result;
    int64_t now_ns;   /* stream time */
    int64_t since_ns; /* of what was over before nothing is said; INT64_MIN: there was no before */
    bool is_last;     /* nothing comes any more: whatever is held back is said */
    uint32_t address;
    uint32_t source;

    /* out */
    bool is_pending; /* something is held back until it is surer */
    bool is_open;
};

/**
 * Compare \p result, one chain of an aircraft, with what was told of that chain, and say what is new.
 *
 * A crossing is one that was told when it is of the same layer, airspace and chain and their times overlap: its
 * id is kept; one that has the id of what was told is that, whatever else overlaps. Where several were told of it the
 * earliest lives on and the others are retracted. Said is
 * - entered, once the class is one that is asked for; not of what the track begins in, and not before since_ns;
 * - left, once the aircraft is clear of the boundary by what that is worth, or has not come back for long;
 * - both at once of what grazes, when it is over;
 * - retracted, when it has been missing for half a minute.
 * \retval OVF_E_NOMEM, or what \p look->teller->take returned
 */
OVF_NODISCARD enum ovf_status ovf_live_tell(struct ovf_live_look *look,
                                            struct ovf_live_tolds *tolds);

/** Say settled of every crossing of flight \p flight of the look's result that is asked for, and forget those. */
OVF_NODISCARD enum ovf_status ovf_live_settle(const struct ovf_live_look *look, size_t flight,
                                              struct ovf_live_tolds *tolds);

#endif
