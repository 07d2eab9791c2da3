/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/strength.h"

#include <stdlib.h>

#include "base/array.h"

struct ovf_strength ovf_strength_of(const struct ovf_fix *fixes, const struct ovf_passage *passage)
{
    struct ovf_strength strength = {.weakest = OVF_GRADE_NONE, .holds_without_weak_fixes = true};
    for (size_t begin = passage->entry.before, end; begin <= passage->exit.after; begin = end) {
        const enum ovf_grade grade = (enum ovf_grade)fixes[begin].grade;
        end = begin + 1;
        while (end <= passage->exit.after && fixes[end].grade == grade)
            end++;
        strength.n_of_grade[grade] += (uint32_t)(end - begin);
        if (grade != OVF_GRADE_X && grade > strength.weakest)
            strength.weakest = grade;
    }
    return strength;
}

void ovf_strength_room_deinit(struct ovf_strength_room *room)
{
    ovf_walk_deinit(&room->walk);
    ovf_passages_deinit(&room->passages);
    free(room->grades);
    *room = (struct ovf_strength_room){0};
}

enum ovf_status ovf_strength_ask_again(const struct ovf_strength_question *q, struct ovf_fix *fixes,
                                       struct ovf_strength_room *room)
{
    uint8_t *grown = ovf_array_reserve(room->grades, &room->capacity, q->last - q->first + 1, 1);
    if (grown == NULL)
        return OVF_E_NOMEM;
    room->grades = grown;
    for (size_t i = q->first; i <= q->last; i++) {
        room->grades[i - q->first] = fixes[i].grade;
        if (fixes[i].grade == OVF_GRADE_C || fixes[i].grade == OVF_GRADE_D)
            fixes[i].grade = OVF_GRADE_X;
    }
    enum ovf_status st = ovf_walk_leg(q->layer, fixes, q->first, q->last, q->options, &room->walk);
    if (st == OVF_OK)
        st = ovf_passages_find(q->layer, fixes, &room->walk.steps, q->wanted, q->accuracy_m,
                               &room->passages);
    for (size_t i = q->first; i <= q->last; i++)
        fixes[i].grade = room->grades[i - q->first];
    return st;
}

bool ovf_strength_holds(const struct ovf_passages *without, const struct ovf_passage *passage)
{
    for (size_t i = 0; i < without->n; i++) {
        const struct ovf_passage *p = &without->items[i];
        if (p->owner == passage->owner && p->class <= passage->class &&
            p->entry.earliest_ns <= passage->exit.latest_ns &&
            p->exit.latest_ns >= passage->entry.earliest_ns)
            return true;
    }
    return false;
}
