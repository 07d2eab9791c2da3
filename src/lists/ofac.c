/* SPDX-License-Identifier: Apache-2.0 */
/* The words of OFAC's lists for aircraft, as they stand in the lists of 2022 and 2024. */
#include "lists/ofac.h"

#include "base/fields.h"

struct feature {
    const char *type;
    enum ovf_listing_key key;
};

static const struct feature features[] = {
    {"Aircraft Tail Number", OVF_LISTING_REGISTRATION},
    {"Previous Aircraft Tail Number", OVF_LISTING_PREVIOUS_REGISTRATION},
    {"Aircraft Mode S Transponder Code", OVF_LISTING_ICAO24},
    {"Aircraft Manufacturer's Serial Number (MSN)", OVF_LISTING_MSN},
    {"Aircraft Serial Identification", OVF_LISTING_MSN},
    {"Aircraft Construction Number (also called L/N or S/N or F/N)",
     OVF_LISTING_CONSTRUCTION_NUMBER},
    {"Aircraft Model", OVF_LISTING_MODEL},
    {"Aircraft Operator", OVF_LISTING_OPERATOR},
    {"Nationality of Registration", OVF_LISTING_NATIONALITY},
    {"Linked To:", OVF_LISTING_LINKED_TO},
};

static bool begins_with(struct ovf_bytes text, const char *start)
{
    const size_t len = strlen(start);
    return text.len >= len && memcmp(text.data, start, len) == 0;
}

static struct ovf_bytes behind(struct ovf_bytes text, size_t n)
{
    return (struct ovf_bytes){text.data + n, text.len - n};
}

/** "alt. Aircraft Operator" is one more of the same. */
static struct ovf_bytes without_alt(struct ovf_bytes text)
{
    static const char alt[] = "alt. ";
    return begins_with(text, alt) ? behind(text, sizeof alt - 1) : text;
}

void ovf_ofac_put(struct ovf_listing_draft *draft, struct ovf_bytes type, struct ovf_bytes value)
{
    type = without_alt(type);
    for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
        if (ovf_bytes_equal_text(type, features[i].type))
            ovf_listing_draft_put(draft, features[i].key, value);
    }
}

/** One remark: the type and the value stand behind one another. */
static void put_remark(struct ovf_listing_draft *draft, struct ovf_bytes remark)
{
    remark = without_alt(ovf_bytes_trim(remark));
    for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
        const size_t len = strlen(features[i].type);
        if (begins_with(remark, features[i].type) && remark.len > len && remark.data[len] == ' ') {
            ovf_listing_draft_put(draft, features[i].key, behind(remark, len));
            return;
        }
    }
}

/** \p remarks without the full stop at their end, unless it is an abbreviation's ("S.A."). */
static struct ovf_bytes without_stop(struct ovf_bytes remarks)
{
    remarks = ovf_bytes_trim(remarks);
    if (remarks.len == 0 || remarks.data[remarks.len - 1] != '.')
        return remarks;
    for (size_t i = remarks.len - 1; i-- > 0 && remarks.data[i] != ' ';) {
        if (remarks.data[i] == '.')
            return remarks;
    }
    return (struct ovf_bytes){remarks.data, remarks.len - 1};
}

void ovf_ofac_put_remarks(struct ovf_listing_draft *draft, struct ovf_bytes remarks)
{
    ovf_listing_draft_put(draft, OVF_LISTING_REMARKS, remarks);
    remarks = without_stop(remarks);
    size_t begin = 0;
    for (size_t i = 0; i < remarks.len; i++) {
        if (remarks.data[i] != ';')
            continue;
        put_remark(draft, (struct ovf_bytes){remarks.data + begin, i - begin});
        begin = i + 1;
    }
    if (begin < remarks.len)
        put_remark(draft, behind(remarks, begin));
}

bool ovf_ofac_put_kind(struct ovf_listing_draft *draft, struct ovf_bytes type)
{
    type = ovf_bytes_trim(type);
    const bool is_aircraft = ovf_bytes_equal_nocase(type, "aircraft");
    if (!is_aircraft && type.len > 0 && !ovf_bytes_equal_nocase(type, "entity"))
        return false;
    ovf_listing_draft_put_text(draft, OVF_LISTING_KIND, is_aircraft ? "aircraft" : "entity");
    return true;
}

enum ovf_status ovf_ofac_keep(struct ovf_listing_draft *draft, struct ovf_listing_set *set,
                              struct ovf_listing_report *report)
{
    if (ovf_bytes_equal_text(ovf_listing_draft_first(draft, OVF_LISTING_KIND), "aircraft")) {
        const struct ovf_bytes name = ovf_listing_draft_first(draft, OVF_LISTING_NAME);
        char own[OVF_LISTING_MAX_MSN];
        if (name.len > 0 && name.len <= OVF_LISTING_MAX_TAIL && !begins_with(name, "MSN ")) {
            memcpy(own, name.data, name.len); /* a put may move the draft's text */
            ovf_listing_draft_put(draft, OVF_LISTING_REGISTRATION,
                                  (struct ovf_bytes){(unsigned char *)own, name.len});
        }
        const struct ovf_bytes number =
            ovf_listing_draft_first(draft, OVF_LISTING_CONSTRUCTION_NUMBER);
        if (!ovf_listing_draft_has(draft, OVF_LISTING_MSN) && number.len > 0) {
            memcpy(own, number.data, number.len);
            ovf_listing_draft_put(draft, OVF_LISTING_MSN,
                                  (struct ovf_bytes){(unsigned char *)own, number.len});
        }
    }
    return ovf_listing_draft_keep(draft, set, report);
}
