"""Heads of functions and fields of classes, as their source has them: what a reader would see who opened the file."""

from __future__ import annotations

import ast
import inspect
import io
import tokenize
from collections.abc import Iterator
from textwrap import dedent
from typing import Any

_WIDEST = 100  # characters of a signature on one line


def signature(function: Any) -> str:
    """A function's head as its source has it, on several lines where it is long.

    >>> signature(signature)
    'def signature(function: Any) -> str'
    """
    [node] = ast.parse(dedent(inspect.getsource(function))).body
    assert isinstance(node, ast.FunctionDef)
    is_property = any(ast.unparse(each) in ("property", "cached_property") for each in node.decorator_list)
    returned = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    if is_property:
        return f"{node.name}{returned.replace(' -> ', ': ')}"
    arguments = [each for each in _arguments(node.args) if each != "self"]
    line = f"def {node.name}({', '.join(arguments)}){returned}"
    if len(line) <= _WIDEST:
        return line
    listed = "".join(f"    {argument},\n" for argument in arguments)
    return f"def {node.name}(\n{listed}){returned}"


def _arguments(args: ast.arguments) -> Iterator[str]:
    plain = [*args.posonlyargs, *args.args]
    defaults = [None] * (len(plain) - len(args.defaults)) + list(args.defaults)
    for argument, default in zip(plain, defaults, strict=True):
        yield _argument(argument, default)
    if args.vararg:
        yield f"*{ast.unparse(args.vararg)}"
    elif args.kwonlyargs:
        yield "*"
    for argument, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        yield _argument(argument, default)
    if args.kwarg:
        yield f"**{ast.unparse(args.kwarg)}"


def _argument(argument: ast.arg, default: ast.expr | None) -> str:
    if default is None:
        return ast.unparse(argument)
    return f"{ast.unparse(argument)} = {ast.unparse(default)}".replace("'", '"')


def fields(value: type) -> Iterator[tuple[str, str, str, str]]:
    """Name, type, default and meaning of each field; the meaning is the comment on the field's line."""
    source = dedent(inspect.getsource(value))
    [node] = ast.parse(source).body
    assert isinstance(node, ast.ClassDef)
    comments = _comments(source)
    for each in node.body:
        if isinstance(each, ast.AnnAssign) and not (name := ast.unparse(each.target)).startswith("_"):
            default = _default(each.value)
            comment = comments.get(each.end_lineno or 0, "")
            yield f"`{name}`", code(ast.unparse(each.annotation)), default, comment


def _default(value: ast.expr | None) -> str:
    """What a field has where nothing is given; of ``field(…)`` its default or what makes one."""
    if isinstance(value, ast.Call) and ast.unparse(value.func) == "field":
        value = next((k.value for k in value.keywords if k.arg in ("default", "default_factory")), None)
    return "required" if value is None else code(ast.unparse(value))


def _comments(source: str) -> dict[int, str]:
    """Line number → the comment on it, as a cell of a table; remarks to the type checker are none."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    found = {t.start[0]: t.string.lstrip("# ") for t in tokens if t.type == tokenize.COMMENT}
    return {line: text.replace("|", "\\|") for line, text in found.items() if not text.startswith("type:")}


def code(text: str) -> str:
    return "`" + text.replace("|", "\\|") + "`"
