/* SPDX-License-Identifier: Apache-2.0 */
/* The first rejected row in words. */
#include "read/fault.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Enough for a number or an address; of a whole row the beginning. */
enum { MAX_VALUE_BYTES = 40 };

static void append(char text[OVF_READ_FAULT_SIZE], const char *more)
{
    const size_t len = strlen(text);
    (void)snprintf(text + len, OVF_READ_FAULT_SIZE - len, "%s", more);
}

static void append_value(char text[OVF_READ_FAULT_SIZE], struct ovf_bytes value)
{
    char shown[MAX_VALUE_BYTES + 1];
    const size_t len = value.len < MAX_VALUE_BYTES ? value.len : MAX_VALUE_BYTES;
    for (size_t i = 0; i < len; i++) {
        const unsigned char c = value.data[i];
        shown[i] = c >= 0x20 && c < 0x7F ? (char)c : '?';
    }
    shown[len] = '\0';
    append(text, " \"");
    append(text, shown);
    append(text, len < value.len ? "...\"" : "\"");
}

void ovf_read_fault_note(char text[OVF_READ_FAULT_SIZE], uint64_t index, const char *fields,
                         const struct ovf_bytes *values, size_t n_values, enum ovf_reject reason)
{
    if (text[0] != '\0')
        return;
    (void)snprintf(text, OVF_READ_FAULT_SIZE, "row %" PRIu64 "%s%s", index + 1,
                   fields != NULL ? ", " : "", fields != NULL ? fields : "");
    for (size_t i = 0; i < n_values; i++)
        append_value(text, values[i]);
    append(text, ": ");
    append(text, ovf_reject_words(reason));
}
