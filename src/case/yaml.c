/* SPDX-License-Identifier: Apache-2.0 */
/* Two passes over the text: the events first, in which anchors, aliases, tags and depth can be seen
 * (the document API has resolved them), then the document. The first pass bounds the second. */
#include "case/yaml.h"

#include <stdlib.h>
#include <string.h>

#include <yaml.h>

struct ovf_yaml {
    yaml_document_t document;
};

static enum ovf_status fail_at(struct ovf_error *err, enum ovf_status status, yaml_mark_t mark,
                               const char *what)
{
    return ovf_error_set(err, status, "line %zu, column %zu: %s", mark.line + 1, mark.column + 1,
                         what);
}

/** Whether line \p line (from 0) of \p text is indented with a tab. */
static bool line_has_tab(struct ovf_bytes text, size_t line)
{
    const unsigned char *p = text.data;
    const unsigned char *const end = text.data + text.len;
    for (; line > 0 && p < end; line--) {
        const unsigned char *const newline = memchr(p, '\n', (size_t)(end - p));
        p = newline != NULL ? newline + 1 : end;
    }
    while (p < end && *p == ' ')
        p++;
    return p < end && *p == '\t';
}

/** What libyaml stumbled over. */
static enum ovf_status parser_trouble(const yaml_parser_t *parser, struct ovf_bytes text,
                                      struct ovf_error *err)
{
    if (parser->error == YAML_MEMORY_ERROR)
        return ovf_error_set(err, OVF_E_NOMEM, "out of memory for the document");
    if (parser->error == YAML_READER_ERROR)
        return ovf_error_set(err, OVF_E_FORMAT, "byte %zu: %s", parser->problem_offset,
                             parser->problem != NULL ? parser->problem : "no UTF-8");
    if (line_has_tab(text, parser->problem_mark.line))
        return fail_at(err, OVF_E_FORMAT, parser->problem_mark,
                       "a tab indents this line; YAML wants spaces");
    return fail_at(err, OVF_E_FORMAT, parser->problem_mark,
                   parser->problem != NULL ? parser->problem : "this is no YAML");
}

static void open_parser(yaml_parser_t *parser, struct ovf_bytes text)
{
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(parser, text.data, text.len);
}

struct scan {
    unsigned depth;
    unsigned n_documents;
};

static bool has_anchor(const yaml_event_t *event)
{
    return (event->type == YAML_SCALAR_EVENT && event->data.scalar.anchor != NULL) ||
           (event->type == YAML_SEQUENCE_START_EVENT &&
            event->data.sequence_start.anchor != NULL) ||
           (event->type == YAML_MAPPING_START_EVENT && event->data.mapping_start.anchor != NULL);
}

static bool has_tag(const yaml_event_t *event)
{
    return (event->type == YAML_SCALAR_EVENT && event->data.scalar.tag != NULL) ||
           (event->type == YAML_SEQUENCE_START_EVENT && event->data.sequence_start.tag != NULL) ||
           (event->type == YAML_MAPPING_START_EVENT && event->data.mapping_start.tag != NULL);
}

static enum ovf_status look_at(const yaml_event_t *event, struct scan *scan, struct ovf_error *err)
{
    const yaml_mark_t mark = event->start_mark;
    if (event->type == YAML_ALIAS_EVENT)
        return fail_at(err, OVF_E_FORMAT, mark, "an alias (*...) is not allowed; write it out");
    if (has_anchor(event))
        return fail_at(err, OVF_E_FORMAT, mark, "an anchor (&...) is not allowed");
    if (has_tag(event))
        return fail_at(err, OVF_E_FORMAT, mark, "a tag (!...) is not allowed");
    if (event->type == YAML_DOCUMENT_START_EVENT && ++scan->n_documents > 1)
        return fail_at(err, OVF_E_FORMAT, mark, "a second document begins; one file holds one");
    if (event->type == YAML_SEQUENCE_START_EVENT || event->type == YAML_MAPPING_START_EVENT) {
        if (++scan->depth > OVF_YAML_MAX_DEPTH)
            return fail_at(err, OVF_E_LIMIT, mark, "lists and mappings stand more than 16 deep");
    }
    if (event->type == YAML_SEQUENCE_END_EVENT || event->type == YAML_MAPPING_END_EVENT)
        scan->depth--;
    if (event->type == YAML_SCALAR_EVENT &&
        memchr(event->data.scalar.value, '\0', event->data.scalar.length) != NULL)
        return fail_at(err, OVF_E_FORMAT, mark, "a text has a NUL inside");
    return OVF_OK;
}

static enum ovf_status scan_events(struct ovf_bytes text, struct ovf_error *err)
{
    struct scan scan = {0};
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        return ovf_error_set(err, OVF_E_NOMEM, "out of memory for the document");
    open_parser(&parser, text);
    enum ovf_status st = OVF_OK;
    for (bool done = false; st == OVF_OK && !done;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            st = parser_trouble(&parser, text, err);
            break;
        }
        st = look_at(&event, &scan, err);
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    if (st == OVF_OK && scan.n_documents == 0)
        st = ovf_error_set(err, OVF_E_FORMAT, "there is nothing in it");
    return st;
}

static const yaml_node_t *node_of(const struct ovf_yaml *yaml, ovf_yaml_id node)
{
    return &yaml->document.nodes.start[node - 1];
}

static enum ovf_status check_keys(const struct ovf_yaml *yaml, ovf_yaml_id map,
                                  struct ovf_error *err)
{
    const size_t n = ovf_yaml_count(yaml, map);
    if (n > OVF_YAML_MAX_KEYS)
        return fail_at(err, OVF_E_LIMIT, node_of(yaml, map)->start_mark,
                       "more than 256 keys in one mapping");
    for (size_t i = 0; i < n; i++) {
        const ovf_yaml_id key = ovf_yaml_key(yaml, map, i);
        const struct ovf_bytes name = ovf_yaml_text(yaml, key);
        if (ovf_yaml_kind_of(yaml, key) != OVF_YAML_SCALAR)
            return fail_at(err, OVF_E_FORMAT, node_of(yaml, key)->start_mark,
                           "a key is a list or a mapping; a name is due");
        for (size_t k = 0; k < i; k++) {
            const struct ovf_bytes other = ovf_yaml_text(yaml, ovf_yaml_key(yaml, map, k));
            if (other.len == name.len && memcmp(other.data, name.data, name.len) == 0)
                return ovf_error_set(
                    err, OVF_E_FORMAT, "line %zu, column %zu: the key \"%.60s\" stands twice",
                    node_of(yaml, key)->start_mark.line + 1,
                    node_of(yaml, key)->start_mark.column + 1, (const char *)name.data);
        }
    }
    return OVF_OK;
}

static enum ovf_status load(struct ovf_bytes text, struct ovf_yaml *yaml, struct ovf_error *err)
{
    yaml_parser_t parser;
    enum ovf_status st = OVF_OK;
    if (!yaml_parser_initialize(&parser))
        return ovf_error_set(err, OVF_E_NOMEM, "out of memory for the document");
    open_parser(&parser, text);
    if (!yaml_parser_load(&parser, &yaml->document))
        st = parser_trouble(&parser, text, err);
    yaml_parser_delete(&parser);
    return st;
}

enum ovf_status ovf_yaml_read(struct ovf_bytes text, struct ovf_yaml **out, struct ovf_error *err)
{
    if (text.len > OVF_YAML_MAX_BYTES)
        return ovf_error_set(err, OVF_E_LIMIT, "the file is longer than 1 MiB");
    if (text.len >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0)
        text = (struct ovf_bytes){text.data + 3, text.len - 3}; /* a byte order mark */
    enum ovf_status st = scan_events(text, err);
    if (st != OVF_OK)
        return st;
    struct ovf_yaml *yaml = calloc(1, sizeof *yaml);
    if (yaml == NULL)
        return ovf_error_set(err, OVF_E_NOMEM, "out of memory for the document");
    st = load(text, yaml, err);
    if (st != OVF_OK) { /* libyaml has freed the document */
        free(yaml);
        return st;
    }
    const ptrdiff_t n = yaml->document.nodes.top - yaml->document.nodes.start;
    for (ovf_yaml_id i = 1; i <= n && st == OVF_OK; i++) {
        if (ovf_yaml_kind_of(yaml, i) == OVF_YAML_MAP)
            st = check_keys(yaml, i, err);
    }
    if (st != OVF_OK) {
        ovf_yaml_free(yaml);
        return st;
    }
    *out = yaml;
    return OVF_OK;
}

void ovf_yaml_free(struct ovf_yaml *yaml)
{
    if (yaml == NULL)
        return;
    yaml_document_delete(&yaml->document);
    free(yaml);
}

ovf_yaml_id ovf_yaml_root(const struct ovf_yaml *yaml)
{
    (void)yaml;
    return 1; /* libyaml numbers the root first; a document has one */
}

enum ovf_yaml_kind ovf_yaml_kind_of(const struct ovf_yaml *yaml, ovf_yaml_id node)
{
    const yaml_node_type_t type = node_of(yaml, node)->type;
    return type == YAML_MAPPING_NODE    ? OVF_YAML_MAP
           : type == YAML_SEQUENCE_NODE ? OVF_YAML_LIST
                                        : OVF_YAML_SCALAR;
}

struct ovf_yaml_place ovf_yaml_place_of(const struct ovf_yaml *yaml, ovf_yaml_id node)
{
    const yaml_mark_t mark = node_of(yaml, node)->start_mark;
    return (struct ovf_yaml_place){(uint32_t)mark.line + 1, (uint32_t)mark.column + 1};
}

struct ovf_bytes ovf_yaml_text(const struct ovf_yaml *yaml, ovf_yaml_id node)
{
    const yaml_node_t *const found = node_of(yaml, node);
    if (found->type != YAML_SCALAR_NODE)
        return ovf_bytes_from_text("");
    return (struct ovf_bytes){found->data.scalar.value, found->data.scalar.length};
}

bool ovf_yaml_is_quoted(const struct ovf_yaml *yaml, ovf_yaml_id node)
{
    const yaml_node_t *const found = node_of(yaml, node);
    return found->type == YAML_SCALAR_NODE && found->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
}

size_t ovf_yaml_count(const struct ovf_yaml *yaml, ovf_yaml_id node)
{
    const yaml_node_t *const found = node_of(yaml, node);
    if (found->type == YAML_SEQUENCE_NODE)
        return (size_t)(found->data.sequence.items.top - found->data.sequence.items.start);
    if (found->type == YAML_MAPPING_NODE)
        return (size_t)(found->data.mapping.pairs.top - found->data.mapping.pairs.start);
    return 0;
}

ovf_yaml_id ovf_yaml_item(const struct ovf_yaml *yaml, ovf_yaml_id node, size_t i)
{
    const yaml_node_t *const found = node_of(yaml, node);
    return found->type == YAML_SEQUENCE_NODE ? found->data.sequence.items.start[i]
                                             : found->data.mapping.pairs.start[i].value;
}

ovf_yaml_id ovf_yaml_key(const struct ovf_yaml *yaml, ovf_yaml_id node, size_t i)
{
    return node_of(yaml, node)->data.mapping.pairs.start[i].key;
}
