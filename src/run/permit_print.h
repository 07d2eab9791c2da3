/* SPDX-License-Identifier: Apache-2.0 */
/* What `overflight permits` prints, to a sink. */
#ifndef OVF_RUN_PERMIT_PRINT_H
#define OVF_RUN_PERMIT_PRINT_H

#include "question/permit_file.h"
#include "rules/permit.h"
#include "run/rows.h"
#include "store/subjects.h"

/** All lists of \p library, in order of import, and which a later one stands for. */
OVF_NODISCARD enum ovf_status ovf_permit_print_lists(struct ovf_library *library,
                                                     enum ovf_listing_format format,
                                                     const struct ovf_sink *sink,
                                                     struct ovf_error *err);

/** The permits of a list as they were read. */
OVF_NODISCARD enum ovf_status ovf_permit_print_rows(const struct ovf_permit_list *list,
                                                    enum ovf_listing_format format,
                                                    const struct ovf_sink *sink);

/** An authority's desk: flights by day and operator; permits that were not flown. */
OVF_NODISCARD enum ovf_status ovf_permit_print_days(const struct ovf_permit_summary *summary,
                                                    enum ovf_listing_format format,
                                                    const struct ovf_sink *sink);
OVF_NODISCARD enum ovf_status ovf_permit_print_unflown(const struct ovf_permit_summary *summary,
                                                       enum ovf_listing_format format,
                                                       const struct ovf_sink *sink);

/** One line that tells of how many permits it is not known, if there are any; a table or NDJSON. */
OVF_NODISCARD enum ovf_status ovf_permit_print_unknown(const struct ovf_permit_summary *summary,
                                                       enum ovf_listing_format format,
                                                       const struct ovf_sink *sink);

/** What the store of \p subjects, which stand, was asked for and has data of. */
struct ovf_permit_searched ovf_permit_searched_of(const struct ovf_subjects *subjects);

struct ovf_permit_told {
    size_t n_unknown; /* permits of which the store cannot tell whether they were flown */
    bool
        asks_for_look; /* a flight is neither covered nor free of permits; of those not flown, there is one */
};

/**
 * The crossings of the store \p store_path held against \p lists: flights by day and operator, or, \p not_flown,
 * the permits that are valid on a day of which the store has data and under which it has no flight.
 *
 * \param[out] told  what was
 * \retval OVF_E_NOTFOUND, OVF_E_FORMAT  the store
 */
OVF_NODISCARD enum ovf_status ovf_permit_print_summary(const struct ovf_permit_lists *lists,
                                                       const char *store_path, bool not_flown,
                                                       enum ovf_listing_format format,
                                                       const struct ovf_sink *sink,
                                                       struct ovf_permit_told *told,
                                                       struct ovf_error *err);

#endif
