/* SPDX-License-Identifier: Apache-2.0 */
/* The scanner of well-formed rows against the general reader, which it may not differ from in anything:
 * each fix bit by bit, each count and each reason. Over the recordings, over the same written otherwise,
 * over parts of them with bytes changed, and over what the scanner's masks could trip on, shifted so
 * that it meets the edge of a block at each of its bytes. Texts stand at the end of what is allocated,
 * so that the sanitizers see a byte read behind them. */
#include "test.h"

#include <jansson.h>
#include <string.h>

#include "read/scan.h"
#include "read/trace.h"
#include "trace_compare.h"
#include "trace_texts.h"

#define SEED UINT64_C(20230820)

static void recordings_are_read_alike_however_they_are_written(void **state)
{
    (void)state;
    struct text texts[MAX_TEXTS];
    struct readers r = {0};
    const size_t n = load_all(texts);
    assert_int_equal(n, 24);
    if (!ovf_scan_can())
        skip(); /* nothing to compare */
    for (size_t i = 0; i < n; i++) {
        static const size_t flags[] = {0, JSON_COMPACT, JSON_SORT_KEYS | JSON_INDENT(1),
                                       JSON_COMPACT | JSON_ENSURE_ASCII | JSON_ESCAPE_SLASH};
        compare(&r, texts[i].data, texts[i].len);
        json_t *root = json_loadb(texts[i].data, texts[i].len, 0, NULL);
        assert_non_null(root);
        for (size_t k = 0; k < sizeof flags / sizeof flags[0]; k++) {
            for (size_t precision = 8; precision <= 17; precision += 9) {
                char *dump = json_dumps(root, flags[k] | JSON_REAL_PRECISION(precision));
                assert_non_null(dump);
                compare(&r, dump, strlen(dump));
                free(dump);
            }
        }
        json_decref(root);
    }
    assert_int_equal(r.n_fixes, 9 * 9338); /* rows counted by Python's json */
    free_all(texts, n);
    readers_deinit(&r);
}

static void a_text_cut_anywhere_is_read_alike(void **state)
{
    (void)state;
    struct text texts[MAX_TEXTS];
    struct readers r = {0};
    static char part[1 << 20];
    const size_t n = load_all(texts);
    for (size_t i = 0; i < n; i += OVF_SANITIZED ? 8 : 2) {
        const size_t len = shorten(&texts[i], 6, part);
        for (size_t cut = 0; cut <= len; cut++)
            compare(&r, part, cut);
    }
    assert_true(r.n_rejected > 1000);
    free_all(texts, n);
    readers_deinit(&r);
}

/** Some rows from the midst of a trace with its header; the length. */
static size_t excerpt(const struct text *text, uint64_t *x, char *out)
{
    const char *rows = strchr(strstr(text->data, "\"trace\""), '[') + 1;
    const size_t n_head = (size_t)(rows - text->data);
    const char *end = text->data + text->len;
    const char *from = rows + next_random(x) % (uint64_t)(end - rows);
    while (from < end && *from != '\n')
        from++;
    const char *to = from;
    for (uint64_t k = 2 + next_random(x) % 8; k > 0 && to < end; k--) {
        to += to < end;
        while (to < end && *to != '\n')
            to++;
    }
    while (to > from && to[-1] != ',') /* the comma behind the last whole row, which goes */
        to--;
    const size_t n_rows = to > from ? (size_t)(to - from) - 1 : 0;
    memcpy(out, text->data, n_head);
    memcpy(out + n_head, from, n_rows);
    out[n_head + n_rows] = ']';
    out[n_head + n_rows + 1] = '}';
    return n_head + n_rows + 2;
}

static void changed_bytes_are_rejected_alike_or_read_alike(void **state)
{
    (void)state;
    struct text texts[MAX_TEXTS];
    struct readers r = {0};
    static char part[1 << 20];
    static char changed[1 << 20];
    uint64_t x = SEED;
    const size_t n = load_all(texts);
    const size_t n_rounds = OVF_SANITIZED ? 6000 : 120000;
    print_message("seed %llu\n", (unsigned long long)SEED);
    for (size_t round = 0; round < n_rounds; round++) {
        const size_t part_len = excerpt(&texts[next_random(&x) % n], &x, part);
        size_t len = part_len;
        memcpy(changed, part, len);
        for (uint64_t k = next_random(&x) % 2; k < 2; k++)
            mutate(changed, &len, &x);
        compare(&r, changed, len);
    }
    print_message("%zu used, %zu rejected, %zu fixes, %zu rows rejected\n", r.n_used, r.n_rejected,
                  r.n_fixes, r.n_bad_rows);
    assert_true(r.n_used > n_rounds / 20);
    assert_true(r.n_rejected > n_rounds / 20);
    assert_true(r.n_bad_rows > n_rounds / 40);
    free_all(texts, n);
    readers_deinit(&r);
}

#define HEAD "{\"icao\":\"a1b2c3\",\"timestamp\":1693353600.000,\"trace\":["

/** Rows with \p object in the middle one, so that what is held shows too. */
static size_t object_text(const char *object, char *out, size_t size)
{
    return (size_t)snprintf(out, size,
                            HEAD "[1.00,10.5,20.5,1000,100.1,90.0,0,64,null,\"mlat\",1100],\n"
                                 "[2.00,10.6,20.6,1000,100.1,90.0,0,64,%s,\"adsb_icao\",1100],"
                                 "[3.00,10.7,20.7,1000,100.1,90.0,0,64,null,null,1100]]}",
                            object);
}

static void no_object_is_misread_wherever_a_block_ends(void **state)
{
    (void)state;
    static const char *const members[] = {
        "\"nic\":8",
        "\"nic\":8,\"rc\":186,\"version\":2,\"nac_p\":9,\"nac_v\":1,\"sil\":3",
        "\"type\":\"adsr_icao\",\"flight\":\"SIM1  \",\"squawk\":\"7500\"",
        "\"nav_modes\":[\"autopilot\",\"vnav\",\"tcas\"],\"nic\":8",
        "\"nav_modes\":[],\"nic\":8",
        "\"nav_modes\":[\"a\"]",
        "\"nav_modes\":[\"a\",]",
        "\"nav_modes\":[,\"a\"]",
        "\"nav_modes\":[\"a\"\"b\"]",
        "\"nav_modes\":[\"a\"",
        "\"nav_modes\":\"a\"]",
        "\"nav_modes\":[[\"a\"]]",
        "\"nav_modes\":[\"a\"],[\"a\"]",
        "\"nav_modes\":[\"a\":\"b\"]",
        "\"nav_modes\":[1,2]",
        "\"nav_modes\":[\"a\"}",
        "\"nav_modes\":[\"a\"]\"nic\":8",
        "\"nav_modes\":[\"a\"]8",
        "[\"nic\"]:8",
        "\"a\":-1.25,\"b\":0,\"c\":0.5,\"d\":-0.5,\"e\":-0",
        "\"a\":1.2.3",
        "\"a\":1.2.3.4",
        "\"a\":123456789012345678901234567890.12345678901234567890.1",
        "\"a\":1..2",
        "\"a\":.5",
        "\"a\":5.",
        "\"a\":-",
        "\"a\":--1",
        "\"a\":1-1",
        "\"a\":-.5",
        "\"a\":01",
        "\"a\":-01",
        "\"a\":00",
        "\"a\":100,\"b\":10.01,\"c\":-10.00",
        "\"a\":1e5,\"b\":1E-5",
        "\"a\":null,\"b\":true,\"c\":false",
        "\"a\":nul",
        "\"a\":",
        "\"a\"",
        "\"a\":\"b\":\"c\"",
        "\"a\",\"b\":1",
        "\"a\"1",
        "\"a\":1 ",
        "\"a\" :1",
        "\"a\":1:2",
        "\"a\":1\"b\":2",
        "\"a\":\"1\"2",
        "\"a\":\"b\"\"c\":1",
        "\"a\":1,,\"b\":2",
        "\"a\":1,",
        ",\"a\":1",
        "\"a\":{\"nic\":5},\"nic\":8",
        "\"a\":{}",
        "\"a\":\"}\",\"b\":\"{\",\"c\":\"[,:]\",\"nic\":8",
        "\"a\":\"\\\"\",\"nic\":8",
        "\"a\":\"\\\\\",\"nic\":8",
        "\"a\":\"\\x\"",
        "\"a\":\"\xc3\xa9\",\"nic\":8",
        "\"a\":\"\xff\",\"nic\":8",
        "\"a\":\"\x01\"",
        "\"a\":\"\x7f\",\"nic\":8",
        "\"nic\":8,\"nic\":8",
        "\"nac_v\":2,\"nac_p\":9",
        "\"nac_v\":2,\"nac_p\":9,\"nac_v\":2",
        "\"nac_v\":8",
        "\"nac_v\":7,\"nac_b\":1,\"nac_\":2,\"rc\":75",
        "\"nic\":8,\"rc\":1,\"nic\":9",
        "\"nic\":16",
        "\"nic\":-1",
        "\"nic\":-0",
        "\"nic\":8.0",
        "\"nic\":\"8\"",
        "\"nic\":08",
        "\"nic\":1234567890",
        "\"sil\":4",
        "\"sil\":3,\"sil_type\":\"perhour\"",
        "\"sil_type\":\"persample\",\"sil\":2",
        "\"sil_type\":\"unknown\"",
        "\"sil_type\":\"perhour\",\"sil_type\":\"perhour\"",
        "\"sil_type\":1",
        "\"sil_type\":null",
        "\"sil_typed\":\"perhour\"",
        "\"sil_types\":[\"perhour\"],\"sil_typ\":1",
        "\"version\":8",
        "\"rc\":0",
        "\"rc\":75.5",
        "\"rc\":10000001",
        "\"flight\":5",
        "\"flight\":\"@@@@@@@@\"",
        "\"flight\":\"\"",
        "\"flight\":\"TOOLONGNAME\"",
        "\"squawk\":\"8000\"",
        "\"squawk\":1200",
        "\"type\":null",
        "\"type\":7",
        "\"ni\":8,\"nicc\":9,\"xnic\":7,\"\":6,\"abcdefnic\":3,\"abcdefghnic\":3,\"xxxxxxxxrc\":2",
        "\"mag_heading\":182.81",
        "\"mag_heading\":0.05,\"nic\":8",
        "\"mag_heading\":359.99",
        "\"mag_heading\":360.00",
        "\"mag_heading\":360.01",
        "\"mag_heading\":182.8",
        "\"mag_heading\":182",
        "\"mag_heading\":182.8125",
        "\"mag_heading\":-1.00",
        "\"mag_heading\":null,\"nic\":8",
        "\"mag_heading\":\"182.81\"",
        "\"mag_heading\":1.00,\"mag_heading\":2.00",
        "\"mag_heading_\":182.81,\"mag_headin\":18.81",
        "\"mag_head\":182.81,\"mag_headings\":1.50",
        "\"true_heading\":182.81",
        "\"a\":@",
        "\"a\":+1",
        "\"a\":tru",
    };
    struct readers r = {0};
    char object[2000];
    char text[4000] = "";
    size_t len;
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        for (int pad = 0; pad < (OVF_SANITIZED ? 70 : 140); pad++) {
            (void)snprintf(object, sizeof object, "{\"pad\":\"%0*d\",%s}", pad, 0, members[i]);
            len = object_text(object, text, sizeof text);
            compare(&r, text, len);
            (void)snprintf(object, sizeof object, "{\"pad\":\"%0*d\",%s,\"end\":1}", pad, 0,
                           members[i]);
            len = object_text(object, text, sizeof text);
            compare(&r, text, len);
            (void)snprintf(object, sizeof object, "{%s,\"end\":%0*d}", members[i], 0, pad);
            len = object_text(object, text, sizeof text);
            compare(&r, text, len);
        }
    }
    readers_deinit(&r);
}

static void objects_of_any_size_are_read_alike(void **state)
{
    (void)state;
    struct readers r = {0};
    static char object[1 << 16];
    static char text[1 << 17];
    for (int n_keys = 0; n_keys < 600; n_keys += n_keys < 250 || n_keys > 260 ? 7 : 1) {
        size_t len = 1;
        object[0] = '{';
        for (int k = 0; k < n_keys; k++)
            len += (size_t)snprintf(object + len, sizeof object - len, "%s\"\":%d",
                                    k > 0 ? "," : "", k % 10);
        (void)snprintf(object + len, sizeof object - len, "}");
        const size_t n = object_text(object, text, sizeof text);
        compare(&r, text, n);
    }
    for (int n_chars = 1900; n_chars < 5000; n_chars += n_chars % 100 == 0 ? 37 : 9) {
        (void)snprintf(object, sizeof object, "{\"a\":\"%0*d\",\"nic\":8}", n_chars, 0);
        const size_t n = object_text(object, text, sizeof text);
        compare(&r, text, n);
    }
    assert_true(r.n_used > 100);
    assert_true(r.n_rejected > 10);
    readers_deinit(&r);
}

/** A row of \p n elements, of which \p slot is \p value, between good ones; \p behind: what stands behind it. */
static void compare_row(struct readers *r, size_t slot, const char *value, size_t n,
                        const char *source, const char *behind)
{
    const char *const row[] = {"100.25", "10.500000", "-20.500000", "1000", "100.1",
                               "90.0",   "0",         "-64",        "null", source,
                               "1100",   "-32",       "280",        "0.5",  "7"};
    char text[4000];
    size_t len = (size_t)snprintf(text, sizeof text, HEAD "%s",
                                  "[1,10.5,-20.5,1000,1,1,4,64,{\"nic\":8},\"mlat\"],");
    for (size_t k = 0; k < n; k++)
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%s", k == 0 ? "[" : ",",
                                k == slot ? value : row[k]);
    len += (size_t)snprintf(text + len, sizeof text - len,
                            "]%s,[102,10.5,-20.5,1000,1,1,0,64,null,\"mlat\",null]]}", behind);
    compare(r, text, len);
}

static void elements_of_any_kind_are_read_alike(void **state)
{
    (void)state;
    static const char *const values[] = {
        "null",
        "nul",
        "nullx",
        "0",
        "-0",
        "00",
        "01",
        "1",
        "-1",
        "1.5",
        "-1.5",
        "1.",
        ".5",
        "-",
        "--1",
        "--0",
        "--0.0",
        "--0.00",
        "1.2.3",
        "1e2",
        "1E+2",
        "360",
        "360.0",
        "360.1",
        "359.99",
        "10000",
        "10000.1",
        "90.0000000",
        "90.0000001",
        "180.0",
        "-180",
        "180.0000001",
        "0.0000001",
        "0.009999",
        "-0.000000",
        "90.000000",
        "90.000001",
        "-90.000001",
        "123.000000",
        "180.000000",
        "-180.000000",
        "180.000001",
        "-180.000001",
        "1234.000000",
        "01.000000",
        "1.00000",
        "259200.00",
        "10000.0",
        "0.009",
        "-0.0099",
        "12.34567891",
        "-12.34",
        "89.99",
        "90.00",
        "90.01",
        "-90.01",
        "0.005",
        "-0.01",
        "259200",
        "-259200.000000000",
        "259200.000000001",
        "-5000",
        "-5001",
        "200000",
        "200001",
        "-5000.4",
        "32767",
        "-32767",
        "32768",
        "0.5",
        "-0.0",
        "9007199254740993",
        "0.9007199254740993",
        "12345678",
        "123456789",
        "1234567890123456",
        "12345678901234567",
        "255",
        "256",
        "4",
        "8",
        "12",
        "\"ground\"",
        "\"Ground\"",
        "\"ground",
        "\"adsb_icao\"",
        "\"adsb_icao_nt\"",
        "\"mlat\"",
        "\"tisb_\"",
        "\"tisb_other\"",
        "\"\"",
        "\"",
        "\"a]b\"",
        "\"a,b\"",
        "\"\\u006dlat\"",
        "\"a\"b\"",
        "\"\xc3\xa9\"",
        "\"\xff\"",
        "true",
        "[]",
        "[1,2]",
        "{}",
        "{\"nic\":1}",
        "",
        " 1",
        "1 ",
        "\"0123456789012345678901234567890123456789\"",
    };
    static const char *const sources[] = {"\"mlat\"", "\"adsb_icao\""};
    struct readers r = {0};
    for (size_t slot = 0; slot < 14; slot++) {
        for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
            for (size_t n = slot + 1; n <= 15; n++)
                compare_row(&r, slot, values[i], n, sources[(i + n) % 2], i % 3 == 0 ? "\n " : "");
            /* Behind a source that is known, with all that readsb writes. */
            compare_row(&r, slot, values[i], 14, sources[1], ",[3,1.5,1.5,null,null,null,0,null]");
        }
    }
    readers_deinit(&r);
}

/** Up to \p max digits; none or a leading zero now and then, for the most a good integer. */
static size_t put_digits(uint64_t *x, char *out, uint64_t max)
{
    const bool odd = next_random(x) % 64 == 0;
    const uint64_t n = odd ? next_random(x) % (max + 1) : 1 + next_random(x) % max;
    for (uint64_t i = 0; i < n; i++)
        out[i] = (char)('0' + next_random(x) % 10);
    if (n > 1 && out[0] == '0' && !odd)
        out[0] = '1';
    return n;
}

static void random_number(uint64_t *x, char *out)
{
    size_t n = 0;
    if (next_random(x) % 3 == 0)
        out[n++] = '-';
    n += put_digits(x, out + n, next_random(x) % 4 == 0 ? 9 : 3);
    if (next_random(x) % 4 != 0) {
        out[n++] = '.';
        n += put_digits(x, out + n, next_random(x) % 4 == 0 ? 10 : 5);
    }
    out[n] = '\0';
}

static void numbers_of_any_length_are_read_alike(void **state)
{
    (void)state;
    struct readers r = {0};
    uint64_t x = SEED;
    char text[4000];
    char v[9][40];
    for (int round = 0; round < (OVF_SANITIZED ? 3000 : 60000); round++) {
        for (int i = 0; i < 9; i++)
            random_number(&x, v[i]);
        const size_t len =
            (size_t)snprintf(text, sizeof text,
                             HEAD "[%s,10.500000,20.500000,1000,1.0,1.0,0,64,null],"
                                  "[1.00,%s,20.500000,1000,1.0,1.0,0,64,null],"
                                  "[1.00,10.500000,%s,1000,1.0,1.0,0,64,null],"
                                  "[1.00,10.500000,20.500000,%s,1.0,1.0,0,64,null],"
                                  "[1.00,10.500000,20.500000,1000,%s,1.0,0,64,null],"
                                  "[1.00,10.500000,20.500000,1000,1.0,%s,0,64,null],"
                                  "[1.00,10.500000,20.500000,1000,1.0,1.0,%s,64,null],"
                                  "[1.00,10.500000,20.500000,1000,1.0,1.0,0,%s,null],"
                                  "[1.00,10.500000,20.500000,1000,1.0,1.0,8,64,null,null,%s]]}",
                             v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8]);
        compare(&r, text, len);
    }
    assert_true(r.n_fixes > 1000);
    readers_deinit(&r);
}

/** The shortcut for one decimal must be what the division is. */
static void every_speed_and_track_with_one_decimal_is_read_alike(void **state)
{
    (void)state;
    struct readers r = {0};
    static char text[1 << 17];
    for (unsigned from = 0; from <= 100010; from += 1000) {
        size_t len = (size_t)snprintf(text, sizeof text, HEAD);
        for (unsigned v = from; v < from + 1000; v++)
            len += (size_t)snprintf(text + len, sizeof text - len,
                                    "%s[1.00,10.500000,20.500000,1000,%u.%u,%u.%u,0,64,null]",
                                    v > from ? "," : "", v / 10, v % 10, v % 3700 / 10, v % 10);
        len += (size_t)snprintf(text + len, sizeof text - len, "]}");
        compare(&r, text, len);
    }
    assert_true(r.n_fixes > 90000);
    readers_deinit(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recordings_are_read_alike_however_they_are_written),
        cmocka_unit_test(a_text_cut_anywhere_is_read_alike),
        cmocka_unit_test(changed_bytes_are_rejected_alike_or_read_alike),
        cmocka_unit_test(no_object_is_misread_wherever_a_block_ends),
        cmocka_unit_test(objects_of_any_size_are_read_alike),
        cmocka_unit_test(elements_of_any_kind_are_read_alike),
        cmocka_unit_test(numbers_of_any_length_are_read_alike),
        cmocka_unit_test(every_speed_and_track_with_one_decimal_is_read_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
