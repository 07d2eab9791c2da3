/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a document by its table. Recursion follows the tables, which nest a few deep, never the
 * input. */
#include "case/schema.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/number.h"
#include "base/utf8.h"
#include "case/scalar.h"

enum { SHOWN_CHARS = 60 }; /* of a value, in an error */

struct reader {
    struct ovf_case_store *store;
    const struct ovf_yaml *yaml;
    struct ovf_error *err;
};

void ovf_case_store_deinit(struct ovf_case_store *store)
{
    for (size_t i = 0; i < store->n_blocks; i++)
        free(store->blocks[i]);
    free((void *)store->blocks);
    ovf_yaml_free(store->yaml);
    *store = (struct ovf_case_store){0};
}

enum ovf_status ovf_case_fail(struct ovf_error *err, struct ovf_yaml_place place,
                              const char *format, ...)
{
    char text[400];
    struct ovf_buffer line = {0}; /* what the document has there may be meant for a terminal */
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (ovf_utf8_append_line(ovf_bytes_from_text(text), &line) != OVF_OK)
        line.len = 0;
    ovf_error_set(err, OVF_E_FORMAT, "line %u, column %u: %.*s", (unsigned)place.line,
                  (unsigned)place.column, (int)line.len, (const char *)line.data);
    ovf_buffer_deinit(&line);
    return OVF_E_FORMAT;
}

void ovf_case_error_at(struct ovf_error *err, struct ovf_yaml_place place)
{
    char where[48];
    (void)snprintf(where, sizeof where, "line %u, column %u", (unsigned)place.line,
                   (unsigned)place.column);
    if (err != NULL && err->text[0] != '\0')
        ovf_error_prefix(err, where);
}

void *ovf_case_store_take(struct ovf_case_store *store, size_t n, size_t item_bytes)
{
    void **grown = ovf_array_reserve((void *)store->blocks, &store->capacity, store->n_blocks + 1,
                                     sizeof *grown);
    if (grown == NULL)
        return NULL;
    store->blocks = grown;
    void *const block = calloc(n > 0 ? n : 1, item_bytes);
    if (block != NULL)
        store->blocks[store->n_blocks++] = block;
    return block;
}

static enum ovf_status no_memory(const struct reader *reader)
{
    return ovf_error_set(reader->err, OVF_E_NOMEM, "out of memory for the document");
}

/** "speed_kt": 12kt: a number in kt from 1 to 900 is due */
static enum ovf_status fail_value(const struct reader *reader, ovf_yaml_id node,
                                  const struct ovf_key *key, const char *why)
{
    const struct ovf_bytes text = ovf_yaml_text(reader->yaml, node);
    const char *const kinds[] = {"", "a list", "a mapping"};
    const enum ovf_yaml_kind kind = ovf_yaml_kind_of(reader->yaml, node);
    const struct ovf_bytes shown = ovf_utf8_cut(text, SHOWN_CHARS); /* "" of what is no scalar */
    return ovf_case_fail(reader->err, ovf_yaml_place_of(reader->yaml, node), "%s: %s%.*s%s: %s",
                         key->name, kind == OVF_YAML_SCALAR ? "\"" : kinds[kind], (int)shown.len,
                         (const char *)shown.data, kind == OVF_YAML_SCALAR ? "\"" : "", why);
}

static enum ovf_status read_map(const struct reader *reader, ovf_yaml_id node,
                                const struct ovf_table *table, void *out);

/** Two numbers in a list, each within the key's range unless \p bounded is false. */
static enum ovf_status read_two(const struct reader *reader, ovf_yaml_id node,
                                const struct ovf_key *key, const char *due, double two[2])
{
    const struct ovf_yaml *const yaml = reader->yaml;
    if (ovf_yaml_count(yaml, node) != 2)
        return fail_value(reader, node, key, due);
    for (size_t i = 0; i < 2; i++) {
        const double limit = i == 0 ? 90.0 : 180.0;
        struct ovf_key number = *key;
        char why[OVF_SCALAR_WHY_SIZE];
        number.type = OVF_KEY_NUMBER;
        if (key->type == OVF_KEY_PLACE) {
            number.unit = i == 0 ? "degrees of latitude" : "degrees of longitude";
            number.min = -limit;
            number.max = limit;
        }
        const ovf_yaml_id item = ovf_yaml_item(yaml, node, i);
        if (ovf_yaml_kind_of(yaml, item) != OVF_YAML_SCALAR)
            return fail_value(reader, item, key, due);
        if (!ovf_scalar_read(&number, ovf_yaml_text(yaml, item), ovf_yaml_is_quoted(yaml, item),
                             &two[i], why))
            return fail_value(reader, item, key, why);
    }
    return OVF_OK;
}

static enum ovf_status read_list_value(const struct reader *reader, ovf_yaml_id node,
                                       const struct ovf_key *key, void *out)
{
    double two[2] = {0.0, 0.0};
    const bool is_place = key->type == OVF_KEY_PLACE;
    if (!is_place && key->type != OVF_KEY_SPAN)
        return fail_value(reader, node, key, "one value is due, no list");
    const enum ovf_status st = read_two(
        reader, node, key,
        is_place ? "a name or [latitude, longitude] is due" : "a number or [from, to] is due", two);
    if (st != OVF_OK)
        return st;
    if (is_place) {
        struct ovf_case_place *const place = out;
        place->lat_deg = two[0];
        place->lon_deg = two[1];
    } else {
        if (two[0] > two[1])
            return fail_value(reader, node, key, "the first number is larger than the second");
        *(struct ovf_case_span *)out = (struct ovf_case_span){two[0], two[1]};
    }
    return OVF_OK;
}

/** One value of \p key, no list of them. */
static enum ovf_status read_one(const struct reader *reader, ovf_yaml_id node,
                                const struct ovf_key *key, void *out)
{
    const enum ovf_yaml_kind kind = ovf_yaml_kind_of(reader->yaml, node);
    char why[OVF_SCALAR_WHY_SIZE];
    if (key->type == OVF_KEY_PLACE)
        ((struct ovf_case_place *)out)->place = ovf_yaml_place_of(reader->yaml, node);
    if (key->type == OVF_KEY_NAME)
        ((struct ovf_case_name *)out)->place = ovf_yaml_place_of(reader->yaml, node);
    if (key->type == OVF_KEY_MAP) {
        if (kind != OVF_YAML_MAP)
            return fail_value(reader, node, key, "keys and values are due");
        return read_map(reader, node, key->of, out);
    }
    if (kind == OVF_YAML_LIST)
        return read_list_value(reader, node, key, out);
    if (kind == OVF_YAML_MAP)
        return fail_value(reader, node, key, "one value is due, no keys");
    if (!ovf_scalar_read(key, ovf_yaml_text(reader->yaml, node),
                         ovf_yaml_is_quoted(reader->yaml, node), out, why))
        return fail_value(reader, node, key, why);
    return OVF_OK;
}

static enum ovf_status read_list(const struct reader *reader, ovf_yaml_id node,
                                 const struct ovf_key *key, struct ovf_case_list *out)
{
    if (ovf_yaml_kind_of(reader->yaml, node) != OVF_YAML_LIST)
        return fail_value(reader, node, key, "a list is due: [..., ...] or lines with \"- \"");
    const size_t size = ovf_scalar_size(key);
    const size_t n = ovf_yaml_count(reader->yaml, node);
    unsigned char *const items = ovf_case_store_take(reader->store, n, size);
    if (items == NULL)
        return no_memory(reader);
    *out = (struct ovf_case_list){items, n};
    for (size_t i = 0; i < n; i++) {
        const enum ovf_status st =
            read_one(reader, ovf_yaml_item(reader->yaml, node, i), key, items + i * size);
        if (st != OVF_OK)
            return st;
    }
    return OVF_OK;
}

static const char *key_name(const void *context, size_t i)
{
    const struct ovf_table *const table = context;
    return table->keys[i].name;
}

static enum ovf_status fail_key(const struct reader *reader, ovf_yaml_id node,
                                const struct ovf_table *table)
{
    const char *const name = (const char *)ovf_yaml_text(reader->yaml, node).data;
    const char *const nearest = ovf_case_nearest(name, key_name, table, table->n_keys);
    return ovf_case_fail(reader->err, ovf_yaml_place_of(reader->yaml, node),
                         "unknown key \"%.60s\" in %s%s%s%s", name, table->what,
                         nearest != NULL ? "; did you mean \"" : "", nearest != NULL ? nearest : "",
                         nearest != NULL ? "\"?" : "");
}

static bool find_key(const struct ovf_table *table, struct ovf_bytes name, size_t *index)
{
    for (size_t i = 0; i < table->n_keys; i++) {
        if (ovf_bytes_equal_text(name, table->keys[i].name)) {
            *index = i;
            return true;
        }
    }
    return false;
}

struct ovf_yaml_place ovf_case_place_of(const struct ovf_case_head *head, const char *key)
{
    for (size_t i = 0; i < ovf_yaml_count(head->yaml, head->node); i++) {
        const ovf_yaml_id name = ovf_yaml_key(head->yaml, head->node, i);
        if (ovf_bytes_equal_text(ovf_yaml_text(head->yaml, name), key))
            return ovf_yaml_place_of(head->yaml, ovf_yaml_item(head->yaml, head->node, i));
    }
    return head->place;
}

/** What was not written: an error, a fallback, or absent. */
static enum ovf_status fill_absent(const struct reader *reader, ovf_yaml_id node,
                                   const struct ovf_table *table, unsigned char *out, uint64_t has)
{
    for (size_t i = 0; i < table->n_keys; i++) {
        const struct ovf_key *const key = &table->keys[i];
        char why[OVF_SCALAR_WHY_SIZE];
        if ((has >> i & 1) != 0)
            continue;
        if ((key->flags & OVF_KEY_REQUIRED) != 0)
            return ovf_case_fail(reader->err, ovf_yaml_place_of(reader->yaml, node),
                                 "the key \"%s\" is missing in %s", key->name, table->what);
        if (key->fallback != NULL) {
            const bool good = ovf_scalar_read(key, ovf_bytes_from_text(key->fallback), false,
                                              out + key->offset, why);
            assert(good); /* the table is ours */
            (void)good;
        }
    }
    return OVF_OK;
}

static enum ovf_status read_map(const struct reader *reader, ovf_yaml_id node,
                                const struct ovf_table *table, void *out)
{
    unsigned char *const bytes = out;
    struct ovf_case_head *const head = out;
    assert(table->n_keys <= 64);
    head->place = ovf_yaml_place_of(reader->yaml, node);
    head->yaml = reader->yaml;
    head->node = node;
    const size_t n = ovf_yaml_count(reader->yaml, node);
    for (size_t i = 0; i < n; i++) {
        const ovf_yaml_id name = ovf_yaml_key(reader->yaml, node, i);
        const ovf_yaml_id value = ovf_yaml_item(reader->yaml, node, i);
        size_t index = 0;
        if (!find_key(table, ovf_yaml_text(reader->yaml, name), &index))
            return fail_key(reader, name, table);
        const struct ovf_key *const key = &table->keys[index];
        void *const member = bytes + key->offset;
        const enum ovf_status st = (key->flags & OVF_KEY_LIST) != 0
                                       ? read_list(reader, value, key, member)
                                       : read_one(reader, value, key, member);
        if (st != OVF_OK)
            return st;
        head->has |= UINT64_C(1) << index;
    }
    return fill_absent(reader, node, table, bytes, head->has);
}

enum ovf_status ovf_case_read(struct ovf_bytes text, const struct ovf_table *table,
                              struct ovf_case_store *store, void *out, struct ovf_error *err)
{
    const enum ovf_status st = ovf_yaml_read(text, &store->yaml, err);
    if (st != OVF_OK)
        return st;
    const struct reader reader = {store, store->yaml, err};
    const ovf_yaml_id root = ovf_yaml_root(store->yaml);
    memset(out, 0, table->size);
    if (ovf_yaml_kind_of(store->yaml, root) != OVF_YAML_MAP)
        return ovf_case_fail(err, ovf_yaml_place_of(store->yaml, root), "the keys of %s are due",
                             table->what);
    return read_map(&reader, root, table, out);
}

bool ovf_case_has(const struct ovf_case_head *head, const struct ovf_table *table, const char *name)
{
    size_t index = 0;
    const bool is_key = find_key(table, ovf_bytes_from_text(name), &index);
    assert(is_key);
    (void)is_key;
    return (head->has >> index & 1) != 0;
}

/* ---- the document ---- */

static const char *type_text(const struct ovf_key *key)
{
    static const char *const names[] = {
        [OVF_KEY_TEXT] = "text",
        [OVF_KEY_NAME] = "name",
        [OVF_KEY_NUMBER] = "number",
        [OVF_KEY_INTEGER] = "whole number",
        [OVF_KEY_BOOL] = "true or false",
        [OVF_KEY_DATE] = "date",
        [OVF_KEY_TIME] = "time",
        [OVF_KEY_CLOCK] = "time of day",
        [OVF_KEY_CODE] = "country code",
        [OVF_KEY_ADDRESS] = "six hex digits",
        [OVF_KEY_CHOICE] = "word",
        [OVF_KEY_PLACE] = "name or [lat, lon]",
        [OVF_KEY_SPAN] = "number or [from, to]",
        [OVF_KEY_MAP] = "keys",
    };
    return names[key->type];
}

/** A bound, with a decimal where it has one. */
static void format_bound(double value, char text[OVF_NUMBER_SIZE])
{
    const double whole = (double)(int64_t)value;
    ovf_number_format(value, value < whole || value > whole ? 1 : 0, text);
}

/** "1 to 900 kt", "kt", or "" */
static enum ovf_status document_range(const struct ovf_key *key, struct ovf_buffer *out)
{
    char low[OVF_NUMBER_SIZE];
    char high[OVF_NUMBER_SIZE];
    const char *const unit = key->unit != NULL ? key->unit : "";
    if (key->choices != NULL) {
        /* '|' would end the cell. */
        enum ovf_status st = OVF_OK;
        for (const char *p = key->choices; *p != '\0' && st == OVF_OK; p++)
            st = *p == '|' ? ovf_buffer_append_text(out, ", ") : ovf_buffer_append(out, p, 1);
        return st;
    }
    if (!(key->min < key->max))
        return ovf_buffer_append_text(out, unit);
    format_bound(key->min, low);
    format_bound(key->max, high);
    return ovf_buffer_printf(out, "%s to %s%s%s", low, high, *unit != '\0' ? " " : "", unit);
}

static enum ovf_status document_key(const struct ovf_key *key, struct ovf_buffer *out)
{
    enum ovf_status st = ovf_buffer_printf(
        out, "| `%s` | %s%s%s%s | ", key->name, (key->flags & OVF_KEY_LIST) != 0 ? "list: " : "",
        type_text(key), key->of != NULL ? " of " : "", key->of != NULL ? key->of->what : "");
    if (st == OVF_OK)
        st = document_range(key, out);
    if (st == OVF_OK)
        st = ovf_buffer_printf(out, " | %s | %s |\n",
                               (key->flags & OVF_KEY_REQUIRED) != 0 ? "required"
                               : key->fallback != NULL              ? key->fallback
                                                                    : "",
                               key->help);
    return st;
}

enum ovf_status ovf_table_document(const struct ovf_table *table, struct ovf_buffer *out)
{
    enum ovf_status st =
        ovf_buffer_printf(out,
                          "\n## Keys of %s\n\n| key | value | range and unit | if absent | |\n"
                          "|---|---|---|---|---|\n",
                          table->what);
    for (size_t i = 0; i < table->n_keys && st == OVF_OK; i++)
        st = document_key(&table->keys[i], out);
    return st;
}
