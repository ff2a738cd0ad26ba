"""Take away from this process what reading mail does not need: the network, files, other programs, and memory without end.

Standards: seccomp(2) with a classic BPF filter, prctl(2), setrlimit(2).
Limits: Linux on x86-64 and AArch64; elsewhere only the limits on memory and files hold, which `confine` tells.
"""

import ctypes
import platform
import resource
import signal
import struct

MOST_MEMORY = 4 * 1024**3
_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_SECCOMP_MODE_FILTER = 2
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_EPERM = 1
# Architecture as audit(7) numbers it, and the system calls that are refused:
# socket connect bind listen accept sendto execve execveat ptrace kill open(at)(2) rename unlink mkdir io_uring_setup and their like.
_ARCHITECTURES: dict[str, tuple[int, tuple[int, ...]]] = {
    "x86_64": (0xC000003E, (
        2, 41, 42, 43, 44, 49, 50, 59, 62, 82, 83, 84, 85, 86, 87, 88, 90, 92, 101, 200, 234, 257, 258, 263, 264, 288, 304, 310, 311,
        322, 425, 437,
    )),
    "aarch64": (0xC00000B7, (
        34, 35, 36, 37, 38, 56, 117, 129, 130, 131, 198, 200, 201, 202, 203, 206, 221, 242, 265, 270, 271, 276, 281, 425, 437,
    )),
}  # fmt: skip


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def confine() -> list[str]:
    """Confine this process for good; gives in words what could not be had. Everything that needs a file must be loaded before."""
    missing: list[str] = []
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    architecture = _ARCHITECTURES.get(platform.machine())
    if platform.system() != "Linux" or architecture is None:
        return ["network and files are not taken away: this needs Linux on x86-64 or AArch64"]
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    program = _filter(*architecture)
    holder = ctypes.create_string_buffer(program, len(program))
    described = _Program(len(program) // 8, ctypes.addressof(holder))
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(described), 0, 0):
        missing.append("network and files are not taken away: this kernel refuses seccomp filters")
    return missing


def _filter(architecture: int, refused: tuple[int, ...]) -> bytes:
    """Write the filter: each instruction is code, jump if true, jump if false, operand (struct sock_filter)."""
    load, equal, at_least, give = 0x20, 0x15, 0x35, 0x06

    def instruction(code: int, if_true: int, if_false: int, operand: int) -> bytes:
        return struct.pack("=HBBI", code, if_true, if_false, operand)

    lines = [
        instruction(load, 0, 0, 4),
        instruction(equal, 1, 0, architecture),
        instruction(give, 0, 0, _ERRNO | _EPERM),
        instruction(load, 0, 0, 0),
        # The calls of the x32 interface have numbers of their own on the same architecture.
        instruction(at_least, len(refused) + 1, 0, 0x40000000),
    ]
    lines += [instruction(equal, len(refused) - place, 0, number) for place, number in enumerate(refused)]
    lines += [instruction(give, 0, 0, _ALLOW), instruction(give, 0, 0, _ERRNO | _EPERM)]
    return b"".join(lines)
