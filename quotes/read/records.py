"""Records in: the JSON Lines that ``quotes extract`` writes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from typing import Any

from quotes.read import STDIN


def records(paths: Iterable[str], on_error: Callable[[str], None]) -> Iterator[dict[str, Any]]:
    """Read records one after the other.

    Args:
        paths: files, and "-" for standard input.
        on_error: gets what can't be read, a line for a reader with file and line number; it is left out.

    Yields:
        each record with doc_id a string, and speaker null or an object with a name (or null), kind and mention.
    """
    for path in paths:
        try:
            with nullcontext(sys.stdin.buffer) if path == STDIN else open(path, "rb") as lines:
                for number, line in enumerate(lines, 1):
                    try:
                        if text := line.decode("utf-8-sig" if number == 1 else "utf-8").strip():
                            yield _record(json.loads(text))
                    except UnicodeDecodeError:
                        on_error(f"{path}:{number}: not UTF-8")
                    except json.JSONDecodeError as error:
                        on_error(f"{path}:{number}: broken JSON: {error.msg} at column {error.colno}")
                    except RecursionError:
                        on_error(f"{path}:{number}: broken JSON: nested too deep")
                    except ValueError as error:
                        on_error(f"{path}:{number}: {error}")
        except OSError as error:
            on_error(f"{path}: {(error.strerror or str(error)).lower()}")
        except ValueError as error:  # a NUL in the path
            on_error(f"{path}: {error}")


def _record(row: Any) -> dict[str, Any]:
    if not (isinstance(row, dict) and isinstance(row.get("doc_id"), str) and "speaker" in row):
        raise ValueError("not a record of quotes extract: expected an object with doc_id and speaker")
    speaker = row["speaker"]
    if speaker is not None:
        if not isinstance(speaker, dict) or not isinstance(speaker.get("kind"), str):
            raise ValueError("speaker is neither null nor an object with a kind")
        for key in ("name", "id"):
            if not isinstance(speaker.get(key), str | None):
                raise ValueError(f"speaker.{key} is neither a string nor null")
        mention = speaker.get("mention")
        if mention is not None and not (isinstance(mention, dict) and isinstance(mention.get("text"), str)):
            raise ValueError("speaker.mention is neither null nor an object with a text")
    return row
