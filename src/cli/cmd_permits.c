/* SPDX-License-Identifier: Apache-2.0 */
/* overflight permits: permit lists into the library, and what they hold. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/time.h"
#include "cli/cmd.h"
#include "cli/common_options.h"
#include "cli/options.h"
#include "question/library_file.h"
#include "run/permit_print.h"
#include "run/permit_text_print.h"

enum {
    OPTION_STATE,
    OPTION_COVERS,
    OPTION_FIR,
    OPTION_NOT_FLOWN,
    OPTION_NOW,
    OPTION_LIBRARY,
    OPTION_FORMAT,
    OPTION_EXIT_STATUS,
};

enum { IMPORT, CHECK, LIST, SUMMARY, READ };

static const struct ovf_verb verbs[] = {
    [IMPORT] = {"import", "FILE --state CODE --covers DAYS", "Keep a permit list in the library.",
                OVF_COMPLETE_FILE},
    [CHECK] = {"check", "FILE --state CODE --covers DAYS",
               "Print the permits of a file as they are read; nothing is kept.", OVF_COMPLETE_FILE},
    [LIST] = {"list", "", "The permit lists that have been imported.", OVF_COMPLETE_NOTHING},
    [SUMMARY] = {"summary", "STORE",
                 "Flights with and without a permit by day and operator, or permits not flown.",
                 OVF_COMPLETE_FILE},
    [READ] = {"read", "FILE",
              "What an e-mail or telex says of one permit, for a person to confirm.",
              OVF_COMPLETE_FILE},
};

#define FOR_FILES (1U << IMPORT | 1U << CHECK)

static int run(const struct ovf_arguments *arguments);
static const struct ovf_command *const command = &ovf_command_permits;

static const struct ovf_option options[] = {
    [OPTION_STATE] = {.name = "state",
                      .value = "CODE",
                      .help = "whose permits: IQ",
                      .verbs = FOR_FILES | 1U << SUMMARY},
    [OPTION_COVERS] = {.name = "covers",
                       .value = "DAYS",
                       .help = "the days of which the list has all permits, FROM/TO,\n"
                               "both included: 2012-01-01/2012-12-31. They tell \"not in\n"
                               "the list\" from \"the list does not cover the day\"",
                       .verbs = FOR_FILES},
    [OPTION_FIR] = {.name = "fir",
                    .value = "CODES",
                    .help = "the flight information regions that rows of airspace\nfir are about",
                    .verbs = FOR_FILES},
    [OPTION_NOT_FLOWN] = {.name = "not-flown",
                          .help = "permits under which the store has no flight, where it\n"
                                  "was asked for all traffic; of days with data",
                          .verbs = 1U << SUMMARY},
    [OPTION_NOW] = {.name = "now",
                    .value = "TIME",
                    .help = "the time to note (the clock's)",
                    .verbs = 1U << IMPORT},
    [OPTION_LIBRARY] = OVF_OPTION_LIBRARY(1U << IMPORT | 1U << LIST | 1U << SUMMARY),
    [OPTION_FORMAT] =
        OVF_OPTION_LISTING_FORMAT(1U << CHECK | 1U << LIST | 1U << SUMMARY | 1U << READ),
    [OPTION_EXIT_STATUS] = {.name = "exit-status",
                            .help = "exit with 1 when a flight is neither covered nor free\nof "
                                    "permits; with --not-flown, when one was not flown",
                            .verbs = 1U << SUMMARY},
};

const struct ovf_command ovf_command_permits = {
    .name = "overflight permits",
    .brief = "import and check lists of overflight permits",
    .summary = "Keep lists of overflight permits, and hold a store's crossings against them.",
    .verbs = verbs,
    .n_verbs = sizeof verbs / sizeof *verbs,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .notes = "FILE is CSV with a header, a JSON array, or JSON objects one a line; gzip or not. A "
             "row that is\nnot what it should be is left out, and said. STORE is a GeoPackage that "
             "overflight scan -o\nhas made. summary knows no case: nobody is exempt, and no "
             "aircraft is a state's.",
    .run = run,
};

/** What was asked, checked as far as that goes without files. */
struct question {
    size_t what; /* the verb */
    enum ovf_listing_format format;
    struct ovf_permit_request request;
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

static int finish(enum ovf_status st, struct ovf_error *err)
{
    if (st == OVF_OK && fflush(stdout) != 0)
        st = ovf_error_set(err, OVF_E_IO, "the output could not be written");
    return st == OVF_OK ? OVF_EXIT_OK : fail(st, err);
}

/* ---- the question ---- */

/** What import and check need besides the file. */
static int read_request(const struct ovf_arguments *arguments, struct ovf_permit_request *out)
{
    const char *const state = ovf_arguments_value(arguments, OPTION_STATE);
    const char *const covers = ovf_arguments_value(arguments, OPTION_COVERS);
    const char *const now = ovf_arguments_value(arguments, OPTION_NOW);
    struct ovf_error err = {""};
    struct timespec clock = {0};
    out->path = arguments->items[1];
    if (state == NULL || covers == NULL)
        return ovf_usage_error(command,
                               "--state and --covers are due: a file does not tell which days it "
                               "has all permits of");
    if (ovf_permit_about_read(state, covers, ovf_arguments_value(arguments, OPTION_FIR),
                              &out->about, &err) != OVF_OK)
        return ovf_usage_error(command, "%s", err.text);
    if (now == NULL && clock_gettime(CLOCK_REALTIME, &clock) == 0)
        out->now_ns = (int64_t)clock.tv_sec * OVF_NS_PER_S + clock.tv_nsec;
    if (now != NULL && !ovf_time_parse_iso(ovf_bytes_from_text(now), &out->now_ns))
        return ovf_usage_error(command, "--now \"%s\" is no ISO 8601 time", now);
    return OVF_EXIT_OK;
}

/** OVF_EXIT_OK, or that of a usage error that has been printed. */
static int read_question(const struct ovf_arguments *arguments, struct question *out)
{
    const char *const format = ovf_arguments_value(arguments, OPTION_FORMAT);
    const int status = ovf_verb_find(command, arguments, &out->what);
    if (status != OVF_EXIT_OK)
        return status;
    if (arguments->n_items != (out->what == LIST ? 1U : 2U))
        return ovf_usage_error(command, "%s",
                               out->what == LIST      ? "list takes no arguments"
                               : out->what == CHECK   ? "check takes one FILE"
                               : out->what == SUMMARY ? "summary takes one STORE"
                               : out->what == READ    ? "read takes one FILE"
                                                      : "import takes one FILE");
    if (!ovf_listing_format_read(command, format, &out->format))
        return OVF_EXIT_USAGE;
    return out->what == IMPORT || out->what == CHECK ? read_request(arguments, &out->request)
                                                     : OVF_EXIT_OK;
}

/* ---- answers ---- */

/** What was left out, on standard error. */
static void tell_rejected(const struct ovf_permit_list *read)
{
    const struct ovf_permit_counts *const counts = &read->counts;
    if (counts->n_repeated > 0)
        fprintf(stderr, "  %llu rows stand twice, word for word\n",
                (unsigned long long)counts->n_repeated);
    for (int i = 0; i < OVF_PERMIT_FAULT_N; i++) {
        if (counts->n_rejected[i] > 0)
            fprintf(stderr, "  %llu rows left out, %s: %s\n",
                    (unsigned long long)counts->n_rejected[i],
                    ovf_permit_fault_name((enum ovf_permit_fault)i),
                    ovf_permit_fault_words((enum ovf_permit_fault)i));
    }
    for (size_t i = 0; i < counts->n_first; i++)
        fprintf(stderr, "    %s %u: %s\n", read->is_array ? "item" : "line",
                (unsigned)counts->first[i].line, ovf_permit_fault_name(counts->first[i].fault));
    if (ovf_permit_counts_rejected(counts) > counts->n_first)
        fprintf(stderr, "    and others\n");
}

static int import(struct question *q, const char *path)
{
    struct ovf_permit_list list = {0};
    struct ovf_library_permits kept = {0};
    struct ovf_error err = {""};
    bool is_new = false;
    q->request.library_path = path;
    const enum ovf_status st = ovf_permit_import(&q->request, &list, &kept, &is_new, &err);
    if (st == OVF_OK) {
        fprintf(stderr, "%s %s: %lld permits, list %lld, sha256 %.12s\n",
                is_new ? "imported" : "already there:", kept.state, (long long)kept.n_permits,
                (long long)kept.id, kept.sha256);
        tell_rejected(&list);
    }
    ovf_permit_list_deinit(&list);
    return st == OVF_OK ? OVF_EXIT_OK : fail(st, &err);
}

static int check(const struct question *q)
{
    const struct ovf_sink sink = {write_stdout, NULL};
    struct ovf_permit_list list = {0};
    struct ovf_error err = {""};
    enum ovf_status st = ovf_permit_file_read(q->request.path, &q->request.about, &list, &err);
    if (st == OVF_OK) {
        (void)ovf_error_set(&err, OVF_OK, "the output could not be written");
        st = ovf_permit_print_rows(&list, q->format, &sink);
        fprintf(stderr, "%zu permits\n", list.n);
        tell_rejected(&list);
    }
    ovf_permit_list_deinit(&list);
    return finish(st, &err);
}

static int list(const struct question *q, const char *path)
{
    const struct ovf_sink sink = {write_stdout, NULL};
    struct ovf_library *library = NULL;
    struct ovf_error err = {""};
    enum ovf_status st = ovf_library_open(path, OVF_LIBRARY_READ, &library, &err);
    if (st == OVF_OK)
        st = ovf_permit_print_lists(library, q->format, &sink, &err);
    ovf_library_close(library);
    return finish(st, &err);
}

static int summary(const struct ovf_arguments *arguments, const struct question *q,
                   const char *path)
{
    const char *const state = ovf_arguments_value(arguments, OPTION_STATE);
    const struct ovf_sink sink = {write_stdout, NULL};
    struct ovf_library *library = NULL;
    struct ovf_permit_lists lists = {0};
    struct ovf_permit_told told = {0};
    const bool not_flown = ovf_arguments_has(arguments, OPTION_NOT_FLOWN);
    struct ovf_error err = {""};
    enum ovf_status st = ovf_library_open(path, OVF_LIBRARY_READ, &library, &err);
    if (st == OVF_OK)
        st = ovf_permit_lists_add_library(&lists, library, state, &err);
    if (st == OVF_OK && lists.n == 0)
        st = ovf_error_set(&err, OVF_E_NOTFOUND, "the library has no permits%s%.20s",
                           state != NULL ? " of " : "", state != NULL ? state : "");
    ovf_library_close(library);
    if (st == OVF_OK)
        st = ovf_permit_print_summary(&lists, arguments->items[1], not_flown, q->format, &sink,
                                      &told, &err);
    if (st == OVF_OK && not_flown && told.n_unknown > 0)
        fprintf(stderr, OVF_PERMIT_UNKNOWN_WORDS ": %zu\n", told.n_unknown);
    ovf_permit_lists_deinit(&lists);
    const int status = finish(st, &err);
    return status == OVF_EXIT_OK && told.asks_for_look &&
                   ovf_arguments_has(arguments, OPTION_EXIT_STATUS)
               ? OVF_EXIT_FINDINGS
               : status;
}

static int read(const char *path, enum ovf_listing_format format)
{
    const struct ovf_sink sink = {write_stdout, NULL};
    struct ovf_error err = {""};
    size_t n_due = 0;
    const enum ovf_status st = ovf_permit_text_print(path, format, &sink, &n_due, &err);
    if (st == OVF_OK)
        fprintf(
            stderr,
            "%zu of %d that a permit list needs (permit_no, registrations, valid_from, valid_to). "
            "A draft counts for nothing until a person has read the text and written its status\n",
            n_due, OVF_PERMIT_TEXT_N_DUE);
    return finish(st, &err);
}

static int run(const struct ovf_arguments *arguments)
{
    struct question question = {.what = LIST};
    char library[OVF_LIBRARY_PATH_SIZE];
    const int status = read_question(arguments, &question);
    if (status != OVF_EXIT_OK)
        return status;
    if (question.what == CHECK)
        return check(&question);
    if (question.what == READ)
        return read(arguments->items[1], question.format);
    if (!ovf_library_path(ovf_arguments_value(arguments, OPTION_LIBRARY), library))
        return ovf_usage_error(command, "--library is due: neither $XDG_DATA_HOME nor $HOME is "
                                        "set");
    return question.what == IMPORT    ? import(&question, library)
           : question.what == SUMMARY ? summary(arguments, &question, library)
                                      : list(&question, library);
}
