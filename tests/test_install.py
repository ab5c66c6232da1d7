"""What is installed is this project and no other: its name is free, and no text names another."""

import re
import tomllib

from door import PROJECT

#: Whatever tells people or machines how to install docgen.
TEXTS = [
    *PROJECT.glob("*.md"),
    *(PROJECT / "docs").rglob("*.md"),
    *(PROJECT / "docgen").rglob("*.py"),
    PROJECT / ".ci" / "run",
]
#: `pip install "docgen[cluster]"` would fetch a stranger's code; `pip install .` does not.
STRANGER = re.compile(r"""pip install[^\n;&，。：`]*?["' ]docgen(?![\w-])""")


def test_the_distribution_has_a_name_of_its_own() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["name"] == "docgen-cn"
    assert project["scripts"] == {"docgen": "docgen.__main__:main"}


def test_no_text_tells_to_install_anothers_program() -> None:
    assert STRANGER.search('pip install -c c.txt "docgen[cluster]"')
    assert STRANGER.search("pip install docgen")
    assert not STRANGER.search('pip install "docgen-cn[cluster]"')
    said = {
        str(path): found
        for path in TEXTS
        if (found := STRANGER.findall(path.read_text(encoding="utf-8")))
    }
    warned = said.pop(str(PROJECT / "docs/how-to/cluster.md"))  # that says not to
    assert len(warned) == 1
    assert said == {}
