/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a readsb/tar1090 trace (trace_full_<hex>.json, inflated): one aircraft, one UTC day.
 *
 *   {"icao": "a1b2c3", "r": …, "t": …, "dbFlags": …, "desc": …, "ownOp": …, "timestamp": seconds,
 *    "trace": [ [seconds after timestamp, lat, lon, alt | "ground" | null, gs_kt, track_deg, flags,
 *                vert_rate_fpm, {aircraft object} | null, source type, alt_geom_ft, geom_rate_fpm,
 *                ias_kt, roll_deg], … ]}
 * Rows have at least 7 elements (older files stop at 8 or 9), more are ignored. Flags are bits:
 * 1 silent before, 2 new leg, 4 vertical rate is geometric, 8 altitude is geometric.
 *
 * How the words of the format are taken:
 * - The keys stand in any order. A timestamp above 1e11 is milliseconds.
 * - Elements 0 to 10 are needed: one of another type, or a number out of all bounds, rejects its row;
 *   null is absent (of 0: bad_time, of 1 and 2: no_position). Of what stands behind it only 13 is looked at: what is
 *   no bank there is absent.
 * - The same goes for flight, squawk, nic, rc, nac_p, nac_v, sil, sil_type, version and type in the aircraft object.
 *   A text that is no callsign or squawk, and what is no heading in mag_heading, is an absent one.
 *   rc 0 is absent: readsb writes it for unknown.
 * - The object's values hold for the rows after it until the next object, for at most 60 s; nic, rc,
 *   nac_p, nac_v, sil, sil_type and version only for rows of its own source, for an MLAT position is not what the
 *   aircraft said of its own. The object of a rejected row ends the hold and is not used.
 * - Flags 1 and 2 of a rejected row go to the next good fix. A row without flag 1 is
 *   OVF_FIX_HEARD_SINCE unless it is the first, or its flags or those of the row before are not known,
 *   or its time is before that row's.
 * - With flag 8 element 3 is alt_geom_ft; element 10, where present, goes before it.
 * - A text that is none (lone surrogates, bad UTF-8) rejects its row, elsewhere the member.
 * - Of the header r, t, desc and ownOp are used when they are what they should be (track/identity.h).
 */
#ifndef OVF_READ_TRACE_H
#define OVF_READ_TRACE_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/tally.h"
#include "read/fault.h"
#include "track/fix.h"
#include "track/identity.h"

/** Rows of one member that are read; those beyond are rejected, too_many_rows. More than five a second all
 * day: readsb writes one every four seconds, and one a second on demand. */
#define OVF_TRACE_MAX_ROWS 500000

/** One member read. Zero-initialise; may be reused for the next member (arrays keep their room). */
struct ovf_trace {
    uint32_t address;
    struct ovf_identity identity;
    int64_t base_t_ns;
    struct ovf_fixes fixes; /* in the order of the file, records filled in */
    struct ovf_tally rows;
    char first_rejected[OVF_READ_FAULT_SIZE]; /* the first rejected row in words; "" */
};

void ovf_trace_deinit(struct ovf_trace *trace);

/**
 * Read \p json. Total: any bytes are an answer.
 *
 * \param[in]  item    goes into each fix's record
 * \param[out] trace   overwritten
 * \param[out] reject  why the member as a whole is rejected; OVF_REJECT_N when it is used. A member
 *                     that is cut short or broken half-way is rejected whole, its rows with it (the
 *                     counts are 0 then): what a broken file says is no evidence. Trouble with the
 *                     JSON goes before trouble with what it says.
 * \param[out] err     for a rejected member: what and at which byte
 * \retval OVF_OK      also for a rejected member
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_trace_read(struct ovf_bytes json, uint32_t item,
                                             struct ovf_trace *trace, enum ovf_reject *reject,
                                             struct ovf_error *err);

/** A document that comes in stretches. */
struct ovf_trace_source {
    /**
     * What comes next, behind the last \p n_kept bytes of the window so far, which go to its front.
     * \param[in,out] window   before the first call empty; may move
     * \param[out]    is_last  nothing comes behind it
     * \return false: the document cannot be read on, or the window holds no more
     */
    bool (*more)(void *context, size_t n_kept, struct ovf_bytes *window, bool *is_last);
    void *context;
};

/**
 * As ovf_trace_read, of a document that is never in memory as a whole.
 *
 * \param[out] gave_up  it is not read: cut short, rejected, or written in a way that needs all of it at once
 *                      (rows before the time stamp, a row longer than 64 KiB). Why, ovf_trace_read tells.
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_trace_read_source(const struct ovf_trace_source *source,
                                                    uint32_t item, struct ovf_trace *trace,
                                                    bool *gave_up, struct ovf_error *err);

/** As ovf_trace_read, as on a processor without AVX-512: the same, for tests. */
OVF_NODISCARD enum ovf_status ovf_trace_read_narrow(struct ovf_bytes json, uint32_t item,
                                                    struct ovf_trace *trace,
                                                    enum ovf_reject *reject, struct ovf_error *err);

/** As ovf_trace_read, by the general reader alone, on any processor: what ovf_trace_read is tested against. */
OVF_NODISCARD enum ovf_status ovf_trace_read_plain(struct ovf_bytes json, uint32_t item,
                                                   struct ovf_trace *trace, enum ovf_reject *reject,
                                                   struct ovf_error *err);

#endif
