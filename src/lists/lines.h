/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of text line by line: no field holds a line end. */
#ifndef OVF_LISTS_LINES_H
#define OVF_LISTS_LINES_H

#include <stdbool.h>

#include "base/bytes.h"

/** \p text without the byte order mark of UTF-8 that it may begin with. */
struct ovf_bytes ovf_lines_begin(struct ovf_bytes text);

/** The next line of \p rest that is not blank, without its line end (LF, CR or both); false when there is
 * none. */
bool ovf_lines_next(struct ovf_bytes *rest, struct ovf_bytes *line);

#endif
