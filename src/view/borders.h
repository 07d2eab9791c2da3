/* SPDX-License-Identifier: Apache-2.0 */
/* The boundaries of all states of the pack as lines, for context (private to src/view). */
#ifndef OVF_VIEW_BORDERS_H
#define OVF_VIEW_BORDERS_H

#include "view/simplify.h"
#include "view/view_parts.h"

/** Visit the borders of all states of the view's pack, simplified to \p tolerance_m: lines of which each vertex is
 * needed, with longitudes that run on. */
typedef enum ovf_status ovf_border_line_fn(void *context, const struct ovf_drawn *vertices,
                                           size_t n);
OVF_NODISCARD enum ovf_status ovf_view_borders(const struct ovf_view *view, double tolerance_m,
                                               ovf_border_line_fn *visit, void *context);

/** The members `boundaries` and `boundaries_tolerance_m`. */
OVF_NODISCARD enum ovf_status ovf_view_put_borders(struct ovf_view_writing *w);

#endif
