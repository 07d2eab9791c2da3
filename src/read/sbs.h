/* SPDX-License-Identifier: Apache-2.0 */
/* Reading SBS (BaseStation) lines, many aircraft in one file, in pieces as they come.
 *
 *   MSG,3,,,4CA6A3,,2018/04/03,19:02:28.298,2018/04/03,19:02:28.305,,33000,,,48.61166,2.52599,,,0,0,0,0
 *   kind, type, ids, address, id, date and time heard, date and time written, callsign, altitude ft, speed kt, track,
 *   latitude, longitude, rate ft/min, squawk, alert, emergency, identified, on the ground
 *
 * A row is a line. One of kind MSG or MLAT with a place is a fix; others are used for what they say to the fixes after
 * them: the names and speeds of one aircraft stand in lines of their own. Lines of other kinds (SEL, ID, AIR, STA, CLK)
 * are about the program and are passed over. Which time zone the clock is in is not said: readsb writes UTC,
 * dump1090-fa local time. Some programs leave dates and times blank; a file in which all are is rejected.
 */
#ifndef OVF_READ_SBS_H
#define OVF_READ_SBS_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/tally.h"
#include "read/fault.h"
#include "read/options.h"
#include "track/fix.h"
#include "track/identity.h"

/** Bytes of a line without its end; longer ones are rejected, too_large. */
#define OVF_SBS_MAX_LINE_BYTES 512

struct ovf_sbs;

/** Takes one row, as ovf_csv_row_fn does; \p identity is NULL. */
typedef enum ovf_status ovf_sbs_row_fn(void *context, uint32_t address, const struct ovf_fix *fix,
                                       const struct ovf_identity *identity);

/** Of \p options the clock, and whether the receiver's place is known: its lines of kind MSG are then taken for heard
 * from the aircraft itself, which the lines do not say: a ground station's rebroadcast (TIS-B) looks the same. Without
 * a position only all-call replies (MSG,8) tell that it was heard: no station sends them. */
OVF_NODISCARD enum ovf_status ovf_sbs_new(uint32_t item, const struct ovf_read_options *options,
                                          ovf_sbs_row_fn *row, void *context, struct ovf_sbs **out);
void ovf_sbs_free(struct ovf_sbs *sbs);

/**
 * Feed the next bytes; lines may be cut anywhere.
 * \param[in] now_ns  live: when they came, which is the time of lines without one; NULL: a recording
 * \retval OVF_E_NOMEM, or what \p row returned
 */
OVF_NODISCARD enum ovf_status ovf_sbs_feed(struct ovf_sbs *sbs, struct ovf_bytes bytes,
                                           const int64_t *now_ns, struct ovf_error *err);

/**
 * The end of the file: a last line without a newline counts.
 * \param[out] reject   with OVF_E_FORMAT: why the file is rejected
 * \retval OVF_E_FORMAT  no line says when it was heard, or there is no line; \p err says so
 * \retval others        as feeding
 */
OVF_NODISCARD enum ovf_status ovf_sbs_finish(struct ovf_sbs *sbs, enum ovf_reject *reject,
                                             struct ovf_error *err);

/** Counts of rows so far; the first rejected one in words, or ""; what is said at the end. Borrowed. */
const struct ovf_tally *ovf_sbs_rows(const struct ovf_sbs *sbs);
const char *ovf_sbs_first_rejected(const struct ovf_sbs *sbs);
const char *ovf_sbs_note(const struct ovf_sbs *sbs);

/** Aircraft that are known; who was away for a day is forgotten. */
size_t ovf_sbs_n_aircraft(const struct ovf_sbs *sbs);

/** Aircraft that were forgotten for want of room: those heard longest ago. */
uint64_t ovf_sbs_n_dropped(const struct ovf_sbs *sbs);

#endif
