/* SPDX-License-Identifier: Apache-2.0 */
/* What templates of man pages and completions may ask for: a line that is @MARK@ becomes a block. */
#ifndef OVF_TOOLS_CLI_PAGES_H
#define OVF_TOOLS_CLI_PAGES_H

#include <stdio.h>

#include "cli/options.h"

struct ovf_page_block {
    const char *mark; /* "OPTIONS"; NULL ends the table */
    void (*write)(FILE *out, const struct ovf_command *command);
    bool of_command; /* only in a command's page */
};

extern const struct ovf_page_block ovf_man_blocks[];
extern const struct ovf_page_block ovf_bash_blocks[];
extern const struct ovf_page_block ovf_zsh_blocks[];
extern const struct ovf_page_block ovf_fish_blocks[];

#endif
