"""A lock on an open file, which the system takes away however the process ends."""

from __future__ import annotations

import errno
import os
import sys

FAR = 1 << 40
"""The byte that is locked on Windows, where a locked byte can't be read: one that no output has."""


def lock(file: int) -> bool:
    """Lock a file for this process as long as it is open.

    Args:
        file: its descriptor.

    Returns:
        False where another process has locked it. True too where the file system knows no locks.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            at = os.lseek(file, 0, os.SEEK_CUR)
            os.lseek(file, FAR, os.SEEK_SET)
            try:
                msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            finally:
                os.lseek(file, at, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK)
    return True
