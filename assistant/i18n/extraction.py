"""Babel extractor for texts in YAML: the domain, guides, assessment rules, the own catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, Optional

import yaml

Extracted = tuple[int, Optional[str], str, list[str]]


def extract_yaml(
    fileobj: IO[bytes], keywords: Any, comment_tags: Any, options: dict[str, str]
) -> Iterator[Extracted]:
    """Yield the texts under the keys that the option `keys` lists, with their line.

    The signature is Babel's (babel.messages.extract). A list under a key yields each of its
    texts; a mapping is searched on.

    Yields:
        (line, None, text, comments); the comment is the path of the key, for translators.
    """
    wanted = set(options["keys"].split())
    root = yaml.compose(fileobj.read().decode("utf-8"))
    if root is not None:
        yield from _walk(root, wanted, ())


def _walk(node: yaml.Node, wanted: set[str], path: tuple[str, ...]) -> Iterator[Extracted]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*path, str(key.value))
            if key.value in wanted:
                yield from _texts(value, wanted, inner)
            else:
                yield from _walk(value, wanted, inner)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _walk(item, wanted, path)


def _texts(node: yaml.Node, wanted: set[str], path: tuple[str, ...]) -> Iterator[Extracted]:
    if isinstance(node, yaml.ScalarNode):
        if node.tag.endswith(":str") and node.value.strip():
            yield node.start_mark.line + 1, None, node.value, [" ".join(path)]
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _texts(item, wanted, path)
    else:
        yield from _walk(node, wanted, path)
