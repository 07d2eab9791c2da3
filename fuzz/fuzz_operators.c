/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a table of operators: refused, or all rows counted, and states are none or two capitals. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "lists/operators.h"

static bool is_state(const char *text)
{
    return text[0] == '\0' ||
           (strlen(text) == 2 && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ovf_operators *operators = NULL;
    struct ovf_tally rows;
    struct ovf_error err = {0};
    if (ovf_operators_new((struct ovf_bytes){data, size}, &rows, &operators, &err) != OVF_OK)
        return 0;
    if (rows.n_read != rows.n_used + rows.n_repeated + ovf_tally_rejected(&rows) ||
        !is_state(ovf_operators_state(operators, "ZZZ")) ||
        !is_state(ovf_operators_state(operators, "THY")))
        abort();
    ovf_operators_free(operators);
    return 0;
}
