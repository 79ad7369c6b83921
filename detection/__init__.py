"""Understands articles and judges what in them is news. Pure: same text in, same findings out."""

from detection.compiled import compiled_path

__path__[:0] = compiled_path(__name__)
