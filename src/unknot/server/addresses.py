"""Where a database is and who connects to it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, urlencode

from unknot.errors import InputError


@dataclass(frozen=True, kw_only=True)
class Address:
    """
    One role's way to one database. ``host`` is a name, an address, or the folder of a socket.

    >>> Address(host="/run/it", user="unknot_web", database="unknot").url
    'postgresql://unknot_web@/unknot?host=%2Frun%2Fit&port=5432'
    >>> Address.parse("postgresql://web:secret@db.example.org/unknot?sslmode=require").options
    {'sslmode': 'require'}
    """

    host: str
    user: str
    database: str
    port: int = 5432
    password: str = field(default="", repr=False)
    options: dict[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, url: str, *, variable: str = "DATABASE_URL") -> Address:
        """
        The address that a URL (or libpq's ``key=value`` form) stands for.

        Raises InputError, naming ``variable`` and never the password, if it can't be read.
        """
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict

        try:
            parts = {key: str(value) for key, value in conninfo_to_dict(url).items()}
            port = int(parts.pop("port", "5432"))
        except (ProgrammingError, ValueError):
            parts, port = {}, 0
        missing = {"host", "user", "dbname"} - parts.keys()
        if missing or not port:
            raise InputError(f"{variable} can't be used: give postgresql://USER:PASSWORD@HOST:PORT/DATABASE")
        return cls(
            host=parts.pop("host"),
            port=port,
            user=parts.pop("user"),
            password=parts.pop("password", ""),
            database=parts.pop("dbname"),
            options=parts,
        )

    @property
    def url(self) -> str:
        """The address as a URL, with its password: for the environment of a child, never for a log."""
        who = quote(self.user, safe="") + (f":{quote(self.password, safe='')}" if self.password else "")
        rest = urlencode({"host": self.host, "port": self.port, **self.options}, quote_via=quote)
        return f"postgresql://{who}@/{quote(self.database, safe='')}?{rest}"

    @property
    def shown(self) -> str:
        """The address for people: without its password."""
        return f"{self.database} at {self.host} as {self.user}"

    def as_user(self, user: str) -> Address:
        """The same database for another role of the embedded server, which asks for no password."""
        return replace(self, user=user)

    def as_django(self) -> dict[str, Any]:
        """The entry for Django's ``DATABASES``: connections that last, checked before each request."""
        return {
            "ENGINE": "unknot.web.site.postgres",
            "HOST": self.host,
            "PORT": self.port,
            "USER": self.user,
            "PASSWORD": self.password,
            "NAME": self.database,
            "OPTIONS": {"connect_timeout": 5, **self.options, "prepare_threshold": 0},  # see site/prepared.py
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
        }
