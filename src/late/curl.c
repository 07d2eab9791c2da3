/* SPDX-License-Identifier: Apache-2.0 */
/* libcurl: the client of HTTP. */
#include <curl/curl.h>
#include <stdarg.h>

#include "late/late.h"

static struct ovf_late_library library = {.soname = OVF_SONAME_CURL};

/* The header makes macros of these, which look at types. */
#undef curl_easy_setopt
#undef curl_easy_getinfo

OVF_LATE(CURLcode, curl_global_init, (long flags), (flags))
OVF_LATE_VOID(curl_global_cleanup, (void), ())

OVF_LATE(CURL *, curl_easy_init, (void), ())
OVF_LATE_VOID(curl_easy_cleanup, (CURL * easy), (easy))
OVF_LATE_VOID(curl_easy_reset, (CURL * easy), (easy))
OVF_LATE(CURLcode, curl_easy_perform, (CURL * easy), (easy))
OVF_LATE(const char *, curl_easy_strerror, (CURLcode code), (code))
OVF_LATE(CURLHcode, curl_easy_header,
         (CURL * easy, const char *name, size_t index, unsigned origin, int request,
          struct curl_header **header),
         (easy, name, index, origin, request, header))

OVF_LATE(CURLM *, curl_multi_init, (void), ())
OVF_LATE(CURLMcode, curl_multi_cleanup, (CURLM * multi), (multi))
OVF_LATE(CURLMcode, curl_multi_add_handle, (CURLM * multi, CURL *easy), (multi, easy))
OVF_LATE(CURLMcode, curl_multi_remove_handle, (CURLM * multi, CURL *easy), (multi, easy))
OVF_LATE(CURLMcode, curl_multi_perform, (CURLM * multi, int *n_running), (multi, n_running))
OVF_LATE(CURLMcode, curl_multi_poll,
         (CURLM * multi, struct curl_waitfd fds[], unsigned n_fds, int timeout_ms, int *n_ready),
         (multi, fds, n_fds, timeout_ms, n_ready))
OVF_LATE(CURLMsg *, curl_multi_info_read, (CURLM * multi, int *n_left), (multi, n_left))

OVF_LATE(struct curl_slist *, curl_slist_append, (struct curl_slist * list, const char *text),
         (list, text))
OVF_LATE_VOID(curl_slist_free_all, (struct curl_slist * list), (list))

/* One value follows; the option's number says of which type it is. */
CURLcode curl_easy_setopt(CURL *easy, CURLoption option, ...)
{
    OVF_LATE_FUNCTION(function, curl_easy_setopt);
    va_list value;
    CURLcode code;
    va_start(value, option);
    if (option < CURLOPTTYPE_OBJECTPOINT)
        code = function(easy, option, va_arg(value, long));
    else if (option < CURLOPTTYPE_FUNCTIONPOINT || option >= CURLOPTTYPE_BLOB)
        code = function(easy, option, va_arg(value, void *));
    else if (option < CURLOPTTYPE_OFF_T)
        code = function(easy, option, va_arg(value, ovf_late_function *));
    else
        code = function(easy, option, va_arg(value, curl_off_t));
    va_end(value);
    return code;
}

/* One pointer follows, to where the value is put. */
CURLcode curl_easy_getinfo(CURL *easy, CURLINFO info, ...)
{
    OVF_LATE_FUNCTION(function, curl_easy_getinfo);
    va_list value;
    va_start(value, info);
    const CURLcode code = function(easy, info, va_arg(value, void *));
    va_end(value);
    return code;
}
