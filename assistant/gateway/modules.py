"""Joins the widget's modules into one file, so that a slow network carries one request for them.

Each module keeps its own scope. What is loaded later, by `import()`, stays a file of its own and
shares the joined modules with the rest. Modules have to be written plainly, and `ModuleError` says
when one is not: imports and exports begin their lines, imports name what they take, exports are
declarations (`export function`, `export class`, `export const`), no cycles.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

_IMPORT = re.compile(
    r'^import\s+(?:(?P<what>\{[^}]*\}|\*\s*as\s+\w+)\s*from\s+)?"(?P<file>\.[^"]+)";[ \t]*$', re.M
)
_EXPORT = re.compile(r"^export\s+(?=(?:async\s+)?(?:function\*?|class|const)\s+(\w+))", re.M)
_LATER = re.compile(r'\bimport\(\s*"(?P<file>\.[^"]+)"\s*\)')
#: What neither of the patterns above has taken away.
_OTHER = re.compile(r"^(?:import\b(?!\s*\(|\.)|export\b).*$", re.M)
_RENAMED = re.compile(r"\s+as\s+")


class ModuleError(ValueError):
    """A module that cannot be joined with others."""


@dataclass(frozen=True)
class _Module:
    """A module's code with its imports and the word `export` taken away."""

    imports: list[tuple[str, str]]
    exports: list[str]
    code: str


def imported(name: str, source: str) -> list[str]:
    """The names of the files that a module needs at once, in order."""
    return [_resolved(name, found["file"]) for found in _IMPORT.finditer(source)]


def needed_at_once(entry: str, sources: Mapping[str, str]) -> list[str]:
    """The modules that an entry needs at once, each after those that it imports.

    Raises:
        ModuleError: for a module that is not there, or a cycle.
    """
    order: list[str] = []
    open_modules: list[str] = []

    def visit(name: str) -> None:
        if name in order:
            return
        if name in open_modules:
            raise ModuleError(f"{name} imports itself by way of {open_modules[-1]}")
        if name not in sources:
            raise ModuleError(f"there is no module {name}")
        open_modules.append(name)
        for other in imported(name, sources[name]):
            visit(other)
        open_modules.pop()
        order.append(name)

    visit(entry)
    return order


def joined(entry: str, sources: Mapping[str, str], address: Callable[[str], str]) -> str:
    """An entry and all that it needs at once, as one module.

    Args:
        entry: name of the module, such as `widget.js`.
        sources: modules by name.
        address: the address of a module that is loaded later, from its name.

    Raises:
        ModuleError: for a module that cannot be joined.
    """
    parts = []
    exports: dict[str, list[str]] = {}
    names = needed_at_once(entry, sources)

    def later(name: str, found: re.Match[str]) -> str:
        other = _resolved(name, found["file"])
        if other in names:
            return f"Promise.resolve({_variable(other)})"
        return f'import("{_relative(entry, address(other))}")'

    for name in names:
        module = _read(name, sources[name])
        lines = []
        for what, other in module.imports:
            if what:
                _check(name, what, other, exports[other])
                lines.append(f"const {_taken(what)} = {_variable(other)};")
        exports[name] = module.exports
        code = _LATER.sub(partial(later, name), module.code)
        if posixpath.dirname(name) != posixpath.dirname(entry) and "import.meta" in code:
            raise ModuleError(f"{name} uses import.meta: its address is another one when joined")
        given = ", ".join(module.exports)
        parts.append(
            f"// {name}\nconst {_variable(name)} = (() => {{\n"
            + "\n".join([*lines, code.strip("\n"), f"return {{ {given} }};"])
            + "\n})();"
        )
    variables = ", ".join(_variable(name) for name in names)
    return "\n".join([*parts, f"export {{ {variables} }};"]) + "\n"


def apart(name: str, entry: str, sources: Mapping[str, str], address: Callable[[str], str]) -> str:
    """A module that is loaded later: it takes joined modules from the file of the entry.

    Raises:
        ModuleError: for a module that cannot be joined.
    """
    together = set(needed_at_once(entry, sources))

    def rewritten(found: re.Match[str]) -> str:
        other, what = _resolved(name, found["file"]), found["what"]
        if other not in together:
            start = f"import {what} from" if what else "import"
            return f'{start} "{_relative(name, address(other))}";'
        start = f'"{_relative(name, entry)}";'
        if not what:
            return f"import {start}"
        _check(name, what, other, _read(other, sources[other]).exports)
        variable = _variable(other)
        return f"import {{ {variable} }} from {start}\nconst {_taken(what)} = {variable};"

    def later(found: re.Match[str]) -> str:
        other = _resolved(name, found["file"])
        if other not in together:
            return f'import("{_relative(name, address(other))}")'
        whole = f'import("{_relative(name, entry)}")'
        return whole if other == entry else f"{whole}.then((all) => all.{_variable(other)})"

    return _LATER.sub(later, _IMPORT.sub(rewritten, sources[name]))


def without_comments(source: str) -> str:
    """A script without lines and blocks that are nothing but a comment; they stay in the source."""
    kept = []
    in_comment = in_template = False
    for line in source.split("\n"):
        start = line.lstrip()
        if in_comment:
            in_comment = "*/" not in line
        elif in_template:
            kept.append(line)
            in_template = line.count("`") % 2 == 0
        elif start.startswith("/*"):
            in_comment = "*/" not in start
        elif start and not start.startswith("//"):
            kept.append(line)
            in_template = line.count("`") % 2 == 1
    return "\n".join(kept) + "\n"


def _read(name: str, source: str) -> _Module:
    imports = [
        (found["what"] or "", _resolved(name, found["file"])) for found in _IMPORT.finditer(source)
    ]
    code = _IMPORT.sub("", source)
    exports = _EXPORT.findall(code)
    code = _EXPORT.sub("", code)
    other = _OTHER.search(code)
    if other is not None:
        raise ModuleError(f"{name} cannot be joined: {other.group().strip()}")
    return _Module(imports, exports, code)


def _check(name: str, what: str, other: str, exports: list[str]) -> None:
    if what.startswith("{"):
        wanted = [_RENAMED.split(one.strip())[0] for one in what.strip("{}").split(",")]
        missing = [one for one in wanted if one and one not in exports]
        if missing:
            raise ModuleError(f"{other} does not export {', '.join(missing)}, as {name} wants")


def _taken(what: str) -> str:
    """What an import names, as what a declaration takes apart."""
    if what.startswith("*"):
        return what.split()[-1]
    return _RENAMED.sub(": ", what)


def _variable(name: str) -> str:
    return "m_" + re.sub(r"\W", "_", name.removesuffix(".js"))


def _resolved(name: str, file: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), file))


def _relative(name: str, target: str) -> str:
    path, question, query = target.partition("?")
    relative = posixpath.relpath(path, posixpath.dirname(name) or ".")
    return (relative if relative.startswith(".") else f"./{relative}") + question + query
