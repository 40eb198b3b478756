"""Row 16 of the list: TLS is verified, and nothing is fetched without it."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from loopback_server import fixed, reply, server

from summit_pipeline.ingest.fetch import Fetched, FetchError, FetchLimits, get

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def certificate(
    host: str,
    signer: tuple[x509.Certificate, ec.EllipticCurvePrivateKey] | None = None,
    ends: datetime = NOW + 30 * DAY,
    is_authority: bool = False,
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    issuer, signing_key = (signer[0].subject, signer[1]) if signer else (named(host), key)
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    builder = (
        x509.CertificateBuilder()
        .subject_name(named(host))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - 60 * DAY)
        .not_valid_after(ends)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(identifier, critical=False)
    )
    return builder.sign(signing_key, hashes.SHA256()), key


@pytest.fixture(scope="module")
def authority() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    return certificate("an authority", is_authority=True)


def serving(
    folder: Path, pair: tuple[x509.Certificate, ec.EllipticCurvePrivateKey]
) -> ssl.SSLContext:
    written, key = folder / "certificate.pem", folder / "key.pem"
    written.write_bytes(pair[0].public_bytes(serialization.Encoding.PEM))
    key.write_bytes(
        pair[1].private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(written, key)
    return context


def fetch(port: int, scheme: str = "https") -> Fetched:
    limits = FetchLimits(
        seconds=5, ports=frozenset({port}), allowed_addresses=frozenset({"127.0.0.1"})
    )
    url = f"{scheme}://feed.example:{port}/"
    return get(url, None, limits, lambda host, port: ["127.0.0.1"])


@pytest.mark.parametrize("wrong", [None, "expired", "another host", "self-signed"])
def test_row_16_a_certificate_must_hold(
    wrong: str | None,
    authority: tuple[x509.Certificate, ec.EllipticCurvePrivateKey],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trusted = tmp_path / "trusted.pem"
    trusted.write_bytes(authority[0].public_bytes(serialization.Encoding.PEM))
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    pair = certificate(
        "other.example" if wrong == "another host" else "feed.example",
        None if wrong == "self-signed" else authority,
        NOW - DAY if wrong == "expired" else NOW + 30 * DAY,
    )
    answered = []

    def answer(channel: object, head: str) -> None:
        answered.append(head)
        channel.sendall(reply(b"<rss/>"))  # type: ignore[attr-defined]

    with server(answer, serving(tmp_path, pair)) as port:
        if wrong is None:
            assert fetch(port).body == b"<rss/>"
            return
        with pytest.raises(FetchError) as error:
            fetch(port)
    assert error.value.reason == "fetch.tls"
    assert answered == []


def test_row_16_what_is_no_tls_is_not_taken_as_plain() -> None:
    with server(fixed(reply(b"<rss/>")), listens=False) as port, pytest.raises(FetchError) as error:
        fetch(port)
    assert error.value.reason == "fetch.tls"
