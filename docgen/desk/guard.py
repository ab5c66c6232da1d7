"""Who may talk to the desk: the browser window that docgen opened, on this machine.

The opened address carries a token that is good once; it becomes a cookie that no script reads and
no other site sends. The name that the browser asked for is checked, so that a foreign name that
resolves to this machine gets nothing; what changes anything must come from a page of the desk.
"""

import hmac
import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Nothing from outside, no script or style in the page itself, no frame of another site.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'self'; "
    "base-uri 'none'"
)
#: A page that shows a report has its own style within; it runs no script whatsoever.
SHOWN_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
    "base-uri 'none'; form-action 'none'; sandbox"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with none at all a form would not say where it comes from
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_SAFE = ("GET", "HEAD")
#: The largest body of a request, in bytes: sixty returns dropped at once are below this.
MOST_BYTES = 256 * 1024 * 1024

_SHUT = "这一页只给 docgen 打开的窗口用。请关掉它，再打开助手。"
_USED = "这个地址已经用过了。窗口还开着的，回到那个窗口；没有了，请再打开助手。"


class Guard:
    """The door of the desk, as ASGI middleware."""

    def __init__(self, app: ASGIApp, *, port: int, token: str) -> None:
        self._app = app
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._token: str | None = token
        self._cookie = f"docgen-{port}"  # two desks do not share one
        self._session = secrets.token_urlsafe(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        came = 0

        async def receive_counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > MOST_BYTES:
                return {"type": "http.disconnect"}  # whoever sends more is not listened to
            return message

        refused = self._refuse(scope)
        if refused is not None:
            await refused(scope, receive, send_guarded)
            return

        await self._app(scope, receive_counted, send_guarded)

    def _refuse(self, scope: Scope) -> Response | None:
        """Return what is answered instead of the page that was asked for; None if it is allowed."""
        headers, host = Headers(scope=scope), Headers(scope=scope).get("host", "")
        if host not in self._hosts:
            return PlainTextResponse(_SHUT, 403)

        given = parse_qs(scope["query_string"].decode("latin-1")).get("token")
        if given and scope["method"] == "GET":
            return self._open(scope["path"], given[0], known=self._is_known(headers))
        if not self._is_known(headers):
            return PlainTextResponse(_SHUT, 403)
        if scope["method"] not in _SAFE and not self._is_own_page(headers, host):
            return PlainTextResponse(_SHUT, 403)
        size = headers.get("content-length", "0")
        if not size.isdecimal() or int(size) > MOST_BYTES:
            return PlainTextResponse("一次送来的文件太多、太大了，请分几次。", 413)

        return None

    def _open(self, path: str, given: str, *, known: bool) -> Response:
        """Turn the token into a cookie, once; the address bar keeps neither."""
        if self._token is not None and hmac.compare_digest(given, self._token):
            self._token = None
            answer = RedirectResponse(path, 303)
            answer.set_cookie(
                self._cookie, self._session, httponly=True, samesite="strict", path="/"
            )
            return answer

        return RedirectResponse(path, 303) if known else PlainTextResponse(_USED, 403)

    def _is_known(self, headers: Headers) -> bool:
        """Return whether the request has the cookie of this desk."""
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return False
        morsel = cookies.get(self._cookie)
        return morsel is not None and hmac.compare_digest(
            morsel.value.encode(), self._session.encode()
        )

    def _is_own_page(self, headers: Headers, host: str) -> bool:
        """Return whether a page of this desk sent it: browsers say where a form comes from."""
        return headers.get("origin") == f"http://{host}"
