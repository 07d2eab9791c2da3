/* SPDX-License-Identifier: Apache-2.0 */
/* Looking something up in sealed lists. */
#include "lists/listings_parts.h"

#include "base/ascii.h"

static bool holds(struct ovf_bytes text, struct ovf_bytes part)
{
    for (size_t i = 0; i + part.len <= text.len; i++) {
        size_t n = 0;
        while (n < part.len && ovf_ascii_lower(text.data[i + n]) == ovf_ascii_lower(part.data[n]))
            n++;
        if (n == part.len)
            return true;
    }
    return false;
}

/** Whether both have the same letters and digits. */
static bool is_same_identifier(enum ovf_listing_key key, struct ovf_bytes a, struct ovf_bytes b)
{
    struct ovf_listing_index_key key_a;
    struct ovf_listing_index_key key_b;
    return ovf_listing_key_make(key, a, &key_a) && ovf_listing_key_make(key, b, &key_b) &&
           memcmp(&key_a, &key_b, sizeof key_a) == 0;
}

static bool is_found(enum ovf_listing_key key, struct ovf_bytes value, struct ovf_bytes wanted)
{
    switch (key) {
    case OVF_LISTING_ID:
        return ovf_bytes_compare(value, wanted) == 0;
    case OVF_LISTING_REGISTRATION:
    case OVF_LISTING_PREVIOUS_REGISTRATION:
    case OVF_LISTING_ICAO24:
    case OVF_LISTING_MSN:
    case OVF_LISTING_CONSTRUCTION_NUMBER:
        return is_same_identifier(key, value, wanted);
    case OVF_LISTING_NAME:
    case OVF_LISTING_OPERATOR:
    case OVF_LISTING_LINKED_TO:
        return holds(value, wanted);
    default:
        return false;
    }
}

/** The key under which \p listing holds \p wanted; OVF_LISTING_KEY_N for none. */
static enum ovf_listing_key find_in(struct ovf_listing listing, struct ovf_bytes wanted)
{
    struct ovf_bytes rest = listing.text;
    struct ovf_bytes value;
    enum ovf_listing_key key;
    while (ovf_listing_next(&rest, &key, &value)) {
        if (is_found(key, value, wanted))
            return key;
    }
    return OVF_LISTING_KEY_N;
}

enum ovf_status ovf_listings_search(const struct ovf_listings *listings, struct ovf_bytes text,
                                    ovf_listings_found_fn *take, void *context)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < listings->n_entries && text.len > 0 && st == OVF_OK; i++) {
        const struct ovf_listing_entry *const e = &listings->entries[i];
        for (size_t v = e->first_version + e->n_versions; v-- > e->first_version;) {
            const struct ovf_listing listing = {listings->versions[v].text};
            const enum ovf_listing_key key = find_in(listing, text);
            if (key == OVF_LISTING_KEY_N)
                continue;
            st = take(context, &e->listed, listing, key);
            break;
        }
    }
    return st;
}
