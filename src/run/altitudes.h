/* SPDX-License-Identifier: Apache-2.0 */
/* Altitudes that part, of all aircraft of a scan, in order of time; those that neighbours share, printed. Memory
 * is bounded: they wait in a temporary file. Any number of threads may add; then one prints. */
#ifndef OVF_RUN_ALTITUDES_H
#define OVF_RUN_ALTITUDES_H

#include "base/error.h"
#include "base/sink.h"
#include "listen/altitudes.h"

struct ovf_altitudes;

OVF_NODISCARD enum ovf_status ovf_altitudes_new(struct ovf_altitudes **out);
void ovf_altitudes_free(struct ovf_altitudes *altitudes);

OVF_NODISCARD enum ovf_status ovf_altitudes_add(struct ovf_altitudes *altitudes,
                                                const struct ovf_altitude_changes *changes,
                                                struct ovf_error *err);

/** Print a line of NDJSON for each that is shared. */
OVF_NODISCARD enum ovf_status ovf_altitudes_print(struct ovf_altitudes *altitudes,
                                                  const struct ovf_detect_config *config,
                                                  const struct ovf_sink *out,
                                                  struct ovf_error *err);

#endif
