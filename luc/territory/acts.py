"""The rights of the room."""

from luc.kernel.rights import Act

ACTS: list[Act] = []
