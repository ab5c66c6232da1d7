"""Forms of the language, whatever they ask for, as the text of a form.toml."""

from itertools import count, product

from hypothesis import strategies as st

_WORDS = ["".join(pair) for pair in product("甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥")]
KINDS = (
    "count:宗", "count?:人", "change:件", "decimal:天", "amount:元", "amount?:万元", "text",
    "text?", "yes", "choice:甲,乙,丙", "choices?:甲,乙", "date?", "person?", "phone?", "url?",
)  # fmt: skip


class _Names:
    """Labels and keys, each only once in a form."""

    def __init__(self) -> None:
        self._numbers = count()

    def next(self) -> tuple[str, str]:
        number = next(self._numbers)
        return _WORDS[number % len(_WORDS)], f"k{number}"


@st.composite
def outlines(draw: st.DrawFn, names: _Names, *, typed: bool, depth: int = 0) -> list[str]:
    """The lines of an outline; `typed`: its leaves say what their cells take."""
    lines: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        label, key = names.next()
        indent = "  " * depth
        if depth < 2 and draw(st.integers(0, 3)) == 0:
            lines.append(f"{indent}{label} ({key})")
            lines += draw(outlines(names, typed=typed, depth=depth + 1))
        else:
            kind = f" {draw(st.sampled_from(KINDS))}" if typed else ""
            lines.append(f"{indent}{label} {key}{kind}")

    return lines


def _block(name: str, lines: list[str]) -> str:
    return f'{name} = """\n' + "\n".join(lines) + '\n"""'


@st.composite
def _grid_lines(draw: st.DrawFn, names: _Names, *, each: bool) -> list[str]:
    """Columns, rows and corner of a grid or a band of one; `each`: it has rows for units."""
    corner, key = names.next()
    lines = [f'corner = "{corner}"', _block("columns", draw(outlines(names, typed=True)))]
    rows = draw(outlines(names, typed=False)) if not each or draw(st.booleans()) else []
    if each:
        rows = ["each unit 单位名称", *rows, f"合计 {key}"]
    return [*lines, _block("rows", rows)]


@st.composite
def _parts(draw: st.DrawFn, names: _Names) -> str:
    """One part with what it may have."""
    label, key = names.next()
    kind = draw(st.sampled_from(["text", "grid", "grid", "bands", "sheet", "lines", "heading"]))
    lines = ["[[part]]", f'heading = "{label}情况"']
    if kind == "heading":
        return "\n".join(lines)

    lines.append(f'{"grid" if kind == "bands" else kind} = "{key}"')
    if kind != "text":
        lines.append(f'name = "{label}表"')
        if draw(st.booleans()):
            lines.append(f'notes = ["{label}注一。", "{label}注二。"]')
        if draw(st.booleans()):
            lines.append(f'absent = "本单位无{label}业务"')

    if kind in ("sheet", "lines"):
        lines.append(_block("rows", draw(outlines(names, typed=True))))
    elif kind in ("grid", "bands"):
        if draw(st.booleans()):
            lines.append("landscape = true")
        if kind == "grid":
            lines += draw(_grid_lines(names, each=draw(st.booleans())))
        for _ in range(2 if kind == "bands" else 0):
            title, band = names.next()
            lines += ["[[part.band]]", f'key = "{band}"', f'title = "{title}部分"']
            lines += draw(_grid_lines(names, each=False))

    return "\n".join(lines)


@st.composite
def form_texts(draw: st.DrawFn) -> str:
    """The text of a form."""
    names = _Names()
    signed, wide = draw(st.booleans()), draw(st.booleans())
    top = [
        'name = "任意报表"',
        'called = "报表"',
        "years = [2020]",
        'title = "{name}\\n{year}年任意报表"',
        f"signed = {str(signed).lower()}",
        "[page]",
        f'standard = "{draw(st.sampled_from(["", "GB/T 9704—2012"]))}"',
        f"landscape = {str(wide).lower()}",
    ]
    parts = draw(st.lists(_parts(names), min_size=1, max_size=4))
    if draw(st.booleans()):
        parts.insert(0, '[[part]]\ntext = "preface"\nlabel = "引言"')
    return "\n\n".join(["\n".join(top), *parts]) + "\n"
