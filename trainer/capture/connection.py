"""Asks an HTTP or RTSP address for a stream, and says in one sentence why there is none.

The only module that opens connections by itself; FFmpeg does for `FfmpegStream`.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import urllib.error
import urllib.request
from email.message import Message
from typing import IO, Any
from urllib.parse import SplitResult, urlsplit
from urllib.request import Request

from trainer.capture.address import Login, masked, split_login
from trainer.capture.faults import StreamError

TIMEOUT_SECONDS = 5.0
"""How long to wait for a connection, and then for the next bytes."""

NETWORK_ERRORS = (OSError, http.client.HTTPException, ValueError)
"""What reading from a connection raises; ValueError where it was closed meanwhile."""

_MOST_NAMED = 200
_RTSP_PORTS = {"rtsp": 554, "rtsps": 322}


Response = http.client.HTTPResponse


def get(address: str) -> tuple[Response, str]:
    """The answer of an HTTP address, and where it came from after redirects on the same host.

    Raises:
        StreamError: There is no good answer.
    """
    name = masked(address)
    bare, login = split_login(address)
    if not _is_valid(bare):
        raise StreamError(name, "not an address. Check its host and port.", final=True)
    handlers: list[urllib.request.BaseHandler] = [
        _SameHost(name),
        urllib.request.HTTPSHandler(context=_tls(bare)),
    ]
    if login is not None:
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, bare, login.user, login.password)
        handlers += [_Digest(passwords), _Basic(passwords)]
    try:
        request = Request(  # noqa: S310 - http or https
            bare, headers={"User-Agent": "asl-desktop", "Connection": "close"}
        )
        response = urllib.request.build_opener(*handlers).open(request, timeout=TIMEOUT_SECONDS)
    except urllib.error.HTTPError as error:
        error.close()
        final = error.code < http.client.INTERNAL_SERVER_ERROR
        raise StreamError(name, _refusal(error.code, error.reason, login), final=final) from None
    except urllib.error.URLError as error:
        raise unreachable(name, error.reason) from None
    except NETWORK_ERRORS as error:
        raise unreachable(name, error) from None
    return response, response.url


def describe_rtsp(address: str) -> bytes:
    """The first bytes of the answer to RTSP's question what a stream holds.

    Raises:
        OSError: Nothing answers.
        ValueError: The address has no valid port.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    port = parts.port or _RTSP_PORTS[parts.scheme.lower()]
    question = f"DESCRIBE {address} RTSP/1.0\r\nCSeq: 1\r\nAccept: application/sdp\r\n\r\n"
    with socket.create_connection((host, port), TIMEOUT_SECONDS) as plain:
        if parts.scheme.lower() == "rtsp":
            plain.sendall(question.encode())
            return plain.recv(1024)
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # no secret is sent
        with context.wrap_socket(plain, server_hostname=host) as secured:
            secured.sendall(question.encode())
            return secured.recv(1024)


def lost(name: str, error: Exception | None = None) -> StreamError:
    """A connection that ended, or failed with an error, after it had begun."""
    if isinstance(error, TimeoutError):
        return StreamError(name, f"it has sent nothing for {TIMEOUT_SECONDS:.0f} seconds.")
    return StreamError(
        name,
        "the connection was lost: the camera or the network between was switched off, or the "
        "stream has ended.",
    )


def unreachable(name: str, reason: object) -> StreamError:
    """No connection came about."""
    if isinstance(reason, ssl.SSLError):
        return StreamError(
            name,
            "its certificate is not trusted, so it may be another host than it claims. Use http, "
            "or have the certificate renewed.",
            final=True,
        )
    if isinstance(reason, socket.gaierror):
        return StreamError(name, "there is no host of this name. Check the address.")
    if isinstance(reason, TimeoutError):
        return StreamError(name, f"nothing answers within {TIMEOUT_SECONDS:.0f} seconds.")
    refused = isinstance(reason, ConnectionError)
    if isinstance(reason, http.client.HTTPException) and not refused:
        return StreamError(name, "what answers there is no web server. Check the address.")
    return StreamError(
        name, "nothing answers there. Check the address, and that the camera is switched on."
    )


def _refusal(code: int, reason: object, login: Login | None) -> str:
    if code == http.client.UNAUTHORIZED:
        return login_needed(login, "http")
    if code == http.client.NOT_FOUND:
        return (
            "not found (404): the camera is there, but not this address. Check the part behind the "
            "host."
        )
    if code == http.client.FORBIDDEN:
        return "the camera forbids this address (403). Allow streaming in its settings."
    said = str(reason)[:_MOST_NAMED] or http.client.responses.get(code, "an error")
    return f"the camera answers {code} ({said}) instead of a stream."


def login_needed(login: Login | None, scheme: str) -> str:
    """What to say where a camera wants to know who asks."""
    if login is None:
        return f"asks for a user name and a password: {scheme}://NAME:PASSWORD@…"
    return f"refuses this user name or password. Check {scheme}://NAME:PASSWORD@…"


class _Digest(urllib.request.HTTPDigestAuthHandler):
    """Closes the answer that asked for a login before it asks again, which urllib leaves open."""

    def http_error_401(self, req: Request, fp: IO[bytes], *answer: Any) -> Any:
        """The answer to the request with a login; None where the login was refused."""
        fp.close()
        return super().http_error_401(req, fp, *answer)


class _Basic(urllib.request.HTTPBasicAuthHandler):
    """The same for the older kind of login."""

    def http_error_401(self, req: Request, fp: IO[bytes], *answer: Any) -> Any:
        """The answer to the request with a login; None where the login was refused."""
        fp.close()
        return super().http_error_401(req, fp, *answer)


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows redirects on the host that the user named, and to its https."""

    def __init__(self, name: str) -> None:
        self._name = name

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> Request | None:
        """The request to make instead.

        Raises:
            StreamError: It would go elsewhere.
        """
        asked, leads_to = urlsplit(req.full_url), urlsplit(newurl)
        secured = leads_to.scheme == "https" and _host(leads_to) == (asked.hostname, 443)
        same = leads_to.scheme == asked.scheme and _host(leads_to) == _host(asked)
        if not (same or secured):
            fp.close()
            raise StreamError(
                self._name,
                f"leads to another address, {masked(newurl)[:_MOST_NAMED]}. Open that one "
                "yourself if you trust it.",
                final=True,
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def _is_valid(address: str) -> bool:
    try:
        parts = urlsplit(address)
        plain = address.isprintable() and " " not in address
        return plain and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _host(address: SplitResult) -> tuple[str | None, int]:
    return address.hostname, address.port or {"https": 443}.get(address.scheme, 80)


def _tls(address: str) -> ssl.SSLContext:
    """Checks certificates, but for private addresses, for which nobody issues any."""
    context = ssl.create_default_context()
    if _is_private(urlsplit(address).hostname or ""):
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _is_private(host: str) -> bool:
    if host.endswith(".local"):
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost"
