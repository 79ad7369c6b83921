"""The process in which strangers' bytes are parsed. It is started by ``workers`` and dies with its parent.

It ignores TERM and INT, so that a pass that is asked to stop can finish what it holds. A frame is a length
(4 bytes, big endian) and that many bytes: a job is two frames (JSON, body), an answer is one (JSON).
"""

import ctypes
import os
import resource
import signal
import struct
import sys
from typing import BinaryIO

from pydantic import TypeAdapter

from crawlers.reading.jobs import Job, do_job

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, from Linux's prctl.h


def serve(jobs: BinaryIO, answers: BinaryIO, *, cpu_seconds: int) -> None:
    """Do jobs until the other side closes; one that uses more processor time than ``cpu_seconds`` ends the process."""
    while (described := read_frame(jobs)) is not None:
        body = read_frame(jobs)
        if body is None:
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime) + cpu_seconds
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
        write_frame(answers, do_job(TypeAdapter(Job).validate_json(described), body))


def read_frame(stream: BinaryIO) -> bytes | None:
    """Return the next frame; None at the end of the stream."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    (length,) = struct.unpack(">I", head)
    content = stream.read(length)
    return content if len(content) == length else None


def write_frame(stream: BinaryIO, content: bytes) -> None:
    """Write one frame, at once."""
    stream.write(struct.pack(">I", len(content)))
    stream.write(content)
    stream.flush()


def main(cpu_seconds: int, memory_bytes: int) -> None:
    """Serve on standard input and output, within limits, until the parent closes or dies."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the answers
    serve(os.fdopen(0, "rb"), answers, cpu_seconds=cpu_seconds)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
