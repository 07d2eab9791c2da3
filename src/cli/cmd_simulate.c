/* SPDX-License-Identifier: Apache-2.0 */
/* overflight simulate: a scenario to traces, with its truth. */
#include <stdio.h>

#include "cli/cmd.h"
#include "cli/options.h"
#include "cli/output.h"
#include "run/pack_file.h"
#include "run/simulate_files.h"

enum { OPTION_OUTPUT, OPTION_WRITE, OPTION_SEED, OPTION_PACK };

static const struct ovf_option options[] = {
    [OPTION_OUTPUT] = {"output", 'o', "DIR", "write there; it is made, or must be empty", false},
    [OPTION_WRITE] = {"write", 0, "FORM",
                      "trace: readsb traces by day, gzip inside (when not given);\n"
                      "tar: one tar of them; csv: one table",
                      false},
    [OPTION_SEED] = {"seed", 0, "N", "of all chance, instead of the scenario's", false},
    [OPTION_PACK] = {"pack", 0, "FILE",
                     "reference data; else $" OVF_PACK_VARIABLE ", else the built one", false},
};

static const struct ovf_command command = {
    .name = "overflight simulate",
    .summary = "Write the traces of invented aircraft, and where they truly crossed borders.",
    .usage = "SCENARIO.yaml -o DIR [OPTION]...",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .notes =
        "DIR/truth.ndjson has every passage twice: on the line through the fixes as written, and\n"
        "on the path as flown. The same scenario and seed give the same files.",
};

static int run(const struct ovf_arguments *arguments)
{
    struct ovf_error err = {""};
    if (arguments->n_items != 1)
        return ovf_usage_error(&command, "one SCENARIO is due");
    const struct ovf_simulate_request request = {
        .scenario_path = arguments->items[0],
        .folder = ovf_arguments_value(arguments, OPTION_OUTPUT),
        .write = ovf_arguments_value(arguments, OPTION_WRITE),
        .seed = ovf_arguments_value(arguments, OPTION_SEED),
        .pack_path = ovf_pack_path(ovf_arguments_value(arguments, OPTION_PACK), OVF_BUILD_PACK),
    };
    if (request.folder == NULL)
        return ovf_usage_error(&command, "-o DIR is due");
    const struct ovf_sink talk = ovf_output_talk();
    switch (ovf_simulate_files(&request, &talk, &err)) {
    case OVF_SIMULATE_DONE:
        return OVF_EXIT_OK;
    case OVF_SIMULATE_BAD_REQUEST:
        return ovf_usage_error(&command, "%s", err.text);
    case OVF_SIMULATE_BAD_SCENARIO:
        fprintf(stderr, "%s: %s\n", command.name, err.text);
        return OVF_EXIT_NO_INPUT;
    case OVF_SIMULATE_FAILED:
        break;
    }
    fprintf(stderr, "%s: %s\n", command.name, err.text);
    return OVF_EXIT_WORLD;
}

int ovf_cmd_simulate(int argc, char **argv)
{
    return ovf_command_run(&command, argc, argv, run);
}
