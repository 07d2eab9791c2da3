/* SPDX-License-Identifier: Apache-2.0 */
/* How late alerts are told when nobody says so. The clock is the test's. */
#include "test.h"

#include <stdatomic.h>

#include "base/time.h"
#include "serve_client.h"

int64_t __wrap_ovf_running_ns(void);

static _Atomic int64_t now_ns;

int64_t __wrap_ovf_running_ns(void)
{
    return now_ns;
}

static const char line[] = "{\"k\":1}";

/** Who listens from before an alert on: one that is told to nobody is not told again to who comes later. */
static int listen_to(const struct serve_talk *talk)
{
    int fd;
    assert_int_equal(serve_listen(serve_port(talk), 1, &fd), 200);
    return fd;
}

static bool is_told(int fd, int wait_ms)
{
    char text[4096];
    (void)serve_read(fd, line, wait_ms, text, sizeof text);
    return strstr(text, line) != NULL;
}

static void the_public_is_told_fifteen_minutes_later(void **state)
{
    const int64_t begin_ns = 5000 * OVF_NS_PER_S;
    struct serve_talk talk;
    struct ovf_server_options options = serve_defaults();
    (void)state;
    now_ns = begin_ns;
    options.is_public = true;
    struct ovf_server *server = serve_open(&options, &talk);
    const int fd = listen_to(&talk);
    assert_int_equal(ovf_server_alert(server, "a", OVF_WATCH_INSIDE, ovf_bytes_from_text(line)),
                     OVF_OK);
    assert_false(is_told(fd, 500));
    now_ns = begin_ns + 15 * OVF_NS_PER_MIN - OVF_NS_PER_MS;
    assert_false(is_told(fd, 1000));
    now_ns = begin_ns + 15 * OVF_NS_PER_MIN;
    assert_true(is_told(fd, 10000));
    (void)close(fd);
    ovf_server_close(server);
}

static void the_owner_is_told_at_once(void **state)
{
    struct serve_talk talk;
    (void)state;
    struct ovf_server *server = serve_open_default(&talk);
    const int fd = listen_to(&talk);
    assert_int_equal(ovf_server_alert(server, "a", OVF_WATCH_INSIDE, ovf_bytes_from_text(line)),
                     OVF_OK);
    assert_true(is_told(fd, 10000));
    (void)close(fd);
    ovf_server_close(server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_public_is_told_fifteen_minutes_later),
        cmocka_unit_test(the_owner_is_told_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
