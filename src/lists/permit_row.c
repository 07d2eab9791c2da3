/* SPDX-License-Identifier: Apache-2.0 */
/* Cells to a permit. Each reader of a cell says why it is none; the first fault counts. */
#include "lists/permit_row.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/ascii.h"
#include "base/fields.h"
#include "base/number.h"
#include "base/time.h"
#include "base/utf8.h"

#define GOOD OVF_PERMIT_FAULT_N

enum {
    MAX_TEXT_BYTES = 512,
    MAX_WORDS = 4096,
    MAX_MTOW_KG = 1000000, /* the heaviest there was: 640,000 */
    MAX_FLIGHTS = 1000000,
    MAX_TOLERANCE_H = 720,
};

/** As far as an int64_t of nanoseconds goes. */
static const int64_t max_issued_ms = INT64_MAX / OVF_NS_PER_MS;

const char *ovf_permit_column_name(enum ovf_permit_column column)
{
    static const char *const names[OVF_PERMIT_COLUMN_N] = {
        [OVF_PERMIT_COLUMN_STATE] = "state",
        [OVF_PERMIT_COLUMN_AIRSPACE] = "airspace",
        [OVF_PERMIT_COLUMN_AUTHORITY] = "authority",
        [OVF_PERMIT_COLUMN_NUMBER] = "permit_no",
        [OVF_PERMIT_COLUMN_KIND] = "kind",
        [OVF_PERMIT_COLUMN_STATUS] = "status",
        [OVF_PERMIT_COLUMN_OPERATOR] = "operator_icao",
        [OVF_PERMIT_COLUMN_CALLSIGNS] = "callsigns",
        [OVF_PERMIT_COLUMN_REGISTRATIONS] = "registrations",
        [OVF_PERMIT_COLUMN_TYPES] = "types",
        [OVF_PERMIT_COLUMN_MTOW] = "mtow_kg",
        [OVF_PERMIT_COLUMN_ADEP] = "adep",
        [OVF_PERMIT_COLUMN_ADES] = "ades",
        [OVF_PERMIT_COLUMN_ENTRY] = "entry_point",
        [OVF_PERMIT_COLUMN_EXIT] = "exit_point",
        [OVF_PERMIT_COLUMN_AIRWAYS] = "airways",
        [OVF_PERMIT_COLUMN_VALID_FROM] = "valid_from",
        [OVF_PERMIT_COLUMN_VALID_TO] = "valid_to",
        [OVF_PERMIT_COLUMN_TOLERANCE_BEFORE] = "tolerance_before_h",
        [OVF_PERMIT_COLUMN_TOLERANCE_AFTER] = "tolerance_after_h",
        [OVF_PERMIT_COLUMN_DAYS] = "days_mask",
        [OVF_PERMIT_COLUMN_FLIGHTS_MAX] = "flights_max",
        [OVF_PERMIT_COLUMN_PURPOSE] = "purpose",
        [OVF_PERMIT_COLUMN_ISSUED] = "issued_ms",
        [OVF_PERMIT_COLUMN_DOCUMENT] = "document_sha256",
    };
    assert((unsigned)column < OVF_PERMIT_COLUMN_N);
    return names[column];
}

enum ovf_permit_column ovf_permit_column_find(struct ovf_bytes name)
{
    unsigned i = 0;
    while (i < OVF_PERMIT_COLUMN_N &&
           !ovf_bytes_equal_nocase(name, ovf_permit_column_name((enum ovf_permit_column)i)))
        i++;
    return (enum ovf_permit_column)i;
}

void ovf_permit_cells_clear(struct ovf_permit_cells *cells)
{
    cells->text.len = 0;
    memset(cells->items, 0, sizeof cells->items);
}

struct ovf_bytes ovf_permit_cell(const struct ovf_permit_cells *cells,
                                 enum ovf_permit_column column)
{
    const size_t len = cells->items[column].len;
    return (struct ovf_bytes){len > 0 ? cells->text.data + cells->items[column].at : NULL, len};
}

/* ---- a row being read ---- */

struct row {
    const struct ovf_permit_cells *cells;
    struct ovf_permit_room *room;
};

static struct ovf_bytes cell(const struct row *row, enum ovf_permit_column column)
{
    return ovf_bytes_trim(ovf_permit_cell(row->cells, column));
}

/** Room was taken for the whole file: see struct ovf_permit_room. */
static char *keep(struct ovf_permit_room *room, struct ovf_bytes text)
{
    assert(text.len < room->size - room->len);
    char *const kept = room->data + room->len;
    memcpy(kept, text.data, text.len);
    kept[text.len] = '\0';
    room->len += text.len + 1;
    return kept;
}

static enum ovf_permit_fault read_text(const struct row *row, enum ovf_permit_column column,
                                       const char **out)
{
    const struct ovf_bytes text = cell(row, column);
    *out = "";
    if (text.len > MAX_TEXT_BYTES || !ovf_utf8_is_harmless(text))
        return OVF_PERMIT_FAULT_BAD_TEXT;
    if (text.len > 0)
        *out = keep(row->room, text);
    return GOOD;
}

/** Which of the \p n names the cell is; \p fallback when it is empty, \p n when it is none. */
static unsigned read_name(const struct row *row, enum ovf_permit_column column,
                          const char *(*name)(unsigned), unsigned n, unsigned fallback)
{
    const struct ovf_bytes text = cell(row, column);
    unsigned i = 0;
    if (text.len == 0)
        return fallback;
    while (i < n && !ovf_bytes_equal_nocase(text, name(i)))
        i++;
    return i;
}

static const char *kind_name(unsigned i)
{
    return ovf_permit_kind_name((enum ovf_permit_kind)i);
}

static const char *status_name(unsigned i)
{
    return ovf_permit_status_name((enum ovf_permit_status)i);
}

static const char *airspace_name(unsigned i)
{
    return ovf_permit_airspace_name((enum ovf_permit_airspace)i);
}

static enum ovf_permit_fault read_names(const struct row *row, struct ovf_permit *permit)
{
    const unsigned kind =
        read_name(row, OVF_PERMIT_COLUMN_KIND, kind_name, OVF_PERMIT_KIND_N, OVF_PERMIT_OVERFLIGHT);
    const unsigned status = read_name(row, OVF_PERMIT_COLUMN_STATUS, status_name,
                                      OVF_PERMIT_STATUS_N, OVF_PERMIT_ISSUED);
    const unsigned airspace = read_name(row, OVF_PERMIT_COLUMN_AIRSPACE, airspace_name,
                                        OVF_PERMIT_AIRSPACE_N, OVF_PERMIT_COUNTRY);
    if (airspace == OVF_PERMIT_AIRSPACE_N)
        return OVF_PERMIT_FAULT_BAD_AIRSPACE;
    if (kind == OVF_PERMIT_KIND_N)
        return OVF_PERMIT_FAULT_BAD_KIND;
    if (status == OVF_PERMIT_STATUS_N)
        return OVF_PERMIT_FAULT_BAD_STATUS;
    permit->kind = (enum ovf_permit_kind)kind;
    permit->status = (enum ovf_permit_status)status;
    permit->airspace = (enum ovf_permit_airspace)airspace;
    return GOOD;
}

/* ---- codes ---- */

/** What a code of a column looks like. */
struct code_form {
    size_t min_len;
    size_t max_len;
    bool letters_only;
    bool hyphens;
};

static enum ovf_permit_fault check_code(struct ovf_bytes text, const struct code_form *form)
{
    bool good = text.len >= form->min_len && text.len <= form->max_len;
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char c = ovf_ascii_upper(text.data[i]);
        if (c == '*' || c == '?' || c == '%')
            return OVF_PERMIT_FAULT_WILDCARD;
        good = good && ((c >= 'A' && c <= 'Z') || (!form->letters_only && c >= '0' && c <= '9') ||
                        (form->hyphens && c == '-'));
    }
    return good ? GOOD : OVF_PERMIT_FAULT_BAD_CODE;
}

static const char *keep_code(struct ovf_permit_room *room, struct ovf_bytes text)
{
    char *const kept = keep(room, text);
    for (char *p = kept; *p != '\0'; p++)
        *p = (char)ovf_ascii_upper((unsigned char)*p);
    return kept;
}

static enum ovf_permit_fault read_code(const struct row *row, enum ovf_permit_column column,
                                       const struct code_form *form, const char **out)
{
    const struct ovf_bytes text = cell(row, column);
    *out = "";
    if (text.len == 0)
        return GOOD;
    const enum ovf_permit_fault fault = check_code(text, form);
    if (fault == GOOD)
        *out = keep_code(row->room, text);
    return fault;
}

static bool is_between(unsigned char c)
{
    return c == ' ' || c == '\t' || c == ',' || c == ';' || c == '/';
}

/** The next word of \p rest; false: there is none. */
static bool next_word(struct ovf_bytes *rest, struct ovf_bytes *word)
{
    size_t at = 0;
    while (at < rest->len && is_between(rest->data[at]))
        at++;
    size_t end = at;
    while (end < rest->len && !is_between(rest->data[end]))
        end++;
    if (end == at)
        return false;
    *word = (struct ovf_bytes){rest->data + at, end - at};
    *rest = (struct ovf_bytes){rest->data + end, rest->len - end};
    return true;
}

static enum ovf_permit_fault read_words(const struct row *row, enum ovf_permit_column column,
                                        const struct code_form *form, struct ovf_permit_words *out)
{
    struct ovf_bytes rest = cell(row, column);
    struct ovf_bytes word;
    *out = (struct ovf_permit_words){"", 0};
    while (next_word(&rest, &word)) {
        const enum ovf_permit_fault fault = check_code(word, form);
        if (fault != GOOD)
            return fault;
        if (out->n == MAX_WORDS)
            return OVF_PERMIT_FAULT_BAD_TEXT;
        const char *const kept = keep_code(row->room, word);
        if (out->n++ == 0)
            out->first = kept;
    }
    return GOOD;
}

static enum ovf_permit_fault read_codes(const struct row *row, struct ovf_permit *permit)
{
    static const struct code_form operator_form = {3, 3, true, false};
    static const struct code_form airport_form = {4, 4, false, false};
    static const struct code_form callsign_form = {2, 8, false, false};
    static const struct code_form registration_form = {2, 12, false, true};
    static const struct code_form type_form = {2, 4, false, false};
    enum ovf_permit_fault fault =
        read_code(row, OVF_PERMIT_COLUMN_OPERATOR, &operator_form, &permit->operator_icao);
    if (fault == GOOD)
        fault = read_code(row, OVF_PERMIT_COLUMN_ADEP, &airport_form, &permit->adep);
    if (fault == GOOD)
        fault = read_code(row, OVF_PERMIT_COLUMN_ADES, &airport_form, &permit->ades);
    if (fault == GOOD)
        fault = read_words(row, OVF_PERMIT_COLUMN_CALLSIGNS, &callsign_form, &permit->callsigns);
    if (fault == GOOD)
        fault = read_words(row, OVF_PERMIT_COLUMN_REGISTRATIONS, &registration_form,
                           &permit->registrations);
    if (fault == GOOD)
        fault = read_words(row, OVF_PERMIT_COLUMN_TYPES, &type_form, &permit->types);
    const bool names_any =
        permit->operator_icao[0] != '\0' || permit->callsigns.n > 0 || permit->registrations.n > 0;
    return fault != GOOD ? fault : names_any ? GOOD : OVF_PERMIT_FAULT_NO_AIRCRAFT;
}

/* ---- points ---- */

/** Degrees, minutes, seconds of \p n_digits digits, the first \p n_degrees of them degrees. */
static bool read_sexagesimal(const unsigned char *digits, size_t n_digits, size_t n_degrees,
                             double *degrees)
{
    int64_t parts[3] = {0, 0, 0};
    for (size_t i = 0; i < n_digits; i++) {
        if (digits[i] < '0' || digits[i] > '9')
            return false;
        int64_t *const part = &parts[i < n_degrees ? 0 : 1 + (i - n_degrees) / 2];
        *part = *part * 10 + (digits[i] - '0');
    }
    *degrees = (double)(parts[0] * 3600 + parts[1] * 60 + parts[2]) / 3600.0;
    return parts[1] < 60 && parts[2] < 60;
}

/** 33N044E, 3320N04415E, 332030N0441530E */
static bool read_letters(struct ovf_bytes text, double *lat_deg, double *lon_deg)
{
    const size_t n_lat = (text.len - 3) / 2;
    if (text.len < 7 || text.len > 15 || text.len % 4 != 3)
        return false;
    const unsigned char north = ovf_ascii_upper(text.data[n_lat]);
    const unsigned char east = ovf_ascii_upper(text.data[text.len - 1]);
    if ((north != 'N' && north != 'S') || (east != 'E' && east != 'W') ||
        !read_sexagesimal(text.data, n_lat, 2, lat_deg) ||
        !read_sexagesimal(text.data + n_lat + 1, n_lat + 1, 3, lon_deg))
        return false;
    *lat_deg = north == 'S' ? -*lat_deg : *lat_deg;
    *lon_deg = east == 'W' ? -*lon_deg : *lon_deg;
    return true;
}

static bool read_decimals(struct ovf_bytes text, double *lat_deg, double *lon_deg)
{
    struct ovf_bytes word;
    return next_word(&text, &word) && ovf_number_parse_double(word, lat_deg) &&
           next_word(&text, &word) && ovf_number_parse_double(word, lon_deg) &&
           !next_word(&text, &word);
}

bool ovf_permit_point_read(struct ovf_bytes text, struct ovf_permit_point *point)
{
    struct ovf_bytes rest = text;
    struct ovf_bytes name;
    double lat_deg = 0.0;
    double lon_deg = 0.0;
    bool found = read_letters(text, &lat_deg, &lon_deg) || read_decimals(text, &lat_deg, &lon_deg);
    if (!found && next_word(&rest, &name)) {
        rest = ovf_bytes_trim(rest);
        if (rest.len > 0 && rest.data[0] == '/')
            rest = (struct ovf_bytes){rest.data + 1, rest.len - 1};
        found = read_letters(rest, &lat_deg, &lon_deg) || read_decimals(rest, &lat_deg, &lon_deg);
    }
    if (found && (fabs(lat_deg) > 90.0 || fabs(lon_deg) > 180.0))
        return false;
    point->has_place = found;
    point->lat_deg = lat_deg;
    point->lon_deg = lon_deg;
    return true;
}

static enum ovf_permit_fault read_point(const struct row *row, enum ovf_permit_column column,
                                        struct ovf_permit_point *out)
{
    const enum ovf_permit_fault fault = read_text(row, column, &out->name);
    if (fault != GOOD)
        return fault;
    return ovf_permit_point_read(cell(row, column), out) ? GOOD : OVF_PERMIT_FAULT_BAD_NUMBER;
}

/* ---- times and numbers ---- */

/** A time; a day alone is its begin, or, \p is_end, its last nanosecond. */
static bool read_time(struct ovf_bytes text, bool is_end, int64_t *t_ns)
{
    if (!ovf_time_parse_iso(text, t_ns))
        return false;
    if (is_end && text.len == 10)
        *t_ns += OVF_NS_PER_DAY - 1;
    return true;
}

/** 0 when the cell is empty. */
static bool read_tolerance(const struct row *row, enum ovf_permit_column column, int64_t *ns)
{
    int64_t thousandths_h = 0;
    const struct ovf_bytes text = cell(row, column);
    if (text.len > 0 && (!ovf_number_parse_scaled(text, 3, &thousandths_h) || thousandths_h < 0 ||
                         thousandths_h > MAX_TOLERANCE_H * 1000))
        return false;
    *ns = thousandths_h * (3600 * OVF_NS_PER_S / 1000);
    return true;
}

static enum ovf_permit_fault read_times(const struct row *row, struct ovf_permit *permit)
{
    int64_t before_ns;
    int64_t after_ns;
    if (!read_time(cell(row, OVF_PERMIT_COLUMN_VALID_FROM), false, &permit->valid_from_ns) ||
        !read_time(cell(row, OVF_PERMIT_COLUMN_VALID_TO), true, &permit->valid_to_ns))
        return OVF_PERMIT_FAULT_BAD_TIME;
    if (permit->valid_to_ns < permit->valid_from_ns)
        return OVF_PERMIT_FAULT_ENDS_BEFORE_IT_BEGINS;
    if (!read_tolerance(row, OVF_PERMIT_COLUMN_TOLERANCE_BEFORE, &before_ns) ||
        !read_tolerance(row, OVF_PERMIT_COLUMN_TOLERANCE_AFTER, &after_ns))
        return OVF_PERMIT_FAULT_BAD_NUMBER;
    /* ISO times are of the years 1678 to 2261, the type goes a hundred days farther on both sides. */
    permit->valid_from_ns -= before_ns;
    permit->valid_to_ns += after_ns;
    return GOOD;
}

/** "135", "1.3.5..", "Mo" is none: digits rise, so that a mask of zeros and ones is not taken for days. */
static enum ovf_permit_fault read_days(const struct row *row, unsigned *days)
{
    const struct ovf_bytes text = cell(row, OVF_PERMIT_COLUMN_DAYS);
    int last = 0;
    *days = 0;
    for (size_t i = 0; i < text.len; i++) {
        const int digit = text.data[i] - '0';
        if (text.data[i] == '.' || text.data[i] == '-' || text.data[i] == ' ')
            continue;
        if (digit <= last || digit > 7)
            return OVF_PERMIT_FAULT_BAD_DAYS;
        *days |= 1U << (digit - 1);
        last = digit;
    }
    if (text.len == 0)
        *days = 0x7F;
    return *days != 0 ? GOOD : OVF_PERMIT_FAULT_BAD_DAYS;
}

/** A whole number of 1 to \p max; \p has false when the cell is empty. */
static bool read_count(const struct row *row, enum ovf_permit_column column, int64_t max, bool *has,
                       int64_t *value)
{
    const struct ovf_bytes text = cell(row, column);
    *has = text.len > 0;
    *value = 0;
    return text.len == 0 || (ovf_number_parse_int(text, value) && *value >= 1 && *value <= max);
}

static enum ovf_permit_fault read_numbers(const struct row *row, struct ovf_permit *permit)
{
    const struct ovf_bytes mtow = cell(row, OVF_PERMIT_COLUMN_MTOW);
    int64_t flights;
    int64_t issued_ms;
    permit->mtow_kg = (double)NAN;
    if (mtow.len > 0 && (!ovf_number_parse_double(mtow, &permit->mtow_kg) ||
                         permit->mtow_kg <= 0.0 || permit->mtow_kg > MAX_MTOW_KG))
        return OVF_PERMIT_FAULT_BAD_NUMBER;
    if (!read_count(row, OVF_PERMIT_COLUMN_FLIGHTS_MAX, MAX_FLIGHTS, &permit->has_flights_max,
                    &flights) ||
        !read_count(row, OVF_PERMIT_COLUMN_ISSUED, max_issued_ms, &permit->has_issued, &issued_ms))
        return OVF_PERMIT_FAULT_BAD_NUMBER;
    permit->flights_max = (uint32_t)flights;
    permit->issued_ns = issued_ms * OVF_NS_PER_MS;
    return read_days(row, &permit->days);
}

/* ---- the rest ---- */

static enum ovf_permit_fault read_hash(const struct row *row, const char **out)
{
    struct ovf_bytes text = cell(row, OVF_PERMIT_COLUMN_DOCUMENT);
    *out = "";
    if (text.len == 0)
        return GOOD;
    if (text.len > 7 && memcmp(text.data, "sha256:", 7) == 0)
        text = (struct ovf_bytes){text.data + 7, text.len - 7};
    bool good = text.len == OVF_SHA256_HEX_SIZE - 1;
    for (size_t i = 0; i < text.len && good; i++) {
        const unsigned char c = ovf_ascii_upper(text.data[i]);
        good = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
    }
    if (!good)
        return OVF_PERMIT_FAULT_BAD_HASH;
    *out = keep(row->room, text);
    return GOOD;
}

static enum ovf_permit_fault read_number(const struct row *row, const char **out)
{
    const struct ovf_bytes text = cell(row, OVF_PERMIT_COLUMN_NUMBER);
    if (text.len == 0)
        return OVF_PERMIT_FAULT_NO_NUMBER;
    return memchr(text.data, '*', text.len) != NULL ? OVF_PERMIT_FAULT_WILDCARD
                                                    : read_text(row, OVF_PERMIT_COLUMN_NUMBER, out);
}

static enum ovf_permit_fault check_state(const struct row *row,
                                         const struct ovf_permit_about *about)
{
    const struct ovf_bytes text = cell(row, OVF_PERMIT_COLUMN_STATE);
    return text.len == 0 || ovf_bytes_equal_text(text, about->state) ? GOOD
                                                                     : OVF_PERMIT_FAULT_OTHER_STATE;
}

static enum ovf_permit_fault read_texts(const struct row *row, struct ovf_permit *permit)
{
    enum ovf_permit_fault fault = read_text(row, OVF_PERMIT_COLUMN_AUTHORITY, &permit->authority);
    if (fault == GOOD)
        fault = read_text(row, OVF_PERMIT_COLUMN_AIRWAYS, &permit->airways);
    if (fault == GOOD)
        fault = read_text(row, OVF_PERMIT_COLUMN_PURPOSE, &permit->purpose);
    if (fault == GOOD)
        fault = read_point(row, OVF_PERMIT_COLUMN_ENTRY, &permit->entry);
    if (fault == GOOD)
        fault = read_point(row, OVF_PERMIT_COLUMN_EXIT, &permit->exit);
    return fault == GOOD ? read_hash(row, &permit->document_sha256) : fault;
}

enum ovf_permit_fault ovf_permit_row_read(const struct ovf_permit_cells *cells,
                                          const struct ovf_permit_about *about,
                                          struct ovf_permit_room *room, struct ovf_permit *permit)
{
    const struct row row = {cells, room};
    const size_t before = room->len;
    *permit = (struct ovf_permit){0};
    enum ovf_permit_fault fault = check_state(&row, about);
    if (fault == GOOD)
        fault = read_number(&row, &permit->number);
    if (fault == GOOD)
        fault = read_names(&row, permit);
    if (fault == GOOD)
        fault = read_codes(&row, permit);
    if (fault == GOOD)
        fault = read_times(&row, permit);
    if (fault == GOOD)
        fault = read_numbers(&row, permit);
    if (fault == GOOD)
        fault = read_texts(&row, permit);
    if (fault != GOOD)
        room->len = before;
    return fault;
}
