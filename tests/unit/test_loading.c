/* SPDX-License-Identifier: Apache-2.0 */
/* Tables that are loaded against the same rows put one by one: rows, entries of indexes and R-trees, the schema, and
 * what SQLite says of the file. */
#include "gpkg_fixture.h"
#include "same_rows.h"
#include "store_rows.h"

#include "store/loading.h"

enum { N_ROWS = 200 };

/** What is asked of the texts that an index is of: where one is absent or long, SQLite makes it. ALL_LONG: of all
 * texts, as many of which as the row's number says take one byte more to tell how long they are. */
enum index_texts { INDEX_ANY, INDEX_SHORT, INDEX_LONGEST, ALL_LONG };

/** A store whose tables are empty, and one in which one row is already, so that nothing is loaded there. */
struct pair {
    struct gpkg_fixture loaded;
    struct gpkg_fixture plain;
    enum ovf_store_kind kind;
    enum index_texts texts;
    char *schema;       /* as it was made */
    int64_t seed_bytes; /* of the row that is there already */
};

/* All with revisions; of the first three, texts are indexed beside the id. */
static const enum ovf_store_kind loaded_kinds[] = {OVF_STORE_FLIGHT,  OVF_STORE_CROSSING,
                                                   OVF_STORE_GAP,     OVF_STORE_JOURNEY,
                                                   OVF_STORE_FINDING, OVF_STORE_AIRSPACE};

enum { N_LOADED_KINDS = sizeof loaded_kinds / sizeof *loaded_kinds, N_INDEXED_KINDS = 3 };

/** All but where its tables stand. To be freed. */
static char *schema_of(sqlite3 *db)
{
    sqlite3_stmt *const stmt = prepare_sql(
        db, "SELECT group_concat(line,char(10)) FROM (SELECT type||' '||name||' '||"
            "tbl_name||' '||coalesce(sql,'') AS line FROM sqlite_schema ORDER BY name)");
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    char *const text = strdup((const char *)sqlite3_column_text(stmt, 0));
    assert_non_null(text);
    sqlite3_finalize(stmt);
    return text;
}

static void put_seed(struct gpkg_fixture *f, enum ovf_store_kind kind)
{
    static struct store_row row;
    store_rows_make(kind, 0, &row);
    snprintf(row.id, sizeof row.id, "seed");
    gpkg_begin(f, 1);
    assert_int_equal(store_rows_put(f->store, kind, &row, &f->err), OVF_OK);
    gpkg_commit(f);
    gpkg_run(f, "REINDEX"); /* the seed's entries, too, are SQLite's own */
}

/** Bytes of all records of a table or index; 0 where SQLite does not tell. */
static int64_t record_bytes(struct gpkg_fixture *f, const char *name)
{
    char sql[128];
    if (sqlite3_compileoption_used("ENABLE_DBSTAT_VTAB") == 0)
        return 0;
    snprintf(sql, sizeof sql, "SELECT sum(payload) FROM dbstat WHERE name='%s'", name);
    return int_of_sql(ovf_store_db(f->store), sql);
}

static struct pair open_pair(enum ovf_store_kind kind, enum index_texts texts)
{
    struct pair p = {gpkg_fixture_open(), gpkg_fixture_open(), kind, texts, NULL, 0};
    p.schema = schema_of(ovf_store_db(p.loaded.store));
    put_seed(&p.plain, kind);
    p.seed_bytes = record_bytes(&p.plain, ovf_store_table(kind)->name);
    return p;
}

static void close_pair(struct pair *p)
{
    gpkg_fixture_close(&p->loaded);
    gpkg_fixture_close(&p->plain);
    free(p->schema);
}

/* ---- what is done to both ---- */

enum step_kind {
    PUT,     /* rows first to last, with the revision "r" and n */
    RETRACT, /* of them, each that is there */
    RETRACT_ALL,
    TOUCH,
    SHOW,
    FIND,
    JUDGE, /* changes gaps that are there, as store/heard.c does */
    BEGIN,
    COMMIT,
    ROLLBACK,
    END
};

struct step {
    enum step_kind kind;
    size_t first;
    size_t last;
    int revision;
};

/** The texts of the second index as \p texts wants them: few, so that many entries are equal, or with all others of an
 * entry just as long as is laid out. */
static void set_index_texts(enum ovf_store_kind kind, enum index_texts texts, size_t i,
                            struct store_row *row)
{
    const struct ovf_store_table *const table = ovf_store_table(kind);
    const char *const columns = table->n_indexes > 1 ? table->indexes[1].columns : "";
    const size_t length = strchr(columns, ',') == NULL ? 99 : 49;
    size_t n_texts = 0;
    for (size_t c = 2; c < table->n_columns; c++) {
        const struct ovf_column *const column = &table->columns[c];
        void *const member = (unsigned char *)&row->any + column->offset;
        if (texts == ALL_LONG && column->type == OVF_COLUMN_TEXT)
            *(const char **)member = store_rows_text(n_texts++ < i ? 8186 : 8185);
        if (texts == INDEX_ANY || texts == ALL_LONG || strstr(columns, column->name) == NULL)
            continue;
        if (column->type == OVF_COLUMN_TEXT)
            *(const char **)member =
                store_rows_text(texts == INDEX_SHORT ? 1 + i * 7 % 9 : length - i % 40);
        else if (column->type == OVF_COLUMN_TIME)
            *(struct ovf_store_time *)member =
                (struct ovf_store_time){true, ((int64_t)(i * 7 % 11) - 5) * 100 * OVF_NS_PER_DAY};
    }
}

static void put_rows(const struct pair *p, struct gpkg_fixture *f, const struct step *step)
{
    static struct store_row row;
    char revision[16];
    snprintf(revision, sizeof revision, "r%d", step->revision);
    for (size_t i = step->first; i <= step->last; i++) {
        store_rows_make(p->kind, i, &row);
        set_index_texts(p->kind, p->texts, i, &row);
        ((const char **)&row.any)[1] = revision;
        const enum ovf_status st = store_rows_put(f->store, p->kind, &row, &f->err);
        if (st != OVF_OK)
            fail_msg("row %zu: %s", i, f->err.text);
    }
}

static void retract_rows(const struct pair *p, struct gpkg_fixture *f, const struct step *step)
{
    static struct store_row row;
    for (size_t i = step->first; i <= step->last; i++) {
        store_rows_make(p->kind, i, &row);
        const enum ovf_status st = ovf_store_retract(f->store, p->kind, row.id, NULL, &f->err);
        assert_true(st == OVF_OK || st == OVF_E_NOTFOUND);
    }
}

/** But for the seed. */
static void retract_all(const struct pair *p, struct gpkg_fixture *f)
{
    const struct ovf_text_item seed = {.text = "seed"};
    assert_int_equal(ovf_store_retract_others(f->store, p->kind, &seed, 1, &f->err), OVF_OK);
}

static void find_row(const struct pair *p, struct gpkg_fixture *f, size_t i)
{
    static struct store_row row;
    int64_t fid = 0;
    store_rows_make(p->kind, i, &row);
    assert_int_equal(ovf_store_find(f->store, p->kind, row.id, &fid, &f->err), OVF_OK);
    assert_int_not_equal(fid, 0);
}

static void do_step(const struct pair *p, struct gpkg_fixture *f, const struct step *step)
{
    switch (step->kind) {
    case PUT:
        put_rows(p, f, step);
        break;
    case RETRACT:
        retract_rows(p, f, step);
        break;
    case RETRACT_ALL:
        retract_all(p, f);
        break;
    case TOUCH:
        assert_int_equal(ovf_store_touch(f->store, p->kind, &f->err), OVF_OK);
        break;
    case SHOW:
        assert_int_equal(ovf_store_show(f->store, &f->err), OVF_OK);
        break;
    case FIND:
        find_row(p, f, step->first);
        break;
    case JUDGE:
        gpkg_run(f, "UPDATE gaps SET cause='outage',witnesses=json,known_s=7 WHERE id LIKE '%1'");
        break;
    case BEGIN:
        gpkg_begin(f, 1000 + (int64_t)step->first);
        break;
    case COMMIT:
        gpkg_commit(f);
        break;
    case ROLLBACK:
        ovf_store_rollback(f->store);
        break;
    case END:
        break;
    }
}

static void do_both(struct pair *p, const struct step *steps)
{
    for (; steps->kind != END; steps++) {
        do_step(p, &p->loaded, steps);
        do_step(p, &p->plain, steps);
    }
}

/* ---- what must hold of them ---- */

struct comparison {
    sqlite3 *db; /* "a" is what was loaded, "b" the other one */
    const char *table;
    char columns[4096]; /* all but fid */
};

static struct comparison compare(const struct pair *p)
{
    struct comparison c = {.table = ovf_store_table(p->kind)->name};
    char sql[256];
    assert_int_equal(sqlite3_open(":memory:", &c.db), SQLITE_OK);
    snprintf(sql, sizeof sql, "ATTACH '%s' AS a; ATTACH '%s' AS b", p->loaded.path, p->plain.path);
    run_sql(c.db, sql);
    snprintf(sql, sizeof sql,
             "SELECT group_concat('\"'||name||'\"') FROM pragma_table_info('%s','a') "
             "WHERE name<>'fid'",
             c.table);
    sqlite3_stmt *const stmt = prepare_sql(c.db, sql);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    snprintf(c.columns, sizeof c.columns, "%s", (const char *)sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    return c;
}

/** The query \p format of either file, in which @ is the file, # the table, and * its columns but for fid. */
static int64_t assert_same_in_both(const struct comparison *c, const char *format)
{
    char sqls[2][6000];
    for (int i = 0; i < 2; i++) {
        char *at = sqls[i];
        for (const char *p = format; *p != '\0'; p++) {
            const char one[] = {*p, '\0'};
            const char *const text = *p == '@'   ? (i == 0 ? "a" : "b")
                                     : *p == '#' ? c->table
                                     : *p == '*' ? c->columns
                                                 : one;
            at += snprintf(at, sizeof sqls[i] - (size_t)(at - sqls[i]), "%s", text);
        }
    }
    return assert_same_rows(c->db, sqls[0], sqls[1]);
}

/** By the R-tree's entries, what changed in the file's lists, and revisions. */
static void assert_same_beside(const struct comparison *c, bool has_geometry)
{
    if (has_geometry)
        (void)assert_same_in_both(c, "SELECT t.id,minx,maxx,miny,maxy FROM @.# AS t CROSS JOIN "
                                     "@.rtree_#_geom AS r ON r.id=t.fid ORDER BY t.id");
    (void)assert_same_in_both(c, "SELECT min_x,min_y,max_x,max_y,last_change FROM @.gpkg_contents "
                                 "WHERE table_name='#'");
    (void)assert_same_in_both(c, "SELECT fid,id,kind,rev,superseded_by,at FROM @.revisions "
                                 "ORDER BY fid");
}

/** \p each of every column of \p index, where @ is its name. */
static void of_columns(const struct ovf_table_index *index, const char *each, char *out,
                       size_t size)
{
    char *at = out;
    for (const char *name = index->columns; *name != '\0';) {
        const size_t len = strcspn(name, ",");
        for (const char *p = each; *p != '\0'; p++) {
            const size_t room = size - (size_t)(at - out);
            at += *p == '@' ? snprintf(at, room, "%.*s", (int)len, name)
                            : snprintf(at, room, "%c", *p);
        }
        name += len + (name[len] == ',' ? 1 : 0);
    }
}

/** SQLite looks into it, it leads to every row that it is of, and its entries take the bytes of those that SQLite
 * makes. */
static void assert_index(struct gpkg_fixture *f, const char *table,
                         const struct ovf_table_index *index)
{
    char columns[256];
    char sql[1024];
    sqlite3 *const db = ovf_store_db(f->store);
    const char *const where = index->where != NULL ? index->where : "fid IS NOT NULL";
    of_columns(index, " AND @=''", columns, sizeof columns);
    snprintf(sql, sizeof sql,
             "EXPLAIN QUERY PLAN SELECT * FROM \"%s\" INDEXED BY \"%s\" WHERE %s%s", table,
             index->name, where, columns);
    sqlite3_stmt *const stmt = prepare_sql(db, sql);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    snprintf(sql, sizeof sql, "USING INDEX %s (", index->name);
    assert_non_null(strstr((const char *)sqlite3_column_text(stmt, 3), sql));
    sqlite3_finalize(stmt);

    of_columns(index, " AND y.@ IS x.@", columns, sizeof columns);
    snprintf(sql, sizeof sql,
             "SELECT (SELECT count(*) FROM \"%s\" AS x CROSS JOIN \"%s\" AS y INDEXED BY \"%s\" "
             "WHERE y.fid=x.fid%s AND y.%s)-(SELECT count(*) FROM \"%s\" NOT INDEXED WHERE %s)",
             table, table, index->name, columns, where, table, where);
    assert_int_equal(int_of_sql(db, sql), 0);

    const int64_t n_bytes = record_bytes(f, index->name);
    snprintf(sql, sizeof sql, "REINDEX \"%s\"", index->name);
    run_sql(db, sql);
    assert_int_equal(n_bytes, record_bytes(f, index->name));
}

static void assert_schema(const struct pair *p)
{
    char *const schema = schema_of(ovf_store_db(p->loaded.store));
    assert_string_equal(schema, p->schema);
    free(schema);
}

static void assert_same(struct pair *p, int64_t n_rows)
{
    const struct ovf_store_table *const table = ovf_store_table(p->kind);
    struct comparison c = compare(p);
    const int64_t n = assert_same_in_both(&c, "SELECT * FROM @.# WHERE id<>'seed' ORDER BY id");
    assert_int_equal(n, n_rows);
    assert_same_beside(&c, table->geometry != OVF_GEOMETRY_NONE);
    assert_int_equal(sqlite3_close(c.db), SQLITE_OK);
    assert_schema(p);
    gpkg_assert_sound(&p->loaded);
    gpkg_reopen(&p->loaded); /* another connection knows of it what the schema says alone */
    gpkg_assert_sound(&p->loaded);
    assert_int_equal(record_bytes(&p->loaded, table->name),
                     record_bytes(&p->plain, table->name) - p->seed_bytes);
    for (size_t i = 0; i < table->n_indexes; i++)
        assert_index(&p->loaded, table->name, &table->indexes[i]);
}

static void assert_same_after(enum ovf_store_kind kind, enum index_texts texts,
                              const struct step *steps, int64_t n_rows)
{
    struct pair p = open_pair(kind, texts);
    do_both(&p, steps);
    assert_same(&p, n_rows);
    close_pair(&p);
}

/* ---- the cases ---- */

static const struct step load_all[] = {
    {.kind = BEGIN}, {PUT, 0, N_ROWS - 1, 1}, {.kind = COMMIT}, {.kind = END}};

static void test_values_at_their_limits_are_those_of_insert(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_LOADED_KINDS; i++)
        assert_same_after(loaded_kinds[i], INDEX_ANY, load_all, N_ROWS);
}

static void test_indexes_of_short_texts_are_sqlites(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_INDEXED_KINDS; i++)
        assert_same_after(loaded_kinds[i], INDEX_SHORT, load_all, N_ROWS);
}

static void test_indexes_of_the_longest_texts_are_sqlites(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_INDEXED_KINDS; i++)
        assert_same_after(loaded_kinds[i], INDEX_LONGEST, load_all, N_ROWS);
}

/* The types of a crossing's columns take 109 to 138 bytes: from 127 on, how many these are takes two. */
static void test_rows_of_long_texts_are_those_of_insert(void **state)
{
    static const struct step steps[] = {
        {.kind = BEGIN}, {PUT, 0, 30, 1}, {.kind = COMMIT}, {.kind = END}};
    (void)state;
    assert_same_after(OVF_STORE_CROSSING, ALL_LONG, steps, 31);
}

static void test_few_rows_are_those_of_insert(void **state)
{
    (void)state;
    for (size_t last = 0; last < 3; last++) {
        const struct step steps[] = {
            {.kind = BEGIN}, {PUT, 0, last, 1}, {.kind = COMMIT}, {.kind = END}};
        assert_same_after(OVF_STORE_GAP, INDEX_SHORT, steps, (int64_t)last + 1);
    }
}

static void test_rows_shown_in_between_are_those_of_insert(void **state)
{
    static const struct step steps[] = {{.kind = BEGIN},  {.kind = SHOW},   {PUT, 0, 0, 1},
                                        {.kind = SHOW},   {.kind = SHOW},   {PUT, 1, 70, 1},
                                        {.kind = SHOW},   {PUT, 71, 90, 1}, {.kind = SHOW},
                                        {.kind = COMMIT}, {.kind = END}};
    (void)state;
    assert_same_after(OVF_STORE_CROSSING, INDEX_SHORT, steps, 91);
}

static void test_rows_after_a_look_in_between_are_those_of_insert(void **state)
{
    static const struct step steps[] = {{.kind = BEGIN},  {PUT, 0, 50, 1},  {FIND, 20, 0, 0},
                                        {PUT, 51, 80, 1}, {FIND, 80, 0, 0}, {.kind = SHOW},
                                        {.kind = COMMIT}, {.kind = END}};
    (void)state;
    assert_same_after(OVF_STORE_FLIGHT, INDEX_SHORT, steps, 81);
    assert_same_after(OVF_STORE_FLIGHT, INDEX_ANY, steps, 81);
}

static void test_a_table_that_is_touched_alone_has_its_indexes(void **state)
{
    static const struct step steps[] = {{.kind = BEGIN}, {.kind = TOUCH}, {.kind = COMMIT},
                                        {.kind = BEGIN}, {PUT, 0, 9, 1},  {.kind = COMMIT},
                                        {.kind = END}};
    (void)state;
    assert_same_after(OVF_STORE_FLIGHT, INDEX_SHORT, steps, 10);
}

static void test_gaps_judged_in_between_are_as_they_were_judged(void **state)
{
    static const struct step steps[] = {{.kind = BEGIN}, {PUT, 0, 99, 1},    {.kind = SHOW},
                                        {.kind = JUDGE}, {PUT, 100, 150, 1}, {.kind = SHOW},
                                        {.kind = JUDGE}, {.kind = COMMIT},   {.kind = END}};
    (void)state;
    assert_same_after(OVF_STORE_GAP, INDEX_SHORT, steps, 151);
    assert_same_after(OVF_STORE_GAP, INDEX_ANY, steps, 151);
}

static void test_a_row_put_twice_is_there_once(void **state)
{
    static const struct step same[] = {{.kind = BEGIN},  {PUT, 0, 60, 1},  {PUT, 30, 31, 1},
                                       {PUT, 50, 90, 1}, {.kind = COMMIT}, {.kind = END}};
    static const struct step other[] = {{.kind = BEGIN}, {PUT, 0, 60, 1},  {.kind = SHOW},
                                        {PUT, 0, 0, 2},  {PUT, 50, 90, 2}, {PUT, 90, 90, 3},
                                        {PUT, 0, 1, 1},  {.kind = COMMIT}, {.kind = END}};
    (void)state;
    assert_same_after(OVF_STORE_CROSSING, INDEX_SHORT, same, 91);
    assert_same_after(OVF_STORE_FINDING, INDEX_SHORT, same, 91);
    assert_same_after(OVF_STORE_CROSSING, INDEX_SHORT, other, 91);
    assert_same_after(OVF_STORE_FINDING, INDEX_SHORT, other, 91);
}

static void test_rows_retracted_in_between_are_gone(void **state)
{
    static const struct step steps[] = {{.kind = BEGIN},  {PUT, 0, 60, 1},  {RETRACT, 20, 22, 0},
                                        {PUT, 61, 70, 1}, {PUT, 21, 21, 2}, {RETRACT, 60, 100, 0},
                                        {PUT, 60, 60, 1}, {.kind = COMMIT}, {.kind = END}};
    (void)state;
    assert_same_after(OVF_STORE_CROSSING, INDEX_SHORT, steps, 59);
    assert_same_after(OVF_STORE_AIRSPACE, INDEX_ANY, steps, 59);
}

static void test_a_load_that_was_rolled_back_is_begun_anew(void **state)
{
    static const struct step shown[] = {{.kind = BEGIN},    {PUT, 0, 60, 1}, {.kind = SHOW},
                                        {.kind = ROLLBACK}, {.kind = BEGIN}, {PUT, 40, 99, 2},
                                        {.kind = COMMIT},   {.kind = END}};
    static const struct step found[] = {{.kind = BEGIN},  {PUT, 0, 60, 1},    {FIND, 5, 0, 0},
                                        {PUT, 61, 62, 1}, {.kind = ROLLBACK}, {.kind = BEGIN},
                                        {PUT, 40, 99, 2}, {.kind = COMMIT},   {.kind = END}};
    (void)state;
    assert_same_after(OVF_STORE_FLIGHT, INDEX_SHORT, shown, 60);
    assert_same_after(OVF_STORE_AIRSPACE, INDEX_SHORT, shown, 60);
    assert_same_after(OVF_STORE_FLIGHT, INDEX_SHORT, found, 60);
    assert_same_after(OVF_STORE_AIRSPACE, INDEX_SHORT, found, 60);
}

static void test_nothing_of_a_load_that_was_rolled_back_is_there(void **state)
{
    static const struct step steps[] = {
        {.kind = BEGIN}, {PUT, 0, 60, 1}, {FIND, 5, 0, 0}, {.kind = ROLLBACK}, {.kind = END}};
    (void)state;
    struct pair p = open_pair(OVF_STORE_FLIGHT, INDEX_SHORT);
    do_both(&p, steps);
    assert_schema(&p);
    gpkg_assert_sound(&p.loaded);
    assert_int_equal(gpkg_int(&p.loaded, "SELECT count(*) FROM flights"), 0);
    close_pair(&p);
}

static void test_a_loaded_table_goes_on_row_by_row(void **state)
{
    static const struct step steps[] = {{.kind = BEGIN},      {PUT, 0, 99, 1},  {.kind = COMMIT},
                                        {BEGIN, 1, 0, 0},     {PUT, 50, 79, 1}, {PUT, 80, 149, 2},
                                        {RETRACT, 10, 19, 0}, {.kind = COMMIT}, {.kind = END}};
    (void)state;
    assert_same_after(OVF_STORE_GAP, INDEX_SHORT, steps, 140);
    assert_same_after(OVF_STORE_JOURNEY, INDEX_SHORT, steps, 140);
}

static void test_a_table_that_was_emptied_is_loaded_again(void **state)
{
    static const struct step steps[] = {{.kind = BEGIN},  {PUT, 0, 99, 1},       {.kind = COMMIT},
                                        {BEGIN, 1, 0, 0}, {.kind = RETRACT_ALL}, {.kind = COMMIT},
                                        {BEGIN, 2, 0, 0}, {PUT, 50, 149, 2},     {PUT, 50, 50, 3},
                                        {.kind = COMMIT}, {.kind = END}};
    static const struct step at_once[] = {
        {.kind = BEGIN},       {PUT, 0, 99, 1},   {.kind = COMMIT}, {BEGIN, 1, 0, 0},
        {.kind = RETRACT_ALL}, {PUT, 50, 149, 2}, {.kind = COMMIT}, {.kind = END}};
    (void)state;
    assert_same_after(OVF_STORE_GAP, INDEX_SHORT, steps, 100);
    assert_same_after(OVF_STORE_GAP, INDEX_SHORT, at_once, 100);
    assert_same_after(OVF_STORE_FINDING, INDEX_SHORT, steps, 100);
}

static void test_several_tables_are_loaded_at_once(void **state)
{
    struct gpkg_fixture f = gpkg_fixture_open();
    static struct store_row row;
    (void)state;
    gpkg_begin(&f, 1000);
    for (size_t i = 0; i < 60; i++) {
        for (size_t k = 0; k < N_LOADED_KINDS; k++) {
            store_rows_make(loaded_kinds[k], i, &row);
            assert_int_equal(store_rows_put(f.store, loaded_kinds[k], &row, &f.err), OVF_OK);
        }
        if (i == 30)
            assert_int_equal(ovf_store_show(f.store, &f.err), OVF_OK);
    }
    gpkg_commit(&f);
    for (size_t k = 0; k < N_LOADED_KINDS; k++) {
        char sql[96];
        snprintf(sql, sizeof sql, "SELECT count(*) FROM \"%s\"",
                 ovf_store_table(loaded_kinds[k])->name);
        assert_int_equal(gpkg_int(&f, sql), 60);
    }
    gpkg_assert_sound(&f);
    gpkg_fixture_close(&f);
}

static void test_rows_that_are_shown_are_seen(void **state)
{
    struct pair p = open_pair(OVF_STORE_FLIGHT, INDEX_SHORT);
    static const struct step before[] = {{.kind = BEGIN}, {PUT, 0, 4, 1}, {.kind = END}};
    static const struct step after[] = {{.kind = SHOW}, {.kind = END}};
    static const struct step end[] = {{PUT, 5, 6, 1}, {.kind = COMMIT}, {.kind = END}};
    static const char count_indexes[] =
        "SELECT count(*) FROM sqlite_schema WHERE type='index' AND tbl_name='flights'";
    (void)state;
    do_both(&p, before);
    /* Or nothing here compares what is loaded with what is not. */
    assert_int_equal(gpkg_int(&p.loaded, count_indexes), ovf_loading_works() ? 0 : 2);
    assert_int_equal(gpkg_int(&p.plain, count_indexes), 2);
    do_both(&p, after);
    assert_int_equal(gpkg_int(&p.loaded, "SELECT count(*) FROM flights"), 5);
    do_both(&p, end);
    assert_int_equal(gpkg_int(&p.loaded, "SELECT count(*) FROM flights"), 7);
    assert_same(&p, 7);
    close_pair(&p);
}

static void test_the_page_that_was_made_for_loading_is_used(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_LOADED_KINDS; i++) {
        struct pair p = open_pair(loaded_kinds[i], INDEX_ANY);
        do_both(&p, load_all);
        assert_int_equal(gpkg_int(&p.loaded, "PRAGMA freelist_count"), 0);
        close_pair(&p);
    }
}

/* What lets an index be made of a table is let go again. */
static void test_the_schema_is_guarded_after_a_load(void **state)
{
    struct pair p = open_pair(OVF_STORE_FLIGHT, INDEX_SHORT);
    int is = 0;
    (void)state;
    sqlite3 *const db = ovf_store_db(p.loaded.store);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, &is);
    do_both(&p, load_all);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, -1, &is);
    assert_int_equal(is, 1);
    assert_int_equal(gpkg_int(&p.loaded, "PRAGMA writable_schema"), 0);
    assert_int_not_equal(sqlite3_exec(db, "DELETE FROM sqlite_schema", NULL, NULL, NULL),
                         SQLITE_OK);
    assert_same(&p, N_ROWS);
    close_pair(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_at_their_limits_are_those_of_insert),
        cmocka_unit_test(test_indexes_of_short_texts_are_sqlites),
        cmocka_unit_test(test_indexes_of_the_longest_texts_are_sqlites),
        cmocka_unit_test(test_rows_of_long_texts_are_those_of_insert),
        cmocka_unit_test(test_few_rows_are_those_of_insert),
        cmocka_unit_test(test_rows_shown_in_between_are_those_of_insert),
        cmocka_unit_test(test_rows_after_a_look_in_between_are_those_of_insert),
        cmocka_unit_test(test_a_table_that_is_touched_alone_has_its_indexes),
        cmocka_unit_test(test_gaps_judged_in_between_are_as_they_were_judged),
        cmocka_unit_test(test_a_row_put_twice_is_there_once),
        cmocka_unit_test(test_rows_retracted_in_between_are_gone),
        cmocka_unit_test(test_a_load_that_was_rolled_back_is_begun_anew),
        cmocka_unit_test(test_nothing_of_a_load_that_was_rolled_back_is_there),
        cmocka_unit_test(test_a_loaded_table_goes_on_row_by_row),
        cmocka_unit_test(test_a_table_that_was_emptied_is_loaded_again),
        cmocka_unit_test(test_several_tables_are_loaded_at_once),
        cmocka_unit_test(test_rows_that_are_shown_are_seen),
        cmocka_unit_test(test_the_page_that_was_made_for_loading_is_used),
        cmocka_unit_test(test_the_schema_is_guarded_after_a_load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
