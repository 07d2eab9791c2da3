/* SPDX-License-Identifier: Apache-2.0 */
/* overflight lists: sanctions lists into the library, and what they say. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/time.h"
#include "cli/cmd.h"
#include "cli/common_options.h"
#include "cli/options.h"
#include "cli/output.h"
#include "question/library_file.h"
#include "run/list_print.h"

enum {
    OPTION_NAME,
    OPTION_DATE,
    OPTION_LIST_FORMAT,
    OPTION_COMMENTS,
    OPTION_ON,
    OPTION_NOW,
    OPTION_LIBRARY,
    OPTION_FORMAT,
};

enum { IMPORT, UPDATE, SEARCH, LIST };

#define FOR_FILES (1U << IMPORT | 1U << UPDATE)

static const struct ovf_verb verbs[] = {
    [IMPORT] = {"import", "FILE", "Keep an edition of a list in the library.", OVF_COMPLETE_FILE},
    [UPDATE] = {"update", "FILE",
                "Import an edition newer than all of its list, and say what entered and left.",
                OVF_COMPLETE_FILE},
    [SEARCH] = {"search", "QUERY",
                "Entries by tail, address, serial number, id, or part of a name or operator.",
                OVF_COMPLETE_NOTHING},
    [LIST] = {"list", "", "The editions that have been imported.", OVF_COMPLETE_NOTHING},
};

static int run(const struct ovf_arguments *arguments);
static const struct ovf_command *const command = &ovf_command_lists;

static const struct ovf_option options[] = {
    [OPTION_NAME] = {.name = "name",
                     .value = "NAME",
                     .help = "what to call the list (the file's name without its day)",
                     .verbs = FOR_FILES},
    [OPTION_DATE] = {.name = "date",
                     .value = "DATE",
                     .help = "the day of the edition; else the one that the list or\n"
                             "the file's name says",
                     .verbs = FOR_FILES},
    [OPTION_LIST_FORMAT] = {.name = "list-format",
                            .value = "FORMAT",
                            .help = "sdn-csv, sdn-xml, un-xml, plane-alert or csv\n(by content)",
                            .choices = "sdn-csv sdn-xml un-xml plane-alert csv",
                            .verbs = FOR_FILES},
    [OPTION_COMMENTS] = {.name = "comments",
                         .value = "FILE",
                         .help = "sdn_comments.csv, where long remarks of sdn.csv go on",
                         .verbs = FOR_FILES,
                         .completion = OVF_COMPLETE_FILE},
    [OPTION_ON] = {.name = "on",
                   .value = "DATE",
                   .help = "the day to judge: in force or not (today)",
                   .verbs = 1U << SEARCH},
    [OPTION_NOW] = {.name = "now",
                    .value = "TIME",
                    .help = "the time to note, and today (the clock's)",
                    .verbs = FOR_FILES | 1U << SEARCH},
    [OPTION_LIBRARY] = OVF_OPTION_LIBRARY(0),
    [OPTION_FORMAT] = OVF_OPTION_LISTING_FORMAT(1U << UPDATE | 1U << SEARCH | 1U << LIST),
};

const struct ovf_command ovf_command_lists = {
    .name = "overflight lists",
    .brief = "import, update and search sanctions lists",
    .summary = "Keep editions of sanctions lists, and look up who stood on them when.",
    .verbs = verbs,
    .n_verbs = sizeof verbs / sizeof *verbs,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .notes =
        "FILE is OFAC's sdn.csv or sdn.xml, the UN's consolidated XML, plane-alert-db's CSV, or "
        "CSV\nwith a header that names registration, icao24 or msn; gzip or not. DATE is "
        "YYYY-MM-DD.",
    .run = run,
};

/** What was asked, checked as far as that goes without files. */
struct question {
    size_t what; /* the verb */
    enum ovf_listing_format format;
    int64_t now_ns;
    int64_t on_ns;
    struct ovf_list_request request;
};

static enum ovf_status write_stdout(void *context, const void *data, size_t len)
{
    (void)context;
    return fwrite(data, 1, len, stdout) == len ? OVF_OK : OVF_E_IO;
}

static int fail(enum ovf_status st, const struct ovf_error *err)
{
    fprintf(stderr, "%s: %s\n", command->name, err->text[0] != '\0' ? err->text : "out of memory");
    return st == OVF_E_NOMEM || st == OVF_E_IO ? OVF_EXIT_WORLD : OVF_EXIT_NO_INPUT;
}

/* ---- the question ---- */

static bool parse_list_format(const char *text, enum ovf_list_format *format)
{
    *format = OVF_LIST_FORMAT_N;
    for (int i = 0; text != NULL && i < OVF_LIST_FORMAT_N; i++) {
        if (strcmp(text, ovf_list_format_name((enum ovf_list_format)i)) == 0)
            *format = (enum ovf_list_format)i;
    }
    return text == NULL || *format != OVF_LIST_FORMAT_N;
}

static bool parse_day(const char *text, int64_t *t_ns)
{
    return strlen(text) == 10 && ovf_time_parse_iso(ovf_bytes_from_text(text), t_ns);
}

static int read_times(const struct ovf_arguments *arguments, struct question *out)
{
    const char *const now = ovf_arguments_value(arguments, OPTION_NOW);
    const char *const on = ovf_arguments_value(arguments, OPTION_ON);
    struct timespec clock = {0};
    if (now == NULL && clock_gettime(CLOCK_REALTIME, &clock) == 0)
        out->now_ns = (int64_t)clock.tv_sec * OVF_NS_PER_S + clock.tv_nsec;
    if (now != NULL && !ovf_time_parse_iso(ovf_bytes_from_text(now), &out->now_ns))
        return ovf_usage_error(command, "--now \"%s\" is no ISO 8601 time", now);
    out->on_ns = out->now_ns;
    if (on != NULL && !parse_day(on, &out->on_ns))
        return ovf_usage_error(command, "--on \"%s\" is no day YYYY-MM-DD", on);
    return OVF_EXIT_OK;
}

/** What import and update need. */
static int read_request(const struct ovf_arguments *arguments, struct question *out)
{
    const char *const name = ovf_arguments_value(arguments, OPTION_NAME);
    const char *const date = ovf_arguments_value(arguments, OPTION_DATE);
    const char *const format = ovf_arguments_value(arguments, OPTION_LIST_FORMAT);
    struct ovf_list_request *const r = &out->request;
    *r = (struct ovf_list_request){.path = arguments->items[1],
                                   .comments_path = ovf_arguments_value(arguments, OPTION_COMMENTS),
                                   .name = name,
                                   .has_date = date != NULL,
                                   .now_ns = out->now_ns,
                                   .is_update = out->what == UPDATE};
    if (name != NULL && (name[0] == '\0' || strlen(name) > 100 || strpbrk(name, ",@\r\n") != NULL))
        return ovf_usage_error(command, "--name is 1 to 100 characters without comma and @");
    if (date != NULL && !parse_day(date, &r->date_ns))
        return ovf_usage_error(command, "--date \"%s\" is no day YYYY-MM-DD", date);
    if (!parse_list_format(format, &r->format))
        return ovf_usage_error(
            command, "list format \"%s\" is not sdn-csv, sdn-xml, un-xml, plane-alert or csv",
            format);
    return OVF_EXIT_OK;
}

/** OVF_EXIT_OK, or that of a usage error that has been printed. */
static int read_question(const struct ovf_arguments *arguments, struct question *out)
{
    const char *const format = ovf_arguments_value(arguments, OPTION_FORMAT);
    int status = ovf_verb_find(command, arguments, &out->what);
    if (status != OVF_EXIT_OK)
        return status;
    if (arguments->n_items != (out->what == LIST ? 1U : 2U))
        return ovf_usage_error(command, "%s",
                               out->what == LIST     ? "list takes no arguments"
                               : out->what == SEARCH ? "search takes one QUERY"
                               : out->what == IMPORT ? "import takes one FILE"
                                                     : "update takes one FILE");
    if (!ovf_listing_format_read(command, format, &out->format))
        return OVF_EXIT_USAGE;
    status = read_times(arguments, out);
    if (status == OVF_EXIT_OK && (out->what == IMPORT || out->what == UPDATE))
        status = read_request(arguments, out);
    return status;
}

/* ---- answers ---- */

static int finish(enum ovf_status st, struct ovf_error *err)
{
    if (st == OVF_OK && fflush(stdout) != 0)
        st = ovf_error_set(err, OVF_E_IO, "the output could not be written");
    return st == OVF_OK ? OVF_EXIT_OK : fail(st, err);
}

/** What became of the file, on standard error. */
static void tell(const struct ovf_list_imported *done)
{
    const struct ovf_library_list *const e = &done->edition;
    const struct ovf_listing_report *const r = &done->report;
    char day[OVF_TIME_SIZE];
    ovf_time_format(e->date_ns, 0, day);
    fprintf(stderr, "%s %s of %.10s%s: %lld aircraft, %lld entities, edition %s@%.12s\n",
            done->is_new ? "imported" : "already there:", e->name, day,
            strcmp(e->dated_by, "file_name") == 0 ? " (by the file's name)" : "",
            (long long)e->n_aircraft, (long long)e->n_entities, e->name, e->sha256);
    if (r->n_others > 0)
        fprintf(stderr, "  %llu persons and vessels are no entries here\n",
                (unsigned long long)r->n_others);
    if (r->n_cut > 0)
        fprintf(stderr,
                "  %llu remarks are cut at 1,000 characters: what they go on to name is not known "
                "(--comments)\n",
                (unsigned long long)r->n_cut);
    if (r->n_bad_values > 0)
        fprintf(stderr, "  %llu values left out: no address, registration or serial number\n",
                (unsigned long long)r->n_bad_values);
    if (r->rows.n_repeated > 0)
        fprintf(stderr, "  %llu rows repeated another\n", (unsigned long long)r->rows.n_repeated);
    for (int i = 0; i < OVF_REJECT_N; i++) {
        if (r->rows.n_rejected[i] > 0)
            fprintf(stderr, "  %llu rows rejected: %s\n", (unsigned long long)r->rows.n_rejected[i],
                    ovf_reject_words((enum ovf_reject)i));
    }
}

/** The lists of the library \p path, sealed. */
static enum ovf_status open_listings(const char *path, const char *name, struct ovf_listings **out,
                                     struct ovf_error *err)
{
    struct ovf_library *library = NULL;
    struct ovf_listings *listings = NULL;
    enum ovf_status st = ovf_library_open(path, OVF_LIBRARY_READ, &library, err);
    if (st == OVF_OK)
        st = ovf_listings_new(&listings);
    if (st == OVF_OK)
        st = ovf_list_add_library(library, name, listings, err);
    if (st == OVF_OK)
        st = ovf_listings_seal(listings, err);
    ovf_library_close(library);
    if (st == OVF_OK)
        *out = listings;
    else
        ovf_listings_free(listings);
    return st;
}

static int import(struct question *q, const char *path)
{
    const struct ovf_sink sink = {write_stdout, NULL};
    struct ovf_list_imported done;
    struct ovf_listings *listings = NULL;
    struct ovf_error err = {""};
    q->request.library_path = path;
    enum ovf_status st = ovf_list_import(&q->request, &done, &err);
    if (st != OVF_OK)
        return fail(st, &err);
    tell(&done);
    if (q->what == IMPORT)
        return OVF_EXIT_OK;
    st = open_listings(path, done.edition.name, &listings, &err);
    if (st == OVF_OK) {
        (void)ovf_error_set(&err, OVF_OK, "the output could not be written");
        st = ovf_list_print_changes(listings, done.edition.name, done.edition.date_ns, q->format,
                                    &sink);
    }
    ovf_listings_free(listings);
    return finish(st, &err);
}

static int search(const struct question *q, const char *query, const char *path)
{
    const struct ovf_sink sink = {write_stdout, NULL};
    struct ovf_listings *listings = NULL;
    struct ovf_error err = {""};
    size_t n_found = 0;
    enum ovf_status st = open_listings(path, NULL, &listings, &err);
    if (st == OVF_OK) {
        (void)ovf_error_set(&err, OVF_OK, "the output could not be written");
        st = ovf_list_print_found(listings, query, q->on_ns, q->format, &sink, &n_found);
    }
    ovf_listings_free(listings);
    if (st == OVF_OK && n_found == 0)
        fprintf(stderr, "%s: no list of the library has \"%s\"\n", command->name, query);
    return finish(st, &err);
}

static int list(const struct question *q, const char *path)
{
    const struct ovf_sink sink = {write_stdout, NULL};
    struct ovf_library *library = NULL;
    struct ovf_error err = {""};
    enum ovf_status st = ovf_library_open(path, OVF_LIBRARY_READ, &library, &err);
    if (st == OVF_OK)
        st = ovf_list_print_editions(library, q->format, &sink, &err);
    ovf_library_close(library);
    return finish(st, &err);
}

static int run(const struct ovf_arguments *arguments)
{
    struct question question = {.what = LIST};
    char library[OVF_LIBRARY_PATH_SIZE];
    const int status = read_question(arguments, &question);
    if (status != OVF_EXIT_OK)
        return status;
    if (!ovf_library_path(ovf_arguments_value(arguments, OPTION_LIBRARY), library))
        return ovf_usage_error(command, "--library is due: neither $XDG_DATA_HOME nor $HOME is "
                                        "set");
    switch (question.what) {
    case SEARCH:
        return search(&question, arguments->items[1], library);
    case LIST:
        return list(&question, library);
    default:
        return import(&question, library);
    }
}
