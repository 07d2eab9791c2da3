/* SPDX-License-Identifier: Apache-2.0 */
/* overflight serve: the page over a case, live feeds, or both. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "cli/cmd.h"
#include "cli/common_options.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/pack.h"
#include "cli/question_options.h"
#include "cli/watch_options.h"
#include "question/pack_file.h"
#include "question/words.h"
#include "run/page_files.h"
#include "serve/server.h"
#include "watch/watch.h"

enum {
    OPTION_CASE,
    OPTION_STORE,
    OPTION_AIRSPACE,
    OPTION_ZONE,
    OPTION_KIND,
    OPTION_BOUNDARIES,
    OPTION_LIBRARY,
    OPTION_CLASS,
    OPTION_REGISTER,
    OPTION_REGISTER_DATE,
    OPTION_ROUTES,
    OPTION_OPERATORS,
    OPTION_GEOID,
    OPTION_MAX_GAP,
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
    OPTION_NOTIFY,
    OPTION_NOW,
    OPTION_LISTEN,
    OPTION_HOST,
    OPTION_AUTH,
    OPTION_BEHIND_PROXY,
    OPTION_PUBLIC,
    OPTION_PUBLIC_DELAY,
    OPTION_LIMIT_SSE,
    OPTION_LIMIT_SSE_PER_ADDRESS,
    OPTION_LIMIT_RATE,
    OPTION_TITLE,
    OPTION_TILES,
    OPTION_PAGE,
    OPTION_PACK,
};

static int run(const struct ovf_arguments *arguments);
static const struct ovf_command *const command = &ovf_command_serve;

static const struct ovf_option options[] = {
    [OPTION_CASE] = OVF_OPTION_CASE("a case: what it says is shown, its watches say what is asked"),
    [OPTION_STORE] = OVF_OPTION_STORE("the results of a scan; else the one that the case names"),
    [OPTION_AIRSPACE] = OVF_OPTION_AIRSPACE,
    [OPTION_ZONE] = OVF_OPTION_ZONE,
    [OPTION_KIND] = OVF_OPTION_KIND,
    [OPTION_BOUNDARIES] = OVF_OPTION_BOUNDARIES,
    [OPTION_LIBRARY] = OVF_OPTION_LIBRARY(0),
    [OPTION_CLASS] = OVF_OPTION_LIVE_CLASS,
    [OPTION_REGISTER] = OVF_OPTION_REGISTER,
    [OPTION_REGISTER_DATE] = OVF_OPTION_REGISTER_DATE,
    [OPTION_ROUTES] = OVF_OPTION_ROUTES,
    [OPTION_OPERATORS] = OVF_OPTION_OPERATORS,
    [OPTION_GEOID] = OVF_OPTION_GEOID,
    [OPTION_MAX_GAP] = OVF_OPTION_MAX_GAP,
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
    [OPTION_NOTIFY] = {.name = "notify",
                       .value = "FILE",
                       .help = "tell alerts to the channels of this file as well",
                       .completion = OVF_COMPLETE_FILE},
    [OPTION_NOW] = {.name = "now",
                    .value = "TIME",
                    .help = "a clock that stands still (ISO 8601, UTC), for the feeds"},
    [OPTION_LISTEN] = {.name = "listen",
                       .value = "ADDRESS",
                       .help = "HOST:PORT to listen at (127.0.0.1:8790 and [::1]:8790); of other\n"
                               "machines only with --auth or --behind-proxy",
                       .repeated = true},
    [OPTION_HOST] = {.name = "host",
                     .value = "NAME",
                     .help = "a name by which it may be asked, beside localhost and the addresses\n"
                             "that it listens at",
                     .repeated = true},
    [OPTION_AUTH] = {.name = "auth",
                     .value = "FILE",
                     .help = "ask for the token in this file, which nobody else may read",
                     .completion = OVF_COMPLETE_FILE},
    [OPTION_BEHIND_PROXY] = {.name = "behind-proxy",
                             .help = "a proxy asks, who is asking stands in its X-Forwarded-For"},
    [OPTION_PUBLIC] = {.name = "public",
                       .help = "withhold LADD and PIA aircraft outside declared watches, permits,\n"
                               "private notes and where aircraft are now, and say how much"},
    [OPTION_PUBLIC_DELAY] = {.name = "public-delay",
                             .value = "TIME",
                             .help =
                                 "with --public, alerts are told that much later: 90s, 1h (15m)"},
    [OPTION_LIMIT_SSE] = {.name = "limit-sse",
                          .value = "N",
                          .help = "who may listen for alerts at a time (256)"},
    [OPTION_LIMIT_SSE_PER_ADDRESS] = {.name = "limit-sse-per-address",
                                      .value = "N",
                                      .help = "and of one address (8)"},
    [OPTION_LIMIT_RATE] = {.name = "limit-rate",
                           .value = "N",
                           .help = "requests a second of one address, twice as many at once (20);\n"
                                   "0: any"},
    [OPTION_TITLE] = {.name = "title", .value = "TEXT", .help = "else the case's name"},
    [OPTION_TILES] =
        OVF_TILES_OPTION(";\nor M.pmtiles, a file of this machine, which the server sends"),
    [OPTION_PAGE] = OVF_PAGE_OPTION,
    [OPTION_PACK] = OVF_PACK_OPTION,
};

const struct ovf_command ovf_command_serve = {
    .name = "overflight serve",
    .brief = "the page over a case or live feeds: map, timeline, tables",
    .summary = "Answer a browser with the map and the tables of a case, and with live alerts.",
    .usage = "[--case FILE | --store STORE] [SOURCE]...",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .notes = "SOURCE is a live feed, as of overflight watch. Nothing can be changed by asking. "
             "docs/api.md has the\naddresses of the documents.\n"
             "\n"
             "SIGTERM and SIGINT end it; SIGHUP has the case, the store and lists read anew.",
    .completion = OVF_COMPLETE_FILE,
    .is_lasting = true,
    .run = run,
};

/** What is opened for a server, and closed after it. */
struct serving {
    const struct ovf_arguments *arguments;
    struct ovf_server_options server_options;
    struct ovf_documents_source documents;
    struct ovf_question_request asked; /* of feeds */
    struct ovf_page_files page;
    struct ovf_pack_file pack;
    char pack_path[OVF_PACK_PATH_SIZE];
    struct ovf_view_tiles tiles;
    const char **listen;
    const char **hosts;
    const char **zones;
    size_t n_zones;
    const char **receivers;
    size_t n_receivers;
    int64_t public_delay_ms;
    struct ovf_sink talk;
    struct ovf_server *server;
};

static void serving_deinit(struct serving *s)
{
    ovf_server_close(s->server);
    ovf_page_files_deinit(&s->page);
    ovf_pack_file_close(&s->pack);
    free(s->listen);
    free(s->hosts);
    free(s->zones);
    free(s->receivers);
}

static int fail(enum ovf_status st, const struct ovf_error *err)
{
    if (st == OVF_E_RANGE)
        return ovf_usage_error(command, "%s", err->text);
    fprintf(stderr, "%s: %s\n", command->name, err->text[0] != '\0' ? err->text : "out of memory");
    return st == OVF_E_NOMEM || st == OVF_E_IO ? OVF_EXIT_WORLD : OVF_EXIT_NO_INPUT;
}

/* ---- options ---- */

/** "90s", "15m", "1h". */
static enum ovf_status take_delay(const char *text, int64_t *delay_ms, struct ovf_error *err)
{
    static const char units[] = "smh";
    static const int64_t unit_ms[] = {1000, 60000, 3600000};
    double number;
    const size_t n = strcspn(text, units);
    const char *const unit = text[n] != '\0' && text[n + 1] == '\0' ? strchr(units, text[n]) : NULL;
    if (unit == NULL ||
        !ovf_number_parse_double((struct ovf_bytes){(const unsigned char *)text, n}, &number) ||
        !(number >= 0 && number <= 86400))
        return ovf_error_set(err, OVF_E_RANGE, "--public-delay \"%.40s\" is no time such as 15m",
                             text);
    *delay_ms = (int64_t)(number * (double)unit_ms[unit - units]);
    return OVF_OK;
}

static enum ovf_status take_limits(struct serving *s, struct ovf_error *err)
{
    const struct ovf_arguments *const a = s->arguments;
    struct ovf_server_options *const o = &s->server_options;
    double sse = OVF_SERVER_SSE;
    double per_address = OVF_SERVER_SSE_PER_ADDRESS;
    o->rate_per_s = OVF_SERVER_RATE;
    enum ovf_status st = ovf_question_take_number(
        "--limit-sse", ovf_arguments_value(a, OPTION_LIMIT_SSE), 0, 60000, &sse, err);
    if (st == OVF_OK)
        st = ovf_question_take_number("--limit-sse-per-address",
                                      ovf_arguments_value(a, OPTION_LIMIT_SSE_PER_ADDRESS), 0,
                                      60000, &per_address, err);
    if (st == OVF_OK)
        st = ovf_question_take_number("--limit-rate", ovf_arguments_value(a, OPTION_LIMIT_RATE), 0,
                                      1e6, &o->rate_per_s, err);
    o->max_sse = (size_t)sse;
    o->max_sse_per_address = (size_t)per_address;
    const char *const delay = ovf_arguments_value(a, OPTION_PUBLIC_DELAY);
    if (st == OVF_OK && delay != NULL && !o->is_public)
        return ovf_error_set(err, OVF_E_RANGE, "--public-delay is of --public");
    if (st != OVF_OK || delay == NULL)
        return st;
    o->public_delay_ms = &s->public_delay_ms;
    return take_delay(delay, &s->public_delay_ms, err);
}

static enum ovf_status take_options(struct serving *s, struct ovf_error *err)
{
    const struct ovf_arguments *const a = s->arguments;
    struct ovf_server_options *const o = &s->server_options;
    if (!ovf_arguments_all(a, OPTION_LISTEN, &s->listen, &o->n_listen) ||
        !ovf_arguments_all(a, OPTION_HOST, &s->hosts, &o->n_hosts) ||
        !ovf_arguments_all(a, OPTION_ZONE, &s->zones, &s->n_zones) ||
        !ovf_arguments_all(a, OPTION_RECEIVER, &s->receivers, &s->n_receivers))
        return OVF_E_NOMEM;
    o->listen = s->listen;
    o->hosts = s->hosts;
    o->auth_path = ovf_arguments_value(a, OPTION_AUTH);
    o->behind_proxy = ovf_arguments_has(a, OPTION_BEHIND_PROXY);
    o->is_public = ovf_arguments_has(a, OPTION_PUBLIC);
    o->is_live = a->n_items > 0;
    o->title = ovf_arguments_value(a, OPTION_TITLE);
    o->talk = &s->talk;
    const char *const tiles = ovf_arguments_value(a, OPTION_TILES);
    if (tiles != NULL)
        o->tiles = &s->tiles;
    const enum ovf_status st = tiles != NULL ? ovf_view_tiles_parse(tiles, &s->tiles, err) : OVF_OK;
    if (tiles != NULL && st == OVF_OK && s->tiles.kind == OVF_TILES_FILE)
        o->tiles_path = tiles;
    return st == OVF_OK ? take_limits(s, err) : st;
}

/* ---- what is served ---- */

/** Without a pack no boundaries are drawn around; without the page there are documents alone: both are said. */
static enum ovf_status open_files(struct serving *s, struct ovf_error *err)
{
    const char *const pack = ovf_arguments_value(s->arguments, OPTION_PACK);
    char path[OVF_PACK_PATH_SIZE];
    struct ovf_error missing = {""};
    enum ovf_status st = ovf_pack_find(pack, s->pack_path, &missing);
    if (st == OVF_OK)
        st = ovf_pack_file_open(s->pack_path, &s->pack, &missing);
    if (st == OVF_OK)
        s->documents.pack = &s->pack.pack;
    else if (pack != NULL || s->server_options.is_live)
        return ovf_error_set(err, st, "%s", missing.text);
    else
        fprintf(stderr, "%s: no boundaries around: %s\n", command->name, missing.text);
    st = ovf_page_find(ovf_arguments_value(s->arguments, OPTION_PAGE), path, &missing);
    if (st != OVF_OK) {
        fprintf(stderr, "%s: documents alone: %s\n", command->name, missing.text);
        return OVF_OK;
    }
    s->server_options.page = &s->page;
    return ovf_page_files_read(path, &s->page, err);
}

/** With the options taken and the pack found. */
static void take_asked(struct serving *s)
{
    const struct ovf_arguments *const a = s->arguments;
    s->asked = (struct ovf_question_request){
        .paths = a->items,
        .n_paths = a->n_items,
        .pack_path = s->pack_path,
        .case_path = ovf_arguments_value(a, OPTION_CASE),
        .airspace = ovf_arguments_value(a, OPTION_AIRSPACE),
        .kind = ovf_arguments_value(a, OPTION_KIND),
        .zones = s->zones,
        .n_zones = s->n_zones,
        .boundaries = ovf_arguments_value(a, OPTION_BOUNDARIES),
        .library_path = ovf_arguments_value(a, OPTION_LIBRARY),
        .classes = ovf_arguments_value(a, OPTION_CLASS),
        .register_path = ovf_arguments_value(a, OPTION_REGISTER),
        .register_date = ovf_arguments_value(a, OPTION_REGISTER_DATE),
        .routes_path = ovf_arguments_value(a, OPTION_ROUTES),
        .operators_path = ovf_arguments_value(a, OPTION_OPERATORS),
        .geoid_path = ovf_arguments_value(a, OPTION_GEOID),
        .max_gap_s = ovf_arguments_value(a, OPTION_MAX_GAP),
        .start = ovf_arguments_value(a, OPTION_START),
        .at = ovf_arguments_value(a, OPTION_AT),
        .receivers = s->receivers,
        .n_receivers = s->n_receivers,
        .sbs_tz = ovf_arguments_value(a, OPTION_SBS_TZ),
        .detectors = ovf_arguments_value(a, OPTION_DETECTORS),
        .format = "ndjson",
        .jobs = "1",
    };
}

static enum ovf_status open_server(struct serving *s, struct ovf_error *err)
{
    const struct ovf_arguments *const a = s->arguments;
    s->documents.case_path = ovf_arguments_value(a, OPTION_CASE);
    s->documents.store_path = ovf_arguments_value(a, OPTION_STORE);
    const bool has_documents = s->documents.case_path != NULL || s->documents.store_path != NULL;
    if (!has_documents && a->n_items == 0)
        return ovf_error_set(err, OVF_E_RANGE, "--case FILE, --store STORE or a SOURCE is due");
    enum ovf_status st = take_options(s, err);
    if (st == OVF_OK)
        st = open_files(s, err);
    if (st != OVF_OK)
        return st;
    take_asked(s);
    s->documents.asked = &s->asked;
    return ovf_server_open(&s->server_options, &s->documents, &s->server, err);
}

/* ---- live ---- */

static void fill_request(const struct serving *s, const struct ovf_watch_listener *listener,
                         struct ovf_watch_request *request)
{
    const struct ovf_arguments *const a = s->arguments;
    *request = (struct ovf_watch_request){
        .scan = s->asked,
        .events = ovf_arguments_value(a, OPTION_EVENTS),
        .tar1090 = ovf_arguments_value(a, OPTION_TAR1090),
        .stall_s = ovf_arguments_value(a, OPTION_STALL),
        .poll_s = ovf_arguments_value(a, OPTION_POLL),
        .memory_mb = ovf_arguments_value(a, OPTION_MEMORY),
        .max_aircraft = ovf_arguments_value(a, OPTION_MAX_AIRCRAFT),
        .now = ovf_arguments_value(a, OPTION_NOW),
        .notify = ovf_arguments_value(a, OPTION_NOTIFY),
        .listener = listener,
        .is_live = ovf_arguments_has(a, OPTION_LIVE),
        .stays = true,
    };
}

static enum ovf_status tell_alert(void *server, const char *id, enum ovf_watch_stand stand,
                                  struct ovf_bytes line)
{
    return ovf_server_alert(server, id, stand, line);
}

static enum ovf_status tell_live(void *server, struct ovf_bytes document)
{
    return ovf_server_live(server, document);
}

static void reload(void *server)
{
    ovf_server_reload(server);
}

/** What channels print. */
static enum ovf_status write_line(void *context, const void *data, size_t len)
{
    (void)context;
    return fwrite(data, 1, len, stdout) == len && fflush(stdout) == 0 ? OVF_OK : OVF_E_IO;
}

static int follow(struct serving *s)
{
    struct ovf_watch_request request;
    struct ovf_error err = {""};
    const struct ovf_sink out = {write_line, NULL};
    const struct ovf_watch_listener listener = {.context = s->server,
                                                .alert = tell_alert,
                                                .live = tell_live,
                                                .reload = reload,
                                                .is_public = s->server_options.is_public};
    fill_request(s, &listener, &request);
    switch (ovf_watch(&request, &out, &s->talk, &err)) {
    case OVF_SCAN_DONE:
        return OVF_EXIT_OK;
    case OVF_SCAN_BAD_REQUEST:
        return fail(OVF_E_RANGE, &err);
    case OVF_SCAN_NO_INPUT:
        return fail(OVF_E_NOTFOUND, &err);
    default:
        return fail(OVF_E_IO, &err);
    }
}

static int run(const struct ovf_arguments *arguments)
{
    struct serving s = {.arguments = arguments, .talk = ovf_output_talk()};
    struct ovf_error err = {""};
    int status = OVF_EXIT_OK;
    enum ovf_status st = open_server(&s, &err);
    if (st == OVF_OK && s.server_options.is_live)
        status = follow(&s);
    else if (st == OVF_OK)
        st = ovf_server_wait(s.server, &err);
    serving_deinit(&s);
    return st == OVF_OK ? status : fail(st, &err);
}
