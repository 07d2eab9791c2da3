/* SPDX-License-Identifier: Apache-2.0 */
#include "base/path.h"

struct ovf_bytes ovf_path_last(struct ovf_bytes path)
{
    size_t end = path.len;
    while (end > 0 && path.data[end - 1] == '/')
        end--;
    size_t first = end;
    while (first > 0 && path.data[first - 1] != '/')
        first--;
    return (struct ovf_bytes){path.data + first, end - first};
}
