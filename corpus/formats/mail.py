"""Mails (.eml): the subject is the title, the body the text; attachments are named."""

from __future__ import annotations

from dataclasses import replace

from corpus.errors import Trouble
from corpus.formats.html.convert_html import read_html
from corpus.formats.mime_parts import message_of, parts_of, subject_of
from corpus.formats.plain import text_draft
from corpus.formats.source import Draft, Source
from corpus.report import Format, LeftOut, Reason
from corpus.text.decoding import decode_declared
from corpus.text.lines import Line, tidy


def read_mail(source: Source) -> Draft:
    """Read a mail.

    Raises:
        UnreadableReport: it holds no text.
    """
    message = message_of(source.data)
    parts = list(parts_of(message))
    attached = [part for part in parts if part.name or not part.kind.startswith("text/")]
    texts = [part for part in parts if part not in attached]
    plain = [part for part in texts if part.kind == "text/plain"]
    if plain:
        text, encoding = decode_declared(plain[0].data, plain[0].charset, source.path)
        draft = text_draft(text, encoding)
    elif texts:
        draft = read_html(replace(source, data=texts[0].data))
    else:
        raise source.refuse(Trouble.EMPTY)
    title = tidy(subject_of(message))
    headed = [Line(0, title, level=0)] if title else []
    lines = [replace(line, number=i) for i, line in enumerate([*headed, *draft.lines], start=1)]
    named = (LeftOut(0, part.name or part.kind, Reason.NOT_READ) for part in attached)
    return replace(
        draft,
        lines=tuple(lines),
        reading=replace(draft.reading, format=Format.MAIL),
        left_out=(*draft.left_out, *named),
    )
