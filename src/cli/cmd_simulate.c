/* SPDX-License-Identifier: Apache-2.0 */
/* overflight simulate: a scenario to traces, with its truth. */
#include <stdio.h>

#include "cli/cmd.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/pack.h"
#include "run/simulate_files.h"

enum { OPTION_OUTPUT, OPTION_WRITE, OPTION_SEED, OPTION_PACK };

static int run(const struct ovf_arguments *arguments);
static const struct ovf_command *const command = &ovf_command_simulate;

static const struct ovf_option options[] = {
    [OPTION_OUTPUT] = {.name = "output",
                       .letter = 'o',
                       .value = "DIR",
                       .help = "write there; it is made, or must be empty",
                       .completion = OVF_COMPLETE_FOLDER},
    [OPTION_WRITE] = {.name = "write",
                      .value = "FORM",
                      .help = "trace: readsb traces by day, gzip inside (when not given);\n"
                              "tar: one tar of them; csv: one table",
                      .choices = "trace tar csv"},
    [OPTION_SEED] = {.name = "seed",
                     .value = "N",
                     .help = "of all chance, instead of the scenario's"},
    [OPTION_PACK] = OVF_PACK_OPTION,
};

const struct ovf_command ovf_command_simulate = {
    .name = "overflight simulate",
    .brief = "a scenario to traces, with its exact truth",
    .summary = "Write the traces of invented aircraft, and where they truly crossed borders.",
    .usage = "SCENARIO.yaml -o DIR [OPTION]...",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .notes =
        "DIR/truth.ndjson has every passage twice: on the line through the fixes as written, and\n"
        "on the path as flown. The same scenario and seed give the same files.",
    .completion = OVF_COMPLETE_FILE,
    .run = run,
};

static int run(const struct ovf_arguments *arguments)
{
    struct ovf_error err = {""};
    char pack[OVF_PACK_PATH_SIZE];
    if (arguments->n_items != 1)
        return ovf_usage_error(command, "one SCENARIO is due");
    const struct ovf_simulate_request request = {
        .scenario_path = arguments->items[0],
        .folder = ovf_arguments_value(arguments, OPTION_OUTPUT),
        .write = ovf_arguments_value(arguments, OPTION_WRITE),
        .seed = ovf_arguments_value(arguments, OPTION_SEED),
        .pack_path = pack,
    };
    if (request.folder == NULL)
        return ovf_usage_error(command, "-o DIR is due");
    if (ovf_pack_find(ovf_arguments_value(arguments, OPTION_PACK), pack, &err) != OVF_OK) {
        fprintf(stderr, "%s: %s\n", command->name, err.text);
        return OVF_EXIT_WORLD;
    }
    const struct ovf_sink talk = ovf_output_talk();
    switch (ovf_simulate_files(&request, &talk, &err)) {
    case OVF_SIMULATE_DONE:
        return OVF_EXIT_OK;
    case OVF_SIMULATE_BAD_REQUEST:
        return ovf_usage_error(command, "%s", err.text);
    case OVF_SIMULATE_BAD_SCENARIO:
        fprintf(stderr, "%s: %s\n", command->name, err.text);
        return OVF_EXIT_NO_INPUT;
    case OVF_SIMULATE_FAILED:
        break;
    }
    fprintf(stderr, "%s: %s\n", command->name, err.text);
    return OVF_EXIT_WORLD;
}
