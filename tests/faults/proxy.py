"""A gateway before a real server that can be made to hang, to refuse, to answer late or slowly, or to break."""

import contextlib
import socket
import threading
import time
from urllib.parse import urlsplit


class Proxy:
    """Passes bytes on both ways. `mode`: `pass`, `hang` (takes what comes and says nothing) or `refuse`."""

    def __init__(self, url: str):
        self._target = urlsplit(url)
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.mode = "pass"
        self._late = 0.0
        self._is_slow = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def hang(self) -> None:
        self.mode = "hang"

    def answer_late(self, seconds: float) -> None:
        """Each answer comes so much later."""
        self._late = seconds

    def trickle(self) -> None:
        """Answers come a byte at a time, so that none ever ends."""
        self._is_slow = True

    def heal(self) -> None:
        """The server is back; connections of before are gone."""
        self.mode, self._late, self._is_slow = "pass", 0.0, False
        self._break_all()

    def refuse(self) -> None:
        self.mode = "refuse"
        self._break_all()

    def close(self) -> None:
        self._listener.close()
        self._break_all()

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self._listener.accept()
            except OSError:
                return
            if self.mode == "refuse":
                near.close()
                continue
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        with contextlib.suppress(OSError), socket.create_connection((self._target.hostname, self._target.port)) as far:
            with self._lock:
                self._connections |= {near, far}
            answers = threading.Thread(target=self._pass_on, args=(far, near, True), daemon=True)
            answers.start()
            self._pass_on(near, far)
            answers.join()
        near.close()

    def _pass_on(self, source: socket.socket, target: socket.socket, are_answers: bool = False) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if are_answers:
                    time.sleep(self._late)
                if are_answers and self._is_slow:
                    self._send_slowly(target, data)
                elif self.mode == "pass":
                    target.sendall(data)
            target.shutdown(socket.SHUT_WR)

    def _send_slowly(self, target: socket.socket, data: bytes) -> None:
        for byte in data:
            target.sendall(bytes([byte]))
            time.sleep(0.1)

    def _break_all(self) -> None:
        with self._lock:
            connections, self._connections = self._connections, set()
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
