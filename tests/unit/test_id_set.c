/* SPDX-License-Identifier: Apache-2.0 */
#include "test.h"

#include <string.h>

#include "store/id_set.h"

enum { N_IDS = 20000 };

static bool add(struct ovf_id_set *set, const char *id)
{
    bool maybe = false;
    assert_int_equal(ovf_id_set_add(set, ovf_id_hash(id), &maybe), OVF_OK);
    return maybe;
}

static void test_an_id_that_was_added_is_never_forgotten(void **state)
{
    struct ovf_id_set set = {0};
    (void)state;
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < N_IDS; i++) {
            char id[16];
            snprintf(id, sizeof id, "%x", (unsigned)i);
            /* Two of 20,000 look alike once in 10^11 sets, and this one is always the same. */
            assert_int_equal(add(&set, id), round == 1);
        }
    }
    assert_int_equal(set.n, N_IDS);
    ovf_id_set_deinit(&set);
}

static void test_the_empty_text_is_an_id(void **state)
{
    struct ovf_id_set set = {0};
    (void)state;
    assert_false(add(&set, ""));
    assert_true(add(&set, ""));
    ovf_id_set_deinit(&set);
    assert_false(add(&set, ""));
    ovf_id_set_deinit(&set);
}

/** Eight bytes are looked at together: a difference in any of them, or in how many there are, is one. */
static void test_ids_that_differ_in_one_place_are_two(void **state)
{
    static const char whole[] = "0123456789abcdef0123456789abcdef0123";
    struct ovf_id_set set = {0};
    (void)state;
    for (size_t len = 0; len < sizeof whole; len++) {
        char id[sizeof whole];
        memcpy(id, whole, len);
        id[len] = '\0';
        assert_false(add(&set, id));
        for (size_t i = 0; i < len; i++) {
            id[i] = '~';
            assert_false(add(&set, id));
            assert_true(add(&set, id));
            id[i] = whole[i];
        }
    }
    ovf_id_set_deinit(&set);
}

static void test_an_id_that_is_expected_is_not_there_yet(void **state)
{
    struct ovf_id_set set = {0};
    (void)state;
    ovf_id_set_expect(&set, ovf_id_hash("a"));
    assert_false(add(&set, "a"));
    ovf_id_set_expect(&set, ovf_id_hash("b"));
    assert_false(add(&set, "b"));
    ovf_id_set_deinit(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_id_that_was_added_is_never_forgotten),
        cmocka_unit_test(test_the_empty_text_is_an_id),
        cmocka_unit_test(test_ids_that_differ_in_one_place_are_two),
        cmocka_unit_test(test_an_id_that_is_expected_is_not_there_yet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
