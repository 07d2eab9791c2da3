/* SPDX-License-Identifier: Apache-2.0 */
/* Registers: address to registration, type, operator, from a table that the user names.
 *
 * Two forms are recognised by their first line that is not blank:
 * - CSV (comma, semicolon or tab) with a header naming icao24 and any of registration, type (or
 *   type_code), description, owner_operator (operator, owner), msn (or serial_number), db_flags (a
 *   number, bits as readsb's); other columns are passed over;
 * - tar1090-db's aircraft.csv, which has no header and is separated by semicolons:
 *   hex;registration;type code;flags;description;year;owner;
 *   its flags are one digit 0 or 1 each for military, interesting, PIA, LADD, from the left.
 * A text that is not what its column holds is absent (track/identity.h). Records are lines: no field
 * holds a line end. An entry takes 220 bytes, so 600,000 aircraft take 132 MB.
 */
#ifndef OVF_LISTS_REGISTER_H
#define OVF_LISTS_REGISTER_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/tally.h"
#include "track/identity.h"

enum { OVF_REGISTER_MSN_SIZE = 25 };

struct ovf_register; /* immutable once made; any number of threads may read it */

/**
 * \param[in]  text  the whole file, inflated; nothing of it is kept
 * \param[out] rows  overwritten: counts of rows and rejections; a row whose address stands again
 *                   further on counts as repeated
 * \retval OVF_E_FORMAT  neither form
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_register_new(struct ovf_bytes text, struct ovf_tally *rows,
                                               struct ovf_register **out, struct ovf_error *err);
void ovf_register_free(struct ovf_register *reg);

/** The entry of \p address, or NULL. Borrowed. An address that stands twice has its last entry. */
const struct ovf_identity *ovf_register_find(const struct ovf_register *reg, uint32_t address);

/** The manufacturer's serial number of \p address (1 to OVF_REGISTER_MSN_SIZE - 1 of letters, digits, blank
 * and . / -), or NULL. Borrowed. */
const char *ovf_register_msn(const struct ovf_register *reg, uint32_t address);

size_t ovf_register_size(const struct ovf_register *reg);

#endif
