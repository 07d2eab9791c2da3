/* SPDX-License-Identifier: Apache-2.0 */
/* OFAC's sdn.xml, the classic schema. Source: OFAC, sdn.xsd (namespace tempuri.org/sdnList.xsd; since 2024
 * that of its list service, with the same elements).
 *
 *   sdnList
 *     publshInformation: Publish_Date (MM/DD/YYYY), Record_Count
 *     sdnEntry: uid, firstName, lastName, title, sdnType (Individual, Entity, Vessel, Aircraft), remarks
 *       programList: program
 *       idList: id: uid, idType, idNumber, idCountry, issueDate, expirationDate
 *       akaList: aka: uid, type, category, lastName, firstName
 *       addressList, nationalityList, ..., vesselInfo
 *
 * What remarks name in sdn.csv stands here as identities (idList); remarks are read likewise.
 */
#include "lists/listing_formats.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "base/time.h"
#include "lists/ofac.h"
#include "lists/xml.h"

struct reading {
    struct ovf_listing_set *set;
    struct ovf_listing_report *report;
    struct ovf_listing_draft draft;
    struct ovf_buffer id_type; /* of the identity that is open */
    struct ovf_buffer id_number;
    bool is_list;  /* the root is sdnList */
    bool is_other; /* the entry is a person or a vessel */
};

static enum ovf_status begin(void *context, const struct ovf_xml_path *path,
                             const char *const *attributes)
{
    struct reading *const r = context;
    (void)attributes;
    if (path->depth == 1)
        r->is_list = ovf_xml_is(path, 0, "sdnList");
    if (ovf_xml_is(path, 0, "sdnEntry")) {
        ovf_listing_draft_begin(&r->draft);
        r->is_other = false;
    }
    if (ovf_xml_is(path, 0, "id"))
        r->id_type.len = r->id_number.len = 0;
    return OVF_OK;
}

/** MM/DD/YYYY. */
static void set_date(struct ovf_listing_report *report, struct ovf_bytes text)
{
    if (text.len != 10 || text.data[2] != '/' || text.data[5] != '/')
        return;
    char iso[16];
    const char *const at = (const char *)text.data;
    (void)snprintf(iso, sizeof iso, "%.4s-%.2s-%.2s", at + 6, at, at + 3);
    report->has_date = ovf_time_parse_iso(ovf_bytes_from_text(iso), &report->date_ns);
}

/** What stands in sdnEntry itself. */
static void put_own(struct reading *r, const struct ovf_xml_path *path, struct ovf_bytes text)
{
    if (ovf_xml_is(path, 0, "uid"))
        ovf_listing_draft_put(&r->draft, OVF_LISTING_ID, text);
    else if (ovf_xml_is(path, 0, "lastName"))
        ovf_listing_draft_put(&r->draft, OVF_LISTING_NAME, text);
    else if (ovf_xml_is(path, 0, "remarks"))
        ovf_ofac_put_remarks(&r->draft, text);
    else if (ovf_xml_is(path, 0, "sdnType"))
        r->is_other = !ovf_ofac_put_kind(&r->draft, text);
}

static enum ovf_status put_identity(struct reading *r, const struct ovf_xml_path *path,
                                    struct ovf_bytes text)
{
    if (ovf_xml_is(path, 0, "idType"))
        return ovf_buffer_append(&r->id_type, text.data, text.len);
    if (ovf_xml_is(path, 0, "idNumber"))
        return ovf_buffer_append(&r->id_number, text.data, text.len);
    return OVF_OK;
}

static enum ovf_status end(void *context, const struct ovf_xml_path *path, struct ovf_bytes text)
{
    struct reading *const r = context;
    if (ovf_xml_is(path, 1, "sdnEntry"))
        put_own(r, path, text);
    else if (ovf_xml_is(path, 0, "program") && ovf_xml_is(path, 2, "sdnEntry"))
        ovf_listing_draft_put(&r->draft, OVF_LISTING_PROGRAMME, text);
    else if (ovf_xml_is(path, 0, "lastName") && ovf_xml_is(path, 1, "aka"))
        ovf_listing_draft_put(&r->draft, OVF_LISTING_NAME, text);
    else if (ovf_xml_is(path, 1, "id"))
        return put_identity(r, path, text);
    else if (ovf_xml_is(path, 0, "id"))
        ovf_ofac_put(&r->draft, ovf_buffer_bytes(&r->id_type), ovf_buffer_bytes(&r->id_number));
    else if (ovf_xml_is(path, 0, "Publish_Date"))
        set_date(r->report, text);
    if (!ovf_xml_is(path, 0, "sdnEntry"))
        return OVF_OK;
    if (!r->is_other)
        return ovf_ofac_keep(&r->draft, r->set, r->report);
    r->report->n_others++;
    return OVF_OK;
}

enum ovf_status ovf_ofac_xml_read(struct ovf_bytes text, struct ovf_listing_set *set,
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
        st = ovf_error_set(err, OVF_E_FORMAT, "the outermost element is not sdnList");
    ovf_listing_draft_deinit(&r->draft);
    ovf_buffer_deinit(&r->id_type);
    ovf_buffer_deinit(&r->id_number);
    free(r);
    return st;
}
