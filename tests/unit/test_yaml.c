/* SPDX-License-Identifier: Apache-2.0 */
/* YAML documents: what is refused, and where the error says it stands. */
#include "test.h"

#include <string.h>

#include "case/yaml.h"

static struct ovf_yaml *read_good(const char *text)
{
    struct ovf_yaml *yaml = NULL;
    struct ovf_error err = {""};
    if (ovf_yaml_read(ovf_bytes_from_text(text), &yaml, &err) != OVF_OK)
        fail_msg("%s", err.text);
    return yaml;
}

static void assert_refused(struct ovf_bytes text, enum ovf_status status, const char *says)
{
    struct ovf_yaml *yaml = NULL;
    struct ovf_error err = {""};
    assert_int_equal(ovf_yaml_read(text, &yaml, &err), status);
    assert_null(yaml);
    if (strstr(err.text, says) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.text, says);
}

static void refuses(const char *text, const char *says)
{
    assert_refused(ovf_bytes_from_text(text), OVF_E_FORMAT, says);
}

static void nodes_know_their_line_and_column(void **state)
{
    (void)state;
    struct ovf_yaml *yaml = read_good("# comment\nname: x\nlist:\n  - 1\n  - \"2\"\n");
    const ovf_yaml_id root = ovf_yaml_root(yaml);
    assert_int_equal(ovf_yaml_kind_of(yaml, root), OVF_YAML_MAP);
    assert_int_equal(ovf_yaml_count(yaml, root), 2);
    const ovf_yaml_id list = ovf_yaml_item(yaml, root, 1);
    assert_int_equal(ovf_yaml_kind_of(yaml, list), OVF_YAML_LIST);
    const ovf_yaml_id second = ovf_yaml_item(yaml, list, 1);
    assert_int_equal(ovf_yaml_place_of(yaml, second).line, 5);
    assert_int_equal(ovf_yaml_place_of(yaml, second).column, 5);
    assert_true(ovf_yaml_is_quoted(yaml, second));
    assert_true(ovf_bytes_equal_text(ovf_yaml_text(yaml, second), "2"));
    assert_false(ovf_yaml_is_quoted(yaml, ovf_yaml_item(yaml, list, 0)));
    assert_true(ovf_bytes_equal_text(ovf_yaml_text(yaml, ovf_yaml_key(yaml, root, 0)), "name"));
    ovf_yaml_free(yaml);
}

static void a_byte_order_mark_is_no_text(void **state)
{
    (void)state;
    struct ovf_yaml *yaml = read_good("\xEF\xBB\xBFname: x\n");
    assert_true(ovf_bytes_equal_text(
        ovf_yaml_text(yaml, ovf_yaml_key(yaml, ovf_yaml_root(yaml), 0)), "name"));
    ovf_yaml_free(yaml);
}

static void anchors_aliases_and_tags_are_refused(void **state)
{
    (void)state;
    refuses("a: &x 1\n", "line 1, column 4: an anchor");
    refuses("a: 1\nb: *x\n", "line 2, column 4: an alias");
    refuses("a: !!python/object:os.system x\n", "line 1, column 4: a tag");
    refuses("a: !!str 1\n", "a tag");
    refuses("a: ! x\n", "a tag");
    refuses("- &x [1]\n- *x\n", "an anchor");
    refuses("<<: *base\n", "an alias");
}

static void what_is_no_single_plain_document_is_refused(void **state)
{
    (void)state;
    refuses("", "nothing in it");
    refuses("# only a comment\n", "nothing in it");
    refuses("a: 1\n---\nb: 2\n", "a second document");
    refuses("a: 1\na: 2\n", "line 2, column 1: the key \"a\" stands twice");
    refuses("x:\n  b: 1\n  c: 2\n  b: 3\n", "line 4, column 3: the key \"b\"");
    refuses("[1, 2]: x\n", "a key is a list");
    refuses("a:\n\t- 1\n", "line 2, column 1: a tab indents this line");
    refuses("a: \"x\\0y\"\n", "NUL");
    refuses("a: [1, 2\n", "line 2");
    refuses("a: \xFF\n", "byte 3");
}

/** \p depth lists inside each other. */
static char *nested(size_t depth, size_t *len)
{
    char *text = malloc(2 * depth + 1);
    assert_non_null(text);
    memset(text, '[', depth);
    memset(text + depth, ']', depth);
    *len = 2 * depth;
    return text;
}

static void depth_is_limited_to_sixteen(void **state)
{
    (void)state;
    static const size_t depths[] = {15, 16, 17, 100000};
    for (size_t i = 0; i < sizeof depths / sizeof *depths; i++) {
        size_t len;
        char *text = nested(depths[i], &len);
        const struct ovf_bytes bytes = {(const unsigned char *)text, len};
        struct ovf_yaml *yaml = NULL;
        if (depths[i] <= 16) {
            assert_int_equal(ovf_yaml_read(bytes, &yaml, NULL), OVF_OK);
            ovf_yaml_free(yaml);
        } else {
            /* libyaml itself stops at 1,000, before it comes to ours when it looks far ahead. */
            assert_int_not_equal(ovf_yaml_read(bytes, &yaml, NULL), OVF_OK);
        }
        free(text);
    }
}

static void length_is_limited_to_one_mebibyte(void **state)
{
    (void)state;
    char *text = malloc(OVF_YAML_MAX_BYTES + 1);
    assert_non_null(text);
    memset(text, '#', OVF_YAML_MAX_BYTES + 1);
    static const char lead[] = {'a', ':', ' ', '1', ' '};
    memcpy(text, lead, sizeof lead);
    for (size_t len = OVF_YAML_MAX_BYTES - 1; len <= OVF_YAML_MAX_BYTES + 1; len++) {
        struct ovf_yaml *yaml = NULL;
        const enum ovf_status st =
            ovf_yaml_read((struct ovf_bytes){(const unsigned char *)text, len}, &yaml, NULL);
        assert_int_equal(st, len <= OVF_YAML_MAX_BYTES ? OVF_OK : OVF_E_LIMIT);
        ovf_yaml_free(yaml);
    }
    free(text);
}

static void keys_are_limited_to_256(void **state)
{
    (void)state;
    for (int n = 255; n <= 257; n++) {
        char text[257 * 16];
        size_t len = 0;
        for (int i = 0; i < n; i++)
            len += (size_t)snprintf(text + len, sizeof text - len, "k%d: 1\n", i);
        struct ovf_yaml *yaml = NULL;
        const enum ovf_status st =
            ovf_yaml_read((struct ovf_bytes){(const unsigned char *)text, len}, &yaml, NULL);
        assert_int_equal(st, n <= 256 ? OVF_OK : OVF_E_LIMIT);
        ovf_yaml_free(yaml);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nodes_know_their_line_and_column),
        cmocka_unit_test(a_byte_order_mark_is_no_text),
        cmocka_unit_test(anchors_aliases_and_tags_are_refused),
        cmocka_unit_test(what_is_no_single_plain_document_is_refused),
        cmocka_unit_test(depth_is_limited_to_sixteen),
        cmocka_unit_test(length_is_limited_to_one_mebibyte),
        cmocka_unit_test(keys_are_limited_to_256),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
