"""Certificates of the stack's own authority, for servers that only the stack itself talks to.

The authority's key is kept apart from what the servers see. What is there and good is kept; a certificate that ends
soon, is for other hosts, or was signed by another authority is made anew.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from records.errors import ConfigurationError
from watch.stack.files import write_whole

AUTHORITY_LIFETIME = timedelta(days=3650)
LIFETIME = timedelta(days=800)
"""Some clients take no server's certificate that is good for more than 825 days."""
RENEWED_BEFORE = timedelta(days=60)
_EARLIER = timedelta(hours=1)  # clocks of other machines may be behind

Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Certified:
    """One certificate, where it is, until when it is good, and whether it had to be made."""

    path: Path
    until: datetime
    outcome: Literal["made", "kept"]


def certify(folder: Path, authority: Path, hosts: Sequence[str], *, now: datetime) -> tuple[Certified, Certified]:
    """Have ``ca.pem`` and, for the first of ``hosts``, ``<host>.pem`` and ``<host>.key`` in ``folder``.

    ``authority`` is the folder of the authority's own key and certificate. Keys are readable by owner and group
    (a server runs as another user of our group). Raises ConfigurationError for files that are no certificates.
    """
    for place in (folder, authority):
        place.mkdir(parents=True, exist_ok=True)
    issuer, key, issued = _authority(authority, now)
    write_whole(folder / "ca.pem", _pem(issuer), mode=0o644)
    server = folder / f"{hosts[0]}.pem"
    held = _read(server)
    if held is None or not _serves(held, hosts, issuer, now):
        server_key = ec.generate_private_key(ec.SECP256R1())
        held = _sign_server(hosts, server_key, issuer, key, now)
        write_whole(server.with_suffix(".key"), _private(server_key), mode=0o640)
        write_whole(server, _pem(held) + _pem(issuer), mode=0o644)
        return issued, Certified(server, held.not_valid_after_utc, "made")
    return issued, Certified(server, held.not_valid_after_utc, "kept")


def _authority(folder: Path, now: datetime) -> tuple[x509.Certificate, Key, Certified]:
    path = folder / "ca.pem"
    held = _read(path)
    if held is not None and held.not_valid_after_utc - now > LIFETIME:
        return held, _read_key(path.with_suffix(".key")), Certified(path, held.not_valid_after_utc, "kept")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Convention Watch, its own authority")])
    made = (
        _begin(name, name, key.public_key(), now, AUTHORITY_LIFETIME)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    write_whole(path.with_suffix(".key"), _private(key), mode=0o600)
    write_whole(path, _pem(made), mode=0o644)
    return made, key, Certified(path, made.not_valid_after_utc, "made")


def _sign_server(
    hosts: Sequence[str], key: Key, issuer: x509.Certificate, issuer_key: Key, now: datetime
) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0])])
    return (
        _begin(name, issuer.subject, key.public_key(), now, LIFETIME)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_general_name(host) for host in hosts]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


def _begin(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, lifetime: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _EARLIER)
        .not_valid_after(now + lifetime)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _serves(held: x509.Certificate, hosts: Sequence[str], issuer: x509.Certificate, now: datetime) -> bool:
    names = held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    try:
        held.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError):
        return False
    return set(names) == {_general_name(host) for host in hosts} and held.not_valid_after_utc - now > RENEWED_BEFORE


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _read(path: Path) -> x509.Certificate | None:
    if not path.exists():
        return None
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{path}: is not a certificate: move it away, and a new one is made") from error


def _read_key(path: Path) -> Key:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise ConfigurationError(f"{path}: the authority's key cannot be read: {error}") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ConfigurationError(f"{path}: is not a key that this program made")
    return key


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _private(key: Key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
