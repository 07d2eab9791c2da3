/* SPDX-License-Identifier: Apache-2.0 */
#include "lists/lines.h"

#include "base/fields.h"

struct ovf_bytes ovf_lines_begin(struct ovf_bytes text)
{
    const bool has_bom = text.len >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0;
    return has_bom ? (struct ovf_bytes){text.data + 3, text.len - 3} : text;
}

bool ovf_lines_next(struct ovf_bytes *rest, struct ovf_bytes *line)
{
    while (rest->len > 0) {
        size_t len = 0;
        while (len < rest->len && rest->data[len] != '\n' && rest->data[len] != '\r')
            len++;
        *line = (struct ovf_bytes){rest->data, len};
        const size_t used = len < rest->len ? len + 1 : len;
        *rest = (struct ovf_bytes){rest->data + used, rest->len - used};
        if (ovf_bytes_trim(*line).len > 0)
            return true;
    }
    return false;
}
