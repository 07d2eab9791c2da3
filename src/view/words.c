/* SPDX-License-Identifier: Apache-2.0 */
/* The answer, the method and the limits in words. A sentence is made of findings and names them; one that is made of
 * the store's rows or of the case names the sources that these came from. Nothing is said of intentions. */
#include <stdio.h>
#include <string.h>

#include "view/view_parts.h"

/* Of more findings than these a sentence names the first. */
#define MOST_NAMED "20"
#define MOST_OF_A_RULE "8"
enum { MOST_ITEMS = 8 };

/** Sentences being put together. Failures stick in the writer. */
struct telling {
    struct ovf_view_writing *w;
    struct ovf_buffer text;
    struct ovf_buffer ids; /* separated by blanks, as are the next */
    struct ovf_buffer sources;
    size_t n_items; /* of the sentence */
    size_t n_left_out;
};

static void keep_status(struct telling *t, enum ovf_status st)
{
    if (t->w->json.status == OVF_OK)
        t->w->json.status = st;
}

static void say(struct telling *t, const char *format, ...) OVF_PRINTF(2, 3);
static void say(struct telling *t, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    keep_status(t, ovf_buffer_vprintf(&t->text, format, args));
    va_end(args);
}

static void name(struct telling *t, const char *id)
{
    keep_status(t, ovf_buffer_printf(&t->ids, "%s%s", t->ids.len > 0 ? " " : "", id));
}

static enum ovf_status cite_row(void *context, sqlite3_stmt *stmt)
{
    struct telling *const t = context;
    const char *const n = ovf_view_column(stmt, 0);
    keep_status(t, ovf_buffer_printf(&t->sources, "%s%s", t->sources.len > 0 ? " " : "", n));
    return OVF_OK;
}

/** The sentence rests on the sources of \p kind: it was made of no finding. */
static void cite(struct telling *t, const char *kind)
{
    keep_status(t, ovf_view_each(t->w->view,
                                 "SELECT n FROM temp.source WHERE kind=?1 ORDER BY n"
                                 " LIMIT " MOST_NAMED,
                                 kind, cite_row, t, t->w->err));
}

/** Begin one of several parts of a sentence. False: there are too many, and it is only counted. */
static bool next_item(struct telling *t)
{
    if (t->n_items == MOST_ITEMS) {
        t->n_left_out++;
        return false;
    }
    if (t->n_items++ > 0)
        say(t, "; ");
    return true;
}

static void end(struct telling *t)
{
    if (t->n_left_out > 0)
        say(t, "; and %zu more", t->n_left_out);
    if (t->text.len > 0)
        say(t, ".");
    keep_status(t, ovf_buffer_append(&t->ids, "", 1));
    keep_status(t, ovf_buffer_append(&t->sources, "", 1));
    const struct ovf_view_basis basis = {(const char *)t->ids.data, (const char *)t->sources.data};
    if (t->w->json.status == OVF_OK)
        ovf_view_put_sentence(t->w, &t->text, &basis);
    t->ids.len = 0;
    t->sources.len = 0;
    t->n_items = 0;
    t->n_left_out = 0;
}

static void sentence(struct telling *t, const char *text)
{
    say(t, "%s", text);
    end(t);
}

static void forget(struct telling *t)
{
    ovf_buffer_deinit(&t->text);
    ovf_buffer_deinit(&t->ids);
    ovf_buffer_deinit(&t->sources);
}

/** A verdict in words: "not checkable from tracks". */
static void say_verdict(struct telling *t, const char *verdict)
{
    for (; *verdict != '\0'; verdict++)
        say(t, "%c", *verdict == '_' ? ' ' : *verdict);
}

static enum ovf_status each(struct telling *t, const char *sql, ovf_view_row_fn *take)
{
    return ovf_view_each(t->w->view, sql, NULL, take, t, t->w->err);
}

#define FINDINGS "temp.said s JOIN findings f ON f.fid=s.fid"
#define FIRST_REASON "json_extract(f.json,'$.reasons[0]')"
#define LAST_REASON "json_extract(f.json,'$.reasons[#-1]')"

/* ---- how many, and of which days ---- */

/** What is told live is not in the store: the page says how many there are with it. */
static bool is_live(const struct telling *t)
{
    return t->w->view->source.mode == OVF_VIEW_LIVE;
}

static enum ovf_status say_watch(void *context, sqlite3_stmt *stmt)
{
    struct telling *const t = context;
    if (!next_item(t))
        return OVF_OK;
    name(t, ovf_view_column(stmt, 0));
    say(t, "%lld journeys were counted of the watch %s", (long long)sqlite3_column_int64(stmt, 2),
        ovf_view_column(stmt, 1));
    if (t->n_items == 1)
        say(t, " (%s crossings in %s)", ovf_view_column(stmt, 5), is_live(t) ? "the store" : "all");
    say(t, " between %s and %s", ovf_view_column(stmt, 6), ovf_view_column(stmt, 7));
    say(t, ", and the inputs have data of %lld of these %lld days",
        (long long)sqlite3_column_int64(stmt, 4), (long long)sqlite3_column_int64(stmt, 3));
    if (strcmp(ovf_view_column(stmt, 8), "too_little_data") == 0)
        say(t, " (too little to judge a change)");
    return OVF_OK;
}

static enum ovf_status name_missing(void *context, sqlite3_stmt *stmt)
{
    name(context, ovf_view_column(stmt, 0));
    return OVF_OK;
}

static enum ovf_status say_total(void *context, sqlite3_stmt *stmt)
{
    struct telling *const t = context;
    const bool is_empty = sqlite3_column_int64(stmt, 0) == 0 && sqlite3_column_int64(stmt, 3) == 0;
    if (t->text.len > 0 || (is_live(t) && is_empty))
        return OVF_OK;
    say(t, is_live(t) ? "The store has %s crossings" : "%s crossings are shown",
        ovf_view_column(stmt, 0));
    if (ovf_view_column(stmt, 1)[0] != '\0')
        say(t, ", of flights from %s to %s", ovf_view_column(stmt, 1), ovf_view_column(stmt, 2));
    say(t, "; the inputs have data of %s day%s", ovf_view_column(stmt, 3),
        sqlite3_column_int64(stmt, 3) == 1 ? "" : "s");
    cite(t, "input");
    return OVF_OK;
}

static enum ovf_status tell_counts(struct telling *t)
{
    enum ovf_status st =
        each(t,
             "SELECT "
             "f.id,f.about_id,json_extract(f.json,'$.n_journeys'),json_extract(f.json,'$.n_days'),"
             "json_extract(f.json,'$.n_days_with_data'),(SELECT count(*) FROM temp.shown),"
             "(SELECT min(day) FROM completeness WHERE fixes>0),"
             "(SELECT max(day) FROM completeness WHERE fixes>0),f.verdict FROM " FINDINGS
             " WHERE f.rule LIKE 'series/%' AND f.verdict IN ('counted','too_little_data')"
             " AND json_extract(f.json,'$.against') IS NULL ORDER BY s.n",
             say_watch);
    if (st == OVF_OK)
        st = each(t,
                  "SELECT f.id FROM " FINDINGS " WHERE f.rule LIKE 'series/%'"
                  " AND f.verdict='no_data' ORDER BY s.n LIMIT " MOST_NAMED,
                  name_missing);
    if (st == OVF_OK)
        st = each(t,
                  "SELECT (SELECT count(*) FROM temp.shown),min(substr(c.flight_start,1,10)),"
                  "max(substr(c.flight_end,1,10)),(SELECT count(DISTINCT day) FROM completeness"
                  " WHERE fixes>0) FROM temp.shown s JOIN crossings c ON c.fid=s.fid",
                  say_total);
    end(t);
    return st;
}

/* ---- changes, and what they stand beside ---- */

static enum ovf_status say_change(void *context, sqlite3_stmt *stmt)
{
    struct telling *const t = context;
    if (!next_item(t))
        return OVF_OK;
    name(t, ovf_view_column(stmt, 0));
    say(t, "%s%s: %s", t->n_items == 1 && t->text.len == 0 ? "Changes of the daily counts: " : "",
        ovf_view_column(stmt, 1), ovf_view_column(stmt, 2));
    return OVF_OK;
}

static enum ovf_status say_no_change(void *context, sqlite3_stmt *stmt)
{
    struct telling *const t = context;
    if (t->n_items == 0) {
        name(t, ovf_view_column(stmt, 0));
        if (t->text.len == 0)
            say(t, "%s",
                strcmp(ovf_view_column(stmt, 1), "counted") == 0
                    ? "No halt, resumption, rise or fall of the daily counts was found"
                    : "There is too little data to tell whether daily counts changed");
    }
    return OVF_OK;
}

static enum ovf_status tell_changes(struct telling *t)
{
    enum ovf_status st =
        each(t,
             "SELECT f.id,f.about_id," FIRST_REASON " FROM " FINDINGS
             " WHERE f.rule LIKE 'series/%' AND f.verdict IN ('halt','resumption','rise','fall')"
             " ORDER BY f.about_id,json_extract(f.json,'$.day'),s.n",
             say_change);
    if (st == OVF_OK)
        st = each(t,
                  "SELECT f.id,f.verdict FROM " FINDINGS
                  " WHERE f.rule LIKE 'series/%' AND f.verdict IN"
                  " ('counted','too_little_data') AND json_extract(f.json,'$.against') IS NULL"
                  " ORDER BY s.n",
                  say_no_change);
    if (st == OVF_OK && t->text.len > 0 && t->n_items == 0)
        t->n_items = 1;
    if (st == OVF_OK)
        st = each(t,
                  "SELECT f.id,'request '||f.about_id||' of '||json_extract(f.json,'$.date'),"
                  "json_extract(f.json,'$.reasons[1]') FROM " FINDINGS
                  " WHERE f.rule LIKE 'request/%' ORDER BY json_extract(f.json,'$.date'),"
                  "s.n",
                  say_change);
    end(t);
    return st;
}

/* ---- what was held against them ---- */

static const struct {
    const char *rule;
    const char *words;
} held[] = {
    {"claim", "claims"},
    {"order", "orders to land"},
    {"inspection", "inspections"},
    {"permit", "crossings held against the supplied permit lists"},
    {"listing", "flights of aircraft that a list names"},
    {"closure", "crossings of what was closed"},
    {"embargo", "journeys held against measures"},
};

struct holding {
    struct telling t;
    char rule[32]; /* of the part being said */
};

static const char *held_words(const char *rule)
{
    for (size_t i = 0; i < sizeof held / sizeof *held; i++) {
        if (strcmp(held[i].rule, rule) == 0)
            return held[i].words;
    }
    return rule;
}

static enum ovf_status say_verdicts(void *context, sqlite3_stmt *stmt)
{
    struct holding *const h = context;
    const char *const rule = ovf_view_column(stmt, 0);
    if (strcmp(rule, h->rule) != 0) {
        (void)snprintf(h->rule, sizeof h->rule, "%s", rule);
        say(&h->t, "%s%s: ", h->t.text.len > 0 ? "; " : "Held against them, ", held_words(rule));
    } else {
        say(&h->t, ", ");
    }
    say(&h->t, "%lld ", (long long)sqlite3_column_int64(stmt, 2));
    say_verdict(&h->t, ovf_view_column(stmt, 1));
    return OVF_OK;
}

static enum ovf_status name_held(void *context, sqlite3_stmt *stmt)
{
    struct holding *const h = context;
    name(&h->t, ovf_view_column(stmt, 0));
    return OVF_OK;
}

#define HELD                                                                                       \
    "(SELECT s.n n,f.id id,substr(f.rule,1,instr(f.rule,'/')-1) rule,f.verdict verdict "           \
    "FROM " FINDINGS " WHERE f.rule NOT LIKE 'series/%' AND f.rule NOT LIKE 'request/%'"           \
    " AND NOT (f.rule LIKE 'order/%' AND f.about_kind<>'order')"                                   \
    " AND NOT (f.rule LIKE 'inspection/%' AND f.about_kind<>'inspection'))"

static enum ovf_status tell_held(struct ovf_view_writing *w)
{
    struct holding h = {.t = {.w = w}};
    enum ovf_status st = ovf_view_each(
        w->view, "SELECT rule,verdict,count(*) FROM " HELD " GROUP BY 1,2 ORDER BY 1,2", NULL,
        say_verdicts, &h, w->err);
    if (st == OVF_OK)
        st = ovf_view_each(w->view,
                           "SELECT id FROM (SELECT id,n,row_number() OVER"
                           " (PARTITION BY rule ORDER BY n) k FROM " HELD
                           ") WHERE k<=" MOST_OF_A_RULE " ORDER BY n",
                           NULL, name_held, &h, w->err);
    end(&h.t);
    forget(&h.t);
    return st;
}

enum ovf_status ovf_view_put_answer(struct ovf_view_writing *w)
{
    struct telling t = {.w = w};
    ovf_json_open(&w->json, "answer", '[');
    enum ovf_status st = tell_counts(&t);
    if (st == OVF_OK)
        st = tell_changes(&t);
    if (st == OVF_OK)
        st = tell_held(w);
    ovf_json_close(&w->json, ']');
    forget(&t);
    return st;
}

/* ---- method ---- */

static enum ovf_status say_edition(void *context, sqlite3_stmt *stmt)
{
    struct telling *const t = context;
    say(t, "Boundaries (%s): %s, edition %s; each crossing says how accurate its own is",
        ovf_view_column(stmt, 0), ovf_view_column(stmt, 1), ovf_view_column(stmt, 2));
    keep_status(t, ovf_view_each(t->w->view,
                                 "SELECT n FROM temp.source WHERE kind='boundaries' AND"
                                 " coalesce(edition,digest)=?1 ORDER BY n",
                                 ovf_view_column(stmt, 2), cite_row, t, t->w->err));
    end(t);
    return OVF_OK;
}

static enum ovf_status say_class(void *context, sqlite3_stmt *stmt)
{
    struct telling *const t = context;
    const char *const class = ovf_view_column(stmt, 0);
    say(t, "%lld crossings are of class %s: %s", (long long)sqlite3_column_int64(stmt, 1), class,
        ovf_view_class_words(class));
    cite(t, "input");
    end(t);
    return OVF_OK;
}

/** The rows that an archive left out are no silence. */
static enum ovf_status say_thinned(void *context, sqlite3_stmt *stmt)
{
    struct telling *const t = context;
    const char *const seconds = ovf_view_column(stmt, 0);
    say(t,
        "Inputs of archives that leave out rows: %s; where these say that an aircraft was heard "
        "all the while, up to %s s between two rows are no gap",
        ovf_view_column(stmt, 1), seconds);
    keep_status(t, ovf_view_each(t->w->view,
                                 "SELECT n FROM temp.source WHERE input IN (SELECT id FROM inputs"
                                 " WHERE decimation_s=?1) ORDER BY n LIMIT " MOST_NAMED,
                                 seconds, cite_row, t, t->w->err));
    end(t);
    return OVF_OK;
}

static void say_watches(struct telling *t, const struct ovf_case *c)
{
    for (size_t i = 0; c != NULL && i < c->watches.n; i++) {
        const struct ovf_case_watch *const watch =
            &((const struct ovf_case_watch *)c->watches.items)[i];
        say(t, "The watch %s asks for flights ", watch->name.text);
        keep_status(t, ovf_view_watch_words(watch, &t->text));
        cite(t, "case");
        end(t);
    }
}

static enum ovf_status say_exposure(void *context, sqlite3_stmt *stmt)
{
    struct telling *const t = context;
    if (t->text.len == 0)
        say(t, "A day weighs as much as flights of others were heard in the watch's airspaces, set "
               "against what is usual there; days without data are no zeros");
    name(t, ovf_view_column(stmt, 0));
    return OVF_OK;
}

enum ovf_status ovf_view_put_method(struct ovf_view_writing *w)
{
    struct telling t = {.w = w};
    ovf_json_open(&w->json, "method", '[');
    sentence(&t, "Between two believed positions an aircraft is taken to have flown the WGS84 "
                 "geodesic at uniform speed; it crosses where that meets the boundary, at a time "
                 "between those of the two");
    say_watches(&t, w->view->source.the_case);
    enum ovf_status st =
        each(&t, "SELECT DISTINCT kind,coalesce(source,name),edition FROM airspaces ORDER BY 1,2,3",
             say_edition);
    if (st == OVF_OK)
        st = each(&t,
                  "SELECT c.class,count(*) FROM temp.shown s JOIN crossings c ON c.fid=s.fid"
                  " GROUP BY 1 ORDER BY 2 DESC,1",
                  say_class);
    if (st == OVF_OK)
        st = each(&t,
                  "SELECT decimation_s,count(*) FROM inputs WHERE decimation_s>0 GROUP BY 1"
                  " ORDER BY 1",
                  say_thinned);
    if (st == OVF_OK)
        st = each(&t,
                  "SELECT f.id FROM " FINDINGS " WHERE f.rule LIKE 'series/%' AND f.verdict IN"
                  " ('counted','too_little_data') ORDER BY s.n LIMIT " MOST_NAMED,
                  say_exposure);
    end(&t);
    ovf_json_close(&w->json, ']');
    forget(&t);
    return st;
}

/* ---- limits ---- */

static enum ovf_status say_limit(void *context, sqlite3_stmt *stmt)
{
    struct telling *const t = context;
    name(t, ovf_view_column(stmt, 0));
    say(t, "%s %s: %s", ovf_view_column(stmt, 1), ovf_view_column(stmt, 2),
        ovf_view_column(stmt, 3));
    end(t);
    return OVF_OK;
}

#define REMARKABLE "verdict NOT IN ('nothing_remarkable','too_few_to_judge')"

static enum ovf_status say_days(void *context, sqlite3_stmt *stmt)
{
    struct telling *const t = context;
    if (sqlite3_column_int64(stmt, 0) > 0) {
        say(t, "%s days of inputs are remarkable for what they lack, the first %s (%s)",
            ovf_view_column(stmt, 0), ovf_view_column(stmt, 1), ovf_view_column(stmt, 2));
        keep_status(t, ovf_view_each(t->w->view,
                                     "SELECT n FROM temp.source WHERE input IN (SELECT input FROM"
                                     " completeness WHERE " REMARKABLE ") ORDER BY n"
                                     " LIMIT " MOST_NAMED,
                                     NULL, cite_row, t, t->w->err));
        end(t);
    }
    return OVF_OK;
}

static enum ovf_status say_gaps(void *context, sqlite3_stmt *stmt)
{
    struct telling *const t = context;
    if (t->text.len == 0)
        cite(t, "input");
    say(t, "%s%s ", t->text.len > 0 ? ", " : "Gaps in the flights shown, by what others show: ",
        ovf_view_column(stmt, 1));
    say_verdict(t, ovf_view_column(stmt, 0));
    return OVF_OK;
}

static enum ovf_status say_sinks(void *context, sqlite3_stmt *stmt)
{
    struct telling *const t = context;
    if (sqlite3_column_int64(stmt, 0) > 0) {
        cite(t, "input");
        say(t,
            "Days on which positions of several aircraft jumped to one place: %s, the first %s; "
            "that is consistent with interference, and such positions are not believed",
            ovf_view_column(stmt, 0), ovf_view_column(stmt, 1));
        end(t);
    }
    return OVF_OK;
}

static enum ovf_status say_detections(void *context, sqlite3_stmt *stmt)
{
    struct telling *const t = context;
    if (sqlite3_column_int64(stmt, 0) > 0) {
        cite(t, "input");
        say(t,
            "Flights with positions in these airspaces that are not believed, and that no crossing "
            "tells: %s; that is consistent with interference or a fault",
            ovf_view_column(stmt, 0));
        end(t);
    }
    return OVF_OK;
}

static enum ovf_status say_simulated(void *context, sqlite3_stmt *stmt)
{
    if (sqlite3_column_int64(stmt, 0) == 0)
        return OVF_OK;
    cite(context, "input");
    sentence(context, "The traffic is invented (simulated): what is found in it is an exercise "
                      "and evidence of nothing");
    return OVF_OK;
}

static void say_missing(void *context, const char *path)
{
    struct telling *const t = context;
    const struct ovf_bytes shown = ovf_view_path(t->w->view, path);
    say(t, "The store does not have the input %.*s of the case", (int)shown.len,
        (const char *)shown.data);
    cite(t, "case");
    end(t);
}

static void say_withheld(struct telling *t)
{
    const struct ovf_view_withheld n = t->w->view->withheld;
    if (!t->w->view->source.is_public)
        return;
    say(t,
        "Withheld from publication: %zu crossings of aircraft on the FAA's LADD list and %zu with "
        "a privacy address (PIA) that meet no watch, %zu findings about permits, %zu private notes",
        n.n_ladd, n.n_pia, n.n_permits, n.n_notes);
    end(t);
}

enum ovf_status ovf_view_put_limits(struct ovf_view_writing *w)
{
    struct telling t = {.w = w};
    ovf_json_open(&w->json, "limits", '[');
    enum ovf_status st = each(&t, "SELECT count(*) FROM crossings WHERE simulated", say_simulated);
    if (st == OVF_OK)
        st = ovf_view_missing(w->view, say_missing, &t, w->err);
    say_withheld(&t);
    if (st == OVF_OK)
        st = each(&t,
                  "SELECT f.id,f.about_kind,f.about_id," LAST_REASON " FROM " FINDINGS
                  " WHERE f.verdict IN ('no_data','undetermined','not_checkable_from_tracks',"
                  "'too_little_data') AND f.about_kind NOT IN ('crossing','flight','journey')"
                  " ORDER BY s.n LIMIT " MOST_NAMED,
                  say_limit);
    if (st == OVF_OK)
        st = each(&t, "SELECT count(*),min(day),min(verdict) FROM completeness WHERE " REMARKABLE,
                  say_days);
    if (st == OVF_OK)
        st = each(&t,
                  "SELECT coalesce(g.cause,'undetermined'),count(*) FROM temp.silent s"
                  " JOIN gaps g ON g.fid=s.fid GROUP BY 1 ORDER BY 2 DESC,1",
                  say_gaps);
    end(&t);
    if (st == OVF_OK)
        st = each(&t, "SELECT count(DISTINCT day),min(day) FROM sinks", say_sinks);
    if (st == OVF_OK)
        st = each(&t,
                  "SELECT count(*) FROM temp.doubted s JOIN detections d ON d.fid=s.fid"
                  " WHERE d.airspaces NOT NULL",
                  say_detections);
    sentence(&t, "Who was not heard may have flown all the same; what an aircraft carried, and why "
                 "it was not heard, is not known from tracks");
    ovf_json_close(&w->json, ']');
    forget(&t);
    return st;
}
