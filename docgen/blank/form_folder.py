"""Writing the folder of a new form: a small one that works, with words that teach."""

from pathlib import Path

from docgen import files
from docgen.errors import OutputStop, UsageStop
from docgen.finding import Rule
from docgen.forms.loader import is_key, own_keys

BAD_KEY = Rule(
    code="X215",
    name="代号不能用",
    severity="error",
    message="“{key}”不能作表式的代号：{why}",
    why="代号是表式文件夹的名称，输入里用它写明是哪种表式；不能和 docgen 自带的相同。",
    example="docgen form new 网站报表",
    cure="用小写英文字母、数字和短横另取一个，以字母开头，如 website。",
    since="0.3.0",
)
FORM_THERE = Rule(
    code="X510",
    name="表式已经在那里",
    severity="error",
    message="“{name}”已经存在，没有动它",
    why="里面可能已有改好的表式。",
    example="docgen form new website 运行了两次。",
    cure="换一个代号，或用 -o 换一个文件夹。",
    since="0.3.0",
)

_STARTER = Path(__file__).parent / "starter"


def write_form_folder(key: str, folder: Path) -> list[Path]:
    """Write `folder/KEY/`, a form that can be used as it stands. Raise UsageStop, OutputStop."""
    why = "" if is_key(key) else "只用小写英文字母、数字和短横，以字母开头，最多 40 个"
    if key in own_keys():
        why = "docgen 自带的表式用了"
    if why:
        raise UsageStop(BAD_KEY.at(key=key, why=why))

    target = folder / key
    if target.exists():
        raise OutputStop(FORM_THERE.at(name=str(target)))
    contents = {
        target / path.name: path.read_text(encoding="utf-8").replace("KEY", key).encode()
        for path in sorted(_STARTER.iterdir(), reverse=True)
    }
    files.write_together(contents)
    return list(contents)
