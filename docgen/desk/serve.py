"""The desk as it runs: a free port of this machine, a token, the browser."""

import secrets
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from docgen.desk.app import make_app
from docgen.forms.loader import HERE, use_folder

HOST = "127.0.0.1"


def serve_desk(folder: Path, port: int, tell: Callable[[str], None], *, browser: bool) -> None:
    """Serve the desk over a folder until it is stopped; `tell` is given the address to open.

    Port 0 is any that is free. Raise OSError if the port is taken.
    """
    use_folder(folder / HERE)  # forms of the office's own, wherever the desk was started
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        number, token = listener.getsockname()[1], secrets.token_urlsafe(32)
        app = make_app(folder, number, token)
        settings = uvicorn.Config(
            app, log_level="critical", access_log=False, server_header=False, lifespan="off"
        )
        listener.listen()
        address = f"http://{HOST}:{number}/?token={token}"
        tell(address)
        if browser:
            webbrowser.open(address)

        server = uvicorn.Server(settings)
        app.state.stop = lambda: setattr(server, "should_exit", True)
        server.run(sockets=[listener])
