/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON cursor against RFC 8259 and its own limits, each at limit - 1, limit and limit + 1. */
#include "test.h"

#include <string.h>

#include "base/buffer.h"
#include "read/json.h"

/** What becomes of a whole document: OVF_REJECT_N when it is good. */
static enum ovf_reject verdict(struct ovf_bytes text)
{
    struct ovf_json json;
    ovf_json_init(&json, text);
    if (ovf_json_skip(&json))
        (void)ovf_json_finish(&json);
    assert_true(ovf_json_offset(&json) <= text.len);
    return json.trouble;
}

static void assert_verdict(const char *text, enum ovf_reject want)
{
    const enum ovf_reject got = verdict(ovf_bytes_from_text(text));
    if (got != want)
        fail_msg("%s: got %s", text, got == OVF_REJECT_N ? "good" : ovf_reject_name(got));
}

static void documents_are_judged_as_the_standard_says(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum ovf_reject want;
    } rows[] = {
        {"{}", OVF_REJECT_N},
        {" [ ] \r\n\t", OVF_REJECT_N},
        {"0", OVF_REJECT_N},
        {"-0.0e-0", OVF_REJECT_N},
        {"\"\"", OVF_REJECT_N},
        {"null", OVF_REJECT_N},
        {"[1,[2,{\"a\":[{},[]]}],\"\\u00e9\\n\\/\",true,false,1E+9]", OVF_REJECT_N},
        {"\"\\ud83d\\udee9\"", OVF_REJECT_N},
        {"\"\xf0\x9f\x9b\xa9 \xef\xbf\xbe\"",
         OVF_REJECT_N}, /* U+FFFE is a character of no use, but one */
        {"\"\\u0000\"", OVF_REJECT_N},
        {"1e400", OVF_REJECT_N}, /* good grammar; who wants the value refuses it */
        {"", OVF_REJECT_JSON_TRUNCATED},
        {"[", OVF_REJECT_JSON_TRUNCATED},
        {"{\"a\"", OVF_REJECT_JSON_TRUNCATED},
        {"[1,", OVF_REJECT_JSON_TRUNCATED},
        {"\"abc", OVF_REJECT_JSON_TRUNCATED},
        {"\"\\", OVF_REJECT_JSON_TRUNCATED},
        {"\"\\u00", OVF_REJECT_JSON_TRUNCATED},
        {"\"\\ud83d", OVF_REJECT_JSON_TRUNCATED},
        {"\"\\ud83d\\", OVF_REJECT_JSON_TRUNCATED},
        {"\"\xf0\x9f", OVF_REJECT_JSON_TRUNCATED},
        {"tru", OVF_REJECT_JSON_TRUNCATED},
        {"-", OVF_REJECT_JSON_TRUNCATED},
        {"[1.", OVF_REJECT_JSON_TRUNCATED},
        {"[1e+", OVF_REJECT_JSON_TRUNCATED},
        {"NaN", OVF_REJECT_NOT_JSON},
        {"[Infinity]", OVF_REJECT_NOT_JSON},
        {"[-Infinity]", OVF_REJECT_NOT_JSON},
        {"[0x10]", OVF_REJECT_NOT_JSON},
        {"[01]", OVF_REJECT_NOT_JSON},
        {"[-01]", OVF_REJECT_NOT_JSON},
        {"[1.]", OVF_REJECT_NOT_JSON},
        {"[.5]", OVF_REJECT_NOT_JSON},
        {"[+1]", OVF_REJECT_NOT_JSON},
        {"[1e]", OVF_REJECT_NOT_JSON},
        {"[1,]", OVF_REJECT_NOT_JSON},
        {"[,1]", OVF_REJECT_NOT_JSON},
        {"[1 2]", OVF_REJECT_NOT_JSON},
        {"[1}", OVF_REJECT_NOT_JSON},
        {"{\"a\":1]", OVF_REJECT_NOT_JSON},
        {"{\"a\":1,}", OVF_REJECT_NOT_JSON},
        {"{\"a\" 1}", OVF_REJECT_NOT_JSON},
        {"{a:1}", OVF_REJECT_NOT_JSON},
        {"{1:1}", OVF_REJECT_NOT_JSON},
        {"{'a':1}", OVF_REJECT_NOT_JSON},
        {"[truex]", OVF_REJECT_NOT_JSON},
        {"[TRUE]", OVF_REJECT_NOT_JSON},
        {"\"a\tb\"", OVF_REJECT_NOT_JSON},
        {"\"\\x41\"", OVF_REJECT_NOT_JSON},
        {"\"\\u12g4\"", OVF_REJECT_NOT_JSON},
        {"[1] // no", OVF_REJECT_JSON_TRAILING},
        {"\xef\xbb\xbf{}", OVF_REJECT_NOT_JSON},
        {"\xff\xfe{", OVF_REJECT_NOT_JSON},
        {"[1,\xc3\xa9]", OVF_REJECT_NOT_JSON},
        {"{}{}", OVF_REJECT_JSON_TRAILING},
        {"1 2", OVF_REJECT_JSON_TRAILING},
        {"\"\xc0\x80\"", OVF_REJECT_BAD_TEXT},
        {"\"\xe0\x80\x80\"", OVF_REJECT_BAD_TEXT},
        {"\"\xed\xa0\x80\"", OVF_REJECT_BAD_TEXT},
        {"\"\xf4\x90\x80\x80\"", OVF_REJECT_BAD_TEXT},
        {"\"\xff\"", OVF_REJECT_BAD_TEXT},
        {"\"\x80\"", OVF_REJECT_BAD_TEXT},
        {"\"\\ud83d\"", OVF_REJECT_BAD_TEXT},
        {"\"\\udee9\"", OVF_REJECT_BAD_TEXT},
        {"\"\\ud83dx\"", OVF_REJECT_BAD_TEXT},
        {"\"\\ud83d\\n\"", OVF_REJECT_BAD_TEXT},
        {"\"\\ud83d\\u0041\"", OVF_REJECT_BAD_TEXT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_verdict(rows[i].text, rows[i].want);
    assert_int_equal(verdict((struct ovf_bytes){(const unsigned char *)"{\0}\0", 4}),
                     OVF_REJECT_NOT_JSON);
    assert_int_equal(verdict((struct ovf_bytes){(const unsigned char *)"{}\0", 3}),
                     OVF_REJECT_JSON_TRAILING);
    assert_int_equal(verdict((struct ovf_bytes){NULL, 0}), OVF_REJECT_JSON_TRUNCATED);
}

static enum ovf_reject verdict_of(const struct ovf_buffer *buffer)
{
    return verdict(ovf_buffer_bytes(buffer));
}

static void append(struct ovf_buffer *buffer, const char *text, size_t n_times)
{
    for (size_t i = 0; i < n_times; i++)
        assert_int_equal(ovf_buffer_append_text(buffer, text), OVF_OK);
}

static void depth_is_limited_without_recursion(void **state)
{
    (void)state;
    for (size_t depth = OVF_JSON_MAX_DEPTH - 1; depth <= OVF_JSON_MAX_DEPTH + 1; depth++) {
        struct ovf_buffer text = {0};
        append(&text, "[", depth);
        append(&text, "]", depth);
        assert_int_equal(verdict_of(&text),
                         depth <= OVF_JSON_MAX_DEPTH ? OVF_REJECT_N : OVF_REJECT_JSON_TOO_DEEP);
        text.len = 0;
        append(&text, "{\"a\":", depth);
        append(&text, "0", 1);
        append(&text, "}", depth);
        assert_int_equal(verdict_of(&text),
                         depth <= OVF_JSON_MAX_DEPTH ? OVF_REJECT_N : OVF_REJECT_JSON_TOO_DEEP);
        ovf_buffer_deinit(&text);
    }
    struct ovf_buffer text = {0};
    append(&text, "[", 1000000);
    assert_int_equal(verdict_of(&text), OVF_REJECT_JSON_TOO_DEEP);
    ovf_buffer_deinit(&text);
}

static void strings_are_limited(void **state)
{
    (void)state;
    for (size_t len = OVF_JSON_MAX_STRING_BYTES - 1; len <= OVF_JSON_MAX_STRING_BYTES + 1; len++) {
        struct ovf_buffer text = {0};
        append(&text, "[\"", 1);
        append(&text, "x", len);
        append(&text, "\"]", 1);
        assert_int_equal(verdict_of(&text),
                         len <= OVF_JSON_MAX_STRING_BYTES ? OVF_REJECT_N : OVF_REJECT_TOO_LARGE);
        ovf_buffer_deinit(&text);
    }
}

static void keys_of_one_object_are_limited(void **state)
{
    (void)state;
    for (size_t n = OVF_JSON_MAX_KEYS - 1; n <= OVF_JSON_MAX_KEYS + 1; n++) {
        struct ovf_buffer text = {0};
        append(&text, "[{\"a\":{}", 1); /* the inner object does not count for the outer */
        append(&text, ",\"a\":{\"b\":1}", n - 1);
        append(&text, "}]", 1);
        assert_int_equal(verdict_of(&text),
                         n <= OVF_JSON_MAX_KEYS ? OVF_REJECT_N : OVF_REJECT_TOO_LARGE);
        ovf_buffer_deinit(&text);
    }
}

static void strings_are_decoded(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *want;
        size_t len;
    } rows[] = {
        {"\"plain\"", "plain", 5},
        {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t", 8},
        {"\"\\u0041\\u00e9\\u20AC\\uD83D\\uDEE9\"", "A\xc3\xa9\xe2\x82\xac\xf0\x9f\x9b\xa9", 10},
        {"\"a\\u0000b\"", "a\0b", 3},
        {"\"\xc3\xa9\"", "\xc3\xa9", 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct ovf_json json;
        struct ovf_json_value value;
        char out[64];
        size_t len = 0;
        ovf_json_init(&json, ovf_bytes_from_text(rows[i].text));
        assert_true(ovf_json_read(&json, &value));
        assert_true(ovf_json_decode(&value, out, sizeof out, &len));
        assert_int_equal(len, rows[i].len);
        assert_memory_equal(out, rows[i].want, len);
        assert_false(ovf_json_decode(&value, out, rows[i].len - 1, &len));
        assert_true(ovf_json_decode(&value, out, rows[i].len, &len));
    }
}

static void keys_are_equal_however_they_are_written(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool want;
    } rows[] = {
        {"\"icao\"", true},   {"\"ic\\u0061o\"", true},   {"\"icaO\"", false},
        {"\"icao \"", false}, {"\"icao\\u0000\"", false}, {"\"\"", false},
        {"\"ica\"", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct ovf_json json;
        struct ovf_json_value value;
        ovf_json_init(&json, ovf_bytes_from_text(rows[i].text));
        assert_true(ovf_json_read(&json, &value));
        assert_int_equal(ovf_json_equals(&value, "icao"), rows[i].want);
    }
}

static void a_container_can_be_left_half_read(void **state)
{
    (void)state;
    struct ovf_json json;
    struct ovf_json_value value;
    ovf_json_init(&json, ovf_bytes_from_text("[[1,{\"a\":[2,3]},[]],\"next\"]"));
    assert_true(ovf_json_read(&json, &value) && value.kind == OVF_JSON_ARRAY);
    assert_true(ovf_json_item(&json) && ovf_json_read(&json, &value));
    assert_true(ovf_json_item(&json) && ovf_json_read(&json, &value));
    assert_true(value.kind == OVF_JSON_NUMBER);
    assert_true(ovf_json_leave(&json));
    assert_true(ovf_json_item(&json) && ovf_json_read(&json, &value));
    assert_true(ovf_json_equals(&value, "next"));
    assert_false(ovf_json_item(&json));
    assert_true(ovf_json_ok(&json) && ovf_json_finish(&json));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_are_judged_as_the_standard_says),
        cmocka_unit_test(depth_is_limited_without_recursion),
        cmocka_unit_test(strings_are_limited),
        cmocka_unit_test(keys_of_one_object_are_limited),
        cmocka_unit_test(strings_are_decoded),
        cmocka_unit_test(keys_are_equal_however_they_are_written),
        cmocka_unit_test(a_container_can_be_left_half_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
