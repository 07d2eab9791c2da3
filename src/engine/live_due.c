/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/live_due.h"

#include <stdlib.h>

#include "base/array.h"

void ovf_live_due_deinit(struct ovf_live_due *due)
{
    free(due->numbers);
    *due = (struct ovf_live_due){0};
}

static bool is_before(const struct ovf_live_hold *hold, uint32_t x, uint32_t y)
{
    const struct ovf_live_craft *a = &hold->crafts[x];
    const struct ovf_live_craft *b = &hold->crafts[y];
    if (a->due_ns != b->due_ns)
        return a->due_ns < b->due_ns;
    return a->address != b->address ? a->address < b->address : a->source < b->source;
}

static void place(struct ovf_live_due *due, struct ovf_live_hold *hold, size_t at, uint32_t number)
{
    due->numbers[at] = number;
    hold->crafts[number].due_at = (uint32_t)at;
}

static void rise(struct ovf_live_due *due, struct ovf_live_hold *hold, size_t at)
{
    const uint32_t number = due->numbers[at];
    while (at > 0 && is_before(hold, number, due->numbers[(at - 1) / 2])) {
        place(due, hold, at, due->numbers[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    place(due, hold, at, number);
}

static void sink(struct ovf_live_due *due, struct ovf_live_hold *hold, size_t at)
{
    const uint32_t number = due->numbers[at];
    for (;;) {
        size_t child = 2 * at + 1;
        if (child + 1 < due->n && is_before(hold, due->numbers[child + 1], due->numbers[child]))
            child++;
        if (child >= due->n || !is_before(hold, due->numbers[child], number))
            break;
        place(due, hold, at, due->numbers[child]);
        at = child;
    }
    place(due, hold, at, number);
}

enum ovf_status ovf_live_due_set(struct ovf_live_due *due, struct ovf_live_hold *hold,
                                 uint32_t number, int64_t t_ns)
{
    struct ovf_live_craft *craft = &hold->crafts[number];
    if (craft->due_at == OVF_LIVE_NONE) {
        uint32_t *grown =
            ovf_array_reserve(due->numbers, &due->capacity, due->n + 1, sizeof *grown);
        if (grown == NULL)
            return OVF_E_NOMEM;
        due->numbers = grown;
        place(due, hold, due->n++, number);
    }
    craft->due_ns = t_ns;
    rise(due, hold, craft->due_at);
    sink(due, hold, craft->due_at);
    return OVF_OK;
}

void ovf_live_due_clear(struct ovf_live_due *due, struct ovf_live_hold *hold, uint32_t number)
{
    const size_t at = hold->crafts[number].due_at;
    if (at == OVF_LIVE_NONE)
        return;
    hold->crafts[number].due_at = OVF_LIVE_NONE;
    const uint32_t last = due->numbers[--due->n];
    if (last == number)
        return;
    place(due, hold, at, last);
    rise(due, hold, at);
    sink(due, hold, hold->crafts[last].due_at);
}
