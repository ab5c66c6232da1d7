"""What a proof is measured against, as data: GB/T 9704—2012 and what LibreOffice allows to see.

Millimetres unless a name says otherwise; each figure with its clause and strength.
"""

from typing import NamedTuple

#: 5.2.1: 天头 37±1, 订口 28±1, 版心 156×225 (应).
TOP, LEFT, WIDTH, HEIGHT, MARGIN_TOLERANCE = 37.0, 28.0, 156.0, 225.0, 1.0
#: 5.2.3: 22 lines of 28 characters a page (一般).
LINES, CHARACTERS = 22, 28
#: 7.5: the 一字线 lies 7 mm under the type area; one character of 14 pt from the outer edge (一般).
NUMBER_BELOW, NUMBER_IN_POINTS = 7.0, 14.0
#: The width of the 一字线 differs between stand-in fonts.
NUMBER_TOLERANCE = 1.5
#: A table's outer lines are 0.5 pt wide and half outside its width.
TABLE_TOLERANCE = 0.4
#: 7.3.5.1: the date stands four characters from the right, the name centred on it (一般).
#: LibreOffice sets the date line about 9 pt wider: it adds space between figures and characters.
DATE_INDENT, DATE_TOLERANCE = 4.0, 0.6
NAME_TOLERANCE = 1.5
#: A digit of Times New Roman, in parts of its size.
DIGIT = 0.5
#: 7.3.5.1: the seal's top is at most a line below the text (应).
SEAL_LINES = 1.0
#: A township's seal is 42 across; it stays this far from the edge of the paper.
SEAL, SEAL_EDGE = 42.0, 5.0
#: The seal keeps clear of text by this many points.
SEAL_CLEAR_POINTS = 1.0


class Choice(NamedTuple):
    """One way to make room for the seal; what it does not name stays as it is.

    `keep` holds the last line of the text with the signature, `blank` is the number of empty
    lines before it, `pitch` the distance of lines in twips, `space` what is added to each
    character in 4096ths of a point.
    """

    keep: bool = False
    blank: int | None = None
    pitch: int | None = None
    space: int | None = None


#: 7.3.5.5 (可以): 行距 and 字距 may be adjusted where the rest of a page does not hold the seal.
#: 556 twips is the least that still makes 22 lines a page, -3081 sets 29 characters a line; the
#: standard's pictures show one or two empty lines before the signature. Nearest first; the
#: first three are tried before the others.
FIRST_CHOICES = 3
CHOICES = (
    Choice(keep=True),
    Choice(blank=1),
    Choice(blank=2),
    Choice(pitch=571),
    Choice(pitch=563),
    Choice(pitch=556),
    Choice(space=-3081),
    Choice(pitch=563, space=-3081),
    Choice(pitch=571, blank=2),
    Choice(space=-3081, blank=2),
    Choice(keep=True, blank=1),
    Choice(keep=True, blank=2),
)
