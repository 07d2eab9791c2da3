/* SPDX-License-Identifier: Apache-2.0 */
/* Any input in which aircraft are mixed, by its format. */
#ifndef OVF_READ_TABLE_H
#define OVF_READ_TABLE_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/tally.h"
#include "read/csv.h"
#include "read/options.h"
#include "track/fix.h"
#include "track/identity.h"

enum ovf_table_format {
    OVF_TABLE_CSV,
    OVF_TABLE_OPENSKY,  /* JSON of state vectors */
    OVF_TABLE_RECEIVER, /* Beast, AVR */
    OVF_TABLE_SBS,
    OVF_TABLE_AIRCRAFT, /* readsb's JSON */
};

struct ovf_table;

/** Takes one row; a status other than OVF_OK stops the reading and is returned by it. \p identity is NULL where
 * nothing is said of it. */
typedef enum ovf_status ovf_table_row_fn(void *context, uint32_t address, const struct ovf_fix *fix,
                                         const struct ovf_identity *identity);

/** \p options are copied. */
OVF_NODISCARD enum ovf_status ovf_table_new(enum ovf_table_format format, uint32_t item,
                                            const struct ovf_read_options *options,
                                            ovf_table_row_fn *row, void *context,
                                            struct ovf_table **out);
void ovf_table_free(struct ovf_table *table);

/**
 * Feed the next bytes, cut anywhere.
 * \param[in]  now_ns   live: when they came, for formats that do not say it themselves; NULL: a recording
 * \param[out] reject   with OVF_E_FORMAT: why it is rejected
 * \retval OVF_E_FORMAT  it is not of its format, and nothing more can be read; \p err says why
 * \retval OVF_E_NOMEM, or what \p row returned
 */
OVF_NODISCARD enum ovf_status ovf_table_feed(struct ovf_table *table, struct ovf_bytes bytes,
                                             const int64_t *now_ns, enum ovf_reject *reject,
                                             struct ovf_error *err);

/** The end of the bytes; as feeding. */
OVF_NODISCARD enum ovf_status ovf_table_finish(struct ovf_table *table, enum ovf_reject *reject,
                                               struct ovf_error *err);

/** Counts of rows so far; the first rejected one in words, or "". Borrowed. */
const struct ovf_tally *ovf_table_rows(const struct ovf_table *table);
const char *ovf_table_first_rejected(const struct ovf_table *table);

/** What else people are told at the end, or "". Borrowed. */
const char *ovf_table_note(const struct ovf_table *table);

/** Of CSV, NULL of others: what ovf_csv_notes and ovf_csv_unused_columns say. Borrowed. */
const struct ovf_csv_notes *ovf_table_csv_notes(const struct ovf_table *table);
const char *ovf_table_unused_columns(const struct ovf_table *table);

#endif
