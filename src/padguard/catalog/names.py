"""Readable words made from identifiers, for names that have no label of their own."""

import re
from functools import lru_cache

_PART = re.compile(
    r"Base64|Ec2|Java[Ss]cript|PiP|PowerPoint|Power[Ss]hell|RegEx|VBScript|XPath"
    r"|[A-Z]\d+(?![a-z])|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_A-Za-z]+"
)

_SPELLING = {
    "aes": "AES",
    "api": "API",
    "ascii": "ASCII",
    "base64": "Base64",
    "bcc": "BCC",
    "cc": "CC",
    "cmd": "CMD",
    "css": "CSS",
    "csv": "CSV",
    "dos": "DOS",
    "ec2": "EC2",
    "excel": "Excel",
    "ftp": "FTP",
    "gb": "GB",
    "gcs": "GCS",
    "hllapi": "HLLAPI",
    "html": "HTML",
    "http": "HTTP",
    "id": "ID",
    "ids": "IDs",
    "imap": "IMAP",
    "indeces": "indices",
    "javascript": "JavaScript",
    "json": "JSON",
    "ldap": "LDAP",
    "mime": "MIME",
    "mkt": "market",
    "occurence": "occurrence",
    "ocr": "OCR",
    "pdf": "PDF",
    "pip": "picture-in-picture",
    "powerpoint": "PowerPoint",
    "powershell": "PowerShell",
    "regex": "regular expression",
    "sap": "SAP",
    "sftp": "SFTP",
    "smtp": "SMTP",
    "sql": "SQL",
    "ssl": "SSL",
    "substract": "subtract",
    "ui": "UI",
    "uri": "URI",
    "url": "URL",
    "utf8": "UTF-8",
    "vbscript": "VBScript",
    "vhd": "VHD",
    "vm": "VM",
    "wav": "WAV",
    "x": "X",
    "xml": "XML",
    "xpath": "XPath",
    "y": "Y",
    "zip": "ZIP",
}
"""Words that are not plain lower case, and the slips of the identifiers themselves."""


@lru_cache(maxsize=4096)
def readable(name: str) -> str:
    """Return an identifier as words: ``BrowserInstance`` becomes ``Browser instance``.

    Args:
        name: A parameter name or an enumeration value, in any spelling of words and underscores.

    Returns:
        The words, the first with a capital; ``name`` itself where it has no letters or digits.
    """
    words = [_SPELLING.get(part.lower(), part.lower()) for part in _PART.findall(name)]
    if not words:
        return name
    first = words[0]
    return " ".join([first[:1].upper() + first[1:], *words[1:]])
