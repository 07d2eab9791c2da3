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

bool ovf_varint_take_any(struct ovf_bytes *rest, uint64_t *value)
{
    const unsigned char *const bytes = rest->data;
    const size_t n_most = rest->len < OVF_VARINT_MAX_BYTES ? rest->len : OVF_VARINT_MAX_BYTES;
    uint64_t v = 0;
    for (size_t i = 0; i < n_most; i++) {
        v |= (uint64_t)(bytes[i] & 0x7f) << (7 * i);
        if (bytes[i] >= 0x80)
            continue;
        if (i == OVF_VARINT_MAX_BYTES - 1 && bytes[i] > 1) /* more than 64 bits */
            return false;
        *rest = (struct ovf_bytes){bytes + i + 1, rest->len - i - 1};
        *value = v;
        return true;
    }
    return false;
}
