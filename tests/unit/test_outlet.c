/* SPDX-License-Identifier: Apache-2.0 */
/* A stream of bytes for whoever connects. */
#include "test.h"

#include <poll.h>
#include <string.h>

#include "base/time.h"
#include "scarce_files.h"
#include "source/outlet.h"
#include "source/running_clock.h"

static const char text[] = "frames";

static struct ovf_outlet_stream all_due(void)
{
    return (struct ovf_outlet_stream){
        .bytes = ovf_bytes_from_text(text), .n_due = strlen(text), .first = 0};
}

static struct ovf_outlet *open_outlet(unsigned *port)
{
    struct ovf_outlet *outlet = NULL;
    struct ovf_error err = {""};
    assert_int_equal(ovf_outlet_open("127.0.0.1:0", port, &outlet, &err), OVF_OK);
    return outlet;
}

static void step(struct ovf_outlet *outlet)
{
    const struct ovf_outlet_stream stream = all_due();
    struct ovf_error err = {""};
    assert_int_equal(ovf_outlet_step(outlet, &stream, -1, 20, &err), OVF_OK);
}

/** Steps for \p ms; returns how many. */
static size_t step_for(struct ovf_outlet *outlet, int64_t ms)
{
    size_t n = 0;
    const int64_t until_ns = ovf_running_ns() + ms * OVF_NS_PER_MS;
    for (; ovf_running_ns() < until_ns; n++)
        step(outlet);
    return n;
}

static void who_connects_when_no_file_can_be_opened_waits_and_nothing_spins(void **state)
{
    unsigned port;
    char got[16] = "";
    (void)state;
    struct ovf_outlet *outlet = open_outlet(&port);
    const int client = socket(AF_INET, SOCK_STREAM, 0);
    const struct rlimit before = files_run_out();
    assert_true(connect_to(client, port));
    assert_true(step_for(outlet, 300) <= 20); /* 15 of 20 ms, and those that a rest ends */
    assert_in_range(ovf_outlet_n_put_off(outlet), 1, 4);
    assert_int_equal(ovf_outlet_n_taken(outlet), 0);
    files_are_back(&before);
    for (int i = 0; i < 500 && ovf_outlet_n_taken(outlet) == 0; i++) /* 100 ms; 10 s at the most */
        step(outlet);
    assert_int_equal(ovf_outlet_n_taken(outlet), 1);
    assert_int_equal(recv(client, got, sizeof got, 0), strlen(text));
    (void)close(client);
    ovf_outlet_close(outlet);
}

static void when_it_is_shut_who_is_there_gets_what_is_due_and_nobody_else_is_taken(void **state)
{
    unsigned port;
    char got[16] = "";
    (void)state;
    struct ovf_outlet *outlet = open_outlet(&port);
    const int client = socket(AF_INET, SOCK_STREAM, 0);
    const int late = socket(AF_INET, SOCK_STREAM, 0);
    const struct ovf_outlet_stream none = {.bytes = ovf_bytes_from_text(text)};
    struct ovf_error err = {""};
    assert_true(connect_to(client, port));
    assert_int_equal(ovf_outlet_step(outlet, &none, -1, 20, &err), OVF_OK);
    assert_int_equal(ovf_outlet_n_clients(outlet), 1);
    ovf_outlet_shut(outlet);
    assert_false(connect_to(late, port));
    step(outlet);
    assert_int_equal(recv(client, got, sizeof got, 0), strlen(text));
    assert_int_equal(recv(client, got, sizeof got, 0), 0); /* it ends there */
    (void)close(client);
    (void)close(late);
    step(outlet);
    assert_int_equal(ovf_outlet_n_clients(outlet), 0);
    ovf_outlet_close(outlet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_connects_when_no_file_can_be_opened_waits_and_nothing_spins),
        cmocka_unit_test(when_it_is_shut_who_is_there_gets_what_is_due_and_nobody_else_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
