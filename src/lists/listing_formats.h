/* SPDX-License-Identifier: Apache-2.0 */
/* The readers behind lists/listing_file.h, one a format. Each appends to the set and adds to the report;
 * what it leaves behind on failure is the caller's to take back. */
#ifndef OVF_LISTS_LISTING_FORMATS_H
#define OVF_LISTS_LISTING_FORMATS_H

#include "lists/listing_file.h"

enum ovf_status ovf_ofac_csv_read(struct ovf_bytes text, struct ovf_bytes comments,
                                  struct ovf_listing_set *set, struct ovf_listing_report *report,
                                  struct ovf_error *err);

enum ovf_status ovf_ofac_xml_read(struct ovf_bytes text, struct ovf_listing_set *set,
                                  struct ovf_listing_report *report, struct ovf_error *err);

enum ovf_status ovf_un_xml_read(struct ovf_bytes text, struct ovf_listing_set *set,
                                struct ovf_listing_report *report, struct ovf_error *err);

/** Which of the two that have a header \p header is that of: OVF_LIST_CSV, OVF_LIST_PLANE_ALERT, or
 * OVF_LIST_FORMAT_N. */
enum ovf_list_format ovf_listing_csv_format(struct ovf_bytes header);

/** Either of them, by its header.
 * \retval OVF_E_FORMAT  it has none */
enum ovf_status ovf_listing_csv_read(struct ovf_bytes text, struct ovf_listing_set *set,
                                     struct ovf_listing_report *report, struct ovf_error *err);

/** Whether \p record is a row of sdn.csv. */
bool ovf_ofac_csv_is_row(struct ovf_bytes record);

#endif
