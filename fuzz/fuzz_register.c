/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a register: refused, or made with counts that add up. */

#include "fuzz.h"

#include <stdlib.h>

#include "lists/register.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ovf_register *reg = NULL;
    struct ovf_tally rows;
    struct ovf_error err = {0};
    if (ovf_register_new((struct ovf_bytes){data, size}, &rows, &reg, &err) != OVF_OK)
        return 0;
    if (rows.n_used != ovf_register_size(reg) ||
        rows.n_read != rows.n_used + rows.n_repeated + ovf_tally_rejected(&rows))
        abort();
    (void)ovf_register_find(reg, 0xa1b2c3);
    ovf_register_free(reg);
    return 0;
}
