"""Keeps what was learned of the actions that retrieve secrets, and reads it from files."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from padguard.exports.atomic import saving, write_file
from padguard.exports.encodings import decode
from padguard.exports.model import Export
from padguard.fixes.template import Retrieval, Template, Templates, check_template, normalised
from padguard.fixes.template_learning import learn, learn_from_text
from padguard.flow.model import Flow
from padguard.foundation.errors import ConfigError, EditError, OpenError
from padguard.foundation.messages import mark
from padguard.foundation.paths import config_dir

LARGEST: Final = 10_000_000  # bytes; copied rows may bring pictures of elements along

NOT_READABLE = mark("session", "“{file}” could not be read ({reason}).")
TOO_LARGE = mark("session", "“{file}” is too large to be the text of an action.")
DAMAGED = mark(
    "session",
    "“{file}” with the learned actions is damaged: {reason} It is left as it is. Mend it or "
    "delete it; then PAD Guard learns the actions anew.",
)
NO_TOML = mark("session", "It is no valid TOML.")
NO_TEXT = mark("session", "[{section}] needs a text.")
NO_TEMPLATES = mark("session", "“{file}” holds neither [credential] nor [environment].")


def store_file() -> Path:
    """Return where the templates are kept; the file need not exist."""
    return config_dir() / "templates.toml"


def load_templates() -> Templates:
    """Return the templates that are kept; none where nothing was kept yet.

    Raises:
        ConfigError: The file cannot be read or understood.
    """
    path = store_file()
    if not path.exists():
        return Templates()
    return _parsed(path, _read(path))


def save_templates(templates: Templates) -> None:
    """Keep templates; what is not among them is forgotten.

    Raises:
        ConfigError: The file that is there is damaged; it is left as it is.
        EditError: A template is not what it must be; nothing is written.
        SaveError: The file could not be written; what was there is whole.
    """
    import tomlkit

    load_templates()
    document = tomlkit.document()
    for retrieval in Retrieval:
        template = templates.of(retrieval)
        if template is not None:
            check_template(template)
            section = tomlkit.table()
            section["text"] = tomlkit.string(template.text, multiline="\n" in template.text)
            section["product"] = template.product
            document[retrieval.value] = section
    path = store_file()
    with saving(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(tomlkit.dumps(document).encode("utf-8"), path)


def templates_from_file(
    path: Path, retrieval: Retrieval = Retrieval.CREDENTIAL, *, input_name: str = ""
) -> Templates:
    """Return the templates in a file: of the form that is kept, or an action as copied.

    Args:
        path: A TOML file as `save_templates` writes it, or a text file with the action.
        retrieval: Which action a text file holds.
        input_name: For a text file, the input that holds the name, where several hold a text.

    Raises:
        ConfigError: The file cannot be read or understood.
        EditError: Nothing can be learned from the action; the message says why.
    """
    text = _read(path)
    if path.suffix.casefold() == ".toml":
        found = _parsed(path, text)
        if found == Templates():
            raise ConfigError(NO_TEMPLATES(file=path.name))
        return found
    template = learn_from_text(text, retrieval, input_name=input_name)
    if retrieval is Retrieval.CREDENTIAL:
        return Templates(credential=template)
    return Templates(environment=template)


def shown_templates(export: Export, flows: Iterable[Flow]) -> Templates:
    """Return what the flows of an export show of Get credential, with the product's version."""
    products = {stored.id: _product(stored.metadata) for stored in export.desktop_flows}
    for flow in flows:
        found = learn(flow, products.get(flow.id, ""))
        if found.credential is not None:
            return found
    return Templates()


def templates_for(export: Export, flows: Iterable[Flow], stored: Templates) -> Templates:
    """Return the templates for an export: what it shows itself wins over what is stored."""
    return shown_templates(export, flows).over(stored)


def _product(metadata: object) -> str:
    found = metadata.get("clientversion") if isinstance(metadata, Mapping) else None
    return found if isinstance(found, str) else ""


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise ConfigError(TOO_LARGE(file=path.name))
        return decode(path.read_bytes(), path.name)[0]
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError(NOT_READABLE(file=path.name, reason=reason)) from error
    except OpenError as error:
        raise ConfigError(NOT_READABLE(file=path.name, reason=error.message)) from error


def _parsed(path: Path, text: str) -> Templates:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(DAMAGED(file=path.name, reason=NO_TOML)) from error
    credential, environment = (_template(path, data, retrieval.value) for retrieval in Retrieval)
    return Templates(credential, environment)


def _template(path: Path, data: Mapping[str, Any], section: str) -> Template | None:
    if section not in data:
        return None
    match data[section]:
        case {"text": str(text), "product": str(product)}:
            template = Template(normalised(text).strip(), product)
        case {"text": str(text)}:
            template = Template(normalised(text).strip())
        case _:
            raise ConfigError(DAMAGED(file=path.name, reason=NO_TEXT(section=section)))
    try:
        check_template(template)
    except EditError as error:
        raise ConfigError(DAMAGED(file=path.name, reason=error.message)) from error
    return template
