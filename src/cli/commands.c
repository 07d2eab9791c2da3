/* SPDX-License-Identifier: Apache-2.0 */
/* The list of commands. */
#include "cli/cmd.h"

#define ROW(word) &ovf_command_##word,
static const struct ovf_command *const commands[] = {OVF_COMMANDS(ROW)};
#undef ROW

const struct ovf_command *ovf_command_at(size_t i)
{
    return i < sizeof commands / sizeof *commands ? commands[i] : NULL;
}
