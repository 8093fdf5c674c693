"""Web pages and archives of texts, for tests: what stands around articles, and the articles themselves."""

from __future__ import annotations

from html import escape

AROUND = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | The Port Gazette</title>
<meta name="author" content="Mira Holt"><meta property="og:site_name" content="The Port Gazette">
<meta property="article:published_time" content="2024-05-02T10:00:00Z">
<link rel="canonical" href="https://gazette.example/story">
<style>p {{ margin: 0 }}</style><script>var teaser = "<p>“Buy now,” she said.</p>";</script></head>
<body>
<header><div class="logo">The Port Gazette</div>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li><li><a href="/mail">Letters</a></li></ul></nav>
</header>
<div class="cookie-banner">We value your privacy. <button>Accept</button></div>
<main><article><h1>{title}</h1>
{body}
</article></main>
<aside class="advert"><p>“Half price,” says the shop.</p></aside>
<div class="related"><h2>More news</h2><ul><li><a href="/1">Ferry late again</a></li></ul></div>
<footer><p>© The Port Gazette. All rights reserved.</p></footer>
</body></html>
"""
ADVERT = '<div class="advert"><script>show("<b>“Now,” he said.</b>")</script><iframe src="https://ads.example"></iframe></div>'


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text that has blank lines between them."""
    return [paragraph.strip() for paragraph in text.split("\n\n") if paragraph.strip()]


def page(text: str) -> str:
    """A text as a page of an outlet: its first paragraph is the headline, and an advertisement stands in its midst."""
    title, *rest = (escape(paragraph, quote=False) for paragraph in paragraphs(text))
    body = [f"<p>{paragraph}</p>" for paragraph in rest]
    body.insert(len(body) // 2, ADVERT)
    return AROUND.format(title=title, body="\n".join(body))
