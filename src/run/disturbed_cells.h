/* SPDX-License-Identifier: Apache-2.0 */
/* The cells and days in which positions were disturbed (listen/disturbed.h), printed. */
#ifndef OVF_RUN_DISTURBED_CELLS_H
#define OVF_RUN_DISTURBED_CELLS_H

#include "base/sink.h"
#include "run/heard_spool.h"
#include "track/detection.h"

/** Print a line of NDJSON for each cell and day of medium or high level; all threads have finished. */
OVF_NODISCARD enum ovf_status ovf_disturbed_print(const struct ovf_heard_spool *heard,
                                                  const struct ovf_detect_config *config,
                                                  const struct ovf_sink *out,
                                                  struct ovf_error *err);

#endif
