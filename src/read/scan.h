/* SPDX-License-Identifier: Apache-2.0 */
/* The fast way through the rows of a trace: rows as readsb writes them, without white space inside,
 * are taken straight from the bytes. It knows only what is good and common; at anything else it stops
 * before the row, which the general reader (read/trace_row.h) then reads, so that the result is the
 * same whether this runs or not. Rows are not looked for by line breaks: some writers have none. */
#ifndef OVF_READ_SCAN_H
#define OVF_READ_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "read/scan_like.h"
#include "read/trace_hold.h"
#include "track/fix.h"

/** Rows that are being scanned. */
struct ovf_scan {
    const unsigned char *begin; /* of the document */
    const unsigned char *at;    /* where the next row is due, white space before it perhaps */
    const unsigned char *end;   /* of the document */
    int64_t base_t_ns;
    struct ovf_trace_hold *hold;
    struct ovf_scan_like *like; /* the object before, for speed only */
    struct ovf_fixes *fixes;    /* appended to, records filled in */
    uint32_t item;
    uint32_t row;   /* 0-based position of the next row */
    uint64_t n_max; /* rows that may still be read */
    bool narrow;    /* as processors without AVX-512 have it: for tests */
};

/** Whether this processor has what the scanner needs. */
bool ovf_scan_can(void);

/**
 * Read as many rows as are well known, one after the other; scan->at is left behind the bracket of the
 * last of them (before the comma), or where it was when there was none. Only where ovf_scan_can().
 *
 * \param[out] n  rows read, each of them a fix
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_scan_rows(struct ovf_scan *scan, size_t *n);

#endif
