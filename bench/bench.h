/* SPDX-License-Identifier: Apache-2.0 */
/* What the benchmarks share: CPU time, the lines that tools/bench reads, and the members of a tar.
 *
 *   sample NAME SECONDS UNITS     what one contestant took, over so many fixes, rows or bytes in all
 *   note KEY TEXT                 a version, a count
 *
 * Errors end the program: nothing here is for use outside bench/. */
#ifndef OVF_BENCH_BENCH_H
#define OVF_BENCH_BENCH_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static inline void bench_die(const char *program, const char *what)
{
    (void)fprintf(stderr, "%s: %s\n", program, what);
    exit(1);
}

/** CPU time of this process: what other programs do beside it counts for little. */
static inline double bench_cpu_s(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static inline void bench_sample(const char *name, double seconds, size_t n_units)
{
    (void)printf("sample %s %.9f %zu\n", name, seconds, n_units);
    (void)fflush(stdout);
}

struct bench; /* what one benchmark works on */

/** A sample: \p run over its \p n_units once without the clock, then again until 0.3 s of CPU time have
 * gone. On a busy virtual machine the first pass of a hundredth of a second after the work of others took
 * up to seven times as long as the next; on a quiet one it takes the same. */
static inline void bench_measure(const char *name, void (*run)(struct bench *), struct bench *b,
                                 size_t n_units)
{
    static const double sample_min_s = 0.3;
    run(b);
    const double begin_s = bench_cpu_s();
    double seconds = 0;
    size_t n_passes = 0;
    while (seconds < sample_min_s) {
        run(b);
        n_passes++;
        seconds = bench_cpu_s() - begin_s;
    }
    bench_sample(name, seconds, n_passes * n_units);
}

static inline void bench_note(const char *key, const char *text)
{
    (void)printf("note %s %s\n", key, text);
}

/** A whole number from 1 to \p most; else the program ends. */
static inline size_t bench_count(const char *program, const char *text, size_t most)
{
    char *end = NULL;
    const unsigned long long n = strtoull(text, &end, 10);
    if (end == text || *end != '\0' || n < 1 || n > most)
        bench_die(program, "a count is not what it should be");
    return (size_t)n;
}

struct bench_member {
    const unsigned char *data;
    size_t len;
};

/** The next file of the ustar archive \p tar from \p *at on; false at its end. */
static inline int bench_tar_next(const unsigned char *tar, size_t tar_bytes, size_t *at,
                                 struct bench_member *out)
{
    enum { BLOCK = 512, SIZE_AT = 124, SIZE_DIGITS = 11, TYPE_AT = 156 };
    while (*at + BLOCK <= tar_bytes && tar[*at] != '\0') {
        const unsigned char *const header = tar + *at;
        size_t len = 0;
        for (int i = 0; i < SIZE_DIGITS; i++)
            len = len * 8 + (header[SIZE_AT + i] & 7U);
        const size_t begin = *at + BLOCK;
        if (len > tar_bytes - begin)
            return 0;
        *at = begin + (len + BLOCK - 1) / BLOCK * BLOCK;
        if (header[TYPE_AT] == '0' || header[TYPE_AT] == '\0') {
            *out = (struct bench_member){header + BLOCK, len};
            return 1;
        }
    }
    return 0;
}

#endif
