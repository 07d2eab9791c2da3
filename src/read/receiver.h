/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a receiver's recording, Beast or AVR, many aircraft in one file, in pieces as they come.
 *
 * A row is a frame. One that gives a position, once that is confirmed (decode/place.h), is a fix; the others that are
 * good are used for what they say to it. A recording says in which instant of its own clock a frame was heard, not on
 * which day: that must be told, or the whole of it is rejected.
 */
#ifndef OVF_READ_RECEIVER_H
#define OVF_READ_RECEIVER_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/tally.h"
#include "read/fault.h"
#include "read/options.h"
#include "track/fix.h"
#include "track/identity.h"

struct ovf_receiver;

/** Takes one row, as ovf_csv_row_fn does; \p identity is NULL. */
typedef enum ovf_status ovf_receiver_row_fn(void *context, uint32_t address,
                                            const struct ovf_fix *fix,
                                            const struct ovf_identity *identity);

/** \p options are copied. */
OVF_NODISCARD enum ovf_status ovf_receiver_new(uint32_t item,
                                               const struct ovf_read_options *options,
                                               ovf_receiver_row_fn *row, void *context,
                                               struct ovf_receiver **out);
void ovf_receiver_free(struct ovf_receiver *receiver);

/**
 * Feed the next bytes, cut anywhere.
 * \param[in]  now_ns   live: when they came, which is the time of their frames; NULL: a recording
 * \param[out] reject   with OVF_E_FORMAT: why the recording is rejected
 * \retval OVF_E_FORMAT  when it was recorded was not told, or its stamps are of another kind than was told: \p err says
 *                       what to state; nothing more can be read
 * \retval OVF_E_NOMEM, or what \p row returned
 */
OVF_NODISCARD enum ovf_status ovf_receiver_feed(struct ovf_receiver *receiver,
                                                struct ovf_bytes bytes, const int64_t *now_ns,
                                                enum ovf_reject *reject, struct ovf_error *err);

/** The end of the file. \retval OVF_E_FORMAT  there is no frame in it; \p reject and \p err as above */
OVF_NODISCARD enum ovf_status ovf_receiver_finish(struct ovf_receiver *receiver,
                                                  enum ovf_reject *reject, struct ovf_error *err);

/** Counts of frames so far. Borrowed. */
const struct ovf_tally *ovf_receiver_rows(const struct ovf_receiver *receiver);

/** The first rejected frame in words, "" when there is none; what else was found in words, at the end. Borrowed. */
const char *ovf_receiver_first_rejected(const struct ovf_receiver *receiver);
const char *ovf_receiver_note(const struct ovf_receiver *receiver);

/** Bytes that are in no frame. */
uint64_t ovf_receiver_n_noise_bytes(const struct ovf_receiver *receiver);

/** Aircraft that were forgotten for want of room: those heard longest ago. */
uint64_t ovf_receiver_n_dropped(const struct ovf_receiver *receiver);

#endif
