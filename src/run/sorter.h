/* SPDX-License-Identifier: Apache-2.0 */
/* Putting printed lines in order, in bounded memory: sorted runs go to an unlinked temporary file and
 * are merged at the end. Any number of threads may add; one finishes. */
#ifndef OVF_RUN_SORTER_H
#define OVF_RUN_SORTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/error.h"

/** The order of output: flight start, address, entry, and then the line itself. */
struct ovf_sort_key {
    int64_t start_ns;
    int64_t entry_ns;
    uint32_t address;
};

struct ovf_sorter;

/** \p memory_bytes: how much is held, at the most, before a run is written. */
OVF_NODISCARD enum ovf_status ovf_sorter_new(size_t memory_bytes, struct ovf_sorter **out);
void ovf_sorter_free(struct ovf_sorter *sorter);

/** Add one line; copied. \retval OVF_E_IO  the temporary file cannot be written */
OVF_NODISCARD enum ovf_status ovf_sorter_add(struct ovf_sorter *sorter, struct ovf_sort_key key,
                                             struct ovf_bytes line, struct ovf_error *err);

/** Whether no line was added. */
bool ovf_sorter_is_empty(const struct ovf_sorter *sorter);

typedef enum ovf_status ovf_sorted_line_fn(void *context, struct ovf_bytes line);

/** Hand over every line in order. A status other than OVF_OK from \p line stops and is returned. */
OVF_NODISCARD enum ovf_status ovf_sorter_finish(struct ovf_sorter *sorter, ovf_sorted_line_fn *line,
                                                void *context, struct ovf_error *err);

#endif
