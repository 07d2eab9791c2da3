/* SPDX-License-Identifier: Apache-2.0 */
/* Where a track is parted. Aircraft stand still, or are seen 10 degrees of longitude apart on the equator: 1,113 km,
 * which take 48 min at 750 kt. */
#include "test.h"

#include "base/time.h"
#include "track/spell.h"

static struct ovf_fix fix_at(int64_t minutes, int32_t lon_deg)
{
    return (struct ovf_fix){.t_ns = minutes * OVF_NS_PER_MIN, .at = {0, lon_deg * OVF_E7_PER_DEG}};
}

static struct ovf_spells spells_of(struct ovf_fix *fixes, size_t n)
{
    struct ovf_spells spells = {0};
    const struct ovf_fixes all = {.items = fixes, .n = n};
    assert_int_equal(ovf_spells_find(&all, &ovf_detect_defaults, &spells), OVF_OK);
    return spells;
}

static void half_an_hour_of_silence_parts_and_no_less(void **state)
{
    (void)state;
    struct ovf_fix fixes[] = {fix_at(0, 5), fix_at(30, 5), fix_at(61, 5), fix_at(62, 5)};
    struct ovf_spells spells = spells_of(fixes, 4);
    assert_int_equal(spells.n, 2);
    assert_int_equal(spells.items[1].from_ns, 61 * OVF_NS_PER_MIN);
    assert_true(ovf_spells_is_one(&spells, 0, 30 * OVF_NS_PER_MIN));
    assert_false(ovf_spells_is_one(&spells, 30 * OVF_NS_PER_MIN, 61 * OVF_NS_PER_MIN));
    assert_int_equal(ovf_spells_at(&spells, -1), 0);
    ovf_spells_deinit(&spells);
}

static void what_is_out_of_reach_belongs_to_what_it_contradicts(void **state)
{
    (void)state;
    struct ovf_fix near[] = {fix_at(0, 0), fix_at(50, 10)};
    struct ovf_fix far[] = {fix_at(0, 0), fix_at(45, 10)};
    struct ovf_spells spells = spells_of(near, 2);
    assert_int_equal(spells.n, 2);
    ovf_spells_deinit(&spells);
    spells = spells_of(far, 2);
    assert_int_equal(spells.n, 1);
    ovf_spells_deinit(&spells);
}

static void nothing_has_no_spell(void **state)
{
    (void)state;
    struct ovf_spells spells = spells_of(NULL, 0);
    assert_int_equal(spells.n, 0);
    assert_true(ovf_spells_is_one(&spells, 0, OVF_NS_PER_DAY));
    assert_false(ovf_spells_has_twin(&spells, 0, OVF_NS_PER_DAY));
    ovf_spells_deinit(&spells);
}

static void an_address_has_two_aircraft_while_both_are_heard(void **state)
{
    (void)state;
    struct ovf_spell one = {.has_twin = true, .twin_from_ns = 100, .twin_to_ns = 200};
    const struct ovf_spells spells = {.items = &one, .n = 1};
    assert_false(ovf_spells_has_twin(&spells, 0, 99));
    assert_true(ovf_spells_has_twin(&spells, 0, 100));
    assert_true(ovf_spells_has_twin(&spells, 200, 300));
    assert_false(ovf_spells_has_twin(&spells, 201, 300));
    assert_true(ovf_spells_are_shared(&spells, 0, 0));
    assert_false(ovf_spells_are_shared(&spells, 1, 1));
}

static void what_goes_through_several_spells_meets_the_other_in_any(void **state)
{
    (void)state;
    struct ovf_spell three[] = {
        {.from_ns = 0, .has_twin = true, .twin_from_ns = 10, .twin_to_ns = 20},
        {.from_ns = 100},
        {.from_ns = 200, .has_twin = true, .twin_from_ns = 210, .twin_to_ns = 220}};
    const struct ovf_spells spells = {.items = three, .n = 3};
    assert_true(ovf_spells_has_twin(&spells, 15, 150));
    assert_true(ovf_spells_has_twin(&spells, 110, 215));
    assert_false(ovf_spells_has_twin(&spells, 21, 209));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_an_hour_of_silence_parts_and_no_less),
        cmocka_unit_test(what_is_out_of_reach_belongs_to_what_it_contradicts),
        cmocka_unit_test(nothing_has_no_spell),
        cmocka_unit_test(an_address_has_two_aircraft_while_both_are_heard),
        cmocka_unit_test(what_goes_through_several_spells_meets_the_other_in_any),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
