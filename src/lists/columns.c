/* SPDX-License-Identifier: Apache-2.0 */
#include "lists/columns.h"

bool ovf_columns_read(struct ovf_bytes line, const struct ovf_column_name *names, size_t n_names,
                      struct ovf_fields *fields, struct ovf_columns *out)
{
    out->separator = ovf_fields_separator(line);
    for (int c = 0; c < OVF_COLUMNS_MAX; c++)
        out->field_of[c] = -1;
    if (!ovf_fields_split(line, out->separator, fields) || fields->too_many)
        return false;
    for (size_t i = 0; i < fields->n; i++) {
        const struct ovf_bytes name = ovf_bytes_trim(fields->items[i].text);
        for (size_t k = 0; k < n_names; k++) {
            int *const field = &out->field_of[names[k].column];
            if (*field < 0 && ovf_bytes_equal_nocase(name, names[k].name))
                *field = (int)i;
        }
    }
    return true;
}

struct ovf_bytes ovf_columns_field(const struct ovf_columns *columns, const struct ovf_fields *row,
                                   int column)
{
    const int i = columns->field_of[column];
    return i >= 0 && (size_t)i < row->n ? ovf_bytes_trim(row->items[i].text)
                                        : (struct ovf_bytes){NULL, 0};
}
