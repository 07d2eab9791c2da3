/* SPDX-License-Identifier: Apache-2.0 */
/* Home Assistant's MQTT discovery. */
#include "notify/discovery.h"

#include <string.h>

#include "base/json_writer.h"
#include "base/sha256.h"

enum { N_DIGEST_BYTES = 3 };

static bool is_slug_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

void ovf_discovery_slug(const char *watch, char slug[OVF_DISCOVERY_SLUG_SIZE])
{
    const size_t longest = OVF_DISCOVERY_SLUG_SIZE - 2 - 2 * (size_t)N_DIGEST_BYTES;
    struct ovf_digest digest;
    size_t n = 0;
    bool is_same = strcmp(watch, "status") != 0; /* that topic is taken */
    for (; n < longest && watch[n] != '\0'; n++) {
        const bool is_good = is_slug_char(watch[n]);
        slug[n] = is_good ? watch[n] : '_';
        is_same = is_same && is_good;
    }
    is_same = is_same && watch[n] == '\0';
    slug[n] = '\0';
    if (!is_same && ovf_sha256(ovf_bytes_from_text(watch), &digest) == OVF_OK) {
        slug[n++] = '_';
        ovf_digest_format(&digest, N_DIGEST_BYTES, slug + n);
    }
}

enum ovf_status ovf_discovery_put(const char *watch, const char *slug, const char *state_topic,
                                  const char *status_topic, struct ovf_buffer *out)
{
    char id[OVF_DISCOVERY_SLUG_SIZE + 16] = "overflight_";
    memcpy(id + strlen(id), slug, strlen(slug) + 1);
    struct ovf_json_writer json = ovf_json_begin(out);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "name", watch);
    ovf_json_text(&json, "unique_id", id);
    ovf_json_text(&json, "state_topic", state_topic);
    ovf_json_text(&json, "availability_topic", status_topic);
    ovf_json_open(&json, "event_types", '[');
    for (int event = 0; event < OVF_ALERT_EVENT_N; event++)
        ovf_json_text(&json, NULL, ovf_alert_event_name((enum ovf_alert_event)event));
    ovf_json_close(&json, ']');
    ovf_json_text(&json, "icon", "mdi:airplane");
    ovf_json_open(&json, "device", '{');
    ovf_json_open(&json, "identifiers", '[');
    ovf_json_text(&json, NULL, "overflight");
    ovf_json_close(&json, ']');
    ovf_json_text(&json, "name", "overflight");
    ovf_json_text(&json, "sw_version", OVF_VERSION);
    ovf_json_close(&json, '}');
    ovf_json_close(&json, '}');
    return json.status;
}

enum ovf_status ovf_discovery_event_put(const struct ovf_alert *alert, struct ovf_buffer *out)
{
    const struct ovf_bytes line = alert->line;
    if (line.len < 2 || line.data[0] != '{')
        return OVF_E_FORMAT;
    enum ovf_status st =
        ovf_buffer_printf(out, "{\"event_type\":\"%s\"%s", ovf_alert_event_name(alert->event),
                          line.data[1] == '}' ? "" : ",");
    if (st == OVF_OK)
        st = ovf_buffer_append(out, line.data + 1, line.len - 1);
    return st;
}
