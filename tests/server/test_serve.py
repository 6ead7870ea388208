"""`unknot serve` and `unknot demo`, as a person starts and ends them."""

from __future__ import annotations

import os
import signal
import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from programs import address_in, naming, soon, unknot


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    """The data in ``home``, whose folders the programs call by what is served."""
    return {"UNKNOT_DATA": str(home), "OUTPUT": str(home.parent / "output")}


@pytest.fixture(autouse=True)
def nothing_left(home: Path) -> Iterator[None]:
    yield
    assert soon(lambda: naming(home) == []), naming(home)


def healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
            return bool(answer.read() == b"ok\n")
    except OSError:
        return False


def free_port() -> int:
    """One that nobody listened on just now."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


def process_of(home: Path, words: str) -> int:
    """The first process of ``home`` whose command has these words: it made the others."""
    return min(p for p in naming(home) if words in Path(f"/proc/{p}/cmdline").read_text().replace("\0", " "))


def test_the_demo_answers_when_it_says_so_and_leaves_nothing(home: Path, environment: dict[str, str]) -> None:
    with unknot("demo", environment=environment) as (program, output):
        address = address_in(program, output)
        assert address.startswith("http://localhost:")
        assert healthy(address)
        assert "/demo/sign-in/" in output.read_text()
        os.killpg(program.pid, signal.SIGINT)  # as Ctrl-C does
        assert program.wait(10) == 0
        assert naming(home) == []


@pytest.mark.long
def test_sigterm_ends_it_as_ctrl_c_does(home: Path, environment: dict[str, str]) -> None:
    with unknot("demo", environment=environment) as (program, output):
        address_in(program, output)
        program.terminate()
        assert program.wait(10) == 0
        assert naming(home) == []


@pytest.mark.long
@pytest.mark.parametrize("seconds", [0.2, 0.5, 1.0, 1.5, 2.0])
def test_ctrl_c_while_it_starts_leaves_nothing(
    home: Path, environment: dict[str, str], seconds: float
) -> None:
    with unknot("demo", environment=environment) as (program, _output):
        soon(lambda: program.poll() is not None, seconds=seconds)
        os.killpg(program.pid, signal.SIGINT)
        program.wait(10)
        assert naming(home) == []


@pytest.mark.long
def test_kill_9_leaves_nothing_and_the_next_start_serves(home: Path, environment: dict[str, str]) -> None:
    with unknot("demo", environment=environment) as (program, output):
        address_in(program, output)
        program.kill()
        assert soon(lambda: naming(home) == []), naming(home)
    with unknot("demo", environment=environment) as (program, output):
        assert healthy(address_in(program, output))


@pytest.mark.long
@pytest.mark.parametrize("part", ["postgres -D", "-m granian", "-m unknot.web.site.worker"])
def test_a_part_that_is_killed_comes_back(home: Path, environment: dict[str, str], part: str) -> None:
    with unknot("demo", environment=environment) as (program, output):
        address = address_in(program, output)
        killed = process_of(home, part)
        os.kill(killed, signal.SIGKILL)
        assert soon(lambda: "died and is started again" in output.read_text())
        assert soon(lambda: healthy(address)), output.read_text()
        assert killed not in naming(home)


@pytest.mark.long
def test_a_second_program_on_the_folder_says_what_to_do(environment: dict[str, str]) -> None:
    with unknot("demo", environment=environment) as (program, output):
        address = address_in(program, output)
        elsewhere = {**environment, "OUTPUT": environment["OUTPUT"] + "2"}
        with unknot("demo", environment=elsewhere) as (second, said):
            assert second.wait(30) == 2
            assert (
                f"unknot demo runs here already, at {address}: open that, or end process" in said.read_text()
            )
            assert said.read_text().count("\n") == 1
        assert healthy(address)


@pytest.mark.long
def test_two_demos_stand_side_by_side(environment: dict[str, str], empty_home: Path) -> None:
    """Each with data of its own, and a free port where the usual one is taken."""
    other = {"UNKNOT_DATA": str(empty_home), "OUTPUT": str(empty_home.parent / "output")}
    with (
        unknot("demo", environment=environment) as (program, output),
        unknot("demo", environment=other) as (two, said),
    ):
        addresses = {address_in(program, output), address_in(two, said)}
        assert len(addresses) == 2
        assert all(healthy(address) for address in addresses)


@pytest.mark.long
def test_a_folder_with_a_space_serves_too(environment: dict[str, str], empty_home: Path) -> None:
    environment["UNKNOT_DATA"] = f"{empty_home}/my data"
    with unknot("demo", environment=environment) as (program, output):
        assert healthy(address_in(program, output))


@pytest.mark.long
def test_serving_on_a_port_that_is_taken_says_so(environment: dict[str, str]) -> None:
    with unknot("demo", environment=environment) as (program, output):
        port = address_in(program, output).rpartition(":")[2]
        elsewhere = {**environment, "OUTPUT": environment["OUTPUT"] + "2"}
        with unknot("serve", "--port", port, environment=elsewhere) as (second, said):
            assert second.wait(30) == 2
            assert (
                said.read_text()
                == f"unknot: port {port} is taken by another program: choose another with --port\n"
            )


@pytest.mark.long
def test_a_site_that_answers_by_its_own_name_only_starts_too(environment: dict[str, str]) -> None:
    environment["UNKNOT_HOSTS"] = ".example.org, example.net"
    with unknot("demo", environment=environment) as (program, output):
        assert not healthy(address_in(program, output))  # it is not called localhost


@pytest.mark.long
def test_the_webs_processes_never_see_the_owners_address(home: Path, environment: dict[str, str]) -> None:
    with unknot("serve", "--port", str(free_port()), environment=environment) as (program, output):
        address_in(program, output)
        told = Path(f"/proc/{process_of(home, '-m granian')}/environ").read_bytes()
        assert b"unknot_web@" in told
        assert b"unknot_owner" not in told
