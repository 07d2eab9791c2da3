/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of documents. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/path.h"
#include "view/view_parts.h"

void ovf_view_put_text(struct ovf_json_writer *json, const char *key, sqlite3_stmt *stmt,
                       int column)
{
    const char *const text = ovf_view_column(stmt, column);
    if (text[0] != '\0')
        ovf_json_text(json, key, text);
}

/* ---- paths ---- */

struct ovf_bytes ovf_view_path(const struct ovf_view *view, const char *path)
{
    const struct ovf_bytes whole = ovf_bytes_from_text(path);
    return view->source.is_public ? ovf_path_last(whole) : whole;
}

/** The quotation mark that ends the string behind the one at \p at; \p len: there is none. */
static size_t end_of_string(const char *json, size_t len, size_t at)
{
    for (at++; at < len && json[at] != '"'; at++)
        at += json[at] == '\\' ? 1 : 0;
    return at < len ? at : len;
}

/** Append \p json with of each "member" (a file, as it was named) the last part alone. */
static enum ovf_status append_without_folders(struct ovf_buffer *out, const char *json)
{
    const size_t len = strlen(json);
    enum ovf_status st = OVF_OK;
    bool is_due = false; /* the next string is a member's value */
    size_t from = 0;
    for (size_t i = 0; i < len && st == OVF_OK; i++) {
        if (json[i] != '"') {
            is_due = is_due && strchr(": \t\r\n", json[i]) != NULL;
            continue;
        }
        const size_t end = end_of_string(json, len, i);
        const struct ovf_bytes text = {(const unsigned char *)json + i + 1, end - i - 1};
        if (is_due) {
            const struct ovf_bytes last = ovf_path_last(text);
            /* Of an escaped slash, half could be left: of such a name nothing is. */
            const bool is_safe = memchr(text.data, '\\', text.len) == NULL;
            st = ovf_buffer_append(out, json + from, i + 1 - from);
            if (st == OVF_OK && is_safe)
                st = ovf_buffer_append(out, last.data, last.len);
            from = end;
        }
        is_due = ovf_bytes_equal_text(text, "member");
        i = end;
    }
    return st == OVF_OK ? ovf_buffer_append(out, json + from, len + 1 - from) : st;
}

/** The members of an object, from behind its bracket to its end. */
static void put_members(struct ovf_view_writing *w, const char *members)
{
    struct ovf_buffer shown = {0};
    enum ovf_status st = OVF_OK;
    if (w->view->source.is_public)
        st = append_without_folders(&shown, members);
    if (st == OVF_OK)
        ovf_json_members(&w->json, w->view->source.is_public ? (const char *)shown.data : members);
    else
        w->json.status = st;
    ovf_buffer_deinit(&shown);
}

/** Visit what blanks separate in \p words; NULL has none. */
static void each_word(const char *words, void (*visit)(void *context, struct ovf_bytes word),
                      void *context)
{
    for (const char *at = words != NULL ? words : ""; *at != '\0';) {
        const size_t len = strcspn(at, " ");
        if (len > 0)
            visit(context, (struct ovf_bytes){(const unsigned char *)at, len});
        at += len + (at[len] == ' ' ? 1 : 0);
    }
}

static void put_id(void *context, struct ovf_bytes id)
{
    ovf_json_bytes(context, NULL, id);
}

bool ovf_view_put_object(struct ovf_view_writing *w, const char *key,
                         const struct ovf_view_lead *lead, const char *text)
{
    const size_t len = strlen(text);
    if (len < 2 || text[0] != '{' || text[len - 1] != '}')
        return false;
    ovf_json_open(&w->json, key, '{');
    if (lead->n > 0)
        ovf_json_int(&w->json, "n", lead->n);
    if (lead->crossing > 0)
        ovf_json_int(&w->json, "crossing", lead->crossing);
    if (lead->subject != NULL)
        ovf_json_text(&w->json, "subject", lead->subject);
    if (lead->former_ids != NULL) {
        ovf_json_open(&w->json, "former_ids", '[');
        each_word(lead->former_ids, put_id, &w->json);
        ovf_json_close(&w->json, ']');
    }
    if (1 + strspn(text + 1, " \t\r\n") < len - 1) {
        put_members(w, text + 1); /* its bracket closes this one */
        w->json.comma = true;
    } else {
        ovf_json_close(&w->json, '}');
    }
    return true;
}

/* ---- sentences ---- */

static void put_source_number(void *context, struct ovf_bytes n)
{
    int64_t number;
    if (ovf_number_parse_int(n, &number))
        ovf_json_int(context, NULL, number);
}

enum ovf_status ovf_view_html_text(struct ovf_buffer *out, struct ovf_bytes text)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < text.len && st == OVF_OK; i++) {
        const unsigned char c = text.data[i];
        if (c == '<' || c == '>' || c == '&' || c == '"' || c == '\'')
            st = ovf_buffer_printf(out, "&#%d;", c);
        else
            st = ovf_buffer_append(out, &c, 1);
    }
    return st;
}

struct linking {
    struct ovf_view_writing *w;
    const char *row; /* what is linked to: "finding", "source" */
    size_t n;        /* of these */
    size_t n_all;
};

/** A link to a row of the report. */
static enum ovf_status put_link(struct linking *l, const char *n, const char *title)
{
    enum ovf_status st = OVF_OK;
    if (l->n++ > 0)
        st = ovf_buffer_append_text(l->w->html, ", ");
    else
        st = ovf_buffer_printf(l->w->html, "%s%s ",
                               l->n_all > 0 ? "; " : " <span class=\"findings\">[", l->row);
    l->n_all++;
    if (st == OVF_OK)
        st = ovf_buffer_printf(l->w->html, "<a href=\"#%s-%s\"", l->row, n);
    if (st == OVF_OK && title != NULL)
        st = ovf_buffer_printf(l->w->html, " title=\"%s\"", title);
    return st == OVF_OK ? ovf_buffer_printf(l->w->html, ">%s</a>", n) : st;
}

static enum ovf_status put_number(void *context, sqlite3_stmt *stmt)
{
    return put_link(context, ovf_view_column(stmt, 0), ovf_view_column(stmt, 1));
}

/** Identifiers are hex digits. */
static void put_finding(void *context, struct ovf_bytes id)
{
    struct linking *const l = context;
    char text[OVF_VIEW_TEXT_SIZE];
    (void)snprintf(text, sizeof text, "%.*s", (int)id.len, (const char *)id.data);
    if (l->w->json.status == OVF_OK && strspn(text, "0123456789abcdef") == id.len)
        l->w->json.status = ovf_view_each(l->w->view,
                                          "SELECT s.n,f.id FROM findings f JOIN temp.said s"
                                          " ON s.fid=f.fid WHERE f.id=?1",
                                          text, put_number, l, l->w->err);
}

static void put_source(void *context, struct ovf_bytes n)
{
    struct linking *const l = context;
    char text[24];
    (void)snprintf(text, sizeof text, "%.*s", (int)n.len, (const char *)n.data);
    if (l->w->json.status == OVF_OK)
        l->w->json.status = put_link(l, text, NULL);
}

static enum ovf_status put_paragraph(struct ovf_view_writing *w, struct ovf_bytes text,
                                     const struct ovf_view_basis *basis)
{
    struct linking links = {.w = w, .row = "finding"};
    enum ovf_status st = ovf_buffer_append_text(w->html, "<p>");
    if (st == OVF_OK)
        st = ovf_view_html_text(w->html, text);
    if (st == OVF_OK)
        each_word(basis->findings, put_finding, &links);
    links.row = "source";
    links.n = 0;
    if (st == OVF_OK)
        each_word(basis->sources, put_source, &links);
    if (st == OVF_OK)
        st = ovf_buffer_append_text(w->html, links.n_all > 0 ? "]</span></p>\n" : "</p>\n");
    return st;
}

void ovf_view_put_sentence(struct ovf_view_writing *w, struct ovf_buffer *text,
                           const struct ovf_view_basis *basis)
{
    struct ovf_json_writer *const json = &w->json;
    if (text->len == 0)
        return;
    if (w->html != NULL) {
        const enum ovf_status st = put_paragraph(w, ovf_buffer_bytes(text), basis);
        if (json->status == OVF_OK)
            json->status = st;
    } else {
        ovf_json_open(json, NULL, '{');
        ovf_json_bytes(json, "text", ovf_buffer_bytes(text));
        ovf_json_open(json, "findings", '[');
        each_word(basis->findings, put_id, json);
        ovf_json_close(json, ']');
        if (basis->sources != NULL && basis->sources[0] != '\0') {
            ovf_json_open(json, "sources", '[');
            each_word(basis->sources, put_source_number, json);
            ovf_json_close(json, ']');
        }
        ovf_json_close(json, '}');
    }
    text->len = 0;
}
