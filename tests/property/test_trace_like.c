/* SPDX-License-Identifier: Apache-2.0 */
/* An aircraft object that is read beside the one before it, against the general reader: values of all kinds in the
 * place of others, and each of its bytes as another. */
#include "trace_compare.h"

#include <stdio.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_object_is_read_alike_whatever_the_one_before_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
