/* SPDX-License-Identifier: Apache-2.0 */
/* What fetching days and traces share: options, spans of days, one file and its line. */
#include "run/fetch.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/time.h"
#include "run/fetch_parts.h"

/** A number of the command line times 10^n_decimals. */
static enum ovf_status read_option(const char *name, const char *text, int n_decimals, int64_t min,
                                   int64_t max, int64_t *value, struct ovf_error *err)
{
    int64_t found = 0;
    if (text == NULL)
        return OVF_OK;
    if (!ovf_number_parse_scaled(ovf_bytes_from_text(text), n_decimals, &found) || found < min ||
        found > max)
        return ovf_error_set(err, OVF_E_RANGE, "--%s: \"%.60s\" is no number that makes sense",
                             name, text);
    *value = found;
    return OVF_OK;
}

static enum ovf_status read_base(const char *text, char base[OVF_FETCH_BASE_SIZE],
                                 struct ovf_error *err)
{
    size_t len = text != NULL ? strlen(text) : 0;
    if (text == NULL)
        return OVF_OK;
    if (len >= OVF_FETCH_BASE_SIZE ||
        (strncmp(text, "http://", 7) != 0 && strncmp(text, "https://", 8) != 0))
        return ovf_error_set(err, OVF_E_RANGE, "--base is no http:// or https:// address");
    while (text[len - 1] == '/')
        len--;
    memcpy(base, text, len);
    base[len] = '\0';
    return OVF_OK;
}

enum ovf_status ovf_fetch_open(const struct ovf_fetch_request *request, const struct ovf_sink *out,
                               const struct ovf_sink *talk, struct ovf_fetch *fetch,
                               struct ovf_error *err)
{
    struct ovf_http_policy policy = ovf_http_policy_default;
    int64_t n_retries = policy.n_retries;
    *fetch = (struct ovf_fetch){.request = request, .out = *out, .talk = *talk};
    enum ovf_status st =
        read_option("timeout", request->timeout_s, 0, 1, 86400, &policy.silence_s, err);
    if (st == OVF_OK)
        st = read_option("retries", request->retries, 0, 0, 1000, &n_retries, err);
    if (st == OVF_OK)
        st = read_option("retry-wait", request->retry_wait_s, 3, 0, 3600000, &policy.retry_ms, err);
    if (st == OVF_OK)
        st = read_option("pause", request->pause_s, 3, 0, 3600000, &policy.pause_ms, err);
    if (st != OVF_OK)
        return st;
    st = read_base(request->base, fetch->base, err);
    if (st != OVF_OK)
        return st;
    policy.n_retries = (int)n_retries;
    return ovf_http_new(&policy, talk, &fetch->http, err);
}

static void say_what_was_done(const struct ovf_fetch *fetch)
{
    char text[160];
    char mb[OVF_NUMBER_SIZE];
    ovf_number_format((double)fetch->n_bytes / 1e6, 1, mb);
    (void)snprintf(text, sizeof text,
                   "%zu files fetched, %s MB; %zu were there; %zu not to be had\n",
                   fetch->n_fetched, mb, fetch->n_present, fetch->n_absent);
    if (ovf_sink_write(&fetch->talk, text, strlen(text)) != OVF_OK)
        return; /* nobody listens */
}

enum ovf_fetch_outcome ovf_fetch_close(struct ovf_fetch *fetch, enum ovf_fetch_outcome outcome)
{
    if (outcome == OVF_FETCH_DONE || outcome == OVF_FETCH_NOTHING)
        say_what_was_done(fetch);
    ovf_http_free(fetch->http);
    ovf_buffer_deinit(&fetch->line);
    *fetch = (struct ovf_fetch){0};
    return outcome;
}

static bool parse_day(const char *text, size_t len, int64_t *day_ns)
{
    return len == OVF_FETCH_DAY_SIZE - 1 &&
           ovf_time_parse_iso((struct ovf_bytes){(const unsigned char *)text, len}, day_ns);
}

enum ovf_status ovf_fetch_span_parse(const char *text, struct ovf_fetch_span *span,
                                     struct ovf_error *err)
{
    const char *const dots = strstr(text, "..");
    const size_t len = dots != NULL ? (size_t)(dots - text) : strlen(text);
    struct ovf_fetch_span found;
    if (!parse_day(text, len, &found.first_ns))
        return ovf_error_set(err, OVF_E_RANGE, "\"%.60s\" is no day: 2025-07-01 is one", text);
    found.last_ns = found.first_ns;
    if (dots != NULL && !parse_day(dots + 2, strlen(dots + 2), &found.last_ns))
        return ovf_error_set(err, OVF_E_RANGE,
                             "\"%.60s\" are no days: 2025-07-01..2025-07-31 are some", text);
    if (found.last_ns < found.first_ns)
        return ovf_error_set(err, OVF_E_RANGE, "\"%.60s\" ends before it begins", text);
    if (found.last_ns / OVF_NS_PER_DAY - found.first_ns / OVF_NS_PER_DAY >= OVF_FETCH_MAX_DAYS)
        return ovf_error_set(err, OVF_E_RANGE, "\"%.60s\" are more than %d days", text,
                             OVF_FETCH_MAX_DAYS);
    *span = found;
    return OVF_OK;
}

void ovf_fetch_day_format(int64_t day_ns, char text[OVF_FETCH_DAY_SIZE])
{
    char iso[OVF_TIME_SIZE];
    ovf_time_format(day_ns, 0, iso);
    memcpy(text, iso, OVF_FETCH_DAY_SIZE - 1);
    text[OVF_FETCH_DAY_SIZE - 1] = '\0';
}

struct ovf_json_writer ovf_fetch_line(struct ovf_fetch *fetch, const char *status, int64_t day_ns)
{
    char day[OVF_FETCH_DAY_SIZE];
    ovf_fetch_day_format(day_ns, day);
    fetch->line.len = 0;
    struct ovf_json_writer json = ovf_json_begin(&fetch->line);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "fetch");
    ovf_json_text(&json, "status", status);
    ovf_json_text(&json, "day", day);
    return json;
}

enum ovf_status ovf_fetch_line_end(struct ovf_fetch *fetch, struct ovf_json_writer *json)
{
    ovf_json_close(json, '}');
    enum ovf_status st = json->status;
    if (st == OVF_OK)
        st = ovf_buffer_append(&fetch->line, "\n", 1);
    return st == OVF_OK ? ovf_sink_write(&fetch->out, fetch->line.data, fetch->line.len) : st;
}

static void show(void *progress, uint64_t done_bytes, uint64_t total_bytes)
{
    ovf_progress_show(progress, (size_t)(done_bytes >> 20), (size_t)(total_bytes >> 20));
}

enum ovf_status ovf_fetch_file(struct ovf_fetch *fetch, const char *url,
                               const struct ovf_http_file *file, int64_t day_ns,
                               struct ovf_error *err)
{
    const char *const slash = strrchr(file->path, '/');
    char hex[OVF_SHA256_HEX_SIZE];
    struct ovf_digest digest;
    uint64_t n_bytes = 0;
    if (ovf_http_is_fetched(file->path)) {
        fetch->n_present++;
        struct ovf_json_writer json = ovf_fetch_line(fetch, "present", day_ns);
        ovf_json_text(&json, "path", file->path);
        return ovf_fetch_line_end(fetch, &json);
    }
    struct ovf_progress *const progress = ovf_progress_new(slash != NULL ? slash + 1 : file->path);
    struct ovf_http_file watched = *file;
    watched.progress = show;
    watched.context = progress;
    const enum ovf_status st = ovf_http_fetch(fetch->http, url, &watched, &digest, &n_bytes, err);
    ovf_progress_free(progress);
    if (st != OVF_OK)
        return st;
    fetch->n_fetched++;
    fetch->n_bytes += n_bytes;
    ovf_digest_format(&digest, OVF_SHA256_BYTES, hex);
    struct ovf_json_writer json = ovf_fetch_line(fetch, "fetched", day_ns);
    ovf_json_text(&json, "path", file->path);
    ovf_json_int(&json, "size_bytes", (int64_t)n_bytes);
    ovf_json_text(&json, "sha256", hex);
    ovf_json_text(&json, "url", url);
    return ovf_fetch_line_end(fetch, &json);
}
