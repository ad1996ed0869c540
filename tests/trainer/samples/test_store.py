from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from trainer.data.csv import read_csv
from trainer.data.load import load
from trainer.images.box import Box
from trainer.images.preprocessing import Preprocessing
from trainer.letters import LETTERS, Convention
from trainer.samples import tables
from trainer.samples.store import Removed, SampleStore, last_of_each_letter
from trainer.support import atomic
from trainer.support.errors import UserError

BOX = Box(60, 40, 100, 100)


def frame(seed: int) -> np.ndarray:
    """A smooth image, 320 × 240, which resampling hardly changes."""
    rng = np.random.default_rng(seed)
    across, down = np.linspace(0, 1, 320)[None, :, None], np.linspace(0, 1, 240)[:, None, None]
    return np.clip(rng.uniform(60, 200, 3) + 60 * across - 40 * down, 0, 255).astype(np.uint8)


def filled(folder: Path, letters: str = "AAKYB") -> SampleStore:
    store = SampleStore(folder)
    for seed, letter in enumerate(letters):
        store.add(letter, frame(seed), BOX)
    return store


def names(store: SampleStore) -> list[str]:
    return [sample.name for sample in store.samples]


def test_samples_are_there_after_a_new_start(tmp_path: Path) -> None:
    store = filled(tmp_path / "own")
    again = SampleStore(tmp_path / "own")
    assert names(again) == names(store) == [
        "A/00001.png", "A/00002.png", "K/00003.png", "Y/00004.png", "B/00005.png",
    ]  # fmt: skip
    assert again.counts()[LETTERS.index("A")] == 2
    assert again.counts().sum() == 5


def test_the_csv_is_kaggle_s_layout(tmp_path: Path) -> None:
    store = filled(tmp_path)
    dataset = read_csv(tmp_path / tables.PIXELS_CSV)
    assert "".join(LETTERS[label] for label in dataset.labels) == "AAKYB"
    first_values = [
        line.split(",")[0] for line in (tmp_path / "samples.csv").read_text().splitlines()
    ]
    assert first_values == ["label", "0", "0", "10", "24", "1"]
    direct = Preprocessing().image(frame(2), BOX).astype(int)
    assert np.abs(dataset.images[2] - direct).max() <= 2
    assert store.image(store.samples[0]).shape == (160, 160, 3)


def test_the_folder_is_what_the_commands_read(tmp_path: Path) -> None:
    filled(tmp_path)
    dataset = load(tmp_path)
    assert "".join(LETTERS[label] for label in dataset.labels) == "AAKYB"
    box = dataset.box(0)
    assert box is not None
    # The crop is 1.8 times as wide as the hand.
    assert dataset.images.shape[1] / box.w == pytest.approx(1.8, abs=0.01)
    hand = Preprocessing().image(dataset.images[0], box).astype(int)
    assert np.abs(hand - Preprocessing().image(frame(0), BOX)).max() <= 4


def test_what_is_deleted_is_gone_and_can_come_back(tmp_path: Path) -> None:
    store = filled(tmp_path)
    before = (tmp_path / "samples.csv").read_bytes()
    removed: list[Removed] = []
    store.delete(store.of("A"), removed)
    assert names(SampleStore(tmp_path)) == ["K/00003.png", "Y/00004.png", "B/00005.png"]
    assert not list((tmp_path / "A").iterdir())
    store.restore(removed)
    assert not removed
    assert names(store) == names(SampleStore(tmp_path))
    assert (tmp_path / "samples.csv").read_bytes() == before


def test_a_number_is_not_given_twice_in_a_row(tmp_path: Path) -> None:
    store = filled(tmp_path)
    store.delete(store.of("K"), [])
    assert store.add("K", frame(9), BOX).number == 6


def test_export_gives_a_csv_or_a_crop_file(tmp_path: Path) -> None:
    store = filled(tmp_path / "own")
    store.export(tmp_path / "mine.csv")
    store.export(tmp_path / "mine.npz")
    csv, crops = read_csv(tmp_path / "mine.csv"), load(tmp_path / "mine.npz")
    assert csv.labels.tolist() == crops.labels.tolist()
    assert crops.boxes is not None
    store.export(tmp_path / "MINE.NPZ")
    assert load(tmp_path / "MINE.NPZ").boxes is not None


def test_nothing_to_export_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Record some first"):
        SampleStore(tmp_path / "own").export(tmp_path / "mine.csv")


@pytest.mark.parametrize("name", ["index.csv", "samples.csv"])
@pytest.mark.parametrize("harm", ["cut", "gone", "short"])
def test_tables_that_are_not_whole_are_made_anew(tmp_path: Path, name: str, harm: str) -> None:
    filled(tmp_path)
    table = tmp_path / name
    good = table.read_bytes()
    if harm == "cut":
        table.write_bytes(good[:-20])
    elif harm == "gone":
        table.unlink()
    else:
        table.write_bytes(good[: good.rindex(b"\n", 0, -1) + 1])
    SampleStore(tmp_path)
    assert table.read_bytes() == good


def test_a_damaged_image_is_passed_over(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / "K" / "00003.png").write_bytes(b"no image")
    (tmp_path / "index.csv").unlink()
    store = SampleStore(tmp_path)
    assert len(store.samples) == 4
    assert len(load(tmp_path)) == 4


def test_a_full_disk_loses_only_the_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = filled(tmp_path)

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(tables, "append", full)
        with pytest.raises(UserError, match="Make room"):
            store.add("C", frame(0), BOX)
    assert len(store.samples) == 5
    store.add("D", frame(0), BOX)
    assert names(SampleStore(tmp_path)) == names(store)
    assert len(read_csv(tmp_path / "samples.csv", Convention.GAP)) == 6


def test_tables_that_could_not_be_written_are_when_they_are_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = filled(tmp_path)

    def full(*arguments: object) -> None:
        raise UserError("full")

    with monkeypatch.context() as patch:
        patch.setattr(tables, "write", full)
        with pytest.raises(UserError, match="full"):
            store.delete(store.of("A"), [])
        with pytest.raises(UserError, match="full"):
            store.add("C", frame(0), BOX)
    assert not list(tmp_path.glob("C/*"))
    store.export(tmp_path / "mine.csv")
    assert len(read_csv(tmp_path / "mine.csv", Convention.GAP)) == 3


def test_what_is_deleted_before_an_error_can_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = filled(tmp_path)
    before, unlink = names(store), Path.unlink

    def fail(self: Path, missing_ok: bool = False) -> None:
        if self.name == "00004.png":
            raise OSError(5, "Input/output error", str(self))
        unlink(self, missing_ok)

    removed: list[Removed] = []
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", fail)
        with pytest.raises(UserError, match="Input/output error"):
            store.delete(store.samples, removed)
    assert names(store) == names(SampleStore(tmp_path)) == ["Y/00004.png", "B/00005.png"]

    # Nor is what cannot be brought back now lost.
    write, left = atomic.write_new, [2]

    def fill_up(path: Path, content: bytes) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise UserError("full")
        write(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "write_new", fill_up)
        with pytest.raises(UserError, match="full"):
            store.restore(removed)
    assert names(store) == ["A/00001.png", "A/00002.png", "Y/00004.png", "B/00005.png"]
    store.restore(removed)
    assert names(store) == names(SampleStore(tmp_path)) == before
    assert len(read_csv(tmp_path / "samples.csv", Convention.GAP)) == 5


def test_a_damaged_sample_is_deleted_and_the_others_come_back(tmp_path: Path) -> None:
    store = filled(tmp_path)
    (tmp_path / "K" / "00003.png").write_bytes(b"no image")
    removed: list[Removed] = []
    store.delete(store.samples, removed)
    assert not store.samples
    store.restore(removed)
    assert len(store.samples) == 4


def test_two_windows_that_record_take_nothing_from_each_other(tmp_path: Path) -> None:
    one, other = filled(tmp_path), SampleStore(tmp_path)
    for seed, letter in enumerate("AAB"):
        one.add(letter, frame(seed), BOX)
        other.add(letter, frame(seed + 50), BOX)
    both = SampleStore(tmp_path)
    assert len(both.samples) == 5 + 6
    assert len(load(tmp_path)) == len(read_csv(tmp_path / "samples.csv", Convention.GAP)) == 11


def test_a_number_that_another_window_takes_in_the_meantime_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = filled(tmp_path), SampleStore(tmp_path)
    numbers = iter([6, 7])
    monkeypatch.setattr(other, "_next_number", lambda *_: next(numbers))
    taken = tmp_path / one.add("A", frame(7), BOX).name
    before = taken.read_bytes()
    assert other.add("A", frame(8), BOX).number == 7
    assert taken.read_bytes() == before
    assert len(load(tmp_path)) == len(SampleStore(tmp_path).samples) == 7


def test_what_comes_back_does_not_replace_what_was_recorded_since(tmp_path: Path) -> None:
    store = filled(tmp_path)
    before = (tmp_path / "B" / "00005.png").read_bytes()
    removed: list[Removed] = []
    store.delete(store.of("B"), removed)
    assert store.add("B", frame(9), BOX) == removed[0].sample
    since = (tmp_path / "B" / "00005.png").read_bytes()
    store.restore(removed)
    assert (tmp_path / "B" / "00005.png").read_bytes() == since
    assert (tmp_path / "B" / "00006.png").read_bytes() == before
    assert names(SampleStore(tmp_path)) == names(store)


def test_what_another_window_recorded_is_deleted_by_nothing_and_exported(tmp_path: Path) -> None:
    one, other = filled(tmp_path / "own", "AK"), SampleStore(tmp_path / "own")
    other.add("B", frame(50), BOX)
    one.delete(one.of("K"), [])
    assert names(one) == ["A/00001.png", "B/00003.png"]
    assert len(read_csv(tmp_path / "own" / "samples.csv", Convention.GAP)) == 2
    other.add("C", frame(51), BOX)
    one.export(tmp_path / "mine.csv")
    assert len(read_csv(tmp_path / "mine.csv", Convention.GAP)) == 3
    (tmp_path / "own" / "C" / "00009.png").write_bytes(b"damaged")
    one.refresh()
    assert names(one) == ["A/00001.png", "B/00003.png", "C/00004.png"]
    other.delete(other.of("A"), [])
    one.export(tmp_path / "mine.csv")
    assert names(one) == ["B/00003.png", "C/00004.png"]
    assert len(read_csv(tmp_path / "mine.csv", Convention.GAP)) == 2


@pytest.mark.parametrize("name", ["samples.csv", "index.csv", "A"])
def test_what_is_deleted_behind_its_back_costs_no_more(tmp_path: Path, name: str) -> None:
    store = filled(tmp_path / "own")
    gone = tmp_path / "own" / name
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    store.add("C", frame(7), BOX)
    removed: list[Removed] = []
    store.delete(store.of("A") + store.of("K"), removed)
    assert [each.sample.letter for each in removed] == ([*"K"] if name == "A" else [*"AAK"])
    store.export(tmp_path / "mine.csv")
    assert len(read_csv(tmp_path / "mine.csv", Convention.GAP)) == 3
    assert names(SampleStore(tmp_path / "own")) == names(store)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("a file")
    with pytest.raises(UserError, match="cannot be"):
        SampleStore(tmp_path / "own").add("A", frame(0), BOX)


@pytest.mark.parametrize("wanted", [1, 16])
def test_a_kill_loses_at_most_the_sample_in_flight(tmp_path: Path, wanted: int) -> None:
    command = [sys.executable, "-m", "tests.trainer.samples.filling", str(tmp_path)]
    told = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while told < wanted:
            told = int(process.stdout.readline())
        # At a moment that differs from case to case.
        time.sleep(0.0013 * wanted)
        process.kill()
        told = max([told, *(int(line) for line in process.stdout.read().split())])
    store = SampleStore(tmp_path)
    assert told <= len(store.samples) <= told + 1
    assert not list(tmp_path.glob("**/.*~"))
    dataset = load(tmp_path)
    assert len(dataset) == len(store.samples)
    rows = read_csv(tmp_path / "samples.csv", Convention.GAP)
    assert rows.labels.tolist() == dataset.labels.tolist()
    # And it goes on.
    store.add("A", frame(0), BOX)
    assert len(SampleStore(tmp_path).samples) == len(store.samples)


def test_the_last_of_each_letter_are_kept_aside() -> None:
    labels = np.array([0] * 10 + [1] * 4 + [0] * 10)
    aside = last_of_each_letter(labels, 0.3)
    assert np.flatnonzero(aside).tolist() == [13, 18, 19, 20, 21, 22, 23]


@pytest.mark.parametrize(("images", "kept"), [(1, 0), (2, 1), (3, 1), (10, 3)])
def test_few_images_keep_one_aside_if_one_is_left(images: int, kept: int) -> None:
    assert last_of_each_letter(np.zeros(images, np.int64), 0.3).sum() == kept


def test_no_share_keeps_nothing_aside() -> None:
    assert not last_of_each_letter(np.arange(24).repeat(3), 0.0).any()
