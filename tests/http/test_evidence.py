"""Evidence over HTTP: who may have it, and that what is given proves what it says without us."""

from __future__ import annotations

import base64
import io
import zipfile
from typing import Any

import pytest

from infrastructure.evidence.verifier import Checkpoint, Key, faults, is_consistent, is_included
from tests.http.conftest import Site

AUDITOR = "auditor"


@pytest.fixture
def customer(site: Site) -> str:
    return str(site.done("service", "/customers", {"name": "王小明"})["stream"])


def pack(site: Site, case: str, login: str = AUDITOR) -> Any:
    return site.get(login, f"/evidence/cases/{case}")


def opened(site: Site) -> Checkpoint:
    key = Key.read(site.get(AUDITOR, "/evidence/key").text)
    return Checkpoint.read(site.get(AUDITOR, "/evidence/checkpoint").text, key)


def test_an_evidence_pack_is_downloaded_and_holds(site: Site, customer: str) -> None:
    answer = pack(site, customer)
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/zip"
    assert f"evidence-{customer}-" in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert faults(files, Key.read(site.get(AUDITOR, "/evidence/key").text)) == []
    assert customer in files["events.jsonl"].decode() and "王小明" in files["readable.jsonl"].decode()


def test_the_latest_checkpoint_is_a_signed_note_in_plain_text(site: Site, customer: str) -> None:
    pack(site, customer)
    answer = site.get(AUDITOR, "/evidence/checkpoint")
    assert answer.headers["content-type"].startswith("text/plain")
    standing = site.get(AUDITOR, "/evidence").json()
    checkpoint = opened(site)
    assert (checkpoint.size, checkpoint.origin) == (standing["signed"], standing["key"].partition("+")[0])
    assert standing["signed"] <= standing["sealed"] <= standing["head"] and standing["signed_at"]


def test_a_position_is_proved_to_be_under_a_checkpoint(site: Site, customer: str) -> None:
    pack(site, customer)
    signed = opened(site)
    told = site.get(AUDITOR, "/evidence/inclusion/2", size=signed.size).json()
    leaf, root, *proof = (base64.b64decode(each) for each in (told["leaf"], told["root"], *told["proof"]))
    assert (told["size"], root) == (signed.size, signed.root)
    assert is_included(leaf, 1, signed.size, proof, signed.root)


def test_a_later_checkpoint_is_proved_to_continue_an_earlier_one(site: Site, customer: str) -> None:
    pack(site, customer)
    old = opened(site)
    site.done("service", f"/customers/{customer}/contacts", {"channel": "phone", "subject": "asked"})
    pack(site, customer)
    new = opened(site)
    told = site.get(AUDITOR, f"/evidence/consistency/{old.size}/{new.size}").json()
    proof = [base64.b64decode(each) for each in told["proof"]]
    assert old.size < new.size and is_consistent(old.size, old.root, new.size, new.root, proof)


@pytest.mark.parametrize("path", ["", "/key", "/checkpoint", "/inclusion/1", "/consistency/1/1", "/cases/C-1"])
def test_evidence_is_for_supervisors_compliance_officers_and_auditors_only(site: Site, path: str) -> None:
    for login in ("service", "agent", "claims_handler"):
        refused = site.get(login, f"/evidence{path}")
        assert refused.status_code == 403, refused.text
    assert all(site.get(login, "/evidence").status_code == 200 for login in ("supervisor", "compliance", "auditor"))


def test_what_cannot_be_proved_is_not_found(site: Site) -> None:
    for path in ("/inclusion/90000000", "/consistency/5/4", "/consistency/1/90000000"):
        told = site.get(AUDITOR, f"/evidence{path}")
        assert (told.status_code, told.json()["code"]) == (404, "request.not_found")
    assert pack(site, "C209900000001").status_code == 404
    assert site.get(AUDITOR, "/evidence/inclusion/0").status_code == 400
