/* SPDX-License-Identifier: Apache-2.0 */
/* overflight charges: estimates of the route charges of a store's crossings. */
#include <stdio.h>
#include <string.h>

#include "cli/cmd.h"
#include "cli/common_options.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/pack.h"
#include "question/library_file.h"
#include "question/pack_file.h"
#include "run/charges.h"

enum {
    OPTION_FORMULA,
    OPTION_FLEET,
    OPTION_PERMITS,
    OPTION_BY,
    OPTION_FORMAT,
    OPTION_OUTPUT,
    OPTION_LIBRARY,
    OPTION_EXIT_STATUS,
    OPTION_PACK,
};

static int run(const struct ovf_arguments *arguments);
static const struct ovf_command *const command = &ovf_command_charges;

static const struct ovf_option options[] = {
    [OPTION_FORMULA] = {.name = "formula",
                        .value = "FILE",
                        .help = "formulas of charges, YAML",
                        .completion = OVF_COMPLETE_FILE},
    [OPTION_FLEET] = {.name = "fleet",
                      .value = "FILE",
                      .help = "maximum take-off masses, CSV: registration or type_code,\nmtow_kg, "
                              "state_aircraft",
                      .completion = OVF_COMPLETE_FILE},
    [OPTION_PERMITS] = {.name = "permits",
                        .value = "STATE",
                        .help = "masses first from this state's permits in the library"},
    [OPTION_BY] = {.name = "by",
                   .value = "NAMES",
                   .help = "sums by operator, month, or both: operator,month",
                   .choices = "operator month",
                   .list = true},
    [OPTION_FORMAT] = OVF_OPTION_LISTING_FORMAT(0),
    [OPTION_OUTPUT] = {.name = "output",
                       .letter = 'o',
                       .value = "FILE",
                       .help = "where to write; else standard output",
                       .completion = OVF_COMPLETE_FILE},
    [OPTION_LIBRARY] = OVF_OPTION_LIBRARY(0),
    [OPTION_EXIT_STATUS] = {.name = "exit-status",
                            .help = "exit with 1 when a crossing came to no amount and is not "
                                    "exempt"},
    [OPTION_PACK] = OVF_PACK_OPTION,
};

const struct ovf_command ovf_command_charges = {
    .name = "overflight charges",
    .brief = "estimate route charges of crossings",
    .summary = "Estimate the route charges of the crossings in a store, with all inputs.",
    .usage = "STORE --formula FILE",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .notes =
        "STORE is a GeoPackage that overflight scan -o has made, of flight information regions "
        "or\nzones: charges are owed for these, not by state. These are estimates, no invoices.",
    .completion = OVF_COMPLETE_FILE,
    .run = run,
};

/** What was asked, checked as far as that goes without files. */
struct question {
    const char *store;
    const char *formula;
    const char *fleet;
    const char *permits;
    const char *output;
    bool sums;
    unsigned by;
    enum ovf_listing_format format;
};

/** What the answer is made from. */
struct sources {
    struct ovf_case_store store;
    struct ovf_formulas formulas;
    struct ovf_fleet *fleet;
    struct ovf_permit_lists permits;
    struct ovf_pack_file pack;
    bool has_pack;
};

static void sources_deinit(struct sources *sources)
{
    ovf_case_store_deinit(&sources->store);
    ovf_fleet_free(sources->fleet);
    ovf_permit_lists_deinit(&sources->permits);
    ovf_pack_file_close(&sources->pack);
}

static int fail(enum ovf_status st, const struct ovf_error *err)
{
    fprintf(stderr, "%s: %s\n", command->name, err->text[0] != '\0' ? err->text : "out of memory");
    return st == OVF_E_NOMEM || st == OVF_E_IO ? OVF_EXIT_WORLD : OVF_EXIT_NO_INPUT;
}

/* ---- the question ---- */

static bool parse_by(const char *text, unsigned *by)
{
    *by = 0;
    for (;;) {
        const size_t len = strcspn(text, ",");
        if (len == 8 && strncmp(text, "operator", len) == 0)
            *by |= OVF_CHARGES_BY_OPERATOR;
        else if (len == 5 && strncmp(text, "month", len) == 0)
            *by |= OVF_CHARGES_BY_MONTH;
        else
            return false;
        if (text[len] == '\0')
            return true;
        text += len + 1;
    }
}

static int read_question(const struct ovf_arguments *arguments, struct question *out)
{
    const char *const format = ovf_arguments_value(arguments, OPTION_FORMAT);
    const char *const by = ovf_arguments_value(arguments, OPTION_BY);
    if (arguments->n_items != 1)
        return ovf_usage_error(command, "one STORE is due");
    *out = (struct question){.store = arguments->items[0],
                             .formula = ovf_arguments_value(arguments, OPTION_FORMULA),
                             .fleet = ovf_arguments_value(arguments, OPTION_FLEET),
                             .permits = ovf_arguments_value(arguments, OPTION_PERMITS),
                             .output = ovf_arguments_value(arguments, OPTION_OUTPUT),
                             .sums = by != NULL};
    if (out->formula == NULL)
        return ovf_usage_error(command, "--formula is due");
    if (!ovf_listing_format_read(command, format, &out->format))
        return OVF_EXIT_USAGE;
    if (by != NULL && !parse_by(by, &out->by))
        return ovf_usage_error(command, "--by \"%s\" is not operator, month or both", by);
    return OVF_EXIT_OK;
}

/* ---- sources ---- */

/** What was left out of the fleet is told on standard error. */
static enum ovf_status read_fleet(const char *path, struct sources *out, struct ovf_error *err)
{
    struct ovf_tally rows;
    const enum ovf_status st = ovf_fleet_file_read(path, &rows, &out->fleet, err);
    for (int i = 0; st == OVF_OK && i < OVF_REJECT_N; i++) {
        if (rows.n_rejected[i] > 0)
            fprintf(stderr, "%s: %llu rows left out: %s\n", path,
                    (unsigned long long)rows.n_rejected[i], ovf_reject_words((enum ovf_reject)i));
    }
    return st;
}

static enum ovf_status read_permits(const struct ovf_arguments *arguments, const char *state,
                                    struct sources *out, struct ovf_error *err)
{
    char path[OVF_LIBRARY_PATH_SIZE];
    struct ovf_library *library = NULL;
    if (!ovf_library_path(ovf_arguments_value(arguments, OPTION_LIBRARY), path))
        return ovf_error_set(err, OVF_E_NOTFOUND,
                             "--library is due: neither $XDG_DATA_HOME nor $HOME is set");
    enum ovf_status st = ovf_library_open(path, OVF_LIBRARY_READ, &library, err);
    if (st == OVF_OK)
        st = ovf_permit_lists_add_library(&out->permits, library, state, err);
    if (st == OVF_OK && out->permits.n == 0)
        st = ovf_error_set(err, OVF_E_NOTFOUND, "the library has no permits of \"%.20s\"", state);
    ovf_library_close(library);
    return st;
}

/** Without the pack, flights that begin or end inside have no place there, unless it was crossed. */
static void open_pack(const struct ovf_arguments *arguments, struct sources *out)
{
    struct ovf_error ignored;
    char path[OVF_PACK_PATH_SIZE];
    out->has_pack =
        ovf_pack_find(ovf_arguments_value(arguments, OPTION_PACK), path, &ignored) == OVF_OK &&
        ovf_pack_file_open(path, &out->pack, &ignored) == OVF_OK;
}

static enum ovf_status read_sources(const struct ovf_arguments *arguments, const struct question *q,
                                    struct sources *out, struct ovf_error *err)
{
    enum ovf_status st = ovf_formulas_file_read(q->formula, &out->store, &out->formulas, err);
    if (st == OVF_OK && q->fleet != NULL)
        st = read_fleet(q->fleet, out, err);
    if (st == OVF_OK && q->permits != NULL)
        st = read_permits(arguments, q->permits, out, err);
    if (st == OVF_OK)
        open_pack(arguments, out);
    return st;
}

/* ---- the answer ---- */

/** How many came to what, on standard error. */
static void tell(const struct ovf_charges *charges)
{
    fprintf(stderr, "%zu crossings\n", charges->subjects.n);
    for (int i = 0; i < OVF_CHARGE_OUTCOME_N; i++) {
        const enum ovf_charge_outcome outcome = (enum ovf_charge_outcome)i;
        size_t n = 0;
        for (size_t k = 0; k < charges->subjects.n; k++)
            n += charges->items[k].outcome == outcome;
        if (n > 0)
            fprintf(stderr, "  %zu %s: %s\n", n, ovf_charge_outcome_name(outcome),
                    ovf_charge_outcome_words(outcome));
    }
}

/** Whether an amount may be owed that is not known. */
static bool lacks_amounts(const struct ovf_charges *charges)
{
    for (size_t i = 0; i < charges->subjects.n; i++) {
        const enum ovf_charge_outcome outcome = charges->items[i].outcome;
        if (outcome != OVF_CHARGE_ESTIMATED && outcome != OVF_CHARGE_EXEMPT &&
            outcome != OVF_CHARGE_INCLUDED && outcome != OVF_CHARGE_NOT_ENTERED)
            return true;
    }
    return false;
}

static enum ovf_status answer(const struct question *q, const struct sources *sources, bool *found,
                              struct ovf_error *err)
{
    struct ovf_charges charges = {0};
    struct ovf_output output;
    struct ovf_airports airports;
    struct ovf_error ignored;
    const bool has_airports = sources->has_pack && ovf_airports_view(sources->pack.pack.airports,
                                                                     &airports, &ignored) == OVF_OK;
    const struct ovf_charges_request request = {
        .store_path = q->store,
        .formulas = &sources->formulas,
        .fleet = sources->fleet,
        .permits = q->permits != NULL ? &sources->permits : NULL,
        .airports = has_airports ? &airports : NULL,
    };
    enum ovf_status st = ovf_charges_of_store(&request, &charges, err);
    if (st == OVF_OK) {
        tell(&charges);
        *found = lacks_amounts(&charges);
        st = ovf_output_open(q->output, &output, err);
    }
    if (st == OVF_OK) {
        st = q->sums ? ovf_charges_print_sums(&charges, q->by, q->format, &output.sink)
                     : ovf_charges_print(&charges, q->format, &output.sink);
        struct ovf_error closing = {""};
        const enum ovf_status closed = ovf_output_close(&output, st == OVF_OK, &closing);
        if (closed != OVF_OK) {
            st = closed;
            *err = closing;
        }
    }
    ovf_charges_deinit(&charges);
    return st;
}

static int run(const struct ovf_arguments *arguments)
{
    struct question question = {0};
    struct sources sources = {0};
    struct ovf_error err = {""};
    bool found = false;
    const int status = read_question(arguments, &question);
    if (status != OVF_EXIT_OK)
        return status;
    enum ovf_status st = read_sources(arguments, &question, &sources, &err);
    if (st == OVF_OK)
        st = answer(&question, &sources, &found, &err);
    sources_deinit(&sources);
    if (st != OVF_OK)
        return fail(st, &err);
    return found && ovf_arguments_has(arguments, OPTION_EXIT_STATUS) ? OVF_EXIT_FINDINGS
                                                                     : OVF_EXIT_OK;
}
