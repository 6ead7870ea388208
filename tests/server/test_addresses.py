from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unknot.errors import InputError
from unknot.server.addresses import Address

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)


@given(
    st.builds(
        Address,
        host=TEXT.filter(lambda host: "," not in host),
        user=TEXT,
        database=TEXT,
        port=st.integers(1, 65535),
        password=st.one_of(st.just(""), TEXT),
    )
)
def test_a_url_says_what_the_address_says(address: Address) -> None:
    assert Address.parse(address.url) == address


def test_the_usual_form() -> None:
    address = Address.parse("postgresql://web:se%20cret@db.example.org:6543/unknot?sslmode=require")
    assert address == Address(
        host="db.example.org",
        user="web",
        password="se cret",
        database="unknot",
        port=6543,
        options={"sslmode": "require"},
    )


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "mysql://web:hidden@db/unknot",
        "postgresql://web:hidden@/unknot",
        "postgresql://db:hidden@x:y/z",
    ],
)
def test_what_is_no_address_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(InputError, match="DATABASE_OWNER_URL can't be used: give postgresql://") as refused:
        Address.parse(url, variable="DATABASE_OWNER_URL")
    assert "hidden" not in str(refused.value)


def test_no_text_for_people_shows_the_password() -> None:
    address = Address(host="db", user="web", password="hidden", database="unknot")
    assert "hidden" not in address.shown + repr(address)


def test_django_keeps_connections_and_checks_them() -> None:
    entry = Address(host="db", user="web", database="unknot", options={"sslmode": "require"}).as_django()
    assert (entry["CONN_MAX_AGE"], entry["CONN_HEALTH_CHECKS"]) == (None, True)
    assert entry["OPTIONS"]["sslmode"] == "require"
