/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes to documents. */
#include "read/documents.h"

enum border { BORDER_NONE, BORDER_BEFORE, BORDER_BEHIND };

void ovf_documents_deinit(struct ovf_documents *documents)
{
    ovf_buffer_deinit(&documents->text);
}

static bool is_blank(const struct ovf_documents *d, unsigned char c)
{
    /* with the bytes of a byte order mark, and the record separator of RFC 7464 */
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0x1E || c == 0xEF || c == 0xBB ||
           c == 0xBF || (c == ',' && d->allows_commas);
}

/** A byte inside of brackets. */
static enum border step_inside(struct ovf_documents *d, unsigned char c)
{
    if (d->in_string) {
        d->in_string = c != '"' || d->is_escaped;
        d->is_escaped = c == '\\' && !d->is_escaped;
    } else if (c == '"') {
        d->in_string = true;
        d->is_escaped = false;
    } else if (c == '{' || c == '[') {
        d->depth++;
    } else if (c == '}' || c == ']') {
        d->depth--;
        return d->depth == 0 ? BORDER_BEHIND : BORDER_NONE;
    }
    return BORDER_NONE;
}

/** Whether a brace at the start of a line begins another document, inside of brackets as it is: nothing can follow
 * there but behind a comma or bracket. */
static bool breaks_off(const struct ovf_documents *d)
{
    return d->is_object && (d->depth <= d->line_depth || (d->last != ',' && d->last != '['));
}

/** The next byte: whether a document ends before or behind it. */
static enum border step(struct ovf_documents *d, unsigned char c)
{
    const bool is_first_of_line = d->at_line_start;
    d->at_line_start = c == '\n' || c == '\r';
    if (d->depth > 0 && c == '{' && is_first_of_line && breaks_off(d))
        return BORDER_BEFORE;
    if (c != ' ' && c != '\t' && !d->at_line_start)
        d->last = c;
    if (d->depth > 0)
        return step_inside(d, c);
    if (d->is_open)
        return d->at_line_start ? BORDER_BEHIND : BORDER_NONE;
    if (is_blank(d, c))
        return BORDER_NONE;
    d->is_open = true;
    d->is_object = c == '{';
    d->depth = c == '{' || c == '[' ? 1 : 0;
    return BORDER_NONE;
}

static enum ovf_status keep(struct ovf_documents *d, struct ovf_bytes bytes, struct ovf_error *err)
{
    d->n_bytes += bytes.len;
    if (d->is_too_large || bytes.len == 0)
        return OVF_OK;
    if (bytes.len > d->max_bytes - d->text.len) {
        d->is_too_large = true;
        ovf_buffer_deinit(&d->text);
        return OVF_OK;
    }
    const enum ovf_status st = ovf_buffer_append(&d->text, bytes.data, bytes.len);
    return st == OVF_OK ? st : ovf_error_set(err, st, "out of memory for a document");
}

/** What was gathered is over; \p is_whole: its brackets are closed. */
static enum ovf_status end_document(struct ovf_documents *d, bool is_whole)
{
    const struct ovf_bytes none = {NULL, 0};
    const uint64_t end = d->begin + d->n_bytes;
    enum ovf_status st = OVF_OK;
    if (!d->is_open) {
        /* white space */
    } else if (d->is_too_large) {
        st = d->take(d->context, none, d->begin, end, OVF_REJECT_TOO_LARGE);
    } else if (is_whole || d->depth == 0) {
        st = d->take(d->context, ovf_buffer_bytes(&d->text), d->begin, end, OVF_REJECT_N);
    } else {
        st = d->take(d->context, none, d->begin, end, OVF_REJECT_JSON_TRUNCATED);
    }
    d->begin = end;
    d->n_bytes = 0;
    d->text.len = 0;
    d->depth = 0;
    d->is_open = false;
    d->in_string = false;
    d->is_escaped = false;
    d->is_too_large = false;
    return st;
}

enum ovf_status ovf_documents_feed(struct ovf_documents *documents, struct ovf_bytes bytes,
                                   struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    size_t kept = 0; /* bytes before this one are in the document */
    for (size_t i = 0; i < bytes.len && st == OVF_OK; i++) {
        const bool was_open = documents->is_open;
        const enum border border = step(documents, bytes.data[i]);
        if (!was_open && !documents->is_open) { /* white space before a document */
            documents->begin++;
            kept = i + 1;
        }
        if (border == BORDER_NONE)
            continue;
        const size_t end = i + (border == BORDER_BEHIND ? 1 : 0);
        st = keep(documents, (struct ovf_bytes){bytes.data + kept, end - kept}, err);
        if (st == OVF_OK)
            st = end_document(documents, border == BORDER_BEHIND);
        kept = end;
        if (border == BORDER_BEFORE)
            (void)step(documents, bytes.data[i]); /* opens the next */
    }
    return st == OVF_OK && documents->is_open
               ? keep(documents, (struct ovf_bytes){bytes.data + kept, bytes.len - kept}, err)
               : st;
}

enum ovf_status ovf_documents_finish(struct ovf_documents *documents)
{
    return end_document(documents, false);
}
