/* SPDX-License-Identifier: Apache-2.0 */
/* What single fields of reports mean, the same for every reader, and the ranges outside which a value
 * is no measurement. The ranges are wide: they catch broken writers, not strange flights. */
#ifndef OVF_READ_FIELD_H
#define OVF_READ_FIELD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/tally.h"
#include "base/time.h"
#include "track/fix.h"

/* 1990-01-01 to 2200-01-01: no recording is older than Mode S, and the difference of two times in it
 * fits int64_t nanoseconds. */
#define OVF_READ_T_MIN_NS (INT64_C(631152000) * OVF_NS_PER_S)
#define OVF_READ_T_MAX_NS (INT64_C(7258118400) * OVF_NS_PER_S)

enum {
    OVF_READ_ALT_MIN_FT =
        -5000, /* pressure altitude at the Dead Sea in the highest high is -3,000 */
    OVF_READ_ALT_MAX_FT = 200000,
    OVF_READ_GS_MAX_KT = 10000,
    OVF_READ_RATE_MAX_FPM = 32767,
    OVF_READ_RADIUS_MAX_M = 10000000,
    OVF_READ_ROLL_MAX_DEG = 90,
};

static inline bool ovf_read_time_in_range(int64_t t_ns)
{
    return t_ns >= OVF_READ_T_MIN_NS && t_ns < OVF_READ_T_MAX_NS;
}

/** Degrees in decimal to a point. \return OVF_REJECT_N, or BAD_NUMBER, BAD_POSITION, NULL_ISLAND */
enum ovf_reject ovf_read_position(struct ovf_bytes lat_deg, struct ovf_bytes lon_deg,
                                  struct ovf_point *at);

/* Each reads a number in its unit and range into the fix and marks it present; false when it is none.
 * Altitudes and rates are rounded to 1 ft and 1 ft/min, half away from zero. */
bool ovf_read_alt_ft(struct ovf_bytes text, int32_t *alt_ft);
bool ovf_read_alt_m(struct ovf_bytes text, int32_t *alt_ft);
bool ovf_read_gs_kt(struct ovf_bytes text, struct ovf_fix *fix);
bool ovf_read_gs_mps(struct ovf_bytes text, struct ovf_fix *fix);
bool ovf_read_track_deg(struct ovf_bytes text, struct ovf_fix *fix); /* 0 to 360; 360 is 0 */
bool ovf_read_rate_fpm(struct ovf_bytes text, struct ovf_fix *fix);
bool ovf_read_rate_mps(struct ovf_bytes text, struct ovf_fix *fix);

/** Headings from 0 to 360 (which is 0), and banks, rounded to 0.01 degree. Nobody needs them: what is none is
 * absent. */
void ovf_read_heading_deg(struct ovf_bytes text, struct ovf_fix *fix);
void ovf_read_roll_deg(struct ovf_bytes text, struct ovf_fix *fix);

/** A radius of 0 is how readsb writes "not known": \p *present is false then. */
bool ovf_read_radius_m(struct ovf_bytes text, float *radius_m, bool *present);

/** An integer from 0 to \p max. */
bool ovf_read_small(struct ovf_bytes text, int max, uint8_t *value);

/** NIC and NACp are integers from 0 to 15, SIL 0 to 3, NACv and version 0 to 7. */
bool ovf_read_nic(struct ovf_bytes text, struct ovf_fix *fix);
bool ovf_read_nac_p(struct ovf_bytes text, struct ovf_fix *fix);
bool ovf_read_sil(struct ovf_bytes text, struct ovf_fix *fix);
bool ovf_read_version(struct ovf_bytes text, struct ovf_fix *fix);
bool ovf_read_nac_v(struct ovf_bytes text, struct ovf_fix *fix);

/** A-Z and 0-9, 1 to 8 of them, blanks at the ends cut; anything else ("@@@@@@@@", markup) is no
 * callsign. Padded with NULs. */
bool ovf_read_callsign(struct ovf_bytes text, char callsign[8]);

/** Four octal digits. */
bool ovf_read_squawk(struct ovf_bytes text, uint16_t *squawk);

/** readsb's sil_type; anything else is not known. */
enum ovf_sil_type ovf_read_sil_type(struct ovf_bytes text);

/** readsb's type ("adsb_icao", "mlat" ...) or our own name of a source; OVF_SOURCE_UNKNOWN for others. */
enum ovf_fix_source ovf_read_source(struct ovf_bytes text);

#endif
