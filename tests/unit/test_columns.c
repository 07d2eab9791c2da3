/* SPDX-License-Identifier: Apache-2.0 */
/* Headers that say in which column what stands. */
#include "test.h"

#include <string.h>

#include "lists/columns.h"

enum { WHO, TYPE, ABSENT };

static const struct ovf_column_name names[] = {
    {"who", WHO}, {"type_code", TYPE}, {"type", TYPE}, {"absent", ABSENT}};

static struct ovf_fields fields;

static bool read_header(const char *header, struct ovf_columns *columns)
{
    return ovf_columns_read(ovf_bytes_from_text(header), names, sizeof names / sizeof *names,
                            &fields, columns);
}

static void expect(const struct ovf_columns *columns, const char *row, int column, const char *want)
{
    assert_true(ovf_fields_split(ovf_bytes_from_text(row), columns->separator, &fields));
    const struct ovf_bytes got = ovf_columns_field(columns, &fields, column);
    assert_int_equal(got.len, strlen(want));
    if (got.len > 0)
        assert_memory_equal(got.data, want, got.len);
}

static void the_first_of_a_kind_counts_whatever_its_name_and_case(void **state)
{
    struct ovf_columns columns;
    (void)state;
    assert_true(read_header("other; Type ;WHO;type_code", &columns));
    expect(&columns, "a; b ;c;d", TYPE, "b");
    expect(&columns, "a;b;c;d", WHO, "c");
}

static void what_the_row_or_the_table_does_not_have_is_nothing(void **state)
{
    struct ovf_columns columns;
    (void)state;
    assert_true(read_header("type,who", &columns));
    assert_false(ovf_columns_have(&columns, ABSENT));
    assert_true(ovf_columns_have(&columns, WHO));
    expect(&columns, "b", WHO, "");
    expect(&columns, "b,c", ABSENT, "");
}

static void a_header_that_is_no_record_is_refused(void **state)
{
    struct ovf_columns columns;
    (void)state;
    assert_false(read_header("who,\"type", &columns));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_of_a_kind_counts_whatever_its_name_and_case),
        cmocka_unit_test(what_the_row_or_the_table_does_not_have_is_nothing),
        cmocka_unit_test(a_header_that_is_no_record_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
