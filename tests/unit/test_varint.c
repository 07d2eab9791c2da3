/* SPDX-License-Identifier: Apache-2.0 */
/* Whole numbers of any size as bytes: seven bits a byte, low bits first (the encoding of Protocol Buffers'
 * varint, whose documentation gives 150 as 96 01, and of its zigzag: 0 -1 1 -2 are 0 1 2 3). */
#include "test.h"

#include <string.h>

#include "base/varint.h"

static size_t assert_comes_back(uint64_t value)
{
    struct ovf_buffer bytes = {0};
    uint64_t got = ~value;
    assert_int_equal(ovf_varint_append(&bytes, value), OVF_OK);
    const size_t len = bytes.len;
    assert_int_equal(ovf_varint_append(&bytes, 7), OVF_OK);
    struct ovf_bytes rest = ovf_buffer_bytes(&bytes);
    assert_true(ovf_varint_take(&rest, &got));
    assert_true(got == value);
    assert_int_equal(rest.len, 1);
    assert_int_equal(rest.data[0], 7);
    ovf_buffer_deinit(&bytes);
    return len;
}

static void each_seven_bits_take_a_byte(void **state)
{
    (void)state;
    assert_int_equal(assert_comes_back(0), 1);
    for (unsigned bits = 1; bits <= 64; bits++) {
        const uint64_t highest = bits == 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
        assert_int_equal(assert_comes_back(highest), (bits + 6) / 7);
        assert_int_equal(assert_comes_back(UINT64_C(1) << (bits - 1)), (bits + 6) / 7);
    }
}

static void the_low_bits_come_first(void **state)
{
    (void)state;
    struct ovf_buffer bytes = {0};
    assert_int_equal(ovf_varint_append(&bytes, 150), OVF_OK);
    assert_int_equal(bytes.len, 2);
    assert_memory_equal(bytes.data, "\x96\x01", 2);
    ovf_buffer_deinit(&bytes);
}

static void a_number_cut_short_is_none_and_takes_nothing(void **state)
{
    (void)state;
    struct ovf_buffer bytes = {0};
    assert_int_equal(ovf_varint_append(&bytes, UINT64_MAX), OVF_OK);
    assert_int_equal(bytes.len, 10);
    for (size_t len = 0; len < bytes.len; len++) {
        unsigned char *exactly = malloc(len + 1); /* so that a read too far is seen */
        assert_non_null(exactly);
        memcpy(exactly, bytes.data, len);
        struct ovf_bytes rest = {exactly, len};
        uint64_t value = 42;
        assert_false(ovf_varint_take(&rest, &value));
        assert_int_equal(value, 42);
        assert_ptr_equal(rest.data, exactly);
        assert_int_equal(rest.len, len);
        free(exactly);
    }
    ovf_buffer_deinit(&bytes);
}

static void refuse(const void *data, size_t len)
{
    struct ovf_bytes rest = {data, len};
    uint64_t value = 42;
    assert_false(ovf_varint_take(&rest, &value));
    assert_int_equal(rest.len, len);
}

static void what_no_64_bits_hold_is_refused(void **state)
{
    (void)state;
    refuse("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 10); /* 2 to the 64 and more */
    refuse("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x7e", 10); /* its lowest bit of the last is 0 */
    refuse("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x00", 11);
    refuse("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x81\x00", 11);
}

static void small_numbers_of_either_sign_are_short(void **state)
{
    (void)state;
    static const int64_t values[] = {0, -1, 1, -2, 2, -64, 63, INT64_MAX, INT64_MIN};
    static const uint64_t zigzag[] = {0, 1, 2, 3, 4, 127, 126, UINT64_MAX - 1, UINT64_MAX};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        assert_true(ovf_zigzag((uint64_t)values[i]) == zigzag[i]);
        assert_true(ovf_unzigzag(zigzag[i]) == (uint64_t)values[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_seven_bits_take_a_byte),
        cmocka_unit_test(the_low_bits_come_first),
        cmocka_unit_test(a_number_cut_short_is_none_and_takes_nothing),
        cmocka_unit_test(what_no_64_bits_hold_is_refused),
        cmocka_unit_test(small_numbers_of_either_sign_are_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
