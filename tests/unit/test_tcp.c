/* SPDX-License-Identifier: Apache-2.0 */
/* A connection that is kept up, over loopback, with a clock that is told. */
#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#include "source/tcp.h"

static const struct ovf_tcp_options options = {
    .stall_ms = 5000, .wait_ms = 1000, .wait_most_ms = 3000};

struct bench {
    int listener;
    int peer; /* -1: none */
    struct ovf_tcp tcp;
    unsigned char bytes[64];
    size_t n;
    struct ovf_error err;
};

static unsigned n_acknowledged; /* how often the system was told to do so at once */

int __real_setsockopt(int fd, int level, int name, const void *value, socklen_t size);
int __wrap_setsockopt(int fd, int level, int name, const void *value, socklen_t size);

int __wrap_setsockopt(int fd, int level, int name, const void *value, socklen_t size)
{
    n_acknowledged += level == IPPROTO_TCP && name == TCP_QUICKACK ? 1 : 0;
    return __real_setsockopt(fd, level, name, value, size);
}

static void listen_at(struct bench *b, uint16_t port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port)};
    const int on = 1;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    b->listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(b->listener >= 0);
    assert_int_equal(setsockopt(b->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), 0);
    assert_int_equal(bind(b->listener, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(b->listener, 4), 0);
}

static uint16_t port_of(const struct bench *b)
{
    struct sockaddr_in at;
    socklen_t size = sizeof at;
    assert_int_equal(getsockname(b->listener, (struct sockaddr *)&at, &size), 0);
    return ntohs(at.sin_port);
}

static struct bench make_bench(void)
{
    struct bench b = {.peer = -1};
    char place[32];
    listen_at(&b, 0);
    (void)snprintf(place, sizeof place, "127.0.0.1:%u", port_of(&b));
    assert_int_equal(ovf_tcp_init(&b.tcp, place, &options, &b.err), OVF_OK);
    return b;
}

static void free_bench(struct bench *b)
{
    if (b->peer >= 0)
        (void)close(b->peer);
    (void)close(b->listener);
    ovf_tcp_deinit(&b->tcp);
}

/* Waits up to a second of the real clock; it is now_ms for the connection. */
static enum ovf_tcp_got turn_once(struct bench *b, int64_t now_ms)
{
    struct pollfd wanted;
    int64_t until_ms;
    ovf_tcp_prepare(&b->tcp, now_ms, &wanted, &until_ms);
    (void)poll(&wanted, 1, wanted.fd >= 0 ? 1000 : 0);
    return ovf_tcp_step(&b->tcp, wanted.revents, now_ms, b->bytes, sizeof b->bytes, &b->n, &b->err);
}

/* The addresses come first, and with them nothing to tell. */
static enum ovf_tcp_got turn(struct bench *b, int64_t now_ms)
{
    const enum ovf_tcp_got got = turn_once(b, now_ms);
    return got == OVF_TCP_NOTHING ? turn_once(b, now_ms) : got;
}

/* The same without waiting for anything to happen. */
static enum ovf_tcp_got glance(struct bench *b, int64_t now_ms)
{
    struct pollfd wanted;
    int64_t until_ms;
    ovf_tcp_prepare(&b->tcp, now_ms, &wanted, &until_ms);
    return ovf_tcp_step(&b->tcp, 0, now_ms, b->bytes, sizeof b->bytes, &b->n, &b->err);
}

static void connect_at(struct bench *b, int64_t now_ms)
{
    assert_int_equal(turn(b, now_ms), OVF_TCP_CONNECTED);
    if (b->peer >= 0)
        (void)close(b->peer);
    b->peer = accept(b->listener, NULL, NULL);
    assert_true(b->peer >= 0);
}

static void bytes_come_as_they_are_sent(void **state)
{
    (void)state;
    struct bench b = make_bench();
    connect_at(&b, 0);
    assert_int_equal(send(b.peer, "abc", 3, 0), 3);
    assert_int_equal(turn(&b, 10), OVF_TCP_BYTES);
    assert_int_equal(b.n, 3);
    assert_memory_equal(b.bytes, "abc", 3);
    free_bench(&b);
}

/* A sender that gathers small pieces (Nagle's way, which is the usual one) keeps one back until those before are
 * acknowledged, for which a system takes 40 ms when nobody hurries it. */
static void what_has_come_is_acknowledged_unless_more_is_there(void **state)
{
    (void)state;
    struct bench b = make_bench();
    unsigned char many[sizeof b.bytes] = {0};
    connect_at(&b, 0);
    n_acknowledged = 0;
    assert_int_equal(send(b.peer, "abc", 3, 0), 3);
    assert_int_equal(turn(&b, 10), OVF_TCP_BYTES);
    assert_int_equal(n_acknowledged, 1);
    assert_int_equal(send(b.peer, many, sizeof many, 0), sizeof many);
    assert_int_equal(turn(&b, 20), OVF_TCP_BYTES);
    assert_int_equal(n_acknowledged, 1);
    free_bench(&b);
}

static void a_connection_that_is_closed_is_made_anew_after_a_wait(void **state)
{
    (void)state;
    struct bench b = make_bench();
    connect_at(&b, 0);
    assert_int_equal(close(b.peer), 0);
    b.peer = -1;
    assert_int_equal(turn(&b, 100), OVF_TCP_LOST);
    assert_string_equal(b.err.text, "closed by the other side; again in 1 s");
    assert_int_equal(glance(&b, 1099), OVF_TCP_NOTHING);
    connect_at(&b, 1100);
    assert_int_equal(b.tcp.n_connected, 2);
    free_bench(&b);
}

static void waits_double_up_to_a_bound_and_begin_anew_with_bytes(void **state)
{
    static const char *const waits[] = {"again in 1 s", "again in 2 s", "again in 3 s",
                                        "again in 3 s"};
    (void)state;
    struct bench b = make_bench();
    const uint16_t port = port_of(&b);
    int64_t now_ms = 0;
    (void)close(b.listener); /* refused */
    for (size_t i = 0; i < sizeof waits / sizeof *waits; i++, now_ms += 3000) {
        assert_int_equal(turn(&b, now_ms), OVF_TCP_LOST);
        assert_non_null(strstr(b.err.text, waits[i]));
    }
    listen_at(&b, port);
    connect_at(&b, now_ms);
    assert_int_equal(send(b.peer, "x", 1, 0), 1);
    assert_int_equal(turn(&b, now_ms), OVF_TCP_BYTES);
    assert_int_equal(close(b.peer), 0);
    b.peer = -1;
    assert_int_equal(turn(&b, now_ms), OVF_TCP_LOST);
    assert_non_null(strstr(b.err.text, "again in 1 s"));
    free_bench(&b);
}

static void silence_is_a_stall(void **state)
{
    (void)state;
    struct bench b = make_bench();
    connect_at(&b, 0);
    assert_int_equal(glance(&b, 4999), OVF_TCP_NOTHING);
    assert_int_equal(glance(&b, 5000), OVF_TCP_LOST);
    assert_string_equal(b.err.text, "nothing came for long; again in 1 s");
    free_bench(&b);
}

static void a_connection_is_kept_alive(void **state)
{
    (void)state;
    struct bench b = make_bench();
    int on = 0;
    socklen_t size = sizeof on;
    connect_at(&b, 0);
    assert_int_equal(getsockopt(b.tcp.fd, SOL_SOCKET, SO_KEEPALIVE, &on, &size), 0);
    assert_int_not_equal(on, 0);
    free_bench(&b);
}

static void what_was_dropped_waits_longest(void **state)
{
    (void)state;
    struct bench b = make_bench();
    connect_at(&b, 0);
    ovf_tcp_drop(&b.tcp, 100);
    assert_int_equal(glance(&b, 3099), OVF_TCP_NOTHING);
    connect_at(&b, 3100);
    free_bench(&b);
}

static void places_are_host_and_port(void **state)
{
    static const char *const bad[] = {"",      "host",        "host:",    ":1",
                                      "a:b:1", "host:1x",     "[::1]",    "[]:1",
                                      "::1:1", "host:123456", "host:-1x", "host :port"};
    (void)state;
    struct ovf_tcp tcp;
    struct ovf_error err;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(ovf_tcp_init(&tcp, bad[i], &options, &err), OVF_E_RANGE);
    assert_int_equal(ovf_tcp_init(&tcp, "[::1]:30005", &options, &err), OVF_OK);
    assert_string_equal(tcp.host, "::1");
    assert_string_equal(tcp.port, "30005");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_come_as_they_are_sent),
        cmocka_unit_test(what_has_come_is_acknowledged_unless_more_is_there),
        cmocka_unit_test(a_connection_that_is_closed_is_made_anew_after_a_wait),
        cmocka_unit_test(waits_double_up_to_a_bound_and_begin_anew_with_bytes),
        cmocka_unit_test(silence_is_a_stall),
        cmocka_unit_test(a_connection_is_kept_alive),
        cmocka_unit_test(what_was_dropped_waits_longest),
        cmocka_unit_test(places_are_host_and_port),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
