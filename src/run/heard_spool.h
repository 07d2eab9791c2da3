/* SPDX-License-Identifier: Apache-2.0 */
/* Where all aircraft of a scan were heard (listen/heard.h), in a temporary file until all gaps are known. Any
 * number of threads may add; then one reads. */
#ifndef OVF_RUN_HEARD_SPOOL_H
#define OVF_RUN_HEARD_SPOOL_H

#include "base/error.h"
#include "listen/heard.h"

struct ovf_heard_spool;

OVF_NODISCARD enum ovf_status ovf_heard_spool_new(struct ovf_heard_spool **out);
void ovf_heard_spool_free(struct ovf_heard_spool *spool);

/** Append the runs of a flight of \p address to \p records, a thread's own. */
OVF_NODISCARD enum ovf_status ovf_heard_spool_add(uint32_t address, const struct ovf_heard *heard,
                                                  struct ovf_buffer *records);

/** All flights of an address were added: \p records go to the file when they are many.
 * \retval OVF_E_IO  the temporary file cannot be written */
OVF_NODISCARD enum ovf_status ovf_heard_spool_end_aircraft(struct ovf_heard_spool *spool,
                                                           struct ovf_buffer *records,
                                                           struct ovf_error *err);

/** Nothing more comes of \p records: they go to the file. */
OVF_NODISCARD enum ovf_status ovf_heard_spool_finish(struct ovf_heard_spool *spool,
                                                     struct ovf_buffer *records,
                                                     struct ovf_error *err);

typedef enum ovf_status ovf_heard_fn(void *context, uint32_t address, struct ovf_bytes runs);

/** Show every flight's runs, those of one address one after the other. A status other than OVF_OK from \p show
 * stops and is returned. */
OVF_NODISCARD enum ovf_status ovf_heard_spool_show(const struct ovf_heard_spool *spool,
                                                   ovf_heard_fn *show, void *context,
                                                   struct ovf_error *err);

/** The same of those flights alone of which a run was disturbed. */
OVF_NODISCARD enum ovf_status ovf_heard_spool_show_disturbed(const struct ovf_heard_spool *spool,
                                                             ovf_heard_fn *show, void *context,
                                                             struct ovf_error *err);

#endif
