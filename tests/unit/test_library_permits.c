/* SPDX-License-Identifier: Apache-2.0 */
/* Permit lists in the library. */
#include "test.h"

#include <sqlite3.h>

#include "base/time.h"
#include "question/permit_file.h"

static const char *path(void)
{
    static char text[64];
    (void)snprintf(text, sizeof text, "test-library-permits-%ld.db", (long)getpid());
    return text;
}

static struct ovf_library *open_library(void)
{
    struct ovf_library *library = NULL;
    struct ovf_error err = {0};
    assert_int_equal(ovf_library_open(path(), OVF_LIBRARY_WRITE, &library, &err), OVF_OK);
    return library;
}

static int64_t at(const char *day)
{
    int64_t t_ns = 0;
    assert_true(ovf_time_parse_iso(ovf_bytes_from_text(day), &t_ns));
    return t_ns;
}

#define HEADER "permit_no,operator_icao,valid_from,valid_to\n"

static int64_t add(struct ovf_library *library, const char *from, const char *to,
                   const char *content, bool is_new)
{
    struct ovf_library_permits list = {.state = "IQ", .file = "a.csv"};
    struct ovf_error err = {0};
    bool added = false;
    list.covers_from_ns = at(from);
    list.covers_to_ns = at(to);
    assert_int_equal(
        ovf_library_permits_add(library, &list, ovf_bytes_from_text(content), &added, &err),
        OVF_OK);
    assert_int_equal(added, is_new);
    return list.id;
}

static void a_list_that_covers_all_days_of_an_earlier_one_stands_for_it(void **state)
{
    (void)state;
    (void)unlink(path());
    struct ovf_library *library = open_library();
    struct ovf_permit_lists lists = {0};
    struct ovf_error err = {0};
    assert_int_equal(ovf_permit_lists_add_library(&lists, library, NULL, &err), OVF_OK);
    assert_int_equal(lists.n, 0);
    (void)add(library, "2012-01-01", "2012-02-01", HEADER "1,SIM,2012-01-01,2012-01-02\n", true);
    (void)add(library, "2012-01-01", "2012-02-01", HEADER "1,SIM,2012-01-01,2012-01-02\n", false);
    (void)add(library, "2012-01-15", "2012-03-01", HEADER "2,SIM,2012-01-01,2012-01-02\n", true);
    assert_int_equal(ovf_permit_lists_add_library(&lists, library, "IQ", &err), OVF_OK);
    assert_int_equal(lists.n, 2);
    assert_string_equal(lists.items[1].items[0].number, "2");
    assert_true(lists.items[1].about.covers_to_ns == at("2012-03-01"));
    ovf_permit_lists_deinit(&lists);
    (void)add(library, "2012-01-01", "2012-02-01", HEADER "3,SIM,2012-01-01,2012-01-02\n", true);
    assert_int_equal(ovf_permit_lists_add_library(&lists, library, "IQ", &err), OVF_OK);
    assert_int_equal(lists.n, 2);
    assert_string_equal(lists.items[0].items[0].number, "2");
    assert_string_equal(lists.items[1].items[0].number, "3");
    ovf_permit_lists_deinit(&lists);
    assert_int_equal(ovf_permit_lists_add_library(&lists, library, "SY", &err), OVF_OK);
    assert_int_equal(lists.n, 0);
    ovf_library_close(library);
    (void)unlink(path());
}

static void a_list_that_was_changed_in_the_library_is_refused(void **state)
{
    (void)state;
    (void)unlink(path());
    struct ovf_library *library = open_library();
    struct ovf_permit_lists lists = {0};
    struct ovf_error err = {0};
    sqlite3 *db = NULL;
    (void)add(library, "2012-01-01", "2012-02-01", HEADER "1,SIM,2012-01-01,2012-01-02\n", true);
    assert_int_equal(sqlite3_open(path(), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "UPDATE permit_list SET content = x'00'", NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
    assert_int_equal(ovf_permit_lists_add_library(&lists, library, "IQ", &err), OVF_E_FORMAT);
    ovf_permit_lists_deinit(&lists);
    ovf_library_close(library);
    (void)unlink(path());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_that_covers_all_days_of_an_earlier_one_stands_for_it),
        cmocka_unit_test(a_list_that_was_changed_in_the_library_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
