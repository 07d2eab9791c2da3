/* SPDX-License-Identifier: Apache-2.0 */
/* overflight report: a case and its store as one HTML file. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cmd.h"
#include "cli/common_options.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/pack.h"
#include "question/case_open.h"
#include "question/pack_file.h"
#include "run/page_files.h"
#include "view/page.h"

static int run(const struct ovf_arguments *arguments);
static const struct ovf_command *const command = &ovf_command_report;

enum {
    OPTION_CASE,
    OPTION_STORE,
    OPTION_OUTPUT,
    OPTION_ANNEX,
    OPTION_PUBLIC,
    OPTION_TITLE,
    OPTION_TILES,
    OPTION_PAGE,
    OPTION_PACK,
};

static const struct ovf_option options[] = {
    [OPTION_CASE] = OVF_OPTION_CASE("the case; its store is read"),
    [OPTION_STORE] = OVF_OPTION_STORE("a GeoPackage of overflight scan; else the case's"),
    [OPTION_OUTPUT] = {.name = "output",
                       .letter = 'o',
                       .value = "FILE",
                       .help = "where to write; else standard output",
                       .completion = OVF_COMPLETE_FILE},
    [OPTION_ANNEX] = {.name = "annex",
                      .value = "FORMAT",
                      .help = "each table beside FILE as well: csv writes\nreport-crossings.csv "
                              "and others beside report.html",
                      .choices = "csv"},
    [OPTION_PUBLIC] = {.name = "public",
                       .help = "withhold what is not for publication, and say how much"},
    [OPTION_TITLE] = {.name = "title", .value = "TEXT", .help = "else the case's name"},
    [OPTION_TILES] = OVF_TILES_OPTION(""),
    [OPTION_PAGE] = OVF_PAGE_OPTION,
    [OPTION_PACK] = OVF_PACK_OPTION,
};

const struct ovf_command ovf_command_report = {
    .name = "overflight report",
    .brief = "a case as one HTML file: map, timeline, tables, sources",
    .summary = "Write what a store holds, and what a case says of it, as one HTML file.",
    .usage = "--case FILE | --store STORE",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .notes = "The file holds all that it shows: it opens from a disk, asks for nothing over the "
             "network\n(but for tiles that are named), reads and prints without scripts. The same "
             "case and store give the same "
             "bytes.",
    .run = run,
};

/** What a report is made from. */
struct sources {
    struct ovf_open_case open;
    bool has_case;
    char digest[OVF_SHA256_HEX_SIZE + 8];
    struct ovf_pack_file pack;
    bool has_pack;
    struct ovf_view_tiles tiles;
    bool has_tiles;
    struct ovf_page_files page;
    const char *store;
};

static void sources_deinit(struct sources *sources)
{
    ovf_open_case_close(&sources->open);
    ovf_pack_file_close(&sources->pack);
    ovf_page_files_deinit(&sources->page);
}

static int fail(enum ovf_status st, const struct ovf_error *err)
{
    fprintf(stderr, "%s: %s\n", command->name, err->text[0] != '\0' ? err->text : "out of memory");
    return st == OVF_E_NOMEM || st == OVF_E_IO ? OVF_EXIT_WORLD : OVF_EXIT_NO_INPUT;
}

static enum ovf_status open_case(const char *path, struct sources *out, struct ovf_error *err)
{
    enum ovf_status st = ovf_open_case(path, &out->open, err);
    if (st != OVF_OK)
        return st;
    out->has_case = true;
    (void)snprintf(out->digest, sizeof out->digest, "sha256:");
    ovf_digest_format(&out->open.digest, OVF_SHA256_BYTES, out->digest + strlen(out->digest));
    if (out->store != NULL)
        return OVF_OK;
    if (out->open.the_case.store == NULL)
        return ovf_error_set(err, OVF_E_NOTFOUND,
                             "the case names no store; name one with --store STORE");
    out->store = ovf_open_case_path(&out->open, out->open.the_case.store);
    return out->store != NULL ? OVF_OK : OVF_E_NOMEM;
}

/** Without a pack no boundaries are drawn around; without the page there is no map: both are said. */
static enum ovf_status open_rest(const struct ovf_arguments *arguments, struct sources *out,
                                 struct ovf_error *err)
{
    const char *const pack = ovf_arguments_value(arguments, OPTION_PACK);
    const char *const page = ovf_arguments_value(arguments, OPTION_PAGE);
    char path[OVF_PACK_PATH_SIZE];
    struct ovf_error missing = {""};
    enum ovf_status st = ovf_pack_find(pack, path, &missing);
    if (st == OVF_OK)
        st = ovf_pack_file_open(path, &out->pack, pack != NULL ? err : &missing);
    out->has_pack = st == OVF_OK;
    if (st != OVF_OK && pack != NULL)
        return st;
    if (st != OVF_OK)
        fprintf(stderr, "%s: no boundaries around: %s\n", command->name, missing.text);
    st = ovf_page_find(page, path, &missing);
    if (st == OVF_OK)
        return ovf_page_files_read(path, &out->page, err);
    fprintf(stderr, "%s: tables and text alone: %s\n", command->name, missing.text);
    return OVF_OK;
}

/* ---- output ---- */

static enum ovf_status finish(struct ovf_output *output, enum ovf_status st, struct ovf_error *err)
{
    struct ovf_error closing = {""};
    const enum ovf_status closed = ovf_output_close(output, st == OVF_OK, &closing);
    if (closed != OVF_OK)
        *err = closing;
    return closed != OVF_OK ? closed : st;
}

static enum ovf_status write_page(struct ovf_view *view, const struct ovf_page_files *files,
                                  const char *path, struct ovf_error *err)
{
    const struct ovf_view_page page = ovf_page_files_view(files);
    struct ovf_output output;
    const enum ovf_status st = ovf_output_open(path, &output, err);
    if (st != OVF_OK)
        return st;
    return finish(&output, ovf_view_page_write(view, &page, &output.sink, err), err);
}

/** "report-crossings.csv" beside "report.html". */
static bool annex_path(const char *report, const char *table, char path[OVF_PACK_PATH_SIZE])
{
    const char *const slash = strrchr(report, '/');
    const char *const dot = strrchr(report, '.');
    const bool has_end = dot != NULL && (slash == NULL || dot > slash + 1) && dot != report;
    const size_t len = has_end ? (size_t)(dot - report) : strlen(report);
    const int n = snprintf(path, OVF_PACK_PATH_SIZE, "%.*s-%s.csv", (int)len, report, table);
    return n > 0 && n < OVF_PACK_PATH_SIZE;
}

/** What lies there is of another report, and may hold what this one withholds. */
static void say_left(const char *path)
{
    if (access(path, F_OK) == 0)
        fprintf(stderr, "%s: %s is of an earlier report: this one has no such rows\n",
                command->name, path);
}

static enum ovf_status write_table(struct ovf_view *view, size_t i, const char *report,
                                   struct ovf_error *err)
{
    char path[OVF_PACK_PATH_SIZE];
    struct ovf_buffer text = {0};
    struct ovf_output output;
    size_t n_rows = 0;
    enum ovf_status st = ovf_view_table_csv(view, i, &text, &n_rows, err);
    if (st == OVF_OK && !annex_path(report, ovf_view_table_name(i), path))
        st = ovf_error_set(err, OVF_E_IO, "the report's name is too long");
    if (st == OVF_OK && n_rows == 0)
        say_left(path);
    if (st == OVF_OK && n_rows > 0) {
        st = ovf_output_open(path, &output, err);
        if (st == OVF_OK)
            st = finish(&output, ovf_sink_write(&output.sink, text.data, text.len), err);
    }
    ovf_buffer_deinit(&text);
    return st;
}

static enum ovf_status write_annex(struct ovf_view *view, const char *report, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < ovf_view_table_count() && st == OVF_OK; i++)
        st = write_table(view, i, report, err);
    return st;
}

static void say_missing(void *context, const char *path)
{
    (void)context;
    fprintf(stderr, "%s: the store does not have the case's input %s yet: overflight scan --case\n",
            command->name, path);
}

static void say_withheld(const struct ovf_view *view)
{
    const struct ovf_view_withheld n = ovf_view_withheld(view);
    fprintf(stderr, "%s: withheld: LADD %zu, PIA %zu, permits %zu, private notes %zu\n",
            command->name, n.n_ladd, n.n_pia, n.n_permits, n.n_notes);
}

static enum ovf_status write_all(const struct ovf_arguments *arguments,
                                 const struct sources *sources, struct ovf_error *err)
{
    const char *const output = ovf_arguments_value(arguments, OPTION_OUTPUT);
    struct ovf_view *view = NULL;
    const struct ovf_view_source source = {
        .store_path = sources->store,
        .the_case = sources->has_case ? &sources->open.the_case : NULL,
        .case_digest = sources->has_case ? sources->digest : NULL,
        .pack = sources->has_pack ? &sources->pack.pack : NULL,
        .title = ovf_arguments_value(arguments, OPTION_TITLE),
        .tiles = sources->has_tiles ? &sources->tiles : NULL,
        .mode = OVF_VIEW_REPORT,
        .is_public = ovf_arguments_has(arguments, OPTION_PUBLIC)};
    enum ovf_status st = ovf_view_open(&source, &view, err);
    if (st == OVF_OK)
        st = ovf_view_missing(view, say_missing, NULL, err);
    if (st == OVF_OK)
        st = write_page(view, &sources->page, output, err);
    if (st == OVF_OK && ovf_arguments_has(arguments, OPTION_ANNEX))
        st = write_annex(view, output, err);
    if (st == OVF_OK && source.is_public)
        say_withheld(view);
    ovf_view_close(view);
    return st;
}

static int run(const struct ovf_arguments *arguments)
{
    const char *const path = ovf_arguments_value(arguments, OPTION_CASE);
    const char *const annex = ovf_arguments_value(arguments, OPTION_ANNEX);
    const char *const tiles = ovf_arguments_value(arguments, OPTION_TILES);
    struct sources sources = {.store = ovf_arguments_value(arguments, OPTION_STORE)};
    struct ovf_error err = {""};
    if (arguments->n_items > 0)
        return ovf_usage_error(command, "unexpected argument \"%s\"", arguments->items[0]);
    if (path == NULL && sources.store == NULL)
        return ovf_usage_error(command, "--case FILE or --store STORE is due");
    if (annex != NULL && strcmp(annex, "csv") != 0)
        return ovf_usage_error(command, "--annex \"%s\" is not csv", annex);
    if (tiles != NULL && ovf_view_tiles_parse(tiles, &sources.tiles, &err) != OVF_OK)
        return ovf_usage_error(command, "%s", err.text);
    if (tiles != NULL && sources.tiles.kind == OVF_TILES_FILE)
        return ovf_usage_error(command,
                               "--tiles %s: a report cannot read a file beside it: name its "
                               "address, https://HOST/MAP.pmtiles, or see overflight serve",
                               tiles);
    sources.has_tiles = tiles != NULL;
    if (annex != NULL && ovf_arguments_value(arguments, OPTION_OUTPUT) == NULL)
        return ovf_usage_error(command, "--annex needs -o FILE");
    enum ovf_status st = path != NULL ? open_case(path, &sources, &err) : OVF_OK;
    if (st == OVF_OK)
        st = open_rest(arguments, &sources, &err);
    if (st == OVF_OK)
        st = write_all(arguments, &sources, &err);
    sources_deinit(&sources);
    return st == OVF_OK ? OVF_EXIT_OK : fail(st, &err);
}
