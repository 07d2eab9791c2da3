/* SPDX-License-Identifier: Apache-2.0 */
/* Counting per input. */
#include "run/account.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"

static void clear_inputs(struct ovf_account *account)
{
    for (size_t i = 0; i < account->n_inputs; i++) {
        account->inputs[i].first_ns = INT64_MAX;
        account->inputs[i].last_ns = INT64_MIN;
    }
}

enum ovf_status ovf_account_new(const struct ovf_catalog *catalog, bool wants_digests,
                                struct ovf_account *out)
{
    struct ovf_account account = {.n_inputs = ovf_catalog_n_inputs(catalog),
                                  .n_members = ovf_catalog_n_items(catalog),
                                  .owns_members = true,
                                  .wants_digests = wants_digests};
    account.inputs = calloc(account.n_inputs + 1, sizeof *account.inputs);
    account.members = calloc(account.n_members + 1, sizeof *account.members);
    if (account.inputs == NULL || account.members == NULL) {
        ovf_account_deinit(&account);
        return OVF_E_NOMEM;
    }
    clear_inputs(&account);
    for (size_t i = 0; i < account.n_inputs; i++) {
        const struct ovf_input *input = ovf_catalog_input(catalog, i);
        account.inputs[i].members = input->members;
        (void)snprintf(account.inputs[i].trouble, sizeof account.inputs[i].trouble, "%s",
                       input->trouble);
    }
    *out = account;
    return OVF_OK;
}

enum ovf_status ovf_account_fork(const struct ovf_account *whole, struct ovf_account *out)
{
    struct ovf_account account = {.n_inputs = whole->n_inputs,
                                  .members = whole->members,
                                  .n_members = whole->n_members,
                                  .wants_digests = whole->wants_digests};
    account.inputs = calloc(account.n_inputs + 1, sizeof *account.inputs);
    if (account.inputs == NULL)
        return OVF_E_NOMEM;
    clear_inputs(&account);
    *out = account;
    return OVF_OK;
}

/** Of two texts the one of the earlier member, so that threads do not decide which is shown. */
static void take_text(char *text, size_t size, uint32_t *item, const char *other,
                      uint32_t other_item)
{
    if (other[0] == '\0' || (text[0] != '\0' && *item <= other_item))
        return;
    (void)snprintf(text, size, "%s", other);
    *item = other_item;
}

void ovf_account_join(struct ovf_account *whole, struct ovf_account *part)
{
    for (size_t i = 0; i < whole->n_inputs; i++) {
        struct ovf_account_input *sum = &whole->inputs[i];
        const struct ovf_account_input *more = &part->inputs[i];
        ovf_tally_add(&sum->members, &more->members);
        ovf_tally_add(&sum->rows, &more->rows);
        sum->n_aircraft_days += more->n_aircraft_days;
        sum->n_date_disagrees += more->n_date_disagrees;
        take_text(sum->date_example, sizeof sum->date_example, &sum->date_example_item,
                  more->date_example, more->date_example_item);
        take_text(sum->trouble, sizeof sum->trouble, &sum->trouble_item, more->trouble,
                  more->trouble_item);
        take_text(sum->row_trouble, sizeof sum->row_trouble, &sum->row_trouble_item,
                  more->row_trouble, more->row_trouble_item);
        sum->first_ns = more->first_ns < sum->first_ns ? more->first_ns : sum->first_ns;
        sum->last_ns = more->last_ns > sum->last_ns ? more->last_ns : sum->last_ns;
    }
    ovf_account_deinit(part);
}

void ovf_account_deinit(struct ovf_account *account)
{
    free(account->inputs);
    if (account->owns_members)
        free(account->members);
    *account = (struct ovf_account){0};
}

void ovf_account_reject(struct ovf_account *account, const struct ovf_item *item, uint32_t number,
                        enum ovf_reject reason, const char *text)
{
    struct ovf_account_input *input = &account->inputs[item->input];
    char line[sizeof input->trouble];
    (void)snprintf(line, sizeof line, "%.120s: %.170s", item->name,
                   text[0] != '\0' ? text : ovf_reject_words(reason));
    ovf_tally_reject(&input->members, reason);
    take_text(input->trouble, sizeof input->trouble, &input->trouble_item, line, number);
}

void ovf_account_rows(struct ovf_account *account, const struct ovf_item *item, uint32_t number,
                      const struct ovf_tally *rows, const char *first_rejected)
{
    struct ovf_account_input *input = &account->inputs[item->input];
    char line[sizeof input->row_trouble] = "";
    if (first_rejected[0] != '\0')
        (void)snprintf(line, sizeof line, "%.120s: %.170s", item->name, first_rejected);
    ovf_tally_add(&input->rows, rows);
    take_text(input->row_trouble, sizeof input->row_trouble, &input->row_trouble_item, line,
              number);
}

/* ---- what inputs are known by ---- */

void ovf_account_know(struct ovf_account *account, uint32_t number, const struct ovf_digest *digest)
{
    account->members[number].has_digest = true;
    account->members[number].digest = *digest;
}

static int compare_digests(const void *x, const void *y)
{
    const struct ovf_digest *a = x;
    const struct ovf_digest *b = y;
    return memcmp(a->bytes, b->bytes, sizeof a->bytes);
}

/** Text, so that sha256sum and sort make the same. */
static enum ovf_status hash_members(const struct ovf_account_member *members, size_t n,
                                    struct ovf_digest *out)
{
    char line[OVF_SHA256_HEX_SIZE];
    struct ovf_sha256 *hash = NULL;
    struct ovf_digest *digests = malloc((n + 1) * sizeof *digests);
    enum ovf_status st = digests == NULL ? OVF_E_NOMEM : ovf_sha256_new(&hash);
    for (size_t i = 0; i < n && st == OVF_OK; i++)
        digests[i] = members[i].digest;
    if (st == OVF_OK && n > 1)
        qsort(digests, n, sizeof *digests, compare_digests);
    for (size_t i = 0; i < n && st == OVF_OK; i++) {
        ovf_digest_format(&digests[i], OVF_SHA256_BYTES, line);
        line[sizeof line - 1] = '\n';
        st = ovf_sha256_update(hash, (struct ovf_bytes){(const unsigned char *)line, sizeof line});
    }
    if (st == OVF_OK)
        st = ovf_sha256_finish(hash, out);
    ovf_sha256_free(hash);
    free(digests);
    return st;
}

enum ovf_status ovf_account_settle(const struct ovf_catalog *catalog, struct ovf_account *account)
{
    enum ovf_status st = OVF_OK;
    /* Items stand in the order of inputs. */
    for (size_t begin = 0, end; begin < account->n_members && st == OVF_OK; begin = end) {
        const uint32_t number = ovf_catalog_item(catalog, begin)->input;
        for (end = begin + 1; end < account->n_members; end++) {
            if (ovf_catalog_item(catalog, end)->input != number)
                break;
        }
        struct ovf_account_input *input = &account->inputs[number];
        if (!ovf_account_wants(account, ovf_catalog_input(catalog, number)))
            continue;
        st = hash_members(account->members + begin, end - begin, &input->members_digest);
        input->has_members_digest = st == OVF_OK;
    }
    return st;
}

const char *ovf_account_input_id(const struct ovf_catalog *catalog,
                                 const struct ovf_account *account, size_t i,
                                 char text[OVF_INPUT_ID_SIZE])
{
    const struct ovf_input *input = ovf_catalog_input(catalog, i);
    const struct ovf_account_input *in = &account->inputs[i];
    char hex[OVF_SHA256_HEX_SIZE];
    if (!input->has_digest && !in->has_members_digest)
        return input->path;
    ovf_digest_format(input->has_digest ? &input->digest : &in->members_digest, OVF_SHA256_BYTES,
                      hex);
    (void)snprintf(text, OVF_INPUT_ID_SIZE, "%s:%s",
                   input->has_digest ? "sha256" : "members-sha256", hex);
    return text;
}

int64_t ovf_account_decimation_s(const struct ovf_account_input *in,
                                 const struct ovf_walk_options *walk)
{
    if (in->n_aircraft_days == 0 || walk->decimation_ns == 0)
        return 0;
    return (walk->max_gap_ns + walk->decimation_ns) / OVF_NS_PER_S;
}

bool ovf_account_is_copy(const struct ovf_catalog *catalog, const struct ovf_account *account,
                         size_t i)
{
    const struct ovf_input *input = ovf_catalog_input(catalog, i);
    const struct ovf_account_input *in = &account->inputs[i];
    for (size_t k = 0; k < i; k++) {
        const struct ovf_input *other = ovf_catalog_input(catalog, k);
        if (input->has_digest && other->has_digest &&
            ovf_digest_equal(&input->digest, &other->digest))
            return true;
        if (in->has_members_digest && account->inputs[k].has_members_digest &&
            ovf_digest_equal(&in->members_digest, &account->inputs[k].members_digest))
            return true;
    }
    return false;
}

/* ---- dates ---- */

/** Four, then two, then two digits with the same separator between. */
static bool date_at(const char *p, int64_t *day_ns)
{
    char text[11];
    for (int i = 0; i < 10; i++) {
        const bool separator = i == 4 || i == 7;
        if (separator ? p[i] != p[4] : p[i] < '0' || p[i] > '9')
            return false;
        text[i] = separator ? '-' : p[i];
    }
    if (p[4] != '-' && p[4] != '.' && p[4] != '/' && p[4] != '_')
        return false;
    text[10] = '\0';
    return (p[10] < '0' || p[10] > '9') && ovf_time_parse_iso(ovf_bytes_from_text(text), day_ns);
}

bool ovf_path_date(const char *path, int64_t *day_ns)
{
    bool found = false;
    for (const char *p = path; *p != '\0'; p++) {
        const bool fresh = p == path || p[-1] < '0' || p[-1] > '9';
        if (fresh && date_at(p, day_ns))
            found = true;
    }
    return found;
}

void ovf_account_use_trace(struct ovf_account *account, const struct ovf_item *item,
                           uint32_t number, int64_t base_t_ns)
{
    struct ovf_account_input *input = &account->inputs[item->input];
    int64_t named_ns;
    input->n_aircraft_days++;
    ovf_tally_use(&input->members);
    if (!ovf_path_date(item->name, &named_ns) || named_ns == ovf_time_day(base_t_ns))
        return;
    char named[OVF_TIME_SIZE];
    char inside[OVF_TIME_SIZE];
    char line[sizeof input->date_example];
    ovf_time_format(named_ns, 0, named);
    ovf_time_format(base_t_ns, 0, inside);
    (void)snprintf(line, sizeof line, "%.120s: the path says %.10s, the trace %.10s", item->name,
                   named, inside);
    input->n_date_disagrees++;
    take_text(input->date_example, sizeof input->date_example, &input->date_example_item, line,
              number);
}

void ovf_account_span(struct ovf_account *account, uint32_t input, int64_t t_ns)
{
    struct ovf_account_input *in = &account->inputs[input];
    in->first_ns = t_ns < in->first_ns ? t_ns : in->first_ns;
    in->last_ns = t_ns > in->last_ns ? t_ns : in->last_ns;
}
