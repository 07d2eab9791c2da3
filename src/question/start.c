/* SPDX-License-Identifier: Apache-2.0 */
/* Words about a receiver. */
#include "question/start.h"

#include <stddef.h>
#include <string.h>

#include "base/number.h"
#include "base/time.h"
#include "read/field.h"

enum { DAY_CHARS = 10 }; /* YYYY-MM-DD */

enum ovf_status ovf_start_parse(const char *text, struct ovf_clock *clock, struct ovf_error *err)
{
    int64_t t_ns;
    if (text == NULL) {
        *clock = ovf_clock_make(OVF_CLOCK_NONE, 0);
        return OVF_OK;
    }
    if (!ovf_time_parse_iso(ovf_bytes_from_text(text), &t_ns))
        return ovf_error_set(
            err, OVF_E_RANGE,
            "--start \"%.60s\" is neither a day (2025-07-01: of stamps that are a "
            "time of day) nor an instant (2025-07-01T10:00:00Z: of the first stamp)",
            text);
    if (!ovf_read_time_in_range(t_ns))
        return ovf_error_set(err, OVF_E_RANGE, "--start \"%.60s\" is not of the years 1990 to 2199",
                             text);
    *clock = ovf_clock_make(strlen(text) == DAY_CHARS ? OVF_CLOCK_GPS : OVF_CLOCK_COUNTER, t_ns);
    return OVF_OK;
}

/** The next part of a list; moves behind its comma. */
static struct ovf_bytes next_part(const char **text)
{
    const size_t n = strcspn(*text, ",");
    const struct ovf_bytes part = {(const unsigned char *)*text, n};
    *text += n + ((*text)[n] == ',' ? 1 : 0);
    return part;
}

static bool parse_degrees(struct ovf_bytes text, int64_t max_e7, int64_t *e7)
{
    return ovf_number_parse_scaled(text, 7, e7) && *e7 >= -max_e7 && *e7 <= max_e7;
}

/** LAT,LON[,HEIGHT_M] from \p rest on, which is the end of \p text, the value of \p option. */
static enum ovf_status parse_place(const char *option, const char *text, const char *rest,
                                   struct ovf_receiver_place *out, struct ovf_error *err)
{
    static const double max_height_m = 6000;
    int64_t lat_e7;
    int64_t lon_e7;
    if (!parse_degrees(next_part(&rest), OVF_E7_TURN / 4, &lat_e7) ||
        !parse_degrees(next_part(&rest), OVF_E7_TURN / 2, &lon_e7))
        return ovf_error_set(err, OVF_E_RANGE, "%s \"%.60s\" is no LAT,LON", option, text);
    out->at = (struct ovf_point){.lat_e7 = (int32_t)lat_e7, .lon_e7 = ovf_lon_wrap(lon_e7)};
    out->has_height = rest[-1] == ',';
    if (out->has_height && !(ovf_number_parse_double(ovf_bytes_from_text(rest), &out->height_m) &&
                             out->height_m >= 0 && out->height_m <= max_height_m))
        return ovf_error_set(err, OVF_E_RANGE,
                             "%s \"%.60s\" is no LAT,LON,HEIGHT_M of 0 to 6000 m above the sea",
                             option, text);
    return OVF_OK;
}

enum ovf_status ovf_at_parse(const char *text, struct ovf_read_options *out, struct ovf_error *err)
{
    const enum ovf_status st = parse_place("--at", text, text, &out->receiver, err);
    out->has_receiver = st == OVF_OK;
    return st;
}

enum ovf_status ovf_receiver_parse(const char *text, struct ovf_receivers *receivers,
                                   struct ovf_error *err)
{
    const char *rest = text;
    uint64_t id;
    struct ovf_receiver_place place = {.has_height = false};
    if (!ovf_receiver_id_parse(next_part(&rest), &id))
        return ovf_error_set(err, OVF_E_RANGE,
                             "--receiver \"%.60s\" is no ID,LAT,LON: an id has 16 hexadecimal "
                             "digits, or the 32 of a UUID",
                             text);
    const enum ovf_status st = parse_place("--receiver", text, rest, &place, err);
    return st == OVF_OK ? ovf_receivers_tell(receivers, id, &place) : st;
}

static bool is_digits(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return true;
}

enum ovf_status ovf_tz_parse(const char *text, int64_t *ahead_ns, struct ovf_error *err)
{
    enum { MAX_HOURS = 14 };
    if (strcmp(text, "UTC") == 0) {
        *ahead_ns = 0;
        return OVF_OK;
    }
    if (strlen(text) == 6 && (text[0] == '+' || text[0] == '-') && is_digits(text + 1, 2) &&
        text[3] == ':' && is_digits(text + 4, 2)) {
        const int64_t hours = (text[1] - '0') * 10 + text[2] - '0';
        const int64_t minutes = (text[4] - '0') * 10 + text[5] - '0';
        if (minutes < 60 && hours * 60 + minutes <= MAX_HOURS * 60) {
            *ahead_ns = (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes) * OVF_NS_PER_MIN;
            return OVF_OK;
        }
    }
    return ovf_error_set(err, OVF_E_RANGE, "--sbs-tz \"%.60s\" is neither UTC nor +HH:MM or -HH:MM",
                         text);
}
