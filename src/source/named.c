/* SPDX-License-Identifier: Apache-2.0 */
/* Expanding what the user names.
 *
 * split(1) cuts x.tar into x.tar.aa, x.tar.ab ... A name of that form is a part when x.tar.aa is named
 * too, or when what is left without the suffix names an archive or table. "x.tar.gz" has the form as
 * well: it is a part only beside x.tar.gy. Whether a last part is missing cannot be known here.
 */
#include "source/named.h"

#include <errno.h>
#include <glob.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/array.h"

#define SUFFIX_LEN 3 /* ".aa" */

/* One path that exists (or "-"), before grouping. */
struct path {
    char *text;
    size_t order;
    int suffix; /* 0 for .aa ... 675 for .zz; -1: none */
    bool is_part;
};

struct paths {
    struct path *items;
    size_t n;
    size_t capacity;
};

static void paths_deinit(struct paths *paths)
{
    for (size_t i = 0; i < paths->n; i++)
        free(paths->items[i].text);
    free(paths->items);
}

static int suffix_of(const char *path)
{
    const size_t len = strlen(path);
    if (len <= SUFFIX_LEN || path[len - 3] != '.' || path[len - 4] == '/')
        return -1;
    const char a = path[len - 2];
    const char b = path[len - 1];
    return a >= 'a' && a <= 'z' && b >= 'a' && b <= 'z' ? (a - 'a') * 26 + (b - 'a') : -1;
}

static size_t stem_len(const struct path *path)
{
    return strlen(path->text) - SUFFIX_LEN;
}

static enum ovf_status add_path(struct paths *paths, const char *text)
{
    struct path *grown =
        ovf_array_reserve(paths->items, &paths->capacity, paths->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    paths->items = grown;
    struct path path = {.text = strdup(text), .order = paths->n, .suffix = suffix_of(text)};
    if (path.text == NULL)
        return OVF_E_NOMEM;
    paths->items[paths->n++] = path;
    return OVF_OK;
}

static enum ovf_status add_glob(struct paths *paths, const char *pattern, struct ovf_error *err)
{
    glob_t found;
    const int code = glob(pattern, 0, NULL, &found);
    if (code == GLOB_NOMATCH)
        return ovf_error_set(err, OVF_E_NOTFOUND, "%s: no file of this pattern", pattern);
    if (code != 0)
        return ovf_error_set(err, code == GLOB_NOSPACE ? OVF_E_NOMEM : OVF_E_IO,
                             "%s: cannot be searched", pattern);
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < found.gl_pathc && st == OVF_OK; i++)
        st = add_path(paths, found.gl_pathv[i]);
    globfree(&found);
    return st;
}

static enum ovf_status add_named(struct paths *paths, const char *text, struct ovf_error *err)
{
    struct stat seen;
    if (strcmp(text, "-") == 0 || stat(text, &seen) == 0)
        return add_path(paths, text);
    if ((errno == ENOENT || errno == ENOTDIR) && strpbrk(text, "*?[") != NULL)
        return add_glob(paths, text, err);
    return ovf_error_set(err, errno == ENOENT || errno == ENOTDIR ? OVF_E_NOTFOUND : OVF_E_IO,
                         "%s: %s", text, strerror(errno));
}

/* By stem, then suffix; what has none stays apart. */
static int compare_paths(const void *a, const void *b)
{
    const struct path *x = a;
    const struct path *y = b;
    if (x->suffix < 0 || y->suffix < 0)
        return (x->suffix >= 0) - (y->suffix >= 0);
    const size_t n_x = stem_len(x);
    const size_t n_y = stem_len(y);
    const int c = memcmp(x->text, y->text, n_x < n_y ? n_x : n_y);
    if (c != 0)
        return c;
    if (n_x != n_y)
        return n_x < n_y ? -1 : 1;
    if (x->suffix != y->suffix)
        return x->suffix < y->suffix ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static int compare_order(const void *a, const void *b)
{
    const struct path *x = a;
    const struct path *y = b;
    return (x->order > y->order) - (x->order < y->order);
}

static bool is_same_stem(const struct path *a, const struct path *b)
{
    return stem_len(a) == stem_len(b) && memcmp(a->text, b->text, stem_len(a)) == 0;
}

static bool stem_tells(const struct path *path)
{
    static const char *const endings[] = {".tar", ".tgz", ".zip", ".csv", ".csv.gz", ".tar.gz"};
    const size_t len = stem_len(path);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        const size_t n = strlen(endings[i]);
        if (len > n && memcmp(path->text + len - n, endings[i], n) == 0)
            return true;
    }
    return false;
}

/* Are items[first..last) parts? All of them have one stem. Marks those that are. */
static void mark_parts(struct path *items, size_t first, size_t last)
{
    static const char *const extensions[] = {".gz", ".xz", ".bz"};
    const bool has_first = items[first].suffix == 0 && last - first > 1;
    const bool is_split = has_first || stem_tells(&items[first]);
    for (size_t i = first; i < last; i++) {
        struct path *path = &items[i];
        path->is_part = is_split;
        for (size_t k = 0; k < sizeof extensions / sizeof extensions[0]; k++)
            if (strcmp(path->text + stem_len(path), extensions[k]) == 0)
                path->is_part = is_split && i > first && items[i - 1].is_part &&
                                items[i - 1].suffix >= path->suffix - 1;
    }
}

static enum ovf_status check_parts(const struct path *items, size_t first, size_t last,
                                   struct ovf_error *err)
{
    int expected = 0;
    for (size_t i = first; i < last; i++) {
        if (!items[i].is_part || items[i].suffix < expected)
            continue; /* no part, or one named twice */
        if (items[i].suffix > expected)
            return ovf_error_set(err, OVF_E_FORMAT, "%.*s.%c%c is missing: %s is named, but not it",
                                 (int)stem_len(&items[i]), items[i].text, 'a' + expected / 26,
                                 'a' + expected % 26, items[i].text);
        expected++;
    }
    return OVF_OK;
}

static enum ovf_status group_parts(struct paths *paths, struct ovf_error *err)
{
    struct path *items = paths->items;
    if (paths->n > 1)
        qsort(items, paths->n, sizeof *items, compare_paths);
    for (size_t first = 0, last; first < paths->n; first = last) {
        last = first + 1;
        if (items[first].suffix < 0)
            continue;
        while (last < paths->n && is_same_stem(&items[first], &items[last]))
            last++;
        mark_parts(items, first, last);
        const enum ovf_status st = check_parts(items, first, last, err);
        if (st != OVF_OK)
            return st;
        /* The whole stands where its first part was named. */
        size_t order = SIZE_MAX;
        for (size_t i = first; i < last; i++)
            if (items[i].is_part && items[i].order < order)
                order = items[i].order;
        for (size_t i = first; i < last; i++)
            if (items[i].is_part)
                items[i].order = order;
    }
    return OVF_OK;
}

static enum ovf_status new_named(struct ovf_named_list *list, const struct path *path)
{
    struct ovf_named *grown =
        ovf_array_reserve(list->items, &list->capacity, list->n + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    list->items = grown;
    struct ovf_named named = {.kind = OVF_NAMED_FILE};
    struct stat seen;
    if (strcmp(path->text, "-") == 0)
        named.kind = OVF_NAMED_STREAM;
    else if (stat(path->text, &seen) == 0 && S_ISDIR(seen.st_mode))
        named.kind = OVF_NAMED_FOLDER;
    else if (stat(path->text, &seen) == 0 && !S_ISREG(seen.st_mode))
        named.kind = OVF_NAMED_STREAM;
    const size_t len = path->is_part ? stem_len(path) : strlen(path->text);
    named.label = strndup(path->text, len);
    if (named.label == NULL)
        return OVF_E_NOMEM;
    list->items[list->n++] = named;
    return OVF_OK;
}

static enum ovf_status add_part(struct ovf_named *named, const char *path)
{
    if (named->n_parts > 0 && strcmp(named->parts[named->n_parts - 1], path) == 0)
        return OVF_OK; /* named twice */
    char **grown =
        ovf_array_reserve(named->parts, &named->capacity, named->n_parts + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    named->parts = grown;
    named->parts[named->n_parts] = strdup(path);
    if (named->parts[named->n_parts] == NULL)
        return OVF_E_NOMEM;
    named->n_parts++;
    return OVF_OK;
}

/* After group_parts: parts of one file have one order and follow each other. */
static enum ovf_status collect(struct ovf_named_list *list, struct paths *paths)
{
    /* Stable: the parts of one whole are in the order of their suffixes, all with one order. */
    for (size_t i = 0; i < paths->n; i++)
        paths->items[i].order = paths->items[i].order * (paths->n + 1);
    for (size_t i = 1; i < paths->n; i++)
        if (paths->items[i].is_part && paths->items[i - 1].is_part &&
            is_same_stem(&paths->items[i - 1], &paths->items[i]))
            paths->items[i].order = paths->items[i - 1].order + 1;
    if (paths->n > 1)
        qsort(paths->items, paths->n, sizeof *paths->items, compare_order);
    for (size_t i = 0; i < paths->n; i++) {
        const struct path *path = &paths->items[i];
        const bool goes_on = i > 0 && path->is_part && paths->items[i - 1].is_part &&
                             is_same_stem(&paths->items[i - 1], path);
        enum ovf_status st = OVF_OK;
        if (!goes_on)
            st = new_named(list, path);
        if (st == OVF_OK)
            st = add_part(&list->items[list->n - 1], path->text);
        if (st != OVF_OK)
            return st;
    }
    return OVF_OK;
}

void ovf_named_list_deinit(struct ovf_named_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        for (size_t k = 0; k < list->items[i].n_parts; k++)
            free(list->items[i].parts[k]);
        free(list->items[i].parts);
        free(list->items[i].label);
    }
    free(list->items);
    *list = (struct ovf_named_list){0};
}

enum ovf_status ovf_named_list_fill(struct ovf_named_list *list, const char *const *paths,
                                    size_t n_paths, struct ovf_error *err)
{
    struct paths found = {0};
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < n_paths && st == OVF_OK; i++)
        st = add_named(&found, paths[i], err);
    if (st == OVF_OK)
        st = group_parts(&found, err);
    if (st == OVF_OK)
        st = collect(list, &found);
    paths_deinit(&found);
    return st;
}
