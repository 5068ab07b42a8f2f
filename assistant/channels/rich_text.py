"""Text with what stands out in it: titles, and words that are links."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional, Sequence


@dataclass(frozen=True)
class Span:
    """A piece of a text that stands out, or that is a link if it has an address."""

    start: int
    end: int
    url: Optional[str] = None


@dataclass
class RichText:
    """A text that is written piece by piece."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)

    def add(self, text: str) -> RichText:
        """Write plain text."""
        self.text += text
        return self

    def bold(self, text: str) -> RichText:
        """Write text that stands out."""
        return self._span(text, None)

    def link(self, text: str, url: str) -> RichText:
        """Write text that is a link."""
        return self._span(text, url)

    def append(self, other: RichText, between: str = "\n\n") -> RichText:
        """Write another text after this one, if it is not empty."""
        if not other.text:
            return self
        if self.text:
            self.text += between
        start = len(self.text)
        self.text += other.text
        self.spans += moved(other.spans, start)
        return self

    def slice(self, start: int, end: int) -> RichText:
        """A part of the text with its spans."""
        kept = [
            Span(max(span.start, start), min(span.end, end), span.url)
            for span in self.spans
            if span.start < end and span.end > start
        ]
        return RichText(self.text[start:end], moved(kept, -start))

    def _span(self, text: str, url: Optional[str]) -> RichText:
        start = len(self.text)
        self.text += text
        if text:
            self.spans.append(Span(start, len(self.text), url))
        return self


def moved(spans: Sequence[Span], by: int) -> list[Span]:
    """Spans at other positions."""
    return [Span(span.start + by, span.end + by, span.url) for span in spans]
