"""A desk with something on it, for screenshots: two years of a town's news in short, made up for the purpose.

python docs/desk_demo.py            serves it until Ctrl-C
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

ARTICLE = Path(__file__).parent.parent / "fixtures" / "us_politics.txt"
GAZETTE, LEDGER, WIRE = "Harbour Gazette", "Evening Ledger", "North Star Wire"
NEWS = (
    ("2023-02-07", GAZETTE, "Ferry bridge to close for repairs", "The ferry bridge will close in March, Mayor Ada Lund "
     "said on Tuesday. “It is sixty years old and it shows,” Lund told reporters."),
    ("2023-03-15", LEDGER, "Shops fear a quiet spring", "Shopkeepers warned that the closed bridge would halve their "
     "trade. “Nobody rows across for a loaf of bread,” said Tom Rask, a baker. Mayor Ada Lund promised that rents "
     "would be waived until summer."),
    ("2023-03-28", WIRE, "Town waives rents", "Mayor Ada Lund said that the town would waive rents at the harbour. “We "
     "closed the bridge, so we pay for it,” she said."),
    ("2023-06-11", GAZETTE, "Bridge costs double", "The bridge repairs will cost twice as much as planned, Mayor Ada "
     "Lund admitted on Sunday. “The piers were worse than anyone knew,” she said. Opposition leader Piet Vroom said "
     "that the council had been misled."),
    ("2023-06-19", LEDGER, "Vroom wants an inquiry", "“Somebody signed for those piers,” said opposition leader Piet "
     "Vroom, who demanded an inquiry. Mayor Ada Lund said she had nothing to hide."),
    ("2023-10-02", WIRE, "Bridge reopens", "“You may all go home the short way tonight,” Mayor Ada Lund said as the "
     "ferry bridge reopened. Tom Rask, a baker, said that he had sold out by noon."),
    ("2023-11-21", GAZETTE, "School roof leaks again", "The school roof will be mended before the winter, Mayor Ada "
     "Lund said. Head teacher Ines Aubert said that buckets stood in six classrooms."),
    ("2024-01-16", LEDGER, "Lund will stand again", "Mayor Ada Lund announced that she would stand for a second term. "
     "“I have a school roof to finish,” she said. “Then we shall see.”"),
    ("2024-02-05", WIRE, "Vroom: a year of excuses", "Piet Vroom accused the mayor of a year of excuses. “First it was "
     "the piers, then it was the rain,” Vroom said."),
    ("2024-02-20", GAZETTE, "Night bus to the harbour", "A night bus will run from May, said Mayor Ada Lund. “The last "
     "ferry is no reason to leave a party,” Lund said. According to the bus company, forty seats cost a thousand "
     "crowns a night."),
    ("2024-04-09", LEDGER, "Harbour bus in doubt", "The bus company said that no driver had been found for the night "
     "bus. Mayor Ada Lund insisted that the bridge would see its first bus in May."),
    ("2024-05-28", GAZETTE, "Lund wins", "Mayor Ada Lund won a second term on Sunday. “The bridge carried me,” she "
     "told supporters. Piet Vroom conceded that the bus had been a good idea."),
    ("2024-05-30", WIRE, "After the count", "“We will not spend four years counting piers,” Mayor Ada Lund said. She "
     "added that the inquiry would publish its report in June."),
)  # fmt: skip


def fill(path: Path) -> None:
    """Make the database."""
    from quotes import store
    from quotes.web.reading import Reader

    with store.open(str(path), make=True) as db, closing(Reader(60)) as read:
        for date, outlet, title, text in NEWS:
            found = read("news.txt", f"{text}\n".encode())
            meta = {"title": title, "date": date, "outlet": outlet}
            db.add_document(found.doc_id, found.text, found.records, meta, found.topics)
        found = read(ARTICLE.name, ARTICLE.read_bytes())
        db.add_document(
            found.doc_id, found.text, found.records, {"outlet": GAZETTE, "date": "2024-06-03"}, found.topics
        )
        for record, verdict in zip(found.records, ("right", "right", "wrong"), strict=False):
            db.verdict(record["id"], verdict, "Åsa Berg")  # type: ignore[arg-type]


def serve(folder: Path) -> str:
    """Serve the database in a thread that ends with the program; its address."""
    import uvicorn

    from quotes.web.app import application

    fill(folder / "quotes.db")
    config = uvicorn.Config(application(folder / "quotes.db"), port=0, log_level="warning")
    server = uvicorn.Server(config)
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print(serve(Path(folder)), file=sys.stderr)
        threading.Event().wait()
