/* SPDX-License-Identifier: Apache-2.0 */
/* overflight fetch: days and traces of public archives. A day is scanned in the same process, as
 * `overflight scan` would be: its arguments are read before anything is fetched. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cmd.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/words.h"
#include "run/fetch.h"

enum {
    OPTION_OUTPUT,
    OPTION_BASE,
    OPTION_MLATONLY,
    OPTION_SCAN,
    OPTION_DISCARD,
    OPTION_SINCE,
    OPTION_UNTIL,
    OPTION_TIMEOUT,
    OPTION_RETRIES,
    OPTION_RETRY_WAIT,
    OPTION_PAUSE,
};

enum { ADSBLOL, TRACE };

static const struct ovf_verb verbs[] = {
    [ADSBLOL] = {"adsblol", "DAY|FIRST..LAST...",
                 "Days of the whole world from adsb.lol, 3 GB each.", OVF_COMPLETE_NOTHING},
    [TRACE] = {"trace", "ADDRESS... --since DAY", "Traces of single aircraft from a tar1090.",
               OVF_COMPLETE_NOTHING},
};

static int run(const struct ovf_arguments *arguments);
static const struct ovf_command *const command = &ovf_command_fetch;

static const struct ovf_option options[] = {
    [OPTION_OUTPUT] = {.name = "output",
                       .letter = 'o',
                       .value = "DIR",
                       .help = "put the files there (here)",
                       .completion = OVF_COMPLETE_FOLDER},
    [OPTION_BASE] = {.name = "base",
                     .value = "URL",
                     .help = "another server that has the same in the same places:\n"
                             "a mirror, your own tar1090"},
    [OPTION_MLATONLY] = {.name = "mlatonly",
                         .help = "the release of MLAT positions alone",
                         .verbs = 1U << ADSBLOL},
    [OPTION_SCAN] = {.name = "scan",
                     .value = "ARGS",
                     .help = "scan each day when it is there, with these arguments, in\n"
                             "quotes: \"--airspace IQ -o iraq.gpkg\"",
                     .verbs = 1U << ADSBLOL},
    [OPTION_DISCARD] = {.name = "discard",
                        .help = "delete each day when it has been scanned",
                        .verbs = 1U << ADSBLOL},
    [OPTION_SINCE] = {.name = "since",
                      .value = "DAY",
                      .help = "the first day (UTC)",
                      .verbs = 1U << TRACE},
    [OPTION_UNTIL] = {.name = "until",
                      .value = "DAY",
                      .help = "the last day; the first, when not given",
                      .verbs = 1U << TRACE},
    [OPTION_TIMEOUT] = {.name = "timeout",
                        .value = "SECONDS",
                        .help = "of silence, after which a connection is given up (30)"},
    [OPTION_RETRIES] = {.name = "retries",
                        .value = "N",
                        .help = "how often to try again before anything more comes (5)"},
    [OPTION_RETRY_WAIT] = {.name = "retry-wait",
                           .value = "SECONDS",
                           .help = "before the first retry, and twice that before each next\n"
                                   "(1); longer where the server says so"},
    [OPTION_PAUSE] = {.name = "pause",
                      .value = "SECONDS",
                      .help = "between two requests (1)",
                      .verbs = 1U << TRACE},
};

const struct ovf_command ovf_command_fetch = {
    .name = "overflight fetch",
    .brief = "download days or traces of public archives",
    .summary = "Download days or traces of public archives, whole and checked.",
    .verbs = verbs,
    .n_verbs = sizeof verbs / sizeof *verbs,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .notes =
        "A file is NAME.part until it is whole, and goes on from there another time; NAME.sha256\n"
        "beside it has its hash. What is there whole is not fetched again.\n"
        "What became of each is a line of JSON on standard output, or, where --scan has its "
        "results\n"
        "there, on standard error.",
    .is_lasting = true,
    .run = run,
};

/** What each day is given to. */
struct scan {
    struct ovf_words words; /* ARGS */
    int status;             /* of the last scan */
    bool has_findings;      /* one of them said so: see its --exit-status */
};

/** The value that \p name has among the scan's arguments. */
static const char *value_of(const struct ovf_arguments *arguments, const char *name)
{
    for (size_t i = 0; i < ovf_command_scan.n_options; i++) {
        if (strcmp(ovf_command_scan.options[i].name, name) == 0)
            return ovf_arguments_value(arguments, i);
    }
    return NULL;
}

/** Look at ARGS before gigabytes are fetched for them. */
static int check_scan(struct scan *scan, bool is_one_day)
{
    char **argv = calloc(scan->words.n + 2, sizeof *argv);
    struct ovf_arguments arguments;
    if (argv == NULL)
        return OVF_EXIT_WORLD;
    for (size_t i = 0; i < scan->words.n; i++)
        argv[i + 1] = scan->words.items[i];
    int status = OVF_EXIT_OK;
    const enum ovf_parsed parsed =
        ovf_arguments_parse(&ovf_command_scan, (int)scan->words.n + 1, argv, &arguments);
    const char *const path = parsed == OVF_PARSED_RUN ? value_of(&arguments, "output") : NULL;
    if (parsed != OVF_PARSED_RUN)
        status = parsed == OVF_PARSED_NOMEM ? OVF_EXIT_WORLD : OVF_EXIT_USAGE;
    else if (arguments.n_items > 0)
        status = ovf_usage_error(command, "--scan takes no INPUT: the day is it (\"%s\")",
                                 arguments.items[0]);
    else if (!is_one_day && path != NULL && !ovf_output_is_store(path))
        status = ovf_usage_error(command, "of several days, only a GeoPackage keeps all: -o "
                                          "NAME.gpkg");
    ovf_arguments_deinit(&arguments);
    free((void *)argv);
    return status;
}

static enum ovf_status scan_day(void *context, char *const *paths, size_t n_paths,
                                struct ovf_error *err)
{
    static char only_inputs[] = "--";
    struct scan *const scan = context;
    char **argv = calloc(scan->words.n + n_paths + 2, sizeof *argv);
    size_t n = 1;
    (void)err; /* the scan says itself what is wrong */
    if (argv == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < scan->words.n; i++)
        argv[n++] = scan->words.items[i];
    argv[n++] = only_inputs;
    for (size_t i = 0; i < n_paths; i++)
        argv[n++] = paths[i];
    scan->status = ovf_command_run(&ovf_command_scan, (int)n, argv);
    free((void *)argv);
    scan->has_findings = scan->has_findings || scan->status == OVF_EXIT_FINDINGS;
    return scan->status == OVF_EXIT_OK || scan->status == OVF_EXIT_FINDINGS ? OVF_OK
                                                                            : OVF_E_STOPPED;
}

static int exit_of(size_t verb, enum ovf_fetch_outcome outcome, int scan_status,
                   const struct ovf_error *err)
{
    switch (outcome) {
    case OVF_FETCH_DONE:
        return OVF_EXIT_OK;
    case OVF_FETCH_BAD_REQUEST:
        return ovf_usage_error(command, "%s", err->text);
    case OVF_FETCH_NOTHING:
        fprintf(stderr, "%s: %s\n", command->name,
                verb == TRACE ? "the server has no such trace, which does not say that none flew"
                              : "no such day has been published");
        return OVF_EXIT_NO_INPUT;
    case OVF_FETCH_STOPPED:
        return scan_status;
    case OVF_FETCH_FAILED:
        break;
    }
    fprintf(stderr, "%s: %s\n", command->name,
            err->text[0] != '\0' ? err->text : "out of memory, or nowhere to write to");
    return OVF_EXIT_WORLD;
}

static struct ovf_fetch_request request_of(const struct ovf_arguments *a)
{
    return (struct ovf_fetch_request){
        .items = a->items + 1,
        .n_items = a->n_items - 1,
        .folder = ovf_arguments_value(a, OPTION_OUTPUT),
        .base = ovf_arguments_value(a, OPTION_BASE),
        .since = ovf_arguments_value(a, OPTION_SINCE),
        .until = ovf_arguments_value(a, OPTION_UNTIL),
        .timeout_s = ovf_arguments_value(a, OPTION_TIMEOUT),
        .retries = ovf_arguments_value(a, OPTION_RETRIES),
        .retry_wait_s = ovf_arguments_value(a, OPTION_RETRY_WAIT),
        .mlat_only = ovf_arguments_has(a, OPTION_MLATONLY),
        .label = ovf_arguments_value(a, OPTION_SCAN),
        .discard = ovf_arguments_has(a, OPTION_DISCARD),
    };
}

static enum ovf_status write_stdout(void *context, const void *data, size_t len)
{
    (void)context;
    return fwrite(data, 1, len, stdout) == len && fflush(stdout) == 0 ? OVF_OK : OVF_E_IO;
}

static int fetch_days(struct ovf_fetch_request request)
{
    struct scan scan = {.status = OVF_EXIT_OK};
    struct ovf_error err = {""};
    const struct ovf_sink talk = ovf_output_talk();
    const struct ovf_sink out =
        request.label != NULL ? talk : (struct ovf_sink){write_stdout, NULL};
    int status = OVF_EXIT_OK;
    if (request.label != NULL) {
        if (!ovf_words_split(request.label, &scan.words))
            return ovf_usage_error(command, "--scan: a quote is not closed: %s", request.label);
        const bool is_one_day = request.n_items == 1 && strstr(request.items[0], "..") == NULL;
        status = check_scan(&scan, is_one_day);
        request.day_done = scan_day;
        request.context = &scan;
    }
    if (status == OVF_EXIT_OK)
        status = exit_of(ADSBLOL, ovf_fetch_days(&request, &out, &talk, &err), scan.status, &err);
    if (status == OVF_EXIT_OK && scan.has_findings)
        status = OVF_EXIT_FINDINGS;
    ovf_words_deinit(&scan.words);
    return status;
}

static int run(const struct ovf_arguments *arguments)
{
    struct ovf_error err = {""};
    size_t verb = 0;
    const int status = ovf_verb_find(command, arguments, &verb);
    if (status != OVF_EXIT_OK)
        return status;
    struct ovf_fetch_request request = request_of(arguments);
    if (request.n_items == 0)
        return ovf_usage_error(command, verb == TRACE ? "an ADDRESS is due" : "a DAY is due");
    if (request.discard && request.label == NULL)
        return ovf_usage_error(command, "--discard goes with --scan");
    if (verb == ADSBLOL)
        return fetch_days(request);
    if (request.since == NULL)
        return ovf_usage_error(command, "--since DAY is due");
    const char *const pause_s = ovf_arguments_value(arguments, OPTION_PAUSE);
    request.pause_s = pause_s != NULL ? pause_s : "1";
    const struct ovf_sink talk = ovf_output_talk();
    const struct ovf_sink out = {write_stdout, NULL};
    return exit_of(TRACE, ovf_fetch_traces(&request, &out, &talk, &err), OVF_EXIT_OK, &err);
}
