/* SPDX-License-Identifier: Apache-2.0 */
/* The list of commands. */
#include "cli/cmd.h"

#define ROW(word) &ovf_command_##word,
static const struct ovf_command *const commands[] = {OVF_COMMANDS(ROW) NULL};
#undef ROW

const struct ovf_command *ovf_command_at(size_t i)
{
    for (size_t k = 0; commands[k] != NULL; k++) {
        if (k == i)
            return commands[k];
    }
    return NULL;
}
