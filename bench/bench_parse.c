/* SPDX-License-Identifier: Apache-2.0 */
/* Inflating and parsing traces, per byte of JSON, against ISA-L alone and ISA-L with simdjson:
 *
 *   bench_parse [-n ROUNDS] FILE.json[.gz] ...      (or -, then the names come from standard input)
 *
 * All files are in memory, gzipped as they are. Each round runs every contestant once over all of
 * them, in turn; medians of the rounds' CPU times are printed. Built with OVF_PEER_SIMDJSON and
 * bench/peer_simdjson.cpp the peer takes part; else it is left out, by name. */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <isa-l/igzip_lib.h>

#include "base/buffer.h"
#include "read/trace.h"
#include "source/inflate.h"

#ifdef OVF_PEER_SIMDJSON
size_t peer_simdjson_padding(void);
const char *peer_simdjson_version(void);
size_t peer_simdjson_read(const char *text, size_t len, size_t capacity);
#endif

enum { MAX_ROUNDS = 99, PADDING = 64 };

struct file {
    unsigned char *data;
    size_t len;
    size_t n_json;
};

struct bench {
    struct file *files;
    size_t n;
    size_t n_json_bytes;
    struct ovf_inflate *inflate;
    struct ovf_buffer out;
    unsigned char *room; /* for the largest content and padding */
    size_t room_bytes;
    struct ovf_trace trace;
    size_t n_fixes; /* of the last run */
};

static void die(const char *what)
{
    (void)fprintf(stderr, "bench_parse: %s\n", what);
    exit(1);
}

static size_t isal_all(const struct file *file, unsigned char *out, size_t room)
{
    struct inflate_state state;
    isal_inflate_init(&state);
    state.crc_flag = ISAL_GZIP;
    state.next_in = file->data;
    state.avail_in = (uint32_t)file->len;
    state.next_out = out;
    state.avail_out = (uint32_t)room;
    if (isal_inflate(&state) != ISAL_DECOMP_OK || state.block_state != ISAL_BLOCK_FINISH)
        die("ISA-L refuses a file");
    return state.total_out;
}

static void run_isal(struct bench *b)
{
    for (size_t i = 0; i < b->n; i++)
        (void)isal_all(&b->files[i], b->room, b->room_bytes);
}

static struct ovf_bytes inflate_one(struct bench *b, const struct file *file)
{
    enum ovf_reject reject;
    struct ovf_error err = {0};
    const struct ovf_bytes stored = {file->data, file->len};
    if (ovf_inflate_all(b->inflate, stored, OVF_INFLATE_UNLIMITED, &b->out, &reject, &err) !=
            OVF_OK ||
        reject != OVF_REJECT_N)
        die(err.text);
    return ovf_buffer_bytes(&b->out);
}

static void run_inflate(struct bench *b)
{
    for (size_t i = 0; i < b->n; i++)
        (void)inflate_one(b, &b->files[i]);
}

typedef enum ovf_status read_fn(struct ovf_bytes json, uint32_t item, struct ovf_trace *trace,
                                enum ovf_reject *reject, struct ovf_error *err);

static void run_read(struct bench *b, read_fn *read)
{
    b->n_fixes = 0;
    for (size_t i = 0; i < b->n; i++) {
        enum ovf_reject reject;
        struct ovf_error err = {0};
        if (read(inflate_one(b, &b->files[i]), (uint32_t)i, &b->trace, &reject, &err) != OVF_OK ||
            reject != OVF_REJECT_N)
            die(err.text);
        b->n_fixes += b->trace.fixes.n;
    }
}

static void run_parse(struct bench *b)
{
    run_read(b, ovf_trace_read);
}

static void run_plain(struct bench *b)
{
    run_read(b, ovf_trace_read_plain);
}

#ifdef OVF_PEER_SIMDJSON
static void run_simdjson(struct bench *b)
{
    b->n_fixes = 0;
    for (size_t i = 0; i < b->n; i++) {
        const size_t len = isal_all(&b->files[i], b->room, b->room_bytes);
        const size_t n = peer_simdjson_read((const char *)b->room, len, b->room_bytes);
        if (n == SIZE_MAX)
            die("simdjson refuses a file");
        b->n_fixes += n;
    }
}
#endif

static const struct {
    const char *name;
    void (*run)(struct bench *b);
} contestants[] = {
    {"isal_inflate", run_isal},      {"inflate", run_inflate},
    {"inflate_parse", run_parse},    {"inflate_parse_plain", run_plain},
#ifdef OVF_PEER_SIMDJSON
    {"isal_simdjson", run_simdjson},
#endif
};

enum { N_CONTESTANTS = sizeof contestants / sizeof contestants[0] };

static double cpu_s(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* JSON as it is becomes one gzip member of stored text, so that all take the same way. */
static void load(struct bench *b, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL || fseek(f, 0, SEEK_END) != 0)
        die(path);
    const long len = ftell(f);
    struct file file = {malloc(len > 0 ? (size_t)len : 1), len > 0 ? (size_t)len : 0, 0};
    rewind(f);
    if (file.data == NULL || fread(file.data, 1, file.len, f) != file.len)
        die(path);
    (void)fclose(f);
    if (file.len < 18 || !ovf_is_gzip((struct ovf_bytes){file.data, file.len})) {
        (void)fprintf(stderr, "bench_parse: %s is not gzipped, left out\n", path);
        free(file.data);
        return;
    }
    b->files = realloc(b->files, (b->n + 1) * sizeof *b->files);
    if (b->files == NULL)
        die("out of memory");
    file.n_json = inflate_one(b, &file).len;
    b->n_json_bytes += file.n_json;
    if (file.n_json + PADDING > b->room_bytes)
        b->room_bytes = file.n_json + PADDING;
    b->files[b->n++] = file;
}

static void load_all(struct bench *b, int argc, char **argv)
{
    char line[4096];
    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "-") != 0) {
            load(b, argv[i]);
            continue;
        }
        while (fgets(line, sizeof line, stdin) != NULL) {
            line[strcspn(line, "\n")] = '\0';
            load(b, line);
        }
    }
    b->room = calloc(1, b->room_bytes + 1);
    if (b->n == 0 || b->room == NULL)
        die("no files");
}

static void print(const struct bench *b, double times[N_CONTESTANTS][MAX_ROUNDS], int n_rounds,
                  const size_t *n_fixes)
{
    double median[N_CONTESTANTS];
    (void)printf("%zu files, %.1f MB of JSON, %d rounds\n", b->n, (double)b->n_json_bytes / 1e6,
                 n_rounds);
    for (int k = 0; k < N_CONTESTANTS; k++) {
        qsort(times[k], (size_t)n_rounds, sizeof(double), compare);
        median[k] = times[k][n_rounds / 2];
        const double spread = (times[k][n_rounds - 1] - times[k][0]) / median[k];
        (void)printf("%-20s %8.1f MB/s  spread %4.1f %%", contestants[k].name,
                     (double)b->n_json_bytes / 1e6 / median[k], spread * 100);
        if (n_fixes[k] > 0)
            (void)printf("  %5.1f ns/fix of %zu", median[k] * 1e9 / (double)n_fixes[k], n_fixes[k]);
        (void)printf("\n");
    }
    (void)printf("ratio inflate/isal_inflate %.3f\n", median[0] / median[1]);
    (void)printf("ratio inflate_parse/isal_inflate %.3f\n", median[0] / median[2]);
#ifdef OVF_PEER_SIMDJSON
    (void)printf("ratio inflate_parse/isal_simdjson %.3f (simdjson %s)\n", median[4] / median[2],
                 peer_simdjson_version());
#else
    (void)printf("skipped: simdjson is not here\n");
#endif
}

int main(int argc, char **argv)
{
    static double times[N_CONTESTANTS][MAX_ROUNDS];
    struct bench b = {0};
    size_t n_fixes[N_CONTESTANTS] = {0};
    int n_rounds = 9;
    int first = 1;
    if (argc > 2 && strcmp(argv[1], "-n") == 0) {
        n_rounds = (int)strtol(argv[2], NULL, 10);
        first = 3;
    }
    if (n_rounds < 1 || n_rounds > MAX_ROUNDS)
        die("-n: 1 to 99 rounds");
    if (ovf_inflate_new(&b.inflate) != OVF_OK)
        die("out of memory");
    load_all(&b, argc - first, argv + first);
    for (int round = -1; round < n_rounds; round++) { /* one more to warm up */
        for (int k = 0; k < N_CONTESTANTS; k++) {
            const double begin = cpu_s();
            b.n_fixes = 0;
            contestants[k].run(&b);
            if (round >= 0)
                times[k][round] = cpu_s() - begin;
            n_fixes[k] = b.n_fixes;
        }
    }
    print(&b, times, n_rounds, n_fixes);
    for (size_t i = 0; i < b.n; i++)
        free(b.files[i].data);
    free(b.files);
    free(b.room);
    ovf_buffer_deinit(&b.out);
    ovf_inflate_free(b.inflate);
    ovf_trace_deinit(&b.trace);
    return 0;
}
