# SPDX-License-Identifier: Apache-2.0
"""feed_server.py PORT_FILE STEP...: a server on loopback that does one step with each connection, in turn, and
then closes its port. Its port number appears in PORT_FILE.

  send:FILE         all of the file, and close
  cut:FILE:N        its first N bytes, and close
  rest:FILE:N       all but its first N bytes, and close
  reset:FILE:N      its first N bytes, and reset the connection
  stall:FILE:N      its first N bytes, and then nothing, until the other side closes
  trickle:FILE:N    its first N bytes, each by itself, and close
  noise:N           N random bytes, and more until the other side closes
"""
import os
import random
import socket
import struct
import sys
import time


def wait_for_close(connection):
    try:
        while connection.recv(4096):
            pass
    except OSError:
        pass


def step(connection, what, arguments):
    if what == "noise":
        connection.sendall(random.Random(1).randbytes(int(arguments[0])))
        wait_for_close(connection)
        return
    with open(arguments[0], "rb") as file:
        data = file.read()
    n = int(arguments[1]) if len(arguments) > 1 else len(data)
    if what == "trickle":
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for i in range(n):
            connection.sendall(data[i : i + 1])
            time.sleep(0.0005)
        return
    connection.sendall(data[n:] if what == "rest" else data[:n])
    if what == "reset":
        time.sleep(0.3)  # what is not read when it is reset is lost
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    if what == "stall":
        wait_for_close(connection)


with socket.create_server(("127.0.0.1", 0)) as server:
    with open(sys.argv[1] + ".part", "w") as port_file:
        port_file.write(str(server.getsockname()[1]))
    os.rename(sys.argv[1] + ".part", sys.argv[1])
    for argument in sys.argv[2:]:
        what, *arguments = argument.split(":")
        connection, _ = server.accept()
        with connection:
            step(connection, what, arguments)
