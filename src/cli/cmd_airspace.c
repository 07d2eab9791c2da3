/* SPDX-License-Identifier: Apache-2.0 */
/* overflight airspace: what is in the pack, and where a place belongs. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "cli/cmd.h"
#include "cli/options.h"
#include "run/airspaces.h"
#include "run/pack_file.h"

enum { OPTION_FORMAT, OPTION_PACK };

static const struct ovf_option options[] = {
    [OPTION_FORMAT] =
        {"format", 0, "FORMAT",
         "table, ndjson or csv; table on a terminal, ndjson in a\npipe when not given", false},
    [OPTION_PACK] = {"pack", 0, "FILE",
                     "reference data; else $" OVF_PACK_VARIABLE ", else the built one", false},
};

static const struct ovf_command command = {
    .name = "overflight airspace",
    .summary = "List the airspaces that are known, show one, or tell which hold a place.",
    .usage = "list [OPTION]...\nshow NAME [OPTION]...\nlocate LAT LON [OPTION]...",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .notes = "NAME is a code (IQ, IRQ) or a name (Iraq). LAT and LON are degrees, north and east "
             "positive.",
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

static bool parse_format(const char *text, enum ovf_listing_format *format)
{
    static const char *const names[] = {"table", "ndjson", "csv"};
    if (text == NULL) {
        *format = isatty(STDOUT_FILENO) ? OVF_LISTING_TABLE : OVF_LISTING_NDJSON;
        return true;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(text, names[i]) == 0) {
            *format = (enum ovf_listing_format)i;
            return true;
        }
    }
    return false;
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
    enum { LIST, SHOW, LOCATE } what;
    enum ovf_listing_format format;
    const char *name;
    struct ovf_point at;
};

/** OVF_EXIT_OK, or that of a usage error that has been printed. */
static int read_question(const struct ovf_arguments *arguments, struct question *out)
{
    static const char *const verbs[] = {"list", "show", "locate"};
    static const size_t n_words[] = {1, 2, 3};
    const char *const format = ovf_arguments_value(arguments, OPTION_FORMAT);
    if (arguments->n_items == 0)
        return ovf_usage_error(&command, "list, show or locate is due");
    size_t verb = 0;
    while (verb < 3 && strcmp(arguments->items[0], verbs[verb]) != 0)
        verb++;
    if (verb == 3)
        return ovf_usage_error(&command, "\"%s\" is not list, show or locate", arguments->items[0]);
    if (arguments->n_items != n_words[verb])
        return ovf_usage_error(&command, "%s",
                               verb == LIST   ? "list takes no arguments"
                               : verb == SHOW ? "show takes one NAME"
                                              : "locate takes LAT and LON");
    if (!parse_format(format, &out->format))
        return ovf_usage_error(&command, "format \"%s\" is not table, ndjson or csv", format);
    if (verb == LOCATE && !parse_place(arguments->items[1], arguments->items[2], &out->at))
        return ovf_usage_error(
            &command, "\"%s %s\" is no latitude from -90 to 90 and longitude from -180 to 180",
            arguments->items[1], arguments->items[2]);
    out->what = verb == LIST ? LIST : verb == SHOW ? SHOW : LOCATE;
    out->name = verb == SHOW ? arguments->items[1] : NULL;
    return OVF_EXIT_OK;
}

static int answer(const struct question *q, const struct ovf_edition *edition)
{
    const struct ovf_sink sink = {write_stdout, NULL};
    struct ovf_airspace_ref ref = {0};
    struct ovf_error err = {""};
    enum ovf_status st = OVF_OK;
    if (q->what == SHOW && ovf_airspace_find(&edition, 1, q->name, &ref, &err) != OVF_OK)
        return ovf_usage_error(&command, "%s", err.text);
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
    }
    if (st == OVF_OK && fflush(stdout) != 0)
        st = OVF_E_IO;
    if (st != OVF_OK)
        fprintf(stderr, "%s: the output could not be written\n", command.name);
    return exit_of(st) == OVF_EXIT_OK ? OVF_EXIT_OK : OVF_EXIT_WORLD;
}

static int run(const struct ovf_arguments *arguments)
{
    struct question question = {0};
    struct ovf_pack_file file = {0};
    struct ovf_edition edition = {0};
    struct ovf_error err = {""};
    int status = read_question(arguments, &question);
    if (status != OVF_EXIT_OK)
        return status;
    enum ovf_status st = ovf_pack_file_open(
        ovf_pack_path(ovf_arguments_value(arguments, OPTION_PACK), OVF_BUILD_PACK), &file, &err);
    if (st == OVF_OK)
        st = ovf_edition_from_pack(&file.pack, &edition);
    if (st != OVF_OK) {
        fprintf(stderr, "%s: %s\n", command.name, err.text[0] != '\0' ? err.text : "out of memory");
        status = exit_of(st);
    } else {
        status = answer(&question, &edition);
    }
    ovf_edition_deinit(&edition);
    ovf_pack_file_close(&file);
    return status;
}

int ovf_cmd_airspace(int argc, char **argv)
{
    struct ovf_arguments arguments = {0};
    int status = OVF_EXIT_WORLD;
    switch (ovf_arguments_parse(&command, argc, argv, &arguments)) {
    case OVF_PARSED_RUN:
        status = run(&arguments);
        break;
    case OVF_PARSED_HELP:
        status = OVF_EXIT_OK;
        break;
    case OVF_PARSED_USAGE:
        status = OVF_EXIT_USAGE;
        break;
    case OVF_PARSED_NOMEM:
        fprintf(stderr, "%s: out of memory\n", command.name);
        break;
    }
    ovf_arguments_deinit(&arguments);
    return status;
}
