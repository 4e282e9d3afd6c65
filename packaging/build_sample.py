"""Builds the sample export resources/samples/InvoiceDesk_1_0_0_1.zip, always the same bytes.

Everything in it is made up here: the company, the flows and every secret. Run it after a change
of anything in packaging/sample.
"""

import struct
import zlib
from pathlib import Path

from sample import cloud, parts, scripts, solution

TARGET = Path(__file__).resolve().parent.parent / "resources/samples/InvoiceDesk_1_0_0_1.zip"
COLLECT = scripts.load(
    "5b1c6a4e-2d0f-4c8b-9a37-61f2c0d7e815",
    "Invoice Desk: Collect invoices",
    "collect_invoices.robin",
)
BOOK = scripts.load(
    "8e42d7f1-7b36-4f5a-b0c9-2a94f3e61d08", "Invoice Desk: Book invoices", "book_invoices.robin"
)
NOTIFY = scripts.load(
    "c3f09b57-915d-4e21-8d6a-f7b8045a2c93", "Invoice Desk: Notify", "notify.robin"
)
FLOWS = (COLLECT, BOOK, NOTIFY)
MORNING = ("1d7e5f20-6c84-4b19-a5e3-90c2b7d4f612", "Invoice Desk: Every morning")
ARCHIVE = ("Archive: Close the day", "e9a4c0b3-38f7-4d62-87b1-5c06da1f9e24")
QUEUE = ("7a2f8c15-e4b9-4063-b8d1-3c95e07f64a2", "Invoices to book")
MAIL = "/providers/Microsoft.PowerApps/apis/shared_office365"
VARIABLES = (
    ("nfd_LedgerApiKey", "Ledger API key", "nfd_demo_7Hs2Kd9Qv5Xb3Wn8Ym"),
    ("nfd_PortalAddress", "Address of the supplier portal", "https://portal.supplier.example"),
)
STUB = (
    '{"properties":{"definition":{"package":""},"inputs":{"schema":{"required":null,"properties":'
    '{},"type":"object"}},"outputs":{"schema":{"properties":{},"type":"object"}}},'
    '"schemaversion":"ROBIN_202208_DVRS"}'
)
DATE = (2026 - 1980) << 9 | 3 << 5 | 2
TIME = 9 << 11 | 30 << 5
NAME_IS_UTF8 = 0x800
GROWTH_HINT = bytes.fromhex("20a2180028a01400") + bytes(20)
"""The extra field that the portal's zip writer puts before every member."""


def content_types() -> bytes:
    """Return the member that names the file extensions of the export."""
    types = "".join(
        f'<Default Extension="{extension}" ContentType="application/octet-stream" />'
        for extension in ("xml", "json", "png")
    )
    schema = "http://schemas.openxmlformats.org/package/2006/content-types"
    text = f'<?xml version="1.0" encoding="utf-8"?><Types xmlns="{schema}">{types}</Types>'
    return text.encode("utf-8-sig")


def _mail_connection(flow: scripts.SampleFlow) -> list[dict[str, object]]:
    if MAIL not in flow.text:
        return []
    return [
        {
            "api": {"name": MAIL},
            "displayName": "Invoice Desk mail",
            "isDisabled": False,
            "connectionReferenceLogicalName": "nfd_InvoiceDesk_Mail",
            "name": "5f0d7c2e91ab4836a4c2d8e07b6f1395",
            "connectionDisplayName": "avery.clerk@northfield.example",
            "ownerId": None,
            "padInternalId": "24d06b9e-5f13-4a7c-8e20-b1c7f3958da4",
            "isEmbedded": False,
        }
    ]


def _customizations() -> bytes:
    workflows = "".join(
        solution.desktop_workflow(flow, parts.required(flow), _mail_connection(flow))
        for flow in FLOWS
    )
    references = "".join(
        solution.connection_reference(name, shown, connector)
        for name, shown, connector in (
            ("nfd_DesktopFlows", "Desktop flows", "shared_uiflow"),
            ("nfd_InvoiceDesk_Mail", "Invoice Desk mail", "shared_office365"),
            ("nfd_Vault", "Invoice Desk vault", "shared_keyvault"),
        )
    )
    return solution.customizations_xml(
        parts.invoice_log_table(),
        workflows + solution.cloud_workflow(*MORNING),
        references,
        solution.work_queue(*QUEUE),
    )


def _solution() -> bytes:
    ids = sorted([*(flow.id for flow in FLOWS), MORNING[0]])
    components = ['type="1" schemaName="nfd_invoicelog"']
    components += [f'type="29" id="{{{flow_id}}}"' for flow_id in ids]
    components += [f'type="380" schemaName="{name}"' for name, _shown, _value in VARIABLES]
    return solution.solution_xml(components, [(*ARCHIVE, COLLECT.name, COLLECT.id)])


def members() -> dict[str, bytes]:
    """Return all members of the sample in the order of a real export."""
    content = {
        "customizations.xml": _customizations(),
        "[Content_Types].xml": content_types(),
        "solution.xml": _solution(),
    }
    content |= {solution.json_name(flow.id, flow.name): STUB.encode() for flow in FLOWS}
    content[solution.json_name(*MORNING)] = cloud.cloud_flow(COLLECT.id, NOTIFY.id).encode()
    binaries = {name: data for flow in FLOWS for name, data in parts.binaries(flow).items()}
    data_first = sorted(binaries, key=lambda name: ("/data/" not in name, name))
    content |= {name: binaries[name] for name in data_first}
    return content | dict(parts.environment_variable(*variable) for variable in VARIABLES)


def archive(content: dict[str, bytes]) -> bytes:
    """Return a zip of the members, with the flags and extra fields of a real export."""
    body, directory = bytearray(), bytearray()
    for name, data in content.items():
        deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        packed = deflater.compress(data) + deflater.flush()
        written = name.encode()
        flags = 2 if name.isascii() else 2 | NAME_IS_UTF8
        sizes = (zlib.crc32(data), len(packed), len(data), len(written))
        common = struct.pack("<HHHHHIIIH", 20, flags, zlib.DEFLATED, TIME, DATE, *sizes)
        offset = len(body)
        body += b"PK\3\4" + common + struct.pack("<H", len(GROWTH_HINT)) + written
        body += GROWTH_HINT + packed
        directory += b"PK\1\2" + struct.pack("<H", 45) + common + bytes(12)
        directory += struct.pack("<I", offset) + written
    count = len(content)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + b"PK\5\6" + end)


def main() -> None:
    """Write the sample."""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(archive(members()))
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
