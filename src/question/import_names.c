/* SPDX-License-Identifier: Apache-2.0 */
/* Names of imported airspaces. */
#include "question/import_names.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/likeness.h"
#include "base/utf8.h"
#include "shape/openair.h"

struct ovf_area_texts ovf_import_texts(const struct ovf_import_name *name)
{
    return (struct ovf_area_texts){name->code, name->code3, name->name, name->also};
}

/* ---- properties ---- */

static const char *const code_keys[OVF_KIND_N][16] = {
    [OVF_KIND_COUNTRY] = {"A3", "A2", "ISO_A3", "iso_a3", "ISO_A3_EH", "ADM0_A3", "adm0_a3",
                          "ISO3166-1-Alpha-3", "ISO_A2", "iso_a2", "ISO3166-1-Alpha-2", "ISO",
                          "iso", "code", "id"},
    [OVF_KIND_FIR] = {"code", "icao_code", "ICAO", "ident", "icao", "id"},
    [OVF_KIND_ZONE] = {"code", "id", "name", "NAME", "Name"},
};

static const char *const name_keys[] = {"name", "NAME", "Name", "ADMIN", "admin", "title"};

/** A property as text: a text that is not blank, or a whole number. */
static bool property_text(const struct ovf_shape *shape, const char *key, char *out,
                          size_t out_bytes)
{
    double number;
    const char *const text = ovf_shape_text(shape, key);
    if (text != NULL && text[strspn(text, " \t")] != '\0') {
        const struct ovf_bytes fitting = ovf_utf8_cut(ovf_bytes_from_text(text), out_bytes - 1);
        memcpy(out, fitting.data, fitting.len);
        out[fitting.len] = '\0';
        return true;
    }
    if (!ovf_shape_number(shape, key, &number) || !(fabs(number) < 1e15))
        return false;
    (void)snprintf(out, out_bytes, "%lld", (long long)number);
    return true;
}

/** Natural Earth writes -99 where a state has no code. */
static bool is_code(const char *text, enum ovf_airspace_kind kind)
{
    return kind == OVF_KIND_ZONE || (strcmp(text, "-99") != 0 && strcmp(text, "-") != 0);
}

static bool find_code(const struct ovf_shape *shape, const struct ovf_import_options *options,
                      char *out, size_t out_bytes)
{
    if (options->code_property != NULL)
        return property_text(shape, options->code_property, out, out_bytes);
    for (size_t i = 0; code_keys[options->kind][i] != NULL; i++) {
        if (property_text(shape, code_keys[options->kind][i], out, out_bytes) &&
            is_code(out, options->kind))
            return true;
    }
    return false;
}

enum ovf_status ovf_import_name_feature(const struct ovf_shape *shape,
                                        const struct ovf_import_options *options,
                                        struct ovf_import_name *out, struct ovf_error *err)
{
    char code[OVF_IMPORT_TEXT_SIZE - 8];
    char name[OVF_IMPORT_TEXT_SIZE] = "";
    if (!find_code(shape, options, code, sizeof code)) {
        if (options->code_property != NULL)
            return ovf_error_set(err, OVF_E_FORMAT, "no property \"%.60s\" with a code",
                                 options->code_property);
        char looked[256] = "";
        for (size_t i = 0; code_keys[options->kind][i] != NULL; i++)
            (void)snprintf(looked + strlen(looked), sizeof looked - strlen(looked), " %s",
                           code_keys[options->kind][i]);
        return ovf_error_set(err, OVF_E_FORMAT,
                             "no property with a code (%s ); --code-property names another",
                             looked);
    }
    for (size_t i = 0; i < sizeof name_keys / sizeof *name_keys && name[0] == '\0'; i++) {
        if (!property_text(shape, name_keys[i], name, sizeof name))
            name[0] = '\0';
    }
    ovf_import_name_make(code, name, options, out);
    return OVF_OK;
}

/* ---- codes ---- */

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
}

/** A code is typed on command lines and in lists: what could not be typed there becomes '_'. */
static void copy_code(const char *prefix, const char *code, char out[OVF_IMPORT_TEXT_SIZE])
{
    size_t n = strlen(prefix);
    memcpy(out, prefix, n);
    for (; *code != '\0' && n + 1 < OVF_IMPORT_TEXT_SIZE; code++) {
        if (((unsigned char)*code & 0xc0) != 0x80) /* one for each character, not each byte */
            out[n++] = is_plain(*code) ? *code : '_';
    }
    out[n] = '\0';
}

static void copy_text(const char *text, char *out, size_t out_bytes)
{
    const struct ovf_bytes fitting = ovf_utf8_cut(ovf_bytes_from_text(text), out_bytes - 1);
    memcpy(out, fitting.data, fitting.len);
    out[fitting.len] = '\0';
    for (char *p = out; *p != '\0'; p++) {
        if ((unsigned char)*p < ' ' || *p == 0x7f)
            *p = ' ';
    }
}

void ovf_import_also(char also[OVF_IMPORT_ALSO_SIZE], const char *more)
{
    const size_t len = strlen(more);
    for (const char *at = strstr(also, more); at != NULL; at = strstr(at + 1, more)) {
        if ((at == also || at[-1] == '|') && (at[len] == '\0' || at[len] == '|'))
            return;
    }
    if (len > 0 && strchr(more, '|') == NULL && strlen(also) + len + 2 < OVF_IMPORT_ALSO_SIZE)
        (void)snprintf(also + strlen(also), OVF_IMPORT_ALSO_SIZE - strlen(also), "%s%s",
                       also[0] != '\0' ? "|" : "", more);
}

static const struct ovf_airspace *find_state(const struct ovf_edition *states, const char *code)
{
    for (uint32_t i = 0; states != NULL && i < states->n_airspaces; i++) {
        const struct ovf_airspace *const a = &states->airspaces[i];
        if (ovf_names_equal(ovf_bytes_from_text(a->code), ovf_bytes_from_text(code)) ||
            (a->code3[0] != '\0' &&
             ovf_names_equal(ovf_bytes_from_text(a->code3), ovf_bytes_from_text(code))))
            return a;
    }
    return NULL;
}

/** ORBBFIR and EDUUUIR are also known by the four letters of their location indicator. */
static void add_short_code(struct ovf_import_name *out)
{
    char four[5];
    if (strlen(out->code) < 7 ||
        (strncmp(out->code + 4, "FIR", 3) != 0 && strncmp(out->code + 4, "UIR", 3) != 0))
        return;
    memcpy(four, out->code, 4);
    four[4] = '\0';
    ovf_import_also(out->also, four);
}

void ovf_import_name_make(const char *code, const char *name,
                          const struct ovf_import_options *options, struct ovf_import_name *out)
{
    *out = (struct ovf_import_name){.state = NULL};
    copy_code(options->kind == OVF_KIND_ZONE ? "zone:" : "", code, out->code);
    copy_text(name[0] != '\0' ? name : code, out->name, sizeof out->name);
    if (options->kind == OVF_KIND_FIR)
        add_short_code(out);
    if (options->kind != OVF_KIND_COUNTRY)
        return;
    out->state = find_state(options->states, code);
    if (out->state == NULL)
        return;
    copy_code("", out->state->code, out->code);
    (void)snprintf(out->code3, sizeof out->code3, "%s", out->state->code3);
    ovf_import_also(out->also, out->state->also);
    copy_text(name[0] != '\0' ? name : out->state->name, out->name, sizeof out->name);
    if (!ovf_names_equal(ovf_bytes_from_text(out->name), ovf_bytes_from_text(out->state->name)))
        ovf_import_also(out->also, out->state->name);
}

/* ---- limits ---- */

static const double unlimited_fl = 999; /* as EUROCONTROL writes it */

static enum ovf_status read_limit(const struct ovf_shape *shape, const char *fl_key,
                                  const char *const keys[2], struct ovf_limit *limit,
                                  struct ovf_error *err)
{
    double fl;
    if (ovf_shape_number(shape, fl_key, &fl)) {
        if (!(fl >= 0 && fl <= 10000))
            return ovf_error_set(err, OVF_E_FORMAT, "%s is no flight level", fl_key);
        *limit = fl >= unlimited_fl ? (struct ovf_limit){OVF_DATUM_UNLIMITED, 0}
                 : fl > 0           ? (struct ovf_limit){OVF_DATUM_FL, (int32_t)lround(fl * 100)}
                                    : (struct ovf_limit){OVF_DATUM_SURFACE, 0};
        return OVF_OK;
    }
    for (int i = 0; i < 2; i++) {
        const char *const text = ovf_shape_text(shape, keys[i]);
        if (text == NULL || text[0] == '\0')
            continue;
        if (!ovf_openair_limit(ovf_bytes_from_text(text), limit))
            return ovf_error_set(err, OVF_E_FORMAT, "%s \"%.40s\" is no limit such as FL195 or SFC",
                                 keys[i], text);
        return OVF_OK;
    }
    return OVF_OK;
}

enum ovf_status ovf_import_limits(const struct ovf_shape *shape, struct ovf_limit *floor,
                                  struct ovf_limit *ceiling, struct ovf_error *err)
{
    static const char *const floor_keys[2] = {"floor", "lower_limit"};
    static const char *const ceiling_keys[2] = {"ceiling", "upper_limit"};
    struct ovf_limit low = {OVF_DATUM_SURFACE, 0};
    struct ovf_limit high = {OVF_DATUM_UNLIMITED, 0};
    enum ovf_status st = read_limit(shape, "min_fl", floor_keys, &low, err);
    if (st == OVF_OK)
        st = read_limit(shape, "max_fl", ceiling_keys, &high, err);
    if (st == OVF_OK && (low.datum == OVF_DATUM_UNLIMITED || high.datum == OVF_DATUM_SURFACE ||
                         (low.datum == high.datum && low.ft >= high.ft)))
        st = ovf_error_set(err, OVF_E_FORMAT, "the floor is not below the ceiling");
    if (st != OVF_OK)
        return st;
    *floor = low;
    *ceiling = high;
    return OVF_OK;
}

static void format_limit(struct ovf_limit limit, char text[32])
{
    switch (limit.datum) {
    case OVF_DATUM_FL:
        (void)snprintf(text, 32, "FL%03d", limit.ft / 100);
        break;
    case OVF_DATUM_AMSL:
        (void)snprintf(text, 32, "%dAMSL", limit.ft);
        break;
    case OVF_DATUM_AGL:
        (void)snprintf(text, 32, "%dAGL", limit.ft);
        break;
    case OVF_DATUM_SURFACE:
        (void)snprintf(text, 32, "SFC");
        break;
    case OVF_DATUM_UNLIMITED:
    case OVF_DATUM_N:
        (void)snprintf(text, 32, "UNL");
        break;
    }
}

void ovf_import_format_limits(struct ovf_limit floor, struct ovf_limit ceiling, char *text,
                              size_t text_bytes)
{
    char low[32];
    char high[32];
    format_limit(floor, low);
    format_limit(ceiling, high);
    (void)snprintf(text, text_bytes, "%s-%s", low, high);
}
