"""What a file is, told from its content; names only decide where the content leaves it open."""

from __future__ import annotations

import io
import re
import struct
import zipfile

from .errors import DocumentError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_HEAD = 1024
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"\x00\x00\x00\x0cjP")
_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*){0,20}"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|link)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(rb"</?(?:p|div|table|tr|td|span|br|h[1-6]|ul|li|section|article)\b[^<>]{0,300}>", re.IGNORECASE)
_OTHERS = (
    (b"{\\rtf", "RTF 文件", "RTF files"),
    (b"\x1f\x8b", "压缩文件", "compressed files"),
    (b"Rar!", "压缩文件", "compressed files"),
    (b"7z\xbc\xaf", "压缩文件", "compressed files"),
    (b"%!PS", "PostScript 文件", "PostScript files"),
    (b"AT&TFORM", "DjVu 文件", "DjVu files"),
    (b"SQLite format 3", "数据库文件", "database files"),
    (b"\x7fELF", "程序文件", "programs"),
    (b"MZ\x90", "程序文件", "programs"),
)
_OLE_STREAMS = (
    ("EncryptedPackage", ""),
    ("WpsCustomData", "wps"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("Workbook", "xls"),
)


def format_of(name: str, data: bytes) -> str:
    """`txt`, `docx`, `pdf`, `html`, `xlsx`, `xls` or `ods`; raises `DocumentError` for anything else."""
    if not data.strip():
        raise DocumentError("document-empty")
    if b"%PDF-" in data[:_PDF_HEAD]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data)
    if data.startswith(_OLE):
        return _compound(name, data)
    if data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or _bitmap(data):
        raise DocumentError("document-picture")
    for mark, zh, en in _OTHERS:
        if data.startswith(mark):
            raise DocumentError("document-format", what_zh=zh, what_en=en)
    return _written(name, data)


def _bitmap(data: bytes) -> bool:
    return data[:2] == b"BM" and len(data) > 14 and struct.unpack("<I", data[2:6])[0] == len(data)


def _written(name: str, data: bytes) -> str:
    head = data[:8192]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", errors="replace").encode("utf-8")
    head = head.removeprefix(b"\xef\xbb\xbf")
    if re.match(rb"MIME-Version:", head, re.IGNORECASE) and b"multipart/" in head[:2000]:
        raise DocumentError("document-format", what_zh="网页存档（.mht）", what_en="web archives (.mht)")
    if _MARKUP.match(head):
        return "html"
    tags = len(_TAGS.findall(head))
    if name.lower().endswith((".html", ".htm", ".xhtml")) and (tags or b"<" in head):
        return "html"
    return "html" if head.lstrip().startswith(b"<") and tags >= 3 else "txt"


def _packed(data: bytes) -> str:
    """Which of the formats that are zip files this is, by its parts."""
    try:
        names = {member.filename for member in zipfile.ZipFile(io.BytesIO(data)).infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError) as error:
        raise DocumentError("document-damaged", reason=str(error)) from None
    lower = {name.lower() for name in names}
    if any(name.endswith("vbaproject.bin") for name in lower):
        raise DocumentError("document-macros", what=".docm / .xlsm")
    if "word/document.xml" in lower or any(re.fullmatch(r"word/document\d*\.xml", n) for n in lower):
        return "docx"
    if "xl/workbook.xml" in lower or "xl/workbook.bin" in lower:
        return "xlsx"
    if "content.xml" in lower and "mimetype" in lower:
        return _open_document(data)
    for part, zh, en in (
        ("ppt/presentation.xml", "演示文稿", "presentations"),
        ("ofd.xml", "OFD 文件", "OFD files"),
        ("meta-inf/container.xml", "电子书", "electronic books"),
    ):
        if part in lower:
            raise DocumentError("document-format", what_zh=zh, what_en=en)
    raise DocumentError("document-format", what_zh="压缩文件", what_en="compressed files")


def _open_document(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)).open("mimetype") as part:
            kind = part.read(100).decode("ascii", errors="replace")
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, KeyError, EOFError, RuntimeError) as error:
        raise DocumentError("document-damaged", reason=str(error)) from None
    if "spreadsheet" in kind:
        return "ods"
    raise DocumentError("document-format", what_zh="OpenDocument 文字文件（.odt）", what_en="OpenDocument texts (.odt)")


def _compound(name: str, data: bytes) -> str:
    """Which of the older binary formats this is, by the names of its streams."""
    for stream, kind in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            if not kind:
                raise DocumentError("document-locked")
            if kind == "xls":
                return kind
            shown = "wps" if name.lower().endswith((".wps", ".wpt")) else kind
            raise DocumentError("document-format", what_zh=f"旧格式文件（.{shown}）", what_en=f"old files (.{shown})")
    raise DocumentError("document-format", what_zh="旧格式文件", what_en="old binary files")
