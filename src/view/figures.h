/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of a report for who reads it without scripts or prints it: SVG within the page, styled by presentation
 * attributes alone, as its policy admits no other (private to src/view). */
#ifndef OVF_VIEW_FIGURES_H
#define OVF_VIEW_FIGURES_H

#include "view/simplify.h"
#include "view/view_parts.h"

/* Coordinates of figures are whole tenths of these. */
enum { OVF_FIGURE_WIDTH = 960, OVF_FIGURE_UNIT = 10 };

/** Airspaces that are told apart by their colour; others have the last one. */
enum { OVF_FIGURE_COLOURS = 7 };
/** The colour of airspace \p i of a figure, as the page has it; a grey behind the last. */
const char *ovf_figure_colour(size_t i);

/** Append a section with the map of what is shown: borders, airspaces, ways, entries and exits with the numbers of
 * their rows; nothing where no crossing has a place. */
OVF_NODISCARD enum ovf_status ovf_view_map_figure(struct ovf_view *view, struct ovf_buffer *out,
                                                  struct ovf_error *err);

/** Append a section with the daily counts of each watch; nothing where there are none. */
OVF_NODISCARD enum ovf_status ovf_view_series_figure(struct ovf_view *view, struct ovf_buffer *out,
                                                     struct ovf_error *err);

#endif
