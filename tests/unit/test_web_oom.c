/* SPDX-License-Identifier: Apache-2.0 */
/* Documents from the web when memory runs out: each allocation in turn fails, once and for good. */
#include "oom.h"
#include "web_fixture.h"

#include "source/http.h"
#include "source/web.h"

static const char body[] = "{\"now\":1751328000,\"aircraft\":[]}\n";
static const struct web_page pages[] = {{"/aircraft.json", body}};

/* ---- a page that is polled ---- */

static const struct ovf_web_options polled = {.poll_ms = 1000,
                                              .stall_ms = 10000,
                                              .wait_ms = 1000,
                                              .wait_most_ms = 1000,
                                              .max_bytes = 1 << 20};

/** One fetch, at \p now_ms, which is waited for. */
static enum ovf_status poll_once(struct ovf_web *web, struct ovf_web_page *page, int64_t now_ms,
                                 enum ovf_web_got *got, struct ovf_bytes *document)
{
    int64_t until_ms;
    struct ovf_error err;
    enum ovf_status st = OVF_OK;
    *got = OVF_WEB_NOTHING;
    while (st == OVF_OK && *got == OVF_WEB_NOTHING) {
        st = ovf_web_page_prepare(page, now_ms, &until_ms);
        if (st == OVF_OK)
            st = ovf_web_wait(web, NULL, 0, until_ms > now_ms ? 1000 : 0, &err);
        *got = ovf_web_page_step(page, now_ms, document, &err);
    }
    return st;
}

static void poll_without_memory(unsigned port, bool persistent)
{
    char url[64];
    bool failed = true;
    (void)snprintf(url, sizeof url, "http://127.0.0.1:%u/aircraft.json", port);
    for (unsigned long n = 1; failed; n++) {
        struct ovf_web *web = NULL;
        struct ovf_web_page *page = NULL;
        struct ovf_bytes document = {NULL, 0};
        enum ovf_web_got got = OVF_WEB_NOTHING;
        ovf_oom_fail_from(n, persistent);
        enum ovf_status st = ovf_web_new(&web);
        if (st == OVF_OK)
            st = ovf_web_page_new(web, url, &polled, &page, NULL);
        const bool is_made = st == OVF_OK;
        if (is_made)
            st = poll_once(web, page, 0, &got, &document);
        failed = ovf_oom_stop();
        assert_int_equal(st, is_made ? OVF_OK : OVF_E_NOMEM);
        if (is_made && failed) { /* that fetch is lost, not the next */
            assert_int_equal(got, OVF_WEB_FAILED);
            assert_int_equal(poll_once(web, page, 5000, &got, &document), OVF_OK);
        }
        if (is_made) {
            assert_int_equal(got, OVF_WEB_DOCUMENT);
            assert_int_equal(document.len, strlen(body));
            assert_memory_equal(document.data, body, document.len);
        }
        ovf_web_page_free(page);
        ovf_web_free(web);
    }
}

static void a_fetch_without_memory_is_lost_and_the_next_is_not(void **state)
{
    (void)state;
    const struct web_server server = web_serve(pages, 1);
    poll_without_memory(server.port, false);
    poll_without_memory(server.port, true);
    web_end(&server);
}

/* ---- a body, and a file ---- */

static enum ovf_status say_nothing(void *context, const void *data, size_t len)
{
    (void)context;
    (void)data;
    (void)len;
    return OVF_OK;
}

static enum ovf_status get_and_fetch(const char *url, const char *path)
{
    static const struct ovf_http_policy once = {.silence_s = 10, .retry_ms = 1};
    const struct ovf_sink talk = {say_nothing, NULL};
    const struct ovf_http_file file = {.path = path, .size_bytes = sizeof body - 1};
    struct ovf_http *http = NULL;
    struct ovf_buffer got = {0};
    struct ovf_digest digest;
    uint64_t size_bytes = 0;
    enum ovf_status st = ovf_http_new(&once, &talk, &http, NULL);
    if (st == OVF_OK)
        st = ovf_http_get(http, url, 1000, &got, NULL);
    if (st == OVF_OK)
        st = ovf_http_fetch(http, url, &file, &digest, &size_bytes, NULL);
    if (st == OVF_OK) {
        assert_int_equal(got.len, strlen(body));
        assert_int_equal(size_bytes, strlen(body));
    }
    ovf_buffer_deinit(&got);
    ovf_http_free(http);
    return st;
}

static void remove_all(const char *path)
{
    static const char *const ends[] = {"", ".part", ".part.etag", ".sha256"};
    char name[128];
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        (void)snprintf(name, sizeof name, "%s%s", path, ends[i]);
        (void)unlink(name);
    }
}

static void a_file_that_memory_was_short_for_is_fetched_the_next_time(void **state)
{
    (void)state;
    const struct web_server server = web_serve(pages, 1);
    char url[64];
    char folder[] = "/tmp/ovf-web-oom-XXXXXX";
    char path[64];
    assert_non_null(mkdtemp(folder));
    (void)snprintf(url, sizeof url, "http://127.0.0.1:%u/aircraft.json", server.port);
    (void)snprintf(path, sizeof path, "%s/file", folder);
    for (int persistent = 0; persistent < 2; persistent++) {
        bool failed = true;
        for (unsigned long n = 1; failed; n++) {
            ovf_oom_fail_from(n, persistent != 0);
            const enum ovf_status st = get_and_fetch(url, path);
            failed = ovf_oom_stop();
            assert_int_equal(st, failed ? OVF_E_NOMEM : OVF_OK);
            if (failed) {
                assert_false(ovf_http_is_fetched(path));
                assert_int_equal(get_and_fetch(url, path), OVF_OK);
            }
            assert_true(ovf_http_is_fetched(path));
            remove_all(path);
        }
    }
    assert_int_equal(rmdir(folder), 0);
    web_end(&server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fetch_without_memory_is_lost_and_the_next_is_not),
        cmocka_unit_test(a_file_that_memory_was_short_for_is_fetched_the_next_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
