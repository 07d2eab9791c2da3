/* SPDX-License-Identifier: Apache-2.0 */
/* libmicrohttpd: the server of HTTP. */
#include <microhttpd.h>
#include <stdarg.h>

#include "late/late.h"

static struct ovf_late_library library = {.soname = OVF_SONAME_MICROHTTPD};

typedef struct MHD_Connection connection;
typedef struct MHD_Daemon daemon;
typedef struct MHD_Response response;

daemon *MHD_start_daemon(unsigned flags, uint16_t port, MHD_AcceptPolicyCallback accept,
                         void *accept_context, MHD_AccessHandlerCallback handler,
                         void *handler_context, ...)
{
    OVF_LATE_FUNCTION(function, MHD_start_daemon_va);
    va_list options;
    va_start(options, handler_context);
    daemon *const started =
        function(flags, port, accept, accept_context, handler, handler_context, options);
    va_end(options);
    return started;
}

OVF_LATE_VOID(MHD_stop_daemon, (daemon * server), (server))

OVF_LATE(const char *, MHD_lookup_connection_value,
         (connection * asked, enum MHD_ValueKind kind, const char *key), (asked, kind, key))
OVF_LATE(int, MHD_get_connection_values,
         (connection * asked, enum MHD_ValueKind kind, MHD_KeyValueIterator visit, void *context),
         (asked, kind, visit, context))
OVF_LATE_VOID(MHD_suspend_connection, (connection * asked), (asked))
OVF_LATE_VOID(MHD_resume_connection, (connection * asked), (asked))
OVF_LATE(enum MHD_Result, MHD_queue_response,
         (connection * asked, unsigned status, response *answer), (asked, status, answer))

OVF_LATE(response *, MHD_create_response_from_buffer,
         (size_t len, void *text, enum MHD_ResponseMemoryMode mode), (len, text, mode))
OVF_LATE(response *, MHD_create_response_from_buffer_with_free_callback_cls,
         (size_t len, void *text, MHD_ContentReaderFreeCallback release, void *context),
         (len, text, release, context))
OVF_LATE(response *, MHD_create_response_from_callback,
         (uint64_t len, size_t block_bytes, MHD_ContentReaderCallback read, void *context,
          MHD_ContentReaderFreeCallback release),
         (len, block_bytes, read, context, release))
OVF_LATE(response *, MHD_create_response_from_fd_at_offset64,
         (uint64_t len, int fd, uint64_t offset), (len, fd, offset))
OVF_LATE(enum MHD_Result, MHD_add_response_header,
         (response * answer, const char *header, const char *content), (answer, header, content))
OVF_LATE_VOID(MHD_destroy_response, (response * answer), (answer))

/* No kind of information that there is takes more. */
OVF_LATE(const union MHD_ConnectionInfo *, MHD_get_connection_info,
         (connection * asked, enum MHD_ConnectionInfoType kind, ...), (asked, kind))
OVF_LATE(const union MHD_DaemonInfo *, MHD_get_daemon_info,
         (daemon * server, enum MHD_DaemonInfoType kind, ...), (server, kind))
