"""Common English words without J and Z, which many networks do not read."""

from __future__ import annotations

WORDS = tuple(
    """
    ask add age air arm art baby back bag ball bath bed bee bell best big bird black blue boat body
    book box boy bread bus cake call card cat chair clock cloud coat cold cook cup dance dark day
    deer desk dog door dream drink duck ear east egg eye face fall farm fast fish five fly food fox
    friend frog game garden girl gold good grass green hair hand happy hat head help hill home horse
    house ice inch ink iron island key kind king kitchen kite know lake lamp leaf learn left lemon
    light lion long look luck map milk moon morning mouse music name night nine north nose ocean oil
    orange page paint paper park pen piano picture plant play queen quick quiet rain read red rice
    ring river road room salt sand school sea seven ship shoe sign six sky sleep snow song soup star
    stone story street sugar sun swim table tea ten think three time tooth town train tree turtle
    uncle under use van very view voice walk warm water wave week west white wind window winter wish
    word work world year yellow yes young
    """.upper().split()
)
