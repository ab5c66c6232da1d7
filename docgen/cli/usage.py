"""Typer in Chinese: its help and what it says of a wrong command line."""

import re
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from docgen.finding import Rule
from docgen.read.label import nearest_hint

USAGE = Rule(
    code="X201",
    name="命令写法不对",
    severity="error",
    message="{what}",
    why="命令里的选项或参数不对。",
    example="docgen rendr inputs/2024.json",
    cure="运行 docgen --help 看用法。",
)

_HELP = {
    "Usage: ": "用法：",
    "Arguments:": "参数：",
    "Options:": "选项：",
    "Commands:": "命令：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 …",
    "Show this message and exit.": "显示这份说明",
    "[required]": "（必填）",
    "[default: ": "[不写则为：",
}


class _Chinese:
    def get_help(self, ctx: Any) -> str:
        text: str = super().get_help(ctx)  # type: ignore[misc]
        for english, chinese in _HELP.items():
            text = text.replace(english, chinese)
        # the Python type of an argument: " <list[Path]>", not " <输入 2>"
        return re.sub(r" <\w+(\[\w+\])?>", "", text)


class Command(_Chinese, TyperCommand):
    """A command whose help is in Chinese."""


class CommandGroup(_Chinese, TyperGroup):
    """A group of commands whose help is in Chinese."""


def usage_fault(error: typer.TyperException, words: Sequence[str]) -> str:
    """Return what is wrong with a command line, for the clerk; `words` is what was typed."""
    kind = type(error).__name__
    context: Any = getattr(error, "ctx", None)
    name = _parameter_name(error)
    if kind == "NoSuchOption":
        options = [option for p in context.command.params for option in p.opts] if context else []
        return f"没有选项 {name}{nearest_hint(name, options)}"
    if kind == "MissingParameter":
        return f"还要写明 {name}"
    if kind == "BadParameter":
        return f"{name} 的写法不对"
    if kind == "BadOptionUsage":
        return f"选项 {name} 后面要写明它的值"

    commands = list(getattr(context.command, "commands", ())) if context else []
    path = context.command_path.split() if commands else []
    unknown = next((w for w in words if not w.startswith("-") and w not in path), "")
    if commands and unknown not in commands:
        return f"没有命令 {unknown}{nearest_hint(unknown, commands)}"
    return "多出了参数，或选项写在了命令前面"


def _parameter_name(error: typer.TyperException) -> str:
    option = getattr(error, "option_name", None)
    parameter: Any = getattr(error, "param", None)
    if option or parameter is None:
        return str(option or "")
    return str(parameter.opts[0] if parameter.opts[0].startswith("-") else parameter.metavar)
