"""Addresses of network streams, and how they are shown without their passwords."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote, unquote

_STREAM = re.compile(r"(https?|rtsps?)://", re.IGNORECASE)

# A password may hold "/", "?" and "@" that should have been escaped, so it ends at the last "@".
# Digits up to a slash or the end are a port.
_PASSWORD = r"(?!\d+(?:[/?#]|$))\S*"  # noqa: S105 - a pattern
_LOGIN = re.compile(
    rf"(?P<scheme>[a-z][a-z0-9+.-]*://)(?P<user>[^\s/:@?#]*)(?::(?P<password>{_PASSWORD}))?@",
    re.IGNORECASE,
)
_SECRET_PARAMETER = re.compile(
    r"([?&;](?:login)?(?:pass|pwd|psw|pas\b|secret|token|api_?key|key\b|auth)[^=&\s]*=)[^&\s#]*",
    re.IGNORECASE,
)
_HIDDEN = "…"


class Login(NamedTuple):
    """User name and password, unescaped."""

    user: str
    password: str


def is_stream(text: str) -> bool:
    """Whether a text is the address of a stream: http, https, rtsp or rtsps."""
    return _STREAM.match(text) is not None


def masked(text: str) -> str:
    """A text with the passwords of all addresses in it replaced by "…"."""

    def hide(match: re.Match[str]) -> str:
        if match["password"] is None:
            return match[0]
        return f"{match['scheme']}{match['user']}:{_HIDDEN}@"

    return _SECRET_PARAMETER.sub(rf"\1{_HIDDEN}", _LOGIN.sub(hide, text))


def split_login(address: str) -> tuple[str, Login | None]:
    """An address without user name and password, and these."""
    match = _LOGIN.match(address)
    if match is None:
        return address, None
    login = Login(unquote(match["user"]), unquote(match["password"] or ""))
    return match["scheme"] + address[match.end() :], login


def with_login(address: str, login: Login | None) -> str:
    """An address with user name and password, escaped, as FFmpeg takes it."""
    if login is None:
        return address
    scheme, rest = address.split("://", 1)
    return f"{scheme}://{quote(login.user, safe='')}:{quote(login.password, safe='')}@{rest}"
