/* SPDX-License-Identifier: Apache-2.0 */
/* OpenAir's values: limits and places, in the spellings that are about. Angles are read as decimal text
 * and rounded once, to 1e-7 degree. */
#include "shape/openair.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "base/fields.h"
#include "base/number.h"

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static bool is_space(unsigned char c)
{
    return c == ' ' || c == '\t';
}

static void skip_space(struct ovf_bytes *text)
{
    while (text->len > 0 && is_space(*text->data))
        *text = (struct ovf_bytes){text->data + 1, text->len - 1};
}

/** Takes \p word when it is next, in any case, and no letter follows. */
static bool take_word(struct ovf_bytes *text, const char *word)
{
    const size_t len = strlen(word);
    if (text->len < len)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (ovf_ascii_upper(text->data[i]) != (unsigned char)word[i])
            return false;
    }
    if (text->len > len && ovf_ascii_upper(text->data[len]) >= 'A' &&
        ovf_ascii_upper(text->data[len]) <= 'Z')
        return false;
    *text = (struct ovf_bytes){text->data + len, text->len - len};
    skip_space(text);
    return true;
}

/** Takes the digits and the point that are next. */
static struct ovf_bytes take_decimal(struct ovf_bytes *text)
{
    size_t n = 0;
    while (n < text->len && (is_digit(text->data[n]) || text->data[n] == '.'))
        n++;
    const struct ovf_bytes number = {text->data, n};
    *text = (struct ovf_bytes){text->data + n, text->len - n};
    return number;
}

/** "07" is no number by itself. */
static struct ovf_bytes without_leading_zeros(struct ovf_bytes number)
{
    while (number.len > 1 && number.data[0] == '0' && is_digit(number.data[1]))
        number = (struct ovf_bytes){number.data + 1, number.len - 1};
    return number;
}

/* ---- limits ---- */

static bool is_any(struct ovf_bytes text, const char *const *words, size_t n_words)
{
    for (size_t i = 0; i < n_words; i++) {
        struct ovf_bytes rest = text;
        if (take_word(&rest, words[i]) && rest.len == 0)
            return true;
    }
    return false;
}

/** The number of a limit, in 1e-3 of its unit; 0 to a million. */
static bool take_height(struct ovf_bytes *text, int64_t *milli)
{
    const struct ovf_bytes number = without_leading_zeros(take_decimal(text));
    if (!ovf_number_parse_scaled(number, 3, milli) || *milli > INT64_C(1000000000))
        return false;
    skip_space(text);
    return true;
}

/** What follows the number: the unit, then the datum; feet above mean sea level when neither is there. */
static bool read_unit(struct ovf_bytes text, int64_t milli, struct ovf_limit *out)
{
    static const char *const above_ground[] = {"AGL", "GND", "SFC", "ASFC", "AGND"};
    static const char *const above_sea[] = {"MSL", "AMSL", "ALT", "QNH", "STD"};
    const bool metres = take_word(&text, "M") || take_word(&text, "MT") || take_word(&text, "MTS");
    if (!metres && !take_word(&text, "FT") && !take_word(&text, "FEET"))
        (void)take_word(&text, "F");
    /* 0.3048 m to the foot, exactly. */
    const int64_t ft = metres ? (milli * 10 + 1524) / 3048 : (milli + 500) / 1000;
    enum ovf_datum datum = OVF_DATUM_AMSL;
    if (is_any(text, above_ground, sizeof above_ground / sizeof *above_ground))
        datum = ft == 0 ? OVF_DATUM_SURFACE : OVF_DATUM_AGL;
    else if (is_any(text, &above_sea[4], 1))
        datum = OVF_DATUM_FL; /* against the standard pressure */
    else if (text.len > 0 && !is_any(text, above_sea, 4))
        return false;
    *out = (struct ovf_limit){datum, (int32_t)ft};
    return true;
}

bool ovf_openair_limit(struct ovf_bytes text, struct ovf_limit *out)
{
    static const char *const surface[] = {"GND", "SFC", "SURFACE", "GROUND", "AGL", "0"};
    static const char *const unlimited[] = {"UNL", "UNLIM", "UNLIMITED", "UNLTD"};
    int64_t milli = 0;
    text = ovf_bytes_trim(text);
    if (is_any(text, surface, sizeof surface / sizeof *surface)) {
        *out = (struct ovf_limit){OVF_DATUM_SURFACE, 0};
        return true;
    }
    if (is_any(text, unlimited, sizeof unlimited / sizeof *unlimited)) {
        *out = (struct ovf_limit){OVF_DATUM_UNLIMITED, 0};
        return true;
    }
    if (text.len > 2 && take_word(&text, "FL")) {
        if (!take_height(&text, &milli) || text.len > 0)
            return false;
        *out = (struct ovf_limit){OVF_DATUM_FL, (int32_t)((milli + 5) / 10)};
        return true;
    }
    return take_height(&text, &milli) && read_unit(text, milli, out);
}

/* ---- places ---- */

/** Whole degrees or minutes before a colon, below \p end. */
static bool whole_below(struct ovf_bytes text, int64_t end, int64_t *value)
{
    int64_t v = 0;
    if (text.len == 0 || text.len > 3)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_digit(text.data[i]))
            return false;
        v = v * 10 + (text.data[i] - '0');
    }
    *value = v;
    return v < end;
}

/** degrees[:minutes[:seconds]], the last with decimals, then a letter of \p letters (positive first). */
static bool take_angle(struct ovf_bytes *text, const char letters[2], int64_t most_deg, int64_t *e7)
{
    static const int64_t parts[] = {1, 60, 3600};
    struct ovf_bytes number;
    int64_t sum_e7 = 0;
    skip_space(text);
    for (int part = 0;; part++) {
        int64_t value = 0;
        const int64_t end = part == 0 ? most_deg + 1 : 60;
        number = take_decimal(text);
        const bool last = part == 2 || text->len == 0 || *text->data != ':';
        if (!last) {
            if (!whole_below(number, end, &value))
                return false;
            sum_e7 += value * (OVF_E7_PER_DEG * (3600 / parts[part]));
            *text = (struct ovf_bytes){text->data + 1, text->len - 1};
            continue;
        }
        if (!ovf_number_parse_scaled(without_leading_zeros(number), 7, &value) ||
            value >= end * OVF_E7_PER_DEG)
            return false;
        sum_e7 += value * (3600 / parts[part]); /* in 1e-7 of a second of arc */
        break;
    }
    skip_space(text);
    if (text->len == 0)
        return false;
    const unsigned char letter = ovf_ascii_upper(*text->data);
    *text = (struct ovf_bytes){text->data + 1, text->len - 1};
    *e7 = (sum_e7 + 1800) / 3600;
    if (letter == (unsigned char)letters[1])
        *e7 = -*e7;
    return letter == (unsigned char)letters[0] || letter == (unsigned char)letters[1];
}

bool ovf_openair_place(struct ovf_bytes text, struct ovf_point *out)
{
    int64_t lat_e7;
    int64_t lon_e7;
    if (!take_angle(&text, "NS", 90, &lat_e7))
        return false;
    skip_space(&text);
    if (text.len > 0 && *text.data == ',')
        text = (struct ovf_bytes){text.data + 1, text.len - 1};
    if (!take_angle(&text, "EW", 180, &lon_e7))
        return false;
    skip_space(&text);
    if (text.len > 0 || llabs(lat_e7) > OVF_E7_TURN / 4 || llabs(lon_e7) > OVF_E7_TURN / 2)
        return false;
    *out = (struct ovf_point){(int32_t)lat_e7, ovf_lon_wrap(lon_e7)};
    return true;
}
