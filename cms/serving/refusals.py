"""What readers see when the server cannot even read a request: both languages, since none is known yet."""

from http import HTTPStatus

from gunicorn import util

PAGE = """<!doctype html>
<html lang="es">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>No se pudo leer esta dirección</title></head>
<body>
<h1>No se pudo leer esta dirección</h1>
<p>Revise que esté completa, o <a href="/es/">empiece por la página de inicio</a>.</p>
<div lang="en">
<h2>This address could not be read</h2>
<p>Check that it is complete, or <a href="/en/">start from the home page</a>.</p>
</div>
</body>
</html>
"""


def refusal(status: int) -> bytes:
    """The whole HTTP answer for a request that was refused before it reached the site."""
    body = PAGE.encode()
    phrase = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "Error"
    head = (
        f"HTTP/1.1 {status} {phrase}\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Security-Policy: default-src 'none'\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def install() -> None:
    """Gunicorn has no setting for its error page, so its function for it is replaced."""
    util.write_error = lambda socket, status, reason, message: util.write_nonblock(socket, refusal(status))
