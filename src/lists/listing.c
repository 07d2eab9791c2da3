/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the text of a listing. */
#include "lists/listing.h"

#include <stdlib.h>

static const char *const key_names[OVF_LISTING_KEY_N] = {
    [OVF_LISTING_ID] = "id",
    [OVF_LISTING_KIND] = "kind",
    [OVF_LISTING_NAME] = "name",
    [OVF_LISTING_REGISTRATION] = "registration",
    [OVF_LISTING_PREVIOUS_REGISTRATION] = "previous_registration",
    [OVF_LISTING_ICAO24] = "icao24",
    [OVF_LISTING_MSN] = "msn",
    [OVF_LISTING_CONSTRUCTION_NUMBER] = "construction_number",
    [OVF_LISTING_MODEL] = "model",
    [OVF_LISTING_OPERATOR] = "operator",
    [OVF_LISTING_LINKED_TO] = "linked_to",
    [OVF_LISTING_NATIONALITY] = "nationality",
    [OVF_LISTING_PROGRAMME] = "programme",
    [OVF_LISTING_FROM] = "from",
    [OVF_LISTING_TO] = "to",
    [OVF_LISTING_SOURCE] = "source",
    [OVF_LISTING_CUT] = "cut",
    [OVF_LISTING_REMARKS] = "remarks",
};

const char *ovf_listing_key_name(enum ovf_listing_key key)
{
    return key_names[key];
}

bool ovf_listing_next(struct ovf_bytes *rest, enum ovf_listing_key *key, struct ovf_bytes *value)
{
    if (rest->len == 0)
        return false;
    const unsigned char *const end = memchr(rest->data, '\n', rest->len);
    const size_t len = end != NULL ? (size_t)(end - rest->data) : 0;
    const unsigned char *const blank = len > 0 ? memchr(rest->data, ' ', len) : NULL;
    if (blank == NULL)
        return false;
    const struct ovf_bytes name = {rest->data, (size_t)(blank - rest->data)};
    for (int i = 0; i < OVF_LISTING_KEY_N; i++) {
        if (!ovf_bytes_equal_text(name, key_names[i]))
            continue;
        *key = (enum ovf_listing_key)i;
        *value = (struct ovf_bytes){blank + 1, len - name.len - 1};
        *rest = (struct ovf_bytes){end + 1, rest->len - len - 1};
        return true;
    }
    return false;
}

struct ovf_bytes ovf_listing_value(struct ovf_listing listing, enum ovf_listing_key key, size_t nth)
{
    struct ovf_bytes rest = listing.text;
    struct ovf_bytes value;
    enum ovf_listing_key found;
    while (ovf_listing_next(&rest, &found, &value)) {
        if (found == key && nth-- == 0)
            return value;
    }
    return (struct ovf_bytes){NULL, 0};
}

bool ovf_listing_is_aircraft(struct ovf_listing listing)
{
    return ovf_bytes_equal_text(ovf_listing_value(listing, OVF_LISTING_KIND, 0), "aircraft");
}

void ovf_listing_set_deinit(struct ovf_listing_set *set)
{
    ovf_buffer_deinit(&set->text);
    free(set->items);
    *set = (struct ovf_listing_set){0};
}

struct ovf_listing ovf_listing_set_at(const struct ovf_listing_set *set, size_t i)
{
    return (struct ovf_listing){{set->text.data + set->items[i].at, set->items[i].len}};
}
