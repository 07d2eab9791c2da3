/* SPDX-License-Identifier: Apache-2.0 */
/* Tables whose header says what their columns are: one's own, and plane-alert-db's.
 *
 * Rows may be shorter than the header (plane-alert-db's are). A row that names a registration, address or
 * serial number is an aircraft, any other an entity. What has no id of its own is called by its
 * registration, address, serial number or name, with "@" and its first day where one is given: an aircraft
 * that was listed twice is two entries.
 */
#include "lists/listing_formats.h"

#include <stdlib.h>

#include "base/fields.h"
#include "base/time.h"
#include "lists/lines.h"
#include "lists/listing_draft.h"

struct name {
    const char *name; /* in small letters */
    enum ovf_listing_key key;
};

static const struct name own_names[] = {
    {"id", OVF_LISTING_ID},
    {"kind", OVF_LISTING_KIND},
    {"name", OVF_LISTING_NAME},
    {"registration", OVF_LISTING_REGISTRATION},
    {"tail", OVF_LISTING_REGISTRATION},
    {"previous_registration", OVF_LISTING_PREVIOUS_REGISTRATION},
    {"previous_tail", OVF_LISTING_PREVIOUS_REGISTRATION},
    {"icao24", OVF_LISTING_ICAO24},
    {"hex", OVF_LISTING_ICAO24},
    {"msn", OVF_LISTING_MSN},
    {"serial_number", OVF_LISTING_MSN},
    {"construction_number", OVF_LISTING_CONSTRUCTION_NUMBER},
    {"model", OVF_LISTING_MODEL},
    {"type_code", OVF_LISTING_MODEL},
    {"type", OVF_LISTING_MODEL},
    {"operator", OVF_LISTING_OPERATOR},
    {"owner_operator", OVF_LISTING_OPERATOR},
    {"linked_to", OVF_LISTING_LINKED_TO},
    {"nationality", OVF_LISTING_NATIONALITY},
    {"programme", OVF_LISTING_PROGRAMME},
    {"program", OVF_LISTING_PROGRAMME},
    {"from", OVF_LISTING_FROM},
    {"to", OVF_LISTING_TO},
    {"source", OVF_LISTING_SOURCE},
    {"remarks", OVF_LISTING_REMARKS},
};

static const struct name plane_alert_names[] = {
    {"$icao", OVF_LISTING_ICAO24},       {"$registration", OVF_LISTING_REGISTRATION},
    {"$operator", OVF_LISTING_OPERATOR}, {"$type", OVF_LISTING_MODEL},
    {"$icao type", OVF_LISTING_MODEL},   {"category", OVF_LISTING_PROGRAMME},
    {"$tag 1", OVF_LISTING_REMARKS},     {"$tag 2", OVF_LISTING_REMARKS},
    {"$#tag 2", OVF_LISTING_REMARKS},    {"$tag 3", OVF_LISTING_REMARKS},
    {"$#tag 3", OVF_LISTING_REMARKS},    {"$link", OVF_LISTING_SOURCE},
    {"$#link", OVF_LISTING_SOURCE},
};

struct reading {
    char separator;
    size_t n_columns;
    enum ovf_listing_key key_of[OVF_FIELDS_MAX]; /* OVF_LISTING_KEY_N: passed over */
    struct ovf_fields fields;
    struct ovf_listing_draft draft;
    struct ovf_buffer scratch;
};

static enum ovf_listing_key find_key(const struct name *names, size_t n, struct ovf_bytes text)
{
    for (size_t i = 0; i < n; i++) {
        if (ovf_bytes_equal_nocase(ovf_bytes_trim(text), names[i].name))
            return names[i].key;
    }
    return OVF_LISTING_KEY_N;
}

/** The columns of \p header by those names, and how many of each key there are. */
static bool map_columns(struct ovf_bytes header, const struct name *names, size_t n_names,
                        struct reading *r, size_t n_of[OVF_LISTING_KEY_N + 1])
{
    r->separator = ovf_fields_separator(header);
    if (!ovf_fields_split(header, r->separator, &r->fields) || r->fields.too_many)
        return false;
    r->n_columns = r->fields.n;
    for (size_t i = 0; i < r->fields.n; i++) {
        r->key_of[i] = find_key(names, n_names, r->fields.items[i].text);
        n_of[r->key_of[i]]++;
    }
    return true;
}

/** What names an aircraft. */
static const enum ovf_listing_key aircraft_keys[] = {OVF_LISTING_REGISTRATION, OVF_LISTING_ICAO24,
                                                     OVF_LISTING_MSN,
                                                     OVF_LISTING_PREVIOUS_REGISTRATION};

enum { N_AIRCRAFT_KEYS = sizeof aircraft_keys / sizeof *aircraft_keys };

static enum ovf_list_format read_header(struct ovf_bytes header, struct reading *r)
{
    size_t n_of[OVF_LISTING_KEY_N + 1] = {0};
    if (map_columns(header, plane_alert_names, sizeof plane_alert_names / sizeof *plane_alert_names,
                    r, n_of) &&
        n_of[OVF_LISTING_ICAO24] > 0)
        return OVF_LIST_PLANE_ALERT;
    memset(n_of, 0, sizeof n_of);
    if (!map_columns(header, own_names, sizeof own_names / sizeof *own_names, r, n_of))
        return OVF_LIST_FORMAT_N;
    bool identifies = false;
    for (size_t i = 0; i < N_AIRCRAFT_KEYS; i++)
        identifies = identifies || n_of[aircraft_keys[i]] > 0;
    return identifies || (n_of[OVF_LISTING_ID] > 0 && n_of[OVF_LISTING_NAME] > 0)
               ? OVF_LIST_CSV
               : OVF_LIST_FORMAT_N;
}

enum ovf_list_format ovf_listing_csv_format(struct ovf_bytes header)
{
    struct reading r = {0};
    return read_header(header, &r);
}

/* ---- a row ---- */

static bool has_many(enum ovf_listing_key key)
{
    return key != OVF_LISTING_REMARKS && key != OVF_LISTING_SOURCE && key != OVF_LISTING_ID &&
           key != OVF_LISTING_FROM && key != OVF_LISTING_TO;
}

static void put_field(struct reading *r, enum ovf_listing_key key, const struct ovf_field *field)
{
    r->scratch.len = 0;
    if (r->draft.status == OVF_OK)
        r->draft.status = ovf_buffer_reserve(&r->scratch, field->text.len + 1);
    if (r->draft.status != OVF_OK)
        return;
    const struct ovf_bytes text =
        ovf_field_unquote(field, (char *)r->scratch.data, field->text.len);
    if (has_many(key))
        ovf_listing_draft_put_each(&r->draft, key, text, "|");
    else
        ovf_listing_draft_put(&r->draft, key, text);
}

/** What else the row is to be called by: of \p keys the first that it has. */
static struct ovf_bytes called(const struct ovf_listing_draft *draft)
{
    static const enum ovf_listing_key keys[] = {OVF_LISTING_REGISTRATION, OVF_LISTING_ICAO24,
                                                OVF_LISTING_MSN, OVF_LISTING_NAME,
                                                OVF_LISTING_PREVIOUS_REGISTRATION};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (ovf_listing_draft_has(draft, keys[i]))
            return ovf_listing_draft_first(draft, keys[i]);
    }
    return (struct ovf_bytes){NULL, 0};
}

static bool is_aircraft(const struct ovf_listing_draft *draft)
{
    for (size_t i = 0; i < N_AIRCRAFT_KEYS; i++) {
        if (ovf_listing_draft_has(draft, aircraft_keys[i]))
            return true;
    }
    return false;
}

/** Adds the id, name and kind that the row does not say. */
static enum ovf_status complete(struct reading *r)
{
    struct ovf_listing_draft *const draft = &r->draft;
    const struct ovf_bytes text = called(draft);
    const struct ovf_bytes from = ovf_listing_draft_first(draft, OVF_LISTING_FROM);
    r->scratch.len = 0;
    enum ovf_status st = ovf_buffer_append(&r->scratch, text.data, text.len);
    if (st == OVF_OK && from.len > 0)
        st = ovf_buffer_append(&r->scratch, "@", 1);
    if (st == OVF_OK)
        st = ovf_buffer_append(&r->scratch, from.data, from.len);
    if (st != OVF_OK)
        return st;
    const struct ovf_bytes name = {r->scratch.data, text.len};
    if (!ovf_listing_draft_has(draft, OVF_LISTING_NAME))
        ovf_listing_draft_put(draft, OVF_LISTING_NAME, name);
    if (!ovf_listing_draft_has(draft, OVF_LISTING_ID) && text.len > 0)
        ovf_listing_draft_put(draft, OVF_LISTING_ID, ovf_buffer_bytes(&r->scratch));
    if (!ovf_listing_draft_has(draft, OVF_LISTING_KIND))
        ovf_listing_draft_put_text(draft, OVF_LISTING_KIND,
                                   is_aircraft(draft) ? "aircraft" : "entity");
    return OVF_OK;
}

/** Whether a day that was given is one, and the first is before the other. */
static bool has_good_days(const struct reading *r)
{
    for (size_t i = 0; i < r->fields.n && i < r->n_columns; i++) {
        const enum ovf_listing_key key = r->key_of[i];
        if ((key == OVF_LISTING_FROM || key == OVF_LISTING_TO) &&
            ovf_bytes_trim(r->fields.items[i].text).len > 0 &&
            !ovf_listing_draft_has(&r->draft, key))
            return false;
    }
    const struct ovf_bytes from = ovf_listing_draft_first(&r->draft, OVF_LISTING_FROM);
    const struct ovf_bytes to = ovf_listing_draft_first(&r->draft, OVF_LISTING_TO);
    return from.len == 0 || to.len == 0 || memcmp(from.data, to.data, from.len) < 0;
}

static bool has_good_kind(const struct ovf_listing_draft *draft)
{
    const struct ovf_bytes kind = ovf_listing_draft_first(draft, OVF_LISTING_KIND);
    return kind.len == 0 || ovf_bytes_equal_text(kind, "aircraft") ||
           ovf_bytes_equal_text(kind, "entity");
}

static enum ovf_status read_row(struct reading *r, struct ovf_bytes line,
                                struct ovf_listing_set *set, struct ovf_listing_report *report)
{
    enum ovf_reject reject = OVF_REJECT_N;
    ovf_listing_draft_begin(&r->draft);
    if (line.len > OVF_LISTING_MAX_BYTES)
        reject = OVF_REJECT_TOO_LARGE;
    else if (!ovf_fields_split(line, r->separator, &r->fields))
        reject = OVF_REJECT_BAD_TEXT;
    else if (r->fields.n > r->n_columns)
        reject = OVF_REJECT_ROW_LONG;
    for (size_t i = 0; reject == OVF_REJECT_N && i < r->fields.n; i++) {
        if (r->key_of[i] != OVF_LISTING_KEY_N)
            put_field(r, r->key_of[i], &r->fields.items[i]);
    }
    if (reject == OVF_REJECT_N && !has_good_days(r))
        reject = OVF_REJECT_BAD_TIME;
    if (reject == OVF_REJECT_N && !has_good_kind(&r->draft))
        reject = OVF_REJECT_WRONG_TYPE;
    if (reject != OVF_REJECT_N) {
        ovf_tally_reject(&report->rows, reject);
        return r->draft.status;
    }
    const enum ovf_status st = complete(r);
    return st == OVF_OK ? ovf_listing_draft_keep(&r->draft, set, report) : st;
}

enum ovf_status ovf_listing_csv_read(struct ovf_bytes text, struct ovf_listing_set *set,
                                     struct ovf_listing_report *report, struct ovf_error *err)
{
    struct ovf_bytes line;
    enum ovf_status st = OVF_OK;
    struct reading *const r = calloc(1, sizeof *r);
    text = ovf_lines_begin(text);
    if (r == NULL)
        return ovf_error_set(err, OVF_E_NOMEM, "out of memory for the list");
    if (!ovf_lines_next(&text, &line) || read_header(line, r) == OVF_LIST_FORMAT_N)
        st = ovf_error_set(err, OVF_E_FORMAT,
                           "the list has no header that names registration, icao24 or msn, or id "
                           "and name");
    while (st == OVF_OK && ovf_lines_next(&text, &line)) {
        st = read_row(r, line, set, report);
        if (st != OVF_OK)
            (void)ovf_error_set(err, st, "out of memory for the list");
    }
    ovf_listing_draft_deinit(&r->draft);
    ovf_buffer_deinit(&r->scratch);
    free(r);
    return st;
}
