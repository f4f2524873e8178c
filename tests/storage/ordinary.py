"""Runs a test's action as a user whom file permissions bind, also when the tests run as root."""

import ctypes
import os
import struct
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
CAPABILITY_VERSION_3 = 0x20080522


def as_ordinary_user(action: Callable[[], T]) -> T:
    """Run an action in a thread without root's power over permissions; its files stay its own."""
    answers: list[T] = []
    faults: list[Exception] = []

    def run() -> None:
        try:
            if os.geteuid() == 0:
                _give_up_capabilities()
            answers.append(action())
        except Exception as error:
            faults.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if faults:
        raise faults[0]
    return answers[0]


def _give_up_capabilities() -> None:
    """Linux keeps capabilities for each thread: the test's own keeps them."""
    libc = ctypes.CDLL(None, use_errno=True)
    header, none = struct.pack("Ii", CAPABILITY_VERSION_3, 0), bytes(24)
    if libc.capset(header, none) != 0:
        raise OSError(ctypes.get_errno(), "capset")
