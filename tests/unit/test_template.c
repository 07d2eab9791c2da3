/* SPDX-License-Identifier: Apache-2.0 */
/* notify/template.h, notify/discovery.h: what is made of an alert. Strings in JSON are as RFC 8259, section 7,
 * writes them. */
#include "test.h"

#include <string.h>

#include "notify/discovery.h"
#include "notify/template.h"

static const char line[] =
    "{\"a\":\"q\\\"\\\\\\u0001\\u00e9\",\"b\":{\"c\":12.5,\"d\":null,\"e\":[1,{\"f\":true}]},"
    "\"event\":\"other\",\"n\":-3,\"t\":true}";

static void fills(const char *text, bool is_json, const char *want)
{
    const struct ovf_alert alert = {OVF_ALERT_LEFT, 0xF10031, "my \"watch\"",
                                    ovf_bytes_from_text(line)};
    struct ovf_buffer out = {0};
    struct ovf_error err = {""};
    assert_int_equal(ovf_template_fill(text, is_json, &alert, &out, &err), OVF_OK);
    assert_int_equal(ovf_buffer_append(&out, "", 1), OVF_OK);
    assert_string_equal((const char *)out.data, want);
    ovf_buffer_deinit(&out);
}

static void names_are_replaced_by_values(void **state)
{
    (void)state;
    fills("", false, "");
    fills("{a}", false, "q\"\\\x01\xC3\xA9");
    fills("\"{a}\"", true, "\"q\\\"\\\\\\u0001\xC3\xA9\"");
    fills("{b.c} {n} {t}", false, "12.5 -3 true");
    fills("{b.e} {b.d}|{none}|{b.none}|{a.b}|{b.c.d}", true, "[1,{\"f\":true}] ||||");
    fills("{line}", true, line);
}

static void event_and_watch_are_the_alerts_own(void **state)
{
    (void)state;
    fills("{event} {watch}", false, "left my \"watch\"");
    fills("{event} {watch}", true, "left my \\\"watch\\\"");
}

static void other_braces_stand_for_themselves(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{", "}", "{}", "{{}}", "{ n }", "{N}", "{n", "{n }", "{\"n\":1}", "{n-m}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        fills(texts[i], false, texts[i]);
    fills("{\"x\":{n}}", true, "{\"x\":-3}");
    fills("{{n}}", false, "{-3}");
    fills("{n{n}", false, "{n-3");
}

static void a_line_that_is_no_object_is_refused(void **state)
{
    (void)state;
    static const char *const lines[] = {"", "[]", "1", "{", "{\"a\":1}x"};
    struct ovf_buffer out = {0};
    struct ovf_error err;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const struct ovf_alert alert = {OVF_ALERT_LEFT, 1, "", ovf_bytes_from_text(lines[i])};
        assert_int_equal(ovf_template_fill("{a}", true, &alert, &out, &err), OVF_E_FORMAT);
    }
    ovf_buffer_deinit(&out);
}

static void slug_is(const char *watch, const char *want)
{
    char slug[OVF_DISCOVERY_SLUG_SIZE];
    ovf_discovery_slug(watch, slug);
    assert_string_equal(slug, want);
}

/* What is added is the start of the name's SHA-256, by sha256sum. */
static void a_slug_is_the_name_or_tells_it_from_others(void **state)
{
    (void)state;
    char longest[70] = "";
    char slug[OVF_DISCOVERY_SLUG_SIZE];
    slug_is("IQ", "IQ");
    slug_is("no-fly_9", "no-fly_9");
    slug_is("a b", "a_b_c8687a");
    slug_is("a/b", "a_b_c14cdd");
    slug_is("status", "status_073c16");
    memset(longest, 'x', sizeof longest - 1);
    ovf_discovery_slug(longest, slug);
    assert_int_equal(strlen(slug), OVF_DISCOVERY_SLUG_SIZE - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_replaced_by_values),
        cmocka_unit_test(event_and_watch_are_the_alerts_own),
        cmocka_unit_test(other_braces_stand_for_themselves),
        cmocka_unit_test(a_line_that_is_no_object_is_refused),
        cmocka_unit_test(a_slug_is_the_name_or_tells_it_from_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
