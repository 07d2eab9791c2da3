/* SPDX-License-Identifier: Apache-2.0 */
/* What the user says of a receiver's recording: when it began, and where the receiver stands. */
#ifndef OVF_QUESTION_START_H
#define OVF_QUESTION_START_H

#include "base/error.h"
#include "read/options.h"

/**
 * The clock that --start names: a day alone is that of stamps that are a time of day; with a time it is the instant
 * of the first stamp of a counter. NULL: nobody said, and there are no times.
 * \retval OVF_E_RANGE  \p text is neither, or not of the years 1990 to 2199; \p err says so
 */
OVF_NODISCARD enum ovf_status ovf_start_parse(const char *text, struct ovf_clock *clock,
                                              struct ovf_error *err);

/** The receiver that --at names, LAT,LON[,HEIGHT_M] in degrees and metres above the sea.
 * \retval OVF_E_RANGE  it is none; \p err says so */
OVF_NODISCARD enum ovf_status ovf_at_parse(const char *text, struct ovf_read_options *out,
                                           struct ovf_error *err);

/** The receiver that --receiver names, ID,LAT,LON[,HEIGHT_M], is told to \p receivers.
 * \retval OVF_E_RANGE  it is none; \p err says so \retval OVF_E_NOMEM */
OVF_NODISCARD enum ovf_status ovf_receiver_parse(const char *text, struct ovf_receivers *receivers,
                                                 struct ovf_error *err);

/** How far the clock that --sbs-tz names is ahead of UTC: UTC, or +HH:MM or -HH:MM up to 14 hours.
 * \retval OVF_E_RANGE  it is none; \p err says so */
OVF_NODISCARD enum ovf_status ovf_tz_parse(const char *text, int64_t *ahead_ns,
                                           struct ovf_error *err);

#endif
