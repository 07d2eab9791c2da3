/* SPDX-License-Identifier: Apache-2.0 */
/* overflight watch: live feeds to alerts. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/cmd.h"
#include "cli/common_options.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/pack.h"
#include "cli/question_options.h"
#include "cli/watch_options.h"
#include "watch/watch.h"

enum {
    OPTION_CASE,
    OPTION_AIRSPACE,
    OPTION_ZONE,
    OPTION_KIND,
    OPTION_BOUNDARIES,
    OPTION_LIBRARY,
    OPTION_FROM,
    OPTION_TO,
    OPTION_ROLE,
    OPTION_CLASS,
    OPTION_AIRCRAFT,
    OPTION_AIRCRAFT_LIST,
    OPTION_INCLUDE_UNKNOWN,
    OPTION_REGISTER,
    OPTION_REGISTER_DATE,
    OPTION_ROUTES,
    OPTION_OPERATORS,
    OPTION_GEOID,
    OPTION_MAX_GAP,
    OPTION_JOURNEY_STOP,
    OPTION_START,
    OPTION_AT,
    OPTION_RECEIVER,
    OPTION_SBS_TZ,
    OPTION_DETECTORS,
    OPTION_LIVE,
    OPTION_EVENTS,
    OPTION_TAR1090,
    OPTION_STALL,
    OPTION_POLL,
    OPTION_MEMORY,
    OPTION_MAX_AIRCRAFT,
    OPTION_METRICS,
    OPTION_DELAY,
    OPTION_NOTIFY,
    OPTION_TEST_NOTIFY,
    OPTION_NOW,
    OPTION_PACK,
};

static int run(const struct ovf_arguments *arguments);
static const struct ovf_command *const command = &ovf_command_watch;

static const struct ovf_option options[] = {
    [OPTION_CASE] = OVF_OPTION_CASE("a case: its watches say what is asked"),
    [OPTION_AIRSPACE] = OVF_OPTION_AIRSPACE,
    [OPTION_ZONE] = OVF_OPTION_ZONE,
    [OPTION_KIND] = OVF_OPTION_KIND,
    [OPTION_BOUNDARIES] = OVF_OPTION_BOUNDARIES,
    [OPTION_LIBRARY] = OVF_OPTION_LIBRARY(0),
    [OPTION_FROM] = OVF_OPTION_FROM,
    [OPTION_TO] = OVF_OPTION_TO,
    [OPTION_ROLE] = OVF_OPTION_ROLE,
    [OPTION_CLASS] = OVF_OPTION_LIVE_CLASS,
    [OPTION_AIRCRAFT] = {.name = "aircraft",
                         .value = "LIST",
                         .help = "only these addresses or registrations, comma-separated, in\n"
                                 "capitals or not"},
    [OPTION_AIRCRAFT_LIST] = OVF_OPTION_AIRCRAFT_LIST,
    [OPTION_INCLUDE_UNKNOWN] = OVF_OPTION_INCLUDE_UNKNOWN,
    [OPTION_REGISTER] = OVF_OPTION_REGISTER,
    [OPTION_REGISTER_DATE] = OVF_OPTION_REGISTER_DATE,
    [OPTION_ROUTES] = OVF_OPTION_ROUTES,
    [OPTION_OPERATORS] = OVF_OPTION_OPERATORS,
    [OPTION_GEOID] = OVF_OPTION_GEOID,
    [OPTION_MAX_GAP] = OVF_OPTION_MAX_GAP,
    [OPTION_JOURNEY_STOP] = OVF_OPTION_JOURNEY_STOP,
    [OPTION_START] = OVF_OPTION_START,
    [OPTION_AT] = OVF_OPTION_AT,
    [OPTION_RECEIVER] = OVF_OPTION_RECEIVER,
    [OPTION_SBS_TZ] = OVF_OPTION_SBS_TZ,
    [OPTION_DETECTORS] = OVF_OPTION_DETECTORS,
    [OPTION_LIVE] = OVF_OPTION_LIVE,
    [OPTION_EVENTS] = OVF_OPTION_EVENTS,
    [OPTION_TAR1090] = OVF_OPTION_TAR1090,
    [OPTION_STALL] = OVF_OPTION_STALL,
    [OPTION_POLL] = OVF_OPTION_POLL,
    [OPTION_MEMORY] = OVF_OPTION_MEMORY,
    [OPTION_MAX_AIRCRAFT] = OVF_OPTION_MAX_AIRCRAFT,
    [OPTION_METRICS] = {.name = "metrics",
                        .value = "ADDRESS",
                        .help = "answer /metrics (Prometheus) and /healthz there; of this\n"
                                "machine alone, such as 127.0.0.1:9190"},
    [OPTION_DELAY] = {.name = "delay",
                      .value = "SECONDS",
                      .help = "print alerts that much later (at once)"},
    [OPTION_NOTIFY] = OVF_OPTION_NOTIFY,
    [OPTION_TEST_NOTIFY] = {.name = "test-notify",
                            .help = "tell each of these channels a test, and end"},
    [OPTION_NOW] = {.name = "now",
                    .value = "TIME",
                    .help = "a clock that stands still (ISO 8601, UTC)"},
    [OPTION_PACK] = OVF_PACK_OPTION,
};

const struct ovf_command ovf_command_watch = {
    .name = "overflight watch",
    .brief = "live feeds to alerts",
    .summary = "Tell when aircraft enter and leave airspaces, from live feeds.",
    .usage = "[OPTION]... SOURCE...",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .notes =
        "SOURCE is\n"
        "  beast://HOST:PORT, avr://HOST:PORT   frames of a receiver (30005, 30002)\n"
        "  sbs://HOST:PORT                      BaseStation's lines (30003)\n"
        "  json://HOST:PORT                     readsb's JSON, an aircraft a line\n"
        "  http://..., https://...              an aircraft.json, fetched again and again\n"
        "  csv://HOST:PORT                      rows of a table that begins with its header\n"
        "  a file, a named pipe, or - for standard input, of any of these formats\n"
        "\n"
        "Alerts are NDJSON on standard output, a line each, at once. What an aircraft is inside "
        "of\n"
        "when it is first heard is not told as entered. A later line with the same id corrects an\n"
        "earlier one. Reports may come up to 5 s late without a correction, and up to 6 h with "
        "one.\n"
        "\n"
        "SIGTERM and SIGINT end the watch in order; SIGHUP has the case, lists and files read "
        "anew.",
    .completion = OVF_COMPLETE_FILE,
    .is_lasting = true,
    .run = run,
};

/** All but options that may be given more than once. */
static void fill_request(const struct ovf_arguments *a, const char *pack,
                         struct ovf_watch_request *request)
{
    *request = (struct ovf_watch_request){
        .scan =
            {
                .paths = a->items,
                .n_paths = a->n_items,
                .pack_path = pack,
                .case_path = ovf_arguments_value(a, OPTION_CASE),
                .airspace = ovf_arguments_value(a, OPTION_AIRSPACE),
                .kind = ovf_arguments_value(a, OPTION_KIND),
                .boundaries = ovf_arguments_value(a, OPTION_BOUNDARIES),
                .library_path = ovf_arguments_value(a, OPTION_LIBRARY),
                .from = ovf_arguments_value(a, OPTION_FROM),
                .to = ovf_arguments_value(a, OPTION_TO),
                .roles = ovf_arguments_value(a, OPTION_ROLE),
                .classes = ovf_arguments_value(a, OPTION_CLASS),
                .aircraft = ovf_arguments_value(a, OPTION_AIRCRAFT),
                .aircraft_list = ovf_arguments_value(a, OPTION_AIRCRAFT_LIST),
                .register_path = ovf_arguments_value(a, OPTION_REGISTER),
                .register_date = ovf_arguments_value(a, OPTION_REGISTER_DATE),
                .routes_path = ovf_arguments_value(a, OPTION_ROUTES),
                .operators_path = ovf_arguments_value(a, OPTION_OPERATORS),
                .geoid_path = ovf_arguments_value(a, OPTION_GEOID),
                .max_gap_s = ovf_arguments_value(a, OPTION_MAX_GAP),
                .journey_stop_h = ovf_arguments_value(a, OPTION_JOURNEY_STOP),
                .start = ovf_arguments_value(a, OPTION_START),
                .at = ovf_arguments_value(a, OPTION_AT),
                .sbs_tz = ovf_arguments_value(a, OPTION_SBS_TZ),
                .detectors = ovf_arguments_value(a, OPTION_DETECTORS),
                .include_unknown = ovf_arguments_has(a, OPTION_INCLUDE_UNKNOWN),
            },
        .events = ovf_arguments_value(a, OPTION_EVENTS),
        .tar1090 = ovf_arguments_value(a, OPTION_TAR1090),
        .stall_s = ovf_arguments_value(a, OPTION_STALL),
        .poll_s = ovf_arguments_value(a, OPTION_POLL),
        .memory_mb = ovf_arguments_value(a, OPTION_MEMORY),
        .max_aircraft = ovf_arguments_value(a, OPTION_MAX_AIRCRAFT),
        .metrics = ovf_arguments_value(a, OPTION_METRICS),
        .now = ovf_arguments_value(a, OPTION_NOW),
        .notify = ovf_arguments_value(a, OPTION_NOTIFY),
        .delay_s = ovf_arguments_value(a, OPTION_DELAY),
        .is_live = ovf_arguments_has(a, OPTION_LIVE),
    };
}

static int exit_of(enum ovf_scan_outcome outcome, const struct ovf_error *err)
{
    if (outcome == OVF_SCAN_DONE)
        return OVF_EXIT_OK;
    if (outcome == OVF_SCAN_BAD_REQUEST)
        return ovf_usage_error(command, "%s", err->text);
    fprintf(stderr, "%s: %s\n", command->name, err->text[0] != '\0' ? err->text : "out of memory");
    return outcome == OVF_SCAN_NO_INPUT ? OVF_EXIT_NO_INPUT : OVF_EXIT_WORLD;
}

/** A line is worth nothing in a buffer. */
static enum ovf_status write_line(void *context, const void *data, size_t len)
{
    (void)context;
    return fwrite(data, 1, len, stdout) == len && fflush(stdout) == 0 ? OVF_OK : OVF_E_IO;
}

static int test_notify(const struct ovf_arguments *arguments, const struct ovf_sink *out,
                       const struct ovf_sink *talk)
{
    const char *path = ovf_arguments_value(arguments, OPTION_NOTIFY);
    struct ovf_error err = {""};
    if (path == NULL)
        return ovf_usage_error(command, "--test-notify needs --notify FILE");
    return exit_of(ovf_watch_test_notify(path, out, talk, &err), &err);
}

static int run(const struct ovf_arguments *arguments)
{
    struct ovf_watch_request request;
    struct ovf_error err = {""};
    char pack[OVF_PACK_PATH_SIZE];
    const struct ovf_sink talk = ovf_output_talk();
    const struct ovf_sink out = {write_line, NULL};
    const char **zones = NULL;
    const char **receivers = NULL;
    size_t n_zones = 0;
    size_t n_receivers = 0;
    if (ovf_arguments_has(arguments, OPTION_TEST_NOTIFY))
        return test_notify(arguments, &out, &talk);
    if (arguments->n_items == 0)
        return ovf_usage_error(command, "a SOURCE is due");
    if (ovf_pack_find(ovf_arguments_value(arguments, OPTION_PACK), pack, &err) != OVF_OK)
        return exit_of(OVF_SCAN_FAILED, &err);
    enum ovf_scan_outcome outcome = OVF_SCAN_FAILED;
    if (ovf_arguments_all(arguments, OPTION_ZONE, &zones, &n_zones) &&
        ovf_arguments_all(arguments, OPTION_RECEIVER, &receivers, &n_receivers)) {
        fill_request(arguments, pack, &request);
        request.scan.zones = zones;
        request.scan.n_zones = n_zones;
        request.scan.receivers = receivers;
        request.scan.n_receivers = n_receivers;
        outcome = ovf_watch(&request, &out, &talk, &err);
    }
    free(zones);
    free(receivers);
    return exit_of(outcome, &err);
}
