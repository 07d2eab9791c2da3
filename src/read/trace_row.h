/* SPDX-License-Identifier: Apache-2.0 */
/* One row of a trace: its tokens, the aircraft object in it, and the fix that they make. */
#ifndef OVF_READ_TRACE_ROW_H
#define OVF_READ_TRACE_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/tally.h"
#include "read/json.h"
#include "read/trace_hold.h"
#include "track/fix.h"

enum {
    OVF_TRACE_SLOT_TIME = 0,
    OVF_TRACE_SLOT_LAT,
    OVF_TRACE_SLOT_LON,
    OVF_TRACE_SLOT_ALT,
    OVF_TRACE_SLOT_GS,
    OVF_TRACE_SLOT_TRACK,
    OVF_TRACE_SLOT_FLAGS,
    OVF_TRACE_SLOT_RATE,
    OVF_TRACE_SLOT_OBJECT,
    OVF_TRACE_SLOT_TYPE,
    OVF_TRACE_SLOT_ALT_GEOM,
    OVF_TRACE_SLOT_ROLL = 13,
    OVF_TRACE_N_SLOTS,
    OVF_TRACE_MIN_SLOTS = OVF_TRACE_SLOT_RATE,
};

/** A row as it is written. Slots that are not there are null. */
struct ovf_trace_row {
    struct ovf_json_value slots[OVF_TRACE_N_SLOTS];
    size_t n;                     /* elements, also those that are not kept */
    bool has_bad_text;            /* a string in it is none: set by who reads the rows */
    bool is_array;                /* else the row is something else and nothing was kept */
    enum ovf_reject object_fault; /* OVF_REJECT_N: object is good, or empty when there was none */
    struct ovf_trace_object object;
};

/** Read the next item of the array of rows. False only in trouble. */
bool ovf_trace_row_read(struct ovf_json *json, struct ovf_trace_row *row);

/**
 * What \p row says, the times counted from \p base_t_ns.
 * \return OVF_REJECT_N with \p fix written (but for its record), or why the row is rejected
 */
enum ovf_reject ovf_trace_row_fix(const struct ovf_trace_row *row, int64_t base_t_ns,
                                  struct ovf_trace_hold *hold, struct ovf_fix *fix);

#endif
