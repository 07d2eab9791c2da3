/* SPDX-License-Identifier: Apache-2.0 */
/* overflight decode: a receiver's frames, one by one. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/cmd.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/question_options.h"
#include "run/decode_file.h"

enum { OPTION_AT, OPTION_RECEIVER, OPTION_START };

static int run(const struct ovf_arguments *arguments);
static const struct ovf_command *const command = &ovf_command_decode;

static const struct ovf_option options[] = {
    [OPTION_AT] = {.name = "at",
                   .value = "LAT,LON[,HEIGHT_M]",
                   .help = "where the receiver stands: for positions on the ground, and where\n"
                           "only one half of a position is heard; a height tells nothing here"},
    [OPTION_RECEIVER] = OVF_OPTION_RECEIVER,
    [OPTION_START] = {.name = "start",
                      .value = "TIME",
                      .help = "when the recording began: an instant (2025-07-01T10:00:00Z) is "
                              "that\nof the first stamp, of a 12 MHz counter; a day alone "
                              "(2025-07-01)\nthat of stamps that are the time of day, of GPS"},
};

const struct ovf_command ovf_command_decode = {
    .name = "overflight decode",
    .brief = "frames of a receiver to one JSON object a message",
    .summary = "Decode Mode S frames, and print one JSON object a message.",
    .usage = "FILE|- [OPTION]...",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .notes = "FILE is in the Beast binary or the AVR text format, gzip inside or not. Without\n"
             "--start messages have no time, and pairs of positions are put together as they\n"
             "come. What was not decoded is counted at the end.",
    .completion = OVF_COMPLETE_FILE,
    .run = run,
};

static enum ovf_status write_stdout(void *context, const void *data, size_t len)
{
    (void)context;
    return fwrite(data, 1, len, stdout) == len && fflush(stdout) == 0 ? OVF_OK : OVF_E_IO;
}

static int run(const struct ovf_arguments *arguments)
{
    const struct ovf_sink sink = {write_stdout, NULL};
    const struct ovf_sink talk = ovf_output_talk();
    struct ovf_error err = {""};
    if (arguments->n_items != 1)
        return ovf_usage_error(command, "one FILE is due");
    struct ovf_decode_request request = {
        .path = arguments->items[0],
        .at = ovf_arguments_value(arguments, OPTION_AT),
        .start = ovf_arguments_value(arguments, OPTION_START),
    };
    const char **receivers = NULL;
    enum ovf_status st = OVF_E_NOMEM;
    if (ovf_arguments_all(arguments, OPTION_RECEIVER, &receivers, &request.n_receivers)) {
        request.receivers = receivers;
        st = ovf_decode_file(&request, &sink, &talk, &err);
    }
    free(receivers);
    if (st == OVF_OK)
        return OVF_EXIT_OK;
    if (st == OVF_E_RANGE)
        return ovf_usage_error(command, "%s", err.text);
    fprintf(stderr, "%s: %s\n", command->name,
            err.text[0] != '\0' ? err.text : "cannot write to standard output");
    return st == OVF_E_NOTFOUND || st == OVF_E_FORMAT ? OVF_EXIT_NO_INPUT : OVF_EXIT_WORLD;
}
