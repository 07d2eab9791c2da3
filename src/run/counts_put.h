/* SPDX-License-Identifier: Apache-2.0 */
/* From counts to rows of a store. */
#ifndef OVF_RUN_COUNTS_PUT_H
#define OVF_RUN_COUNTS_PUT_H

#include "listen/completeness.h"
#include "listen/traffic.h"
#include "run/sorter.h"
#include "store/counts.h"

/** Give settled counts to \p sorter: a line for each input, day, cell and band. */
OVF_NODISCARD enum ovf_status ovf_counts_sort(struct ovf_sorter *sorter,
                                              const struct ovf_traffic_count *counts, size_t n,
                                              struct ovf_error *err);

/** Put all that \p sorter got, added up; \p ids of the store's inputs, by input. */
OVF_NODISCARD enum ovf_status ovf_counts_put_traffic(struct ovf_sorter *sorter,
                                                     const char *const *ids,
                                                     struct ovf_store *store,
                                                     struct ovf_error *err);

/** \p n_not_used: NULL: not known of this day. */
OVF_NODISCARD enum ovf_status ovf_counts_put_day(struct ovf_store *store, const char *input_id,
                                                 const struct ovf_completeness_day *day,
                                                 const uint64_t *n_not_used, struct ovf_error *err);

#endif
