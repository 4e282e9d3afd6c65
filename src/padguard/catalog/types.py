"""The designer's words for types, as in Microsoft's page "Variable data types"."""

from typing import Final

from padguard.foundation.messages import Message, mark

GENERAL: Final = mark("types", "General value")
"""What the designer calls a value whose type it does not know."""

_TEXT: Final = mark("types", "Text")
_NUMERIC: Final = mark("types", "Numeric value")
_BOOLEAN: Final = mark("types", "Boolean value")
_LIST: Final = mark("types", "List")
_UI_ELEMENT: Final = mark("types", "UI element")

_WORDS: Final[dict[str, Message]] = {
    "accessinstancehandle": mark("types", "Access instance"),
    "activedirectoryentry": mark("types", "Active Directory entry"),
    "azureclient": mark("types", "Azure client"),
    "azuremanageddisk": mark("types", "Azure managed disk"),
    "azureresourcegroup": mark("types", "Azure resource group"),
    "azuresnapshot": mark("types", "Azure snapshot"),
    "azurevirtualmachine": mark("types", "Azure virtual machine"),
    "binaryobject": mark("types", "Binary data"),
    "bool": _BOOLEAN,
    "boolean": _BOOLEAN,
    "cmdsessionhandle": mark("types", "CMD session"),
    "credential": mark("types", "Credential"),
    "customobject": mark("types", "Custom object"),
    "datarow": mark("types", "Datarow"),
    "datatable": mark("types", "Datatable"),
    "datetime": mark("types", "Datetime"),
    "decimal": _NUMERIC,
    "double": _NUMERIC,
    "ec2clientobject": mark("types", "EC2 client"),
    "encryptableobject": mark("types", "Direct encrypted input"),
    "error": mark("types", "Error"),
    "excelinstancehandle": mark("types", "Excel instance"),
    "exchangeconnectionhandle": mark("types", "Exchange connection"),
    "exchangemailmessage": mark("types", "Exchange mail message"),
    "fileobject": mark("types", "File"),
    "folderobject": mark("types", "Folder"),
    "ftpconnectionbase": mark("types", "FTP connection"),
    "ftpfileobject": mark("types", "FTP file"),
    "ftpfolderobject": mark("types", "FTP directory"),
    "groupinfo": mark("types", "Group info"),
    "int32": _NUMERIC,
    "int64": _NUMERIC,
    "list": _LIST,
    "list`1": _LIST,
    "mailmessageobject": mark("types", "Mail message"),
    "numeric": _NUMERIC,
    "object": GENERAL,
    "ocrengineobject": mark("types", "OCR engine"),
    "outlookinstancehandle": mark("types", "Outlook instance"),
    "outlookmailmessage": mark("types", "Outlook mail message"),
    "pdftableinfo": mark("types", "PDF table"),
    "powerpointinstancehandle": mark("types", "PowerPoint instance"),
    "sapinstancehandle": mark("types", "SAP instance"),
    "snapshot": mark("types", "EBS snapshot"),
    "sqlconnectionhandle": mark("types", "SQL connection"),
    "string": _TEXT,
    "terminalsessionhandle": mark("types", "Terminal session"),
    "triggereventinstancehandle": mark("types", "Trigger event"),
    "uicontrol": _UI_ELEMENT,
    "userinfo": mark("types", "User info"),
    "volume": mark("types", "EBS volume"),
    "webbrowserinstancehandle": mark("types", "Web browser instance"),
    "webcontrol": _UI_ELEMENT,
    "windowinstancehandle": mark("types", "Window instance"),
    "wordinstancehandle": mark("types", "Word instance"),
    "workqueue": mark("types", "Work queue"),
    "workqueueitem": mark("types", "Work queue item"),
    "xmlnodeobject": mark("types", "XML node"),
}
"""By the product's own type name and by the names in the headers of scripts, in lower case."""

_LISTS: Final[dict[str, Message]] = {
    "azuremanageddisk": mark("types", "List of Azure managed disks"),
    "azuresnapshot": mark("types", "List of Azure snapshots"),
    "azurevirtualmachine": mark("types", "List of Azure virtual machines"),
    "boolean": mark("types", "List of Boolean values"),
    "customobject": mark("types", "List of custom objects"),
    "datarow": mark("types", "List of datarows"),
    "datatable": mark("types", "List of datatables"),
    "datetime": mark("types", "List of datetimes"),
    "decimal": mark("types", "List of numeric values"),
    "exchangemailmessage": mark("types", "List of Exchange mail messages"),
    "fileobject": mark("types", "List of files"),
    "folderobject": mark("types", "List of folders"),
    "ftpfileobject": mark("types", "List of FTP files"),
    "ftpfolderobject": mark("types", "List of FTP directories"),
    "int32": mark("types", "List of numeric values"),
    "mailmessageobject": mark("types", "List of mail messages"),
    "object": mark("types", "List of general values"),
    "outlookmailmessage": mark("types", "List of Outlook mail messages"),
    "pdftableinfo": mark("types", "List of PDF tables"),
    "snapshot": mark("types", "List of EBS snapshots"),
    "string": mark("types", "List of text"),
    "volume": mark("types", "List of EBS volumes"),
    "workqueueitem": mark("types", "List of work queue items"),
}
"""Lists by the type of their items; a phrase each, since languages differ in plural and case."""


def type_words(type_name: str | None) -> Message:
    """Return the designer's word for a type.

    Args:
        type_name: A type of the catalogue (``String``, ``Nullable`1<Int32>``,
            ``List`1<FileObject>``), of a script's header (``Numeric``, ``Bool``, ``Datatable``),
            or None where the type is not known. Case does not matter.

    Returns:
        The word ("Text", "List of files"); "General value" for what is not known, and for
        enumerations, which no variable holds.
    """
    name = (type_name or "").lower()
    outer, _, inner = name.removesuffix(">").partition("<")
    if outer == "nullable`1" and inner:
        return type_words(inner)
    if outer == "list`1" and inner:
        return _LISTS.get(inner, _LIST)
    return _WORDS.get(name, GENERAL)
