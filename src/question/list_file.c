/* SPDX-License-Identifier: Apache-2.0 */
/* Lists from files: their name and day, their entries, and the library. */
#include "question/list_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "question/library_file.h"
#include "source/file.h"

/* OFAC's advanced XML, the largest list there is, has 120 MB; the classic one 30. */
enum { MAX_BYTES = 1 << 28 };

/* ---- the name and day of a file ---- */

static const char *base_name(const char *path)
{
    const char *const slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/** Where in \p file a day YYYY-MM-DD stands; NULL when it has none. */
static const char *find_day(const char *file, int64_t *date_ns)
{
    const size_t len = strlen(file);
    for (size_t i = 0; i + 10 <= len; i++) {
        const struct ovf_bytes text = {(const unsigned char *)file + i, 10};
        if (file[i + 4] == '-' && file[i + 7] == '-' && ovf_time_parse_iso(text, date_ns))
            return file + i;
    }
    return NULL;
}

/** The file's name without ending, and without a day at its end. */
static void name_of_file(const char *file, char name[128])
{
    int64_t date_ns;
    const char *const day = find_day(file, &date_ns);
    size_t len = strcspn(file, ".");
    if (day != NULL && day > file && (size_t)(day - file) < len)
        len = (size_t)(day - file);
    while (len > 1 && strchr("-_ ", file[len - 1]) != NULL)
        len--;
    (void)snprintf(name, 128, "%.*s", len < 100 ? (int)len : 100, file);
}

static enum ovf_status date_edition(const struct ovf_list_request *request,
                                    const struct ovf_listing_report *report,
                                    struct ovf_library_list *edition, struct ovf_error *err)
{
    const char *dated_by = "option";
    if (request->has_date)
        edition->date_ns = ovf_time_day(request->date_ns);
    else if (report->has_date) {
        edition->date_ns = report->date_ns;
        dated_by = "file";
    } else if (find_day(edition->file, &edition->date_ns) != NULL)
        dated_by = "file_name";
    else
        return ovf_error_set(err, OVF_E_RANGE,
                             "%s: no day is known: the list names none, nor does the file's name; "
                             "--date YYYY-MM-DD is due",
                             request->path);
    (void)snprintf(edition->dated_by, sizeof edition->dated_by, "%s", dated_by);
    return OVF_OK;
}

/* ---- reading ---- */

static enum ovf_status read_entries(const struct ovf_list_request *request,
                                    struct ovf_listing_set *set, struct ovf_list_imported *out,
                                    struct ovf_error *err)
{
    struct ovf_buffer text = {0};
    struct ovf_buffer comments = {0};
    struct ovf_digest digest;
    enum ovf_status st = ovf_file_read(request->path, MAX_BYTES, &text, err);
    if (st == OVF_OK && request->comments_path != NULL)
        st = ovf_file_read(request->comments_path, MAX_BYTES, &comments, err);
    if (st == OVF_OK)
        st = ovf_sha256(ovf_buffer_bytes(&text), &digest);
    if (st == OVF_OK) {
        ovf_digest_format(&digest, sizeof digest.bytes, out->edition.file_sha256);
        st = ovf_listing_file_read(ovf_buffer_bytes(&text), ovf_buffer_bytes(&comments),
                                   request->format, set, &out->report, err);
        if (st == OVF_OK && set->n == 0)
            st = ovf_error_set(err, OVF_E_FORMAT, "no aircraft and no entity in it");
        if (st != OVF_OK)
            ovf_error_prefix(err, request->path);
    }
    ovf_buffer_deinit(&text);
    ovf_buffer_deinit(&comments);
    return st;
}

/** Everything of the edition but what the library gives it. */
static enum ovf_status read_edition(const struct ovf_list_request *request,
                                    struct ovf_listing_set *set, struct ovf_list_imported *out,
                                    struct ovf_error *err)
{
    struct ovf_library_list *const edition = &out->edition;
    *out = (struct ovf_list_imported){.edition.imported_ns = request->now_ns};
    enum ovf_status st = read_entries(request, set, out, err);
    if (st != OVF_OK)
        return st;
    (void)snprintf(edition->file, sizeof edition->file, "%.500s", base_name(request->path));
    (void)snprintf(edition->format, sizeof edition->format, "%s",
                   ovf_list_format_name(out->report.format));
    if (request->name != NULL)
        (void)snprintf(edition->name, sizeof edition->name, "%s", request->name);
    else
        name_of_file(edition->file, edition->name);
    edition->n_aircraft = (int64_t)out->report.n_aircraft;
    edition->n_entities = (int64_t)out->report.n_entities;
    return date_edition(request, &out->report, edition, err);
}

/* ---- into the library ---- */

static int compare_texts(const void *a, const void *b)
{
    return ovf_bytes_compare(*(const struct ovf_bytes *)a, *(const struct ovf_bytes *)b);
}

/** The texts of \p set in order; malloc'd. */
static struct ovf_bytes *sort_texts(const struct ovf_listing_set *set)
{
    struct ovf_bytes *const texts = malloc((set->n + 1) * sizeof *texts);
    for (size_t i = 0; texts != NULL && i < set->n; i++)
        texts[i] = ovf_listing_set_at(set, i).text;
    if (texts != NULL)
        qsort(texts, set->n, sizeof *texts, compare_texts);
    return texts;
}

static enum ovf_status take_newest(void *context, const struct ovf_library_list *edition)
{
    *(struct ovf_library_list *)context = *edition; /* they come by day */
    return OVF_OK;
}

static enum ovf_status check_newer(struct ovf_library *library,
                                   const struct ovf_library_list *edition, struct ovf_error *err)
{
    struct ovf_library_list newest = {0};
    char day[OVF_TIME_SIZE];
    const enum ovf_status st =
        ovf_library_lists_each(library, edition->name, take_newest, &newest, err);
    if (st != OVF_OK)
        return st;
    if (newest.id == 0)
        return ovf_error_set(err, OVF_E_NOTFOUND,
                             "the library has no list \"%s\" to update: import it first",
                             edition->name);
    ovf_time_format(newest.date_ns, 0, day);
    return edition->date_ns > newest.date_ns
               ? OVF_OK
               : ovf_error_set(err, OVF_E_RANGE,
                               "the list \"%s\" has an edition of %.10s already: an update is "
                               "newer; an older one can be imported",
                               edition->name, day);
}

enum ovf_status ovf_list_import(const struct ovf_list_request *request,
                                struct ovf_list_imported *out, struct ovf_error *err)
{
    struct ovf_library *library = NULL;
    struct ovf_listing_set set = {0};
    struct ovf_bytes *texts = NULL;
    struct ovf_list_imported imported;
    enum ovf_status st = read_edition(request, &set, &imported, err);
    if (st != OVF_OK)
        goto out;
    ovf_library_make_folders(request->library_path);
    st = ovf_library_open(request->library_path, OVF_LIBRARY_WRITE, &library, err);
    if (st == OVF_OK && request->is_update)
        st = check_newer(library, &imported.edition, err);
    if (st != OVF_OK)
        goto out;
    texts = sort_texts(&set);
    st = texts == NULL ? OVF_E_NOMEM
                       : ovf_library_lists_add(library, &imported.edition, texts, set.n,
                                               &imported.is_new, err);
    if (st == OVF_OK)
        *out = imported;
out:
    free(texts);
    ovf_library_close(library);
    ovf_listing_set_deinit(&set);
    return st;
}

/* ---- to be asked ---- */

static struct ovf_list_edition edition_of(const struct ovf_library_list *kept)
{
    struct ovf_list_edition edition = {.date_ns = kept->date_ns};
    memcpy(edition.list, kept->name, sizeof edition.list);
    memcpy(edition.sha256, kept->file_sha256, sizeof edition.sha256);
    return edition;
}

enum ovf_status ovf_list_add_file(const struct ovf_list_request *request,
                                  struct ovf_listings *listings, struct ovf_list_imported *out,
                                  struct ovf_error *err)
{
    struct ovf_listing_set set = {0};
    struct ovf_list_imported imported;
    enum ovf_status st = read_edition(request, &set, &imported, err);
    if (st == OVF_OK) {
        const struct ovf_list_edition edition = edition_of(&imported.edition);
        st = ovf_listings_add_set(listings, &edition, &set);
    }
    if (st == OVF_OK) {
        imported.is_new = true;
        *out = imported;
    }
    ovf_listing_set_deinit(&set);
    return st;
}

/** From the library's numbers to those of the listings; both come in order of the former. */
struct number {
    int64_t id;
    size_t index;
};

struct numbers {
    struct number *items;
    size_t n;
    size_t capacity;
};

struct loading {
    struct ovf_listings *listings;
    struct numbers editions;
    struct numbers entries;
};

static enum ovf_status add_number(struct numbers *numbers, int64_t id, size_t index)
{
    struct number *grown =
        ovf_array_reserve(numbers->items, &numbers->capacity, numbers->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    numbers->items = grown;
    numbers->items[numbers->n++] = (struct number){id, index};
    return OVF_OK;
}

static int compare_numbers(const void *a, const void *b)
{
    const struct number *const x = a;
    const struct number *const y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static void sort_numbers(struct numbers *numbers)
{
    if (numbers->n > 0)
        qsort(numbers->items, numbers->n, sizeof *numbers->items, compare_numbers);
}

/** The index of \p id, which was added. */
static bool find_number(const struct numbers *numbers, int64_t id, size_t *index)
{
    const struct number wanted = {.id = id};
    const struct number *const found =
        numbers->n == 0
            ? NULL
            : bsearch(&wanted, numbers->items, numbers->n, sizeof wanted, compare_numbers);
    if (found != NULL)
        *index = found->index;
    return found != NULL;
}

static enum ovf_status load_edition(void *context, const struct ovf_library_list *kept)
{
    struct loading *const l = context;
    const struct ovf_list_edition edition = edition_of(kept);
    size_t index = 0;
    const enum ovf_status st = ovf_listings_add_edition(l->listings, &edition, &index);
    return st == OVF_OK ? add_number(&l->editions, kept->id, index) : st;
}

static enum ovf_status load_entry(void *context, int64_t id, const char *list,
                                  struct ovf_bytes text)
{
    struct loading *const l = context;
    size_t index = 0;
    const enum ovf_status st = ovf_listings_add_listing(l->listings, list, text, &index);
    return st == OVF_OK ? add_number(&l->entries, id, index) : st;
}

static enum ovf_status load_presence(void *context, int64_t edition, int64_t entry)
{
    const struct loading *const l = context;
    size_t edition_index = 0;
    size_t entry_index = 0;
    if (!find_number(&l->editions, edition, &edition_index) ||
        !find_number(&l->entries, entry, &entry_index))
        return OVF_E_FORMAT;
    return ovf_listings_add_presence(l->listings, edition_index, entry_index);
}

/** Names of lists, comma-separated, as many as go in. */
struct naming {
    char known[200];
    char last[128];
    size_t n;
};

/** Editions come by name: each name is told once. */
static enum ovf_status add_name(void *context, const struct ovf_library_list *edition)
{
    struct naming *const naming = context;
    const size_t used = strlen(naming->known);
    if (strcmp(naming->last, edition->name) == 0)
        return OVF_OK;
    (void)snprintf(naming->last, sizeof naming->last, "%s", edition->name);
    (void)snprintf(naming->known + used, sizeof naming->known - used, "%s%.60s",
                   naming->n++ > 0 ? ", " : "", edition->name);
    return OVF_OK;
}

/** One that is misspelt would be one on which nobody stands. */
static enum ovf_status fail_no_list(struct ovf_library *library, const char *name,
                                    struct ovf_error *err)
{
    struct naming naming = {.known = ""};
    const enum ovf_status st = ovf_library_lists_each(library, NULL, add_name, &naming, err);
    if (st != OVF_OK)
        return st;
    return ovf_error_set(err, OVF_E_NOTFOUND, "the library has no list \"%.60s\"; it has %s", name,
                         naming.n > 0 ? naming.known : "none");
}

enum ovf_status ovf_list_add_library(struct ovf_library *library, const char *name,
                                     struct ovf_listings *listings, struct ovf_error *err)
{
    struct loading l = {.listings = listings};
    enum ovf_status st = ovf_library_lists_each(library, name, load_edition, &l, err);
    if (st == OVF_OK)
        st = ovf_library_lists_entries(library, name, load_entry, &l, err);
    if (st == OVF_OK && name != NULL && l.editions.n == 0)
        st = fail_no_list(library, name, err);
    if (st == OVF_OK) {
        sort_numbers(&l.editions);
        sort_numbers(&l.entries);
        st = ovf_library_lists_presences(library, name, load_presence, &l, err);
    }
    if (st == OVF_E_FORMAT && err != NULL && err->text[0] == '\0')
        (void)ovf_error_set(err, st, "the library is damaged: its lists do not hang together");
    free(l.editions.items);
    free(l.entries.items);
    return st;
}
