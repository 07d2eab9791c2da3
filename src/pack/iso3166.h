/* SPDX-License-Identifier: Apache-2.0 */
/* The table of country codes, data/iso3166.csv: alpha2,alpha3,name,also. */
#ifndef OVF_PACK_ISO3166_H
#define OVF_PACK_ISO3166_H

#include <stddef.h>

#include "base/bytes.h"
#include "base/error.h"

#define OVF_ISO3166_NAME_SIZE 96

struct ovf_iso_country {
    char alpha2[3];
    char alpha3[4];
    char name[OVF_ISO3166_NAME_SIZE]; /* English short name, UTF-8 */
    char also[OVF_ISO3166_NAME_SIZE]; /* other names in use, separated by '|' */
};

struct ovf_iso_table {
    struct ovf_iso_country *items; /* in the order of alpha2 */
    size_t n;
    size_t capacity;
};

void ovf_iso_table_deinit(struct ovf_iso_table *table);

/** \retval OVF_E_FORMAT  a bad header or row, or a code that stands twice; \p err names the line */
OVF_NODISCARD enum ovf_status ovf_iso_table_read(struct ovf_bytes csv, struct ovf_iso_table *out,
                                                 struct ovf_error *err);

/** NULL when there is none. */
const struct ovf_iso_country *ovf_iso_by_alpha3(const struct ovf_iso_table *table,
                                                const char *alpha3);

#endif
