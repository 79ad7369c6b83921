"""Understands articles and judges what in them is news. Pure: same text in, same findings out."""
