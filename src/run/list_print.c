/* SPDX-License-Identifier: Apache-2.0 */
/* Printing lists. CSV has several values of a field as they are imported: separated by '|'. */
#include "run/list_print.h"

#include "base/json_writer.h"
#include "base/time.h"
#include "report/csv.h"

enum { MAX_SAME_AIRFRAME = 16, DAY_SIZE = 11 };

static const char *day_of(int64_t t_ns, char text[OVF_TIME_SIZE])
{
    ovf_time_format(t_ns, 0, text);
    text[DAY_SIZE - 1] = '\0';
    return text;
}

static enum ovf_status flush(struct ovf_buffer *out, enum ovf_status st,
                             const struct ovf_sink *sink)
{
    if (st == OVF_OK)
        st = ovf_sink_write(sink, out->data, out->len);
    ovf_buffer_deinit(out);
    return st;
}

static enum ovf_status end_json(struct ovf_json_writer *json, struct ovf_buffer *out)
{
    ovf_json_close(json, '}');
    return json->status != OVF_OK ? json->status : ovf_buffer_append_text(out, "\n");
}

static void put_day(struct ovf_json_writer *json, const char *key, int64_t t_ns)
{
    char text[OVF_TIME_SIZE];
    ovf_json_text(json, key, day_of(t_ns, text));
}

/* ---- fields of CSV ---- */

static enum ovf_status append_field(struct ovf_buffer *out, const char *text)
{
    const enum ovf_status st = ovf_csv_field(out, text);
    return st == OVF_OK ? ovf_buffer_append(out, ",", 1) : st;
}

/** All values of \p key, one behind the other. */
static enum ovf_status join_values(struct ovf_listing listing, enum ovf_listing_key key,
                                   const char *separator, struct ovf_buffer *out)
{
    enum ovf_status st = OVF_OK;
    struct ovf_bytes value;
    for (size_t i = 0; (value = ovf_listing_value(listing, key, i)).len > 0 && st == OVF_OK; i++) {
        if (i > 0)
            st = ovf_buffer_append_text(out, separator);
        if (st == OVF_OK)
            st = ovf_buffer_append(out, value.data, value.len);
    }
    return st;
}

static enum ovf_status append_values(struct ovf_buffer *out, struct ovf_listing listing,
                                     enum ovf_listing_key key)
{
    struct ovf_buffer text = {0};
    enum ovf_status st = join_values(listing, key, "|", &text);
    if (st == OVF_OK)
        st = ovf_buffer_append(&text, "", 1);
    if (st == OVF_OK)
        st = append_field(out, (const char *)text.data);
    ovf_buffer_deinit(&text);
    return st;
}

/* ---- editions ---- */

struct printing {
    struct ovf_buffer *out;
    enum ovf_listing_format format;
};

static enum ovf_status append_edition_csv(struct ovf_buffer *out, const struct ovf_library_list *e)
{
    char day[OVF_TIME_SIZE];
    char imported[OVF_TIME_SIZE];
    ovf_time_format(e->imported_ns, 0, imported);
    enum ovf_status st = append_field(out, e->name);
    if (st == OVF_OK)
        st = ovf_buffer_printf(out, "%s,%s,%s,%lld,%lld,", day_of(e->date_ns, day), e->dated_by,
                               e->format, (long long)e->n_aircraft, (long long)e->n_entities);
    if (st == OVF_OK)
        st = append_field(out, e->file);
    return st == OVF_OK ? ovf_buffer_printf(out, "%s,%s,%s\n", e->file_sha256, e->sha256, imported)
                        : st;
}

static enum ovf_status append_edition_json(struct ovf_buffer *out, const struct ovf_library_list *e)
{
    struct ovf_json_writer json = ovf_json_begin(out);
    char imported[OVF_TIME_SIZE];
    ovf_time_format(e->imported_ns, 0, imported);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "list_edition");
    ovf_json_text(&json, "list", e->name);
    put_day(&json, "date", e->date_ns);
    ovf_json_text(&json, "dated_by", e->dated_by);
    ovf_json_text(&json, "format", e->format);
    ovf_json_int(&json, "n_aircraft", e->n_aircraft);
    ovf_json_int(&json, "n_entities", e->n_entities);
    ovf_json_text(&json, "file", e->file);
    ovf_json_text(&json, "file_sha256", e->file_sha256);
    ovf_json_text(&json, "sha256", e->sha256);
    ovf_json_text(&json, "imported", imported);
    return end_json(&json, out);
}

static enum ovf_status append_edition(void *context, const struct ovf_library_list *e)
{
    const struct printing *const p = context;
    char day[OVF_TIME_SIZE];
    switch (p->format) {
    case OVF_LISTING_TABLE:
        return ovf_buffer_printf(p->out, "%-24s %s %-11s %8lld %8lld  %.12s  %s\n", e->name,
                                 day_of(e->date_ns, day), e->format, (long long)e->n_aircraft,
                                 (long long)e->n_entities, e->file_sha256, e->file);
    case OVF_LISTING_CSV:
        return append_edition_csv(p->out, e);
    case OVF_LISTING_NDJSON:
        break;
    }
    return append_edition_json(p->out, e);
}

enum ovf_status ovf_list_print_editions(struct ovf_library *library, enum ovf_listing_format format,
                                        const struct ovf_sink *sink, struct ovf_error *err)
{
    struct ovf_buffer out = {0};
    struct printing p = {&out, format};
    enum ovf_status st = OVF_OK;
    if (format == OVF_LISTING_CSV)
        st = ovf_buffer_append_text(
            &out,
            "list,date,dated_by,format,n_aircraft,n_entities,file,file_sha256,sha256,imported\n");
    if (format == OVF_LISTING_TABLE)
        st = ovf_buffer_append_text(
            &out, "LIST                     DATE       FORMAT      AIRCRAFT ENTITIES  SHA256       "
                  " FILE\n");
    if (st == OVF_OK)
        st = ovf_library_lists_each(library, NULL, append_edition, &p, err);
    return flush(&out, st, sink);
}

/* ---- changes ---- */

struct change {
    const char *what;  /* "entered", "left" */
    int64_t before_ns; /* the day of the edition before */
    int64_t date_ns;
    const struct ovf_listed *listed;
};

static enum ovf_status append_change(struct ovf_buffer *out, const struct change *c,
                                     enum ovf_listing_format format)
{
    const struct ovf_listing listing = c->listed->newest;
    const struct ovf_bytes name = ovf_listing_value(listing, OVF_LISTING_NAME, 0);
    struct ovf_json_writer json = ovf_json_begin(out);
    enum ovf_status st;
    switch (format) {
    case OVF_LISTING_TABLE:
        return ovf_buffer_printf(out, "%-7s %-8s %.*s %.*s\n", c->what,
                                 ovf_listing_is_aircraft(listing) ? "aircraft" : "entity",
                                 (int)c->listed->id.len, (const char *)c->listed->id.data,
                                 (int)name.len, (const char *)name.data);
    case OVF_LISTING_CSV:
        st = ovf_buffer_printf(out, "%s,", c->what);
        for (int key = OVF_LISTING_ID; key <= OVF_LISTING_NAME && st == OVF_OK; key++)
            st = append_values(out, listing, (enum ovf_listing_key)key);
        if (st == OVF_OK)
            st = append_field(out, c->listed->list);
        if (st == OVF_OK) {
            char day[OVF_TIME_SIZE];
            char before[OVF_TIME_SIZE];
            st = ovf_buffer_printf(out, "%s,%s\n", day_of(c->date_ns, day),
                                   day_of(c->before_ns, before));
        }
        return st;
    case OVF_LISTING_NDJSON:
        break;
    }
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "listing_change");
    ovf_json_text(&json, "change", c->what);
    ovf_json_text(&json, "list", c->listed->list);
    put_day(&json, "date", c->date_ns);
    put_day(&json, "date_before", c->before_ns);
    ovf_json_bytes(&json, "id", c->listed->id);
    ovf_json_text(&json, "kind", ovf_listing_is_aircraft(listing) ? "aircraft" : "entity");
    ovf_json_bytes(&json, "name", name);
    return end_json(&json, out);
}

static enum ovf_status append_changes_of(struct ovf_buffer *out, const struct ovf_listed *listed,
                                         int64_t date_ns, enum ovf_listing_format format)
{
    enum ovf_status st = OVF_OK;
    for (size_t i = 0; i < listed->n_in_force && st == OVF_OK; i++) {
        const struct ovf_in_force *const run = &listed->in_force[i];
        const bool entered = run->has_before && run->first_ns == date_ns;
        const bool left = run->has_after && run->after_ns == date_ns;
        if (!entered && !left)
            continue;
        const struct change change = {entered ? "entered" : "left",
                                      entered ? run->before_ns : run->last_ns, date_ns, listed};
        st = append_change(out, &change, format);
    }
    return st;
}

enum ovf_status ovf_list_print_changes(const struct ovf_listings *listings, const char *name,
                                       int64_t date_ns, enum ovf_listing_format format,
                                       const struct ovf_sink *sink)
{
    struct ovf_buffer out = {0};
    const struct ovf_listed *listed;
    enum ovf_status st = OVF_OK;
    if (format == OVF_LISTING_CSV)
        st = ovf_buffer_append_text(&out, "change,id,kind,name,list,date,date_before\n");
    for (size_t i = 0; (listed = ovf_listings_at(listings, i)) != NULL && st == OVF_OK; i++) {
        if (strcmp(listed->list, name) == 0)
            st = append_changes_of(&out, listed, date_ns, format);
    }
    return flush(&out, st, sink);
}

/* ---- what was found ---- */

struct finding {
    struct ovf_buffer *out;
    const struct ovf_listings *listings;
    enum ovf_listing_format format;
    int64_t on_ns;
    size_t n_found;
};

static void put_values(struct ovf_json_writer *json, struct ovf_listing listing,
                       enum ovf_listing_key key, const char *name)
{
    struct ovf_bytes value = ovf_listing_value(listing, key, 0);
    if (value.len == 0)
        return;
    ovf_json_open(json, name, '[');
    for (size_t i = 1; value.len > 0; i++) {
        ovf_json_bytes(json, NULL, value);
        value = ovf_listing_value(listing, key, i);
    }
    ovf_json_close(json, ']');
}

static void put_one(struct ovf_json_writer *json, struct ovf_listing listing,
                    enum ovf_listing_key key)
{
    const struct ovf_bytes value = ovf_listing_value(listing, key, 0);
    if (value.len > 0)
        ovf_json_bytes(json, ovf_listing_key_name(key), value);
}

static void put_in_force(struct ovf_json_writer *json, const struct ovf_listed *listed)
{
    ovf_json_open(json, "in_force", '[');
    for (size_t i = 0; i < listed->n_in_force; i++) {
        const struct ovf_in_force *const run = &listed->in_force[i];
        ovf_json_open(json, NULL, '{');
        if (run->has_before)
            put_day(json, "not_on", run->before_ns);
        put_day(json, "first", run->first_ns);
        put_day(json, "last", run->last_ns);
        if (run->has_after)
            put_day(json, "no_longer_on", run->after_ns);
        ovf_json_close(json, '}');
    }
    ovf_json_close(json, ']');
}

static void put_state(struct ovf_json_writer *json, const struct finding *f,
                      const struct ovf_listed *listed)
{
    const struct ovf_listing_at at = ovf_listings_state(f->listings, listed, f->on_ns);
    put_day(json, "date", f->on_ns);
    ovf_json_text(json, "state", ovf_listing_state_name(at.state));
    put_day(json, "as_of", at.as_of->date_ns);
    ovf_json_text(json, "as_of_sha256", at.as_of->sha256);
    if (at.is_after_last)
        ovf_json_bool(json, "after_last_edition", true);
}

static void put_same_airframe(struct ovf_json_writer *json, const struct finding *f,
                              const struct ovf_listed *listed)
{
    const struct ovf_listed *others[MAX_SAME_AIRFRAME];
    const size_t n = ovf_listings_same_airframe(f->listings, listed, others, MAX_SAME_AIRFRAME);
    if (n == 0)
        return;
    ovf_json_open(json, "same_airframe", '[');
    for (size_t i = 0; i < n; i++) {
        ovf_json_open(json, NULL, '{');
        ovf_json_text(json, "list", others[i]->list);
        ovf_json_bytes(json, "id", others[i]->id);
        ovf_json_bytes(json, "name", ovf_listing_value(others[i]->newest, OVF_LISTING_NAME, 0));
        ovf_json_close(json, '}');
    }
    ovf_json_close(json, ']');
}

static enum ovf_status append_found_json(const struct finding *f, const struct ovf_listed *listed,
                                         struct ovf_listing listing, enum ovf_listing_key key)
{
    static const struct {
        enum ovf_listing_key key;
        const char *name;
    } lists[] = {{OVF_LISTING_NAME, "names"},
                 {OVF_LISTING_REGISTRATION, "registrations"},
                 {OVF_LISTING_PREVIOUS_REGISTRATION, "previous_registrations"},
                 {OVF_LISTING_ICAO24, "icao24"},
                 {OVF_LISTING_MSN, "msn"},
                 {OVF_LISTING_CONSTRUCTION_NUMBER, "construction_numbers"},
                 {OVF_LISTING_MODEL, "models"},
                 {OVF_LISTING_OPERATOR, "operators"},
                 {OVF_LISTING_LINKED_TO, "linked_to"},
                 {OVF_LISTING_PROGRAMME, "programmes"}};
    struct ovf_json_writer json = ovf_json_begin(f->out);
    ovf_json_open(&json, NULL, '{');
    ovf_json_text(&json, "type", "listing");
    ovf_json_text(&json, "list", listed->list);
    put_one(&json, listing, OVF_LISTING_ID);
    put_one(&json, listing, OVF_LISTING_KIND);
    ovf_json_text(&json, "found_in", ovf_listing_key_name(key));
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        put_values(&json, listing, lists[i].key, lists[i].name);
    put_one(&json, listing, OVF_LISTING_NATIONALITY);
    put_one(&json, listing, OVF_LISTING_FROM);
    put_one(&json, listing, OVF_LISTING_TO);
    put_one(&json, listing, OVF_LISTING_SOURCE);
    if (ovf_listing_value(listing, OVF_LISTING_CUT, 0).len > 0)
        ovf_json_bool(&json, "remarks_are_cut", true);
    put_one(&json, listing, OVF_LISTING_REMARKS);
    put_in_force(&json, listed);
    put_state(&json, f, listed);
    put_same_airframe(&json, f, listed);
    return end_json(&json, f->out);
}

static const enum ovf_listing_key csv_keys[] = {
    OVF_LISTING_ID,
    OVF_LISTING_KIND,
    OVF_LISTING_NAME,
    OVF_LISTING_REGISTRATION,
    OVF_LISTING_PREVIOUS_REGISTRATION,
    OVF_LISTING_ICAO24,
    OVF_LISTING_MSN,
    OVF_LISTING_CONSTRUCTION_NUMBER,
    OVF_LISTING_MODEL,
    OVF_LISTING_OPERATOR,
    OVF_LISTING_LINKED_TO,
    OVF_LISTING_PROGRAMME,
    OVF_LISTING_FROM,
    OVF_LISTING_TO,
};

static enum ovf_status append_found_head(struct ovf_buffer *out)
{
    enum ovf_status st = ovf_buffer_append_text(out, "list,");
    for (size_t i = 0; i < sizeof csv_keys / sizeof *csv_keys && st == OVF_OK; i++)
        st = ovf_buffer_printf(out, "%s,", ovf_listing_key_name(csv_keys[i]));
    return st == OVF_OK ? ovf_buffer_append_text(
                              out, "found_in,first_edition,last_edition,date,state,as_of\n")
                        : st;
}

static enum ovf_status append_found_csv(const struct finding *f, const struct ovf_listed *listed,
                                        struct ovf_listing listing, enum ovf_listing_key key)
{
    const struct ovf_listing_at at = ovf_listings_state(f->listings, listed, f->on_ns);
    char days[4][OVF_TIME_SIZE];
    enum ovf_status st = append_field(f->out, listed->list);
    for (size_t i = 0; i < sizeof csv_keys / sizeof *csv_keys && st == OVF_OK; i++)
        st = append_values(f->out, listing, csv_keys[i]);
    return st != OVF_OK ? st
                        : ovf_buffer_printf(
                              f->out, "%s,%s,%s,%s,%s,%s\n", ovf_listing_key_name(key),
                              day_of(listed->in_force[0].first_ns, days[0]),
                              day_of(listed->in_force[listed->n_in_force - 1].last_ns, days[1]),
                              day_of(f->on_ns, days[2]), ovf_listing_state_name(at.state),
                              day_of(at.as_of->date_ns, days[3]));
}

/** "in force     entered after 2022-12-02, by 2024-05-02; still there on 2024-05-03, the last" */
static enum ovf_status append_run(struct ovf_buffer *out, const struct ovf_in_force *run)
{
    char days[4][OVF_TIME_SIZE];
    enum ovf_status st = ovf_buffer_append_text(out, "  in force      ");
    if (st == OVF_OK && run->has_before)
        st = ovf_buffer_printf(out, "entered after %s, by %s; ", day_of(run->before_ns, days[0]),
                               day_of(run->first_ns, days[1]));
    else if (st == OVF_OK)
        st = ovf_buffer_printf(out, "on %s, the first edition; ", day_of(run->first_ns, days[1]));
    if (st != OVF_OK)
        return st;
    if (run->has_after)
        return ovf_buffer_printf(out, "left after %s, by %s\n", day_of(run->last_ns, days[2]),
                                 day_of(run->after_ns, days[3]));
    return ovf_buffer_printf(out, "on %s, the last edition\n", day_of(run->last_ns, days[2]));
}

static enum ovf_status append_state_text(const struct finding *f, const struct ovf_listed *listed)
{
    const struct ovf_listing_at at = ovf_listings_state(f->listings, listed, f->on_ns);
    char days[2][OVF_TIME_SIZE];
    enum ovf_status st = ovf_buffer_printf(
        f->out, "  %s    %s as of the list of %s (sha256 %.12s)", day_of(f->on_ns, days[0]),
        ovf_listing_state_name(at.state), day_of(at.as_of->date_ns, days[1]), at.as_of->sha256);
    if (st == OVF_OK && at.is_after_last)
        st = ovf_buffer_printf(
            f->out, ", the last: %lld days older",
            (long long)((ovf_time_day(f->on_ns) - at.as_of->date_ns) / OVF_NS_PER_DAY));
    return st == OVF_OK ? ovf_buffer_append_text(f->out, "\n") : st;
}

static enum ovf_status append_found_text(const struct finding *f, const struct ovf_listed *listed,
                                         struct ovf_listing listing)
{
    const struct ovf_bytes name = ovf_listing_value(listing, OVF_LISTING_NAME, 0);
    const struct ovf_listed *others[MAX_SAME_AIRFRAME];
    enum ovf_status st =
        ovf_buffer_printf(f->out, "%s %.*s %.*s\n", listed->list, (int)listed->id.len,
                          (const char *)listed->id.data, (int)name.len, (const char *)name.data);
    for (int key = OVF_LISTING_REGISTRATION; key <= OVF_LISTING_CUT && st == OVF_OK; key++) {
        if (ovf_listing_value(listing, (enum ovf_listing_key)key, 0).len == 0)
            continue;
        st = ovf_buffer_printf(f->out, "  %-13s ", ovf_listing_key_name((enum ovf_listing_key)key));
        if (st == OVF_OK)
            st = join_values(listing, (enum ovf_listing_key)key, ", ", f->out);
        if (st == OVF_OK)
            st = ovf_buffer_append_text(f->out, "\n");
    }
    for (size_t i = 0; i < listed->n_in_force && st == OVF_OK; i++)
        st = append_run(f->out, &listed->in_force[i]);
    if (st == OVF_OK)
        st = append_state_text(f, listed);
    const size_t n = ovf_listings_same_airframe(f->listings, listed, others, MAX_SAME_AIRFRAME);
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        const struct ovf_bytes other = ovf_listing_value(others[i]->newest, OVF_LISTING_NAME, 0);
        st = ovf_buffer_printf(f->out, "  same airframe %s %.*s %.*s\n", others[i]->list,
                               (int)others[i]->id.len, (const char *)others[i]->id.data,
                               (int)other.len, (const char *)other.data);
    }
    return st;
}

static enum ovf_status append_found(void *context, const struct ovf_listed *listed,
                                    struct ovf_listing listing, enum ovf_listing_key key)
{
    struct finding *const f = context;
    f->n_found++;
    switch (f->format) {
    case OVF_LISTING_TABLE:
        return append_found_text(f, listed, listing);
    case OVF_LISTING_CSV:
        return append_found_csv(f, listed, listing, key);
    case OVF_LISTING_NDJSON:
        break;
    }
    return append_found_json(f, listed, listing, key);
}

enum ovf_status ovf_list_print_found(const struct ovf_listings *listings, const char *query,
                                     int64_t on_ns, enum ovf_listing_format format,
                                     const struct ovf_sink *sink, size_t *n_found)
{
    struct ovf_buffer out = {0};
    struct finding f = {&out, listings, format, on_ns, 0};
    enum ovf_status st = format == OVF_LISTING_CSV ? append_found_head(&out) : OVF_OK;
    if (st == OVF_OK)
        st = ovf_listings_search(listings, ovf_bytes_from_text(query), append_found, &f);
    *n_found = f.n_found;
    return flush(&out, st, sink);
}
