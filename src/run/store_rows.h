/* SPDX-License-Identifier: Apache-2.0 */
/* From results to rows: crossings, the flights and journeys they belong to, the gaps of these flights, the
 * airspaces. */
#ifndef OVF_RUN_STORE_ROWS_H
#define OVF_RUN_STORE_ROWS_H

#include "report/line.h"
#include "store/carried.h"

struct ovf_store_rows;

/** All are borrowed. \p carried is told what is said again. */
OVF_NODISCARD enum ovf_status ovf_store_rows_new(struct ovf_store *store,
                                                 struct ovf_carried *carried,
                                                 const struct ovf_report *report,
                                                 struct ovf_store_rows **out);
void ovf_store_rows_free(struct ovf_store_rows *rows);

/** Put the \p n crossings of one track, in order of their flights. */
OVF_NODISCARD enum ovf_status ovf_store_rows_put(struct ovf_store_rows *rows,
                                                 const struct ovf_report_line *lines, size_t n,
                                                 struct ovf_error *err);

/** Put the airspaces that were crossed so far. */
OVF_NODISCARD enum ovf_status ovf_store_rows_put_airspaces(struct ovf_store_rows *rows,
                                                           struct ovf_error *err);

#endif
