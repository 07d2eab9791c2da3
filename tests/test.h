/* SPDX-License-Identifier: Apache-2.0 */
/* What every test includes: cmocka with the headers it wants first, a comparison of doubles in
 * double precision (assert_float_equal of Debian 12's cmocka compares floats), and the places where
 * recorded data and the pack stand. A test that lacks its data is skipped and says so; the phrase
 * "skipped: " at the start of a line is what tools/test-summary looks for. */

#ifndef OVF_TESTS_TEST_H
#define OVF_TESTS_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* 1 under AddressSanitizer: a test may run fewer rounds there. */
#if defined(__SANITIZE_ADDRESS__)
#define OVF_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define OVF_SANITIZED 1
#endif
#endif
#ifndef OVF_SANITIZED
#define OVF_SANITIZED 0
#endif

static inline void ovf_assert_near(double got, double want, double tol, const char *file, int line)
{
    if (fabs(got - want) <= tol) /* false for NAN */
        return;
    print_error("got %.17g, want %.17g +- %g (off by %g)\n", got, want, tol, got - want);
    _fail(file, line);
}

/* |got - want| <= tol; a NAN anywhere fails. */
#define assert_near(got, want, tol) ovf_assert_near((got), (want), (tol), __FILE__, __LINE__)

/* The path of a recorded file, e.g. "csv/x.csv", or of the folder itself for ""; skips the test
 * where it is absent. Looks in $OVF_TEST_DATA, else in ../shared/data beside the checkout.
 * The result is good until the fourth next call. */
static inline const char *ovf_test_data(const char *name)
{
    static char paths[4][4096];
    static unsigned next;
    const char *root = getenv("OVF_TEST_DATA");
    char *path = paths[next++ % 4];

    if (root != NULL && *root != '\0')
        snprintf(path, sizeof paths[0], "%s/%s", root, name);
    else
        snprintf(path, sizeof paths[0], "%s/../shared/data/%s", OVF_SOURCE_DIR, name);
    if (access(path, R_OK) != 0) {
        print_message("skipped: no ../shared/data (%s)\n", name);
        skip();
    }
    return path;
}

/* The path of a file of this repository, e.g. "tests/vectors/x.vec"; good until the fourth next
 * call. */
static inline const char *ovf_test_source(const char *name)
{
    static char paths[4][4096];
    static unsigned next;
    char *path = paths[next++ % 4];

    snprintf(path, sizeof paths[0], "%s/%s", OVF_SOURCE_DIR, name);
    return path;
}

/* The path of the pack of this build; skips the test where none was built. */
static inline const char *ovf_test_pack(void)
{
    if (access(OVF_BUILD_PACK, R_OK) != 0) {
        print_message("skipped: no pack\n");
        skip();
    }
    return OVF_BUILD_PACK;
}

#endif
