/* SPDX-License-Identifier: Apache-2.0 */
/* One record of a table of text (RFC 4180; comma, semicolon or tab) cut into its fields.
 *
 * A field that begins with a quote ends at the next quote that is not doubled; a quote anywhere else
 * is a character like others. Spaces and tabs around an unquoted field are no part of it. */
#ifndef OVF_BASE_FIELDS_H
#define OVF_BASE_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"

#define OVF_FIELDS_MAX 256

struct ovf_field {
    struct ovf_bytes text; /* borrowed from the record; between the quotes */
    bool has_quotes;       /* doubled quotes stand in it: see ovf_field_unquote */
};

struct ovf_fields {
    struct ovf_field items[OVF_FIELDS_MAX];
    size_t n;
    bool too_many; /* there are more than OVF_FIELDS_MAX; n is that */
};

/** Cut \p record, which has no line end at its end, at \p separator. An empty record is one empty
 * field. False when a quote is not closed or is followed by more than a separator. */
bool ovf_fields_split(struct ovf_bytes record, char separator, struct ovf_fields *fields);

/** The separator of a header line: the one of , ; tab that stands most often, the first of equals. */
char ovf_fields_separator(struct ovf_bytes header);

/** The text of \p field with doubled quotes made single, in \p room where it needs changing; cut to
 * \p room_bytes then. */
struct ovf_bytes ovf_field_unquote(const struct ovf_field *field, char *room, size_t room_bytes);

/** \p text without spaces and tabs at its ends. */
struct ovf_bytes ovf_bytes_trim(struct ovf_bytes text);

/** Equal but for the case of A to Z; \p text is in lower case. */
bool ovf_bytes_equal_nocase(struct ovf_bytes bytes, const char *text);

#endif
