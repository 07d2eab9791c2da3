/* SPDX-License-Identifier: Apache-2.0 */
/* overflight scan: archives to crossings. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cmd.h"
#include "cli/common_options.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/pack.h"
#include "cli/question_options.h"
#include "run/scan.h"

enum {
    OPTION_CASE,
    OPTION_AIRSPACE,
    OPTION_ZONE,
    OPTION_KIND,
    OPTION_BOUNDARIES,
    OPTION_COMPARE_BOUNDARIES,
    OPTION_LIBRARY,
    OPTION_FROM,
    OPTION_TO,
    OPTION_ROLE,
    OPTION_CLASS,
    OPTION_SINCE,
    OPTION_UNTIL,
    OPTION_AIRCRAFT,
    OPTION_AIRCRAFT_LIST,
    OPTION_INCLUDE_UNKNOWN,
    OPTION_REGISTER,
    OPTION_REGISTER_DATE,
    OPTION_ROUTES,
    OPTION_OPERATORS,
    OPTION_GEOID,
    OPTION_MAX_GAP,
    OPTION_TRACE_INTERVAL,
    OPTION_JOURNEY_STOP,
    OPTION_START,
    OPTION_AT,
    OPTION_RECEIVER,
    OPTION_SBS_TZ,
    OPTION_DETECTORS,
    OPTION_FORMAT,
    OPTION_OUTPUT,
    OPTION_JOBS,
    OPTION_NOW,
    OPTION_EXIT_STATUS,
    OPTION_PACK,
};

static int run(const struct ovf_arguments *arguments);
static const struct ovf_command *const command = &ovf_command_scan;

static const struct ovf_option options[] = {
    [OPTION_CASE] =
        OVF_OPTION_CASE("a case: its watches say what is asked, its inputs are scanned into its\n"
                        "store (where none are given here), and what the store then holds is\n"
                        "judged: findings are printed; without inputs they are judged again"),
    [OPTION_AIRSPACE] = OVF_OPTION_AIRSPACE,
    [OPTION_ZONE] = OVF_OPTION_ZONE,
    [OPTION_KIND] = OVF_OPTION_KIND,
    [OPTION_BOUNDARIES] = OVF_OPTION_BOUNDARIES,
    [OPTION_COMPARE_BOUNDARIES] =
        {.name = "compare-boundaries",
         .value = "A,B",
         .help =
             "crossings under one edition only, and the seconds between the\nrest; \"pack\" is the "
             "built-in map"},
    [OPTION_LIBRARY] = OVF_OPTION_LIBRARY(0),
    [OPTION_FROM] = OVF_OPTION_FROM,
    [OPTION_TO] = OVF_OPTION_TO,
    [OPTION_ROLE] = OVF_OPTION_ROLE,
    [OPTION_CLASS] =
        {.name = "class",
         .value = "CLASSES",
         .help =
             "observed, bracketed, necessary, near_certain (these when not\ngiven), possible, "
             "inconsistent, or all of these; impossible: what\nwas passed within 50 NM and not "
             "entered, for sure. With necessary,\nwhat is possible by itself is told, too, where "
             "it must have been\none of several that are asked for (any_of)",
         .choices =
             "observed bracketed necessary near_certain possible impossible inconsistent all",
         .list = true},
    [OPTION_SINCE] = {.name = "since",
                      .value = "TIME",
                      .help = "leave out crossings that end before (ISO 8601, UTC)"},
    [OPTION_UNTIL] = {.name = "until",
                      .value = "TIME",
                      .help = "leave out crossings that begin at or after"},
    [OPTION_AIRCRAFT] =
        {.name = "aircraft",
         .value = "LIST",
         .help = "only these addresses or registrations, comma-separated, in\ncapitals or "
                 "not; the summary names those that no input has"},
    [OPTION_AIRCRAFT_LIST] = OVF_OPTION_AIRCRAFT_LIST,
    [OPTION_INCLUDE_UNKNOWN] = OVF_OPTION_INCLUDE_UNKNOWN,
    [OPTION_REGISTER] = OVF_OPTION_REGISTER,
    [OPTION_REGISTER_DATE] = OVF_OPTION_REGISTER_DATE,
    [OPTION_ROUTES] = OVF_OPTION_ROUTES,
    [OPTION_OPERATORS] = OVF_OPTION_OPERATORS,
    [OPTION_GEOID] = OVF_OPTION_GEOID,
    [OPTION_MAX_GAP] = OVF_OPTION_MAX_GAP,
    [OPTION_TRACE_INTERVAL] =
        {.name = "trace-interval",
         .value = "SECONDS",
         .help = "how densely the archive keeps rows of what it hears (30); an\n"
                 "interval that it thinned out itself may be ten times that longer"},
    [OPTION_JOURNEY_STOP] = OVF_OPTION_JOURNEY_STOP,
    [OPTION_START] = OVF_OPTION_START,
    [OPTION_AT] = OVF_OPTION_AT,
    [OPTION_RECEIVER] = OVF_OPTION_RECEIVER,
    [OPTION_SBS_TZ] = OVF_OPTION_SBS_TZ,
    [OPTION_DETECTORS] = OVF_OPTION_DETECTORS,
    [OPTION_FORMAT] = {.name = "format",
                       .letter = 'f',
                       .value = "FORMAT",
                       .help = "table, ndjson, csv, geojson or kml; table on a terminal,\n"
                               "ndjson in a pipe or file when not given",
                       .choices = "table ndjson csv geojson kml"},
    [OPTION_OUTPUT] = {.name = "output",
                       .letter = 'o',
                       .value = "FILE",
                       .help =
                           "write the results there; it appears when it is whole. NAME.gpkg is a\n"
                           "GeoPackage: what it holds already stays, the same again adds nothing",
                       .completion = OVF_COMPLETE_FILE},
    [OPTION_JOBS] = {.name = "jobs",
                     .letter = 'j',
                     .value = "N",
                     .help = "threads (as many as there are processors)"},
    [OPTION_NOW] = {.name = "now",
                    .value = "TIME",
                    .help = "for this day a case says what is in force \"today\" (the clock's)"},
    [OPTION_EXIT_STATUS] = {.name = "exit-status",
                            .help = "exit with 1 when findings of the case ask for a look"},
    [OPTION_PACK] = OVF_PACK_OPTION,
};

const struct ovf_command ovf_command_scan = {
    .name = "overflight scan",
    .brief = "archives to crossings",
    .summary = "Find every crossing of airspaces in archived aircraft traces and tables.",
    .usage = "[OPTION]... INPUT...|--case FILE [INPUT]...",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .notes =
        "INPUT is a file, a directory, a tar (also .tar.gz), the parts of a split tar in any "
        "order,\n"
        "a zip, or - for standard input. What is inside decides, not names: readsb/tar1090 traces\n"
        "(trace_full_*.json), CSV with a header that names time, icao24, lat_deg, lon_deg, "
        "OpenSky\n"
        "state vectors (JSON or CSV), readsb's aircraft.json or lines of its JSON port, SBS "
        "lines,\n"
        "or a receiver's frames (Beast, AVR: these need --start). Times are those from 1990 to "
        "2200.\n"
        "\n"
        "In the table a time has its bracket: -4 +6 are the seconds to the fixes before and "
        "after.\n"
        "Two times are a gap in which it was. \"-\" means that the track began or ends inside.\n"
        "IN BY and OUT BY name who holds the other side: none means nobody (high seas), \"?\" "
        "that\n"
        "a gap hides it.",
    .completion = OVF_COMPLETE_FILE,
    .run = run,
};

/** Values of options that may be given more than once. */
struct repeated {
    const char **zones;
    size_t n_zones;
    const char **receivers;
    size_t n_receivers;
};

static void fill_request(const struct ovf_arguments *a, const struct repeated *repeated,
                         const char *jobs, const char *pack, struct ovf_question_request *request)
{
    const char *const format = ovf_arguments_value(a, OPTION_FORMAT);
    const char *const given_jobs = ovf_arguments_value(a, OPTION_JOBS);
    const bool to_screen = ovf_arguments_value(a, OPTION_OUTPUT) == NULL && isatty(STDOUT_FILENO);
    *request = (struct ovf_question_request){
        .paths = a->items,
        .n_paths = a->n_items,
        .pack_path = pack,
        .airspace = ovf_arguments_value(a, OPTION_AIRSPACE),
        .kind = ovf_arguments_value(a, OPTION_KIND),
        .zones = repeated->zones,
        .n_zones = repeated->n_zones,
        .boundaries = ovf_arguments_value(a, OPTION_BOUNDARIES),
        .compare_boundaries = ovf_arguments_value(a, OPTION_COMPARE_BOUNDARIES),
        .library_path = ovf_arguments_value(a, OPTION_LIBRARY),
        .from = ovf_arguments_value(a, OPTION_FROM),
        .to = ovf_arguments_value(a, OPTION_TO),
        .roles = ovf_arguments_value(a, OPTION_ROLE),
        .classes = ovf_arguments_value(a, OPTION_CLASS),
        .since = ovf_arguments_value(a, OPTION_SINCE),
        .until = ovf_arguments_value(a, OPTION_UNTIL),
        .aircraft = ovf_arguments_value(a, OPTION_AIRCRAFT),
        .aircraft_list = ovf_arguments_value(a, OPTION_AIRCRAFT_LIST),
        .register_path = ovf_arguments_value(a, OPTION_REGISTER),
        .register_date = ovf_arguments_value(a, OPTION_REGISTER_DATE),
        .routes_path = ovf_arguments_value(a, OPTION_ROUTES),
        .operators_path = ovf_arguments_value(a, OPTION_OPERATORS),
        .geoid_path = ovf_arguments_value(a, OPTION_GEOID),
        .max_gap_s = ovf_arguments_value(a, OPTION_MAX_GAP),
        .trace_interval_s = ovf_arguments_value(a, OPTION_TRACE_INTERVAL),
        .journey_stop_h = ovf_arguments_value(a, OPTION_JOURNEY_STOP),
        .start = ovf_arguments_value(a, OPTION_START),
        .at = ovf_arguments_value(a, OPTION_AT),
        .receivers = repeated->receivers,
        .n_receivers = repeated->n_receivers,
        .sbs_tz = ovf_arguments_value(a, OPTION_SBS_TZ),
        .detectors = ovf_arguments_value(a, OPTION_DETECTORS),
        .format = format != NULL ? format
                  : to_screen    ? "table"
                                 : "ndjson",
        .jobs = given_jobs != NULL ? given_jobs : jobs,
        .include_unknown = ovf_arguments_has(a, OPTION_INCLUDE_UNKNOWN),
        .case_path = ovf_arguments_value(a, OPTION_CASE),
        .now = ovf_arguments_value(a, OPTION_NOW),
    };
}

/** What `-o` names, and where its results go. */
struct results {
    const char *path;
    struct ovf_output output;
};

static enum ovf_status open_results(void *context, struct ovf_sink *out, struct ovf_error *err)
{
    struct results *results = context;
    const enum ovf_status st = ovf_output_open(results->path, &results->output, err);
    *out = results->output.sink;
    return st;
}

static bool is_results_file(void *context, const char *path)
{
    const struct results *results = context;
    return ovf_output_is(&results->output, path);
}

static enum ovf_status finish_results(void *context, bool keep, struct ovf_error *err)
{
    struct results *results = context;
    return ovf_output_close(&results->output, keep, err);
}

/** \p found_status is the one when findings ask for a look. */
static int exit_of(enum ovf_scan_outcome outcome, int found_status, const struct ovf_error *err)
{
    switch (outcome) {
    case OVF_SCAN_DONE:
        return OVF_EXIT_OK;
    case OVF_SCAN_FOUND:
        return found_status;
    case OVF_SCAN_BAD_REQUEST:
        return ovf_usage_error(command, "%s", err->text);
    case OVF_SCAN_NO_INPUT:
        fprintf(stderr, "%s: %s\n", command->name, err->text);
        return OVF_EXIT_NO_INPUT;
    case OVF_SCAN_FAILED:
        break;
    }
    fprintf(stderr, "%s: %s\n", command->name, err->text[0] != '\0' ? err->text : "out of memory");
    return OVF_EXIT_WORLD;
}

static int run(const struct ovf_arguments *arguments)
{
    struct ovf_question_request request;
    struct ovf_error err = {""};
    char pack[OVF_PACK_PATH_SIZE];
    char jobs[16];
    const long n_processors = sysconf(_SC_NPROCESSORS_ONLN);
    (void)snprintf(jobs, sizeof jobs, "%ld",
                   n_processors < 1    ? 1
                   : n_processors > 64 ? 64
                                       : n_processors);
    const bool has_case = ovf_arguments_has(arguments, OPTION_CASE);
    if (arguments->n_items == 0 && !has_case)
        return ovf_usage_error(command, "an INPUT is due");
    if (ovf_arguments_has(arguments, OPTION_EXIT_STATUS) && !has_case)
        return ovf_usage_error(command, "--exit-status goes with --case: findings are a case's");
    for (size_t i = 0; i < arguments->n_items; i++) {
        if (arguments->items[i][0] == '\0')
            return ovf_usage_error(command, "an INPUT has an empty name");
    }
    const char *const path = ovf_arguments_value(arguments, OPTION_OUTPUT);
    if (ovf_output_is_store(path) && ovf_arguments_has(arguments, OPTION_FORMAT) && !has_case)
        return ovf_usage_error(command, "--format does not go with a GeoPackage");
    if (ovf_pack_find(ovf_arguments_value(arguments, OPTION_PACK), pack, &err) != OVF_OK)
        return exit_of(OVF_SCAN_FAILED, OVF_EXIT_OK, &err);
    struct repeated repeated = {.n_zones = 0};
    if (!ovf_arguments_all(arguments, OPTION_ZONE, &repeated.zones, &repeated.n_zones) ||
        !ovf_arguments_all(arguments, OPTION_RECEIVER, &repeated.receivers,
                           &repeated.n_receivers)) {
        free(repeated.zones);
        return OVF_EXIT_WORLD;
    }
    fill_request(arguments, &repeated, jobs, pack, &request);
    struct results results = {.path = ovf_output_is_store(path) ? NULL : path};
    request.store_path = ovf_output_is_store(path) ? path : NULL;
    const struct ovf_scan_output out = {open_results, is_results_file, finish_results, &results};
    const struct ovf_sink talk = ovf_output_talk();
    const enum ovf_scan_outcome outcome = ovf_scan(&request, &out, &talk, &err);
    /* What is still open is not wanted; a write that failed in it is why, unless something said more. */
    struct ovf_error unwritten = {""};
    if (ovf_output_close(&results.output, false, &unwritten) != OVF_OK && err.text[0] == '\0')
        err = unwritten;
    const bool wants_status = ovf_arguments_has(arguments, OPTION_EXIT_STATUS);
    const int status = exit_of(outcome, wants_status ? OVF_EXIT_FINDINGS : OVF_EXIT_OK, &err);
    free(repeated.zones);
    free(repeated.receivers);
    return status;
}
