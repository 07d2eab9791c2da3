/* SPDX-License-Identifier: Apache-2.0 */
/* Cleaning what a file says of an aircraft, in one place for all readers. The texts come from files
 * that anybody may have written. */
#include "track/identity.h"

#include <string.h>

#include "base/fields.h"
#include "base/utf8.h"

static void set_code(char *member, size_t max_len, const char *others, struct ovf_bytes text)
{
    text = ovf_bytes_trim(text);
    member[0] = '\0';
    if (text.len > max_len)
        return;
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char c = text.data[i];
        const bool plain = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!plain && (c == '\0' || strchr(others, c) == NULL))
            return;
    }
    if (text.len > 0)
        memcpy(member, text.data, text.len);
    member[text.len] = '\0';
}

void ovf_identity_set_registration(struct ovf_identity *identity, struct ovf_bytes text)
{
    set_code(identity->registration, 12, ".+/- ", text);
}

void ovf_identity_set_type_code(struct ovf_identity *identity, struct ovf_bytes text)
{
    set_code(identity->type_code, sizeof identity->type_code - 1, "-", text);
}

static void set_text(char *member, size_t size, struct ovf_bytes text)
{
    text = ovf_bytes_trim(text);
    member[0] = '\0';
    if (!ovf_utf8_is_harmless(text))
        return;
    text = ovf_utf8_cut(text, size - 1);
    if (text.len > 0)
        memcpy(member, text.data, text.len);
    member[text.len] = '\0';
}

void ovf_identity_set_description(struct ovf_identity *identity, struct ovf_bytes text)
{
    set_text(identity->description, sizeof identity->description, text);
}

void ovf_identity_set_owner_operator(struct ovf_identity *identity, struct ovf_bytes text)
{
    set_text(identity->owner_operator, sizeof identity->owner_operator, text);
}
