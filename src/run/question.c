/* SPDX-License-Identifier: Apache-2.0 */
/* Resolving a request: names to airspaces, texts to numbers, files to tables. */
#include "run/question.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/fields.h"
#include "base/number.h"
#include "base/time.h"
#include "run/question_library.h"
#include "source/file.h"
#include "track/address.h"

static const double default_max_gap_s = 60;
static const double default_trace_interval_s = 30; /* readsb's --json-trace-interval */
static const double decimation_intervals = 10;     /* design.md, section 4 */
static const double default_journey_stop_h = 24;

enum { MAX_JOBS = 64, LIST_MAX_BYTES = 1 << 26, REGISTER_MAX_BYTES = 1 << 28, TOKEN_SIZE = 80 };

/** Takes the next comma-separated word of \p rest into \p word; false at the end. */
static bool next_word(const char **rest, char word[TOKEN_SIZE])
{
    if (*rest == NULL)
        return false;
    const char *end = strchr(*rest, ',');
    const struct ovf_bytes text = {(const unsigned char *)*rest,
                                   end != NULL ? (size_t)(end - *rest) : strlen(*rest)};
    const struct ovf_bytes trimmed = ovf_bytes_trim(text);
    const size_t len = trimmed.len < TOKEN_SIZE - 1 ? trimmed.len : TOKEN_SIZE - 1;
    memcpy(word, trimmed.data, len);
    word[len] = '\0';
    *rest = end != NULL ? end + 1 : NULL;
    return true;
}

/** A comma with nothing before or behind it is a name that was forgotten. */
static enum ovf_status check_word(const char *option, const char *list, const char *word,
                                  struct ovf_error *err)
{
    return word[0] != '\0' ? OVF_OK
                           : ovf_error_set(err, OVF_E_RANGE, "%s '%.200s' has an empty name in it",
                                           option, list);
}

/** With as few decimals as it takes, at most three. */
static void format_limit(double value, char text[OVF_NUMBER_SIZE])
{
    ovf_number_format(value, 3, text);
    size_t len = strlen(text);
    while (text[len - 1] == '0')
        len--;
    text[text[len - 1] == '.' ? len - 1 : len] = '\0';
}

/** A number option within [min, max]. */
static enum ovf_status take_number(const char *option, const char *text, double min, double max,
                                   double *value, struct ovf_error *err)
{
    double v;
    char least[OVF_NUMBER_SIZE];
    char most[OVF_NUMBER_SIZE];
    if (text == NULL)
        return OVF_OK;
    if (ovf_number_parse_double(ovf_bytes_from_text(text), &v) && v >= min && v <= max) {
        *value = v;
        return OVF_OK;
    }
    format_limit(min, least);
    format_limit(max, most);
    return ovf_error_set(err, OVF_E_RANGE, "%s '%.80s' is not a number from %s to %s", option, text,
                         least, most);
}

static enum ovf_status take_jobs(const char *text, size_t *n, struct ovf_error *err)
{
    int64_t v = 0;
    if (!ovf_number_parse_int(ovf_bytes_from_text(text), &v) || v < 1 || v > MAX_JOBS)
        return ovf_error_set(err, OVF_E_RANGE, "--jobs '%.80s' is not a whole number from 1 to %d",
                             text, MAX_JOBS);
    *n = (size_t)v;
    return OVF_OK;
}

static enum ovf_status take_time(const char *option, const char *text, int64_t *t_ns,
                                 struct ovf_error *err)
{
    if (text == NULL || ovf_time_parse_iso(ovf_bytes_from_text(text), t_ns))
        return OVF_OK;
    return ovf_error_set(err, OVF_E_RANGE, "%s '%s' is no ISO 8601 time such as 2025-07-01T10:00Z",
                         option, text);
}

typedef const char *name_fn(unsigned number);

static const char *role_name(unsigned number)
{
    return ovf_role_name((enum ovf_role)number);
}

static const char *class_name(unsigned number)
{
    return ovf_class_name((enum ovf_class)number);
}

static const char *kind_name(unsigned number)
{
    return ovf_kind_name((enum ovf_airspace_kind)number);
}

/** Bits of the names in a list; "all" is every bit. */
static enum ovf_status take_names(const char *option, const char *text, name_fn *name,
                                  unsigned n_names, unsigned *bits, struct ovf_error *err)
{
    char word[TOKEN_SIZE];
    if (text == NULL)
        return OVF_OK;
    *bits = 0;
    for (const char *rest = text; next_word(&rest, word);) {
        unsigned i = 0;
        if (check_word(option, text, word, err) != OVF_OK)
            return OVF_E_RANGE;
        while (i < n_names && strcmp(word, name(i)) != 0)
            i++;
        if (i < n_names)
            *bits |= 1U << i;
        else if (strcmp(word, "all") == 0)
            *bits = (1U << n_names) - 1;
        else {
            char known[200] = "";
            for (unsigned k = 0; k < n_names; k++)
                (void)snprintf(known + strlen(known), sizeof known - strlen(known), " %s", name(k));
            return ovf_error_set(err, OVF_E_RANGE, "%s '%s' is none of: all%s", option, word,
                                 known);
        }
    }
    return OVF_OK;
}

static enum ovf_status make_zones(const struct ovf_scan_request *request, struct ovf_question *q,
                                  struct ovf_error *err)
{
    struct ovf_zone *zones = calloc(request->n_zones, sizeof *zones);
    enum ovf_status st = zones == NULL ? OVF_E_NOMEM : OVF_OK;
    for (size_t i = 0; i < request->n_zones && st == OVF_OK; i++)
        st = ovf_zone_parse(request->zones[i], &zones[i], err);
    if (st == OVF_OK)
        st = ovf_edition_from_zones(zones, request->n_zones, &q->editions[1], err);
    if (st == OVF_OK) {
        q->layers[1].edition = &q->editions[1];
        q->config.n_layers = 2;
        q->is_asked_for[1] = true;
    }
    free(zones);
    return st;
}

static void want_all(struct ovf_engine_layer *layer)
{
    layer->wanted = (struct ovf_members){{0}};
    for (uint32_t i = 0; i < layer->edition->n_airspaces; i++)
        ovf_members_toggle(&layer->wanted, i);
}

static enum ovf_status find_airspace(const struct ovf_question *q, const char *name,
                                     struct ovf_airspace_ref *ref, struct ovf_error *err)
{
    const struct ovf_edition *editions[OVF_MAX_LAYERS];
    for (size_t i = 0; i < q->config.n_layers; i++)
        editions[i] = &q->editions[i];
    return ovf_airspace_find(editions, q->config.n_layers, name, ref, err);
}

static void want(struct ovf_question *q, size_t layer, uint32_t airspace)
{
    if (!ovf_members_has(&q->layers[layer].wanted, airspace))
        ovf_members_toggle(&q->layers[layer].wanted, airspace);
}

/** An airspace of editions that are compared is wanted of each that has it. */
static enum ovf_status want_compared(struct ovf_question *q, const char *name,
                                     struct ovf_error *err)
{
    struct ovf_error own[2] = {{""}, {""}};
    bool found = false;
    for (int i = 0; i < 2; i++) {
        const struct ovf_edition *const edition = &q->editions[q->compared[i]];
        struct ovf_airspace_ref ref;
        if (ovf_airspace_find(&edition, 1, name, &ref, &own[i]) != OVF_OK)
            continue;
        want(q, q->compared[i], ref.airspace);
        found = true;
    }
    if (!found && err != NULL)
        *err = own[0];
    return found ? OVF_OK : OVF_E_RANGE;
}

/** Whether the question speaks of airspaces that none of its layers has: then the library is asked. */
static bool needs_library(const struct ovf_scan_request *request, const struct ovf_question *q)
{
    char word[TOKEN_SIZE];
    if (q->compares)
        return false;
    for (const char *rest = request->kind; next_word(&rest, word);) {
        bool there = strcmp(word, "all") == 0;
        for (size_t i = 0; i < q->config.n_layers; i++)
            there = there || strcmp(ovf_kind_name(q->editions[i].kind), word) == 0;
        if (!there)
            return true;
    }
    for (const char *rest = request->airspace; next_word(&rest, word);) {
        struct ovf_airspace_ref ref;
        if (strcmp(word, "all") != 0 && find_airspace(q, word, &ref, NULL) == OVF_E_NOTFOUND)
            return true;
    }
    return false;
}

static enum ovf_status want_named(struct ovf_question *q, const char *list, struct ovf_error *err)
{
    char word[TOKEN_SIZE];
    for (const char *rest = list; next_word(&rest, word);) {
        struct ovf_airspace_ref ref;
        if (check_word("--airspace", list, word, err) != OVF_OK)
            return OVF_E_RANGE;
        if (strcmp(word, "all") == 0) {
            for (size_t i = 0; i < q->config.n_layers; i++)
                want_all(&q->layers[i]);
            continue;
        }
        if (q->compares) {
            if (want_compared(q, word, err) != OVF_OK)
                return OVF_E_RANGE;
            continue;
        }
        if (find_airspace(q, word, &ref, err) != OVF_OK)
            return OVF_E_RANGE;
        want(q, ref.edition, ref.airspace);
    }
    return OVF_OK;
}

/** A kind of which no edition is at hand would be a question without an answer. */
static enum ovf_status check_kinds(const struct ovf_question *q, const char *list, unsigned kinds,
                                   struct ovf_error *err)
{
    unsigned there = 0;
    char known[80] = "";
    for (size_t i = 0; i < q->config.n_layers; i++)
        there |= 1U << q->layers[i].edition->kind;
    if ((kinds & ~there) == 0 || kinds == (1U << OVF_KIND_N) - 1)
        return OVF_OK;
    for (unsigned i = 0; i < OVF_KIND_N; i++) {
        if ((there & 1U << i) != 0)
            (void)snprintf(known + strlen(known), sizeof known - strlen(known), "%s%s",
                           known[0] != '\0' ? ", " : "", kind_name(i));
    }
    return ovf_error_set(err, OVF_E_RANGE, "--kind '%.80s': of the airspaces here all are %s", list,
                         known);
}

/** Whether any layer was asked for by itself. */
static bool asks_for_layers(const struct ovf_question *q)
{
    bool any = false;
    for (size_t i = 0; i < q->config.n_layers; i++)
        any = any || q->is_asked_for[i];
    return any;
}

/** Which airspaces are wanted: those named; else those of the zones drawn and editions named; of two
 * that are compared, theirs; else all states. */
static enum ovf_status choose_airspaces(const struct ovf_scan_request *request,
                                        struct ovf_question *q, struct ovf_error *err)
{
    unsigned kinds = (1U << OVF_KIND_N) - 1;
    enum ovf_status st = take_names("--kind", request->kind, kind_name, OVF_KIND_N, &kinds, err);
    if (st == OVF_OK)
        st = check_kinds(q, request->kind, kinds, err);
    if (st != OVF_OK)
        return st;
    if (request->airspace != NULL)
        st = want_named(q, request->airspace, err);
    else if (q->compares)
        want_all(&q->layers[q->compared[0]]);
    else if (!asks_for_layers(q) || request->kind != NULL)
        want_all(&q->layers[0]);
    bool any = false;
    for (size_t i = 0; i < q->config.n_layers; i++) {
        const bool is_compared = q->compares && i == q->compared[1];
        const bool is_meant = q->is_asked_for[i] && !q->compares;
        /* A kind that is asked for by name is meant, wherever its edition comes from. */
        if (request->airspace == NULL &&
            (is_compared || is_meant || (request->kind != NULL && i > 0)))
            want_all(&q->layers[i]);
        if ((kinds & 1U << q->layers[i].edition->kind) == 0)
            q->layers[i].wanted = (struct ovf_members){{0}};
        any = any || !ovf_members_empty(&q->layers[i].wanted);
    }
    if (st == OVF_OK && !any)
        return ovf_error_set(err, OVF_E_RANGE, "--kind '%s' leaves no airspace to look at",
                             request->kind);
    return st;
}

/** A file of the question's own that is not what it should be: the world, not the question. */
static enum ovf_status file_status(enum ovf_status st)
{
    return st == OVF_OK || st == OVF_E_NOMEM ? st : OVF_E_IO;
}

static enum ovf_status open_pack(const struct ovf_scan_request *request, struct ovf_question *q,
                                 struct ovf_error *err)
{
    enum ovf_status st = ovf_pack_file_open(request->pack_path, &q->pack, err);
    if (st == OVF_OK) {
        st = ovf_pack_check(&q->pack.pack, err); /* a wrong boundary would be a wrong crossing */
        if (st != OVF_OK)
            ovf_error_prefix(err, request->pack_path);
    }
    if (st == OVF_OK)
        st = ovf_edition_from_pack(&q->pack.pack, &q->editions[0]);
    if (st == OVF_OK && q->pack.pack.airports.len > 0) {
        st = ovf_airports_view(q->pack.pack.airports, &q->airports, err);
        if (st == OVF_OK)
            q->config.airports = &q->airports;
        else
            ovf_error_prefix(err, request->pack_path);
    }
    q->layers[0].edition = &q->editions[0];
    q->config.layers = q->layers;
    q->config.n_layers = 1;
    return file_status(st);
}

/** A state by any of its names, or an airport by its code. */
static enum ovf_status take_place(const struct ovf_question *q, const char *option,
                                  const char *text, struct ovf_place *place, struct ovf_error *err)
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

static int compare_addresses(const void *x, const void *y)
{
    const uint32_t a = *(const uint32_t *)x;
    const uint32_t b = *(const uint32_t *)y;
    return (a > b) - (a < b);
}

static int compare_texts(const void *x, const void *y)
{
    return strcmp(*(const char *const *)x, *(const char *const *)y);
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
    q->watch.n_addresses =
        sort_once(q->addresses, q->watch.n_addresses, sizeof *q->addresses, compare_addresses);
    q->watch.n_registrations = sort_once(q->registrations, q->watch.n_registrations,
                                         sizeof *q->registrations, compare_texts);
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
    const uint32_t *const by_address = watch->n_addresses > 0
                                           ? bsearch(&address, q->addresses, watch->n_addresses,
                                                     sizeof *q->addresses, compare_addresses)
                                           : NULL;
    const char *const *const by_registration =
        watch->n_registrations > 0
            ? bsearch(&registration, q->registrations, watch->n_registrations,
                      sizeof *q->registrations, compare_texts)
            : NULL;
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

static enum ovf_status take_aircraft(const struct ovf_scan_request *request, struct ovf_question *q,
                                     struct ovf_error *err)
{
    enum ovf_status st = OVF_OK;
    if (request->aircraft == NULL && request->aircraft_list == NULL)
        return OVF_OK;
    if (request->aircraft_list != NULL)
        st = file_status(
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

static enum ovf_status take_register(const struct ovf_scan_request *request, struct ovf_question *q,
                                     struct ovf_error *err)
{
    struct ovf_buffer text = {0};
    struct ovf_digest digest;
    if (request->register_path == NULL)
        return request->register_date == NULL
                   ? OVF_OK
                   : ovf_error_set(err, OVF_E_RANGE, "--register-date wants --register");
    enum ovf_status st = ovf_file_read(request->register_path, REGISTER_MAX_BYTES, &text, err);
    if (st == OVF_OK)
        st = ovf_sha256(ovf_buffer_bytes(&text), &digest);
    if (st == OVF_OK)
        st = ovf_register_new(ovf_buffer_bytes(&text), &q->register_rows, &q->register_, err);
    if (st == OVF_E_FORMAT && strstr(err->text, request->register_path) == NULL)
        ovf_error_prefix(err, request->register_path);
    st = file_status(st);
    if (st == OVF_OK) {
        char hex[OVF_SHA256_HEX_SIZE];
        ovf_digest_format(&digest, OVF_SHA256_BYTES, hex);
        (void)snprintf(q->register_source, sizeof q->register_source, "register sha256:%s", hex);
    }
    ovf_buffer_deinit(&text);
    return st;
}

static enum ovf_status take_watch(const struct ovf_scan_request *request, struct ovf_question *q,
                                  struct ovf_error *err)
{
    struct ovf_watch *watch = &q->watch;
    watch->classes =
        1U << OVF_CLASS_OBSERVED | 1U << OVF_CLASS_BRACKETED | 1U << OVF_CLASS_NECESSARY;
    watch->since_ns = INT64_MIN;
    watch->until_ns = INT64_MAX;
    enum ovf_status st =
        take_names("--role", request->roles, role_name, OVF_ROLE_N, &watch->roles, err);
    if (st == OVF_OK)
        st = take_names("--class", request->classes, class_name, OVF_CLASS_N, &watch->classes, err);
    if (st == OVF_OK)
        st = take_time("--since", request->since, &watch->since_ns, err);
    if (st == OVF_OK)
        st = take_time("--until", request->until, &watch->until_ns, err);
    if (st == OVF_OK && watch->since_ns >= watch->until_ns)
        st = ovf_error_set(err, OVF_E_RANGE, "--since %s is not before --until %s", request->since,
                           request->until);
    if (st == OVF_OK)
        st = take_place(q, "--from", request->from, &watch->from, err);
    if (st == OVF_OK)
        st = take_place(q, "--to", request->to, &watch->to, err);
    return st == OVF_OK ? take_aircraft(request, q, err) : st;
}

static enum ovf_status take_limits(const struct ovf_scan_request *request, struct ovf_question *q,
                                   struct ovf_error *err)
{
    double max_gap_s = default_max_gap_s;
    double interval_s = default_trace_interval_s;
    double stop_h = default_journey_stop_h;
    enum ovf_status st =
        take_number("--max-gap", request->max_gap_s, 0.001, 86400, &max_gap_s, err);
    if (st == OVF_OK)
        st = take_number("--trace-interval", request->trace_interval_s, 0, 3600, &interval_s, err);
    if (st == OVF_OK)
        st = take_number("--journey-stop", request->journey_stop_h, 0, 720, &stop_h, err);
    if (st == OVF_OK)
        st = take_jobs(request->jobs, &q->n_jobs, err);
    if (st == OVF_OK)
        st = take_time("--register-date", request->register_date, &q->register_day_ns, err);
    q->has_register_day = request->register_date != NULL;
    q->config.walk.max_gap_ns = (int64_t)(max_gap_s * (double)OVF_NS_PER_S);
    q->config.walk.decimation_ns =
        (int64_t)(interval_s * decimation_intervals * (double)OVF_NS_PER_S);
    q->config.journey_ns = (int64_t)(stop_h * 3600 * (double)OVF_NS_PER_S);
    return st;
}

static enum ovf_status take_format(const struct ovf_scan_request *request, struct ovf_question *q,
                                   struct ovf_error *err)
{
    char known[80] = "";
    for (int i = 0; i < OVF_FORMAT_N; i++) {
        const char *name = ovf_format_name((enum ovf_format)i);
        if (strcmp(request->format, name) == 0) {
            q->format = (enum ovf_format)i;
            return OVF_OK;
        }
        (void)snprintf(known + strlen(known), sizeof known - strlen(known), " %s", name);
    }
    return ovf_error_set(err, OVF_E_RANGE, "--format '%s' is none of:%s", request->format, known);
}

enum ovf_status ovf_question_make(const struct ovf_scan_request *request, struct ovf_question *out,
                                  struct ovf_error *err)
{
    enum ovf_status st = take_format(request, out, err);
    if (st == OVF_OK)
        st = take_limits(request, out, err);
    if (st == OVF_OK)
        st = open_pack(request, out, err);
    if (st == OVF_OK && request->n_zones > 0)
        st = make_zones(request, out, err);
    if (st == OVF_OK)
        st = ovf_question_take_editions(request, out, err);
    if (st == OVF_OK && out->compares && out->format != OVF_FORMAT_TABLE &&
        out->format != OVF_FORMAT_NDJSON)
        st = ovf_error_set(err, OVF_E_RANGE, "--compare-boundaries prints table or ndjson");
    if (st == OVF_OK && needs_library(request, out))
        st = ovf_question_add_imported(request, out, err);
    if (st == OVF_OK)
        st = choose_airspaces(request, out, err);
    if (st == OVF_OK)
        st = take_watch(request, out, err);
    if (st == OVF_OK)
        st = take_register(request, out, err);
    out->include_unknown = request->include_unknown;
    out->store_path = request->store_path;
    return st;
}

void ovf_question_deinit(struct ovf_question *question)
{
    for (size_t i = 0; i < question->config.n_layers; i++)
        ovf_edition_deinit(&question->editions[i]);
    ovf_register_free(question->register_);
    ovf_buffer_deinit(&question->aircraft_text);
    free(question->addresses);
    free(question->registrations);
    free(question->is_met);
    ovf_pack_file_close(&question->pack);
}
