/* SPDX-License-Identifier: Apache-2.0 */
/* One row of a permit list, whatever form it came in: its cells as texts, and the permit made of them
 * (private to src/lists). */
#ifndef OVF_LISTS_PERMIT_ROW_H
#define OVF_LISTS_PERMIT_ROW_H

#include "base/buffer.h"
#include "lists/permit.h"

enum ovf_permit_column {
    OVF_PERMIT_COLUMN_STATE,
    OVF_PERMIT_COLUMN_AIRSPACE,
    OVF_PERMIT_COLUMN_AUTHORITY,
    OVF_PERMIT_COLUMN_NUMBER,
    OVF_PERMIT_COLUMN_KIND,
    OVF_PERMIT_COLUMN_STATUS,
    OVF_PERMIT_COLUMN_OPERATOR,
    OVF_PERMIT_COLUMN_CALLSIGNS,
    OVF_PERMIT_COLUMN_REGISTRATIONS,
    OVF_PERMIT_COLUMN_TYPES,
    OVF_PERMIT_COLUMN_MTOW,
    OVF_PERMIT_COLUMN_ADEP,
    OVF_PERMIT_COLUMN_ADES,
    OVF_PERMIT_COLUMN_ENTRY,
    OVF_PERMIT_COLUMN_EXIT,
    OVF_PERMIT_COLUMN_AIRWAYS,
    OVF_PERMIT_COLUMN_VALID_FROM,
    OVF_PERMIT_COLUMN_VALID_TO,
    OVF_PERMIT_COLUMN_TOLERANCE_BEFORE,
    OVF_PERMIT_COLUMN_TOLERANCE_AFTER,
    OVF_PERMIT_COLUMN_DAYS,
    OVF_PERMIT_COLUMN_FLIGHTS_MAX,
    OVF_PERMIT_COLUMN_PURPOSE,
    OVF_PERMIT_COLUMN_ISSUED,
    OVF_PERMIT_COLUMN_DOCUMENT,
    OVF_PERMIT_COLUMN_N
};

const char *ovf_permit_column_name(enum ovf_permit_column column);

/** The column called \p name, in small letters or capitals; OVF_PERMIT_COLUMN_N: none. */
enum ovf_permit_column ovf_permit_column_find(struct ovf_bytes name);

/** Zero-initialise; kept from row to row. A cell that is not written is empty. */
struct ovf_permit_cells {
    struct ovf_buffer text;
    struct {
        size_t at; /* in the text */
        size_t len;
    } items[OVF_PERMIT_COLUMN_N];
};

void ovf_permit_cells_clear(struct ovf_permit_cells *cells);

struct ovf_bytes ovf_permit_cell(const struct ovf_permit_cells *cells,
                                 enum ovf_permit_column column);

/** Where the texts of permits go. They take no more room than in the file: a text's NUL stands in for the
 * separator or the line end behind it. */
struct ovf_permit_room {
    char *data;
    size_t len;
    size_t size;
};

/**
 * Make \p permit of \p cells. Returns OVF_PERMIT_FAULT_N, or why it is none; then \p room is as it was.
 */
enum ovf_permit_fault ovf_permit_row_read(const struct ovf_permit_cells *cells,
                                          const struct ovf_permit_about *about,
                                          struct ovf_permit_room *room, struct ovf_permit *permit);

/**
 * A point as permits write it: a name, a place, or a name and a place with a blank or slash between.
 * A place is 33N044E, 3320N04415E or 332030N0441530E (FPL's forms, and its next finer), or two decimals.
 * \p point's name is left alone; false: out of range.
 */
bool ovf_permit_point_read(struct ovf_bytes text, struct ovf_permit_point *point);

#endif
