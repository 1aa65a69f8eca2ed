# SPDX-License-Identifier: BSD-2-Clause
"""The transaction of the benchmark through python-pam, which opens no session
without authentication."""
import sys
import time

import pam


def transaction(service):
    peer = pam.PamAuthenticator()
    if not peer.authenticate("root", "answer", service, call_end=False):
        raise SystemExit(peer.reason)
    if peer.open_session() != 0 or peer.close_session() != 0:
        raise SystemExit("session")
    peer.end()


service, n = sys.argv[1], int(sys.argv[2])
begin = time.monotonic_ns()
for _ in range(n):
    transaction(service)
print((time.monotonic_ns() - begin) // n)
