/* SPDX-License-Identifier: Apache-2.0 */
#include "base/varint.h"

enum ovf_status ovf_varint_append(struct ovf_buffer *out, uint64_t value)
{
    const enum ovf_status st = ovf_buffer_reserve(out, OVF_VARINT_MAX_BYTES);
    if (st != OVF_OK)
        return st;
    out->len = (size_t)(ovf_varint_put(out->data + out->len, value) - out->data);
    return OVF_OK;
}

bool ovf_varint_take(struct ovf_bytes *rest, uint64_t *value)
{
    uint64_t v = 0;
    for (size_t i = 0; i < rest->len && i < OVF_VARINT_MAX_BYTES; i++) {
        const uint64_t bits = rest->data[i] & 0x7f;
        if (bits << (7 * i) >> (7 * i) != bits) /* more than 64 */
            return false;
        v |= bits << (7 * i);
        if (rest->data[i] < 0x80) {
            *rest = (struct ovf_bytes){rest->data + i + 1, rest->len - i - 1};
            *value = v;
            return true;
        }
    }
    return false;
}
