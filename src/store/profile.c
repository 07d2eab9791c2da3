/* SPDX-License-Identifier: Apache-2.0 */
#include "store/profile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/number.h"
#include "base/time.h"

#define LONGEST_MS (1000 * (OVF_NS_PER_DAY / OVF_NS_PER_MS)) /* a thousand days */
#define LONGEST_NS (LONGEST_MS * OVF_NS_PER_MS)

void ovf_profile_deinit(struct ovf_profile *profile)
{
    free(profile->items);
    *profile = (struct ovf_profile){0};
}

static bool is_like(const struct ovf_profile_item *a, const struct ovf_profile_item *b)
{
    return a->is_known == b->is_known && (!a->is_known || a->alt_ft == b->alt_ft);
}

enum ovf_status ovf_profile_add(struct ovf_profile *profile, struct ovf_profile_item item)
{
    struct ovf_profile_item *const items = profile->items;
    const size_t n = profile->n;
    if (n > 0 && !item.is_known && !items[n - 1].is_known)
        return OVF_OK;
    if (n > 1 && is_like(&items[n - 2], &item) && is_like(&items[n - 1], &item)) {
        items[n - 1] = item;
        return OVF_OK;
    }
    struct ovf_profile_item *const grown =
        ovf_array_reserve(items, &profile->capacity, n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    profile->items = grown;
    grown[profile->n++] = item;
    return OVF_OK;
}

static bool is_any_known(const struct ovf_profile *profile)
{
    for (size_t i = 0; i < profile->n; i++) {
        if (profile->items[i].is_known)
            return true;
    }
    return false;
}

static enum ovf_status write_item(const struct ovf_profile_item *item, int64_t start_ns,
                                  bool is_first, struct ovf_buffer *out)
{
    char seconds[OVF_NUMBER_SIZE];
    const int64_t since_ns =
        ovf_time_floor(item->t_ns, OVF_NS_PER_MS) - ovf_time_floor(start_ns, OVF_NS_PER_MS);
    ovf_number_format_scaled(since_ns / OVF_NS_PER_MS, 3, seconds);
    size_t len = strlen(seconds);
    while (seconds[len - 1] == '0')
        len--;
    if (seconds[len - 1] == '.')
        len--;
    const char *const comma = is_first ? "" : ",";
    return item->is_known
               ? ovf_buffer_printf(out, "%s%.*s:%d", comma, (int)len, seconds, (int)item->alt_ft)
               : ovf_buffer_printf(out, "%s%.*s:", comma, (int)len, seconds);
}

enum ovf_status ovf_profile_write(const struct ovf_profile *profile, int64_t start_ns,
                                  struct ovf_buffer *out)
{
    enum ovf_status st = OVF_OK;
    if (!is_any_known(profile))
        return OVF_OK;
    for (size_t i = 0; i < profile->n && st == OVF_OK; i++)
        st = write_item(&profile->items[i], start_ns, i == 0, out);
    return st;
}

/** Whether times as far from \p start_ns as any may be still fit. */
static bool has_room_around(int64_t start_ns)
{
    return start_ns >= INT64_MIN + LONGEST_NS && start_ns <= INT64_MAX - LONGEST_NS;
}

/** "S:FT" or "S:", \p colon behind its S. */
static bool read_item(struct ovf_bytes text, const unsigned char *colon, int64_t start_ns,
                      struct ovf_profile_item *item)
{
    const size_t before = (size_t)(colon - text.data);
    const struct ovf_bytes feet = {colon + 1, text.len - before - 1};
    int64_t ms;
    int64_t alt_ft = 0;
    if (!ovf_number_parse_scaled((struct ovf_bytes){text.data, before}, 3, &ms) ||
        ms < -LONGEST_MS || ms > LONGEST_MS ||
        (feet.len > 0 &&
         (!ovf_number_parse_int(feet, &alt_ft) || alt_ft < -1000000 || alt_ft > 1000000)))
        return false;
    *item = (struct ovf_profile_item){start_ns + ms * OVF_NS_PER_MS, (int32_t)alt_ft, feet.len > 0};
    return true;
}

enum ovf_status ovf_profile_read(struct ovf_bytes text, int64_t start_ns, struct ovf_profile *out)
{
    enum ovf_status st = OVF_OK;
    out->n = 0;
    if (text.len > 0 && !has_room_around(start_ns))
        return OVF_E_FORMAT;
    while (text.len > 0 && st == OVF_OK) {
        const unsigned char *const comma = memchr(text.data, ',', text.len);
        const struct ovf_bytes one = {text.data,
                                      comma != NULL ? (size_t)(comma - text.data) : text.len};
        const unsigned char *const colon = memchr(one.data, ':', one.len);
        struct ovf_profile_item item;
        if (colon == NULL || !read_item(one, colon, start_ns, &item) ||
            (out->n > 0 && item.t_ns < out->items[out->n - 1].t_ns))
            return OVF_E_FORMAT;
        st = ovf_profile_add(out, item);
        const size_t taken = comma != NULL ? one.len + 1 : one.len;
        text = (struct ovf_bytes){text.data + taken, text.len - taken};
        if (comma != NULL && text.len == 0)
            return OVF_E_FORMAT;
    }
    return st;
}

/** How many items are not after \p t_ns. */
static size_t count_until(const struct ovf_profile *profile, int64_t t_ns)
{
    size_t low = 0;
    size_t high = profile->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (profile->items[middle].t_ns <= t_ns)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool ovf_profile_at(const struct ovf_profile *profile, int64_t t_ns, int32_t *alt_ft)
{
    t_ns = ovf_time_floor(t_ns, OVF_NS_PER_MS);
    const size_t n = count_until(profile, t_ns);
    if (n == 0 || !profile->items[n - 1].is_known)
        return false;
    const struct ovf_profile_item *const before = &profile->items[n - 1];
    *alt_ft = before->alt_ft;
    if (before->t_ns == t_ns)
        return true;
    if (n == profile->n || !before[1].is_known)
        return false;
    const double share = (double)(t_ns - before->t_ns) / (double)(before[1].t_ns - before->t_ns);
    *alt_ft += (int32_t)lround(share * (before[1].alt_ft - before->alt_ft));
    return true;
}
