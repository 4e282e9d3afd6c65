"""The sample's cloud flow: it starts the desktop flows every morning."""

from typing import Any

from sample.elements import indented
from sample.scripts import SCHEMA

CONNECTIONS = {
    "shared_uiflow": "nfd_DesktopFlows",
    "shared_office365": "nfd_InvoiceDesk_Mail",
    "shared_keyvault": "nfd_Vault",
}
AUTHENTICATION = {
    "type": "Raw",
    "value": (
        "@json(decodeBase64(triggerOutputs().headers['X-MS-APIM-Tokens']))['$ConnectionKey']"
    ),
}
SECURE = {"secureData": {"properties": ["inputs", "outputs"]}}


def _call(
    connection: str,
    operation: str,
    parameters: dict[str, str],
    after: str = "",
    *,
    secure: bool = False,
) -> dict[str, Any]:
    action: dict[str, Any] = {
        "runAfter": {after: ["Succeeded"]} if after else {},
        "type": "OpenApiConnection",
        "inputs": {
            "host": {
                "connectionName": connection,
                "operationId": operation,
                "apiId": f"/providers/Microsoft.PowerApps/apis/{connection}",
            },
            "parameters": parameters,
            "authentication": AUTHENTICATION,
        },
    }
    return action | ({"runtimeConfiguration": SECURE} if secure else {})


def _actions(collect: str, notify: str) -> dict[str, Any]:
    login = "@outputs('Collect_invoices')?['body/PortalLogin']"
    count = "@outputs('Collect_invoices')?['body/InvoiceCount']"
    return {
        "Collect_invoices": _call(
            "shared_uiflow",
            "RunUIFlow_V2",
            {
                "uiFlowId": collect,
                "runMode": "unattended",
                "item/SupplierUser": "northfield.clerk",
                "item/SupplierPassword": "Paper-Lantern-17",
            },
        ),
        "Mail_what_was_used": _call(
            "shared_office365",
            "SendEmailV2",
            {
                "emailMessage/To": "accounts@northfield.example",
                "emailMessage/Subject": "Invoices collected",
                "emailMessage/Body": f"<p>{count} invoices, collected as {login}</p>",
            },
            "Collect_invoices",
        ),
        "Get_mail_password": _call(
            "shared_keyvault",
            "GetSecret",
            {"secretName": "invoice-desk-mail"},
            "Mail_what_was_used",
            secure=True,
        ),
        "Notify": _call(
            "shared_uiflow",
            "RunUIFlow_V2",
            {
                "uiFlowId": notify,
                "runMode": "unattended",
                "item/Recipient": "accounts@northfield.example",
                "item/Subject": "Invoice Desk",
                "item/Message": f"{count} invoices were collected.",
                "item/MailAccount": "invoice.desk@northfield.example",
                "item/MailPassword": "@outputs('Get_mail_password')?['body/value']",
            },
            "Get_mail_password",
            secure=True,
        ),
    }


def cloud_flow(collect: str, notify: str) -> str:
    """Return the JSON of the cloud flow that runs two desktop flows, given by their ids."""
    references = {
        api: {
            "runtimeSource": "embedded",
            "connection": {"connectionReferenceLogicalName": name},
            "api": {"name": api},
        }
        for api, name in CONNECTIONS.items()
    }
    trigger = {
        "recurrence": {"frequency": "Day", "interval": 1, "startTime": "2026-03-02T06:30:00Z"},
        "type": "Recurrence",
    }
    definition = {
        "$schema": SCHEMA,
        "contentVersion": "1.0.0.0",
        "parameters": {
            "$connections": {"defaultValue": {}, "type": "Object"},
            "$authentication": {"defaultValue": {}, "type": "SecureObject"},
        },
        "triggers": {"Every_morning": trigger},
        "actions": _actions(collect, notify),
    }
    properties = {
        "connectionReferences": references,
        "definition": definition,
        "templateName": None,
    }
    return indented({"properties": properties, "schemaVersion": "1.0.0.0"})
