/* SPDX-License-Identifier: Apache-2.0 */
/* Reading data/iso3166.csv (RFC 4180: quoted fields, no line breaks inside). */
#include "pack/iso3166.h"

#include <stdlib.h>

#include "base/array.h"

enum { MAX_ROWS = 26 * 26 };

void ovf_iso_table_deinit(struct ovf_iso_table *table)
{
    free(table->items);
    *table = (struct ovf_iso_table){0};
}

/** The next line without its end. */
static struct ovf_bytes take_line(struct ovf_bytes *rest)
{
    size_t n = 0;
    while (n < rest->len && rest->data[n] != '\n')
        n++;
    struct ovf_bytes line = {rest->data, n};
    if (line.len > 0 && line.data[line.len - 1] == '\r')
        line.len--;
    const size_t taken = n < rest->len ? n + 1 : n;
    *rest = (struct ovf_bytes){rest->data + taken, rest->len - taken};
    return line;
}

/** The field up to the next comma, without its quotes, into \p text. */
static bool take_field(struct ovf_bytes *line, char *text, size_t size)
{
    const bool quoted = line->len > 0 && line->data[0] == '"';
    size_t i = quoted ? 1 : 0;
    size_t n = 0;
    bool open = quoted;
    for (; i < line->len; i++) {
        const unsigned char c = line->data[i];
        if (open && c == '"') {
            open = false;
            continue;
        }
        if (!open && c == ',')
            break;
        if ((quoted && !open) || n + 1 >= size || c < 0x20)
            return false;
        text[n++] = (char)c;
    }
    text[n] = '\0';
    const size_t taken = i < line->len ? i + 1 : i;
    *line = (struct ovf_bytes){line->data + taken, line->len - taken};
    return !open;
}

static bool is_code(const char *text, size_t len)
{
    if (strlen(text) != len)
        return false;
    for (; *text != '\0'; text++) {
        if (*text < 'A' || *text > 'Z')
            return false;
    }
    return true;
}

static bool read_row(struct ovf_bytes line, struct ovf_iso_country *out)
{
    return take_field(&line, out->alpha2, sizeof out->alpha2) && is_code(out->alpha2, 2) &&
           take_field(&line, out->alpha3, sizeof out->alpha3) && is_code(out->alpha3, 3) &&
           take_field(&line, out->name, sizeof out->name) && out->name[0] != '\0' &&
           take_field(&line, out->also, sizeof out->also) && line.len == 0;
}

static int compare_countries(const void *x, const void *y)
{
    return strcmp(((const struct ovf_iso_country *)x)->alpha2,
                  ((const struct ovf_iso_country *)y)->alpha2);
}

static enum ovf_status check_unique(const struct ovf_iso_table *table, struct ovf_error *err)
{
    for (size_t i = 0; i < table->n; i++) {
        for (size_t j = i + 1; j < table->n; j++) {
            if (strcmp(table->items[i].alpha2, table->items[j].alpha2) == 0 ||
                strcmp(table->items[i].alpha3, table->items[j].alpha3) == 0)
                return ovf_error_set(err, OVF_E_FORMAT, "code %s or %s stands twice",
                                     table->items[j].alpha2, table->items[j].alpha3);
        }
    }
    return OVF_OK;
}

enum ovf_status ovf_iso_table_read(struct ovf_bytes csv, struct ovf_iso_table *out,
                                   struct ovf_error *err)
{
    struct ovf_iso_table table = {0};
    enum ovf_status st = OVF_OK;
    if (!ovf_bytes_equal_text(take_line(&csv), "alpha2,alpha3,name,also"))
        st = ovf_error_set(err, OVF_E_FORMAT, "line 1 is not alpha2,alpha3,name,also");
    for (size_t line = 2; st == OVF_OK && csv.len > 0; line++) {
        if (table.n == MAX_ROWS) {
            st = ovf_error_set(err, OVF_E_LIMIT, "more rows than there are codes");
            break;
        }
        struct ovf_iso_country *grown =
            ovf_array_reserve(table.items, &table.capacity, table.n + 1, sizeof *grown);
        if (grown == NULL) {
            st = OVF_E_NOMEM;
            break;
        }
        table.items = grown;
        if (!read_row(take_line(&csv), &table.items[table.n++]))
            st = ovf_error_set(err, OVF_E_FORMAT,
                               "line %zu is not two codes, a name and other names", line);
    }
    if (st == OVF_OK)
        st = check_unique(&table, err);
    if (st != OVF_OK) {
        ovf_iso_table_deinit(&table);
        return st;
    }
    if (table.n > 1)
        qsort(table.items, table.n, sizeof *table.items, compare_countries);
    *out = table;
    return OVF_OK;
}

const struct ovf_iso_country *ovf_iso_by_alpha3(const struct ovf_iso_table *table,
                                                const char *alpha3)
{
    for (size_t i = 0; i < table->n; i++) {
        if (strcmp(table->items[i].alpha3, alpha3) == 0)
            return &table->items[i];
    }
    return NULL;
}
