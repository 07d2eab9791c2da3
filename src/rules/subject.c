/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/subject.h"

#include <string.h>

#include "base/time.h"

bool ovf_subject_end_is_known(const struct ovf_subject_end *end)
{
    return end->airport[0] != '\0' && strcmp(end->kind, "inferred") != 0;
}

bool ovf_subject_is_sure(const struct ovf_subject *subject)
{
    return subject->class == OVF_CLASS_OBSERVED || subject->class == OVF_CLASS_BRACKETED ||
           subject->class == OVF_CLASS_NECESSARY;
}

bool ovf_subject_departs(const struct ovf_subject *subject)
{
    return !subject->entry_perhaps_stayed &&
           (subject->role == OVF_ROLE_DEPARTURE || subject->role == OVF_ROLE_DOMESTIC);
}

bool ovf_subject_arrives(const struct ovf_subject *subject)
{
    return !subject->exit_perhaps_stayed &&
           (subject->role == OVF_ROLE_ARRIVAL || subject->role == OVF_ROLE_DOMESTIC);
}

struct ovf_when ovf_subject_entered(const struct ovf_subject *subject)
{
    const bool departs = ovf_subject_departs(subject);
    const int64_t start_ns = subject->flight_start_ns;
    return subject->entry.is_known
               ? subject->entry
               : (struct ovf_when){true, start_ns - (departs ? 0 : OVF_NS_PER_DAY), start_ns};
}

struct ovf_when ovf_subject_left(const struct ovf_subject *subject)
{
    const bool arrives = ovf_subject_arrives(subject);
    const int64_t end_ns = subject->flight_end_ns;
    return subject->exit.is_known
               ? subject->exit
               : (struct ovf_when){true, end_ns, end_ns + (arrives ? 0 : OVF_NS_PER_DAY)};
}

struct ovf_when ovf_subject_stay_entered(const struct ovf_subject *subject)
{
    struct ovf_when when = ovf_subject_entered(subject);
    if (subject->entry_perhaps_stayed && subject->stay_entered_ns < when.min_ns)
        when.min_ns = subject->stay_entered_ns;
    return when;
}
