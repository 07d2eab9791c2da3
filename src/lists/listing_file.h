/* SPDX-License-Identifier: Apache-2.0 */
/* The file of a list, in any of the formats that are known, to listings.
 *
 * - OFAC's sdn.csv: no header, twelve fields, "-0-" for nothing, perhaps a byte 0x1A at the end; the
 *   remarks of 1,000 characters are cut and go on in sdn_comments.csv;
 * - OFAC's sdn.xml (sdnList) and the UN's consolidated XML (CONSOLIDATED_LIST); a DOCTYPE is refused;
 * - CSV of one's own (comma, semicolon or tab), by its header: registration, icao24, msn, name and more
 *   (docs/formats/lists.md); several values of one field are separated by '|';
 * - plane-alert-db's CSV, by its header ($ICAO, $Registration, ...).
 */
#ifndef OVF_LISTS_LISTING_FILE_H
#define OVF_LISTS_LISTING_FILE_H

#include <stdint.h>

#include "base/error.h"
#include "lists/listing.h"

enum ovf_list_format {
    OVF_LIST_SDN_CSV,
    OVF_LIST_SDN_XML,
    OVF_LIST_UN_XML,
    OVF_LIST_PLANE_ALERT,
    OVF_LIST_CSV,
    OVF_LIST_FORMAT_N /* as an argument: find out */
};

/** "sdn-csv", "sdn-xml", "un-xml", "plane-alert", "csv". */
const char *ovf_list_format_name(enum ovf_list_format format);

/** What the file says of itself, and what became of it. */
struct ovf_listing_report {
    enum ovf_list_format format;
    bool has_date;
    int64_t date_ns; /* 00:00 UTC of the day that the file itself names */
    uint64_t n_aircraft;
    uint64_t n_entities;
    uint64_t n_others;     /* persons, vessels: no entries here, and not among rows */
    uint64_t n_cut;        /* of the entries: their remarks are cut short */
    uint64_t n_bad_values; /* of the entries: no address, no registration, too long: left out */
    struct ovf_tally rows; /* aircraft and entities */
};

/**
 * Read a file.
 *
 * \param[in]  text      inflated
 * \param[in]  comments  sdn_comments.csv, for sdn.csv; may be empty
 * \param[in]  format    OVF_LIST_FORMAT_N: by content
 * \param[out] set       appended to; unchanged on failure
 * \param[out] report    overwritten
 * \retval OVF_E_FORMAT  none of the formats, or not the one said; XML that is not well-formed, has a
 *                       DOCTYPE or is deeper than 64 levels
 * \retval OVF_E_NOMEM
 */
OVF_NODISCARD enum ovf_status ovf_listing_file_read(
    struct ovf_bytes text, struct ovf_bytes comments, enum ovf_list_format format,
    struct ovf_listing_set *set, struct ovf_listing_report *report, struct ovf_error *err);

#endif
