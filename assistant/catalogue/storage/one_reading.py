"""What several reads that belong together share: one connection, and what it has shown already.

A search asks the store half a dozen things. Within `one_reading` they all see the same state of the
data, and what each of them would look up again is looked up once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any, Optional, TypeVar, cast

T = TypeVar("T")


class OneReading:
    """The connections of a block and what was found with them."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._entered: dict[Hashable, Any] = {}
        self._found: dict[Hashable, Any] = {}

    def entered(self, key: Hashable, enter: Callable[[], AbstractContextManager[T]]) -> T:
        """What a context manager gives; it is entered once and left at the end of the block."""
        if key not in self._entered:
            self._entered[key] = self._stack.enter_context(enter())
        return cast(T, self._entered[key])

    def found(self, key: Hashable, find: Callable[[], T]) -> T:
        """What was found first under this key."""
        if key not in self._found:
            self._found[key] = find()
        return cast(T, self._found[key])


_CURRENT: ContextVar[Optional[OneReading]] = ContextVar("one_reading", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """All reads in the block see one state of the data and use one connection a database.

    The block must not write, and must not be left for another thread or task.
    """
    if _CURRENT.get() is not None:
        yield
        return
    with ExitStack() as stack:
        token = _CURRENT.set(OneReading(stack))
        try:
            yield
        finally:
            _CURRENT.reset(token)


def current() -> Optional[OneReading]:
    """The block that is being run; None outside of one."""
    return _CURRENT.get()


def once(key: Hashable, find: Callable[[], T]) -> T:
    """What is found; within `one_reading` it is found once."""
    reading = _CURRENT.get()
    return find() if reading is None else reading.found(key, find)
