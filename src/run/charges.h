/* SPDX-License-Identifier: Apache-2.0 */
/* Route charges of what a store holds: its crossings, where they began and ended, their masses. */
#ifndef OVF_RUN_CHARGES_H
#define OVF_RUN_CHARGES_H

#include "pack/airports.h"
#include "question/permit_file.h"
#include "rules/charge.h"
#include "run/rows.h"
#include "store/subjects.h"

/** A file of formulas, as ovf_formulas_read; \p err names the file. */
OVF_NODISCARD enum ovf_status ovf_formulas_file_read(const char *path, struct ovf_case_store *store,
                                                     struct ovf_formulas *out,
                                                     struct ovf_error *err);

/** A fleet's file, as ovf_fleet_new; gzip or not. */
OVF_NODISCARD enum ovf_status ovf_fleet_file_read(const char *path, struct ovf_tally *rows,
                                                  struct ovf_fleet **out, struct ovf_error *err);

/** What is asked. Borrowed. */
struct ovf_charges_request {
    const char *store_path;
    const struct ovf_formulas *formulas;
    const struct ovf_fleet *fleet; /* NULL: none */
    const struct ovf_permit_lists
        *permits; /* of these, what names the aircraft tells its mass; NULL */
    const struct ovf_airports *airports; /* where flights begin and end that do so inside; NULL */
};

/** Zero-initialise. */
struct ovf_charges {
    struct ovf_subjects subjects;
    struct ovf_charge_input *inputs; /* one a crossing, in order of entry */
    struct ovf_charge *items;        /* likewise */
};

void ovf_charges_deinit(struct ovf_charges *charges);

/**
 * Estimate all.
 * \retval OVF_E_NOTFOUND, OVF_E_FORMAT  the store
 * \retval OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_charges_of_store(const struct ovf_charges_request *request,
                                                   struct ovf_charges *out, struct ovf_error *err);

/** A row a crossing, with the inputs of its formula. */
OVF_NODISCARD enum ovf_status ovf_charges_print(const struct ovf_charges *charges,
                                                enum ovf_listing_format format,
                                                const struct ovf_sink *sink);

/** Sums; \p by as ovf_charges_sum has it. */
OVF_NODISCARD enum ovf_status ovf_charges_print_sums(const struct ovf_charges *charges, unsigned by,
                                                     enum ovf_listing_format format,
                                                     const struct ovf_sink *sink);

#endif
