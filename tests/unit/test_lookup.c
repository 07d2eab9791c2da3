/* SPDX-License-Identifier: Apache-2.0 */
/* Hosts whose names take long to look up. The resolver here knows "slow", which is this machine, when it is let go,
 * and numbers. */
#include "test.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>

#include "source/tcp.h"

int __real_getaddrinfo(const char *host, const char *port, const struct addrinfo *hints,
                       struct addrinfo **out);
int __wrap_getaddrinfo(const char *host, const char *port, const struct addrinfo *hints,
                       struct addrinfo **out);

static sem_t go;
static atomic_int n_asked;

int __wrap_getaddrinfo(const char *host, const char *port, const struct addrinfo *hints,
                       struct addrinfo **out)
{
    struct addrinfo numeric = *hints;
    const bool is_slow = strcmp(host, "slow") == 0;
    numeric.ai_flags |= AI_NUMERICHOST;
    atomic_fetch_add(&n_asked, 1);
    while (is_slow && sem_wait(&go) != 0)
        continue; /* interrupted */
    return __real_getaddrinfo(is_slow ? "127.0.0.1" : host, port, &numeric, out);
}

static const struct ovf_tcp_options options = {
    .stall_ms = 5000, .wait_ms = 1000, .wait_most_ms = 3000};

struct bench {
    int listener;
    uint16_t port;
    unsigned char bytes[64];
    size_t n;
    struct ovf_error err;
};

static struct bench make_bench(void)
{
    struct bench b = {.listener = socket(AF_INET, SOCK_STREAM, 0)};
    struct sockaddr_in at = {.sin_family = AF_INET};
    socklen_t size = sizeof at;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_true(b.listener >= 0);
    assert_int_equal(bind(b.listener, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(b.listener, 4), 0);
    assert_int_equal(getsockname(b.listener, (struct sockaddr *)&at, &size), 0);
    b.port = ntohs(at.sin_port);
    atomic_store(&n_asked, 0);
    return b;
}

static struct ovf_tcp tcp_to(const struct bench *b, const char *host)
{
    struct ovf_tcp tcp;
    char place[64];
    (void)snprintf(place, sizeof place, "%s:%u", host, b->port);
    assert_int_equal(ovf_tcp_init(&tcp, place, &options, NULL), OVF_OK);
    return tcp;
}

/* Waits for \p wait_ms of the real clock at the most. */
static enum ovf_tcp_got turn(struct bench *b, struct ovf_tcp *tcp, int64_t now_ms, int wait_ms)
{
    struct pollfd wanted;
    int64_t until_ms;
    ovf_tcp_prepare(tcp, now_ms, &wanted, &until_ms);
    (void)poll(&wanted, 1, wait_ms);
    return ovf_tcp_step(tcp, wanted.revents, now_ms, b->bytes, sizeof b->bytes, &b->n, &b->err);
}

static enum ovf_tcp_got turn_until_told(struct bench *b, struct ovf_tcp *tcp, int64_t now_ms)
{
    enum ovf_tcp_got got = OVF_TCP_NOTHING;
    for (int i = 0; i < 2 && got == OVF_TCP_NOTHING; i++)
        got = turn(b, tcp, now_ms, 5000);
    return got;
}

static void a_host_that_takes_long_to_look_up_holds_no_other_up(void **state)
{
    (void)state;
    struct bench b = make_bench();
    struct ovf_tcp slow = tcp_to(&b, "slow");
    struct ovf_tcp other = tcp_to(&b, "127.0.0.1");
    assert_int_equal(turn(&b, &slow, 0, 0), OVF_TCP_NOTHING); /* and comes back */
    assert_int_equal(turn_until_told(&b, &other, 0), OVF_TCP_CONNECTED);
    const int peer = accept(b.listener, NULL, NULL);
    assert_int_equal(send(peer, "abc", 3, 0), 3);
    assert_int_equal(turn(&b, &other, 10, 1000), OVF_TCP_BYTES);
    assert_int_equal(turn(&b, &slow, 4999, 0), OVF_TCP_NOTHING);
    assert_int_equal(sem_post(&go), 0);
    assert_int_equal(turn_until_told(&b, &slow, 4999), OVF_TCP_CONNECTED);
    ovf_tcp_deinit(&slow);
    ovf_tcp_deinit(&other);
    (void)close(peer);
    (void)close(b.listener);
}

static void what_takes_too_long_is_told_and_not_asked_for_twice(void **state)
{
    (void)state;
    struct bench b = make_bench();
    struct ovf_tcp slow = tcp_to(&b, "slow");
    assert_int_equal(turn(&b, &slow, 0, 0), OVF_TCP_NOTHING);
    assert_int_equal(turn(&b, &slow, 5000, 0), OVF_TCP_LOST);
    assert_string_equal(b.err.text, "looking up the host takes long; again in 1 s");
    assert_int_equal(turn(&b, &slow, 5999, 0), OVF_TCP_NOTHING);
    assert_int_equal(turn(&b, &slow, 6000, 0), OVF_TCP_NOTHING);
    assert_int_equal(turn(&b, &slow, 11000, 0), OVF_TCP_LOST);
    assert_int_equal(sem_post(&go), 0);
    assert_int_equal(turn_until_told(&b, &slow, 14000), OVF_TCP_CONNECTED);
    assert_int_equal(atomic_load(&n_asked), 1);
    ovf_tcp_deinit(&slow);
    (void)close(b.listener);
}

static void one_that_is_given_up_is_waited_for_by_nobody(void **state)
{
    (void)state;
    struct bench b = make_bench();
    struct ovf_tcp slow = tcp_to(&b, "slow");
    assert_int_equal(turn(&b, &slow, 0, 0), OVF_TCP_NOTHING);
    ovf_tcp_deinit(&slow);
    assert_int_equal(sem_post(&go), 0); /* what it holds is freed: the leak checker looks */
    (void)close(b.listener);
}

static void a_host_that_is_none_is_told(void **state)
{
    (void)state;
    struct bench b = make_bench();
    struct ovf_tcp tcp = tcp_to(&b, "none.invalid");
    assert_int_equal(turn_until_told(&b, &tcp, 0), OVF_TCP_LOST);
    assert_string_equal(b.err.text, "no such host; again in 1 s");
    ovf_tcp_deinit(&tcp);
    (void)close(b.listener);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_host_that_takes_long_to_look_up_holds_no_other_up),
        cmocka_unit_test(what_takes_too_long_is_told_and_not_asked_for_twice),
        cmocka_unit_test(one_that_is_given_up_is_waited_for_by_nobody),
        cmocka_unit_test(a_host_that_is_none_is_told),
    };
    if (sem_init(&go, 0, 0) != 0)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
