from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from unknot.server.ownership import Holder, Lock

HOLD = """
import sys
from pathlib import Path
from unknot.server.ownership import Lock
lock = Lock(Path(sys.argv[1]))
assert lock.take()
print("held", flush=True)
sys.stdin.read()
"""


def test_one_at_a_time(tmp_path: Path) -> None:
    with Lock(tmp_path / "lock") as one, Lock(tmp_path / "lock") as two:
        assert one.take()
        assert not two.take()
        one.let_go()
        assert two.take()


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path / "lock")]
    with (
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder,
        Lock(tmp_path / "lock") as ours,
    ):
        assert holder.stdout
        holder.stdout.readline()
        assert not ours.take()
        holder.kill()
        holder.wait()
        assert ours.take()


def test_a_child_that_inherits_it_holds_it_on(tmp_path: Path) -> None:
    with Lock(tmp_path / "lock") as ours, Lock(tmp_path / "lock") as other:
        assert ours.take()
        with subprocess.Popen(["sleep", "60"], pass_fds=[ours.fileno()]) as child:
            ours.let_go()
            assert not other.take()
            child.kill()
        assert other.take()


def test_the_holder_says_what_it_does(tmp_path: Path) -> None:
    with Lock(tmp_path / "lock") as ours:
        assert ours.holder() is None
        assert ours.take()
        ours.write(Holder("unknot serve --port 8000", 1234, "http://localhost:8000"))
        ours.write(Holder("unknot serve", 1))
        assert Lock(tmp_path / "lock").holder() == Holder("unknot serve", 1)


def test_a_lock_that_is_not_ours_has_no_descriptor(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is not ours"):
        Lock(tmp_path / "lock").fileno()
