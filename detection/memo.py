"""A property that is read when first asked for, and kept."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


class memo(Generic[Value]):  # noqa: N801 - it stands where ``property`` stands
    """As functools.cached_property, without its lock, which up to Python 3.11 costs more than what is kept here."""

    def __init__(self, read: Callable[[Any], Value]) -> None:
        self._read = read
        self.__doc__ = read.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> "memo[Value]": ...

    @overload
    def __get__(self, instance: object, owner: type) -> Value: ...

    def __get__(self, instance: object | None, owner: type) -> "memo[Value] | Value":
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._read(instance)
        return value
