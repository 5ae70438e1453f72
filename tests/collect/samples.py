"""Small files of every format, written here; all names in them are invented."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import docx

SENTENCES = (
    "The Varna Front said on Monday that it had withdrawn its guns from the ridge above Port Almas.",
    "The Republic of Ostrava denied that any gun had been moved, and called the statement a show.",
    "Observers of the Almas Mission counted between 20 and 30 guns on the ridge a week later.",
)

MARKDOWN = f"""---
title: "Guns on the ridge"
date: '2031-05-03'
modified_time: 2031-05-04 08:00:00+02:00
source_url: https://gazette.example/guns
publisher: The Almas Gazette
tags: [guns, ridge]
---

# Guns on the ridge

{SENTENCES[0].replace(" on Monday ", " on Monday" + chr(10))}

*{SENTENCES[1]}*

1. {SENTENCES[2]}
""".encode()

TEXT = f"""Title: Guns on the ridge
Date: 3 May 2031
Source: The Almas Gazette

{chr(10).join(SENTENCES)}
""".encode()

PARAGRAPHS = "".join(f"<p>{sentence} {sentence.replace('guns', 'mortars')}</p>" for sentence in SENTENCES)

HTML = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Guns on the ridge | The Almas Gazette</title>
<meta property="og:title" content="Guns on the ridge"><meta property="og:site_name" content="The Almas Gazette">
<meta property="article:published_time" content="2031-05-03T23:30:00+02:00">
<link rel="canonical" href="https://gazette.example/guns"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport pages</a></li></ul></nav>
<article><h1>Guns on the ridge</h1>{PARAGRAPHS}</article>
<footer><p>Subscribe to our newsletter</p><p>Share this page</p></footer></body></html>""".encode()

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>The Almas Gazette</title><language>en</language>
<item><title>Guns on the ridge</title><link>https://gazette.example/guns</link><guid>guns-1</guid>
<pubDate>Sat, 03 May 2031 09:00:00 GMT</pubDate>
<description>&lt;p&gt;{SENTENCES[0]}&lt;/p&gt;&lt;p&gt;{SENTENCES[1]}&lt;/p&gt;</description></item>
<item><title>Second</title><link>https://gazette.example/second</link><guid>guns-2</guid><description>{SENTENCES[2]}</description></item>
<item><guid>guns-3</guid></item>
</channel></rss>""".encode()

ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>The Almas Gazette</title>
<id>urn:gazette</id><updated>2031-05-04T00:00:00Z</updated>
<entry><title>Guns on the ridge</title><id>urn:gazette:1</id><link href="https://gazette.example/guns"/>
<published>2031-05-03T09:00:00Z</published><updated>2031-05-04T09:00:00Z</updated>
<content type="html">&lt;p&gt;{SENTENCES[0]}&lt;/p&gt;</content></entry></feed>""".encode()


def make_mail(words: str = "\n\n".join(SENTENCES), **headers: str) -> bytes:
    """A message with a text, an HTML twin, an attached text and an attached picture."""
    message = EmailMessage()
    fields = {"From": "Press Desk <press@ostrava.example>", "To": "list@almas.example", "Subject": "Guns on the ridge"}
    for name, value in {**fields, "Date": "Sat, 03 May 2031 09:00:00 +0000", **headers}.items():
        message[name] = value
    message.set_content(words)
    message.add_alternative(f"<html><body><p>{SENTENCES[0]}</p></body></html>", subtype="html")
    message.add_attachment("The list of guns holds 24 numbers, all of which stand on the ridge.", filename="list.txt")
    message.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="map.png")
    return message.as_bytes()


def make_docx() -> bytes:
    """A document with a heading, paragraphs and a table."""
    document = docx.Document()
    document.add_heading("Guns on the ridge", level=1)
    for sentence in SENTENCES:
        document.add_paragraph(sentence)
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(
        (cell for row in table.rows for cell in row.cells), ("Place", "Guns", "Ridge", "24"), strict=True
    ):
        cell.text = words
    document.core_properties.title = "Guns on the ridge"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def make_pdf(
    pages: tuple[tuple[str, ...], ...] = ((*SENTENCES[:2],), (SENTENCES[2],)), title: str = "Guns on the ridge"
) -> bytes:
    """A PDF with one line of text for each string, one page for each tuple."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for lines in pages:
        words = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        stream = f"BT /F1 10 Tf 40 780 Td {words}ET".encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    objects.append(f"<< /Title ({title}) /CreationDate (D:20310503090000Z) >>".encode("latin-1"))
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"<< /Size %d /Root 1 0 R /Info %d 0 R >>" % (len(objects) + 1, len(objects))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, table, trailer, len(out),
    )  # fmt: skip


def make_package(members: dict[str, bytes]) -> bytes:
    """A packed file with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return out.getvalue()


SAMPLES: dict[str, tuple[tuple[str, bytes, str], ...]] = {
    "pdf": (("report.pdf", make_pdf(), "application/pdf"),),
    "docx": (("report.docx", make_docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),),
    "feed": (("feed.xml", RSS, "application/rss+xml"), ("feed.atom", ATOM, "application/atom+xml")),
    "html": (("page.html", HTML, "text/html"),),
    "mail": (("message.eml", make_mail(), "message/rfc822"),),
    "markdown": (("note.md", MARKDOWN, "text/markdown"),),
    "text": (("note.txt", TEXT, "text/plain"),),
}
"""For every format by name: file name, bytes, media type."""
