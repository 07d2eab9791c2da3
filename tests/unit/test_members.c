/* SPDX-License-Identifier: Apache-2.0 */
/* Sets of airspaces as bits. */
#include "test.h"

#include "geo/members.h"

static void members_are_listed_in_order_across_words(void **state)
{
    (void)state;
    static const uint32_t want[] = {0, 1, 63, 64, 127, 500, 1022, 1023};
    struct ovf_members members = {{0}};
    size_t n = 0;
    for (size_t i = 0; i < 8; i++)
        ovf_members_toggle(&members, want[7 - i]);
    for (uint32_t i = ovf_members_next(&members, 0); i < OVF_MEMBERS_MAX;
         i = ovf_members_next(&members, i + 1))
        assert_int_equal(i, want[n++]);
    assert_int_equal(n, 8);
    assert_int_equal(ovf_members_count(&members), 8);
    assert_int_equal(ovf_members_next(&members, OVF_MEMBERS_MAX), OVF_MEMBERS_MAX);
    assert_int_equal(ovf_members_next(&members, 2), 63);
}

static void toggling_twice_is_nothing(void **state)
{
    (void)state;
    struct ovf_members a = {{0}};
    struct ovf_members b = {{0}};
    for (uint32_t i = 0; i < OVF_MEMBERS_MAX; i += 7)
        ovf_members_toggle(&b, i);
    assert_true(ovf_members_empty(&a));
    ovf_members_toggle_all(&a, &b);
    assert_true(ovf_members_equal(&a, &b));
    assert_true(ovf_members_has(&a, 1022));
    assert_false(ovf_members_has(&a, 1023));
    ovf_members_toggle_all(&a, &b);
    assert_true(ovf_members_empty(&a));
    assert_int_equal(ovf_members_next(&a, 0), OVF_MEMBERS_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_are_listed_in_order_across_words),
        cmocka_unit_test(toggling_twice_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
