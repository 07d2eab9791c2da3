/* SPDX-License-Identifier: Apache-2.0 */
/* Any input in which aircraft are mixed, by its format. */
#ifndef OVF_READ_MIXED_H
#define OVF_READ_MIXED_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/tally.h"
#include "read/csv.h"
#include "read/options.h"
#include "track/fix.h"
#include "track/identity.h"

enum ovf_mixed_format {
    OVF_MIXED_CSV,
    OVF_MIXED_OPENSKY,  /* JSON of state vectors */
    OVF_MIXED_RECEIVER, /* Beast, AVR */
    OVF_MIXED_SBS,
    OVF_MIXED_AIRCRAFT, /* readsb's JSON */
};

struct ovf_mixed;

/** Takes one row; a status other than OVF_OK stops the reading and is returned by it. \p identity is NULL where
 * nothing is said of it. */
typedef enum ovf_status ovf_mixed_row_fn(void *context, uint32_t address, const struct ovf_fix *fix,
                                         const struct ovf_identity *identity);

/** \p options are copied. */
OVF_NODISCARD enum ovf_status ovf_mixed_new(enum ovf_mixed_format format, uint32_t item,
                                            const struct ovf_read_options *options,
                                            ovf_mixed_row_fn *row, void *context,
                                            struct ovf_mixed **out);
void ovf_mixed_free(struct ovf_mixed *table);

/**
 * Feed the next bytes, cut anywhere.
 * \param[in]  now_ns   live: when they came, for formats that do not say it themselves; NULL: a recording
 * \param[out] reject   with OVF_E_FORMAT: why it is rejected
 * \retval OVF_E_FORMAT  it is not of its format, and nothing more can be read; \p err says why
 * \retval OVF_E_NOMEM, or what \p row returned
 */
OVF_NODISCARD enum ovf_status ovf_mixed_feed(struct ovf_mixed *table, struct ovf_bytes bytes,
                                             const int64_t *now_ns, enum ovf_reject *reject,
                                             struct ovf_error *err);

/** The end of the bytes; as feeding. */
OVF_NODISCARD enum ovf_status ovf_mixed_finish(struct ovf_mixed *table, enum ovf_reject *reject,
                                               struct ovf_error *err);

/** Counts of rows so far; the first rejected one in words, or "". Borrowed. */
const struct ovf_tally *ovf_mixed_rows(const struct ovf_mixed *table);
const char *ovf_mixed_first_rejected(const struct ovf_mixed *table);

/** Of a receiver, bytes that are in no frame; else 0. */
uint64_t ovf_mixed_n_noise_bytes(const struct ovf_mixed *mixed);

/** Aircraft that were forgotten for want of room; 0 of a format that keeps none. */
uint64_t ovf_mixed_n_dropped(const struct ovf_mixed *mixed);

/** What else people are told at the end, or "". Borrowed. */
const char *ovf_mixed_note(const struct ovf_mixed *table);

/** Of CSV, NULL of others: what ovf_csv_notes and ovf_csv_unused_columns say. Borrowed. */
const struct ovf_csv_notes *ovf_mixed_csv_notes(const struct ovf_mixed *table);
const char *ovf_mixed_unused_columns(const struct ovf_mixed *table);

#endif
