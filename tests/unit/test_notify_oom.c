/* SPDX-License-Identifier: Apache-2.0 */
/* Alerts when memory runs out: each allocation in turn fails, once and for good. Channels have threads, so which of
 * them an allocation belongs to is not always the same; what holds of all is looked at. */
#include "oom.h"
#include "web_fixture.h"

#include "notify/notify.h"

enum { N_ALERTS = 3, N_CHANNELS = 3 };

static const struct web_page pages[] = {{"/hook", ""}};

static enum ovf_status take(void *context, const void *data, size_t len)
{
    (void)context;
    (void)data;
    (void)len;
    return OVF_OK;
}

static void write_config(const char *path, unsigned port)
{
    FILE *const file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fprintf(file,
                        "notify:\n"
                        "  - {channel: stdout}\n"
                        "  - {channel: exec, command: [cat, /dev/null]}\n"
                        "  - {channel: webhook, url: \"http://127.0.0.1:%u/hook\", retries: 0,\n"
                        "     body: '{\"text\": \"{callsign}\"}'}\n"
                        "allow_hosts: [127.0.0.1]\n",
                        port) > 0);
    assert_int_equal(fclose(file), 0);
}

/** Opens, tells and closes. \return what was told of; false: it did not open */
static bool tell(const char *path, struct ovf_notify_counts *counts)
{
    const struct ovf_sink sink = {take, NULL};
    const struct ovf_alert alert = {OVF_ALERT_CORRECTED, 0xF10001, "w",
                                    ovf_bytes_from_text("{\"callsign\":\"SIM1\"}")};
    struct ovf_notify *notify = NULL;
    struct ovf_error err = {""};
    const enum ovf_status st = ovf_notify_open(path, &sink, &sink, &notify, &err);
    if (st != OVF_OK) {
        assert_int_equal(st, OVF_E_NOMEM);
        return false;
    }
    for (int i = 0; i < N_ALERTS; i++)
        ovf_notify_alert(notify, &alert);
    assert_true(ovf_notify_flush(notify, 20000));
    ovf_notify_count(notify, counts);
    ovf_notify_free(notify);
    return true;
}

static void every_alert_is_told_or_counted_as_not(bool persistent)
{
    const struct web_server server = web_serve(pages, 1);
    struct ovf_notify_counts counts = {0};
    char path[] = "/tmp/ovf-notify-oom-XXXXXX";
    bool failed = true;
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    (void)close(fd);
    write_config(path, server.port);
    for (unsigned long n = 1; failed; n++) {
        ovf_oom_fail_from(n, persistent);
        const bool is_open = tell(path, &counts);
        failed = ovf_oom_stop();
        assert_true(failed || is_open);
        if (is_open)
            assert_int_equal(counts.n_sent + counts.n_failed + counts.n_dropped,
                             N_ALERTS * N_CHANNELS);
    }
    assert_int_equal(counts.n_sent, N_ALERTS * N_CHANNELS);
    (void)unlink(path);
    web_end(&server);
}

static void an_allocation_that_fails_once_costs_an_alert_at_the_most(void **state)
{
    (void)state;
    every_alert_is_told_or_counted_as_not(false);
}

static void without_any_memory_what_is_not_told_is_counted(void **state)
{
    (void)state;
    every_alert_is_told_or_counted_as_not(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_allocation_that_fails_once_costs_an_alert_at_the_most),
        cmocka_unit_test(without_any_memory_what_is_not_told_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
