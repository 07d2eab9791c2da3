/* SPDX-License-Identifier: Apache-2.0 */
/* Releases of globe_history. A name that comes from outside becomes a file's: only names made of a tag and
 * ".tar" or ".tar.xx" are taken, so none leads out of a folder. */
#include "lists/release.h"

#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "base/time.h"

void ovf_release_day(int64_t day_ns, char text[OVF_RELEASE_DAY_SIZE])
{
    char iso[OVF_TIME_SIZE];
    ovf_time_format(day_ns, 0, iso);
    memcpy(text, iso, OVF_RELEASE_DAY_SIZE - 1);
    text[4] = '.';
    text[7] = '.';
    text[OVF_RELEASE_DAY_SIZE - 1] = '\0';
}

void ovf_release_of_server(int64_t day_ns, const char *server, struct ovf_release *out)
{
    char day[OVF_RELEASE_DAY_SIZE];
    ovf_release_day(day_ns, day);
    *out = (struct ovf_release){.n_parts = 1};
    (void)snprintf(out->tag, sizeof out->tag, "v%s-planes-readsb-%.20s", day, server);
    (void)snprintf(out->parts[0].name, sizeof out->parts[0].name, "v%s-planes-readsb-%.20s.tar",
                   day, server);
}

bool ovf_release_is_mlat_only(const struct ovf_release *release)
{
    return strstr(release->tag, "mlatonly") != NULL;
}

static bool is_lower(unsigned char c)
{
    return c >= 'a' && c <= 'z';
}

/** What stands before ".tar" or ".tar.xx"; 0 for any other name. */
static size_t tag_length(struct ovf_bytes name)
{
    static const char suffix[] = ".tar";
    const size_t n = sizeof suffix - 1;
    size_t len = name.len;
    if (len > 3 && name.data[len - 3] == '.' && is_lower(name.data[len - 2]) &&
        is_lower(name.data[len - 1]))
        len -= 3;
    if (name.len >= OVF_RELEASE_NAME_SIZE || len <= n ||
        memcmp(name.data + len - n, suffix, n) != 0)
        return 0;
    len -= n;
    for (size_t i = 0; i < len; i++) {
        const unsigned char c = name.data[i];
        if (!is_lower(c) && !(c >= '0' && c <= '9') && c != '-' && (c != '.' || i == 0))
            return 0;
    }
    return len;
}

/** The text up to \p separator, taken off \p rest. */
static struct ovf_bytes take_until(struct ovf_bytes *rest, unsigned char separator)
{
    const unsigned char *const at = rest->len > 0 ? memchr(rest->data, separator, rest->len) : NULL;
    const size_t len = at != NULL ? (size_t)(at - rest->data) : rest->len;
    const struct ovf_bytes taken = {rest->data, len};
    const size_t passed = len < rest->len ? len + 1 : len;
    *rest = (struct ovf_bytes){rest->data + passed, rest->len - passed};
    return taken;
}

/** What stands behind the last slash, without a carriage return or blanks at the end. */
static struct ovf_bytes last_word(struct ovf_bytes url)
{
    while (url.len > 0 && url.data[url.len - 1] <= ' ')
        url.len--;
    size_t from = url.len;
    while (from > 0 && url.data[from - 1] != '/')
        from--;
    return (struct ovf_bytes){url.data + from, url.len - from};
}

/** False: it is a file of \p release and there is no room for it. A file that is no part is passed over. */
static bool add_part(struct ovf_release *release, struct ovf_bytes name,
                     const struct ovf_release_part *known)
{
    const size_t len = tag_length(name);
    if (len == 0 || len != strlen(release->tag) || memcmp(name.data, release->tag, len) != 0)
        return true;
    if (release->n_parts == OVF_RELEASE_MAX_PARTS)
        return false;
    struct ovf_release_part *const part = &release->parts[release->n_parts++];
    *part = *known;
    memcpy(part->name, name.data, name.len);
    part->name[name.len] = '\0';
    return true;
}

static int by_name(const void *a, const void *b)
{
    const struct ovf_release_part *const left = a;
    const struct ovf_release_part *const right = b;
    return strcmp(left->name, right->name);
}

/** One tar, or .aa, .ab and so on without a gap. */
static enum ovf_status check_parts(struct ovf_release *release, struct ovf_error *err)
{
    const size_t len = strlen(release->tag) + sizeof ".tar" - 1;
    qsort(release->parts, release->n_parts, sizeof *release->parts, by_name);
    if (release->n_parts == 0)
        return ovf_error_set(err, OVF_E_FORMAT, "%s: no files of it are listed", release->tag);
    if (release->n_parts == 1 && release->parts[0].name[len] == '\0')
        return OVF_OK;
    for (size_t i = 0; i < release->n_parts; i++) {
        const char due[] = {'.', 'a', (char)('a' + i), '\0'};
        if (strcmp(release->parts[i].name + len, due) != 0)
            return ovf_error_set(err, OVF_E_FORMAT, "%s: %s is listed where %.*s%s is due",
                                 release->tag, release->parts[i].name, (int)len,
                                 release->parts[i].name, due);
    }
    return OVF_OK;
}

static enum ovf_status read_line(struct ovf_bytes line, struct ovf_release *out,
                                 struct ovf_error *err)
{
    struct ovf_release release = {.n_parts = 0};
    while (line.len > 0) {
        const struct ovf_bytes name = last_word(take_until(&line, ','));
        if (release.tag[0] == '\0') {
            const size_t len = tag_length(name);
            memcpy(release.tag, name.data, len);
        }
        if (release.tag[0] != '\0' && !add_part(&release, name, &(struct ovf_release_part){0}))
            return ovf_error_set(err, OVF_E_FORMAT, "%s: more than %d files", release.tag,
                                 OVF_RELEASE_MAX_PARTS);
    }
    const enum ovf_status st = check_parts(&release, err);
    if (st == OVF_OK)
        *out = release;
    return st;
}

enum ovf_status ovf_release_prefer(struct ovf_bytes list, int64_t day_ns, struct ovf_release *out,
                                   struct ovf_error *err)
{
    char day[OVF_RELEASE_DAY_SIZE];
    char start[OVF_RELEASE_DAY_SIZE + 2];
    ovf_release_day(day_ns, day);
    (void)snprintf(start, sizeof start, "v%s-", day);
    const size_t len = strlen(start);
    while (list.len > 0) {
        const struct ovf_bytes line = take_until(&list, '\n');
        struct ovf_bytes rest = line;
        const struct ovf_bytes name = last_word(take_until(&rest, ','));
        if (name.len > len && memcmp(name.data, start, len) == 0)
            return read_line(line, out, err);
    }
    return ovf_error_set(err, OVF_E_NOTFOUND, "no release of %s is listed", day);
}

/** "sha256:" and 64 digits; anything else is none. */
static bool read_digest(const char *text, struct ovf_digest *digest)
{
    static const char prefix[] = "sha256:";
    static const char digits[] = "0123456789abcdef";
    const size_t n = sizeof prefix - 1;
    if (text == NULL || strncmp(text, prefix, n) != 0 ||
        strlen(text) != n + 2 * (size_t)OVF_SHA256_BYTES)
        return false;
    for (size_t i = 0; i < 2 * (size_t)OVF_SHA256_BYTES; i++) {
        const char *const digit = strchr(digits, text[n + i]);
        if (digit == NULL)
            return false;
        const unsigned value = (unsigned)(digit - digits);
        unsigned char *const byte = &digest->bytes[i / 2];
        *byte = (unsigned char)(i % 2 == 0 ? value << 4 : *byte | value);
    }
    return true;
}

static enum ovf_status add_asset(const json_t *asset, struct ovf_release *release,
                                 struct ovf_error *err)
{
    const char *const name = json_string_value(json_object_get(asset, "name"));
    const json_t *const size = json_object_get(asset, "size");
    struct ovf_release_part part = {.size_bytes = 0};
    if (name == NULL || tag_length(ovf_bytes_from_text(name)) == 0)
        return OVF_OK;
    if (!json_is_integer(size) || json_integer_value(size) <= 0)
        return ovf_error_set(err, OVF_E_FORMAT, "%s: %s has no size", release->tag, name);
    part.size_bytes = (uint64_t)json_integer_value(size);
    part.has_digest =
        read_digest(json_string_value(json_object_get(asset, "digest")), &part.digest);
    if (!add_part(release, ovf_bytes_from_text(name), &part))
        return ovf_error_set(err, OVF_E_FORMAT, "%s: more than %d files", release->tag,
                             OVF_RELEASE_MAX_PARTS);
    return OVF_OK;
}

enum ovf_status ovf_release_list(struct ovf_bytes json, struct ovf_release *release,
                                 struct ovf_error *err)
{
    json_t *const root = json_loadb((const char *)json.data, json.len, 0, NULL);
    const char *const tag = json_string_value(json_object_get(root, "tag_name"));
    const json_t *const assets = json_object_get(root, "assets");
    struct ovf_release found = {.n_parts = 0};
    enum ovf_status st = OVF_OK;
    memcpy(found.tag, release->tag, sizeof found.tag);
    if (tag == NULL || strcmp(tag, release->tag) != 0 || !json_is_array(assets))
        st = ovf_error_set(err, OVF_E_FORMAT, "%s: this is no description of it", release->tag);
    for (size_t i = 0; st == OVF_OK && i < json_array_size(assets); i++)
        st = add_asset(json_array_get(assets, i), &found, err);
    if (st == OVF_OK)
        st = check_parts(&found, err);
    if (st == OVF_OK)
        *release = found;
    json_decref(root);
    return st;
}
