/* SPDX-License-Identifier: Apache-2.0 */
/* overflight simulate: a scenario to traces, with its truth. */
#include <stdio.h>

#include "cli/cmd.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/pack.h"
#include "run/simulate_files.h"

enum {
    OPTION_OUTPUT,
    OPTION_WRITE,
    OPTION_SERVE,
    OPTION_RATE,
    OPTION_WORLD_DAY,
    OPTION_SCALE,
    OPTION_NO_NEWLINES,
    OPTION_SEED,
    OPTION_PACK
};

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
                              "tar: one tar of them; csv: one table; beast, sbs: what a receiver\n"
                              "would have heard, frames or lines",
                      .choices = "trace tar csv beast sbs"},
    [OPTION_SERVE] = {.name = "serve",
                      .value = "URL",
                      .help = "write nothing, but let who connects to this port of this machine\n"
                              "hear it, until all is sent or SIGTERM: beast or sbs; port 0 is any"},
    [OPTION_RATE] = {.name = "rate",
                     .value = "N",
                     .help =
                         "times real time, of --serve (1); 0: all of it, as fast as it is read"},
    [OPTION_WORLD_DAY] = {.name = "world-day",
                          .help = "no scenario but traffic all over the world, to measure with:\n"
                                  "one tar of traces of one day, without truth"},
    [OPTION_SCALE] = {.name = "scale",
                      .value = "F",
                      .help = "of the world day, up to 16; 1, when not given, is 60,000 traces of\n"
                              "100 to 10,000 fixes: 24 GB, compressed to 4"},
    [OPTION_NO_NEWLINES] = {.name = "no-newlines",
                            .help = "the world day's traces as a JSON library writes them again"},
    [OPTION_SEED] = {.name = "seed",
                     .value = "N",
                     .help = "of all chance, instead of the scenario's (world day: 1)"},
    [OPTION_PACK] = OVF_PACK_OPTION,
};

const struct ovf_command ovf_command_simulate = {
    .name = "overflight simulate",
    .brief = "a scenario to traces, with its exact truth",
    .summary = "Write the traces of invented aircraft, and where they truly crossed borders.",
    .usage = "SCENARIO.yaml|--world-day -o DIR|--serve URL [OPTION]...",
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
    const bool world_day = ovf_arguments_has(arguments, OPTION_WORLD_DAY);
    if (arguments->n_items != (world_day ? 0 : 1))
        return ovf_usage_error(command,
                               world_day ? "--world-day takes no SCENARIO" : "one SCENARIO is due");
    const struct ovf_simulate_request request = {
        .scenario_path = world_day ? NULL : arguments->items[0],
        .folder = ovf_arguments_value(arguments, OPTION_OUTPUT),
        .write = ovf_arguments_value(arguments, OPTION_WRITE),
        .seed = ovf_arguments_value(arguments, OPTION_SEED),
        .pack_path = pack,
        .scale = ovf_arguments_value(arguments, OPTION_SCALE),
        .no_newlines = ovf_arguments_has(arguments, OPTION_NO_NEWLINES),
        .serve = ovf_arguments_value(arguments, OPTION_SERVE),
        .rate = ovf_arguments_value(arguments, OPTION_RATE),
    };
    if (request.serve != NULL && (request.folder != NULL || request.write != NULL || world_day))
        return ovf_usage_error(command, "--serve writes nothing: no -o, --write or --world-day");
    if (request.serve == NULL && request.rate != NULL)
        return ovf_usage_error(command, "--rate goes with --serve");
    if (request.serve == NULL && request.folder == NULL)
        return ovf_usage_error(command, "-o DIR is due");
    if (world_day && request.write != NULL)
        return ovf_usage_error(command, "--world-day is always a tar: no --write");
    if (!world_day && (request.scale != NULL || request.no_newlines))
        return ovf_usage_error(command, "--scale and --no-newlines go with --world-day");
    if (ovf_pack_find(ovf_arguments_value(arguments, OPTION_PACK), pack, &err) != OVF_OK) {
        fprintf(stderr, "%s: %s\n", command->name, err.text);
        return OVF_EXIT_WORLD;
    }
    const struct ovf_sink talk = ovf_output_talk();
    switch (world_day ? ovf_simulate_world_day(&request, &talk, &err)
                      : ovf_simulate_files(&request, &talk, &err)) {
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
