/* SPDX-License-Identifier: Apache-2.0 */
/* The United Nations Security Council's consolidated list. Source: its published schema.
 *
 *   CONSOLIDATED_LIST dateGenerated="2024-05-03T23:00:00Z"
 *     INDIVIDUALS: INDIVIDUAL ...
 *     ENTITIES: ENTITY: DATAID, VERSIONNUM, FIRST_NAME (the whole name), UN_LIST_TYPE, REFERENCE_NUMBER,
 *                       LISTED_ON (YYYY-MM-DD), COMMENTS1, NAME_ORIGINAL_SCRIPT,
 *                       ENTITY_ALIAS: QUALITY, ALIAS_NAME; ENTITY_ADDRESS ...
 *
 * It names no aircraft. Its entities are kept, so that an operator can be linked to one; they are called by
 * REFERENCE_NUMBER ("IRe.001"), and are in force from LISTED_ON.
 */
#include "lists/listing_formats.h"

#include <stdlib.h>

#include "base/time.h"
#include "lists/listing_draft.h"
#include "lists/xml.h"

struct reading {
    struct ovf_listing_set *set;
    struct ovf_listing_report *report;
    struct ovf_listing_draft draft;
    bool is_list;
};

static void read_root(struct reading *r, const struct ovf_xml_path *path,
                      const char *const *attributes)
{
    r->is_list = ovf_xml_is(path, 0, "CONSOLIDATED_LIST");
    for (size_t i = 0; attributes[i] != NULL; i += 2) {
        int64_t t_ns;
        if (strcmp(attributes[i], "dateGenerated") != 0 ||
            !ovf_time_parse_iso(ovf_bytes_from_text(attributes[i + 1]), &t_ns))
            continue;
        r->report->has_date = true;
        r->report->date_ns = ovf_time_day(t_ns);
    }
}

static enum ovf_status begin(void *context, const struct ovf_xml_path *path,
                             const char *const *attributes)
{
    struct reading *const r = context;
    if (path->depth == 1)
        read_root(r, path, attributes);
    if (ovf_xml_is(path, 0, "ENTITY"))
        ovf_listing_draft_begin(&r->draft);
    return OVF_OK;
}

static void put_own(struct reading *r, const struct ovf_xml_path *path, struct ovf_bytes text)
{
    static const struct {
        const char *element;
        enum ovf_listing_key key;
    } own[] = {
        {"REFERENCE_NUMBER", OVF_LISTING_ID},
        {"FIRST_NAME", OVF_LISTING_NAME},
        {"UN_LIST_TYPE", OVF_LISTING_PROGRAMME},
        {"COMMENTS1", OVF_LISTING_REMARKS},
    };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (ovf_xml_is(path, 0, own[i].element))
            ovf_listing_draft_put(&r->draft, own[i].key, text);
    }
    /* Some days of listing have a time zone behind them: 2006-12-23Z. */
    if (ovf_xml_is(path, 0, "LISTED_ON"))
        ovf_listing_draft_put(&r->draft, OVF_LISTING_FROM,
                              (struct ovf_bytes){text.data, text.len < 10 ? text.len : 10});
}

static enum ovf_status end(void *context, const struct ovf_xml_path *path, struct ovf_bytes text)
{
    struct reading *const r = context;
    if (ovf_xml_is(path, 1, "ENTITY"))
        put_own(r, path, text);
    else if (ovf_xml_is(path, 0, "ALIAS_NAME") && ovf_xml_is(path, 1, "ENTITY_ALIAS"))
        ovf_listing_draft_put(&r->draft, OVF_LISTING_NAME, text);
    else if (ovf_xml_is(path, 0, "INDIVIDUAL"))
        r->report->n_others++;
    if (!ovf_xml_is(path, 0, "ENTITY"))
        return OVF_OK;
    ovf_listing_draft_put_text(&r->draft, OVF_LISTING_KIND, "entity");
    return ovf_listing_draft_keep(&r->draft, r->set, r->report);
}

enum ovf_status ovf_un_xml_read(struct ovf_bytes text, struct ovf_listing_set *set,
                                struct ovf_listing_report *report, struct ovf_error *err)
{
    struct reading *const r = calloc(1, sizeof *r);
    if (r == NULL)
        return ovf_error_set(err, OVF_E_NOMEM, "out of memory for the list");
    r->set = set;
    r->report = report;
    const struct ovf_xml_handler handler = {r, begin, end};
    enum ovf_status st = ovf_xml_read(text, &handler, err);
    if (st == OVF_OK && !r->is_list)
        st = ovf_error_set(err, OVF_E_FORMAT, "the outermost element is not CONSOLIDATED_LIST");
    ovf_listing_draft_deinit(&r->draft);
    free(r);
    return st;
}
