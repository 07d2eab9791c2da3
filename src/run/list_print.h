/* SPDX-License-Identifier: Apache-2.0 */
/* What `overflight lists` prints, to a sink. */
#ifndef OVF_RUN_LIST_PRINT_H
#define OVF_RUN_LIST_PRINT_H

#include "question/list_file.h"
#include "run/airspaces.h"

/** All editions of \p library, by list and day. */
OVF_NODISCARD enum ovf_status ovf_list_print_editions(struct ovf_library *library,
                                                      enum ovf_listing_format format,
                                                      const struct ovf_sink *sink,
                                                      struct ovf_error *err);

/** What entered the edition of the list \p name of that day since the one before, and what left. Nothing
 * when it is the list's first. */
OVF_NODISCARD enum ovf_status ovf_list_print_changes(const struct ovf_listings *listings,
                                                     const char *name, int64_t date_ns,
                                                     enum ovf_listing_format format,
                                                     const struct ovf_sink *sink);

/** Every entry that \p query finds, with what is known of it on the day \p on_ns; \p n_found is how many. */
OVF_NODISCARD enum ovf_status ovf_list_print_found(const struct ovf_listings *listings,
                                                   const char *query, int64_t on_ns,
                                                   enum ovf_listing_format format,
                                                   const struct ovf_sink *sink, size_t *n_found);

#endif
