/* SPDX-License-Identifier: Apache-2.0 */
/* The case file: one investigation, or one authority's day-to-day rules. What its entries are is said by subject:
 * case_sources, case_watch, case_law, case_story. docs/formats/case.md is made from the tables.
 */
#ifndef OVF_CASE_CASE_FILE_H
#define OVF_CASE_CASE_FILE_H

#include "case/case_detectors.h"
#include "case/case_law.h"
#include "case/case_sources.h"
#include "case/case_story.h"
#include "case/case_watch.h"

/** Lists hold the structs of their tables; what is absent is NULL or empty. */
struct ovf_case {
    struct ovf_case_head head;
    const char *name;
    const char *question;
    const char *store;           /* a GeoPackage */
    const char *library;         /* of imported maps, lists and permits */
    struct ovf_case_list tags;   /* const char * */
    struct ovf_case_list inputs; /* struct ovf_case_input */
    struct ovf_case_register register_;
    struct ovf_case_list boundaries; /* const char *, editions of the library */
    struct ovf_case_list zones;
    struct ovf_case_list lists; /* struct ovf_case_list_file */
    struct ovf_case_list operators;
    struct ovf_case_list permits;
    struct ovf_case_list not_required;
    struct ovf_case_state_aircraft state_aircraft;
    struct ovf_case_list watches;
    struct ovf_case_list closures;
    struct ovf_case_list orders;
    struct ovf_case_list embargoes;
    struct ovf_case_list inspections;
    struct ovf_case_list requests;
    struct ovf_case_list claims;
    struct ovf_case_list notes;
    struct ovf_case_detectors detectors; /* ovf_case_has_detectors */
};

/**
 * Read and check a case: keys, types, units, dates, and that every name that is referred to is there.
 *
 * \param[out] store  owns what \p out points to; deinit it whatever the result
 * \param[out] err    "line 3, column 7: there is no watch \"iran-syra\"; did you mean \"iran-syria\"?"
 * \retval OVF_E_FORMAT, OVF_E_LIMIT, OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_case_file_read(struct ovf_bytes yaml,
                                                 struct ovf_case_store *store, struct ovf_case *out,
                                                 struct ovf_error *err);

/** The watch of that name; NULL when there is none. */
const struct ovf_case_watch *ovf_case_watch_find(const struct ovf_case *the_case, const char *name);

/** Whether a register was named, thresholds, and state aircraft. */
bool ovf_case_has_register(const struct ovf_case *the_case);
bool ovf_case_has_detectors(const struct ovf_case *the_case);
bool ovf_case_has_state_aircraft(const struct ovf_case *the_case);

/** The tables, for docs/formats/case.md; NULL behind the last. */
const struct ovf_table *ovf_case_table(size_t i);

#endif
