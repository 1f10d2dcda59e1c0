"""What a command said leaves a fingerprint with its answer. It is sealed, or guesses could be held against it for ever."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from application.ports import Answer
from infrastructure.vault import NONCE

MARK = "~"
"""What a sealed fingerprint begins with; the person's id follows."""
_ID = 32


def sealed(answer: Answer, keys: Mapping[UUID, AESGCM | None]) -> Answer:
    """The answer as it is stored: its fingerprint under the key of the person whom the command was about."""
    key = keys.get(answer.subject) if answer.subject else None
    if key is None or answer.subject is None:
        return answer
    nonce = secrets.token_bytes(NONCE)
    box = nonce + key.encrypt(nonce, answer.fingerprint.encode(), answer.key.bytes)
    return msgspec.structs.replace(answer, fingerprint=f"{MARK}{answer.subject.hex}{box.hex()}")


def whose(answer: Answer) -> UUID | None:
    """The person under whose key the fingerprint of a stored answer lies."""
    return UUID(answer.fingerprint[1 : 1 + _ID]) if answer.fingerprint.startswith(MARK) else None


def opened(answer: Answer, keys: Mapping[UUID, AESGCM | None]) -> Answer:
    """The answer with its fingerprint as it was; with none, where the person has been forgotten."""
    subject = whose(answer)
    if subject is None:
        return answer
    key, box = keys[subject], bytes.fromhex(answer.fingerprint[1 + _ID :])
    if key is None:
        return msgspec.structs.replace(answer, fingerprint="")
    plain = key.decrypt(box[:NONCE], box[NONCE:], answer.key.bytes).decode()
    return msgspec.structs.replace(answer, fingerprint=plain, subject=subject)
