/* SPDX-License-Identifier: Apache-2.0 */
/* Expat with the limits that a file from anywhere needs. */
#include "lists/xml.h"

#include <stdlib.h>

#define XML_DTD /* or expat.h hides the limits on amplification */
#include <expat.h>

#include "base/utf8.h"

/* Nothing can grow without a DOCTYPE; should that guard ever fail, expat's own is narrow. */
static const float max_amplification = 8;
enum { AMPLIFICATION_FREE_BYTES = 1 << 20, PIECE_BYTES = 1 << 20 };

struct reading {
    XML_Parser parser;
    const struct ovf_xml_handler *handler;
    struct ovf_xml_path path;
    struct ovf_buffer text;
    enum ovf_status status; /* why it was stopped */
    const char *why;        /* in words; NULL: a handler did */
};

bool ovf_xml_is(const struct ovf_xml_path *path, size_t up, const char *name)
{
    return up < path->depth && strcmp(path->names[path->depth - 1 - up], name) == 0;
}

static void stop(struct reading *r, enum ovf_status status, const char *why)
{
    if (r->status != OVF_OK)
        return;
    r->status = status;
    r->why = why;
    (void)XML_StopParser(r->parser, XML_FALSE);
}

static void on_doctype(void *context, const char *name, const char *system, const char *public,
                       int has_internal)
{
    (void)name;
    (void)system;
    (void)public;
    (void)has_internal;
    stop(context, OVF_E_FORMAT, "a DOCTYPE is refused");
}

static void on_begin(void *context, const char *name, const char **attributes)
{
    struct reading *const r = context;
    const char *const colon = strrchr(name, ':');
    if (r->status != OVF_OK)
        return;
    if (r->path.depth == OVF_XML_MAX_DEPTH) {
        stop(r, OVF_E_LIMIT, "elements are nested deeper than 64");
        return;
    }
    for (size_t i = 0; attributes[i] != NULL; i++) {
        if (strlen(attributes[i]) > OVF_XML_MAX_TEXT_BYTES) {
            stop(r, OVF_E_LIMIT, "an attribute is longer than 65,536 bytes");
            return;
        }
    }
    name = colon != NULL ? colon + 1 : name;
    const struct ovf_bytes cut = ovf_utf8_cut(ovf_bytes_from_text(name), OVF_XML_NAME_SIZE - 1);
    char *const own = r->path.names[r->path.depth++];
    memcpy(own, cut.data, cut.len);
    own[cut.len] = '\0';
    r->text.len = 0;
    const enum ovf_status st =
        r->handler->begin(r->handler->context, &r->path, (const char *const *)attributes);
    if (st != OVF_OK)
        stop(r, st, NULL);
}

static void on_end(void *context, const char *name)
{
    struct reading *const r = context;
    (void)name;
    if (r->status != OVF_OK)
        return;
    const enum ovf_status st =
        r->handler->end(r->handler->context, &r->path, ovf_buffer_bytes(&r->text));
    r->path.depth--;
    r->text.len = 0;
    if (st != OVF_OK)
        stop(r, st, NULL);
}

static void on_text(void *context, const char *text, int len)
{
    struct reading *const r = context;
    if (r->status != OVF_OK || len <= 0)
        return;
    if ((size_t)len > OVF_XML_MAX_TEXT_BYTES - r->text.len)
        stop(r, OVF_E_LIMIT, "an element's text is longer than 65,536 bytes");
    else if (ovf_buffer_append(&r->text, text, (size_t)len) != OVF_OK)
        stop(r, OVF_E_NOMEM, "out of memory for the list");
}

static enum ovf_status explain(const struct reading *r, struct ovf_error *err)
{
    const enum XML_Error code = XML_GetErrorCode(r->parser);
    const unsigned long line = XML_GetCurrentLineNumber(r->parser);
    if (r->status != OVF_OK && r->why == NULL)
        return r->status;
    if (r->status != OVF_OK)
        return ovf_error_set(err, r->status, "line %lu: %s", line, r->why);
    if (code == XML_ERROR_NO_MEMORY)
        return ovf_error_set(err, OVF_E_NOMEM, "out of memory for the list");
    return ovf_error_set(err, OVF_E_FORMAT, "line %lu: no well-formed XML: %s", line,
                         XML_ErrorString(code));
}

static bool set_up(struct reading *r)
{
    XML_SetUserData(r->parser, r);
    XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
    XML_SetElementHandler(r->parser, on_begin, on_end);
    XML_SetCharacterDataHandler(r->parser, on_text);
    return XML_SetBillionLaughsAttackProtectionMaximumAmplification(r->parser, max_amplification) &&
           XML_SetBillionLaughsAttackProtectionActivationThreshold(r->parser,
                                                                   AMPLIFICATION_FREE_BYTES);
}

enum ovf_status ovf_xml_read(struct ovf_bytes text, const struct ovf_xml_handler *handler,
                             struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    struct reading *const r = calloc(1, sizeof *r);
    if (r != NULL)
        r->parser = XML_ParserCreate(NULL);
    if (r == NULL || r->parser == NULL || !set_up(r)) {
        st = ovf_error_set(err, OVF_E_NOMEM, "out of memory for the list");
        goto out;
    }
    r->handler = handler;
    for (bool last = false; !last && st == OVF_OK;) {
        const size_t len = text.len < PIECE_BYTES ? text.len : PIECE_BYTES;
        last = len == text.len;
        if (XML_Parse(r->parser, (const char *)text.data, (int)len, last) != XML_STATUS_OK)
            st = explain(r, err);
        text = (struct ovf_bytes){text.data + len, text.len - len};
    }
out:
    if (r != NULL) {
        if (r->parser != NULL)
            XML_ParserFree(r->parser);
        ovf_buffer_deinit(&r->text);
    }
    free(r);
    return st;
}
