/* SPDX-License-Identifier: Apache-2.0 */
/* The boundaries of all states of the pack as lines, for context (private to src/view). */
#ifndef OVF_VIEW_BORDERS_H
#define OVF_VIEW_BORDERS_H

#include "view/simplify.h"
#include "view/view_parts.h"

/** The members `boundaries` and `boundaries_tolerance_m`. */
OVF_NODISCARD enum ovf_status ovf_view_put_borders(struct ovf_view_writing *w);

#endif
