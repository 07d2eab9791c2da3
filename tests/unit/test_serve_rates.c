/* SPDX-License-Identifier: Apache-2.0 */
/* Buckets of tokens, addresses of clients, and until when connections have to have got on. What is due follows from
 * the rate and the clock, which the tests set. */
#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "serve/peers.h"
#include "serve/server.h"

static struct ovf_client_address address(const char *text)
{
    struct ovf_client_address out;
    assert_true(ovf_client_address_parse(text, &out));
    return out;
}

static bool equal(struct ovf_client_address a, struct ovf_client_address b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static unsigned count_taken(struct ovf_rates *rates, const char *client, unsigned n, int64_t now_ms)
{
    const struct ovf_client_address from = address(client);
    unsigned n_taken = 0;
    for (unsigned i = 0; i < n; i++)
        n_taken += ovf_rates_take(rates, &from, 1, now_ms) ? 1 : 0;
    return n_taken;
}

/** As the server has them when nothing else is said. */
static struct ovf_rates *defaults(void)
{
    struct ovf_rates *rates;
    assert_int_equal(ovf_rates_new(OVF_SERVER_RATE, 2 * OVF_SERVER_RATE, &rates), OVF_OK);
    return rates;
}

static void forty_come_at_once_and_no_more(void **state)
{
    (void)state;
    struct ovf_rates *rates = defaults();
    assert_int_equal(count_taken(rates, "192.0.2.1", 39, 1000), 39);
    assert_int_equal(count_taken(rates, "192.0.2.1", 1, 1000), 1);
    assert_int_equal(count_taken(rates, "192.0.2.1", 1, 1000), 0);
    ovf_rates_free(rates);
}

static void twenty_more_come_in_a_second(void **state)
{
    (void)state;
    struct ovf_rates *rates = defaults();
    assert_int_equal(count_taken(rates, "192.0.2.1", 100, 0), 40);
    assert_int_equal(count_taken(rates, "192.0.2.1", 1, 49), 0);
    assert_int_equal(count_taken(rates, "192.0.2.1", 2, 50), 1); /* 1/20 s */
    assert_int_equal(count_taken(rates, "192.0.2.1", 100, 1050), 20);
    assert_int_equal(count_taken(rates, "192.0.2.1", 100, 1000000), 40);
    ovf_rates_free(rates);
}

static void eight_eighths_of_a_request_are_one(void **state)
{
    (void)state;
    struct ovf_client_address from;
    struct ovf_rates *rates = defaults();
    unsigned n_taken = 0;
    assert_true(ovf_client_address_parse("192.0.2.1", &from));
    assert_int_equal(count_taken(rates, "192.0.2.1", 39, 1000), 39);
    while (ovf_rates_take(rates, &from, 0.125, 1000)) /* of which sums are exact */
        n_taken++;
    assert_int_equal(n_taken, 8);
    ovf_rates_free(rates);
}

static void each_address_has_its_own(void **state)
{
    (void)state;
    struct ovf_rates *rates = defaults();
    assert_int_equal(count_taken(rates, "192.0.2.1", 100, 0), 40);
    assert_int_equal(count_taken(rates, "192.0.2.2", 100, 0), 40);
    assert_int_equal(count_taken(rates, "2001:db8::1", 100, 0), 40);
    assert_int_equal(count_taken(rates, "2001:db8::ffff:2", 100, 0), 0); /* the same /64 */
    assert_int_equal(count_taken(rates, "2001:db8:0:1::1", 100, 0), 40);
    ovf_rates_free(rates);
}

static void many_addresses_forget_who_asked_longest_ago_and_no_memory_grows(void **state)
{
    char text[INET_ADDRSTRLEN];
    (void)state;
    struct ovf_rates *rates = defaults();
    for (unsigned i = 0; i < 100000; i++) {
        (void)snprintf(text, sizeof text, "10.%u.%u.%u", i >> 16, i >> 8 & 255, i & 255);
        assert_int_equal(count_taken(rates, text, 1, i), 1);
    }
    assert_int_equal(count_taken(rates, "192.0.2.1", 100, 100000), 40);
    assert_int_equal(count_taken(rates, "192.0.2.1", 100, 100000), 0);
    ovf_rates_free(rates);
}

static void a_rate_of_nothing_admits_all(void **state)
{
    struct ovf_rates *rates;
    (void)state;
    assert_int_equal(ovf_rates_new(0, 0, &rates), OVF_OK);
    assert_int_equal(count_taken(rates, "192.0.2.1", 1000, 0), 1000);
    ovf_rates_free(rates);
}

static void who_a_proxy_saw_is_the_last_it_names(void **state)
{
    struct ovf_client_address got;
    (void)state;
    assert_true(ovf_client_address_forwarded("203.0.113.9, 192.0.2.1", &got));
    assert_true(equal(got, address("192.0.2.1")));
    assert_true(ovf_client_address_forwarded(" 2001:db8::1 ", &got));
    assert_true(equal(got, address("2001:db8::2")));
    assert_true(ovf_client_address_forwarded("::ffff:192.0.2.1", &got));
    assert_true(equal(got, address("192.0.2.1")));
    assert_false(ovf_client_address_forwarded("", &got));
    assert_false(ovf_client_address_forwarded("unknown", &got));
    assert_false(ovf_client_address_forwarded("192.0.2.1,", &got));
    assert_false(ovf_client_address_forwarded(
        "1234567890123456789012345678901234567890123456789012345678901234567890", &got));
}

/** Whether the other end of a connection reads its end. */
static bool is_shut(int fd)
{
    char byte;
    return recv(fd, &byte, 1, MSG_DONTWAIT) == 0;
}

static void headers_are_due_in_ten_seconds_and_in_a_minute_after_an_answer(void **state)
{
    struct ovf_peers peers;
    const struct sockaddr_in any = {.sin_family = AF_INET};
    union {
        struct sockaddr_in in;
        struct sockaddr any;
    } from = {any};
    int ends[2];
    (void)state;
    ovf_peers_init(&peers);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    struct ovf_peer *peer = ovf_peers_join(&peers, ends[0], &from.any, 0);
    ovf_peers_tick(&peers, 9999);
    assert_false(is_shut(ends[1]));
    ovf_peers_set(&peers, peer, OVF_PEER_MAKING, 9999);
    ovf_peers_tick(&peers, 10000000);
    assert_false(is_shut(ends[1]));
    ovf_peers_set(&peers, peer, OVF_PEER_IDLE, 10000000);
    ovf_peers_tick(&peers, 10059999);
    assert_false(is_shut(ends[1]));
    ovf_peers_tick(&peers, 10060000);
    assert_true(is_shut(ends[1]));
    ovf_peers_leave(&peers, peer);
    ovf_peers_deinit(&peers);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forty_come_at_once_and_no_more),
        cmocka_unit_test(twenty_more_come_in_a_second),
        cmocka_unit_test(eight_eighths_of_a_request_are_one),
        cmocka_unit_test(each_address_has_its_own),
        cmocka_unit_test(many_addresses_forget_who_asked_longest_ago_and_no_memory_grows),
        cmocka_unit_test(a_rate_of_nothing_admits_all),
        cmocka_unit_test(who_a_proxy_saw_is_the_last_it_names),
        cmocka_unit_test(headers_are_due_in_ten_seconds_and_in_a_minute_after_an_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
