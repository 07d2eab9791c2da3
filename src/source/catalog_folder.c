/* SPDX-License-Identifier: Apache-2.0 */
/* Listing a directory: depth first, names in byte order, with a stack of our own. Hidden names and
 * symbolic links to directories are passed over, so that no loop can arise. */
#include "source/catalog_parts.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/array.h"
#include "source/sniff.h"

/* Paths: those still to visit (the next is the last), or the entries of one directory. */
struct stack {
    char **paths;
    size_t n;
    size_t capacity;
};

static void stack_deinit(struct stack *stack)
{
    for (size_t i = 0; i < stack->n; i++)
        free(stack->paths[i]);
    free(stack->paths);
}

/* path is taken, also on failure. NULL is a failed allocation. */
static enum ovf_status push_take(struct stack *stack, char *path)
{
    if (path == NULL)
        return OVF_E_NOMEM;
    char **grown = ovf_array_reserve(stack->paths, &stack->capacity, stack->n + 1, sizeof *grown);
    if (grown == NULL) {
        free(path);
        return OVF_E_NOMEM;
    }
    stack->paths = grown;
    stack->paths[stack->n++] = path;
    return OVF_OK;
}

static char *join(const char *folder, const char *name)
{
    const size_t n_folder = strlen(folder);
    const bool has_slash = n_folder > 0 && folder[n_folder - 1] == '/';
    const size_t size = n_folder + strlen(name) + 2;
    char *path = malloc(size);
    if (path != NULL)
        (void)snprintf(path, size, "%s%s%s", folder, has_slash ? "" : "/", name);
    return path;
}

static int compare_reversed(const void *a, const void *b)
{
    const char *const *x = a;
    const char *const *y = b;
    return strcmp(*y, *x);
}

/* Push the entries of folder so that the first by name is visited next. */
static enum ovf_status push_entries(struct stack *stack, struct ovf_catalog_input *input,
                                    const char *folder)
{
    const size_t n_before = stack->n;
    enum ovf_status st = OVF_OK;
    DIR *dir = opendir(folder);
    if (dir == NULL) {
        ovf_catalog_reject(input, folder, OVF_REJECT_UNREADABLE, strerror(errno));
        return OVF_OK;
    }
    while (st == OVF_OK) {
        errno = 0;
        /* cppcheck-suppress readdirCalled ; safe: the stream is this call's own */
        const struct dirent *entry = readdir(dir);
        if (entry == NULL) {
            if (errno != 0)
                ovf_catalog_reject(input, folder, OVF_REJECT_UNREADABLE, strerror(errno));
            break;
        }
        if (entry->d_name[0] != '.')
            st = push_take(stack, join(folder, entry->d_name));
    }
    (void)closedir(dir);
    if (stack->n > n_before + 1)
        qsort(stack->paths + n_before, stack->n - n_before, sizeof *stack->paths, compare_reversed);
    return st;
}

static enum ovf_status visit_file(struct ovf_catalog *catalog, size_t i, const char *path,
                                  const struct stat *seen)
{
    struct ovf_catalog_input *input = &catalog->inputs[i];
    enum ovf_content content = OVF_CONTENT_TABLE;
    if (S_ISDIR(seen->st_mode) || !ovf_name_is_wanted(path, &content)) {
        input->input.n_not_used++;
        return OVF_OK;
    }
    if (!S_ISREG(seen->st_mode)) {
        ovf_catalog_reject(input, path, OVF_REJECT_NOT_A_FILE, "a pipe, device or the like");
        return OVF_OK;
    }
    struct ovf_item item = {
        .input = (uint32_t)i,
        .kind = ovf_catalog_kind(content),
        .name = path,
        .stored_bytes = (uint64_t)seen->st_size,
    };
    item.has_address_hint = ovf_name_address(path, &item.address_hint);
    input->input.n_bytes += item.stored_bytes;
    return ovf_catalog_add(catalog, item);
}

static enum ovf_status visit(struct ovf_catalog *catalog, size_t i, struct stack *stack,
                             const char *path)
{
    struct ovf_catalog_input *input = &catalog->inputs[i];
    struct stat seen;
    enum ovf_content content = OVF_CONTENT_TABLE;
    if (lstat(path, &seen) == 0 && S_ISDIR(seen.st_mode))
        return push_entries(stack, input, path);
    if (stat(path, &seen) == 0) /* through links to files */
        return visit_file(catalog, i, path, &seen);
    if (ovf_name_is_wanted(path, &content))
        ovf_catalog_reject(input, path, OVF_REJECT_UNREADABLE, strerror(errno));
    else
        input->input.n_not_used++;
    return OVF_OK;
}

enum ovf_status ovf_catalog_add_folder(struct ovf_catalog *catalog, size_t i, const char *path,
                                       struct ovf_error *err)
{
    struct stack stack = {0};
    DIR *dir = opendir(path); /* a directory that is named must be readable */
    if (dir == NULL)
        return ovf_error_set(err, OVF_E_IO, "%s: %s", path, strerror(errno));
    (void)closedir(dir);
    catalog->inputs[i].storage = OVF_STORED_FILES;
    catalog->inputs[i].input.is_folder = true;
    enum ovf_status st = push_entries(&stack, &catalog->inputs[i], path);
    while (st == OVF_OK && stack.n > 0) {
        char *next = stack.paths[--stack.n];
        st = visit(catalog, i, &stack, next);
        free(next);
    }
    stack_deinit(&stack);
    return st;
}
