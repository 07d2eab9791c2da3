/* SPDX-License-Identifier: Apache-2.0 */
/* Prints a digest of many results of libm. It differs between the variants of glibc's functions with and
 * without fused multiply-add, so that the test can see whether masking the processor did anything.
 * volatile: the compiler must not compute them itself. */
#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    uint64_t digest = 0;
    for (int i = 1; i < 20000; i++) {
        volatile double x = i * 0.001237;
        const double results[] = {sin(x), cos(x), tan(x), atan2(x, 1.3), exp(-x), log(x)};
        for (size_t k = 0; k < sizeof results / sizeof results[0]; k++) {
            uint64_t bits;
            memcpy(&bits, &results[k], sizeof bits);
            digest = digest * UINT64_C(1099511628211) ^ bits;
        }
    }
    printf("%016" PRIx64 "\n", digest);
    return 0;
}
