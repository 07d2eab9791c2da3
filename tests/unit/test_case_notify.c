/* SPDX-License-Identifier: Apache-2.0 */
/* case/notify.h: what a file of channels may say. */
#include "test.h"

#include <string.h>

#include "base/buffer.h"
#include "case/notify.h"

static void reads(const char *text)
{
    struct ovf_case_store store = {0};
    struct ovf_case_notify notify;
    struct ovf_error err = {""};
    if (ovf_case_notify_read(ovf_bytes_from_text(text), &store, &notify, &err) != OVF_OK)
        fail_msg("%s: %s", text, err.text);
    ovf_case_store_deinit(&store);
}

static void refuses(const char *text, const char *why)
{
    struct ovf_case_store store = {0};
    struct ovf_case_notify notify;
    struct ovf_error err = {""};
    assert_int_equal(ovf_case_notify_read(ovf_bytes_from_text(text), &store, &notify, &err),
                     OVF_E_FORMAT);
    if (strstr(err.text, why) == NULL)
        fail_msg("%s: \"%s\" does not say \"%s\"", text, err.text, why);
    ovf_case_store_deinit(&store);
}

static void what_is_not_written_has_its_fallback(void **state)
{
    (void)state;
    struct ovf_case_store store = {0};
    struct ovf_case_notify notify;
    struct ovf_error err = {""};
    assert_int_equal(
        ovf_case_notify_read(ovf_bytes_from_text("notify:\n- {channel: mqtt, host: h}"), &store,
                             &notify, &err),
        OVF_OK);
    const struct ovf_case_channel *const channel = notify.channels.items;
    assert_int_equal(notify.channels.n, 1);
    assert_int_equal(notify.queue, 1000);
    assert_near(notify.cooldown_aircraft_s, 0, 0);
    assert_int_equal(channel->kind, OVF_CHANNEL_MQTT);
    assert_string_equal(ovf_case_channel_name(channel), "mqtt");
    assert_int_equal(channel->n_retries, 5);
    assert_near(channel->timeout_s, 10, 0);
    assert_near(channel->delay_s, 0, 0); /* none unless asked */
    assert_int_equal(channel->port, 0);
    assert_false(channel->is_tls);
    assert_string_equal(channel->discovery_prefix, "homeassistant");
    ovf_case_store_deinit(&store);
}

static void keys_go_with_their_channel(void **state)
{
    (void)state;
    reads("notify: [{channel: stdout, events: [entered, left], watches: [a], retries: 0}]");
    reads("notify: [{channel: exec, command: [a, b]}]");
    refuses("notify: [{channel: exec}]", "the channel exec needs command");
    refuses("notify: [{channel: exec, command: []}]", "command is empty");
    refuses("notify: [{channel: exec, command: a}]", "a list is due");
    refuses("notify: [{channel: ntfy, url: \"https://ntfy.sh\"}]", "needs topic");
    refuses("notify: [{channel: mqtt, host: h, url: \"http://h\"}]", "url is not for");
    refuses("notify: [{channel: mqtt, host: h, topic: \"a/#\"}]", "stand for other topics");
    refuses("notify: [{channel: pager}]", "pager");
    refuses("notify: [{channel: stdout, event: [left]}]", "did you mean \"events\"");
    refuses("notify: [{channel: stdout, events: [test]}]", "test");
    refuses("notify: [{channel: stdout}, {channel: stdout}]", "give one a name");
    reads("notify: [{channel: stdout}, {channel: stdout, name: other}]");
    refuses("queue: 5", "\"notify\" is missing");
}

static void a_header_of_ours_or_over_a_line_is_refused(void **state)
{
    (void)state;
#define HOOK(header) "notify: [{channel: webhook, url: \"https://h/\", headers: [\"" header "\"]}]"
    reads(HOOK("X-A: b c; d=\\\"e\\\""));
    reads(HOOK("Content-Type: text/html"));
    refuses(HOOK("X-A: b\\r\\nX-C: d"), "control characters");
    refuses(HOOK("X-A: b\\nX-C: d"), "is no header");
    refuses(HOOK("X A: b"), "is no header");
    refuses(HOOK("X-A"), "is no header");
    refuses(HOOK(": b"), "is no header");
    refuses(HOOK("content-LENGTH: 5"), "is no header");
    refuses(HOOK("Host: other"), "is no header");
    refuses(HOOK("Transfer-Encoding: chunked"), "is no header");
}

static void host_is(const char *url, const char *want)
{
    struct ovf_bytes host = {NULL, 0};
    if (!ovf_url_host(url, &host) || !ovf_bytes_equal_text(host, want))
        fail_msg("%s: %.*s, not %s", url, (int)host.len, (const char *)host.data, want);
}

/* Addresses that programs read in different ways, so that what is checked and what is asked would differ. */
static void an_address_is_read_in_one_way_or_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "h",
        "//h/",
        "ftp://h/",
        "file:///etc/passwd",
        "HTTP://h/",
        "http://",
        "http:///x",
        "http://a@b/",
        "http://a:b@c/",
        "http://a\\@b/",
        "http://a b/",
        "http://a/ b",
        "http://a#@b/",
        "http://a:80:90/",
        "http://a%2eb/",
        "http://[::1/",
        "http://[::1]x/",
        "http://[v1.a]/",
        "http://a/\r\nX: y",
        "http://\xC3\xA9/",
    };
    host_is("http://example.org", "example.org");
    host_is("https://Hooks.example.org:8443/a/b?c=d@e", "Hooks.example.org");
    host_is("http://127.0.0.1?x", "127.0.0.1");
    host_is("http://[2001:db8::1]:80/", "2001:db8::1");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct ovf_bytes host;
        if (ovf_url_host(bad[i], &host))
            fail_msg("%s is taken", bad[i]);
    }
}

static void only_listed_hosts_are_taken_where_there_is_a_list(void **state)
{
    (void)state;
#define LISTED(host)                                                                               \
    "notify: [{channel: webhook, url: \"https://" host                                             \
    "/x\"}]\nallow_hosts: [Hooks.example.org, \"::1\"]"
    reads(LISTED("hooks.EXAMPLE.org"));
    reads(LISTED("hooks.example.org:444"));
    reads(LISTED("[::1]"));
    refuses(LISTED("example.org"), "example.org is not in allow_hosts");
    refuses(LISTED("hooks.example.org.evil.example"), "not in allow_hosts");
    refuses(LISTED("hooks.example.or"), "not in allow_hosts");
}

/** The tables of docs/formats/notify.md are printed from those that check. */
static void the_document_has_both_tables(void **state)
{
    (void)state;
    const struct ovf_table *const tables[] = {&ovf_notify_table, &ovf_channel_table};
    struct ovf_buffer text = {0};
    static char document[65536];
    FILE *const file = fopen(ovf_test_source("docs/formats/notify.md"), "rb");
    assert_non_null(file);
    document[fread(document, 1, sizeof document - 1, file)] = '\0';
    (void)fclose(file);
    for (size_t i = 0; i < 2; i++) {
        text.len = 0;
        assert_int_equal(ovf_table_document(tables[i], &text), OVF_OK);
        assert_int_equal(ovf_buffer_append(&text, "", 1), OVF_OK);
        if (strstr(document, (const char *)text.data) == NULL)
            fail_msg("docs/formats/notify.md lacks:\n%s", (const char *)text.data);
    }
    ovf_buffer_deinit(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_written_has_its_fallback),
        cmocka_unit_test(keys_go_with_their_channel),
        cmocka_unit_test(a_header_of_ours_or_over_a_line_is_refused),
        cmocka_unit_test(an_address_is_read_in_one_way_or_refused),
        cmocka_unit_test(only_listed_hosts_are_taken_where_there_is_a_list),
        cmocka_unit_test(the_document_has_both_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
