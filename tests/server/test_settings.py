from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from unknot.web.site import env

REPOSITORY = Path(__file__).parents[2]

WRONG: list[tuple[Callable[[], object], str, str]] = [
    (lambda: env.flag("UNKNOT_IT", default=False), "perhaps", "give yes or no"),
    (lambda: env.flag("UNKNOT_IT", default=False), "", "give yes or no"),
    (lambda: env.text("UNKNOT_IT", "x"), "  ", "give a text"),
    (lambda: env.words("UNKNOT_IT", ["x"]), " , ", "words divided by commas"),
    (lambda: env.folder("UNKNOT_IT"), "relative", "absolute path of an existing folder"),
    (lambda: env.folder("UNKNOT_IT"), "/no/such/folder", "absolute path of an existing folder"),
    (lambda: env.origin("UNKNOT_IT", "x"), "example.org", "an origin such as https://example.org"),
    (lambda: env.origin("UNKNOT_IT", "x"), "https://example.org/", "an origin such as"),
    (lambda: env.origin("UNKNOT_IT", "x"), "ftp://example.org", "an origin such as"),
    (lambda: env.mail_server("UNKNOT_IT"), "mail.example.org", "an address such as smtp://"),
    (lambda: env.mail_server("UNKNOT_IT"), "http://mail.example.org", "an address such as smtp://"),
    (lambda: env.mail_server("UNKNOT_IT"), "smtp://mail.example.org:mail", "an address such as smtp://"),
]

RIGHT: list[tuple[Callable[[], object], str, object]] = [
    (lambda: env.flag("UNKNOT_IT", default=False), "Yes", True),
    (lambda: env.flag("UNKNOT_IT", default=True), "off", False),
    (lambda: env.text("UNKNOT_IT", "x"), "given", "given"),
    (lambda: env.words("UNKNOT_IT", ["x"]), "a.org, b.org", ["a.org", "b.org"]),
    (lambda: env.folder("UNKNOT_IT"), "/", Path("/")),
    (lambda: env.origin("UNKNOT_IT", "x"), "https://example.org:8443", "https://example.org:8443"),
    (
        lambda: env.mail_server("UNKNOT_IT"),
        "smtp://ana%40example.org:s%3Acret@mail.example.org",
        env.MailServer("mail.example.org", 587, "ana@example.org", "s:cret", "after hello"),
    ),
    (
        lambda: env.mail_server("UNKNOT_IT"),
        "smtps://mail.example.org:4650",
        env.MailServer("mail.example.org", 4650, "", "", "from the start"),
    ),
    (
        lambda: env.mail_server("UNKNOT_IT"),
        "smtp+plain://localhost",
        env.MailServer("localhost", 25, "", "", "never"),
    ),
]


@pytest.mark.parametrize(("read", "given", "says"), WRONG)
def test_what_cannot_be_read_fails_loudly(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[], object], given: str, says: str
) -> None:
    monkeypatch.setenv("UNKNOT_IT", given)
    with pytest.raises(env.SettingError, match=re.escape(f"UNKNOT_IT={given!r} can't be used: ")) as refused:
        read()
    assert says in str(refused.value)


@pytest.mark.parametrize(("read", "given", "value"), RIGHT)
def test_what_can_be_read(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[], object], given: str, value: object
) -> None:
    monkeypatch.setenv("UNKNOT_IT", given)
    assert read() == value


def test_the_mail_servers_password_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNKNOT_IT", "smtp://ana:secret@mail.example.org:mail")
    with pytest.raises(env.SettingError) as refused:
        env.mail_server("UNKNOT_IT")
    assert "secret" not in str(refused.value)
    monkeypatch.setenv("UNKNOT_IT", "smtp://ana:secret@mail.example.org")
    assert "secret" not in repr(env.mail_server("UNKNOT_IT"))


def settings(expression: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", f"from unknot.web.site import settings as s; print({expression})"],
        env={"PATH": os.environ["PATH"], **environment},
        check=False,
        capture_output=True,
        text=True,
    )


def test_none_is_needed_to_start() -> None:
    assert settings("(s.DEBUG, len(s.SECRET_KEY) >= 50, s.SECURE)").stdout == "(False, True, False)\n"


def test_a_site_of_https_sends_no_cookie_without_it() -> None:
    told = settings(
        "(s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0)", UNKNOT_ORIGIN="https://example.org"
    )
    assert told.stdout == "(True, True)\n"


def test_a_wrong_one_ends_a_command_in_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "unknot.cli.main", "manage", "check"],
        env={"PATH": os.environ["PATH"], "UNKNOT_DEBUG": "perhaps", "DATABASE_URL": "postgresql://a@b/c"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "unknot: UNKNOT_DEBUG='perhaps' can't be used: give yes or no, or leave it unset\n"


def test_every_variable_that_is_read_is_documented_and_no_other() -> None:
    sources = [path.read_text() for path in (REPOSITORY / "src").rglob("*.py") if "tests" not in path.parts]
    read = set(re.findall(r'"(UNKNOT_[A-Z_]+|DATABASE_[A-Z_]*URL)"', "\n".join(sources)))
    documented = set(
        re.findall(r"^\| `([A-Z_]+)` \|", (REPOSITORY / "docs/settings.md").read_text(), re.MULTILINE)
    )
    assert read == documented
