/* SPDX-License-Identifier: Apache-2.0 */
/* The trace reader against a plain twin: jansson makes a tree, and the rules of read/trace.h are
 * applied to it with floating-point numbers and without any sharing of code. Over every recorded
 * trace, over the same written without white space, and over both with bytes changed at random. */
#include "test.h"

#include <jansson.h>
#include <string.h>

#include "read/trace.h"
#include "trace_texts.h"

#define SEED UINT64_C(20260625)

/* The twin. */

struct twin {
    bool good; /* a trace that is used */
    struct ovf_fix *fixes;
    size_t n;
    size_t n_rows;
};

struct twin_state {
    json_t *object; /* held */
    double object_t;
    int object_source;
    bool pending1;
    bool pending2;
    bool prev_known;
    double prev_t;
    bool any;
};

static bool in(double v, double low, double high)
{
    return v >= low && v <= high;
}

/** null and absent are fine; otherwise a number within the bounds. */
static bool optional(const json_t *v, double low, double high)
{
    return v == NULL || json_is_null(v) ||
           (json_is_number(v) && in(json_number_value(v), low, high));
}

static bool is_whole(const json_t *v)
{
    return v == NULL || json_is_null(v) || json_is_integer(v);
}

static bool present(const json_t *v)
{
    return v != NULL && !json_is_null(v);
}

static bool object_fits(json_t *o)
{
    static const char *const texts[] = {"flight", "squawk", "type", "sil_type"};
    static const struct {
        const char *key;
        double max;
    } numbers[] = {{"nic", 15}, {"nac_p", 15}, {"nac_v", 7}, {"sil", 3}, {"version", 7}};
    for (int i = 0; i < 4; i++) {
        const json_t *v = json_object_get(o, texts[i]);
        if (present(v) && !json_is_string(v))
            return false;
    }
    for (int i = 0; i < 5; i++) {
        const json_t *v = json_object_get(o, numbers[i].key);
        if (!optional(v, 0, numbers[i].max) || !is_whole(v))
            return false;
    }
    return optional(json_object_get(o, "rc"), 0, 1e7);
}

static bool row_fits(json_t *row)
{
    json_t *alt = json_array_get(row, 3);
    json_t *object = json_array_get(row, 8);
    const json_t *type = json_array_get(row, 9);
    const json_t *lat = json_array_get(row, 1);
    const json_t *lon = json_array_get(row, 2);
    if (!json_is_array(row) || json_array_size(row) < 7 ||
        !json_is_number(json_array_get(row, 0)) || !json_is_number(lat) || !json_is_number(lon))
        return false;
    const double y = json_number_value(lat);
    const double x = json_number_value(lon);
    if (!in(json_number_value(json_array_get(row, 0)), -259200, 259200) || !in(y, -90, 90) ||
        !in(x, -180, 180) || (fabs(y) < 0.01 - 1e-9 && fabs(x) < 0.01 - 1e-9))
        return false;
    if (json_is_string(alt) ? strcmp(json_string_value(alt), "ground") != 0
                            : !optional(alt, -5000.49, 200000.49))
        return false;
    if (present(object) && (!json_is_object(object) || !object_fits(object)))
        return false;
    if (present(type) && !json_is_string(type))
        return false;
    return optional(json_array_get(row, 4), 0, 10000) && optional(json_array_get(row, 5), 0, 360) &&
           optional(json_array_get(row, 6), 0, 9e18) && is_whole(json_array_get(row, 6)) &&
           optional(json_array_get(row, 7), -32767, 32767) &&
           optional(json_array_get(row, 10), -5000.49, 200000.49);
}

static int source_of(const char *type)
{
    if (strcmp(type, "adsb_icao") == 0 || strcmp(type, "adsb_icao_nt") == 0 ||
        strcmp(type, "adsb_other") == 0 || strcmp(type, "adsb") == 0)
        return OVF_SOURCE_ADSB;
    if ((strncmp(type, "adsr_", 5) == 0 && type[5] != '\0') || strcmp(type, "adsr") == 0)
        return OVF_SOURCE_ADSR;
    if ((strncmp(type, "tisb_", 5) == 0 && type[5] != '\0') || strcmp(type, "tisb") == 0)
        return OVF_SOURCE_TISB;
    if (strcmp(type, "mlat") == 0)
        return OVF_SOURCE_MLAT;
    if (strcmp(type, "adsc") == 0)
        return OVF_SOURCE_ADSC;
    if (strcmp(type, "mode_s") == 0)
        return OVF_SOURCE_MODE_S;
    return strcmp(type, "other") == 0 ? OVF_SOURCE_OTHER : OVF_SOURCE_UNKNOWN;
}

static bool callsign_of(const json_t *v, char out[8])
{
    static const char good[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    if (!json_is_string(v))
        return false;
    const char *p = json_string_value(v);
    size_t len = json_string_length(v);
    for (; len > 0 && (*p == ' ' || *p == '\t'); len--)
        p++;
    while (len > 0 && (p[len - 1] == ' ' || p[len - 1] == '\t'))
        len--;
    if (len == 0 || len > 8 || strspn(p, good) < len)
        return false;
    memcpy(out, p, len);
    return true;
}

static void take_quality(json_t *o, struct ovf_fix *f)
{
    const json_t *v;
    if (present(v = json_object_get(o, "nic"))) {
        f->nic = (unsigned)json_number_value(v) & 15U;
        f->has |= OVF_FIX_NIC;
    }
    if (present(v = json_object_get(o, "nac_p"))) {
        f->nac_p = (unsigned)json_number_value(v) & 15U;
        f->has |= OVF_FIX_NAC_P;
    }
    if (present(v = json_object_get(o, "nac_v"))) {
        f->flags |= (uint16_t)(json_number_value(v) * 1024);
        f->has |= OVF_FIX_NAC_V;
    }
    if (present(v = json_object_get(o, "sil"))) {
        f->sil = (unsigned)json_number_value(v) & 3U;
        f->has |= OVF_FIX_SIL;
    }
    if (json_is_string(v = json_object_get(o, "sil_type")))
        f->sil_type = strcmp(json_string_value(v), "perhour") == 0     ? 1
                      : strcmp(json_string_value(v), "persample") == 0 ? 2
                                                                       : 0;
    if (present(v = json_object_get(o, "version"))) {
        f->version = (unsigned)json_number_value(v) & 15U;
        f->has |= OVF_FIX_VERSION;
    }
    if (present(v = json_object_get(o, "rc")) && json_number_value(v) > 0) {
        f->rc_m = (float)json_number_value(v);
        f->has |= OVF_FIX_RC;
    }
}

static void take_names(json_t *o, struct ovf_fix *f)
{
    const json_t *squawk = json_object_get(o, "squawk");
    if (callsign_of(json_object_get(o, "flight"), f->callsign))
        f->has |= OVF_FIX_CALLSIGN;
    if (json_is_string(squawk) && json_string_length(squawk) == 4 &&
        strspn(json_string_value(squawk), "01234567") == 4) {
        f->squawk = (uint16_t)strtoul(json_string_value(squawk), NULL, 10);
        f->has |= OVF_FIX_SQUAWK;
    }
    const json_t *heading = json_object_get(o, "mag_heading");
    if (json_is_number(heading) && in(json_number_value(heading), 0, 360)) {
        f->heading_deg = json_number_value(heading) < 360 ? (float)json_number_value(heading) : 0;
        f->has |= OVF_FIX_HEADING;
    }
}

static void take_object(json_t *row, double t, struct twin_state *s, struct ovf_fix *f)
{
    json_t *own = json_array_get(row, 8);
    const json_t *type = json_array_get(row, 9);
    json_t *o = present(own) ? own : NULL;
    if (o == NULL && s->object != NULL && t >= s->object_t && t - s->object_t <= 60 + 1e-9)
        o = s->object;
    if (!present(type) && o != NULL)
        type = json_object_get(o, "type");
    f->source =
        (uint8_t)(json_is_string(type) ? source_of(json_string_value(type)) : OVF_SOURCE_UNKNOWN);
    if (o == NULL)
        return;
    const unsigned before = f->has;
    take_names(o, f);
    if (o == own || f->source == (uint8_t)s->object_source)
        take_quality(o, f);
    if (o == own) {
        s->object = o;
        s->object_t = t;
        s->object_source = f->source;
    } else if (f->has != before) {
        f->flags |= OVF_FIX_HELD;
    }
}

static void take_numbers(json_t *row, unsigned flags, struct ovf_fix *f)
{
    const json_t *v = json_array_get(row, 3);
    if (json_is_string(v)) {
        f->flags |= OVF_FIX_ON_GROUND;
    } else if (present(v) && (flags & 8) != 0) {
        f->alt_geom_ft = (int32_t)lround(json_number_value(v));
        f->has |= OVF_FIX_ALT_GEOM;
    } else if (present(v)) {
        f->alt_baro_ft = (int32_t)lround(json_number_value(v));
        f->has |= OVF_FIX_ALT_BARO;
    }
    if (present(v = json_array_get(row, 10))) {
        f->alt_geom_ft = (int32_t)lround(json_number_value(v));
        f->has |= OVF_FIX_ALT_GEOM;
    }
    if (present(v = json_array_get(row, 4))) {
        f->gs_kt = (float)json_number_value(v);
        f->has |= OVF_FIX_GS;
    }
    if (present(v = json_array_get(row, 5))) {
        f->track_deg = json_number_value(v) < 360 ? (float)json_number_value(v) : 0;
        f->has |= OVF_FIX_TRACK;
    }
    if (present(v = json_array_get(row, 7))) {
        f->vert_rate_fpm = (int16_t)lround(json_number_value(v));
        f->has |= OVF_FIX_VERT_RATE;
        f->flags |= (flags & 4) != 0 ? OVF_FIX_GEOM_RATE : 0;
    }
    v = json_array_get(row, 13);
    if (json_is_number(v) && in(json_number_value(v), -90, 90)) {
        f->roll_cdeg = (int16_t)lround(100 * json_number_value(v));
        f->has |= OVF_FIX_ROLL;
    }
}

static void twin_row(struct twin *twin, json_t *row, double base, struct twin_state *s)
{
    const json_t *offset = json_array_get(row, 0);
    const json_t *flag = json_array_get(row, 6);
    const bool t_known = json_is_number(offset) && in(json_number_value(offset), -259200, 259200);
    const bool flags_known = json_is_integer(flag) && json_integer_value(flag) >= 0;
    const unsigned flags = flags_known ? (unsigned)(json_integer_value(flag) & 255) : 0;
    const double t = t_known ? json_number_value(offset) : 0;
    struct ovf_fix f = {0};
    const bool good = row_fits(row);
    s->pending1 = s->pending1 || (flags & 1) != 0;
    s->pending2 = s->pending2 || (flags & 2) != 0;
    if (good) {
        f.t_ns = llround(base * 1e3) * 1000000 + llround(t * 1e9);
        f.at.lat_e7 = (int32_t)lround(json_number_value(json_array_get(row, 1)) * 1e7);
        f.at.lon_e7 =
            (int32_t)(llround(json_number_value(json_array_get(row, 2)) * 1e7) == 1800000000
                          ? -1800000000
                          : lround(json_number_value(json_array_get(row, 2)) * 1e7));
        take_numbers(row, flags, &f);
        take_object(row, t, s, &f);
        f.flags |= s->pending1 ? OVF_FIX_AFTER_SILENCE : 0;
        f.flags |= s->pending2 ? OVF_FIX_LEG_HINT : 0;
        if (!s->pending1 && flags_known && s->any && s->prev_known && t >= s->prev_t)
            f.flags |= OVF_FIX_HEARD_SINCE;
        f.record.item = 9;
        f.record.row = (uint32_t)twin->n_rows;
        s->pending1 = s->pending2 = false;
        s->any = true;
        twin->fixes[twin->n++] = f;
    } else if (json_is_object(json_array_get(row, 8))) {
        s->object = NULL;
    }
    s->prev_known = t_known && flags_known;
    s->prev_t = t;
    twin->n_rows++;
}

static bool hex_address(const json_t *v)
{
    const char *p = json_is_string(v) ? json_string_value(v) : "";
    size_t len = json_is_string(v) ? json_string_length(v) : 0;
    if (len > 0 && *p == '~') {
        p++;
        len--;
    }
    return len == 6 && strspn(p, "0123456789abcdefABCDEF") == 6;
}

static bool has_nul(const json_t *v)
{
    return json_is_string(v) && strlen(json_string_value(v)) != json_string_length(v);
}

/** False when jansson refuses for a reason that is none for us, and nothing can be compared. */
static bool twin_read(struct twin *twin, const char *text, size_t len)
{
    json_error_t err;
    *twin = (struct twin){0};
    json_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &err);
    if (root == NULL)
        return json_error_code(&err) != json_error_duplicate_key &&
               json_error_code(&err) != json_error_numeric_overflow;
    json_t *rows = json_object_get(root, "trace");
    const json_t *base = json_object_get(root, "timestamp");
    static const char *const texts[] = {"r", "t", "desc", "ownOp"};
    twin->good =
        hex_address(json_object_get(root, "icao")) && json_is_number(base) && json_is_array(rows);
    for (int i = 0; i < 4; i++)
        twin->good = twin->good && !has_nul(json_object_get(root, texts[i]));
    double base_s = json_number_value(base);
    if (base_s > 9.3e9)
        base_s /= 1000;
    twin->good = twin->good && base_s >= 631152000 && base_s < 7258118400.0;
    if (twin->good) {
        struct twin_state s = {0};
        size_t i;
        json_t *row;
        twin->fixes = calloc(json_array_size(rows) + 1, sizeof *twin->fixes);
        assert_non_null(twin->fixes);
        json_array_foreach(rows, i, row) twin_row(twin, row, base_s, &s);
    }
    json_decref(root);
    return true;
}

/* Comparing. */

/** Both were rounded once from the same text. */
static bool is_same(float a, float b)
{
    return !(a < b) && !(a > b);
}

static bool fixes_agree(const struct ovf_fix *a, const struct ovf_fix *b)
{
    /* Times to 2 us: the twin's are doubles, and a changed digit may add decimals. */
    return llabs(a->t_ns - b->t_ns) <= 2000 && abs(a->at.lat_e7 - b->at.lat_e7) <= 1 &&
           abs(a->at.lon_e7 - b->at.lon_e7) <= 1 && a->alt_baro_ft == b->alt_baro_ft &&
           a->alt_geom_ft == b->alt_geom_ft && is_same(a->gs_kt, b->gs_kt) &&
           is_same(a->track_deg, b->track_deg) && is_same(a->rc_m, b->rc_m) &&
           is_same(a->heading_deg, b->heading_deg) && a->roll_cdeg == b->roll_cdeg &&
           a->vert_rate_fpm == b->vert_rate_fpm && a->has == b->has && a->squawk == b->squawk &&
           a->flags == b->flags && a->source == b->source && a->nic == b->nic &&
           a->nac_p == b->nac_p && a->sil == b->sil && a->sil_type == b->sil_type &&
           a->version == b->version && memcmp(a->callsign, b->callsign, 8) == 0 &&
           a->record.item == b->record.item && a->record.row == b->record.row;
}

struct counts {
    size_t n_used;
    size_t n_rejected;
    size_t n_skipped;
    size_t n_bad_text;
    size_t n_fixes;
    bool exact; /* recorded text: not even the rounding differs */
};

static void compare(const char *text, size_t len, struct ovf_trace *trace, struct counts *counts)
{
    struct twin twin;
    enum ovf_reject reject;
    struct ovf_error err = {0};
    const struct ovf_bytes bytes = {(const unsigned char *)text, len};
    assert_int_equal(ovf_trace_read(bytes, 9, trace, &reject, &err), OVF_OK);
    if (!twin_read(&twin, text, len)) {
        counts->n_skipped++;
        return;
    }
    /* A text that is none costs its row here and the document there: no twin can tell more. */
    if (!twin.good && reject == OVF_REJECT_N && trace->rows.n_rejected[OVF_REJECT_BAD_TEXT] > 0) {
        counts->n_bad_text++;
        free(twin.fixes);
        return;
    }
    if (twin.good != (reject == OVF_REJECT_N))
        fail_msg("twin %s, reader: %s\n%.*s", twin.good ? "uses" : "rejects", err.text, (int)len,
                 text);
    assert_int_equal(trace->fixes.n, twin.n);
    assert_int_equal(trace->rows.n_read, twin.n_rows);
    for (size_t i = 0; i < twin.n; i++) {
        const struct ovf_fix *f = &trace->fixes.items[i];
        if (!fixes_agree(f, &twin.fixes[i]))
            fail_msg("fix %zu, row %u differs: flags %x %x has %x %x", i, f->record.row, f->flags,
                     twin.fixes[i].flags, f->has, twin.fixes[i].has);
        if (counts->exact &&
            (f->t_ns != twin.fixes[i].t_ns || !ovf_point_equal(f->at, twin.fixes[i].at)))
            fail_msg("fix %zu is rounded otherwise", i);
    }
    counts->n_used += twin.good;
    counts->n_rejected += !twin.good;
    counts->n_fixes += twin.n;
    free(twin.fixes);
}

static void every_recorded_trace_is_read_as_the_twin_reads_it(void **state)
{
    (void)state;
    struct text texts[MAX_TEXTS];
    const size_t n = load_all(texts);
    struct ovf_trace trace = {0};
    struct counts counts = {.exact = true};
    assert_int_equal(n, 24);
    for (size_t i = 0; i < n; i++) {
        compare(texts[i].data, texts[i].len, &trace, &counts);
        assert_int_equal(ovf_tally_rejected(&trace.rows), 0);
    }
    assert_int_equal(counts.n_used, 24);
    assert_int_equal(counts.n_fixes, 9338); /* rows counted by Python's json */
    free_all(texts, n);
    ovf_trace_deinit(&trace);
}

static void white_space_and_the_order_of_keys_change_nothing(void **state)
{
    (void)state;
    struct text texts[MAX_TEXTS];
    const size_t n = load_all(texts);
    struct ovf_trace trace = {0};
    struct counts counts = {.exact = true};
    for (size_t i = 0; i < n; i++) {
        const size_t flags[] = {JSON_COMPACT, JSON_SORT_KEYS | JSON_INDENT(3),
                                JSON_COMPACT | JSON_ENSURE_ASCII | JSON_ESCAPE_SLASH};
        json_t *root = json_loadb(texts[i].data, texts[i].len, 0, NULL);
        assert_non_null(root);
        for (size_t k = 0; k < 3; k++) {
            char *dump = json_dumps(root, flags[k] | JSON_REAL_PRECISION(17));
            assert_non_null(dump);
            compare(dump, strlen(dump), &trace, &counts);
            free(dump);
        }
        json_decref(root);
    }
    assert_int_equal(counts.n_fixes, 3 * 9338);
    free_all(texts, n);
    ovf_trace_deinit(&trace);
}

static void changed_bytes_are_rejected_by_both_or_read_alike(void **state)
{
    (void)state;
    struct text texts[MAX_TEXTS];
    const size_t n = load_all(texts);
    struct ovf_trace trace = {0};
    struct counts counts = {0};
    static char head[1 << 20];
    static char changed[1 << 20];
    uint64_t x = SEED;
    const int n_rounds = OVF_SANITIZED ? 300 : 3000;
    print_message("seed %llu\n", (unsigned long long)SEED);
    for (size_t i = 0; i < n; i++) {
        const size_t head_len = shorten(&texts[i], 12, head);
        for (int round = 0; round < n_rounds; round++) {
            size_t len = head_len;
            memcpy(changed, head, len);
            for (uint64_t k = next_random(&x) % 3; k < 3; k++)
                mutate(changed, &len, &x);
            compare(changed, len, &trace, &counts);
        }
    }
    print_message("%zu used, %zu rejected, %zu not comparable\n", counts.n_used, counts.n_rejected,
                  counts.n_skipped);
    assert_true(counts.n_used > n * (size_t)n_rounds / 20);
    assert_true(counts.n_rejected > n * (size_t)n_rounds / 20);
    assert_true(counts.n_skipped < n * (size_t)n_rounds / 50);
    free_all(texts, n);
    ovf_trace_deinit(&trace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_recorded_trace_is_read_as_the_twin_reads_it),
        cmocka_unit_test(white_space_and_the_order_of_keys_change_nothing),
        cmocka_unit_test(changed_bytes_are_rejected_by_both_or_read_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
