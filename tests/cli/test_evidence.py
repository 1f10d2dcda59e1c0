"""`uberrima verify`, `checkpoint`, `prove`, `evidence`: an operator seals, verifies, proves and hands out evidence."""

from __future__ import annotations

import base64
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import conninfo

from infrastructure.evidence.verifier import Checkpoint, Key, faults, is_included
from tests.cli.conftest import Said, Town, uberrima
from tests.conftest import new_database


@pytest.fixture
def does(server_url: str, town: Town, tmp_path: Path) -> Iterator[Town]:
    """The town, copied, with a file outside of its own."""
    with new_database(server_url, str(conninfo.conninfo_to_dict(town.url)["dbname"])) as url:
        yield Copied(url, town.customer, town.claim, town.number)


class Copied(Town):
    def does(self, *words: str) -> Said:
        kept = Path(os.environ["UBERRIMA_KEYS"], f"{conninfo.conninfo_to_dict(self.url)['dbname']}.log")
        return uberrima(*words, UBERRIMA_DATABASE_URL=self.url, UBERRIMA_CHECKPOINTS=str(kept))


def change(town: Town, statement: str) -> None:
    with psycopg.connect(town.url) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(statement.encode())


def test_what_is_not_sealed_yet_is_said_plainly(does: Town) -> None:
    told = does.does("verify")
    assert told.code == 0
    assert "events from position 1 on are not sealed yet: nothing proves them" in told.out and "尚未封存" in told.out


def test_once_sealed_all_of_it_holds(does: Town) -> None:
    signed = does.does("checkpoint")
    assert signed.code == 0 and signed.out.startswith("uberrima/") and signed.out == does.does("checkpoint").out
    told = does.does("verify", "--json").json
    assert told["events"] == told["sealed"] == int(signed.out.split("\n")[1]) and told["checkpoints"] == 2
    assert (told["first_bad_position"], told["wrong"], told["noted"]) == (None, [], [])
    assert "what is sealed is as it was" in does.does("verify").out


def test_the_first_bad_position_is_named_in_both_languages(does: Town) -> None:
    does.does("checkpoint")
    change(does, "UPDATE log.events SET state = state || ' '::bytea WHERE position = 9")
    told = does.does("verify")
    assert told.code == 1
    assert "✗ 9: 事件与封存的内容不符 · the event is not what was sealed" in told.out
    assert told.out.endswith("第一个有问题的位置：9 · the first bad position: 9\n")
    assert json.loads(does.does("verify", "--json").out)["first_bad_position"] == 9


def test_a_log_that_was_begun_anew_is_not_the_one_a_kept_checkpoint_tells_of(does: Town, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text(does.does("checkpoint").out, "utf-8")
    assert does.does("verify", "--checkpoint", str(kept)).code == 0
    for table in ("log.events", "seal.tiles", "seal.checkpoints"):
        change(does, f"TRUNCATE {table}")
    change(does, "UPDATE log.head SET position = 0")
    change(does, "UPDATE seal.head SET position = 0")
    told = does.does("verify", "--checkpoint", str(kept))
    assert told.code == 1 and "you gave" in told.out and told.out.endswith("the first bad position: 1\n")


def test_one_event_is_proved_to_be_in_the_log(does: Town) -> None:
    note = does.does("checkpoint").out
    proof = does.does("prove", "3").json
    leaf, root, *beside = (base64.b64decode(each) for each in (proof["leaf"], proof["root"], *proof["proof"]))
    assert note.split("\n")[1:3] == [str(proof["size"]), proof["root"]]
    assert is_included(leaf, 2, proof["size"], beside, root)
    assert does.does("prove", "4000").code == 2


def test_a_case_is_handed_out_with_all_that_proves_it(does: Town, tmp_path: Path) -> None:
    pack = tmp_path / "case.zip"
    told = does.does("evidence", does.number, "-o", str(pack))
    assert told.code == 0 and "personal data" in told.out
    with zipfile.ZipFile(pack) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert faults(files) == []
    key = Key.read(files["key.txt"].decode())
    assert Checkpoint.read(does.does("checkpoint").out, key).origin == key.name
    assert str(does.claim) in files["events.jsonl"].decode() and does.number in files["timeline.md"].decode()


def test_an_unknown_case_has_no_evidence(does: Town, tmp_path: Path) -> None:
    refused = does.does("evidence", "C209900000001", "-o", str(tmp_path / "case.zip"))
    assert refused.code == 1 and refused.err == "unknown: there is no such case · 没有这个case\n"
    assert not (tmp_path / "case.zip").exists()
