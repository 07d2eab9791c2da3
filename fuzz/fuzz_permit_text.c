/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as the text of a permit: refused, or read so that what is taken stands in the text once. */

#include "fuzz.h"

#include <stdlib.h>

#include "lists/permit_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ovf_permit_text text = {0};
    struct ovf_error err = {0};
    const enum ovf_status st = ovf_permit_text_read((struct ovf_bytes){data, size}, &text, &err);
    for (size_t i = 0; st == OVF_OK && i < text.n_fields; i++) {
        const struct ovf_permit_text_field *const field = &text.fields[i];
        const bool is_taken =
            field->trust == OVF_PERMIT_TEXT_PLAIN || field->trust == OVF_PERMIT_TEXT_LOOSE;
        if (is_taken && strcmp(ovf_permit_text_value(&text, field->key), field->value) != 0)
            abort(); /* two that differ */
        if (is_taken && field->value[0] == '\0')
            abort();
    }
    for (size_t i = 0; st == OVF_OK && i < text.n_rest; i++) {
        if (text.rest[i].text[0] == '\0')
            abort();
    }
    ovf_permit_text_deinit(&text);
    return 0;
}
