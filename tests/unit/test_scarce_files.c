/* SPDX-License-Identifier: Apache-2.0 */
/* What listens over HTTP when no more files can be opened. */
#include "test.h"

#include <string.h>

#include "run/scarce_files.h"
#include "scarce_files.h"
#include "serve_client.h"
#include "watch/metrics.h"

static const struct timespec half_a_second = {.tv_nsec = 500000000L};

/** Connects while there are no files, and waits: of half a second the whole process uses a tenth at the most. */
static int connect_in_vain(unsigned port, struct rlimit *before)
{
    const int client = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(client >= 0);
    *before = files_run_out();
    assert_true(connect_to(client, port));
    const double begun_ms = used_ms();
    (void)nanosleep(&half_a_second, NULL);
    assert_true(used_ms() - begun_ms < 50);
    return client;
}

/** It is answered when there are files again. */
static void ask(int client, const char *target, const char *status)
{
    char request[80];
    char text[4096];
    (void)snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", target);
    assert_true(serve_send(client, request));
    (void)serve_read(client, "\r\n\r\n", 5000, text, sizeof text);
    assert_memory_equal(text, status, strlen(status));
    (void)close(client);
}

static size_t count_of(const char *text, const char *part)
{
    size_t n = 0;
    while ((text = strstr(text, part)) != NULL) {
        text += strlen(part);
        n++;
    }
    return n;
}

static void metrics_wait_for_files_and_do_not_spin(void **state)
{
    struct serve_talk talk = {.sink = {serve_take_talk, &talk}};
    struct ovf_metrics *metrics = NULL;
    struct ovf_error err = {""};
    struct rlimit before;
    unsigned port;
    (void)state;
    assert_int_equal(ovf_metrics_open("127.0.0.1:0", &talk.sink, &port, &metrics, &err), OVF_OK);
    assert_int_equal(ovf_metrics_n_put_off(metrics), 0);
    const int client = connect_in_vain(port, &before);
    assert_in_range(ovf_metrics_n_put_off(metrics), 2, 7);
    files_are_back(&before);
    ask(client, "/metrics", "HTTP/1.1 200");
    ovf_metrics_close(metrics);
    assert_string_equal(talk.text, OVF_SCARCE_FILES_WORDS);
}

static void a_server_waits_for_files_and_does_not_spin(void **state)
{
    struct serve_talk talk;
    struct rlimit before;
    (void)state;
    struct ovf_server *server = serve_open_default(&talk);
    assert_non_null(server);
    const int client = connect_in_vain(serve_port(&talk), &before);
    files_are_back(&before);
    ask(client, "/api/v1/index", "HTTP/1.1 404");
    ovf_server_close(server);
    assert_int_equal(count_of(talk.text, OVF_SCARCE_FILES_WORDS), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(metrics_wait_for_files_and_do_not_spin),
        cmocka_unit_test(a_server_waits_for_files_and_does_not_spin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
