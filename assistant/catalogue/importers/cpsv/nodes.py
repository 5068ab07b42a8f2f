"""Looking things up in an RDF graph by the last part of their names.

Publishers mix versions and vocabularies: a telephone is `schema:telephone`, `m8g:telephone`,
`vcard:hasTelephone` or `foaf:phone`. The last part of a name tells them well enough.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Optional
from urllib.parse import unquote

from babel.core import get_global

from assistant.catalogue.importers.base import language_code, web_address
from assistant.catalogue.importers.values import text
from assistant.catalogue.model import LocalizedText

FALLBACK = "fi"
LABELS = ("prefLabel", "title", "name", "label", "legalName", "value")
MAX_LIST = 1000


@lru_cache(maxsize=10_000)
def last_part(address: str) -> str:
    """`PublicService` of `http://purl.org/vocab/cpsv#PublicService`."""
    return unquote(re.split(r"[/#]", address.rstrip("/#"))[-1])


def language_of(value: Any) -> str:
    """`fi` of `fi-FI`, `FIN` and `http://…/authority/language/FIN`; empty for no language."""
    code = language_code(last_part(str(value)))
    return language_code(get_global("language_aliases").get(code, code))


class Nodes:
    """The nodes of a graph and what they say.

    Args:
        graph: an `rdflib.Graph`.
    """

    def __init__(self, graph: Any) -> None:
        from rdflib import BNode, Literal, URIRef

        self._blank, self._literal, self._address = BNode, Literal, URIRef
        self._said: dict[Any, dict[str, list[Any]]] = {}
        self._fingerprints: dict[tuple[Any, int], str] = {}
        tags: Counter[str] = Counter()
        for subject, predicate, value in graph:
            name = last_part(str(predicate)).lower()
            self._said.setdefault(subject, {}).setdefault(name, []).append(value)
            if isinstance(value, Literal) and value.language:
                tags[language_of(value.language)] += 1
        for said in self._said.values():
            for values in said.values():
                # A graph has no order; an import must give the same result every time.
                values.sort(key=self.fingerprint)
        tags.pop("", None)
        #: The language of texts that do not say theirs.
        self.language = tags.most_common(1)[0][0] if tags else FALLBACK

    def fingerprint(self, value: Any, depth: int = 3) -> str:
        """The same text for the same value in every import; of a blank node what it says."""
        if isinstance(value, self._literal):
            return f"1{value.language or ''}:{value}"
        if not isinstance(value, self._blank):
            return f"2{value}"
        if depth == 0:
            return "3"
        if (value, depth) not in self._fingerprints:
            said = sorted(
                (name, sorted(self.fingerprint(item, depth - 1) for item in values))
                for name, values in self._said.get(value, {}).items()
            )
            digest = hashlib.blake2b(repr(said).encode("utf-8", "replace"), digest_size=16)
            self._fingerprints[value, depth] = f"3{digest.hexdigest()}"
        return self._fingerprints[value, depth]

    def of_type(self, name: str) -> Iterator[Any]:
        """The nodes of a class, in the order of their names."""
        wanted = name.lower()
        found = [
            node
            for node, said in self._said.items()
            if any(last_part(str(kind)).lower() == wanted for kind in said.get("type", ()))
        ]
        yield from sorted(found, key=str)

    def values(self, node: Any, *names: str) -> list[Any]:
        """What a node says under these names; lists of RDF are read out."""
        said = self._said.get(node, {})
        found = [value for name in names for value in said.get(name.lower(), ())]
        return list(dict.fromkeys(item for value in found for item in self._listed(value)))

    def _listed(self, value: Any) -> Iterator[Any]:
        for _ in range(MAX_LIST):
            said = {} if isinstance(value, self._literal) else self._said.get(value, {})
            if "first" not in said or "rest" not in said:
                if last_part(str(value)) != "nil":
                    yield value
                return
            yield from said["first"]
            value = said["rest"][0]

    def names_used(self, node: Any) -> Iterator[tuple[str, list[Any]]]:
        """(name, values) of all that a node says."""
        yield from sorted(self._said.get(node, {}).items())

    def is_text(self, value: Any) -> bool:
        """True for a literal."""
        return isinstance(value, self._literal)

    def is_blank(self, value: Any) -> bool:
        """True for a node without an address."""
        return isinstance(value, self._blank)

    def all_texts(
        self, values: Iterable[Any], language: Optional[str] = None
    ) -> dict[str, list[str]]:
        """Every text by language: of literals, and the labels of nodes."""
        found: dict[str, list[str]] = {}
        for value in values:
            literals = [value] if self.is_text(value) else self._labels(value)
            for literal in literals:
                said = text(str(literal))
                tag = language_of(literal.language) if literal.language else ""
                code = tag or language or self.language
                if said and said not in found.setdefault(code, []):
                    found[code].append(said)
        return {code: said for code, said in found.items() if said}

    def _labels(self, node: Any) -> list[Any]:
        for name in LABELS:
            found = [value for value in self.values(node, name) if self.is_text(value)]
            if found:
                return found
        return []

    def texts(self, node: Any, *names: str, language: Optional[str] = None) -> LocalizedText:
        """One text by language; of several the shortest, which is rarely a remark."""
        found = self.all_texts(self.values(node, *names), language)
        return {code: min(said, key=lambda item: (len(item), item)) for code, said in found.items()}

    def labels(self, node: Any, language: Optional[str] = None) -> LocalizedText:
        """The name of a node by language; a literal is its own name."""
        found = self.all_texts([node], language)
        return {code: said[0] for code, said in found.items()}

    def joined(self, values: Iterable[Any], language: Optional[str] = None) -> LocalizedText:
        """The texts of several values as lines, by language."""
        return {code: "\n".join(said) for code, said in self.all_texts(values, language).items()}

    def plain(self, node: Any, *names: str) -> list[str]:
        """Values as plain texts, addresses without `tel:` and `mailto:`."""
        found = (
            re.sub(
                r"^(?:tel|mailto):",
                "",
                unquote(str(value)) if not self.is_text(value) else text(str(value)),
                flags=re.IGNORECASE,
            )
            for value in self.values(node, *names)
            if not self.is_blank(value)
        )
        return [said for said in found if said]

    def addresses(self, node: Any, *names: str, language: Optional[str] = None) -> LocalizedText:
        """Web addresses by language; one without a language is for the main one."""
        found: LocalizedText = {}
        for value in self.values(node, *names):
            address = web_address(str(value))
            if address:
                tag = getattr(value, "language", None)
                found.setdefault(language_of(tag) if tag else language or self.language, address)
        return {code: address for code, address in found.items() if code}
