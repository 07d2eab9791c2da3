/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 after RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. */
#ifndef OVF_BASE_UTF8_H
#define OVF_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/bytes.h"

/** What stands at the start of some bytes. */
enum ovf_utf8 {
    OVF_UTF8_GOOD,
    OVF_UTF8_BAD,
    OVF_UTF8_CUT, /* good so far, but the bytes end inside the character */
};

/** The first character of \p bytes (not empty): its code point and how many bytes it takes. Both are
 * written only for OVF_UTF8_GOOD. */
enum ovf_utf8 ovf_utf8_first(struct ovf_bytes bytes, uint32_t *code, size_t *n_bytes);

bool ovf_utf8_valid(struct ovf_bytes bytes);

/** Valid, and nothing in it misleads a reader or a terminal: no control characters (C0, DEL, C1), no marks
 * and overrides of direction (Unicode Standard Annex 9), no line or paragraph separator, no byte order
 * mark. */
bool ovf_utf8_is_harmless(struct ovf_bytes bytes);

/** Append \p text as one line that misleads nobody: a space for a tab or a line end (none at the end of the text), a
 * question mark for all else that is not harmless. */
OVF_NODISCARD enum ovf_status ovf_utf8_append_line(struct ovf_bytes text, struct ovf_buffer *out);

/** The bytes of \p code (a scalar value), 1 to 4. */
size_t ovf_utf8_encode(uint32_t code, unsigned char out[4]);

/** The longest start of \p text (valid UTF-8) of at most \p max_bytes that ends between characters. */
struct ovf_bytes ovf_utf8_cut(struct ovf_bytes text, size_t max_bytes);

#endif
