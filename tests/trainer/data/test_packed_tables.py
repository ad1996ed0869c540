"""Tables in archives and folders: which is taken, and what is refused."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from tests.trainer.data.written_tables import (
    KAGGLE,
    SEEN,
    read,
    zipped,
)
from trainer.data.load import chosen, load
from trainer.data.unpack import Purpose
from trainer.letters import ALPHABET
from trainer.support.errors import UserError

TEST = replace(KAGGLE, labels=[ALPHABET.index(letter) for letter in "ABY"])


def kaggle_files() -> dict[str, bytes]:
    """Kaggle's own archive: each table twice, and images for the page."""
    names = [f"sign_mnist_{name}{{}}.csv" for name in ("test", "train")]
    contents = [TEST.content(), KAGGLE.content()]
    files = {"american_sign_language.PNG": b"\x89PNG"}
    for name, content in zip(names, contents, strict=True):
        files[name.format("")] = content
        files[f"{name.format('').removesuffix('.csv')}/{name.format('')}"] = content
    return files


def test_the_table_for_a_purpose_is_chosen_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "archive.zip"
    path.write_bytes(zipped(kaggle_files()))
    train, test = chosen(path, Purpose.TRAIN), chosen(path, Purpose.TEST)
    assert train == path / "sign_mnist_train.csv"
    assert (read(train)[0], read(test)[0]) == (SEEN, "ABY")
    assert set(load(train).sources) == {"sign_mnist_train"}
    with pytest.raises(UserError, match=r"holds 2 tables .*Choose one, as .*\.zip/sign_mnist_test"):
        load(path)
    path.write_bytes(zipped({"set/a.csv": TEST.content(), "set/b.csv": KAGGLE.content()}))
    with pytest.raises(UserError, match=r"holds 2 tables \(set/a\.csv, set/b\.csv\)"):
        chosen(path, Purpose.TRAIN)
    assert read(path / "set/b.csv")[0] == SEEN
    with pytest.raises(UserError, match="no such file in the archive"):
        load(path / "set/c.csv")


@pytest.mark.parametrize(
    ("names", "train", "test"),
    [
        (["x_train.csv", "x_valid.csv"], 0, 1),
        (["Train/data.csv", "Val/data.csv"], 0, 1),
        (["train_test/train.csv", "train_test/test.csv"], 0, 1),
        (["a_test.csv", "a_train.csv", "a_val.csv"], 1, 0),
    ],
)
def test_names_that_decide(tmp_path: Path, names: list[str], train: int, test: int) -> None:
    path = tmp_path / "archive.zip"
    contents = [replace(KAGGLE, last="\n" * i).content() for i in range(len(names))]
    path.write_bytes(zipped(dict(zip(names, contents, strict=True))))
    assert chosen(path, Purpose.TRAIN) == path / names[train]
    assert chosen(path, Purpose.TEST) == path / names[test]


def test_a_folder_of_tables_is_an_unpacked_archive(tmp_path: Path) -> None:
    for name, content in kaggle_files().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    (tmp_path / "notes.txt").write_text("where this comes from")
    (tmp_path / "._sign_mnist_train.csv").write_bytes(b"\0\5\x16\7")
    assert read(chosen(tmp_path, Purpose.TRAIN))[0] == SEEN
    assert read(chosen(tmp_path, Purpose.TEST))[0] == "ABY"
    with pytest.raises(UserError, match="holds 2 tables"):
        load(tmp_path)


def forged(content: bytes, at: int, value: int) -> bytes:
    """An archive whose directory says something else about its first file."""
    place = content.index(b"PK\1\2") + at
    return content[:place] + bytes([value]) + content[place + 1 :]


ONE = zipped({"a.csv": KAGGLE.content()})


@pytest.mark.parametrize(
    "content",
    [
        forged(ONE, 6, 255),  # of a later version
        forged(ONE, 8, 1),  # locked
        forged(ONE, 10, 9),  # packed by a method that is not known
        forged(ONE, 28, 0),  # without a name
        forged(ONE, 46, 0),
        zipped({f"{'a' * 60_000}{i}.csv": KAGGLE.content()[i:] for i in range(9)}),
    ],
    ids=["version", "locked", "method", "nameless", "zero", "long names"],
)
def test_archives_that_cannot_be_unpacked_are_refused_in_a_sentence(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "archive.zip"
    path.write_bytes(content)
    for purpose in (*Purpose, None):
        with pytest.raises(UserError, match=r"archive\.zip: ") as caught:
            load(chosen(path, purpose))
        assert len(str(caught.value)) < 1000


def test_the_digest_is_that_of_the_text_however_it_is_packed(tmp_path: Path) -> None:
    """The official files are known by it, from Kaggle's archive, too."""
    plain = load(KAGGLE.to(tmp_path / "plain.csv")).digests["plain.csv"]
    for name, content in {
        "a.zip": zipped({"train.csv": KAGGLE.content()}),
        "a.csv.gz": gzip.compress(KAGGLE.content()),
    }.items():
        (tmp_path / name).write_bytes(content)
        assert load(tmp_path / name).digests[name] == plain
