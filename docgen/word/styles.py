"""What a paragraph or run is in the end: defaults, styles with what they are based on, its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from docgen.files.ooxml import Element, tag_of
from docgen.word.markup import W14, A, W, child_value, is_on, number, twips
from docgen.word.package import Opened

Props = dict[str, str]
_SLOTS = ("ascii", "hAnsi", "eastAsia")
#: No editor builds styles on so many others; a circle of them ends here.
_DEEPEST = 32
#: Properties that are said as a whole: what one leaves out is not taken from below.
_WHOLE = {"color": ("color", "color.themeColor"), "shd": ("shd", "shd.color", "shd.fill")}


@dataclass(frozen=True, slots=True)
class Look:
    """How the characters of a run are set; sizes in points. `hinted`: shared marks are Chinese."""

    ascii: str
    other: str
    east_asia: str
    hinted: bool
    size: float
    colour: str
    spacing: float
    hidden: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph is set: lengths in twips, those in characters already turned into them."""

    align: str
    left: float
    right: float
    first: float
    line: float
    rule: str
    before: float
    after: float
    snapped: bool
    auto_space: bool
    kept: bool
    new_page: bool
    level: int  # of its outline, 0 for text
    numbered: bool


class Style(NamedTuple):
    """A style with all it is based on: its name in lower case, paragraph and run properties.

    `anywhere` are the run properties of a table's style with those of its parts, the first row's
    as well: what may hold in some cell of it.
    """

    name: str
    paragraph: Props
    run: Props
    anywhere: Props


NO_STYLE = Style("", {}, {}, {})


class Styles:
    """The styles of a document, resolved on demand."""

    def __init__(self, root: Element | None, theme: Props | None = None) -> None:
        """Read a part of styles; `theme` has the fonts that are named by their use in it."""
        self._theme = theme or {}
        elements = [] if root is None else list(root.iter(f"{W}style"))
        self._by_id = {element.get(f"{W}styleId", ""): element for element in elements}
        self._resolved: dict[str, Style] = {"": NO_STYLE}
        defaults = None if root is None else root.find(f"{W}docDefaults")
        if defaults is None:
            self._defaults = NO_STYLE
        else:
            paragraph = self.flat(defaults.find(f"{W}pPrDefault/{W}pPr"))
            run = self.flat(defaults.find(f"{W}rPrDefault/{W}rPr"))
            self._defaults = Style("", paragraph, run, run)
        self._normal = {
            element.get(f"{W}type", ""): element.get(f"{W}styleId", "")
            for element in elements
            if is_on(element.get(f"{W}default"))
        }

    @classmethod
    def of(cls, opened: Opened) -> "Styles":
        """Return the styles of a document, with the fonts of its theme."""
        return cls(opened.styles, _theme_fonts(opened))

    def flat(self, properties: Element | None) -> Props:
        """Return the properties of an element as one mapping: `jc`, `ind.left`, `rFonts.ascii`."""
        found: Props = {}
        if properties is None:
            return found

        for child in properties:
            name = tag_of(child).removeprefix(W)
            if name == "numPr":
                found[name] = "false" if child_value(child, "numId") == "0" else "true"
            elif child.tag == f"{W14}textFill":
                found["textFill"] = _fill_of(child)
            elif not len(child):
                _put_flat(found, name, child)

        for slot in _SLOTS:
            theme = found.pop(f"rFonts.{slot}Theme", None)
            if theme is not None:
                found[f"rFonts.{slot}"] = self._theme.get(theme, "")
        _rename_indents(found)
        return found

    def style(self, identifier: str | None, kind: str = "paragraph") -> Style:
        """Return a style by its identifier, or the default one of its kind."""
        if identifier is None or identifier not in self._by_id:
            identifier = self._normal.get(kind, "")
        if identifier not in self._resolved:
            self._resolved[identifier] = self._along_chain(identifier)
        return self._resolved[identifier]

    def _along_chain(self, identifier: str) -> Style:
        chain: list[Element] = []
        at = identifier
        while at in self._by_id and len(chain) < _DEEPEST:
            chain.append(self._by_id[at])
            at = child_value(chain[-1], "basedOn") or ""
        paragraph: Props = {}
        run: Props = {}
        anywhere: Props = {}
        for element in reversed(chain):
            paragraph |= self.flat(element.find(f"{W}pPr"))
            own = self.flat(element.find(f"{W}rPr"))
            run |= own
            if element.get(f"{W}type") == "table":
                for part in reversed(element.findall(f"{W}tblStylePr/{W}rPr")):
                    anywhere |= self.flat(part)
            anywhere |= own

        name = (child_value(chain[0], "name") if chain else "") or ""
        return Style(name.lower(), paragraph, run, anywhere)

    def paragraph(self, properties: Element | None, table: Style) -> Style:
        """Return what a paragraph is by the defaults, the table's style, its own, and by itself.

        The run properties of the result are what its runs start from.
        """
        style = self.style(child_value(properties, "pStyle"))
        settings = self._defaults.paragraph | table.paragraph | style.paragraph
        run = self._defaults.run | table.run | style.run
        return Style(style.name, settings | self.flat(properties), run, run)

    def latin_font(self, name: str) -> str:
        """Return the font of Latin letters in the paragraph style of this name; "" if none is."""
        for identifier, element in self._by_id.items():
            if (child_value(element, "name") or "").lower() == name:
                run = self._defaults.run | self.style(identifier).run
                return run.get("rFonts.ascii", "")
        return ""

    def run(self, base: Props, properties: Element | None) -> Props:
        """Return what a run is in a paragraph whose runs start from these properties."""
        return self._upon(base, self.flat(properties))

    def look(self, base: Props, properties: Element | None) -> Look:
        """Return how a run is set in a paragraph whose runs start from these properties."""
        own = self.flat(properties)
        # Word writes the hint at each run: whether one in a style is heeded is not certain.
        return _look(self._upon(base, own), hinted=own.get("rFonts.hint") == "eastAsia")

    def _upon(self, base: Props, own: Props) -> Props:
        """Return properties of a run upon those it starts from, with its style between them."""
        if not own:
            return base
        if own.get("rStyle") in self._by_id:
            return base | self.style(own["rStyle"], "character").run | own
        return base | own


def _put_flat(found: Props, name: str, child: Element) -> None:
    """Put in what one property says; a toggle is on where no attribute says otherwise."""
    for key in _WHOLE.get(name, ()):
        found[key] = ""

    toggled = True
    for attribute, value in child.attrib.items():
        key = str(attribute).removeprefix(W)
        found[name if key == "val" else f"{name}.{key}"] = value
        if not key.startswith("{"):  # else of another vocabulary
            toggled = False
    if toggled:
        found[name] = "true"


def _fill_of(fill: Element) -> str:
    """Return what a `w14:textFill` paints with, word by word: "noFill=", "srgbClr=FFFFFF"."""
    kinds = [f"{W14}{name}" for name in ("noFill", "schemeClr", "srgbClr")]
    paints = (e for e in fill.iter(*kinds))
    return " ".join(f"{tag_of(e).removeprefix(W14)}={e.get(f'{W14}val', '')}" for e in paints)


def _rename_indents(props: Props) -> None:
    """One name for each indent: `start` is `left`, and what hangs is a negative first line."""
    for old, new in (("start", "left"), ("end", "right"), ("hanging", "firstLine")):
        for unit in ("", "Chars"):
            value = props.pop(f"ind.{old}{unit}", None)
            if value is not None:
                sign = "-" if old == "hanging" and not value.startswith("-") else ""
                props[f"ind.{new}{unit}"] = sign + value


def _look(props: Mapping[str, str], *, hinted: bool) -> Look:
    return Look(
        ascii=props.get("rFonts.ascii", ""),
        other=props.get("rFonts.hAnsi", ""),
        east_asia=props.get("rFonts.eastAsia", ""),
        hinted=hinted,
        size=number(props.get("sz"), 20) / 2,
        colour=props.get("color", "auto").lower(),
        spacing=twips(props.get("spacing")),
        hidden=is_on(props.get("vanish")),
    )


def setting_of(props: Props, em: float) -> Setting:
    """Return a paragraph's setting; `em` is the width of its characters in twips."""

    def indent(name: str) -> float:
        characters = number(props.get(f"ind.{name}Chars"))
        return characters / 100 * em if characters else twips(props.get(f"ind.{name}"))

    def space(name: str) -> float:
        if is_on(props.get(f"spacing.{name}Autospacing")):
            return 280
        lines = number(props.get(f"spacing.{name}Lines"))
        return lines / 100 * 240 if lines else twips(props.get(f"spacing.{name}"))

    level = number(props.get("outlineLvl"), 9)
    return Setting(
        align={"start": "left", "end": "right"}.get(align := props.get("jc", "left"), align),
        left=indent("left"),
        right=indent("right"),
        first=indent("firstLine"),
        line=twips(props.get("spacing.line"), 240),
        rule=props.get("spacing.lineRule", "auto"),
        before=space("before"),
        after=space("after"),
        snapped=is_on(props.get("snapToGrid", "true")),
        auto_space=is_on(props.get("autoSpaceDN", "true")),
        kept=is_on(props.get("keepNext")),
        new_page=is_on(props.get("pageBreakBefore")),
        level=int(level) + 1 if 0 <= level <= 8 else 0,
        numbered=is_on(props.get("numPr")),
    )


def _theme_fonts(opened: Opened) -> dict[str, str]:
    """Return the theme's fonts by what `w:rFonts` calls them: `minorHAnsi`, `majorEastAsia`."""
    fonts: dict[str, str] = {}
    if opened.theme is None:
        return fonts
    language = opened.setting("themeFontLang")
    script = _script("" if language is None else language.get(f"{W}eastAsia", ""))
    for kind in ("major", "minor"):
        group = next(opened.theme.iter(f"{A}{kind}Font"), None)
        if group is None:
            continue
        latin, east = (_typeface(group.find(f"{A}{name}")) for name in ("latin", "ea"))
        by_script = {font.get("script"): _typeface(font) for font in group.iter(f"{A}font")}
        fonts[f"{kind}Ascii"] = fonts[f"{kind}HAnsi"] = latin
        fonts[f"{kind}EastAsia"] = east or by_script.get(script, "")
    return fonts


def _typeface(element: Element | None) -> str:
    return "" if element is None else str(element.get("typeface", ""))


def _script(language: str) -> str:
    """Return the script whose font the theme gives for this East Asian language."""
    scripts = {"ja": "Jpan", "ko": "Hang", "zh-tw": "Hant", "zh-hk": "Hant", "zh-mo": "Hant"}
    lowered = language.lower()
    return scripts.get(lowered) or scripts.get(lowered[:2]) or "Hans"
