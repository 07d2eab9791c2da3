/* SPDX-License-Identifier: Apache-2.0 */
/* Receivers by id. That an id is written as the first three groups of a UUID is readsb's way (util.c, sprint_uuid1). */
#include "test.h"

#include "track/receivers.h"

static void an_id_is_the_first_half_of_a_uuid(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t id; /* 0: none */
    } cases[] = {
        {"0a1b2c3d-4e5f-6071", UINT64_C(0x0a1b2c3d4e5f6071)},
        {"0A1B2C3D4E5F6071", UINT64_C(0x0a1b2c3d4e5f6071)},
        {"0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9", UINT64_C(0x0a1b2c3d4e5f6071)},
        {"ffffffffffffffff", UINT64_MAX},
        {"0a1b2c3d-4e5f-607", 0},
        {"0a1b2c3d-4e5f-60711", 0},
        {"0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f", 0},
        {"0a1b2c3d-4e5f-607g", 0},
        {"0a1b2c3d 4e5f 6071", 0},
        {"-0a1b2c3d-4e5f-6071", 0},
        {"0a1b2c3d-4e5f-6071-", 0},
        {"0000000000000000", 0},
        {"", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t id = 0;
        const bool is_one = ovf_receiver_id_parse(ovf_bytes_from_text(cases[i].text), &id);
        assert_int_equal(is_one, cases[i].id != 0);
        if (is_one)
            assert_true(id == cases[i].id);
    }
    char text[OVF_RECEIVER_ID_SIZE];
    ovf_receiver_id_format(UINT64_C(0x0a1b2c3d4e5f6071), text);
    assert_string_equal(text, "0a1b2c3d-4e5f-6071");
}

static void numbers_come_in_order_and_last(void **state)
{
    (void)state;
    struct ovf_receivers receivers = {.n = 0};
    uint16_t number = 99;
    for (int round = 0; round < 2; round++) {
        for (uint64_t k = 1; k <= 1000; k++) {
            assert_int_equal(ovf_receivers_number(&receivers, k << 40, &number), OVF_OK);
            assert_int_equal(number, k);
        }
    }
    assert_int_equal(receivers.n, 1000);
    assert_true(ovf_receivers_id(&receivers, 1000) == UINT64_C(1000) << 40);
    ovf_receivers_deinit(&receivers);
}

static void of_an_id_the_last_place_that_is_told_counts(void **state)
{
    (void)state;
    struct ovf_receivers receivers = {.n = 0};
    const struct ovf_receiver_place own = {.at = {1, 2}};
    const struct ovf_receiver_place first = {.at = {3, 4}};
    const struct ovf_receiver_place last = {.at = {5, 6}, .has_height = true, .height_m = 10};
    uint16_t number;
    assert_null(ovf_receivers_place(NULL, 0));
    assert_null(ovf_receivers_place(&receivers, 0));
    ovf_receivers_tell_own(&receivers, &own);
    assert_int_equal(ovf_receivers_tell(&receivers, 7, &first), OVF_OK);
    assert_int_equal(ovf_receivers_tell(&receivers, 5, &first), OVF_OK);
    assert_int_equal(ovf_receivers_tell(&receivers, 7, &last), OVF_OK);
    assert_true(receivers.told->id == 5 && receivers.told->next->id == 7);
    assert_null(receivers.told->next->next);
    assert_int_equal(ovf_receivers_number(&receivers, 6, &number), OVF_OK);
    assert_null(ovf_receivers_place(&receivers, number));
    assert_int_equal(ovf_receivers_number(&receivers, 7, &number), OVF_OK);
    assert_int_equal(ovf_receivers_place(&receivers, number)->at.lat_e7, 5);
    assert_near(ovf_receivers_place(&receivers, number)->height_m, 10, 0);
    assert_int_equal(ovf_receivers_place(&receivers, 0)->at.lat_e7, 1);
    assert_null(ovf_receivers_place(&receivers, 3));
    assert_int_equal(ovf_receivers_place_of(&receivers, 5)->at.lat_e7, 3);
    ovf_receivers_deinit(&receivers);
    ovf_receivers_deinit(&receivers);
}

/* Ids of chance: multiples of an odd number. */
static void more_than_there_is_room_for_have_no_number(void **state)
{
    (void)state;
    struct ovf_receivers receivers = {.n = 0};
    uint16_t number;
    uint64_t id = 0;
    for (int k = 1; k <= OVF_RECEIVERS_MAX; k++) {
        id += UINT64_C(0xD1342543DE82EF95);
        assert_int_equal(ovf_receivers_number(&receivers, id, &number), OVF_OK);
        assert_int_equal(number, k);
    }
    assert_int_equal(ovf_receivers_number(&receivers, 1, &number), OVF_OK);
    assert_int_equal(number, 0);
    assert_int_equal(ovf_receivers_number(&receivers, id, &number), OVF_OK);
    assert_int_equal(number, OVF_RECEIVERS_MAX);
    ovf_receivers_deinit(&receivers);
}

static void made_up_ids_take_no_number_from_one_whose_place_is_told(void **state)
{
    (void)state;
    struct ovf_receivers receivers = {.n = 0};
    const struct ovf_receiver_place place = {.at = {1, 2}};
    uint16_t number;
    assert_int_equal(ovf_receivers_tell(&receivers, 7, &place), OVF_OK);
    for (uint64_t k = 1; k <= OVF_RECEIVERS_MAX; k++)
        assert_int_equal(
            ovf_receivers_number(&receivers, k * UINT64_C(0xD1342543DE82EF95), &number), OVF_OK);
    assert_int_equal(receivers.n, OVF_RECEIVERS_MAX);
    assert_int_equal(number, 0);
    assert_int_equal(ovf_receivers_number(&receivers, 7, &number), OVF_OK);
    assert_int_equal(ovf_receivers_place(&receivers, number)->at.lat_e7, 1);
    ovf_receivers_deinit(&receivers);
}

/* Multiples of the inverse of 2^64 / golden ratio: the products' high bits, of which places are made, are all zero. */
static void ids_that_fall_together_do_not_cost_more_and_more(void **state)
{
    (void)state;
    struct ovf_receivers receivers = {.n = 0};
    uint16_t number = 1;
    size_t n_without = 0;
    for (uint64_t k = 1; k <= 200; k++) {
        assert_int_equal(
            ovf_receivers_number(&receivers, k * UINT64_C(0xF1DE83E19937733D), &number), OVF_OK);
        n_without += number == 0;
    }
    assert_int_equal(receivers.n + n_without, 200);
    assert_int_equal(receivers.n, 64);
    ovf_receivers_deinit(&receivers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_is_the_first_half_of_a_uuid),
        cmocka_unit_test(numbers_come_in_order_and_last),
        cmocka_unit_test(of_an_id_the_last_place_that_is_told_counts),
        cmocka_unit_test(more_than_there_is_room_for_have_no_number),
        cmocka_unit_test(made_up_ids_take_no_number_from_one_whose_place_is_told),
        cmocka_unit_test(ids_that_fall_together_do_not_cost_more_and_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
