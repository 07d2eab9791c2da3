/* SPDX-License-Identifier: Apache-2.0 */
/* Text in XML 1.0 (fifth edition): entities of section 4.6, characters of section 2.2. */
#include "test.h"

#include <string.h>

#include "report/xml.h"

#define REPLACED "\xEF\xBF\xBD"

static void check_xml(const char *text, size_t len, const char *want)
{
    struct ovf_buffer out = {0};
    assert_int_equal(ovf_xml_text(&out, (struct ovf_bytes){(const unsigned char *)text, len}),
                     OVF_OK);
    assert_int_equal(out.len, strlen(want));
    assert_memory_equal(out.data, want, out.len);
    ovf_buffer_deinit(&out);
}

/* \p text is a literal; NULs in it count. */
#define assert_xml(text, want) check_xml((text), sizeof(text) - 1, (want))

static void markup_is_escaped(void **state)
{
    (void)state;
    assert_xml("<b a='1' c=\"2\">]]>&amp;",
               "&lt;b a=&apos;1&apos; c=&quot;2&quot;&gt;]]&gt;&amp;amp;");
}

static void other_scripts_stay_as_they_are(void **state)
{
    (void)state;
    assert_xml("\xC2\xA9 \xD8\xA7 \xF0\x9F\x9B\xA9\t\n", "\xC2\xA9 \xD8\xA7 \xF0\x9F\x9B\xA9\t\n");
}

static void what_is_no_character_is_replaced(void **state)
{
    (void)state;
    assert_xml("a\0b", "a" REPLACED "b");
    assert_xml("\x01\r\x1F", REPLACED REPLACED REPLACED);
    assert_xml("\xFF\xC3", REPLACED REPLACED);
    assert_xml("\xED\xA0\x80", REPLACED REPLACED REPLACED);    /* a surrogate */
    assert_xml("\xEF\xBF\xBE\xEF\xBF\xBF", REPLACED REPLACED); /* U+FFFE, U+FFFF */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markup_is_escaped),
        cmocka_unit_test(other_scripts_stay_as_they_are),
        cmocka_unit_test(what_is_no_character_is_replaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
