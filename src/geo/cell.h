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

/** How many columns each row has, found when it is first asked for, as that costs a cosine. Zero-initialise;
 * one thread's. */
struct ovf_count_rows {
    uint16_t columns[OVF_COUNT_ROWS]; /* private */
};

/** As ovf_count_cell. */
uint32_t ovf_count_rows_cell(struct ovf_count_rows *rows, struct ovf_point at);

/** The positions in \p cell, which there is, and no others. */
struct ovf_box ovf_count_rows_box(struct ovf_count_rows *rows, uint32_t cell);

/** The middle of \p cell; a number that is no cell gives the nearest that is. */
struct ovf_point ovf_count_cell_centre(uint32_t cell);

/** How many columns row \p row (0 to OVF_COUNT_ROWS - 1) has. */
uint32_t ovf_count_row_columns(uint32_t row);

#endif
