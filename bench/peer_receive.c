/* SPDX-License-Identifier: Apache-2.0 */
/* The least that a client of a TCP stream can do: receive it and do nothing with it, then wait to be ended.
 *
 *   peer_receive PORT   of this machine */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench.h"

static const char program[] = "peer_receive";

int main(int argc, char **argv)
{
    static unsigned char room[64 << 10]; /* as much at a time as a watch takes */
    if (argc != 2)
        bench_die(program, "PORT is due");
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_port =
                                            htons((uint16_t)bench_count(program, argv[1], 65535)),
                                        .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof address) != 0)
        bench_die(program, "no connection");
    while (recv(fd, room, sizeof room, 0) > 0)
        continue;
    (void)close(fd);
    (void)pause();
    return 0;
}
