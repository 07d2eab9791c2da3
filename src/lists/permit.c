/* SPDX-License-Identifier: Apache-2.0 */
/* Words of permit lists, and what a list is about. How a file is read stands in permit_read.c. */
#include "lists/permit.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"

const char *ovf_permit_kind_name(enum ovf_permit_kind kind)
{
    static const char *const names[OVF_PERMIT_KIND_N] = {"overflight", "landing", "diplomatic",
                                                         "block"};
    assert((unsigned)kind < OVF_PERMIT_KIND_N);
    return names[kind];
}

const char *ovf_permit_status_name(enum ovf_permit_status status)
{
    static const char *const names[OVF_PERMIT_STATUS_N] = {"issued", "refused", "revoked"};
    assert((unsigned)status < OVF_PERMIT_STATUS_N);
    return names[status];
}

const char *ovf_permit_airspace_name(enum ovf_permit_airspace airspace)
{
    static const char *const names[OVF_PERMIT_AIRSPACE_N] = {"country", "fir"};
    assert((unsigned)airspace < OVF_PERMIT_AIRSPACE_N);
    return names[airspace];
}

struct fault_text {
    const char *name;
    const char *words;
};

static const struct fault_text faults[OVF_PERMIT_FAULT_N] = {
    [OVF_PERMIT_FAULT_ROW_SHORT] = {"row_short", "fewer fields than the header"},
    [OVF_PERMIT_FAULT_BAD_TEXT] = {"bad_text", "a text that cannot be one"},
    [OVF_PERMIT_FAULT_NOT_JSON] = {"not_json", "no JSON object"},
    [OVF_PERMIT_FAULT_DUPLICATE_KEY] = {"duplicate_key", "a key stands twice"},
    [OVF_PERMIT_FAULT_NO_NUMBER] = {"no_permit_no", "permit_no is empty"},
    [OVF_PERMIT_FAULT_NO_AIRCRAFT] = {"no_aircraft",
                                      "neither operator_icao, callsigns nor registrations"},
    [OVF_PERMIT_FAULT_OTHER_STATE] = {"other_state", "state is not the list's"},
    [OVF_PERMIT_FAULT_BAD_AIRSPACE] = {"bad_airspace", "airspace is neither country nor fir"},
    [OVF_PERMIT_FAULT_BAD_KIND] = {"bad_kind",
                                   "kind is not overflight, landing, diplomatic or block"},
    [OVF_PERMIT_FAULT_BAD_STATUS] = {"bad_status", "status is not issued, refused or revoked"},
    [OVF_PERMIT_FAULT_BAD_TIME] = {"bad_time", "valid_from or valid_to is no ISO 8601 time"},
    [OVF_PERMIT_FAULT_ENDS_BEFORE_IT_BEGINS] = {"ends_before_it_begins",
                                                "valid_to is before valid_from"},
    [OVF_PERMIT_FAULT_BAD_NUMBER] = {"bad_number", "a number that cannot be one"},
    [OVF_PERMIT_FAULT_BAD_DAYS] = {"bad_days_mask",
                                   "days_mask is not the digits of days, 1 Monday to 7 Sunday"},
    [OVF_PERMIT_FAULT_BAD_CODE] = {"bad_code", "an operator, callsign, registration, type or "
                                               "airport that cannot be one"},
    [OVF_PERMIT_FAULT_WILDCARD] = {"wildcard", "a wildcard where a name is due"},
    [OVF_PERMIT_FAULT_BAD_HASH] = {"bad_document_sha256", "document_sha256 is not 64 hex digits"},
    [OVF_PERMIT_FAULT_TOO_MANY] = {"too_many", "more rows than a list may have"},
};

const char *ovf_permit_fault_name(enum ovf_permit_fault fault)
{
    assert((unsigned)fault < OVF_PERMIT_FAULT_N);
    return faults[fault].name;
}

const char *ovf_permit_fault_words(enum ovf_permit_fault fault)
{
    assert((unsigned)fault < OVF_PERMIT_FAULT_N);
    return faults[fault].words;
}

uint64_t ovf_permit_counts_rejected(const struct ovf_permit_counts *counts)
{
    uint64_t n = 0;
    for (size_t i = 0; i < OVF_PERMIT_FAULT_N; i++)
        n += counts->n_rejected[i];
    return n;
}

void ovf_permit_list_deinit(struct ovf_permit_list *list)
{
    free(list->items);
    free(list->texts);
    *list = (struct ovf_permit_list){0};
}

/* ---- what it is about ---- */

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool read_state(const char *text, char out[4])
{
    const size_t len = strlen(text);
    if (len < 2 || len > 3)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (!is_capital(text[i]))
            return false;
    }
    memcpy(out, text, len + 1);
    return true;
}

/** Both days are included, so that one day is A/A. */
static bool read_covers(const char *text, struct ovf_permit_about *out)
{
    const struct ovf_bytes bytes = ovf_bytes_from_text(text);
    if (bytes.len != 21 || text[10] != '/' ||
        !ovf_time_parse_iso((struct ovf_bytes){bytes.data, 10}, &out->covers_from_ns) ||
        !ovf_time_parse_iso((struct ovf_bytes){bytes.data + 11, 10}, &out->covers_to_ns) ||
        out->covers_to_ns < out->covers_from_ns)
        return false;
    out->covers_to_ns += OVF_NS_PER_DAY;
    return true;
}

/** Codes of four or more capitals and digits, commas between. */
static bool read_firs(const char *text, char out[OVF_PERMIT_FIRS_SIZE])
{
    const size_t len = strlen(text);
    size_t n_code = 0;
    if (len >= OVF_PERMIT_FIRS_SIZE)
        return false;
    for (size_t i = 0; i < len; i++) {
        const bool ends = text[i] == ',';
        if (!ends && !is_capital(text[i]) && (text[i] < '0' || text[i] > '9'))
            return false;
        if (ends && n_code < 4)
            return false;
        n_code = ends ? 0 : n_code + 1;
    }
    memcpy(out, text, len + 1);
    return n_code >= 4;
}

enum ovf_status ovf_permit_about_read(const char *state, const char *covers, const char *firs,
                                      struct ovf_permit_about *out, struct ovf_error *err)
{
    struct ovf_permit_about about = {0};
    if (!read_state(state, about.state))
        return ovf_error_set(err, OVF_E_FORMAT,
                             "\"%.20s\" is no code of a state: two or three capitals are due",
                             state);
    if (!read_covers(covers, &about))
        return ovf_error_set(err, OVF_E_FORMAT,
                             "\"%.60s\" is no span of days: 2012-01-01/2012-12-31 is due", covers);
    if (firs != NULL && !read_firs(firs, about.firs))
        return ovf_error_set(err, OVF_E_FORMAT,
                             "\"%.60s\" is no list of flight information regions: ORBB is due",
                             firs);
    *out = about;
    return OVF_OK;
}

bool ovf_permit_is_region(const char *code, size_t len, const char *airspace)
{
    return strncmp(code, airspace, len) == 0 &&
           (airspace[len] == '\0' || strcmp(airspace + len, "FIR") == 0 ||
            strcmp(airspace + len, "UIR") == 0);
}

bool ovf_permit_list_is_about(const struct ovf_permit_list *list, const char *kind,
                              const char *airspace)
{
    const char *code = list->about.firs;
    if (strcmp(kind, "country") == 0)
        return strcmp(airspace, list->about.state) == 0;
    if (strcmp(kind, "fir") != 0)
        return false;
    while (*code != '\0') {
        const size_t len = strcspn(code, ",");
        if (ovf_permit_is_region(code, len, airspace))
            return true;
        code += len + (code[len] == ',' ? 1 : 0);
    }
    return false;
}
