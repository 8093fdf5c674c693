"""The desk: pages in a browser, and a JSON API beside them, to read, search and check quotes in a database.

``security`` stands before everything; ``reading`` finds the quotes of a pasted text, in a process of its own; ``pages``
and ``api`` answer; ``plots`` draws; ``app`` puts them together.
"""
