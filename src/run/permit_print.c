/* SPDX-License-Identifier: Apache-2.0 */
/* Printing permit lists, permits, and the summaries of a desk. */
#include "run/permit_print.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/number.h"
#include "base/time.h"
#include "rules/permit.h"

enum { NUMBER_SIZE = 24 };

static const char *day_of(int64_t t_ns, char text[OVF_TIME_SIZE])
{
    ovf_time_format(t_ns, 0, text);
    text[10] = '\0';
    return text;
}

static const char *int_of(int64_t value, char text[NUMBER_SIZE])
{
    (void)snprintf(text, NUMBER_SIZE, "%" PRId64, value);
    return text;
}

/* ---- lists ---- */

static const struct ovf_rows_column list_columns[] = {
    {"list", "LIST", 4, true},
    {"state", "STATE", 5, false},
    {"firs", NULL, 0, false},
    {"covers_from", "FROM", 10, false},
    {"covers_to", "TO", 10, false},
    {"n_permits", "PERMITS", 8, true},
    {"n_rejected", "REJECTED", 8, true},
    {"replaced_by", "REPLACED", 8, true},
    {"imported", NULL, 0, false},
    {"sha256", NULL, 0, false},
    {"file", "FILE", 0, false},
};

struct kept {
    struct ovf_library_permits *items;
    size_t n;
    size_t capacity;
};

static enum ovf_status collect(void *context, const struct ovf_library_permits *list)
{
    struct kept *const kept = context;
    struct ovf_library_permits *const grown =
        ovf_array_reserve(kept->items, &kept->capacity, kept->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    kept->items = grown;
    kept->items[kept->n++] = *list;
    return OVF_OK;
}

static enum ovf_status put_list(const struct ovf_rows *rows, const struct kept *kept, size_t i,
                                struct ovf_buffer *out)
{
    const struct ovf_library_permits *const list = &kept->items[i];
    char numbers[4][NUMBER_SIZE] = {"", "", "", ""};
    char days[2][OVF_TIME_SIZE];
    char imported[OVF_TIME_SIZE];
    for (size_t k = kept->n; k-- > i + 1;) {
        if (ovf_permits_replace(&kept->items[k], list))
            (void)int_of(kept->items[k].id, numbers[3]);
    }
    ovf_time_format(list->imported_ns, 0, imported);
    const char *const values[] = {
        int_of(list->id, numbers[0]),
        list->state,
        list->firs,
        day_of(list->covers_from_ns, days[0]),
        day_of(list->covers_to_ns - OVF_NS_PER_DAY, days[1]),
        int_of(list->n_permits, numbers[1]),
        int_of(list->n_rejected, numbers[2]),
        numbers[3],
        imported,
        list->sha256,
        list->file,
    };
    return ovf_rows_put(rows, values, out);
}

enum ovf_status ovf_permit_print_lists(struct ovf_library *library, enum ovf_listing_format format,
                                       const struct ovf_sink *sink, struct ovf_error *err)
{
    const struct ovf_rows rows = {"permit_list", list_columns,
                                  sizeof list_columns / sizeof *list_columns, format};
    struct ovf_buffer out = {0};
    struct kept kept = {0};
    enum ovf_status st = ovf_library_permits_each(library, NULL, collect, &kept, err);
    if (st == OVF_OK)
        st = ovf_rows_head(&rows, &out);
    for (size_t i = 0; i < kept.n && st == OVF_OK; i++)
        st = put_list(&rows, &kept, i, &out);
    free(kept.items);
    return ovf_rows_flush(&out, st, sink);
}

/* ---- permits ---- */

static const struct ovf_rows_column permit_columns[] = {
    {"permit_no", "PERMIT", 14, false},
    {"state", NULL, 0, false},
    {"airspace", "AIRSPACE", 8, false},
    {"authority", NULL, 0, false},
    {"kind", "KIND", 10, false},
    {"status", "STATUS", 8, false},
    {"operator_icao", "OPERATOR", 8, false},
    {"callsigns", "CALLSIGNS", 14, false},
    {"registrations", "REGISTRATIONS", 14, false},
    {"types", NULL, 0, false},
    {"mtow_kg", NULL, 0, true},
    {"adep", NULL, 0, false},
    {"ades", NULL, 0, false},
    {"entry_point", NULL, 0, false},
    {"exit_point", NULL, 0, false},
    {"valid_from", "FROM", 20, false},
    {"valid_to", "TO", 20, false},
    {"days_mask", NULL, 0, false},
    {"flights_max", NULL, 0, true},
    {"line", NULL, 0, true},
};

/** Words with blanks between, NUL-terminated, at \p *at of \p out. */
static enum ovf_status join(struct ovf_permit_words words, struct ovf_buffer *out, size_t *at)
{
    const char *word = words.first;
    enum ovf_status st = OVF_OK;
    *at = out->len;
    for (size_t i = 0; i < words.n && st == OVF_OK; i++, word += strlen(word) + 1)
        st = ovf_buffer_printf(out, "%s%s", i > 0 ? " " : "", word);
    return st == OVF_OK ? ovf_buffer_append(out, "", 1) : st;
}

static const char *days_of(unsigned days, char text[8])
{
    size_t n = 0;
    for (unsigned i = 0; i < 7 && days != 0x7F; i++) {
        if ((days >> i & 1) != 0)
            text[n++] = (char)('1' + i);
    }
    text[n] = '\0';
    return text;
}

static enum ovf_status put_permit(const struct ovf_rows *rows, const struct ovf_permit_list *list,
                                  const struct ovf_permit *permit, struct ovf_buffer *out)
{
    struct ovf_buffer words = {0};
    size_t at[3] = {0, 0, 0};
    char times[2][OVF_TIME_SIZE];
    char numbers[3][OVF_NUMBER_SIZE] = {"", "", ""};
    char days[8];
    enum ovf_status st = join(permit->callsigns, &words, &at[0]);
    if (st == OVF_OK)
        st = join(permit->registrations, &words, &at[1]);
    if (st == OVF_OK)
        st = join(permit->types, &words, &at[2]);
    ovf_time_format(permit->valid_from_ns, 0, times[0]);
    ovf_time_format(ovf_time_floor(permit->valid_to_ns, OVF_NS_PER_S), 0, times[1]);
    if (permit->mtow_kg > 0)
        ovf_number_format(permit->mtow_kg, 0, numbers[0]);
    if (permit->has_flights_max)
        (void)int_of(permit->flights_max, numbers[1]);
    (void)int_of(permit->line, numbers[2]);
    const char *const text = (const char *)words.data;
    if (st == OVF_OK) {
        const char *const values[] = {
            permit->number,
            list->about.state,
            ovf_permit_airspace_name(permit->airspace),
            permit->authority,
            ovf_permit_kind_name(permit->kind),
            ovf_permit_status_name(permit->status),
            permit->operator_icao,
            text + at[0],
            text + at[1],
            text + at[2],
            numbers[0],
            permit->adep,
            permit->ades,
            permit->entry.name,
            permit->exit.name,
            times[0],
            times[1],
            days_of(permit->days, days),
            numbers[1],
            numbers[2],
        };
        st = ovf_rows_put(rows, values, out);
    }
    ovf_buffer_deinit(&words);
    return st;
}

enum ovf_status ovf_permit_print_rows(const struct ovf_permit_list *list,
                                      enum ovf_listing_format format, const struct ovf_sink *sink)
{
    const struct ovf_rows rows = {"permit", permit_columns,
                                  sizeof permit_columns / sizeof *permit_columns, format};
    struct ovf_buffer out = {0};
    enum ovf_status st = ovf_rows_head(&rows, &out);
    for (size_t i = 0; i < list->n && st == OVF_OK; i++)
        st = put_permit(&rows, list, &list->items[i], &out);
    return ovf_rows_flush(&out, st, sink);
}

enum ovf_status ovf_permit_print_unflown(const struct ovf_permit_summary *summary,
                                         enum ovf_listing_format format,
                                         const struct ovf_sink *sink)
{
    const struct ovf_rows rows = {"permit_not_flown", permit_columns,
                                  sizeof permit_columns / sizeof *permit_columns, format};
    struct ovf_buffer out = {0};
    enum ovf_status st = ovf_rows_head(&rows, &out);
    for (size_t i = 0; i < summary->n_unflown && st == OVF_OK; i++)
        st = put_permit(&rows, summary->unflown[i].list, summary->unflown[i].permit, &out);
    return ovf_rows_flush(&out, st, sink);
}

enum ovf_status ovf_permit_print_unknown(const struct ovf_permit_summary *summary,
                                         enum ovf_listing_format format,
                                         const struct ovf_sink *sink)
{
    struct ovf_buffer out = {0};
    enum ovf_status st = OVF_OK;
    if (summary->n_unknown > 0)
        st = ovf_buffer_printf(
            &out,
            format == OVF_LISTING_TABLE
                ? OVF_PERMIT_UNKNOWN_WORDS ": %zu\n"
                : "{\"type\":\"permits_not_known\",\"why\":\"" OVF_PERMIT_UNKNOWN_WORDS
                  "\",\"n_permits\":%zu}\n",
            summary->n_unknown);
    return ovf_rows_flush(&out, st, sink);
}

/* ---- days ---- */

static const struct ovf_rows_column day_columns[] = {
    {"state", "STATE", 5, false},
    {"airspace", "AIRSPACE", 8, false},
    {"date", "DATE", 10, false},
    {"operator_icao", "OPERATOR", 8, false},
    {"n_flights", "FLIGHTS", 7, true},
    {"n_covered", "COVERED", 7, true},
    {"n_covered_with_deviation", "DEVIATE", 7, true},
    {"n_refused_or_revoked", "REFUSED", 7, true},
    {"n_not_in_supplied_list", "NOT LISTED", 10, true},
    {"n_list_does_not_cover_date", "NO LIST", 7, true},
    {"n_time_undetermined", "UNDETERMINED", 12, true},
    {"n_not_required", "NOT REQUIRED", 12, true},
};

static enum ovf_status put_day(const struct ovf_rows *rows, const struct ovf_permit_day *day,
                               struct ovf_buffer *out)
{
    enum { N_VERDICTS = OVF_PERMIT_NOT_REQUIRED + 1, N_BEFORE = 5 };
    char date[OVF_TIME_SIZE];
    char numbers[1 + N_VERDICTS][NUMBER_SIZE];
    const char *values[N_BEFORE + N_VERDICTS] = {day->state, day->airspace,
                                                 day_of(day->day_ns, date), day->operator_icao,
                                                 int_of(day->n_flights, numbers[0])};
    for (size_t i = 0; i < N_VERDICTS; i++)
        values[N_BEFORE + i] = int_of(day->n_by_verdict[i], numbers[1 + i]);
    return ovf_rows_put(rows, values, out);
}

enum ovf_status ovf_permit_print_days(const struct ovf_permit_summary *summary,
                                      enum ovf_listing_format format, const struct ovf_sink *sink)
{
    const struct ovf_rows rows = {"permit_day", day_columns,
                                  sizeof day_columns / sizeof *day_columns, format};
    struct ovf_buffer out = {0};
    enum ovf_status st = ovf_rows_head(&rows, &out);
    for (size_t i = 0; i < summary->n_days && st == OVF_OK; i++)
        st = put_day(&rows, &summary->days[i], &out);
    return ovf_rows_flush(&out, st, sink);
}

struct ovf_permit_searched ovf_permit_searched_of(const struct ovf_subjects *subjects)
{
    return (struct ovf_permit_searched){subjects->days_with_data, subjects->n_days_with_data,
                                        subjects->asked, subjects->n_asked};
}

static enum ovf_status summarize(const struct ovf_permit_lists *lists,
                                 const struct ovf_subjects *subjects,
                                 struct ovf_permit_summary *out)
{
    const struct ovf_permit_question question = {.lists = lists->items, .n_lists = lists->n};
    const struct ovf_permit_searched searched = ovf_permit_searched_of(subjects);
    struct ovf_permit_answer *const answers = calloc(subjects->n + 1, sizeof *answers);
    enum ovf_status st = OVF_E_NOMEM;
    if (answers != NULL)
        st = ovf_permits_judge(&question, subjects->items, subjects->n, answers);
    if (st == OVF_OK)
        st =
            ovf_permits_summarize(&question, subjects->items, answers, subjects->n, &searched, out);
    free(answers);
    return st;
}

static bool has_flights_to_look_at(const struct ovf_permit_summary *summary)
{
    for (size_t i = 0; i < summary->n_days; i++) {
        const struct ovf_permit_day *const day = &summary->days[i];
        if (day->n_flights >
            day->n_by_verdict[OVF_PERMIT_COVERED] + day->n_by_verdict[OVF_PERMIT_NOT_REQUIRED])
            return true;
    }
    return false;
}

enum ovf_status ovf_permit_print_summary(const struct ovf_permit_lists *lists,
                                         const char *store_path, bool not_flown,
                                         enum ovf_listing_format format,
                                         const struct ovf_sink *sink, struct ovf_permit_told *told,
                                         struct ovf_error *err)
{
    struct ovf_subjects subjects = {0};
    struct ovf_permit_summary summary = {0};
    enum ovf_status st = ovf_subjects_read_file(store_path, &subjects, err);
    if (st == OVF_OK)
        st = summarize(lists, &subjects, &summary);
    if (st == OVF_OK)
        st = not_flown ? ovf_permit_print_unflown(&summary, format, sink)
                       : ovf_permit_print_days(&summary, format, sink);
    told->n_unknown = summary.n_unknown;
    told->asks_for_look = not_flown ? summary.n_unflown > 0 : has_flights_to_look_at(&summary);
    ovf_permit_summary_deinit(&summary);
    ovf_subjects_deinit(&subjects);
    return st;
}
