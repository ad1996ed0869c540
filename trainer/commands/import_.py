"""`trainer import`: labelled photographs → a CSV in Kaggle's layout, or a crop file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from trainer.commands.common import add_json, add_labels, check_ending, number, print_json, whole
from trainer.commands.find_hands import add_find_hands, hand_finding
from trainer.data.annotations.tables import HEAD, names_files
from trainer.data.crops import MARGIN, SIDE, cut_out, save_crops
from trainer.data.csv import write_csv
from trainer.data.dataset import Dataset
from trainer.data.folders import Photograph, list_photographs
from trainer.data.hands import PhotographReader
from trainer.data.left_out import LeftOut
from trainer.data.no_sign_windows import windows_without_sign
from trainer.data.table_columns import is_table_of_images
from trainer.images.preprocessing import LEAST_MARGIN, MOST_MARGIN, Preprocessing
from trainer.letters import Convention
from trainer.support import atomic, files
from trainer.support.errors import UserError
from trainer.support.terminal import say

_SEED = 0
"""Of the windows: the same folder gives the same file."""


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "import",
        help="turn labelled photographs into a CSV or a crop file",
        description="FOLDER, which may be a .zip, has images in folders by letter, or an index.csv "
        "(file, letter, source, x, y, w, h), or YOLO, COCO or Pascal VOC annotations. A .csv gets "
        "28 × 28 pixels in Kaggle's layout (labels 0–24 without 9); an .npz gets gray crops of "
        f"{SIDE} × {SIDE} pixels, {MARGIN} times as wide as the hand box, which leave augmentation "
        "some surroundings.",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=".csv or .npz")
    parser.add_argument(
        "--margin",
        type=number(LEAST_MARGIN, MOST_MARGIN),
        default=1.0,
        help="of a CSV's crops around the box (default: 1.0)",
    )
    parser.add_argument(
        "--no-sign",
        type=whole(0, 10_000),
        default=0,
        metavar="N",
        help="take N random windows of each image, for a network that can say that there is no "
        "sign: of any images without hands, or, with a boxes.csv (file, source, x, y, w, h), of "
        "what lies around the hands; writes an .npz",
    )
    add_labels(parser)
    add_find_hands(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Reads the folder and writes the file.

    Raises:
        UserError: The folder or the place for the file is no good.
    """
    out: Path = arguments.out
    check_ending(out, *([".npz"] if arguments.no_sign else [".csv", ".npz"]))
    try:
        preprocessing = Preprocessing(margin=arguments.margin)
    except ValueError as error:
        raise UserError(f"{error}.") from None
    atomic.check_place(out, arguments.folder)
    if is_table_of_images(arguments.folder):
        raise UserError(
            f"{arguments.folder}: a table of images already. Every command reads it as it is."
        )
    if out.is_file() and names_files(files.head(out, HEAD)):
        raise UserError(
            f"{out}: lists the files of a data set, so nothing is written over it. Choose another "
            "name."
        )
    if arguments.no_sign:
        _import_no_sign(arguments)
        return
    listing = list_photographs(arguments.folder, arguments.labels)
    reader = PhotographReader(hand_finding(arguments))
    photographs = tqdm(listing.photographs, "images", disable=arguments.json)
    if out.suffix.lower() == ".npz":
        save_crops(cut_out(photographs, masks=True, reader=reader), out)
    else:
        write_csv(_rows(photographs, preprocessing, reader), out, Convention.GAP)
    notes = reader.notes(arguments.folder, listing)
    if arguments.json:
        print_json(reader.to_json(listing) | {"notes": notes, "out": str(out)})
        return
    for note in notes:
        say(note, file=sys.stderr)


def _rows(
    photographs: Iterable[Photograph], preprocessing: Preprocessing, reader: PhotographReader
) -> Dataset:
    """The images as a CSV holds them, (n, 28, 28).

    Raises:
        UserError: None can be read.
    """
    images, labels, sources = [], [], []
    for photograph, image, box, _ in reader.read(photographs):
        images.append(preprocessing.image(image, box))
        labels.append(photograph.label)
        sources.append(photograph.source)
    if not images:
        raise UserError(f"No image could be read. {reader.left_out.sentence()}")
    return Dataset(np.stack(images), np.array(labels, np.int64), np.array(sources))


def _import_no_sign(arguments: argparse.Namespace) -> None:
    left_out = LeftOut()
    windows = windows_without_sign(arguments.folder, arguments.no_sign, _SEED, left_out)
    save_crops(cut_out(tqdm(windows, "windows", disable=arguments.json)), arguments.out)
    if arguments.json:
        counts = {"left_out": left_out.total, "left_out_by_reason": left_out.counts}
        print_json({"n": len(windows), "out": str(arguments.out)} | counts)
    elif left_out.total:
        say(left_out.sentence(), file=sys.stderr)
