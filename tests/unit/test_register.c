/* SPDX-License-Identifier: Apache-2.0 */
/* Registers. The form without header is that of tar1090-db's aircraft.csv. */
#include "test.h"

#include <string.h>

#include "base/buffer.h"
#include "lists/register.h"

static struct ovf_register *make(const char *text, struct ovf_tally *rows)
{
    struct ovf_register *reg = NULL;
    struct ovf_error err = {0};
    assert_int_equal(ovf_register_new(ovf_bytes_from_text(text), rows, &reg, &err), OVF_OK);
    assert_int_equal(rows->n_read, rows->n_used + rows->n_repeated + ovf_tally_rejected(rows));
    assert_int_equal(rows->n_used, ovf_register_size(reg));
    return reg;
}

static void columns_are_found_by_the_header(void **state)
{
    (void)state;
    struct ovf_tally rows;
    struct ovf_register *reg =
        make("\xef\xbb\xbfType_Code,icao24,year,owner,DB_FLAGS,registration\r\n"
             "B77W,F10031,1999,\"Simulated \"\"Air\"\", Ltd\",9,XX-MNB\r\n"
             "\r\n"
             "A320,f10032,,,,",
             &rows);
    assert_int_equal(ovf_register_size(reg), 2);
    const struct ovf_identity *a = ovf_register_find(reg, 0xf10031);
    assert_non_null(a);
    assert_string_equal(a->registration, "XX-MNB");
    assert_string_equal(a->type_code, "B77W");
    assert_string_equal(a->owner_operator, "Simulated \"Air\", Ltd");
    assert_true(a->has_db_flags && a->db_flags == 9);
    a = ovf_register_find(reg, 0xf10032);
    assert_non_null(a);
    assert_string_equal(a->registration, "");
    assert_false(a->has_db_flags);
    assert_null(ovf_register_find(reg, 0));
    assert_null(ovf_register_find(reg, 0xf10030));
    assert_null(ovf_register_find(reg, 0xf10033));
    assert_null(ovf_register_find(reg, UINT32_MAX));
    ovf_register_free(reg);
}

static void serial_numbers_are_kept_as_they_are_written(void **state)
{
    (void)state;
    struct ovf_tally rows;
    struct ovf_register *reg = make("icao24,serial_number\n"
                                    "f10031, UE-123/b. 4 \n"
                                    "f10032,\n"
                                    "f10033,12<3\n"
                                    "f10034,123456789012345678901234\n"
                                    "f10035,1234567890123456789012345\n",
                                    &rows);
    assert_string_equal(ovf_register_msn(reg, 0xf10031), "UE-123/b. 4");
    assert_null(ovf_register_msn(reg, 0xf10032));
    assert_null(ovf_register_msn(reg, 0xf10033));
    assert_string_equal(ovf_register_msn(reg, 0xf10034), "123456789012345678901234");
    assert_null(ovf_register_msn(reg, 0xf10035));
    assert_null(ovf_register_msn(reg, 0xf10030));
    ovf_register_free(reg);
}

static void a_file_like_tar1090_dbs_needs_no_header(void **state)
{
    (void)state;
    struct ovf_tally rows;
    struct ovf_register *reg = make("f10031;XX-MNB;B77W;10;BOEING 777-300;1999;Simulated, Air;\n"
                                    "f10032;;A320;0001;;;;\n"
                                    "f10033;XX-MND;A320;00;;;;\n"
                                    "f10034;XX-MNE;;;;;;\n"
                                    "f10035;XX-MNF;;x1;;;;\n",
                                    &rows);
    static const struct {
        uint32_t address;
        bool has_flags;
        uint32_t flags; /* readsb: 1 military, 2 interesting, 4 PIA, 8 LADD */
    } want[] = {
        {0xf10031, true, 1},  {0xf10032, true, 8},  {0xf10033, true, 0},
        {0xf10034, false, 0}, {0xf10035, false, 0},
    };
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        const struct ovf_identity *a = ovf_register_find(reg, want[i].address);
        assert_non_null(a);
        assert_int_equal(a->has_db_flags, want[i].has_flags);
        assert_int_equal(a->db_flags, want[i].flags);
    }
    const struct ovf_identity *a = ovf_register_find(reg, 0xf10031);
    assert_string_equal(a->registration, "XX-MNB");
    assert_string_equal(a->description, "BOEING 777-300");
    assert_string_equal(a->owner_operator, "Simulated, Air");
    ovf_register_free(reg);
}

static void bad_rows_are_counted_and_the_last_of_an_address_is_kept(void **state)
{
    (void)state;
    struct ovf_tally rows;
    struct ovf_register *reg = make("icao24,registration,type\n"
                                    "f10031,XX-MNB,B77W\n"
                                    "f1003,XX-MNC,B77W\n"
                                    "f10032,XX-MND\n"
                                    "\"f10032,XX-MND,A320\n"
                                    "f10031,<b>,A320\n"
                                    "f10030,XX-MNA,A20N\n",
                                    &rows);
    assert_int_equal(rows.n_read, 6);
    assert_int_equal(rows.n_used, 2);
    assert_int_equal(rows.n_repeated, 1);
    assert_int_equal(rows.n_rejected[OVF_REJECT_BAD_ADDRESS], 1);
    assert_int_equal(rows.n_rejected[OVF_REJECT_ROW_SHORT], 1);
    assert_int_equal(rows.n_rejected[OVF_REJECT_BAD_TEXT], 1);
    const struct ovf_identity *a = ovf_register_find(reg, 0xf10031);
    assert_string_equal(a->registration, "");
    assert_string_equal(a->type_code, "A320");
    ovf_register_free(reg);
}

static void neither_form_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "\n\n",
        "hello\n",
        "icao24\nf10031\n",
        "a,b,c\n1,2,3\n",
        "zzzzzz;A;B;00\n",
        "f10031,XX-MNB,B77W\n",
        "\"icao24,registration\n",
        "{\"f10031\":{}}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct ovf_register *reg = NULL;
        struct ovf_tally rows = {.n_read = 7};
        struct ovf_error err = {0};
        assert_int_equal(ovf_register_new(ovf_bytes_from_text(texts[i]), &rows, &reg, &err),
                         OVF_E_FORMAT);
        assert_null(reg);
        assert_int_equal(rows.n_read, 7);
        assert_non_null(strstr(err.text, "register"));
    }
}

static void every_address_of_a_large_register_is_found(void **state)
{
    (void)state;
    enum { N = 5000 };
    struct ovf_buffer text = {0};
    assert_int_equal(ovf_buffer_append_text(&text, "icao24,registration\n"), OVF_OK);
    for (unsigned i = 0; i < N; i++) /* 7919 is prime to N: every address once, out of order */
        assert_int_equal(
            ovf_buffer_printf(&text, "%06x,R%u\n", 0xf10000 + i * 7919 % N * 2, i * 7919 % N),
            OVF_OK);
    struct ovf_register *reg = NULL;
    struct ovf_tally rows;
    struct ovf_error err = {0};
    assert_int_equal(ovf_register_new(ovf_buffer_bytes(&text), &rows, &reg, &err), OVF_OK);
    assert_int_equal(ovf_register_size(reg), N);
    for (unsigned i = 0; i < N; i++) {
        char want[16];
        (void)snprintf(want, sizeof want, "R%u", i);
        const struct ovf_identity *a = ovf_register_find(reg, 0xf10000 + i * 2);
        assert_non_null(a);
        assert_string_equal(a->registration, want);
        assert_null(ovf_register_find(reg, 0xf10000 + i * 2 + 1));
    }
    ovf_register_free(reg);
    ovf_buffer_deinit(&text);
}

static void the_recorded_register_is_read_whole(void **state)
{
    (void)state;
    FILE *f = fopen(ovf_test_data("reference/aircraft.csv"), "rb");
    assert_non_null(f);
    static unsigned char data[1 << 20];
    const size_t len = fread(data, 1, sizeof data, f);
    (void)fclose(f);
    size_t n_lines = 0;
    for (size_t i = 0; i < len; i++)
        n_lines += data[i] == '\n';
    struct ovf_register *reg = NULL;
    struct ovf_tally rows;
    struct ovf_error err = {0};
    assert_int_equal(ovf_register_new((struct ovf_bytes){data, len}, &rows, &reg, &err), OVF_OK);
    assert_int_equal(ovf_tally_rejected(&rows), 0);
    assert_int_equal(rows.n_read, n_lines - 1);
    const struct ovf_identity *a = ovf_register_find(reg, 0x006019); /* its first row */
    assert_non_null(a);
    assert_string_equal(a->registration, "C9-MEK");
    assert_string_equal(a->type_code, "E145");
    ovf_register_free(reg);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_found_by_the_header),
        cmocka_unit_test(serial_numbers_are_kept_as_they_are_written),
        cmocka_unit_test(a_file_like_tar1090_dbs_needs_no_header),
        cmocka_unit_test(bad_rows_are_counted_and_the_last_of_an_address_is_kept),
        cmocka_unit_test(neither_form_is_refused),
        cmocka_unit_test(every_address_of_a_large_register_is_found),
        cmocka_unit_test(the_recorded_register_is_read_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
