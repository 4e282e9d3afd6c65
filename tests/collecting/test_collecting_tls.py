"""A service that cannot prove who it is gets no token."""

import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address

import pytest
from tests.collecting.dataverse import TOKEN

from padguard.collecting.errors import StoppedError
from padguard.collecting.organisation import organisation_of
from padguard.collecting.run import Order, collect
from padguard.foundation.progress import Progress

x509 = pytest.importorskip("cryptography.x509")


@pytest.fixture
def certificate(tmp_path):
    """Return a certificate for this machine that nobody vouches for, with its key."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "own.pem"
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(private + made.public_bytes(pem))
    return path


@pytest.mark.parametrize("trusted", [False, True])
def test_certificates_are_checked(certificate, tmp_path, monkeypatch, trusted):
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def handle_one_request(self):
            asked.append(self.rfile.readline())
            self.close_connection = True

    if trusted:  # so that the test would notice if nothing got there for another reason
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    class Server(HTTPServer):
        def handle_error(self, request, client_address):
            pass  # a client that hangs up is what is wanted

    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        url = f"https://127.0.0.1:{server.server_address[1]}"
        order = Order(organisation_of(url), ("T",), tmp_path / "x.json")
        with pytest.raises(StoppedError, match="could not be reached"):
            collect(order, {"T": TOKEN}, Progress(), sleep=lambda _: None)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert any(asked) == trusted
