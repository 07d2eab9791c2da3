/* SPDX-License-Identifier: Apache-2.0 */
/* overflight airspace: what is known, where a place belongs, and what the user imports. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/number.h"
#include "base/time.h"
#include "cli/cmd.h"
#include "cli/common_options.h"
#include "cli/options.h"
#include "cli/pack.h"
#include "question/library_file.h"
#include "question/pack_file.h"
#include "run/airspaces.h"

enum {
    OPTION_KIND,
    OPTION_NAME,
    OPTION_CODE_PROPERTY,
    OPTION_LICENCE,
    OPTION_ATTRIBUTION,
    OPTION_SKIP_BAD,
    OPTION_NOW,
    OPTION_BOUNDARIES,
    OPTION_EDITIONS,
    OPTION_LIBRARY,
    OPTION_FORMAT,
    OPTION_PACK,
};

enum { LIST, SHOW, LOCATE, IMPORT };

static const struct ovf_verb verbs[] = {
    [LIST] = {"list", "", "All airspaces, one a line, by code.", OVF_COMPLETE_NOTHING},
    [SHOW] = {"show", "NAME", "One airspace: its codes, map, extent, and what it overlaps.",
              OVF_COMPLETE_NOTHING},
    [LOCATE] = {"locate", "LAT LON",
                "Which airspaces hold a place, and how far the nearest boundary is.",
                OVF_COMPLETE_NOTHING},
    [IMPORT] = {"import", "FILE --kind KIND",
                "Check the areas of a file and keep them in the library.", OVF_COMPLETE_FILE},
};

static int run(const struct ovf_arguments *arguments);
static const struct ovf_command *const command = &ovf_command_airspace;

static const struct ovf_option options[] = {
    [OPTION_KIND] = {.name = "kind",
                     .value = "KIND",
                     .help = "country, fir or zone",
                     .choices = "country fir zone",
                     .verbs = 1U << IMPORT},
    [OPTION_NAME] = {.name = "name",
                     .value = "NAME",
                     .help = "what to call the edition (the file's name)",
                     .verbs = 1U << IMPORT},
    [OPTION_CODE_PROPERTY] = {.name = "code-property",
                              .value = "NAME",
                              .help = "the property of a GeoJSON feature that has its code",
                              .verbs = 1U << IMPORT},
    [OPTION_LICENCE] = {.name = "licence",
                        .value = "TEXT",
                        .help = "the licence of the map",
                        .verbs = 1U << IMPORT},
    [OPTION_ATTRIBUTION] = {.name = "attribution",
                            .value = "TEXT",
                            .help = "what the licence asks to be said",
                            .verbs = 1U << IMPORT},
    [OPTION_SKIP_BAD] = {.name = "skip-bad",
                         .help = "leave out areas that are none, and say so,\ninstead of refusing "
                                 "the file",
                         .verbs = 1U << IMPORT},
    [OPTION_NOW] = {.name = "now",
                    .value = "TIME",
                    .help = "the time to note (the clock's)",
                    .verbs = 1U << IMPORT},
    [OPTION_BOUNDARIES] = {.name = "boundaries",
                           .value = "EDITION",
                           .help = "an imported edition instead of the\nbuilt-in map",
                           .verbs = 1U << LIST | 1U << SHOW | 1U << LOCATE},
    [OPTION_EDITIONS] = {.name = "editions",
                         .help = "the editions that have been imported",
                         .verbs = 1U << LIST},
    [OPTION_LIBRARY] = OVF_OPTION_LIBRARY(0),
    [OPTION_FORMAT] = OVF_OPTION_LISTING_FORMAT(1U << LIST | 1U << SHOW | 1U << LOCATE),
    [OPTION_PACK] = OVF_PACK_OPTION,
};

const struct ovf_command ovf_command_airspace = {
    .name = "overflight airspace",
    .brief = "list airspaces, show one, locate a point, import maps",
    .summary =
        "List the airspaces that are known, show one, tell which hold a place, or import some.",
    .verbs = verbs,
    .n_verbs = sizeof verbs / sizeof *verbs,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .notes =
        "NAME is a code (IQ, IRQ) or a name (Iraq). LAT and LON are degrees, north and east "
        "positive.\n"
        "FILE is GeoJSON or OpenAir; other formats are read through ogr2ogr (package gdal-bin).\n"
        "EDITION is the name of an import, or the start of its hash.",
    .run = run,
};

static enum ovf_status write_stdout(void *context, const void *data, size_t len)
{
    (void)context;
    return fwrite(data, 1, len, stdout) == len ? OVF_OK : OVF_E_IO;
}

static int exit_of(enum ovf_status st)
{
    switch (st) {
    case OVF_OK:
        return OVF_EXIT_OK;
    case OVF_E_NOTFOUND:
    case OVF_E_FORMAT:
        return OVF_EXIT_NO_INPUT;
    default:
        return OVF_EXIT_WORLD;
    }
}

static bool parse_place(const char *lat, const char *lon, struct ovf_point *at)
{
    int64_t lat_e7;
    int64_t lon_e7;
    if (!ovf_number_parse_scaled(ovf_bytes_from_text(lat), 7, &lat_e7) ||
        !ovf_number_parse_scaled(ovf_bytes_from_text(lon), 7, &lon_e7) || lat_e7 < -900000000 ||
        lat_e7 > 900000000 || lon_e7 < -1800000000 || lon_e7 > 1800000000)
        return false;
    *at = (struct ovf_point){(int32_t)lat_e7, ovf_lon_wrap(lon_e7)};
    return true;
}

/** What was asked, checked as far as that goes without the pack. */
struct question {
    size_t what; /* the verb */
    enum ovf_listing_format format;
    const char *name;
    struct ovf_point at;
    enum ovf_airspace_kind kind;
    int64_t now_ns;
    bool editions;
};

static bool parse_kind(const char *text, enum ovf_airspace_kind *kind)
{
    for (int i = 0; text != NULL && i < OVF_KIND_N; i++) {
        if (strcmp(text, ovf_kind_name((enum ovf_airspace_kind)i)) == 0) {
            *kind = (enum ovf_airspace_kind)i;
            return true;
        }
    }
    return false;
}

/** What import needs besides the file. */
static int read_import(const struct ovf_arguments *arguments, struct question *out)
{
    const char *const kind = ovf_arguments_value(arguments, OPTION_KIND);
    const char *const now = ovf_arguments_value(arguments, OPTION_NOW);
    const char *const name = ovf_arguments_value(arguments, OPTION_NAME);
    struct timespec clock = {0};
    if (!parse_kind(kind, &out->kind))
        return ovf_usage_error(command, "--kind country, --kind fir or --kind zone is due");
    if (name != NULL && (name[0] == '\0' || strlen(name) > 200 || strpbrk(name, ",@\r\n") != NULL))
        return ovf_usage_error(command, "--name is 1 to 200 characters without comma and @");
    if (now == NULL && clock_gettime(CLOCK_REALTIME, &clock) == 0)
        out->now_ns = (int64_t)clock.tv_sec * OVF_NS_PER_S + clock.tv_nsec;
    if (now != NULL && !ovf_time_parse_iso(ovf_bytes_from_text(now), &out->now_ns))
        return ovf_usage_error(command, "--now \"%s\" is no ISO 8601 time", now);
    return OVF_EXIT_OK;
}

/** OVF_EXIT_OK, or that of a usage error that has been printed. */
static int read_question(const struct ovf_arguments *arguments, struct question *out)
{
    static const size_t n_words[] = {[LIST] = 1, [SHOW] = 2, [LOCATE] = 3, [IMPORT] = 2};
    const char *const format = ovf_arguments_value(arguments, OPTION_FORMAT);
    const int status = ovf_verb_find(command, arguments, &out->what);
    if (status != OVF_EXIT_OK)
        return status;
    if (arguments->n_items != n_words[out->what])
        return ovf_usage_error(command, "%s",
                               out->what == LIST     ? "list takes no arguments"
                               : out->what == SHOW   ? "show takes one NAME"
                               : out->what == LOCATE ? "locate takes LAT and LON"
                                                     : "import takes one FILE");
    if (!ovf_listing_format_read(command, format, &out->format))
        return OVF_EXIT_USAGE;
    if (out->what == LOCATE && !parse_place(arguments->items[1], arguments->items[2], &out->at))
        return ovf_usage_error(
            command, "\"%s %s\" is no latitude from -90 to 90 and longitude from -180 to 180",
            arguments->items[1], arguments->items[2]);
    out->name = out->what == SHOW || out->what == IMPORT ? arguments->items[1] : NULL;
    out->editions = ovf_arguments_has(arguments, OPTION_EDITIONS);
    return out->what == IMPORT ? read_import(arguments, out) : OVF_EXIT_OK;
}

static int answer(const struct question *q, const struct ovf_edition *edition)
{
    const struct ovf_sink sink = {write_stdout, NULL};
    struct ovf_airspace_ref ref = {0};
    struct ovf_error err = {""};
    enum ovf_status st = OVF_OK;
    if (q->what == SHOW && ovf_airspace_find(&edition, 1, q->name, &ref, &err) != OVF_OK)
        return ovf_usage_error(command, "%s", err.text);
    switch (q->what) {
    case LIST:
        st = ovf_airspaces_list(edition, q->format, &sink);
        break;
    case SHOW:
        st = ovf_airspaces_show(edition, ref.airspace, q->format, &sink);
        break;
    case LOCATE:
        st = ovf_airspaces_locate(edition, q->at, q->format, &sink);
        break;
    case IMPORT:
        break;
    }
    if (st == OVF_OK && fflush(stdout) != 0)
        st = OVF_E_IO;
    if (st != OVF_OK)
        fprintf(stderr, "%s: the output could not be written\n", command->name);
    return exit_of(st) == OVF_EXIT_OK ? OVF_EXIT_OK : OVF_EXIT_WORLD;
}

static int fail(enum ovf_status st, const struct ovf_error *err)
{
    fprintf(stderr, "%s: %s\n", command->name, err->text[0] != '\0' ? err->text : "out of memory");
    return exit_of(st);
}

static enum ovf_status write_stderr(void *context, const void *data, size_t len)
{
    (void)context;
    return fwrite(data, 1, len, stderr) == len ? OVF_OK : OVF_E_IO;
}

static int import(const struct ovf_arguments *arguments, const struct question *q,
                  const char *library)
{
    const struct ovf_sink talk = {write_stderr, NULL};
    struct ovf_library_edition kept;
    struct ovf_error err = {""};
    char pack[OVF_PACK_PATH_SIZE];
    bool is_new = false;
    /* It can do without: then it says what it does not compare. */
    const bool has_pack =
        ovf_pack_find(ovf_arguments_value(arguments, OPTION_PACK), pack, NULL) == OVF_OK;
    const struct ovf_import_request request = {
        .path = q->name,
        .kind = q->kind,
        .name = ovf_arguments_value(arguments, OPTION_NAME),
        .library_path = library,
        .pack_path = has_pack ? pack : NULL,
        .code_property = ovf_arguments_value(arguments, OPTION_CODE_PROPERTY),
        .licence = ovf_arguments_value(arguments, OPTION_LICENCE),
        .attribution = ovf_arguments_value(arguments, OPTION_ATTRIBUTION),
        .skip_bad = ovf_arguments_has(arguments, OPTION_SKIP_BAD),
        .now_ns = q->now_ns,
    };
    const enum ovf_status st = ovf_import_file(&request, &talk, &kept, &is_new, &err);
    if (st == OVF_OK)
        fprintf(stderr, "%s %s: %lld airspaces, edition %s@%.12s\n",
                is_new ? "imported" : "already there:", kept.kind, (long long)kept.n_airspaces,
                kept.name, kept.sha256);
    else if (st == OVF_E_LIMIT || st == OVF_E_RANGE)
        (void)fail(st, &err);
    return st == OVF_OK                             ? OVF_EXIT_OK
           : st == OVF_E_LIMIT || st == OVF_E_RANGE ? OVF_EXIT_NO_INPUT
                                                    : fail(st, &err);
}

static int list_editions(const struct question *q, struct ovf_library *library)
{
    const struct ovf_sink sink = {write_stdout, NULL};
    struct ovf_error err = {"the output could not be written"};
    enum ovf_status st = ovf_airspaces_list_editions(library, q->format, &sink, &err);
    if (st == OVF_OK && fflush(stdout) != 0)
        st = OVF_E_IO;
    return st == OVF_OK ? OVF_EXIT_OK : fail(st, &err);
}

/** Answers from the library: an edition of it, or what there is. */
static int run_library(const struct ovf_arguments *arguments, const struct question *q,
                       const char *path)
{
    const char *const name = ovf_arguments_value(arguments, OPTION_BOUNDARIES);
    struct ovf_library *library = NULL;
    struct ovf_library_edition kept;
    struct ovf_edition edition = {0};
    struct ovf_error err = {""};
    int status;
    enum ovf_status st = ovf_library_open(path, OVF_LIBRARY_READ, &library, &err);
    if (st == OVF_OK && q->editions) {
        status = list_editions(q, library);
        ovf_library_close(library);
        return status;
    }
    if (st == OVF_OK)
        st = ovf_library_find(library, name, &kept, &err);
    if (st == OVF_OK)
        st = ovf_library_edition_open(library, &kept, &edition, &err);
    status = st == OVF_OK ? answer(q, &edition) : fail(st, &err);
    ovf_edition_deinit(&edition);
    ovf_library_close(library);
    return status;
}

static int run_pack(const struct ovf_arguments *arguments, const struct question *q)
{
    struct ovf_pack_file file = {0};
    struct ovf_edition edition = {0};
    struct ovf_error err = {""};
    char pack[OVF_PACK_PATH_SIZE];
    if (ovf_pack_find(ovf_arguments_value(arguments, OPTION_PACK), pack, &err) != OVF_OK)
        return fail(OVF_E_IO, &err);
    enum ovf_status st = ovf_pack_file_open(pack, &file, &err);
    if (st == OVF_OK)
        st = ovf_edition_from_pack(&file.pack, &edition);
    const int status = st == OVF_OK ? answer(q, &edition) : fail(st, &err);
    ovf_edition_deinit(&edition);
    ovf_pack_file_close(&file);
    return status;
}

static int run(const struct ovf_arguments *arguments)
{
    struct question question = {.what = LIST};
    char library[OVF_LIBRARY_PATH_SIZE];
    const int status = read_question(arguments, &question);
    if (status != OVF_EXIT_OK)
        return status;
    if (question.what != IMPORT && !question.editions &&
        !ovf_arguments_has(arguments, OPTION_BOUNDARIES))
        return run_pack(arguments, &question);
    if (!ovf_library_path(ovf_arguments_value(arguments, OPTION_LIBRARY), library))
        return ovf_usage_error(command, "--library is due: neither $XDG_DATA_HOME nor $HOME is "
                                        "set");
    return question.what == IMPORT ? import(arguments, &question, library)
                                   : run_library(arguments, &question, library);
}
