/* SPDX-License-Identifier: Apache-2.0 */
/* A day that is fetched when memory runs out: each allocation in turn fails, once and for good. */
#include "oom.h"
#include "web_fixture.h"

#include "run/fetch.h"

#define TAG "v2025.07.01-planes-readsb-prod-0"
#define REPOSITORY "/adsblol/globe_history_2025"
#define FILES REPOSITORY "/releases/download/" TAG "/"

static const char part_a[] = "the first part";
static const char part_b[] = "and the other";

static const struct web_page pages[] = {
    {REPOSITORY "/main/PREFERRED_RELEASES.txt",
     "https://github.com" FILES TAG ".tar.aa,https://github.com" FILES TAG ".tar.ab\n"},
    {"/repos/adsblol/globe_history_2025/releases/tags/" TAG,
     "{\"tag_name\":\"" TAG "\",\"assets\":[{\"name\":\"" TAG
     ".tar.aa\",\"size\":14,\"digest\":null},"
     "{\"name\":\"" TAG ".tar.ab\",\"size\":13,\"digest\":null}],\"body\":\"\"}"},
    {FILES TAG ".tar.aa", part_a},
    {FILES TAG ".tar.ab", part_b},
};

static enum ovf_status say_nothing(void *context, const void *data, size_t len)
{
    (void)context;
    (void)data;
    (void)len;
    return OVF_OK;
}

static enum ovf_fetch_outcome fetch(const char *base, const char *folder)
{
    static const char *const day = "2025-07-01";
    const struct ovf_sink sink = {say_nothing, NULL};
    const struct ovf_fetch_request request = {.items = &day,
                                              .n_items = 1,
                                              .folder = folder,
                                              .base = base,
                                              .retries = "0",
                                              .retry_wait_s = "0.001"};
    struct ovf_error err = {""};
    return ovf_fetch_days(&request, &sink, &sink, &err);
}

/** Whether the file at FOLDER/TAG.tar.END is \p text and counts as whole; it is removed. */
static bool take_part(const char *folder, const char *end, const char *text)
{
    char name[160];
    char got[64] = "";
    (void)snprintf(name, sizeof name, "%s/" TAG ".tar.%s", folder, end);
    FILE *const file = fopen(name, "rb");
    if (file != NULL) {
        got[fread(got, 1, sizeof got - 1, file)] = '\0';
        (void)fclose(file);
        (void)unlink(name);
    }
    (void)snprintf(name, sizeof name, "%s/" TAG ".tar.%s.sha256", folder, end);
    const bool is_whole = unlink(name) == 0;
    return is_whole && strcmp(got, text) == 0;
}

static void a_day_that_memory_was_short_for_is_fetched_the_next_time(void **state)
{
    (void)state;
    const struct web_server server = web_serve(pages, sizeof pages / sizeof *pages);
    char base[64];
    char folder[] = "/tmp/ovf-fetch-oom-XXXXXX";
    (void)snprintf(base, sizeof base, "http://127.0.0.1:%u", server.port);
    assert_non_null(mkdtemp(folder));
    for (int persistent = 0; persistent < 2; persistent++) {
        bool failed = true;
        for (unsigned long n = 1; failed; n++) {
            ovf_oom_fail_from(n, persistent != 0);
            const enum ovf_fetch_outcome outcome = fetch(base, folder);
            failed = ovf_oom_stop();
            /* Without memory no progress is shown: that alone is no failure. */
            if (outcome != OVF_FETCH_DONE) {
                assert_true(failed);
                assert_int_equal(outcome, OVF_FETCH_FAILED);
                assert_int_equal(fetch(base, folder), OVF_FETCH_DONE);
            }
            assert_true(take_part(folder, "aa", part_a));
            assert_true(take_part(folder, "ab", part_b));
        }
    }
    assert_int_equal(rmdir(folder), 0); /* and nothing else is left */
    web_end(&server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_that_memory_was_short_for_is_fetched_the_next_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
