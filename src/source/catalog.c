/* SPDX-License-Identifier: Apache-2.0 */
/* Building the catalog: inputs and the list of items. */
#include "source/catalog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/utf8.h"
#include "source/catalog_parts.h"
#include "source/named.h"

#define NAME_CHUNK_BYTES 65536

struct ovf_name_chunk {
    struct ovf_name_chunk *next;
    size_t len;
    size_t capacity;
    char text[];
};

static char *keep_name(struct ovf_catalog *catalog, const char *name)
{
    const size_t n = strlen(name) + 1;
    struct ovf_name_chunk *chunk = catalog->names;
    if (chunk == NULL || chunk->capacity - chunk->len < n) {
        const size_t capacity = n > NAME_CHUNK_BYTES ? n : NAME_CHUNK_BYTES;
        chunk = malloc(sizeof *chunk + capacity);
        if (chunk == NULL)
            return NULL;
        *chunk = (struct ovf_name_chunk){.next = catalog->names, .capacity = capacity};
        catalog->names = chunk;
    }
    char *kept = chunk->text + chunk->len;
    memcpy(kept, name, n);
    chunk->len += n;
    return kept;
}

enum ovf_item_kind ovf_catalog_kind(enum ovf_content content)
{
    switch (content) {
    case OVF_CONTENT_TRACE:
        return OVF_ITEM_TRACE;
    case OVF_CONTENT_STATES:
        return OVF_ITEM_STATES;
    case OVF_CONTENT_AIRCRAFT:
        return OVF_ITEM_AIRCRAFT;
    case OVF_CONTENT_FRAMES:
        return OVF_ITEM_FRAMES;
    case OVF_CONTENT_SBS:
        return OVF_ITEM_SBS;
    default:
        return OVF_ITEM_TABLE;
    }
}

enum ovf_status ovf_catalog_add(struct ovf_catalog *catalog, struct ovf_item item)
{
    struct ovf_item *grown =
        ovf_array_reserve(catalog->items, &catalog->capacity, catalog->n_items + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    catalog->items = grown;
    item.name = keep_name(catalog, item.name);
    if (item.name == NULL)
        return OVF_E_NOMEM;
    catalog->items[catalog->n_items++] = item;
    return OVF_OK;
}

void ovf_catalog_drop_last(struct ovf_catalog *catalog)
{
    const char *name = catalog->items[--catalog->n_items].name;
    catalog->names->len = (size_t)(name - catalog->names->text); /* it was kept last */
}

/* Names come from strangers: nothing in them may move a terminal's cursor. */
static void make_printable(char *text)
{
    const size_t len = strlen(text);
    const struct ovf_bytes bytes = {(const unsigned char *)text, len};
    const bool is_utf8 = ovf_utf8_valid(bytes);
    for (size_t i = 0; i < len; i++) {
        const unsigned char c = (unsigned char)text[i];
        if (c < 0x20 || c == 0x7F || (c >= 0x80 && !is_utf8))
            text[i] = '?';
    }
}

void ovf_catalog_reject(struct ovf_catalog_input *input, const char *name, enum ovf_reject reason,
                        const char *text)
{
    struct ovf_input *in = &input->input;
    ovf_tally_reject(&in->members, reason);
    if (in->trouble[0] != '\0')
        return;
    (void)snprintf(in->trouble, sizeof in->trouble, "%.80s%s%s: %.60s", name != NULL ? name : "",
                   name != NULL ? ": " : "", ovf_reject_words(reason), text);
    make_printable(in->trouble);
}

static enum ovf_status fill_input(struct ovf_catalog *catalog, size_t i,
                                  const struct ovf_named *named, struct ovf_error *err)
{
    struct ovf_catalog_input *input = &catalog->inputs[i];
    if (named->kind == OVF_NAMED_FOLDER)
        return ovf_catalog_add_folder(catalog, i, named->parts[0], err);
    if (named->kind == OVF_NAMED_STREAM && strcmp(named->parts[0], "-") == 0)
        return ovf_catalog_add_file(catalog, i, STDIN_FILENO, err);
    if (named->kind == OVF_NAMED_STREAM) {
        int fd = -1;
        enum ovf_status st = ovf_fd_open(named->parts[0], &fd, err);
        if (st == OVF_OK) {
            st = ovf_catalog_add_file(catalog, i, fd, err);
            (void)close(fd);
        }
        return st;
    }
    for (size_t k = 0; k < named->n_parts; k++) {
        const enum ovf_status st = ovf_space_add_file(&input->space, named->parts[k], err);
        if (st != OVF_OK)
            return st;
    }
    return ovf_catalog_add_file(catalog, i, -1, err);
}

enum ovf_status ovf_catalog_new(const char *const *paths, size_t n_paths, struct ovf_catalog **out,
                                struct ovf_error *err)
{
    struct ovf_named_list named = {0};
    enum ovf_status st = OVF_E_NOMEM;
    struct ovf_catalog *catalog = calloc(1, sizeof *catalog);
    if (catalog == NULL)
        goto out;
    catalog->spool = OVF_SPOOL_INIT;
    st = ovf_named_list_fill(&named, paths, n_paths, err);
    if (st != OVF_OK)
        goto out;
    catalog->inputs = calloc(named.n + 1, sizeof *catalog->inputs);
    st = catalog->inputs == NULL ? OVF_E_NOMEM : OVF_OK;
    for (size_t i = 0; i < named.n && st == OVF_OK; i++) {
        struct ovf_catalog_input *input = &catalog->inputs[catalog->n_inputs++];
        input->label = named.items[i].label;
        input->input.path = input->label;
        named.items[i].label = NULL; /* now the catalog's */
        st = fill_input(catalog, i, &named.items[i], err);
    }
    if (st == OVF_OK)
        st = ovf_spool_flush(&catalog->spool, err);
    if (st == OVF_OK) {
        *out = catalog;
        catalog = NULL;
    }
out:
    if (st == OVF_E_NOMEM)
        st = ovf_error_set(err, st, "no memory to list the inputs");
    ovf_named_list_deinit(&named);
    ovf_catalog_free(catalog);
    return st;
}

void ovf_catalog_free(struct ovf_catalog *catalog)
{
    if (catalog == NULL)
        return;
    for (size_t i = 0; i < catalog->n_inputs; i++) {
        ovf_space_deinit(&catalog->inputs[i].space);
        free(catalog->inputs[i].label);
    }
    free(catalog->inputs);
    free(catalog->items);
    while (catalog->names != NULL) {
        struct ovf_name_chunk *next = catalog->names->next;
        free(catalog->names);
        catalog->names = next;
    }
    ovf_spool_deinit(&catalog->spool);
    free(catalog);
}

size_t ovf_catalog_n_inputs(const struct ovf_catalog *catalog)
{
    return catalog->n_inputs;
}

const struct ovf_input *ovf_catalog_input(const struct ovf_catalog *catalog, size_t i)
{
    return &catalog->inputs[i].input;
}

size_t ovf_catalog_n_items(const struct ovf_catalog *catalog)
{
    return catalog->n_items;
}

const struct ovf_item *ovf_catalog_item(const struct ovf_catalog *catalog, size_t i)
{
    return &catalog->items[i];
}
