/* SPDX-License-Identifier: Apache-2.0 */
/* Where all aircraft of a scan were heard (listen/heard.h), in a temporary file until all gaps are known. Any
 * number of threads may add; then one reads. */
#ifndef OVF_RUN_HEARD_SPOOL_H
#define OVF_RUN_HEARD_SPOOL_H

#include "base/error.h"
#include "listen/reception.h"

struct ovf_heard_spool;

OVF_NODISCARD enum ovf_status ovf_heard_spool_new(struct ovf_heard_spool **out);
void ovf_heard_spool_free(struct ovf_heard_spool *spool);

/** Append the runs of a flight of \p address to \p records, a thread's own, which go to the file when they are
 * many. \retval OVF_E_IO  the temporary file cannot be written */
OVF_NODISCARD enum ovf_status ovf_heard_spool_add(struct ovf_heard_spool *spool, uint32_t address,
                                                  const struct ovf_heard *heard,
                                                  struct ovf_buffer *records,
                                                  struct ovf_error *err);

/** Nothing more comes of \p records: they go to the file. */
OVF_NODISCARD enum ovf_status ovf_heard_spool_finish(struct ovf_heard_spool *spool,
                                                     struct ovf_buffer *records,
                                                     struct ovf_error *err);

/** Show everything to \p reception, which is prepared. */
OVF_NODISCARD enum ovf_status ovf_heard_spool_show(const struct ovf_heard_spool *spool,
                                                   struct ovf_reception *reception,
                                                   struct ovf_error *err);

#endif
