/* SPDX-License-Identifier: Apache-2.0 */
/* notify/private_address.h. The addresses are examples of the ranges of the IANA registries of special-purpose
 * addresses (RFC 6890), each at an edge, and public ones just outside. Python's ipaddress agrees where it looks:
 * not into IPv4 inside IPv6. */
#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/un.h>

#include "notify/private_address.h"

static bool is_private(const char *text)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
        return ovf_address_is_private((const struct sockaddr *)&v4);
    assert_int_equal(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
    return ovf_address_is_private((const struct sockaddr *)&v6);
}

static void every_range_that_is_not_public_is_private(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.169.254",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fc00::1",
        "fdff::1",
        "fe80::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "2002:c0a8:101::",
        "2001:db8::1",
        "2001::1",
        "100::1",
        "::127.0.0.1",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!is_private(texts[i]))
            fail_msg("%s is public", texts[i]);
    }
}

static void what_lies_beside_these_ranges_is_public(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "1.0.0.0",         "9.255.255.255",    "11.0.0.0",       "100.63.255.255",
        "100.128.0.0",     "126.255.255.255",  "128.0.0.0",      "169.253.255.255",
        "169.255.0.0",     "172.15.255.255",   "172.32.0.0",     "192.0.1.0",
        "192.167.255.255", "192.169.0.0",      "198.17.255.255", "198.20.0.0",
        "223.255.255.255", "8.8.8.8",          "2600::1",        "2a00:1450:4001::8a",
        "::ffff:8.8.8.8",  "64:ff9b::808:808", "2002:808:808::", "2001:4860:4860::8888",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (is_private(texts[i]))
            fail_msg("%s is private", texts[i]);
    }
}

static void another_family_is_private(void **state)
{
    (void)state;
    const struct sockaddr_un local = {.sun_family = AF_UNIX};
    assert_true(ovf_address_is_private((const struct sockaddr *)&local));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_range_that_is_not_public_is_private),
        cmocka_unit_test(what_lies_beside_these_ranges_is_public),
        cmocka_unit_test(another_family_is_private),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
