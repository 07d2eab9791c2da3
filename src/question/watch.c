/* SPDX-License-Identifier: Apache-2.0 */
/* Places, times, kinds of crossings and lists of aircraft to a watch. */
#include "question/watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "question/files.h"
#include "question/words.h"
#include "source/file.h"
#include "track/address.h"

enum { LIST_MAX_BYTES = 1 << 26 };

static const char *role_name(unsigned number)
{
    return ovf_role_name((enum ovf_role)number);
}

static const char *class_name(unsigned number)
{
    return ovf_class_name((enum ovf_class)number);
}

enum ovf_status ovf_question_take_place(const struct ovf_question *q, const char *option,
                                        const char *text, struct ovf_place *place,
                                        struct ovf_error *err)
{
    struct ovf_airspace_ref ref;
    uint32_t airport;
    if (text == NULL)
        return OVF_OK;
    place->is_set = true;
    const struct ovf_edition *const states = &q->editions[0];
    if (ovf_airspace_find(&states, 1, text, &ref, err) == OVF_OK) {
        place->state = ref.airspace;
        (void)snprintf(place->country, sizeof place->country, "%s",
                       states->airspaces[ref.airspace].code);
        return OVF_OK;
    }
    char code[sizeof place->airport] = "";
    for (size_t i = 0; text[i] != '\0' && i + 1 < sizeof code; i++)
        code[i] = text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 'a' + 'A') : text[i];
    if (q->config.airports == NULL ||
        !ovf_airports_find(q->config.airports, ovf_bytes_from_text(code), &airport)) {
        if (strchr(text, ',') != NULL) /* not in a name, such as BQ's */
            return ovf_error_set(err, OVF_E_RANGE, "%s takes one place, not '%.80s'", option, text);
        ovf_error_prefix(err, option);
        return OVF_E_RANGE;
    }
    place->is_airport = true;
    memcpy(place->airport, code, sizeof code);
    return OVF_OK;
}

/** Sorts, and keeps one of each. */
static size_t sort_once(void *items, size_t n, size_t size,
                        int (*compare)(const void *, const void *))
{
    unsigned char *const bytes = items;
    size_t n_kept = n > 0 ? 1 : 0;
    if (n > 0)
        qsort(items, n, size, compare);
    for (size_t i = 1; i < n; i++) {
        if (compare(bytes + i * size, bytes + (n_kept - 1) * size) != 0)
            memmove(bytes + n_kept++ * size, bytes + i * size, size);
    }
    return n_kept;
}

/** Splits the text in place at separators; words become addresses or registrations, which are known
 * in capitals. */
static enum ovf_status sort_aircraft(struct ovf_question *q)
{
    char *const text = (char *)q->aircraft_text.data; /* ends in a NUL */
    for (char *p = text; *p != '\0'; p++)
        *p = *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
    const size_t most = q->aircraft_text.len / 2 + 1;
    q->addresses = malloc(most * sizeof *q->addresses);
    q->registrations = malloc(most * sizeof *q->registrations);
    if (q->addresses == NULL || q->registrations == NULL)
        return OVF_E_NOMEM;
    static const char separators[] = ",;\r\n\t ";
    for (char *p = text + strspn(text, separators); *p != '\0'; p += strspn(p, separators)) {
        const size_t len = strcspn(p, separators);
        const bool last = p[len] == '\0';
        p[len] = '\0';
        uint32_t address;
        if (ovf_address_parse(ovf_bytes_from_text(p), &address))
            q->addresses[q->watch.n_addresses++] = address;
        else
            q->registrations[q->watch.n_registrations++] = p;
        p += len + (last ? 0 : 1);
    }
    q->watch.n_addresses = sort_once(q->addresses, q->watch.n_addresses, sizeof *q->addresses,
                                     ovf_watch_compare_addresses);
    q->watch.n_registrations = sort_once(q->registrations, q->watch.n_registrations,
                                         sizeof *q->registrations, ovf_watch_compare_registrations);
    q->watch.addresses = q->addresses;
    q->watch.registrations = q->registrations;
    q->is_met = calloc(q->watch.n_addresses + q->watch.n_registrations + 1, sizeof *q->is_met);
    return q->is_met != NULL ? OVF_OK : OVF_E_NOMEM;
}

void ovf_question_note_aircraft(const struct ovf_question *q, uint32_t address,
                                const char *registration)
{
    const struct ovf_watch *watch = &q->watch;
    if (q->is_met == NULL)
        return;
    const uint32_t *const by_address = ovf_watch_find_address(watch, address);
    const char *const *const by_registration = ovf_watch_find_registration(watch, registration);
    if (by_address != NULL)
        atomic_store(&q->is_met[by_address - q->addresses], true);
    if (by_registration != NULL)
        atomic_store(&q->is_met[watch->n_addresses + (size_t)(by_registration - q->registrations)],
                     true);
}

/** A list that is no text would name fewer aircraft than it holds. A byte order mark is blanked. */
static enum ovf_status check_list_text(const char *path, struct ovf_buffer *text,
                                       struct ovf_error *err)
{
    static const unsigned char mark[] = {0xEF, 0xBB, 0xBF};
    if (text->len == 0)
        return OVF_OK;
    if (memchr(text->data, 0, text->len) != NULL)
        return ovf_error_set(err, OVF_E_RANGE, "--aircraft-list %s: a NUL inside: this is no text",
                             path);
    if (text->len >= sizeof mark && memcmp(text->data, mark, sizeof mark) == 0)
        memset(text->data, ' ', sizeof mark);
    return OVF_OK;
}

static enum ovf_status take_aircraft(const struct ovf_question_request *request,
                                     struct ovf_question *q, struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    if (request->aircraft == NULL && request->aircraft_list == NULL)
        return OVF_OK;
    if (request->aircraft_list != NULL)
        st = ovf_question_file_status(
            ovf_file_read(request->aircraft_list, LIST_MAX_BYTES, &q->aircraft_text, err));
    if (st == OVF_OK)
        st = check_list_text(request->aircraft_list, &q->aircraft_text, err);
    if (st == OVF_OK && request->aircraft != NULL)
        st = ovf_buffer_printf(&q->aircraft_text, "\n%s", request->aircraft);
    if (st == OVF_OK)
        st = ovf_buffer_append(&q->aircraft_text, "", 1);
    if (st == OVF_OK)
        st = sort_aircraft(q);
    if (st == OVF_OK && q->watch.n_addresses + q->watch.n_registrations == 0)
        return ovf_error_set(err, OVF_E_RANGE, "--aircraft or --aircraft-list names no aircraft");
    return st;
}

/** "all" are the classes of what was or may have been entered: what a day's flights only passed near are many
 * times as many. */
static bool names_impossible(const char *classes)
{
    char word[OVF_QUESTION_WORD_SIZE];
    bool named = false;
    for (const char *rest = classes; ovf_question_next_word(&rest, word);)
        named = named || strcmp(word, ovf_class_name(OVF_CLASS_IMPOSSIBLE)) == 0;
    return named;
}

enum ovf_status ovf_question_take_watch(const struct ovf_question_request *request,
                                        struct ovf_question *q, struct ovf_error *err)
{
    struct ovf_watch *watch = &q->watch;
    watch->classes = OVF_WATCH_CLASSES;
    watch->since_ns = INT64_MIN;
    watch->until_ns = INT64_MAX;
    enum ovf_status st = ovf_question_take_names("--role", request->roles, role_name, OVF_ROLE_N,
                                                 &watch->roles, err);
    if (st == OVF_OK)
        st = ovf_question_take_names("--class", request->classes, class_name, OVF_CLASS_N,
                                     &watch->classes, err);
    if (!names_impossible(request->classes))
        watch->classes &= ~(1U << OVF_CLASS_IMPOSSIBLE);
    q->config.wants_impossible = (watch->classes & 1U << OVF_CLASS_IMPOSSIBLE) != 0;
    q->config.wants_possible = (watch->classes & 1U << OVF_CLASS_POSSIBLE) != 0;
    if (st == OVF_OK)
        st = ovf_question_take_time("--since", request->since, &watch->since_ns, err);
    if (st == OVF_OK)
        st = ovf_question_take_time("--until", request->until, &watch->until_ns, err);
    if (st == OVF_OK && watch->since_ns >= watch->until_ns)
        st = ovf_error_set(err, OVF_E_RANGE, "--since %s is not before --until %s", request->since,
                           request->until);
    if (st == OVF_OK)
        st = ovf_question_take_place(q, "--from", request->from, &watch->from, err);
    if (st == OVF_OK)
        st = ovf_question_take_place(q, "--to", request->to, &watch->to, err);
    return st == OVF_OK ? take_aircraft(request, q, err) : st;
}
