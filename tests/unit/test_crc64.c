/* SPDX-License-Identifier: Apache-2.0 */
/* CRC-64/XZ. The check value of "123456789" is that of the catalogue of parametrised CRC algorithms (and of
 * the .xz file format's specification). */
#include "test.h"

#include "base/crc64.h"

static void test_the_check_value_is_the_published_one(void **state)
{
    (void)state;
    assert_true(ovf_crc64(0, ovf_bytes_from_text("123456789")) == UINT64_C(0x995DC9BBDF1939FA));
    assert_true(ovf_crc64(0, ovf_bytes_from_text("")) == 0);
}

static void test_parts_come_to_the_sum_of_the_whole(void **state)
{
    static const char text[] = "123456789";
    (void)state;
    for (size_t n = 0; n < sizeof text; n++) {
        const struct ovf_bytes begin = {(const unsigned char *)text, n};
        const uint64_t before = ovf_crc64(0, begin);
        assert_true(ovf_crc64(before, ovf_bytes_from_text(text + n)) ==
                    UINT64_C(0x995DC9BBDF1939FA));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_check_value_is_the_published_one),
        cmocka_unit_test(test_parts_come_to_the_sum_of_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
