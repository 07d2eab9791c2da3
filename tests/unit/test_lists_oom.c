/* SPDX-License-Identifier: Apache-2.0 */
/* Lists when memory runs out: each allocation in turn fails, once and for good. */
#include "test.h"

#include <string.h>

#include "lists/listing_file.h"
#include "lists/listings.h"
#include "oom.h"

static enum ovf_status make(const char *text, const char *comments, size_t *n)
{
    const struct ovf_list_edition edition = {.list = "a"};
    struct ovf_listing_set set = {0};
    struct ovf_listing_report report;
    struct ovf_listings *listings = NULL;
    struct ovf_error err = {""};
    enum ovf_status st =
        ovf_listing_file_read(ovf_bytes_from_text(text), ovf_bytes_from_text(comments),
                              OVF_LIST_FORMAT_N, &set, &report, &err);
    if (st != OVF_OK)
        assert_int_equal(set.n, 0);
    if (st == OVF_OK)
        st = ovf_listings_new(&listings);
    if (st == OVF_OK)
        st = ovf_listings_add_set(listings, &edition, &set);
    if (st == OVF_OK)
        st = ovf_listings_link_operator(listings, "SIM", "a", "1", "x");
    if (st == OVF_OK)
        st = ovf_listings_seal(listings, &err);
    *n = set.n;
    ovf_listings_free(listings);
    ovf_listing_set_deinit(&set);
    return st;
}

static void assert_says_so(const char *text, const char *comments, size_t n_listings)
{
    for (int persistent = 0; persistent < 2; persistent++) {
        unsigned long n = 1;
        for (;; n++) {
            size_t n_made;
            ovf_oom_fail_from(n, persistent != 0);
            const enum ovf_status st = make(text, comments, &n_made);
            const bool failed = ovf_oom_stop();
            assert_int_equal(st, failed ? OVF_E_NOMEM : OVF_OK);
            if (!failed) {
                assert_int_equal(n_made, n_listings);
                break;
            }
        }
        assert_true(n > 10);
    }
}

static void lists_without_memory_say_so(void **state)
{
    (void)state;
    assert_says_so("1,\"XX-A\",\"aircraft\",\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"Aircraft "
                   "Model A310; Aircraft Manufacturer's Serial Number (MSN) 5.\"\n"
                   "2,\"SIM\",-0- ,\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n",
                   "1,\"x\"\n", 2);
    assert_says_so("<sdnList><sdnEntry><uid>1</uid><lastName>XX-A</lastName><sdnType>Aircraft"
                   "</sdnType><idList><id><idType>Aircraft Model</idType><idNumber>A310</idNumber>"
                   "</id></idList></sdnEntry></sdnList>",
                   "", 1);
    assert_says_so("<CONSOLIDATED_LIST><ENTITY><FIRST_NAME>S</FIRST_NAME><REFERENCE_NUMBER>1"
                   "</REFERENCE_NUMBER></ENTITY></CONSOLIDATED_LIST>",
                   "", 1);
    assert_says_so("id,registration,msn,model\n1,XX-A,5,A310\n2,XX-B|XX-C,,\n", "", 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(lists_without_memory_say_so)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
