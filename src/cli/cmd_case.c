/* SPDX-License-Identifier: Apache-2.0 */
/* overflight case: checking a case file. */
#include <stdio.h>
#include <string.h>

#include "cli/cmd.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/pack.h"
#include "question/case_try.h"
#include "run/case_summary.h"

static int run(const struct ovf_arguments *arguments);
static const struct ovf_command *const command = &ovf_command_case;

enum { OPTION_PACK };

static const struct ovf_option options[] = {[OPTION_PACK] = OVF_PACK_OPTION};

const struct ovf_command ovf_command_case = {
    .name = "overflight case",
    .brief = "check a case file",
    .summary =
        "Check a case: its keys, types, units and dates, and that all it refers to is there.",
    .usage = "check FILE",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .notes = "Prints what is in the case; of the first error, where it stands and what is due. "
             "That files\n"
             "are there is always checked; that airspaces and airports are known, where there is a "
             "pack.",
    .completion = OVF_COMPLETE_FILE,
    .run = run,
};

/** With a pack, if there is one: what is not checked without it is said. */
static enum ovf_status try_case(const struct ovf_arguments *arguments, struct ovf_open_case *open,
                                struct ovf_error *err)
{
    const char *const given = ovf_arguments_value(arguments, OPTION_PACK);
    struct ovf_error missing = {""};
    char pack[OVF_PACK_PATH_SIZE];
    if (ovf_pack_find(given, pack, &missing) == OVF_OK)
        return ovf_case_try(open, pack, err);
    fprintf(stderr, "%s: airspaces and airports are not checked: %s\n", command->name,
            missing.text);
    return ovf_case_try(open, NULL, err);
}

static int run(const struct ovf_arguments *arguments)
{
    struct ovf_error err = {""};
    struct ovf_buffer text = {0};
    struct ovf_open_case open = {.path = NULL};
    if (arguments->n_items != 2 || strcmp(arguments->items[0], "check") != 0)
        return ovf_usage_error(command, "check and one FILE are due");
    enum ovf_status st = ovf_open_case(arguments->items[1], &open, &err);
    if (st == OVF_OK)
        st = try_case(arguments, &open, &err);
    if (st == OVF_OK)
        st = ovf_case_summary(&open.the_case, &text);
    if (st == OVF_OK)
        (void)fwrite(text.data, 1, text.len, stdout);
    else
        fprintf(stderr, "%s: %s\n", command->name,
                err.text[0] != '\0' ? err.text : "out of memory");
    ovf_open_case_close(&open);
    ovf_buffer_deinit(&text);
    if (st == OVF_OK)
        return OVF_EXIT_OK;
    return st == OVF_E_NOMEM || st == OVF_E_IO ? OVF_EXIT_WORLD : OVF_EXIT_NO_INPUT;
}
