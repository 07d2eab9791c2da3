/* SPDX-License-Identifier: Apache-2.0 */
/* Traces of single aircraft, in the layout of tar1090's history, which is kept on the disk as well:
 *   YYYY/MM/DD/traces/<last two digits>/trace_full_<address>.json
 * A server that has no such file has no trace of that day: the aircraft was not heard by its receivers, or
 * is not shown by it. It may have flown. */
#include <stdio.h>
#include <string.h>

#include "base/time.h"
#include "run/fetch_parts.h"
#include "source/folder.h"
#include "track/address.h"

enum { ADDRESS_SIZE = 2048 };

static enum ovf_status say_absent(struct ovf_fetch *fetch, int64_t day_ns, const char *address)
{
    fetch->n_absent++;
    struct ovf_json_writer json = ovf_fetch_line(fetch, "no_trace_that_day", day_ns);
    ovf_json_text(&json, "icao24", address);
    return ovf_fetch_line_end(fetch, &json);
}

static enum ovf_status fetch_trace(struct ovf_fetch *fetch, const char *address, int64_t day_ns,
                                   struct ovf_error *err)
{
    const struct ovf_fetch_request *const request = fetch->request;
    char day[OVF_FETCH_DAY_SIZE];
    char name[80];
    char url[ADDRESS_SIZE];
    char path[OVF_FETCH_PATH_SIZE];
    ovf_fetch_day_format(day_ns, day);
    (void)snprintf(name, sizeof name, "%.4s/%.2s/%.2s/traces/%s/trace_full_%s.json", day, day + 5,
                   day + 8, address + strlen(address) - 2, address);
    (void)snprintf(url, sizeof url, "%s/globe_history/%s",
                   fetch->base[0] != '\0' ? fetch->base : "https://adsb.lol", name);
    const int len =
        snprintf(path, sizeof path, "%s/%s", request->folder != NULL ? request->folder : ".", name);
    if (len < 0 || (size_t)len >= sizeof path)
        return ovf_error_set(err, OVF_E_RANGE, "the folder's name is too long");
    const struct ovf_http_file file = {.path = path, .first_bytes = "{\x1F"}; /* JSON, or gzip */
    enum ovf_status st = ovf_folders_make(path, err);
    if (st == OVF_OK)
        st = ovf_fetch_file(fetch, url, &file, day_ns, err);
    if (st != OVF_E_NOTFOUND)
        return st;
    ovf_folders_unmake(path, 5); /* YYYY/MM/DD/traces/xx */
    return say_absent(fetch, day_ns, address);
}

static enum ovf_status read_span(const struct ovf_fetch_request *request,
                                 struct ovf_fetch_span *span, struct ovf_error *err)
{
    char text[64];
    const char *const until = request->until != NULL ? request->until : request->since;
    (void)snprintf(text, sizeof text, "%.20s..%.20s", request->since, until);
    return ovf_fetch_span_parse(text, span, err);
}

static enum ovf_status check_addresses(const struct ovf_fetch_request *request,
                                       struct ovf_error *err)
{
    uint32_t address;
    for (size_t i = 0; i < request->n_items; i++) {
        if (!ovf_address_parse(ovf_bytes_from_text(request->items[i]), &address))
            return ovf_error_set(err, OVF_E_RANGE, "\"%.60s\" is no address of six digits",
                                 request->items[i]);
    }
    return OVF_OK;
}

static enum ovf_status fetch_aircraft(struct ovf_fetch *fetch, const char *item,
                                      struct ovf_fetch_span span, struct ovf_error *err)
{
    uint32_t address = 0;
    char text[OVF_ADDRESS_SIZE];
    enum ovf_status st = OVF_OK;
    if (!ovf_address_parse(ovf_bytes_from_text(item), &address))
        return OVF_E_RANGE;
    ovf_address_format(address, text);
    for (int64_t day_ns = span.first_ns; st == OVF_OK && day_ns <= span.last_ns;
         day_ns += OVF_NS_PER_DAY)
        st = fetch_trace(fetch, text, day_ns, err);
    return st;
}

enum ovf_fetch_outcome ovf_fetch_traces(const struct ovf_fetch_request *request,
                                        const struct ovf_sink *out, const struct ovf_sink *talk,
                                        struct ovf_error *err)
{
    struct ovf_fetch fetch;
    struct ovf_fetch_span span = {0, 0};
    enum ovf_status st = ovf_fetch_open(request, out, talk, &fetch, err);
    if (st == OVF_OK)
        st = read_span(request, &span, err);
    if (st == OVF_OK)
        st = check_addresses(request, err);
    for (size_t i = 0; st == OVF_OK && i < request->n_items; i++)
        st = fetch_aircraft(&fetch, request->items[i], span, err);
    enum ovf_fetch_outcome outcome = OVF_FETCH_FAILED;
    if (st == OVF_OK)
        outcome = fetch.n_fetched + fetch.n_present > 0 ? OVF_FETCH_DONE : OVF_FETCH_NOTHING;
    else if (st == OVF_E_RANGE)
        outcome = OVF_FETCH_BAD_REQUEST;
    return ovf_fetch_close(&fetch, outcome);
}
