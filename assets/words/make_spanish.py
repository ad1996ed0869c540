"""Makes spanish.txt anew: see README.md beside it.

uv run --no-project --with wordfreq==3.1.1 python assets/words/make_spanish.py
"""

import re
from pathlib import Path

from wordfreq import top_n_list

NUMBER = 20_000
WORD = re.compile("[a-záéíóúüñ]{3,}")

SHORT = re.compile(
    "a|al|da|de|di|el|en|es|fe|fue|ha|he|id|ir|la|le|lo|me|mi|mí|ni|no|o|os|ojo|oí|se|sé|si|sí|su|"
    "te|té|tu|tú|un|va|ve|vi|vio|y|ya|yo|él|ah|ay|eh|oh|uf|fa|re|sol"
)
"""Most other strings of one or two letters are abbreviations that nobody wants to be offered."""

CRUDE = re.compile(
    "^put[ao]s?$|^puti|mierd|coño|cojon|^folla[nrs]|joder|jodid|^pollas?$|^vergas?$|pendej|^maric|"
    "^zorras?$|cabron|cabrón|violaci|violad|porno|^penes?$|vagina|^culos?$|^tetas?$|nazi|hentai|"
    "xxx|^mamadas?$|chinga|gilipoll|nigg|fuck|shit|bitch"
)
"""Can be spelled, but is not offered."""

words = [
    word
    for word in top_n_list("es", 2 * NUMBER)
    if (SHORT.fullmatch(word) or WORD.fullmatch(word)) and not CRUDE.search(word)
]
(Path(__file__).parent / "spanish.txt").write_text("\n".join(words[:NUMBER]) + "\n", "utf-8")
