"""A file of another system, opened as untrusted: bounded, without entities, and with one line for what is damaged."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as guarded

from .taken import Refused, Report
from ...counted import counted
from ...language import t

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST = 200_000_000  # bytes of one file, and of all that an archive unpacks to
FILES = 20_000  # in an archive
DEEPEST = 100  # elements within elements
_DECLARED = re.compile(r"""(<\?xml[^>]{0,200}?)\s{1,9}encoding=["']([\w.-]{1,40})["']""")


def read(path: Path) -> bytes:
    """The bytes of a file. Raises Refused where it is too large or is none, OSError where it cannot be read."""
    if not path.is_file():
        raise Refused(t("it is not a file"))
    if path.stat().st_size > LARGEST:
        raise Refused(t("it has more than {size} MB; export fewer questions at a time", size=LARGEST // 1_000_000))
    return path.read_bytes()


def tree(data: bytes, report: Report) -> Element:
    """The root of an XML file. Raises Refused: damaged, or with a document type that declares entities."""
    data = _decoded(data, report)
    try:
        root: Element = guarded.fromstring(data)
    except DefusedXmlException:
        raise Refused(
            t("it declares entities, which can name other files or grow without bound; no export does")
        ) from None
    except guarded.ParseError as error:
        if data.startswith((b"PK", b"\x1f\x8b")):
            raise Refused(t("it is an archive: unpack it first, or import it as `qti`, which reads packages")) from None
        if data.strip() and b"<" not in data[:200]:
            raise Refused(t("it is no XML: look at what it was exported as, and say that form")) from None
        line, column = error.position
        raise Refused(
            t("it is damaged at line {line}, column {column}; export it again", line=line, column=column + 1)
        ) from None
    except (ValueError, LookupError) as error:  # an encoding that is not known, or that it does not keep to
        raise Refused(t("its text cannot be decoded ({error})", error=error)) from None
    if _deeper(root, DEEPEST):
        raise Refused(t("it is nested more than {steps} steps deep; no export is", steps=DEEPEST))
    return root


def _decoded(data: bytes, report: Report) -> bytes:
    """The same file; one that says UTF-8 (or nothing, which means that) and is what Windows writes, as UTF-8."""
    declared = _DECLARED.match(data[:400].decode("latin-1"))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or (declared and declared[2].lower() not in ("utf-8", "utf8")):
        return data
    try:
        data.decode()
    except UnicodeDecodeError:
        return _DECLARED.sub(r"\1", _mended(data, report), count=1).encode()
    return data


def _mended(data: bytes, report: Report) -> str:
    """The words of a file that should be UTF-8 and is not. Where most of its letters are, some are damaged."""
    loose = data.decode(errors="replace")
    bad = loose.count("\ufffd")
    if sum(not sign.isascii() for sign in loose) > 2 * bad:
        report.lost(t("some letters"), t("they are damaged in the file, and stand as �"), counted(bad, "letter"))
        return loose
    report.lost(
        t("its encoding"), t("it should be UTF-8 and was read as Windows-1252, which it is: look at the accents")
    )
    return data.decode("cp1252", "replace")


def _deeper(root: Element, most: int) -> bool:
    row = [root]
    for _ in range(most):
        row = [child for one in row for child in one]
    return bool(row)


def archive(data: bytes) -> dict[str, bytes]:
    """The files of a ZIP archive by name. Raises Refused: damaged, locked, or too large when unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            members = [member for member in held.infolist() if not member.is_dir()]
            total = sum(member.file_size for member in members)
            if len(members) > FILES or total > LARGEST:
                raise Refused(t("it would unpack to {n} files and {size} MB", n=len(members), size=total // 1000000))
            return {member.filename: held.read(member) for member in members}
    except RuntimeError:
        raise Refused(t("it is locked with a password")) from None
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error) as error:
        raise Refused(
            t("the archive is damaged, or packed in a way that is not known here ({error})", error=error)
        ) from None


def text(data: bytes, report: Report) -> str:
    """A text file's words: UTF-8, UTF-16 with its mark, or what Windows writes, which goes into the report."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _mended(data, report)
