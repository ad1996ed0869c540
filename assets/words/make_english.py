"""Makes english.txt anew: see README.md beside it.

uv run --no-project --with wordfreq==3.1.1 python assets/words/make_english.py
"""

import re
from pathlib import Path

from wordfreq import top_n_list

NUMBER = 20_000
WORD = re.compile(r"[a-z]{3,}|[a-z]+'[a-z]{1,2}")

SHORT = re.compile(
    "a|i|a[dhmnst]|b[ey]|do|dr|e[hx]|go|h[aei]|i[dfnst]|m[aersy]|no|o[fhknrx]|p[am]|so|t[ov]|"
    "u[kps]|we|ye"
)
"""Most other strings of one or two letters are abbreviations that nobody wants to be offered."""

CRUDE = re.compile(
    "fuck|shit|nigg|cunt|fag|whor|slut|bitch|rape|porn|dick(?!ens)|penis|pussy|asshol|bastard|"
    "cock(?!pit|tail|roach|ney)|retard|tits|cum$|jizz|boob|wank|twat|blowjob|nazi|hentai|xxx|"
    "tranny|dyke"
)
"""Can be spelled, but is not offered."""

BARE = re.compile(
    "(ai|are|could|did|do|does|had|has|have|is|should|was|were|would)nt|(they|you)(ll|re|ve)|ive|"
    "(he|she|that|there|what|who)s"
)
"""Has an apostrophe, where it is spelled with care."""

words = [
    word
    for word in top_n_list("en", 2 * NUMBER)
    if (SHORT.fullmatch(word) or WORD.fullmatch(word))
    and not (CRUDE.search(word) or BARE.fullmatch(word))
]
(Path(__file__).parent / "english.txt").write_text("\n".join(words[:NUMBER]) + "\n")
