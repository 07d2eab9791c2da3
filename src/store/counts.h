/* SPDX-License-Identifier: Apache-2.0 */
/* What of completeness and traffic is about more than one row. Within a transaction. */
#ifndef OVF_STORE_COUNTS_H
#define OVF_STORE_COUNTS_H

#include "store/store.h"

/** Compare the days of all inputs in the store with the days beside them, again: sets neighbours, the
 * ratios and verdict of each row as listen/completeness.h has them, whatever the order in which inputs came.
 */
OVF_NODISCARD enum ovf_status ovf_store_compare_days(struct ovf_store *store,
                                                     struct ovf_error *err);

/** What the store says of the traffic of an input's day is about to be put anew: rows keep their fid. */
OVF_NODISCARD enum ovf_status ovf_store_begin_traffic(struct ovf_store *store, int64_t input_fid,
                                                      int64_t day_ns, struct ovf_error *err);

/** Take out what was there at begin and was not put again. */
OVF_NODISCARD enum ovf_status ovf_store_end_traffic(struct ovf_store *store, int64_t input_fid,
                                                    int64_t day_ns, struct ovf_error *err);

#endif
