/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of channels, and what goes with which. */
#include "case/notify.h"

#include <string.h>

#include "base/ascii.h"
#include "base/fields.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define AT(member) offsetof(struct ovf_case_channel, member)
#define OF(member) offsetof(struct ovf_case_notify, member)
#define REQUIRED OVF_KEY_REQUIRED
#define LIST OVF_KEY_LIST

#define EVENTS "entered|left|corrected|retracted|series"
#define CHANNELS "stdout|exec|webhook|ntfy|mqtt"

enum channel_key {
    KEY_CHANNEL,
    KEY_NAME,
    KEY_EVENTS,
    KEY_WATCHES,
    KEY_TIMEOUT,
    KEY_RETRIES,
    KEY_DELAY,
    KEY_COMMAND,
    KEY_URL,
    KEY_BODY,
    KEY_TEXT,
    KEY_HEADERS,
    KEY_SECRET,
    KEY_CA,
    KEY_TOPIC,
    KEY_TITLE,
    KEY_MESSAGE,
    KEY_PRIORITY,
    KEY_TAGS,
    KEY_TOKEN,
    KEY_HOST,
    KEY_PORT,
    KEY_USERNAME,
    KEY_PASSWORD,
    KEY_TLS,
    KEY_HOME_ASSISTANT,
    KEY_PREFIX,
};

static const struct ovf_key channel_keys[] = {
    [KEY_CHANNEL] = {"channel", OVF_KEY_CHOICE, REQUIRED, NULL, 0, 0, CHANNELS, NULL, NULL,
                     AT(kind), "how it is told"},
    [KEY_NAME] = {"name", OVF_KEY_TEXT, 0, NULL, 0, 0, NULL, NULL, NULL, AT(name),
                  "in the delivery log; else the channel's word"},
    [KEY_EVENTS] = {"events", OVF_KEY_CHOICE, LIST, NULL, 0, 0, EVENTS, NULL, NULL, AT(events),
                    "only these; else all"},
    [KEY_WATCHES] = {"watches", OVF_KEY_TEXT, LIST, NULL, 0, 0, NULL, NULL, NULL, AT(watches),
                     "only alerts of these; else all"},
    [KEY_TIMEOUT] = {"timeout_s", OVF_KEY_NUMBER, 0, "s", 1, 300, NULL, "10", NULL, AT(timeout_s),
                     "for one try"},
    [KEY_RETRIES] = {"retries", OVF_KEY_INTEGER, 0, NULL, 0, 20, NULL, "5", NULL, AT(n_retries),
                     "after a try that may succeed another time; 1, 2, 4 ... s apart"},
    [KEY_DELAY] = {"delay_s", OVF_KEY_NUMBER, 0, "s", 0, 86400, NULL, "0", NULL, AT(delay_s),
                   "alerts are told that much later; what still waits at the end is not sent"},
    [KEY_COMMAND] = {"command", OVF_KEY_TEXT, LIST, NULL, 0, 0, NULL, NULL, NULL, AT(command),
                     "exec: the program and its arguments; the alert comes on standard input"},
    [KEY_URL] = {"url", OVF_KEY_TEXT, 0, NULL, 0, 0, NULL, NULL, NULL, AT(url),
                 "webhook, ntfy: http:// or https://"},
    [KEY_BODY] = {"body", OVF_KEY_TEXT, 0, NULL, 0, 0, NULL, NULL, NULL, AT(body),
                  "webhook: a template; else the alert itself"},
    [KEY_TEXT] = {"text", OVF_KEY_BOOL, 0, NULL, 0, 0, NULL, "false", NULL, AT(is_text),
                  "webhook: the body is plain text, no JSON"},
    [KEY_HEADERS] = {"headers", OVF_KEY_TEXT, LIST, NULL, 0, 0, NULL, NULL, NULL, AT(headers),
                     "webhook: \"Name: value\""},
    [KEY_SECRET] = {"secret_file", OVF_KEY_TEXT, 0, NULL, 0, 0, NULL, NULL, NULL, AT(secret_file),
                    "webhook: the body is signed with what this file holds"},
    [KEY_CA] = {"ca_file", OVF_KEY_TEXT, 0, NULL, 0, 0, NULL, NULL, NULL, AT(ca_file),
                "webhook, ntfy, mqtt: certificates to trust (PEM), in place of the system's"},
    [KEY_TOPIC] = {"topic", OVF_KEY_TEXT, 0, NULL, 0, 0, NULL, NULL, NULL, AT(topic),
                   "ntfy: the topic; mqtt: what topics begin with (overflight)"},
    [KEY_TITLE] = {"title", OVF_KEY_TEXT, 0, NULL, 0, 0, NULL, "{callsign} {event} {airspace}",
                   NULL, AT(title), "ntfy: a template"},
    [KEY_MESSAGE] = {"message", OVF_KEY_TEXT, 0, NULL, 0, 0, NULL,
                     "{icao24} {registration} {type_code}", NULL, AT(message), "ntfy: a template"},
    [KEY_PRIORITY] = {"priority", OVF_KEY_INTEGER, 0, NULL, 1, 5, NULL, "3", NULL, AT(priority),
                      "ntfy: 5 is the highest"},
    [KEY_TAGS] = {"tags", OVF_KEY_TEXT, LIST, NULL, 0, 0, NULL, NULL, NULL, AT(tags), "ntfy"},
    [KEY_TOKEN] = {"token_file", OVF_KEY_TEXT, 0, NULL, 0, 0, NULL, NULL, NULL, AT(token_file),
                   "ntfy: holds an access token"},
    [KEY_HOST] = {"host", OVF_KEY_TEXT, 0, NULL, 0, 0, NULL, NULL, NULL, AT(host),
                  "mqtt: the broker"},
    [KEY_PORT] = {"port", OVF_KEY_INTEGER, 0, NULL, 1, 65535, NULL, NULL, NULL, AT(port),
                  "mqtt: else 1883, or 8883 with TLS"},
    [KEY_USERNAME] = {"username", OVF_KEY_TEXT, 0, NULL, 0, 0, NULL, NULL, NULL, AT(username),
                      "mqtt"},
    [KEY_PASSWORD] = {"password_file", OVF_KEY_TEXT, 0, NULL, 0, 0, NULL, NULL, NULL,
                      AT(password_file), "mqtt: holds the password"},
    [KEY_TLS] = {"tls", OVF_KEY_BOOL, 0, NULL, 0, 0, NULL, "false", NULL, AT(is_tls),
                 "mqtt: with the system's certificates"},
    [KEY_HOME_ASSISTANT] = {"home_assistant", OVF_KEY_BOOL, 0, NULL, 0, 0, NULL, "false", NULL,
                            AT(home_assistant), "mqtt: make an entity of each watch there"},
    [KEY_PREFIX] = {"discovery_prefix", OVF_KEY_TEXT, 0, NULL, 0, 0, NULL, "homeassistant", NULL,
                    AT(discovery_prefix), "mqtt: Home Assistant's own setting"},
};

const struct ovf_table ovf_channel_table = {"a channel", channel_keys, COUNT(channel_keys),
                                            sizeof(struct ovf_case_channel)};

static const struct ovf_key notify_keys[] = {
    {"notify", OVF_KEY_MAP, REQUIRED | LIST, NULL, 0, 0, NULL, NULL, &ovf_channel_table,
     OF(channels), "each alert is told to all of them"},
    {"allow_hosts", OVF_KEY_TEXT, LIST, NULL, 0, 0, NULL, NULL, NULL, OF(allow_hosts),
     "webhook, ntfy: only these, of which alone the addresses may be private"},
    {"delivery_log", OVF_KEY_TEXT, 0, NULL, 0, 0, NULL, NULL, NULL, OF(delivery_log),
     "a file of lines: what was sent, what was not, and why"},
    {"cooldown_aircraft_s", OVF_KEY_NUMBER, 0, "s", 0, 604800, NULL, "0", NULL,
     OF(cooldown_aircraft_s), "after an alert, before the next of the same aircraft and event"},
    {"cooldown_watch_s", OVF_KEY_NUMBER, 0, "s", 0, 604800, NULL, "0", NULL, OF(cooldown_watch_s),
     "the same for one watch"},
    {"queue", OVF_KEY_INTEGER, 0, NULL, 1, 100000, NULL, "1000", NULL, OF(queue),
     "alerts that may wait for a channel; more are not sent"},
};

const struct ovf_table ovf_notify_table = {"a notification file", notify_keys, COUNT(notify_keys),
                                           sizeof(struct ovf_case_notify)};

/** Bit k: key k goes with the channel; those of all channels are not in it. */
#define BIT(key) (UINT64_C(1) << (key))
static const struct {
    uint64_t may;
    uint64_t must;
} goes_with[OVF_CHANNEL_KIND_N] = {
    [OVF_CHANNEL_STDOUT] = {0, 0},
    [OVF_CHANNEL_EXEC] = {BIT(KEY_COMMAND), BIT(KEY_COMMAND)},
    [OVF_CHANNEL_WEBHOOK] = {BIT(KEY_URL) | BIT(KEY_BODY) | BIT(KEY_TEXT) | BIT(KEY_HEADERS) |
                                 BIT(KEY_SECRET) | BIT(KEY_CA),
                             BIT(KEY_URL)},
    [OVF_CHANNEL_NTFY] = {BIT(KEY_URL) | BIT(KEY_TOPIC) | BIT(KEY_TITLE) | BIT(KEY_MESSAGE) |
                              BIT(KEY_PRIORITY) | BIT(KEY_TAGS) | BIT(KEY_TOKEN) | BIT(KEY_CA),
                          BIT(KEY_URL) | BIT(KEY_TOPIC)},
    [OVF_CHANNEL_MQTT] = {BIT(KEY_TOPIC) | BIT(KEY_HOST) | BIT(KEY_PORT) | BIT(KEY_USERNAME) |
                              BIT(KEY_PASSWORD) | BIT(KEY_TLS) | BIT(KEY_HOME_ASSISTANT) |
                              BIT(KEY_PREFIX) | BIT(KEY_CA),
                          BIT(KEY_HOST)},
};

static const char *const kind_names[] = {"stdout", "exec", "webhook", "ntfy", "mqtt"};

const char *ovf_alert_event_name(enum ovf_alert_event event)
{
    static const char *const names[] = {"entered",   "left",   "corrected",
                                        "retracted", "series", "test"};
    return names[event];
}

const char *ovf_case_channel_name(const struct ovf_case_channel *channel)
{
    return channel->name != NULL ? channel->name : kind_names[channel->kind];
}

static bool is_host_char(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.';
}

static bool is_hex_or_colon(unsigned char c)
{
    return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || (c >= '0' && c <= '9') || c == ':' ||
           c == '.';
}

bool ovf_url_host(const char *url, struct ovf_bytes *host)
{
    const char *at = url;
    if (strncmp(at, "https://", 8) == 0)
        at += 8;
    else if (strncmp(at, "http://", 7) == 0)
        at += 7;
    else
        return false;
    const bool is_bracketed = *at == '[';
    const char *const from = is_bracketed ? at + 1 : at;
    for (at = from;
         is_bracketed ? is_hex_or_colon((unsigned char)*at) : is_host_char((unsigned char)*at);)
        at++;
    *host = (struct ovf_bytes){(const unsigned char *)from, (size_t)(at - from)};
    if (is_bracketed && *at++ != ']')
        return false;
    if (*at == ':') {
        for (at++; *at >= '0' && *at <= '9';)
            at++;
    }
    for (const char *p = at; *p != '\0'; p++) {
        if ((unsigned char)*p <= ' ' || *p == 0x7F || *p == '\\')
            return false;
    }
    return host->len > 0 && (*at == '\0' || *at == '/' || *at == '?');
}

bool ovf_case_host_is_listed(const struct ovf_case_notify *notify, struct ovf_bytes host)
{
    const char *const *const listed = notify->allow_hosts.items;
    for (size_t i = 0; i < notify->allow_hosts.n; i++) {
        size_t k = 0;
        while (k < host.len && ovf_ascii_lower(host.data[k]) ==
                                   ovf_ascii_lower((unsigned char)listed[i][k])) /* a NUL ends it */
            k++;
        if (k == host.len && listed[i][k] == '\0')
            return true;
    }
    return false;
}

static enum ovf_status check_keys(const struct ovf_case_channel *channel, struct ovf_error *err)
{
    const char *const kind = kind_names[channel->kind];
    for (size_t k = KEY_COMMAND; k < COUNT(channel_keys); k++) {
        const bool is_there = (channel->head.has & BIT(k)) != 0;
        if (is_there && (goes_with[channel->kind].may & BIT(k)) == 0)
            return ovf_case_fail(err, channel->head.place, "%s is not for the channel %s",
                                 channel_keys[k].name, kind);
        if (!is_there && (goes_with[channel->kind].must & BIT(k)) != 0)
            return ovf_case_fail(err, channel->head.place, "the channel %s needs %s", kind,
                                 channel_keys[k].name);
    }
    if (channel->kind == OVF_CHANNEL_EXEC && channel->command.n == 0)
        return ovf_case_fail(err, channel->head.place, "command is empty");
    return OVF_OK;
}

static enum ovf_status check_url(const struct ovf_case_notify *notify,
                                 const struct ovf_case_channel *channel, struct ovf_error *err)
{
    struct ovf_bytes host;
    if (channel->url == NULL)
        return OVF_OK;
    if (!ovf_url_host(channel->url, &host))
        return ovf_case_fail(err, channel->head.place,
                             "url: http:// or https:// and a host is due, without a user's name");
    if (notify->allow_hosts.n > 0 && !ovf_case_host_is_listed(notify, host))
        return ovf_case_fail(err, channel->head.place, "url: %.*s is not in allow_hosts",
                             (int)host.len, (const char *)host.data);
    return OVF_OK;
}

static bool is_token_char(unsigned char c)
{
    return c > ' ' && c < 0x7F && strchr("()<>@,;:\\\"/[]?={}", c) == NULL;
}

/** "Name: value" on one line; what the transfer itself says may not be said twice. */
static bool is_good_header(const char *text)
{
    static const char *const ours[] = {"host", "content-length", "transfer-encoding", "connection",
                                       "x-overflight-signature"};
    size_t n = 0;
    while (is_token_char((unsigned char)text[n]))
        n++;
    if (n == 0 || text[n] != ':')
        return false;
    for (size_t i = 0; i < COUNT(ours); i++) {
        if (ovf_bytes_equal_nocase((struct ovf_bytes){(const unsigned char *)text, n}, ours[i]))
            return false;
    }
    for (const char *p = text + n; *p != '\0'; p++) {
        if ((unsigned char)*p < ' ' || *p == 0x7F)
            return false;
    }
    return true;
}

static enum ovf_status check_texts(const struct ovf_case_channel *channel, struct ovf_error *err)
{
    const char *const *const headers = channel->headers.items;
    for (size_t i = 0; i < channel->headers.n; i++) {
        if (!is_good_header(headers[i]))
            return ovf_case_fail(err, channel->head.place,
                                 "headers: \"%.40s\" is no header of one's own: \"Name: value\"",
                                 headers[i]);
    }
    if (channel->kind == OVF_CHANNEL_MQTT && channel->topic != NULL &&
        strpbrk(channel->topic, "+#") != NULL)
        return ovf_case_fail(err, channel->head.place, "topic: + and # stand for other topics");
    return OVF_OK;
}

enum ovf_status ovf_case_notify_check(const struct ovf_case_notify *notify, struct ovf_error *err)
{
    const struct ovf_case_channel *const channels = notify->channels.items;
    for (size_t i = 0; i < notify->channels.n; i++) {
        enum ovf_status st = check_keys(&channels[i], err);
        if (st == OVF_OK)
            st = check_url(notify, &channels[i], err);
        if (st == OVF_OK)
            st = check_texts(&channels[i], err);
        if (st != OVF_OK)
            return st;
        for (size_t k = 0; k < i; k++) {
            const char *const name = ovf_case_channel_name(&channels[i]);
            if (strcmp(name, ovf_case_channel_name(&channels[k])) == 0)
                return ovf_case_fail(err, channels[i].head.place,
                                     "two channels are called \"%.60s\": give one a name", name);
        }
    }
    return OVF_OK;
}

enum ovf_status ovf_case_notify_read(struct ovf_bytes text, struct ovf_case_store *store,
                                     struct ovf_case_notify *out, struct ovf_error *err)
{
    const enum ovf_status st = ovf_case_read(text, &ovf_notify_table, store, out, err);
    return st == OVF_OK ? ovf_case_notify_check(out, err) : st;
}
