/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON writer, read back by jansson; hostile texts from the list of bad inputs. */
#include "test.h"

#include <string.h>

#include <jansson.h>

#include "base/json_writer.h"

/* What is written for one text, as a document. */
static json_t *write_and_read(struct ovf_bytes text, struct ovf_buffer *out)
{
    json_error_t error;
    out->len = 0;
    struct ovf_json_writer json = ovf_json_begin(out);
    ovf_json_open(&json, NULL, '{');
    ovf_json_bytes(&json, "text", text);
    ovf_json_close(&json, '}');
    assert_int_equal(json.status, OVF_OK);
    for (size_t i = 0; i < out->len; i++)
        assert_true(out->data[i] >= 0x20 && out->data[i] != 0x7f);
    json_t *root = json_loadb((const char *)out->data, out->len, JSON_ALLOW_NUL, &error);
    if (root == NULL)
        fail_msg("%s: %.*s", error.text, (int)out->len, (const char *)out->data);
    return root;
}

static void a_good_text_is_read_back_as_it_was(void **state)
{
    static const char *const texts[] = {
        "",
        "plain",
        "\"",
        "\\",
        "\\u0041",
        "a\tb\r\nc\x01\x1f\x7f",
        "</script>",
        "../../etc/passwd",
        "\";DROP TABLE flights;--",
        "<img src=x onerror=alert(1)>",
        "%s%n",
        "\xc3\xa9",
        "\xe2\x80\xae right to left",
        "\xf0\x9f\x9b\xa9",
        "\xe2\x80\xa8 line separator",
    };
    (void)state;
    struct ovf_buffer out = {0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        json_t *root = write_and_read(ovf_bytes_from_text(texts[i]), &out);
        assert_string_equal(json_string_value(json_object_get(root, "text")), texts[i]);
        json_decref(root);
    }
    ovf_buffer_deinit(&out);
}

static void any_two_bytes_make_good_json(void **state)
{
    (void)state;
    struct ovf_buffer out = {0};
    for (unsigned i = 0; i < 0x10000; i += OVF_SANITIZED ? 7 : 1) {
        const unsigned char bytes[] = {(unsigned char)(i >> 8), (unsigned char)i};
        json_decref(write_and_read((struct ovf_bytes){bytes, 2}, &out));
    }
    ovf_buffer_deinit(&out);
}

/** Between others that are looked at together with it. */
static void a_byte_is_told_wherever_it_stands(void **state)
{
    enum { LEN = 19 };
    static const char around[] = "a !~";
    (void)state;
    struct ovf_buffer out = {0};
    for (unsigned i = 0; i < 4 * LEN * 0x80; i += OVF_SANITIZED ? 5 : 1) {
        const unsigned char byte = (unsigned char)(i & 0x7f);
        char text[LEN];
        memset(text, around[i / 0x80 % 4], LEN);
        text[i / 0x200] = (char)byte;
        json_t *root = write_and_read((struct ovf_bytes){(const unsigned char *)text, LEN}, &out);
        const json_t *const got = json_object_get(root, "text");
        assert_int_equal(json_string_length(got), LEN);
        assert_memory_equal(json_string_value(got), text, LEN);
        json_decref(root);
        text[i / 0x200] = (char)(byte | 0x80); /* no UTF-8 between such */
        json_decref(write_and_read((struct ovf_bytes){(const unsigned char *)text, LEN}, &out));
    }
    ovf_buffer_deinit(&out);
}

static void text_that_is_no_utf8_makes_good_json(void **state)
{
    static const char *const texts[] = {
        "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",     "\xe2\x80", "\xff\xfe", "\xf0\x9f\x9b",
        "a\x80z",   "\xe2\x28\xa1", "\xf8\x88\x80\x80\x80",
    };
    (void)state;
    struct ovf_buffer out = {0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        json_decref(write_and_read(ovf_bytes_from_text(texts[i]), &out));
    ovf_buffer_deinit(&out);
}

static void commas_stand_between_and_nowhere_else(void **state)
{
    (void)state;
    struct ovf_buffer out = {0};
    struct ovf_json_writer json = ovf_json_begin(&out);
    ovf_json_open(&json, NULL, '{');
    ovf_json_open(&json, "empty", '[');
    ovf_json_close(&json, ']');
    ovf_json_open(&json, "list", '[');
    ovf_json_int(&json, NULL, -1);
    ovf_json_int(&json, NULL, INT64_MIN);
    ovf_json_open(&json, NULL, '{');
    ovf_json_close(&json, '}');
    ovf_json_bool(&json, NULL, false);
    ovf_json_close(&json, ']');
    ovf_json_number(&json, "half", 0.5, 1);
    ovf_json_number(&json, "nothing", -0.0001, 2);
    ovf_json_time(&json, "time", 0);
    ovf_json_close(&json, '}');
    assert_int_equal(json.status, OVF_OK);
    const char *want = "{\"empty\":[],\"list\":[-1,-9223372036854775808,{},false],\"half\":0.5,"
                       "\"nothing\":0.00,\"time\":\"1970-01-01T00:00:00.000Z\"}";
    assert_int_equal(out.len, strlen(want));
    assert_memory_equal(out.data, want, out.len);
    ovf_buffer_deinit(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_text_is_read_back_as_it_was),
        cmocka_unit_test(any_two_bytes_make_good_json),
        cmocka_unit_test(a_byte_is_told_wherever_it_stands),
        cmocka_unit_test(text_that_is_no_utf8_makes_good_json),
        cmocka_unit_test(commas_stand_between_and_nowhere_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
