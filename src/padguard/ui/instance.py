"""One running PAD Guard per user: a second start hands over what it was asked to open."""

import getpass
import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from padguard.foundation.paths import config_dir

PATIENCE_MS = 1000
"""How long the second start waits for the first to answer before it opens a window itself."""

MOST_BYTES = 1_000_000
"""A wish is short; whoever sends more is not heard."""

ANSWER = b"ok\n"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a start was asked for: paths to open (absolute), and whether to open the sample."""

    paths: tuple[Path, ...] = ()
    sample: bool = False

    def encode(self) -> bytes:
        """Return the wish as one line of JSON."""
        data = {"paths": [str(path) for path in self.paths], "sample": self.sample}
        return json.dumps(data).encode() + b"\n"


def decode(line: bytes) -> Wish | None:
    """Return the wish in a line, or None where there is no sense in it."""
    try:
        data = json.loads(line)
    except ValueError:
        return None
    match data:
        case {"paths": [*paths], "sample": bool(sample)} if all(
            isinstance(path, str) and path for path in paths
        ):
            return Wish(tuple(map(Path, paths)), sample)
    return None


def channel_name() -> str:
    """Return the name that all starts of one user, with one settings folder, meet under."""
    whose = f"{getpass.getuser()}\n{config_dir()}"
    return f"padguard-{sha256(whose.encode(errors='replace')).hexdigest()[:16]}"


def hand_over(wish: Wish) -> bool:
    """Give the wish to a PAD Guard that is running; False where none answers."""
    socket = QLocalSocket()
    socket.connectToServer(channel_name())
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    socket.write(wish.encode())
    answered = socket.waitForBytesWritten(PATIENCE_MS) and socket.waitForReadyRead(PATIENCE_MS)
    heard = answered and socket.readAll().data() == ANSWER
    socket.disconnectFromServer()
    return heard


class Doorkeeper(QObject):
    """Listens for second starts and passes on what they wish for."""

    wished = Signal(object)  # Wish

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)

    def listen(self) -> bool:
        """Begin; False where another PAD Guard listens, or the system does not let us."""
        name = channel_name()
        if self._server.listen(name):
            return True
        # A crash leaves its socket behind on some systems. That nobody answered is known by now.
        QLocalServer.removeServer(name)
        return self._server.listen(name)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _welcome(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.setReadBufferSize(MOST_BYTES)
            socket.disconnected.connect(socket.deleteLater)
            Guest(socket, self)


class Guest(QObject):
    """Reads the one line that a second start sends, and answers it."""

    def __init__(self, socket: QLocalSocket, keeper: Doorkeeper) -> None:
        super().__init__(socket)
        self._socket = socket
        self._keeper = keeper
        socket.readyRead.connect(self._read)
        self._read()

    def _read(self) -> None:
        if not self._socket.canReadLine():
            if self._socket.bytesAvailable() >= MOST_BYTES:
                self._socket.abort()
            return
        wish = decode(bytes(self._socket.readLine().data()))
        if wish is None:
            self._socket.abort()
            return
        self._socket.write(ANSWER)
        self._socket.flush()
        self._keeper.wished.emit(wish)
