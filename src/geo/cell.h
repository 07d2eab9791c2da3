/* SPDX-License-Identifier: Apache-2.0 */
/* Cells for counting: rows of 0.4 degree of latitude (44 km), in each so many columns that they are
 * about as wide. Numbered from the south, in a row from 180 degrees west eastwards. */
#ifndef OVF_GEO_CELL_H
#define OVF_GEO_CELL_H

#include "geo/point.h"

#define OVF_COUNT_ROW_E7 4000000
#define OVF_COUNT_ROWS 450

/** A cell as row * 1000 + column: a row has at most 900 columns. */
uint32_t ovf_count_cell(struct ovf_point at);

/** The middle of \p cell; a number that is no cell gives the nearest that is. */
struct ovf_point ovf_count_cell_centre(uint32_t cell);

/** The row of \p at, and its cell once the row's number of columns is known: for those who keep that, as
 * to find it costs a cosine. */
uint32_t ovf_count_row(struct ovf_point at);
uint32_t ovf_count_cell_in_row(struct ovf_point at, uint32_t row, uint32_t n_columns);

/** How many columns row \p row (0 to OVF_COUNT_ROWS - 1) has. */
uint32_t ovf_count_row_columns(uint32_t row);

#endif
