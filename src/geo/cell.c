/* SPDX-License-Identifier: Apache-2.0 */
/* Counting cells. The number of columns comes from the cosine of the row's middle, which geo/trig
 * makes the same everywhere. */
#include "geo/cell.h"

#include "geo/trig.h"

enum { EQUATOR_COLUMNS = 900, ROW_FACTOR = 1000, SOUTH_POLE_E7 = -900000000 };

static int32_t row_middle_e7(uint32_t row)
{
    return (int32_t)(SOUTH_POLE_E7 + (int64_t)row * OVF_COUNT_ROW_E7 + OVF_COUNT_ROW_E7 / 2);
}

uint32_t ovf_count_row_columns(uint32_t row)
{
    double sine;
    double cosine;
    ovf_sincos_e7(row_middle_e7(row), &sine, &cosine);
    return (uint32_t)(EQUATOR_COLUMNS * cosine + 0.5);
}

static uint32_t row_of(struct ovf_point at)
{
    const int64_t from_pole_e7 = (int64_t)at.lat_e7 - SOUTH_POLE_E7;
    return from_pole_e7 < (int64_t)OVF_COUNT_ROWS * OVF_COUNT_ROW_E7
               ? (uint32_t)(from_pole_e7 / OVF_COUNT_ROW_E7)
               : OVF_COUNT_ROWS - 1;
}

static uint32_t cell_in_row(struct ovf_point at, uint32_t row, uint32_t n_columns)
{
    const uint64_t from_west_e7 = (uint64_t)(at.lon_e7 + OVF_E7_TURN / 2);
    return row * ROW_FACTOR + (uint32_t)(from_west_e7 * n_columns / (uint64_t)OVF_E7_TURN);
}

uint32_t ovf_count_cell(struct ovf_point at)
{
    const uint32_t row = row_of(at);
    return cell_in_row(at, row, ovf_count_row_columns(row));
}

static uint32_t columns_of(struct ovf_count_rows *rows, uint32_t row)
{
    if (rows->columns[row] == 0)
        rows->columns[row] = (uint16_t)ovf_count_row_columns(row);
    return rows->columns[row];
}

uint32_t ovf_count_rows_cell(struct ovf_count_rows *rows, struct ovf_point at)
{
    const uint32_t row = row_of(at);
    return cell_in_row(at, row, columns_of(rows, row));
}

/** The first longitude of a column: what cell_in_row rounds down, backwards. */
static int32_t column_begin_e7(uint32_t column, uint32_t n_columns)
{
    const uint64_t turns_e7 = (uint64_t)column * OVF_E7_TURN;
    return (int32_t)((int64_t)((turns_e7 + n_columns - 1) / n_columns) - OVF_E7_TURN / 2);
}

struct ovf_box ovf_count_rows_box(struct ovf_count_rows *rows, uint32_t cell)
{
    const uint32_t row = cell / ROW_FACTOR;
    const uint32_t column = cell % ROW_FACTOR;
    const uint32_t n_columns = columns_of(rows, row);
    const int32_t south_e7 = SOUTH_POLE_E7 + (int32_t)row * OVF_COUNT_ROW_E7;
    const bool is_last = row + 1 == OVF_COUNT_ROWS; /* it has the pole, too */
    return (struct ovf_box){south_e7, south_e7 + OVF_COUNT_ROW_E7 + (is_last ? 1 : 0),
                            column_begin_e7(column, n_columns),
                            column_begin_e7(column + 1, n_columns)};
}

struct ovf_point ovf_count_cell_centre(uint32_t cell)
{
    const uint32_t row =
        cell / ROW_FACTOR < OVF_COUNT_ROWS ? cell / ROW_FACTOR : OVF_COUNT_ROWS - 1;
    const uint32_t n_columns = ovf_count_row_columns(row);
    const uint32_t column = cell % ROW_FACTOR < n_columns ? cell % ROW_FACTOR : n_columns - 1;
    const int64_t lon_e7 = (2 * (int64_t)column + 1) * OVF_E7_TURN / (2 * (int64_t)n_columns);
    return (struct ovf_point){row_middle_e7(row), ovf_lon_wrap(lon_e7 - OVF_E7_TURN / 2)};
}
