/* SPDX-License-Identifier: Apache-2.0 */
#include "test.h"

#include "watch/address_bits.h"

static void bits_are_added_to_those_of_an_address(void **state)
{
    (void)state;
    struct ovf_address_bits set = {0};
    assert_int_equal(ovf_address_bits_of(&set, 0xF10001), 0);
    for (uint32_t i = 0; i < 10000; i++)
        assert_int_equal(ovf_address_bits_add(&set, i, 1), OVF_OK);
    assert_int_equal(ovf_address_bits_add(&set, 7, UINT64_C(1) << 63), OVF_OK);
    assert_int_equal(set.n, 10000);
    assert_true(ovf_address_bits_of(&set, 7) == ((UINT64_C(1) << 63) | 1));
    assert_int_equal(ovf_address_bits_of(&set, 0), 1);
    assert_int_equal(ovf_address_bits_of(&set, 10000), 0);
    ovf_address_bits_deinit(&set);
}

static void made_up_addresses_take_no_more_than_there_is_room_for(void **state)
{
    (void)state;
    struct ovf_address_bits set = {0};
    for (uint32_t i = 0; i < OVF_ADDRESS_BITS_MOST + 1000; i++)
        assert_int_equal(ovf_address_bits_add(&set, i, 1), OVF_OK);
    assert_int_equal(set.n, OVF_ADDRESS_BITS_MOST);
    assert_true(set.n_places * sizeof *set.places <= 16 << 20);
    assert_int_equal(ovf_address_bits_add(&set, 7, 2), OVF_OK); /* it is known */
    assert_int_equal(ovf_address_bits_of(&set, 7), 3);
    assert_int_equal(ovf_address_bits_of(&set, OVF_ADDRESS_BITS_MOST), 0);
    ovf_address_bits_deinit(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bits_are_added_to_those_of_an_address),
        cmocka_unit_test(made_up_addresses_take_no_more_than_there_is_room_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
