/* SPDX-License-Identifier: Apache-2.0 */
/* An aircraft object that is read beside the one before it, against the general reader: values of all kinds in the
 * place of others, and each of its bytes as another. */
#include "trace_compare.h"

#include <stdio.h>
#include <stdlib.h>

#include "read/scan.h"

#define HEAD "{\"icao\":\"a1b2c3\",\"timestamp\":1693353600.000,\"trace\":["

/** Two objects, one behind the other and with what follows far enough away for both to be read the fast way. */
static void compare_pair(struct readers *r, const char *first, const char *second)
{
    static char text[1 << 14];
    const int len = snprintf(
        text, sizeof text,
        HEAD "[1.00,10.5,20.5,1000,100.1,90.0,0,64,%s,\"adsb_icao\",1100,null,null,null],\n"
             "[2.00,10.6,20.6,1000,100.1,90.0,0,64,%s,\"adsb_icao\",1100,null,null,null],\n"
             "[3.00,10.7,20.7,1000,100.1,90.0,0,64,null,\"adsb_icao\",1100,null,null,null],\n"
             "[4.00,10.8,20.8,1000,100.1,90.0,0,64,%s,\"adsb_icao\",1100,null,null,null]],\n"
             "\"behind\":\"%02000d\"}",
        first, second, first, 0);
    compare(r, text, (size_t)len);
}

/* Good and bad values; what stands behind one may be another member, or the object's end. */
static const char *const values[] = {"0",
                                     "-0",
                                     "1",
                                     "-1",
                                     "10",
                                     "0.5",
                                     "-0.5",
                                     "12345.678",
                                     "00",
                                     "01",
                                     "-01",
                                     "-",
                                     ".",
                                     ".5",
                                     "5.",
                                     "1.2.3",
                                     "1..2",
                                     "--1",
                                     "1-1",
                                     "1e5",
                                     "null",
                                     "\"1\"",
                                     "[]",
                                     "1,\"b\":2",
                                     "1}",
                                     "",
                                     "360.00",
                                     "359.99",
                                     "1.5",
                                     "1 ",
                                     "[\"x\"]",
                                     "1234567890123456",
                                     "+1",
                                     "1\"",
                                     "1:2",
                                     "123456789012345678901234567890",
                                     "1234567890123456789012345678901234567890"};

static void an_object_is_read_alike_whatever_the_one_before_it_was(void **state)
{
    (void)state;
    static const char first[] =
        "{\"type\":\"adsb_icao\",\"flight\":\"SIM1    \",\"alt_geom\":-25,\"mag_heading\":10.25,"
        "\"nav_modes\":[\"autopilot\",\"vnav\",\"althold\"],\"a\":0.5,\"nic\":8,\"rc\":186,\"spi\":"
        "0}";
    static const char *const keys[] = {
        "alt_geom\":", "mag_heading\":", "a\":", "nic\":", "rc\":", "spi\":"};
    static const char likely[] = "0123456789.,-+eE[]{}\":\\u n";
    struct readers r = {0};
    char second[1000];
    if (!ovf_scan_can())
        skip(); /* nothing to compare */
    for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
        const char *const value = strstr(first, keys[k]) + strlen(keys[k]);
        for (size_t v = 0; v < sizeof values / sizeof values[0]; v++) {
            (void)snprintf(second, sizeof second, "%.*s%s%s", (int)(value - first), first,
                           values[v], value + strcspn(value, ",}"));
            compare_pair(&r, first, second);
            compare_pair(&r, second, first);
        }
    }
    for (size_t i = 0; i < sizeof first - 1; i++) {
        memcpy(second, first, sizeof first);
        for (size_t c = 0; c < sizeof likely - 1; c += OVF_SANITIZED ? 3 : 1) {
            second[i] = likely[c];
            compare_pair(&r, first, second);
        }
    }
    assert_true(r.n_used > 500);
    assert_true(r.n_rejected > 500);
    readers_deinit(&r);
}

static void numbers_may_be_of_another_length_all_at_once(void **state)
{
    (void)state;
    static const char *const altitudes[] = {"-25", "9975", "10000", "0"};
    static const char *const headings[] = {"9.99", "10.25", "359.50", "1.5", "400.00"};
    static const char *const rates[] = {"-0.5", "0.25", "12.125", "7", "07"};
    struct readers r = {0};
    char objects[4 * 5 * 5][200];
    size_t n = 0;
    for (size_t a = 0; a < 4; a++) {
        for (size_t h = 0; h < 5; h++) {
            for (size_t t = 0; t < 5; t++)
                (void)snprintf(objects[n++], sizeof objects[0],
                               "{\"type\":\"adsb_icao\",\"alt_geom\":%s,\"mag_heading\":%s,"
                               "\"track_rate\":%s,\"nic\":8,\"spi\":0}",
                               altitudes[a], headings[h], rates[t]);
        }
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < n; k += OVF_SANITIZED ? 7 : 1)
            compare_pair(&r, objects[i], objects[k]);
    }
    assert_true(r.n_used > 500);
    readers_deinit(&r);
}

/** Objects one behind the other, of which two numbers grow by a digit every eighty and one changes its length always:
 * another is kept to compare with while they are read. */
static void numbers_may_be_of_another_length_for_long(void **state)
{
    (void)state;
    enum { N = 400, ROOM = 1 << 17 };
    struct readers r = {0};
    char *const text = malloc(ROOM);
    int grown = 1;
    assert_non_null(text);
    int len = snprintf(text, ROOM, HEAD);
    for (int i = 0; i < N; i++) {
        grown *= i % 80 == 79 ? 10 : 1;
        len += snprintf(
            text + len, ROOM - (size_t)len,
            "%s[%d.00,10.5,20.5,1000,100.1,90.0,0,64,{\"type\":\"adsb_icao\",\"alt_geom\":%d,"
            "\"mag_heading\":%d.25,\"baro_rate\":%d,\"nic\":8},\"adsb_icao\",1100,null,null,"
            "null]",
            i > 0 ? ",\n" : "", i + 1, grown + i % 9, i % 360, i % 3 == 0 ? -64 : 64 * i);
    }
    len += snprintf(text + len, ROOM - (size_t)len, "],\n\"behind\":\"%02000d\"}", 0);
    compare(&r, text, (size_t)len);
    assert_int_equal(r.n_fixes, N);
    readers_deinit(&r);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_may_be_of_another_length_all_at_once),
        cmocka_unit_test(numbers_may_be_of_another_length_for_long),
        cmocka_unit_test(an_object_is_read_alike_whatever_the_one_before_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
