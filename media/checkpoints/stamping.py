"""Time stamps of an outside authority over a checkpoint (RFC 3161): what is asked, what is taken.

The authority sees a hash and nothing else. `openssl ts -verify -data checkpoint.message -in
checkpoint.tsr -CAfile ...` checks the answer without this program.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256

from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimeStampRequest,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

Ask = Callable[[bytes], bytes]
"""Sends a question (DER) to the authority and returns its answer (DER); raises Unanswered."""


class Unanswered(Exception):  # noqa: N818 - it is no fault of ours
    """The authority cannot be reached, or what it answered is no stamp over what was asked."""


def question_on(message: bytes) -> TimeStampRequest:
    """Return a question over the SHA-256 of the message, with a nonce of its own."""
    asked = TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256)
    return asked.nonce(nonce=True).cert_request(cert_request=True).build()


def time_in(
    answer: bytes, message: bytes, question: TimeStampRequest, roots: Sequence[Certificate] = ()
) -> datetime:
    """Return the authority's time. Raises Unanswered for what is no stamp over the message.

    With `roots` the signature must lead to one of them; without, only the hash and the nonce are
    looked at, and whoever relies on it verifies the signature.
    """
    try:
        read = decode_timestamp_response(answer)
        granted = PKIStatus(read.status) in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS)
        if not granted:
            raise Unanswered(f"refused: {PKIStatus(read.status).name}")
        told = read.tst_info
        at: datetime = told.gen_time
    except ValueError as bad:
        raise Unanswered("no time stamp response in DER") from bad
    if told.message_imprint.message != sha256(message).digest() or told.nonce != question.nonce:
        raise Unanswered("a stamp over something else")
    if roots:
        _must_lead_to(roots, read, message, question)
    return at


def read_roots(pem: bytes) -> list[Certificate]:
    """Return the authority's root certificates. Raises ValueError."""
    return load_pem_x509_certificates(pem)


def _must_lead_to(
    roots: Sequence[Certificate],
    read: TimeStampResponse,
    message: bytes,
    question: TimeStampRequest,
) -> None:
    builder = VerifierBuilder.from_request(question)
    for each in roots:
        builder = builder.add_root_certificate(each)
    try:
        builder.build().verify_message(read, message)
    except VerificationError as bad:
        raise Unanswered("its signature leads to no known root") from bad
