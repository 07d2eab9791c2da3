/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a store back: its crossings and flights as rules look at them (rules/subject.h). */
#ifndef OVF_STORE_SUBJECTS_H
#define OVF_STORE_SUBJECTS_H

#include "base/texts.h"
#include "rules/subject.h"
#include "store/sql.h"
#include "store/store.h"

/** Zero-initialise. The texts of all subjects stand here. */
struct ovf_subjects {
    struct ovf_subject
        *items; /* in order of entry (of its start, of a flight that was inside when it was
                                * first heard), then id */
    size_t n;
    struct ovf_subject_flight *flights; /* those with a crossing, in order of start, then id */
    size_t n_flights;
    int64_t *days_with_data; /* UTC midnights on which an input has fixes, in order */
    size_t n_days_with_data;
    struct ovf_asked *asked; /* airspaces of which the store has all traffic, by kind and code */
    size_t n_asked;
    size_t capacity; /* private, like all below */
    size_t flights_capacity;
    size_t days_capacity;
    size_t asked_capacity;
    struct ovf_texts texts;
};

void ovf_subjects_deinit(struct ovf_subjects *subjects);

/**
 * Read all of them from the store \p db, which may have a transaction open.
 *
 * \param[out] out  empty before
 * \retval OVF_E_FORMAT  a row is none that this program writes; \p err names it
 * \retval OVF_E_IO, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_subjects_read_db(sqlite3 *db, struct ovf_subjects *out,
                                                   struct ovf_error *err);

/* The same in two parts, which two threads may read: what one reads of a store that the other has a transaction open
 * on is what was there before it, and nobody else writes. */

/** Flights alone, of the store \p path, which is opened once more for reading. Errors as above. */
OVF_NODISCARD enum ovf_status ovf_subjects_read_flights(const char *path, struct ovf_subjects *out,
                                                        struct ovf_error *err);

/** All but flights. Errors as above. */
OVF_NODISCARD enum ovf_status ovf_subjects_read_others(struct ovf_store *store,
                                                       struct ovf_subjects *out,
                                                       struct ovf_error *err);

/** The same of the store \p path, which is opened for reading alone. \retval OVF_E_NOTFOUND  no such file */
OVF_NODISCARD enum ovf_status ovf_subjects_read_file(const char *path, struct ovf_subjects *out,
                                                     struct ovf_error *err);

#endif
