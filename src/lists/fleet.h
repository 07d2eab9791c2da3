/* SPDX-License-Identifier: Apache-2.0 */
/* A fleet: maximum take-off masses of aircraft, from CSV with a header that names registration or
 * type_code (type), mtow_kg, and optionally state_aircraft (true or false).
 *
 * A row with a registration is of that aircraft; one with a type alone is of a variant of the type, so
 * that several give a range. Certified masses differ by tens of tonnes within a type: a range is what is
 * known without the registration.
 */
#ifndef OVF_LISTS_FLEET_H
#define OVF_LISTS_FLEET_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/tally.h"

struct ovf_fleet; /* immutable once made */

/** min_kg == max_kg: known. */
struct ovf_mass {
    bool is_known;
    double min_kg;
    double max_kg;
};

/**
 * \param[in]  text  the whole file, inflated; nothing of it is kept
 * \param[out] rows  overwritten: counts of rows and rejections
 * \retval OVF_E_FORMAT  no header with the columns that are due
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_fleet_new(struct ovf_bytes text, struct ovf_tally *rows,
                                            struct ovf_fleet **out, struct ovf_error *err);
void ovf_fleet_free(struct ovf_fleet *fleet);

/** Of the aircraft, else of the variants of its type; either may be "". */
struct ovf_mass ovf_fleet_mass(const struct ovf_fleet *fleet, const char *registration,
                               const char *type_code);

/** Whether the row of that registration says so. */
bool ovf_fleet_is_state_aircraft(const struct ovf_fleet *fleet, const char *registration);

#endif
