"""Bytes to characters: UTF-8, UTF-16 and UTF-32 by their marks, GB18030, Big5."""

from __future__ import annotations

import codecs
import re

from oreflow.core.provenance import Text

from .errors import DocumentError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# characters that every Chinese text of some length holds, in either script, and its punctuation
_COMMON = frozenset(
    "，。、；：（）《》“”的一是在不了有和人中大上地到要年以成用发發展展业業产產国國为為個个工作加强強推进進建设設规規划劃"
)
_SAMPLE = 200_000
_STRAY = 1000  # a byte in so many may be wrong before another encoding is tried
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff\ufffe\uffff]")
_LEAST_COMMON = 0.02
_FEW = 40  # so few characters beyond ASCII say nothing of the encoding
_MOST_CONTROLS = 20  # one character in so many
_NAMES = {"gb18030": "GB18030", "big5hkscs": "Big5", "utf-16": "UTF-16", "utf-32": "UTF-32"}


def decode(data: bytes) -> tuple[str, tuple[Text, ...]]:
    """The characters of a text file, and what to note; nothing is taken out, so offsets are its own.

    A byte order mark of UTF-8 stays as the first character, as Python reads it. Control characters become
    blanks, one for one.
    """
    text, notes = _decoded(data)
    return _without_controls(text, notes)


def declared(data: bytes, name: str) -> str | None:
    """The characters of bytes in an encoding that they declare themselves; None where it does not fit."""
    wanted = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "x-gbk": "gb18030"}.get(name, name)
    try:
        codec = codecs.lookup(wanted)
        text = data.decode(codec.name) if codec._is_text_encoding else None
    except (LookupError, UnicodeError, ValueError):
        return None
    return text


def _decoded(data: bytes) -> tuple[str, list[Text]]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data, name), [_read_as(name)]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    if data[:4096].count(0) > len(data[:4096]) // 8:
        raise DocumentError("document-binary")
    guesses = [(fit, name, text) for name in ("gb18030", "big5hkscs") if (text := _fitting(data, name)) is not None
               for fit in (_commonness(text),)]  # fmt: skip
    mended = data.decode("utf-8", errors="replace")
    stray = mended.count("\ufffd")
    if stray * _STRAY <= len(mended) or (stray <= 2 and len(data) > stray * 10):
        said = Text(f"{stray} 处字节不合 UTF-8，以 � 代替", f"{stray} broken characters of UTF-8 stand as �")
        return mended, [said]
    if not guesses:
        raise DocumentError("document-encoding" if _looks_like_words(data) else "document-binary")
    fit, name, text = max(guesses, key=lambda g: g[0])
    if not _looks_like_words(data):
        raise DocumentError("document-binary")
    if fit < _LEAST_COMMON and sum(c > "\x7f" for c in text[:_SAMPLE]) > _FEW:
        raise DocumentError("document-encoding")
    return text, [_read_as(name)]


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        if error.end >= len(data) - 4 or error.start > len(data) - 8:
            return data[: error.start].decode(name)
        return data.decode(name, errors="replace")


def _fitting(data: bytes, name: str) -> str | None:
    """The text in an encoding if at most its last character is cut off and few others are wrong."""
    text = data.decode(name, errors="replace")
    return text if text.count("\ufffd") * _STRAY <= len(text) or text.count("\ufffd") <= 1 else None


def _commonness(text: str) -> float:
    """The share of very common characters among those beyond ASCII."""
    sample = [c for c in text[:_SAMPLE] if c > "\x7f"]
    return sum(c in _COMMON for c in sample) / len(sample) if sample else 0.0


def _looks_like_words(data: bytes) -> bool:
    """Whether bytes are free of controls, as legacy encodings of text are."""
    sample = data[:_SAMPLE]
    return sum(b < 9 or 13 < b < 27 for b in sample) * 200 <= len(sample)


def _read_as(name: str) -> Text:
    return Text(f"按 {_NAMES[name]} 编码读取", f"read as {_NAMES[name]}")


def _without_controls(text: str, notes: list[Text]) -> tuple[str, tuple[Text, ...]]:
    found = len(_CONTROLS.findall(text))
    if found * _MOST_CONTROLS > len(text) and found > 3:
        raise DocumentError("document-binary")
    if found:
        text = _CONTROLS.sub(" ", text)
        notes.append(Text(f"{found} 个控制字符已换成空格", f"{found} control characters were made blanks"))
    return text, tuple(notes)


def harmless(text: str) -> str:
    """A text without characters that no document shows and no database keeps; the length stays."""
    return _CONTROLS.sub(" ", text)
