/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a case file, and as the predicate of a claim. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "case/case_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ovf_case_store store = {0};
    struct ovf_case the_case;
    struct ovf_predicate predicate;
    struct ovf_error err = {""};
    char *const text = malloc(size + 1);
    if (text == NULL)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    if (ovf_predicate_read(text, &predicate, &err) != OVF_OK && err.text[0] == '\0')
        abort();
    err.text[0] = '\0';
    const enum ovf_status st =
        ovf_case_file_read((struct ovf_bytes){data, size}, &store, &the_case, &err);
    if (st != OVF_OK && st != OVF_E_NOMEM && err.text[0] == '\0')
        abort();
    ovf_case_store_deinit(&store);
    free(text);
    return 0;
}
