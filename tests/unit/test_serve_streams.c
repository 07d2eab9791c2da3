/* SPDX-License-Identifier: Apache-2.0 */
/* Streams of alerts: who may listen, what is told whom, and who is dropped. */
#include "test.h"

#include "serve_client.h"

static void tell_as(struct ovf_server *server, const char *id, enum ovf_watch_stand stand,
                    const char *line)
{
    assert_int_equal(ovf_server_alert(server, id, stand, ovf_bytes_from_text(line)), OVF_OK);
}

static void tell(struct ovf_server *server, const char *id, const char *line)
{
    tell_as(server, id, OVF_WATCH_INSIDE, line);
}

/** What a client is told that asks with \p last_id (NULL: none) until \p end. */
static void listen_for(unsigned port, const char *last_id, const char *end, char *out, size_t size)
{
    char request[256];
    (void)snprintf(request, sizeof request,
                   "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n%s%s%s\r\n",
                   last_id != NULL ? "Last-Event-ID: " : "", last_id != NULL ? last_id : "",
                   last_id != NULL ? "\r\n" : "");
    const int fd = serve_connect(port, 1);
    assert_true(fd >= 0 && serve_send(fd, request));
    (void)serve_read(fd, end, 500, out, size);
    (void)close(fd);
}

static void eight_of_one_address_listen_and_not_nine(void **state)
{
    struct serve_talk talk;
    int fds[9];
    (void)state;
    struct ovf_server *server = serve_open_default(&talk);
    for (unsigned i = 0; i < 8; i++)
        assert_int_equal(serve_listen(serve_port(&talk), 1, &fds[i]), 200);
    assert_int_equal(serve_listen(serve_port(&talk), 1, &fds[8]), 429);
    ovf_server_close(server);
    for (unsigned i = 0; i < 9; i++)
        (void)close(fds[i]);
}

static void two_hundred_and_fifty_six_listen_and_not_one_more(void **state)
{
    struct serve_talk talk;
    int fds[257];
    (void)state;
    struct ovf_server *server = serve_open_default(&talk);
    for (unsigned i = 0; i < 256; i++)
        assert_int_equal(serve_listen(serve_port(&talk), 1 + i / 8, &fds[i]), 200);
    assert_int_equal(serve_listen(serve_port(&talk), 100, &fds[256]), 503);
    (void)close(fds[0]);
    (void)close(fds[256]);
    assert_int_equal(serve_listen(serve_port(&talk), 100, &fds[256]),
                     200); /* who goes makes room */
    ovf_server_close(server);
    for (unsigned i = 1; i < 257; i++)
        (void)close(fds[i]);
}

/** The status of what a client is answered behind a proxy that adds a line of its own. */
static unsigned listen_behind(unsigned port, unsigned made_up, const char *seen, int *fd)
{
    char text[2048];
    (void)snprintf(text, sizeof text,
                   "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n"
                   "X-Forwarded-For: 203.0.113.%u\r\nx-forwarded-for: %s\r\n\r\n",
                   made_up, seen);
    *fd = serve_connect(port, 1);
    assert_true(*fd >= 0 && serve_send(*fd, text));
    (void)serve_read(*fd, "\r\n\r\n", 10000, text, sizeof text);
    return strncmp(text, "HTTP/1.1 ", 9) == 0 ? (unsigned)strtoul(text + 9, NULL, 10) : 0;
}

static void who_makes_up_addresses_is_still_the_one_that_the_proxy_saw(void **state)
{
    struct serve_talk talk;
    struct ovf_server_options options = serve_defaults();
    int fds[10];
    (void)state;
    options.behind_proxy = true;
    struct ovf_server *server = serve_open(&options, &talk);
    for (unsigned i = 0; i < 8; i++)
        assert_int_equal(listen_behind(serve_port(&talk), i, "192.0.2.1", &fds[i]), 200);
    assert_int_equal(listen_behind(serve_port(&talk), 8, "192.0.2.1", &fds[8]), 429);
    assert_int_equal(listen_behind(serve_port(&talk), 9, "192.0.2.2", &fds[9]), 200);
    ovf_server_close(server);
    for (unsigned i = 0; i < 10; i++)
        (void)close(fds[i]);
}

static void limits_are_raised_by_options(void **state)
{
    struct serve_talk talk;
    struct ovf_server_options options = serve_defaults();
    int fds[12];
    (void)state;
    options.max_sse = 11;
    options.max_sse_per_address = 20;
    struct ovf_server *server = serve_open(&options, &talk);
    for (unsigned i = 0; i < 11; i++)
        assert_int_equal(serve_listen(serve_port(&talk), 1, &fds[i]), 200);
    assert_int_equal(serve_listen(serve_port(&talk), 1, &fds[11]), 503);
    ovf_server_close(server);
    for (unsigned i = 0; i < 12; i++)
        (void)close(fds[i]);
}

static void who_comes_back_is_told_what_it_missed(void **state)
{
    struct serve_talk talk;
    char text[8192];
    (void)state;
    struct ovf_server *server = serve_open_default(&talk);
    tell(server, "aa", "{\"k\":0}");
    tell(server, "bb", "{\"k\":1}");
    tell(server, "aa", "{\"k\":2}");
    listen_for(serve_port(&talk), "bb:1", "\n\nid", text, sizeof text);
    assert_null(strstr(text, "{\"k\":1}"));
    assert_non_null(strstr(text, "id: aa:2\nevent: alert\ndata: {\"k\":2}\n\n"));
    assert_null(strstr(text, "event: missed"));
    ovf_server_close(server);
}

static void an_absurd_last_id_is_no_trouble(void **state)
{
    static const char *const of_another_time[] = {"aa:1", "bb:999999999999999999", "bb:1:1", ":0"};
    static const char *const of_none[] = {"aa:-1",    "aa:",      "aa:99999999999999999999999",
                                          "\x01\xff", "' OR 1=1", ""};
    struct serve_talk talk;
    char text[8192];
    (void)state;
    struct ovf_server *server = serve_open_default(&talk);
    tell(server, "aa", "{\"k\":0}");
    tell(server, "bb", "{\"k\":1}");
    for (size_t i = 0; i < sizeof of_another_time / sizeof *of_another_time; i++) {
        listen_for(serve_port(&talk), of_another_time[i], "{\"k\":1}", text, sizeof text);
        assert_non_null(strstr(text, "event: missed\n"));
        assert_non_null(strstr(text, "{\"k\":0}"));
    }
    for (size_t i = 0; i < sizeof of_none / sizeof *of_none; i++) {
        listen_for(serve_port(&talk), of_none[i], "{\"k\":1}", text, sizeof text);
        assert_null(strstr(text, "event: missed"));
        assert_non_null(strstr(text, "{\"k\":1}"));
    }
    ovf_server_close(server);
}

static void who_comes_without_an_id_is_told_the_newest_hundred(void **state)
{
    struct serve_talk talk;
    char line[32];
    char text[16384];
    (void)state;
    struct ovf_server *server = serve_open_default(&talk);
    for (unsigned i = 0; i < 250; i++) {
        (void)snprintf(line, sizeof line, "{\"k\":%u}", i);
        tell(server, "a", line);
    }
    listen_for(serve_port(&talk), NULL, "{\"k\":249}", text, sizeof text);
    assert_null(strstr(text, "{\"k\":149}"));
    assert_non_null(strstr(text, "{\"k\":150}"));
    assert_non_null(strstr(text, "{\"k\":249}"));
    ovf_server_close(server);
}

/** As many as are told whole to who comes later. */
static void tell_newest(struct ovf_server *server)
{
    for (unsigned i = 0; i < 100; i++)
        tell(server, "newest", "{\"k\":\"newest\"}");
}

static void who_comes_late_is_told_what_was_told_last_of_each_crossing(void **state)
{
    struct serve_talk talk;
    char text[16384];
    (void)state;
    struct ovf_server *server = serve_open_default(&talk);
    tell(server, "aa", "{\"k\":0}");
    tell(server, "bb", "{\"k\":1}");
    tell_as(server, "cc", OVF_WATCH_OVER, "{\"k\":2}");
    tell(server, "aa", "{\"k\":3}");
    tell_as(server, "bb", OVF_WATCH_NOTHING, "{\"k\":4}");
    tell_newest(server);
    listen_for(serve_port(&talk), NULL, "newest:104", text, sizeof text);
    assert_null(strstr(text, "{\"k\":0}")); /* told anew */
    assert_null(strstr(text, "id: bb"));    /* taken back */
    const char *const over = strstr(text, "id: cc:2\nevent: alert\ndata: {\"k\":2}\n\n");
    const char *const inside = strstr(text, "id: aa:3\nevent: alert\ndata: {\"k\":3}\n\n");
    assert_true(over != NULL && inside != NULL && over < inside);
    assert_true(inside < strstr(text, "newest"));
    assert_null(strstr(text, "event: left_off"));
    listen_for(serve_port(&talk), "newest:103", "newest:104", text, sizeof text);
    assert_null(strstr(text, "{\"k\":3}")); /* who comes back knows it */
    ovf_server_close(server);
}

static void beyond_ten_thousand_what_is_over_is_left_off_first_and_it_is_told(void **state)
{
    static char text[1 << 20];
    struct serve_talk talk;
    char id[32];
    (void)state;
    struct ovf_server *server = serve_open_default(&talk);
    tell(server, "inside", "{}");
    for (unsigned i = 0; i < 10020; i++) {
        (void)snprintf(id, sizeof id, "over%u", i);
        tell_as(server, id, OVF_WATCH_OVER, "{}");
    }
    tell_newest(server);
    listen_for(serve_port(&talk), NULL, "newest:10120", text, sizeof text);
    assert_non_null(
        strstr(text, "event: left_off\ndata: {\"type\":\"left_off\",\"n_crossings\":22}\n\n"));
    assert_non_null(strstr(text, "id: inside:0\n"));
    assert_null(strstr(text, "id: over21:"));
    assert_non_null(strstr(text, "id: over22:"));
    ovf_server_close(server);
}

static void who_lost_its_place_is_told_what_stands_too(void **state)
{
    struct serve_talk talk;
    char text[16384];
    (void)state;
    struct ovf_server *server = serve_open_default(&talk);
    tell(server, "aa", "{\"k\":0}");
    for (unsigned i = 0; i < 33000; i++) /* more than are kept */
        tell(server, "bb", "{}");
    listen_for(serve_port(&talk), "aa:0", "{\"k\":0}", text, sizeof text);
    assert_non_null(strstr(text, "event: missed\n"));
    assert_non_null(strstr(text, "{\"k\":0}"));
    ovf_server_close(server);
}

static void alerts_are_told_as_late_as_is_asked(void **state)
{
    struct serve_talk talk;
    static const int64_t delay_ms = 600;
    struct ovf_server_options options = serve_defaults();
    char text[4096];
    int fd;
    (void)state;
    options.is_public = true;
    options.public_delay_ms = &delay_ms;
    struct ovf_server *server = serve_open(&options, &talk);
    assert_int_equal(serve_listen(serve_port(&talk), 1, &fd), 200);
    tell(server, "a", "{\"k\":1}");
    (void)serve_read(fd, "{\"k\":1}", 300, text, sizeof text);
    assert_null(strstr(text, "{\"k\":1}"));
    (void)serve_read(fd, "{\"k\":1}", 5000, text, sizeof text);
    assert_non_null(strstr(text, "{\"k\":1}"));
    ovf_server_close(server);
    (void)close(fd);
}

/** Reads events in turn until there are \p n of them in all; returns how many came. */
static size_t count_events(int fd, size_t n)
{
    static char text[1 << 20];
    size_t n_seen = 0;
    size_t kept = 0;
    while (n_seen < n) {
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        if (poll(&wait, 1, 5000) <= 0)
            break;
        const ssize_t got = recv(fd, text + kept, sizeof text - kept - 1, 0);
        if (got <= 0)
            break;
        text[kept + (size_t)got] = '\0';
        char *at = text;
        for (char *next; (next = strstr(at, "event: alert")) != NULL; at = next + 1)
            n_seen++;
        const size_t len = strlen(at); /* an event may be cut */
        kept = len < 11 ? len : 11;
        memmove(text, at + len - kept, kept);
    }
    return n_seen;
}

static void who_never_reads_is_dropped_and_who_reads_loses_nothing(void **state)
{
    enum { N = 2200, STEP = 20, LINE = 60000 };
    static char line[LINE + 1];
    struct serve_talk talk;
    int silent[4];
    int reader;
    (void)state;
    struct ovf_server *server = serve_open_default(&talk);
    for (unsigned i = 0; i < 4; i++)
        assert_int_equal(serve_listen(serve_port(&talk), 1, &silent[i]), 200);
    assert_int_equal(serve_listen(serve_port(&talk), 2, &reader), 200);
    memset(line, 'x', LINE);
    size_t n_seen = 0;
    for (unsigned i = 0; i < N; i += STEP) { /* 132 MB: twice what is kept */
        for (unsigned k = 0; k < STEP; k++)
            tell(server, "a", line);
        n_seen += count_events(reader, STEP);
    }
    assert_int_equal(n_seen, N);
    assert_non_null(strstr(talk.text, "listeners dropped: they are"));
    ovf_server_close(server);
    for (unsigned i = 0; i < 4; i++)
        (void)close(silent[i]);
    (void)close(reader);
}

static void a_server_ends_while_all_listen(void **state)
{
    struct serve_talk talk;
    char text[256];
    int fd;
    (void)state;
    struct ovf_server *server = serve_open_default(&talk);
    assert_int_equal(serve_listen(serve_port(&talk), 1, &fd), 200);
    ovf_server_close(server);
    while (serve_read(fd, NULL, 1000, text, sizeof text) > 0)
        ;
    assert_int_equal(recv(fd, text, 1, MSG_DONTWAIT), 0);
    (void)close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eight_of_one_address_listen_and_not_nine),
        cmocka_unit_test(two_hundred_and_fifty_six_listen_and_not_one_more),
        cmocka_unit_test(who_makes_up_addresses_is_still_the_one_that_the_proxy_saw),
        cmocka_unit_test(limits_are_raised_by_options),
        cmocka_unit_test(who_comes_back_is_told_what_it_missed),
        cmocka_unit_test(an_absurd_last_id_is_no_trouble),
        cmocka_unit_test(who_comes_without_an_id_is_told_the_newest_hundred),
        cmocka_unit_test(who_comes_late_is_told_what_was_told_last_of_each_crossing),
        cmocka_unit_test(beyond_ten_thousand_what_is_over_is_left_off_first_and_it_is_told),
        cmocka_unit_test(who_lost_its_place_is_told_what_stands_too),
        cmocka_unit_test(alerts_are_told_as_late_as_is_asked),
        cmocka_unit_test(who_never_reads_is_dropped_and_who_reads_loses_nothing),
        cmocka_unit_test(a_server_ends_while_all_listen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
