/* SPDX-License-Identifier: Apache-2.0 */
/* Lists in the library: what was kept is there again, once, and says what the files said. */
#include "test.h"

#include <sqlite3.h>
#include <string.h>

#include "base/time.h"
#include "question/list_file.h"

static char folder[] = "/tmp/ovf-lists-XXXXXX";
static char library_path[64];
static char list_path[64];

static int make_folder(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    (void)snprintf(library_path, sizeof library_path, "%s/a.db", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

static int remove_library(void **state)
{
    (void)state;
    (void)unlink(library_path);
    return 0;
}

static int64_t day(const char *text)
{
    int64_t t_ns = 0;
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text(text), &t_ns));
    return t_ns;
}

/** A file \p name with \p text in it, as a request. */
static struct ovf_list_request request_for(const char *name, const char *text)
{
    (void)snprintf(list_path, sizeof list_path, "%s/%s", folder, name);
    FILE *const file = fopen(list_path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    return (struct ovf_list_request){.path = list_path,
                                     .format = OVF_LIST_FORMAT_N,
                                     .library_path = library_path,
                                     .now_ns = day("2026-01-01")};
}

static enum ovf_status import(const struct ovf_list_request *request, struct ovf_list_imported *out,
                              struct ovf_error *err)
{
    const enum ovf_status st = ovf_list_import(request, out, err);
    (void)unlink(list_path);
    return st;
}

static struct ovf_list_imported import_text(const char *name, const char *text)
{
    struct ovf_list_imported done;
    struct ovf_error err = {""};
    const struct ovf_list_request request = request_for(name, text);
    assert_int_equal(import(&request, &done, &err), OVF_OK);
    return done;
}

static struct ovf_library *open_library(void)
{
    struct ovf_library *library = NULL;
    struct ovf_error err = {""};
    assert_int_equal(ovf_library_open(library_path, OVF_LIBRARY_READ, &library, &err), OVF_OK);
    return library;
}

static int64_t count_rows(const char *table)
{
    char sql[64];
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
    assert_int_equal(sqlite3_open(library_path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    const int64_t n = sqlite3_column_int64(stmt, 0);
    (void)sqlite3_finalize(stmt);
    (void)sqlite3_close(db);
    return n;
}

static const char first[] = "id,registration\nA,XX-A\nB,XX-B\nC,XX-C\n";
static const char second[] = "id,registration\nA,XX-A\nB,XX-BB\nD,XX-D\n";

static void what_did_not_change_is_kept_once(void **state)
{
    (void)state;
    struct ovf_list_imported done = import_text("l-2022-01-10.csv", first);
    assert_true(done.is_new);
    assert_string_equal(done.edition.name, "l");
    assert_string_equal(done.edition.dated_by, "file_name");
    assert_int_equal(done.edition.date_ns, day("2022-01-10"));
    assert_int_equal(done.edition.n_aircraft, 3);
    done = import_text("l-2024-01-10.csv", second);
    assert_true(done.is_new);
    assert_int_equal(count_rows("listing"), 5);    /* A, B twice, C, D */
    assert_int_equal(count_rows("list_entry"), 6); /* three and three */
    /* The same again, in another order of rows: nothing new. */
    done = import_text("l-2022-01-10.csv", "id,registration\nC,XX-C\nA,XX-A\nB,XX-B\n");
    assert_false(done.is_new);
    assert_int_equal(count_rows("list_edition"), 2);
    assert_int_equal(count_rows("list_entry"), 6);
}

static enum ovf_status take_edition(void *context, const struct ovf_library_list *edition)
{
    char day_text[OVF_TIME_SIZE];
    char *const out = context;
    const size_t used = strlen(out);
    ovf_time_format(edition->date_ns, 0, day_text);
    (void)snprintf(out + used, 256 - used, "%s %.10s %d\n", edition->name, day_text,
                   (int)edition->n_aircraft);
    return OVF_OK;
}

static void editions_come_by_list_and_day(void **state)
{
    (void)state;
    char got[256] = "";
    (void)import_text("l-2024-01-10.csv", second);
    (void)import_text("k-2023-01-10.csv", first);
    (void)import_text("l-2022-01-10.csv", first);
    struct ovf_library *const library = open_library();
    assert_int_equal(ovf_library_lists_each(library, NULL, take_edition, got, NULL), OVF_OK);
    assert_string_equal(got, "k 2023-01-10 3\nl 2022-01-10 3\nl 2024-01-10 3\n");
    got[0] = '\0';
    assert_int_equal(ovf_library_lists_each(library, "k", take_edition, got, NULL), OVF_OK);
    assert_string_equal(got, "k 2023-01-10 3\n");
    ovf_library_close(library);
}

static struct ovf_listings *from_library(const char *name)
{
    struct ovf_library *const library = open_library();
    struct ovf_listings *listings = NULL;
    struct ovf_error err = {""};
    assert_int_equal(ovf_listings_new(&listings), OVF_OK);
    assert_int_equal(ovf_list_add_library(library, name, listings, &err), OVF_OK);
    assert_int_equal(ovf_listings_seal(listings, &err), OVF_OK);
    ovf_library_close(library);
    return listings;
}

static void from_files(struct ovf_listings *listings, const char *name, const char *text)
{
    struct ovf_list_imported done;
    struct ovf_error err = {""};
    const struct ovf_list_request request = request_for(name, text);
    assert_int_equal(ovf_list_add_file(&request, listings, &done, &err), OVF_OK);
    (void)unlink(list_path);
}

static void the_library_says_what_the_files_say(void **state)
{
    (void)state;
    static const char *const days[] = {"2022-01-09", "2022-01-10", "2023-01-10", "2024-01-10",
                                       "2025-01-10"};
    struct ovf_listings *files = NULL;
    struct ovf_error err = {""};
    (void)import_text("l-2024-01-10.csv", second);
    (void)import_text("l-2022-01-10.csv", first);
    (void)import_text("k-2022-01-10.csv", second);
    struct ovf_listings *const kept = from_library("l");
    assert_int_equal(ovf_listings_new(&files), OVF_OK);
    from_files(files, "l-2022-01-10.csv", first);
    from_files(files, "l-2024-01-10.csv", second);
    assert_int_equal(ovf_listings_seal(files, &err), OVF_OK);
    size_t n = 0;
    for (; ovf_listings_at(files, n) != NULL; n++) {
        const struct ovf_listed *const a = ovf_listings_at(files, n);
        const struct ovf_listed *const b = ovf_listings_at(kept, n);
        assert_non_null(b);
        assert_string_equal(a->list, b->list);
        assert_int_equal(ovf_bytes_compare(a->newest.text, b->newest.text), 0);
        assert_int_equal(a->n_in_force, b->n_in_force);
        for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
            const struct ovf_listing_at x = ovf_listings_state(files, a, day(days[i]));
            const struct ovf_listing_at y = ovf_listings_state(kept, b, day(days[i]));
            assert_int_equal(x.state, y.state);
            assert_string_equal(x.as_of->sha256, y.as_of->sha256);
        }
    }
    assert_int_equal(n, 4);
    assert_null(ovf_listings_at(kept, n));
    ovf_listings_free(files);
    ovf_listings_free(kept);
}

static void an_update_is_of_a_list_that_is_there_and_newer(void **state)
{
    (void)state;
    struct ovf_list_imported done;
    struct ovf_error err = {""};
    struct ovf_list_request request = request_for("l-2024-01-10.csv", second);
    request.is_update = true;
    assert_int_equal(import(&request, &done, &err), OVF_E_NOTFOUND);
    (void)import_text("l-2024-01-10.csv", second);
    request = request_for("l-2024-01-10.csv", first);
    request.is_update = true;
    assert_int_equal(import(&request, &done, &err), OVF_E_RANGE);
    assert_non_null(strstr(err.text, "2024-01-10"));
    request = request_for("l-2024-01-11.csv", first);
    request.is_update = true;
    assert_int_equal(import(&request, &done, &err), OVF_OK);
    assert_int_equal(count_rows("list_edition"), 2);
}

static void a_list_without_a_day_is_refused(void **state)
{
    (void)state;
    struct ovf_list_imported done;
    struct ovf_error err = {""};
    struct ovf_list_request request = request_for("l.csv", first);
    assert_int_equal(import(&request, &done, &err), OVF_E_RANGE);
    assert_non_null(strstr(err.text, "--date"));
    request = request_for("l-2024-13-10.csv", first);
    assert_int_equal(import(&request, &done, &err), OVF_E_RANGE);
    request = request_for("2024-01-10.csv", first);
    assert_int_equal(import(&request, &done, &err), OVF_OK);
    assert_string_equal(done.edition.name, "2024-01-10");
    request = request_for("l.csv", first);
    request.has_date = true;
    request.date_ns = day("2024-01-10T12:00:00");
    assert_int_equal(import(&request, &done, &err), OVF_OK);
    assert_string_equal(done.edition.dated_by, "option");
    assert_int_equal(done.edition.date_ns, day("2024-01-10"));
    request = request_for("un-2020-01-01.xml",
                          "<CONSOLIDATED_LIST dateGenerated=\"2024-05-03T00:00:00Z\"><ENTITY>"
                          "<FIRST_NAME>S</FIRST_NAME><REFERENCE_NUMBER>X</REFERENCE_NUMBER>"
                          "</ENTITY></CONSOLIDATED_LIST>");
    assert_int_equal(import(&request, &done, &err), OVF_OK);
    assert_string_equal(done.edition.dated_by, "file");
    assert_int_equal(done.edition.date_ns, day("2024-05-03"));
    assert_string_equal(done.edition.name, "un");
    request = request_for("l-2024-01-10.csv", "id,registration\n");
    assert_int_equal(import(&request, &done, &err), OVF_E_FORMAT);
}

static void a_damaged_entry_is_not_believed(void **state)
{
    (void)state;
    struct ovf_listings *listings = NULL;
    struct ovf_error err = {""};
    sqlite3 *db = NULL;
    (void)import_text("l-2022-01-10.csv", first);
    assert_int_equal(sqlite3_open(library_path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "UPDATE listing SET text = replace(text, 'XX-B', 'XX-X')",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    (void)sqlite3_close(db);
    struct ovf_library *const library = open_library();
    assert_int_equal(ovf_listings_new(&listings), OVF_OK);
    assert_int_equal(ovf_list_add_library(library, NULL, listings, &err), OVF_E_FORMAT);
    assert_non_null(strstr(err.text, "damaged"));
    ovf_listings_free(listings);
    ovf_library_close(library);
}

static void a_library_without_lists_has_none(void **state)
{
    (void)state;
    char got[256] = "";
    struct ovf_library *library = NULL;
    assert_int_equal(ovf_library_open(library_path, OVF_LIBRARY_WRITE, &library, NULL), OVF_OK);
    ovf_library_close(library);
    library = open_library();
    assert_int_equal(ovf_library_lists_each(library, NULL, take_edition, got, NULL), OVF_OK);
    assert_string_equal(got, "");
    ovf_library_close(library);
    struct ovf_listings *const listings = from_library(NULL);
    assert_null(ovf_listings_at(listings, 0));
    ovf_listings_free(listings);
}

#define CASE(test) cmocka_unit_test_teardown(test, remove_library)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(what_did_not_change_is_kept_once),
        CASE(editions_come_by_list_and_day),
        CASE(the_library_says_what_the_files_say),
        CASE(an_update_is_of_a_list_that_is_there_and_newer),
        CASE(a_list_without_a_day_is_refused),
        CASE(a_damaged_entry_is_not_believed),
        CASE(a_library_without_lists_has_none),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
