/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/aircraft_group.h"

#include <string.h>

#include "base/ascii.h"

struct ovf_names ovf_names_of(const struct ovf_case_list *list)
{
    return (struct ovf_names){list->items, list->n};
}

bool ovf_names_have(struct ovf_names names, const char *text)
{
    for (size_t i = 0; i < names.n && text[0] != '\0'; i++) {
        if (strcmp(names.items[i], text) == 0)
            return true;
    }
    return false;
}

void ovf_registration_key(const char *registration, char key[OVF_REGISTRATION_KEY_SIZE])
{
    size_t len = 0;
    for (const char *p = registration; *p != '\0'; p++) {
        if (*p == '-' || *p == ' ')
            continue;
        if (len == OVF_REGISTRATION_KEY_SIZE - 1) {
            len = 0;
            break;
        }
        key[len++] = (char)ovf_ascii_upper((unsigned char)*p);
    }
    key[len] = '\0';
}

bool ovf_registration_has_key(const char *registration, const char *key)
{
    for (;; registration++) {
        if (*registration == '-' || *registration == ' ')
            continue;
        if (*registration != *key || *key == '\0')
            return *registration == *key;
        key++;
    }
}

int ovf_registration_compare(const char *a, const char *b)
{
    for (;; a++, b++) {
        a += strspn(a, "- ");
        b += strspn(b, "- ");
        const unsigned char x = ovf_ascii_upper((unsigned char)*a);
        const unsigned char y = ovf_ascii_upper((unsigned char)*b);
        if (x != y || x == '\0')
            return (x > y) - (x < y);
    }
}

bool ovf_names_have_registration(struct ovf_names names, const char *registration)
{
    char wanted[OVF_REGISTRATION_KEY_SIZE];
    ovf_registration_key(registration, wanted);
    for (size_t i = 0; i < names.n && wanted[0] != '\0'; i++) {
        char name[OVF_REGISTRATION_KEY_SIZE];
        ovf_registration_key(names.items[i], name);
        const size_t len = strlen(name);
        const bool is_start = len > 0 && name[len - 1] == '*';
        if (is_start ? strncmp(name, wanted, len - 1) == 0 : strcmp(name, wanted) == 0)
            return true;
    }
    return false;
}

bool ovf_callsign_operator(const char *callsign, char designator[4])
{
    size_t n = 0;
    while (n < 3 && callsign[n] >= 'A' && callsign[n] <= 'Z')
        n++;
    const bool found = n == 3 && callsign[3] >= '0' && callsign[3] <= '9';
    if (found)
        memcpy(designator, callsign, 3);
    designator[found ? 3 : 0] = '\0';
    return found;
}

bool ovf_names_have_operator(struct ovf_names names, const char *callsign)
{
    char designator[4];
    return ovf_callsign_operator(callsign, designator) && ovf_names_have(names, designator);
}

bool ovf_aircraft_group_has(const struct ovf_aircraft_group *group,
                            const struct ovf_subject_aircraft *aircraft)
{
    return ovf_names_have_registration(group->registrations, aircraft->registration) ||
           ovf_names_have(group->callsigns, aircraft->callsign) ||
           ovf_names_have_operator(group->operators, aircraft->callsign) ||
           ovf_names_have(group->types, aircraft->type_code);
}
