"""Makes names.txt anew: see README.md beside it.

uv run --no-project --with names==0.3.0 python assets/words/make_names.py
"""

import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

NUMBER = 10_000
NAME = re.compile("[A-Z]{3,}")

SHARES = {"dist.all.last": 1.0, "dist.female.first": 0.5, "dist.male.first": 0.5}
"""By file, the share of the population that its percentages are of."""

people: Counter[str] = Counter()
for file, share in SHARES.items():
    for line in files("names").joinpath(file).read_text("ascii").splitlines():
        name, percent, *_ = line.split()
        if NAME.fullmatch(name):
            people[name.capitalize()] += share * float(percent)
names = sorted(people, key=lambda name: (-people[name], name))[:NUMBER]
(Path(__file__).parent / "names.txt").write_text("\n".join(names) + "\n")
