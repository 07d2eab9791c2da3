/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting many texts with what belongs to them: most are told apart by eight bytes, which sort as a number. */
#ifndef OVF_BASE_TEXT_ORDER_H
#define OVF_BASE_TEXT_ORDER_H

#include <stddef.h>

#include "base/status.h"

struct ovf_text_item {
    const char *text; /* borrowed */
    size_t value;
};

/** Sort by text as strcmp has it; equal texts in order of value. \retval OVF_E_NOMEM  nothing is sorted */
OVF_NODISCARD enum ovf_status ovf_text_order(struct ovf_text_item *items, size_t n);

#endif
