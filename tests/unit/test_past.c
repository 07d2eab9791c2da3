/* SPDX-License-Identifier: Apache-2.0 */
/* What a flight tells of an airspace, by its texts. */
#include "test.h"

#include "rules/past.h"

static struct ovf_past_count of(const char *crossed, const char *unclear)
{
    struct ovf_past_count count = {0};
    ovf_past_note(crossed, unclear, "\ncountry:IQ\n", &count);
    return count;
}

static void test_a_flight_tells_what_is_certain(void **state)
{
    (void)state;
    static const struct {
        const char *crossed;
        const char *unclear;
        uint32_t n;
        uint32_t n_crossed;
    } rows[] = {
        {"", "", 1, 0},
        {"\ncountry:SY\ncountry:IQ\n", "", 1, 1},
        {"\ncountry:SY\n", "\ncountry:IQ\n", 0, 0},
        {"\ncountry:IQ\n", "\ncountry:IQ\n", 1, 1}, /* once for certain, perhaps a second time */
        {"\nfir:IQ\ncountry:IQX\n", "\nzone:IQ\n", 1, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct ovf_past_count count = of(rows[i].crossed, rows[i].unclear);
        assert_int_equal(count.n, rows[i].n);
        assert_int_equal(count.n_crossed, rows[i].n_crossed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_flight_tells_what_is_certain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
