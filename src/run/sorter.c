/* SPDX-License-Identifier: Apache-2.0 */
/* External merge sort of lines. A line is held, and written, as its key, its length and its bytes. */
#include "run/sorter.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/array.h"
#include "base/buffer.h"
#include "source/temp_file.h"

/* Of the file: read at once, of each run that is merged, and written at once. */
enum { WINDOW_BYTES = 1 << 14, WRITTEN_BYTES = 1 << 16 };

/* A run is a sixteenth of all before it, so that there are not many, but at least a sixteenth of what may be held:
 * memory that was not touched yet costs more than a file's, and short runs are sorted in the processor's cache. */
enum { RUN_PART = 16 };

struct entry {
    struct ovf_sort_key key;
    uint64_t len;
};

/** A sorted run in the temporary file. */
struct run {
    uint64_t begin;
    uint64_t end;
};

struct ovf_sorter {
    pthread_mutex_t lock;
    size_t memory_bytes;
    struct ovf_buffer held; /* entries, each followed by its bytes padded to 8 */
    size_t *offsets;        /* where in held each entry begins */
    size_t n_held;
    size_t offsets_capacity;
    struct run *runs;
    size_t n_runs;
    size_t runs_capacity;
    int fd;
    uint64_t file_len;
};

enum ovf_status ovf_sorter_new(size_t memory_bytes, struct ovf_sorter **out)
{
    struct ovf_sorter *sorter = calloc(1, sizeof *sorter);
    if (sorter == NULL)
        return OVF_E_NOMEM;
    if (pthread_mutex_init(&sorter->lock, NULL) != 0) {
        free(sorter);
        return OVF_E_NOMEM;
    }
    sorter->memory_bytes = memory_bytes;
    sorter->fd = -1;
    *out = sorter;
    return OVF_OK;
}

void ovf_sorter_free(struct ovf_sorter *sorter)
{
    if (sorter == NULL)
        return;
    (void)pthread_mutex_destroy(&sorter->lock);
    ovf_buffer_deinit(&sorter->held);
    free(sorter->offsets);
    free(sorter->runs);
    if (sorter->fd >= 0)
        (void)close(sorter->fd);
    free(sorter);
}

static size_t padded(uint64_t len)
{
    return (size_t)((len + 7) / 8 * 8);
}

static int compare_lines(const struct entry *a, const unsigned char *a_line, const struct entry *b,
                         const unsigned char *b_line)
{
    if (a->key.start_ns != b->key.start_ns)
        return a->key.start_ns < b->key.start_ns ? -1 : 1;
    if (a->key.address != b->key.address)
        return a->key.address < b->key.address ? -1 : 1;
    if (a->key.entry_ns != b->key.entry_ns)
        return a->key.entry_ns < b->key.entry_ns ? -1 : 1;
    const int by_bytes = memcmp(a_line, b_line, (size_t)(a->len < b->len ? a->len : b->len));
    return by_bytes != 0 ? by_bytes : (a->len > b->len) - (a->len < b->len);
}

/** An entry of the held lines, and its bytes. */
static const unsigned char *held_line(const unsigned char *held, size_t offset, struct entry *entry)
{
    memcpy(entry, held + offset, sizeof *entry);
    return held + offset + sizeof *entry;
}

/* qsort has no context argument: sort pointers to the entries themselves. */
static int compare_held(const void *x, const void *y)
{
    const unsigned char *const *a = x;
    const unsigned char *const *b = y;
    struct entry left;
    struct entry right;
    const unsigned char *left_line = held_line(*a, 0, &left);
    const unsigned char *right_line = held_line(*b, 0, &right);
    return compare_lines(&left, left_line, &right, right_line);
}

static enum ovf_status sort_held(const struct ovf_sorter *sorter, const unsigned char ***out)
{
    const unsigned char **lines = malloc((sorter->n_held + 1) * sizeof *lines);
    if (lines == NULL)
        return OVF_E_NOMEM;
    for (size_t i = 0; i < sorter->n_held; i++)
        lines[i] = sorter->held.data + sorter->offsets[i];
    qsort(lines, sorter->n_held, sizeof *lines, compare_held);
    *out = lines;
    return OVF_OK;
}

/** Appends \p window to the file and empties it. */
static enum ovf_status write_window(struct ovf_sorter *sorter, struct ovf_buffer *window,
                                    struct ovf_error *err)
{
    const enum ovf_status st =
        ovf_temp_file_write(sorter->fd, window->data, window->len, sorter->file_len, err);
    if (st == OVF_OK)
        sorter->file_len += window->len;
    window->len = 0;
    return st;
}

static enum ovf_status write_sorted(struct ovf_sorter *sorter, const unsigned char *const *lines,
                                    struct ovf_error *err)
{
    struct ovf_buffer window = {0};
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < sorter->n_held && st == OVF_OK; i++) {
        struct entry entry;
        (void)held_line(lines[i], 0, &entry);
        st = ovf_buffer_append(&window, lines[i], sizeof entry + padded(entry.len));
        if (st == OVF_OK && window.len >= WRITTEN_BYTES)
            st = write_window(sorter, &window, err);
    }
    if (st == OVF_OK)
        st = write_window(sorter, &window, err);
    ovf_buffer_deinit(&window);
    return st;
}

static enum ovf_status write_run(struct ovf_sorter *sorter, struct ovf_error *err)
{
    const unsigned char **lines = NULL;
    enum ovf_status st = OVF_OK;
    if (sorter->n_held == 0)
        return OVF_OK;
    struct run *grown =
        ovf_array_reserve(sorter->runs, &sorter->runs_capacity, sorter->n_runs + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    sorter->runs = grown;
    const uint64_t begin = sorter->file_len;
    if (sorter->fd < 0)
        st = ovf_temp_file_open(&sorter->fd, err);
    if (st == OVF_OK)
        st = sort_held(sorter, &lines);
    if (st == OVF_OK)
        st = write_sorted(sorter, lines, err);
    if (st == OVF_OK) {
        sorter->runs[sorter->n_runs++] = (struct run){begin, sorter->file_len};
        sorter->held.len = 0;
        sorter->n_held = 0;
    }
    free(lines);
    return st;
}

/** How much is held until a run is written. */
static size_t run_bytes(const struct ovf_sorter *sorter)
{
    const size_t least = sorter->memory_bytes / RUN_PART;
    const uint64_t part = sorter->file_len / RUN_PART;
    if (part < least)
        return least;
    return part < sorter->memory_bytes ? (size_t)part : sorter->memory_bytes;
}

static enum ovf_status hold(struct ovf_sorter *sorter, const struct entry *entry,
                            struct ovf_bytes line)
{
    static const unsigned char zeros[8] = {0};
    size_t *grown = ovf_array_reserve(sorter->offsets, &sorter->offsets_capacity,
                                      sorter->n_held + 1, sizeof *grown);
    if (grown == NULL)
        return OVF_E_NOMEM;
    sorter->offsets = grown;
    const size_t begin = sorter->held.len;
    enum ovf_status st = ovf_buffer_append(&sorter->held, entry, sizeof *entry);
    if (st == OVF_OK)
        st = ovf_buffer_append(&sorter->held, line.data, line.len);
    if (st == OVF_OK)
        st = ovf_buffer_append(&sorter->held, zeros, padded(line.len) - line.len);
    if (st == OVF_OK)
        sorter->offsets[sorter->n_held++] = begin;
    else
        sorter->held.len = begin;
    return st;
}

enum ovf_status ovf_sorter_add(struct ovf_sorter *sorter, struct ovf_sort_key key,
                               struct ovf_bytes line, struct ovf_error *err)
{
    struct entry entry;
    memset(&entry, 0, sizeof entry); /* padding goes to the file too */
    entry.key = key;
    entry.len = line.len;
    (void)pthread_mutex_lock(&sorter->lock);
    enum ovf_status st = OVF_OK;
    if (sorter->held.len + line.len > run_bytes(sorter))
        st = write_run(sorter, err);
    if (st == OVF_OK)
        st = hold(sorter, &entry, line);
    (void)pthread_mutex_unlock(&sorter->lock);
    return st;
}

/** The next line of one run, from the file through a window. */
struct cursor {
    struct run rest;
    struct ovf_buffer window;
    size_t at; /* in the window */
    struct entry entry;
    const unsigned char *line;
};

/** At least \p wanted bytes in the window from its start on. */
static enum ovf_status fill_window(const struct ovf_sorter *sorter, struct cursor *c, size_t wanted,
                                   struct ovf_error *err)
{
    const size_t kept = c->window.len - c->at;
    if (kept >= wanted)
        return OVF_OK;
    if (kept > 0)
        memmove(c->window.data, c->window.data + c->at, kept);
    c->window.len = kept;
    c->at = 0;
    size_t more = wanted - kept > WINDOW_BYTES ? wanted - kept : WINDOW_BYTES;
    if (more > c->rest.end - c->rest.begin)
        more = (size_t)(c->rest.end - c->rest.begin);
    enum ovf_status st = ovf_buffer_reserve(&c->window, more);
    if (st == OVF_OK)
        st = ovf_temp_file_read(sorter->fd, c->window.data + kept, more, c->rest.begin, err);
    if (st == OVF_OK) {
        c->window.len += more;
        c->rest.begin += more;
    }
    return st;
}

/** Moves to the next line; line is NULL after the last. */
static enum ovf_status advance(const struct ovf_sorter *sorter, struct cursor *c,
                               struct ovf_error *err)
{
    if (c->line != NULL)
        c->at += sizeof c->entry + padded(c->entry.len);
    c->line = NULL;
    if (c->at == c->window.len && c->rest.begin == c->rest.end)
        return OVF_OK;
    enum ovf_status st = fill_window(sorter, c, sizeof c->entry, err);
    if (st != OVF_OK)
        return st;
    (void)held_line(c->window.data, c->at, &c->entry);
    st = fill_window(sorter, c, sizeof c->entry + padded(c->entry.len), err);
    if (st == OVF_OK)
        c->line = held_line(c->window.data, c->at, &c->entry);
    return st;
}

/** Whether \p a comes first; after its last line a run comes behind all. */
static bool is_before(const struct cursor *a, const struct cursor *b)
{
    if (a->line == NULL || b->line == NULL)
        return a->line != NULL;
    return compare_lines(&a->entry, a->line, &b->entry, b->line) < 0;
}

/** Lets heap[i] sink until no run below it comes before it. */
static void sink(struct cursor **heap, size_t n, size_t i)
{
    struct cursor *const c = heap[i];
    for (size_t child = 2 * i + 1; child < n; child = 2 * i + 1) {
        if (child + 1 < n && is_before(heap[child + 1], heap[child]))
            child++;
        if (!is_before(heap[child], c))
            break;
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = c;
}

/** The run whose line comes first stands at the heap's top. */
static enum ovf_status merge(const struct ovf_sorter *sorter, struct cursor **heap,
                             ovf_sorted_line_fn *line, void *context, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = sorter->n_runs; i-- > 0;)
        sink(heap, sorter->n_runs, i);
    while (st == OVF_OK && heap[0]->line != NULL) {
        st = line(context, (struct ovf_bytes){heap[0]->line, (size_t)heap[0]->entry.len});
        if (st == OVF_OK)
            st = advance(sorter, heap[0], err);
        if (st == OVF_OK)
            sink(heap, sorter->n_runs, 0);
    }
    return st;
}

static enum ovf_status merge_runs(const struct ovf_sorter *sorter, ovf_sorted_line_fn *line,
                                  void *context, struct ovf_error *err)
{
    struct cursor *cursors = calloc(sorter->n_runs, sizeof *cursors);
    struct cursor **heap = malloc(sorter->n_runs * sizeof(void *));
    enum ovf_status st = cursors == NULL || heap == NULL ? OVF_E_NOMEM : OVF_OK;
    for (size_t i = 0; i < sorter->n_runs && st == OVF_OK; i++) {
        cursors[i].rest = sorter->runs[i];
        heap[i] = &cursors[i];
        st = advance(sorter, heap[i], err);
    }
    if (st == OVF_OK)
        st = merge(sorter, heap, line, context, err);
    for (size_t i = 0; cursors != NULL && i < sorter->n_runs; i++)
        ovf_buffer_deinit(&cursors[i].window);
    free(cursors);
    free(heap);
    return st;
}

static enum ovf_status print_held(const struct ovf_sorter *sorter, ovf_sorted_line_fn *line,
                                  void *context)
{
    const unsigned char **lines;
    enum ovf_status st = sort_held(sorter, &lines);
    if (st != OVF_OK)
        return st;
    for (size_t i = 0; i < sorter->n_held && st == OVF_OK; i++) {
        struct entry entry;
        const unsigned char *bytes = held_line(lines[i], 0, &entry);
        st = line(context, (struct ovf_bytes){bytes, (size_t)entry.len});
    }
    free(lines);
    return st;
}

bool ovf_sorter_is_empty(const struct ovf_sorter *sorter)
{
    return sorter->n_held == 0; /* a run goes to the file for a line that is held then */
}

enum ovf_status ovf_sorter_finish(struct ovf_sorter *sorter, ovf_sorted_line_fn *line,
                                  void *context, struct ovf_error *err)
{
    if (sorter->n_runs == 0)
        return print_held(sorter, line, context);
    const enum ovf_status st = write_run(sorter, err);
    return st == OVF_OK ? merge_runs(sorter, line, context, err) : st;
}
