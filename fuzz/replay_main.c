/* SPDX-License-Identifier: Apache-2.0 */
/* Gives every file of the named folders and files to a fuzz target, so that the corpus is a test
 * with any compiler. Each input is first cut at a few lengths, for what ends early is the commonest
 * damage; the bytes stand in a buffer of exactly their size, so that a sanitizer sees a read past
 * the end. A folder that is not there is an empty corpus: the target still gets no bytes once. */

#include "fuzz.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static size_t n_inputs;

static void run_bytes(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size > 0 ? size : 1);

    if (copy == NULL)
        exit(EXIT_FAILURE);
    if (size > 0)
        memcpy(copy, data, size);
    (void)LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static void run_cuts(const uint8_t *data, size_t size)
{
    for (size_t eighth = 1; eighth < 8; eighth++)
        run_bytes(data, size / 8 * eighth);
    if (size > 0)
        run_bytes(data, size - 1);
    run_bytes(data, size);
    n_inputs++;
}

static void run_file(const char *path)
{
    uint8_t *data = NULL;
    struct stat st;
    FILE *f = fopen(path, "rb");

    if (f == NULL || fstat(fileno(f), &st) != 0) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    size_t size = (size_t)st.st_size;
    data = malloc(size > 0 ? size : 1);
    if (data == NULL || fread(data, 1, size, f) != size) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    fclose(f);
    run_cuts(data, size);
    free(data);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void run_folder(const char *folder)
{
    struct dirent **entries = NULL;
    int n = scandir(folder, &entries, is_visible, alphasort);

    if (n < 0) {
        perror(folder);
        exit(EXIT_FAILURE);
    }
    for (int i = 0; i < n; i++) {
        char path[4096];
        int len = snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);

        if (len < 0 || (size_t)len >= sizeof path)
            exit(EXIT_FAILURE);
        run_file(path);
        free(entries[i]);
    }
    free(entries);
}

int main(int argc, char **argv)
{
    run_bytes(NULL, 0);
    for (int i = 1; i < argc; i++) {
        struct stat st;

        if (stat(argv[i], &st) != 0 && errno == ENOENT)
            continue;
        if (S_ISDIR(st.st_mode))
            run_folder(argv[i]);
        else
            run_file(argv[i]);
    }
    printf("%zu inputs\n", n_inputs);
    return EXIT_SUCCESS;
}
