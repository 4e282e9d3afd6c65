"""A service on this machine that answers as the Dataverse Web API is documented to."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "eyJ0b2tlbiI6dGVzdA.c2VjcmV0LW9mLXRoZS10ZXN0.c2lnbmF0dXJl-0123456789"
API = "/api/data/v9.2/"

ADA = "00000000-0000-4000-8000-0000000000a1"
BEN = "00000000-0000-4000-8000-0000000000b2"
TEAM = "00000000-0000-4000-8000-0000000000c3"
QUEUE = "0a1b2c3d-0000-4000-8000-0000000000aa"
CREDENTIAL = "0a1b2c3d-0000-4000-8000-0000000000cc"
ADMIN_ROLE = "0a1b2c3d-0000-4000-8000-00000000ad01"
MAKER_ROLE = "0a1b2c3d-0000-4000-8000-00000000ad02"
COPIED_ROLE = "0a1b2c3d-0000-4000-8000-00000000ad03"
NEVER = "the-value-of-a-variable-9f2c"
"""Stands in rows that the service sends, and must not be taken from them."""

Reply = tuple[int, dict[str, str], Any]
Fault = Callable[[str, int], Reply | None]
"""Given a path with its query and how many requests there were: what to answer instead."""


def flow_id(number: int) -> str:
    return f"0a1b2c3d-0000-4000-8001-{number:012x}"


def owned(row: dict[str, Any], owner: str = ADA, name: str = "Ada Field") -> dict[str, Any]:
    return {
        "@odata.etag": 'W/"1"',
        **row,
        "_ownerid_value": owner,
        "_ownerid_value@OData.Community.Display.V1.FormattedValue": name,
        "_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname": "systemuser",
    }


def failure(status: int, message: str, **headers: str) -> Reply:
    return status, headers, {"error": {"code": "0x80040220", "message": message}}


def rows(flows: int) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each entity set."""
    return {
        "organizations": [
            {
                "isauditenabled": False,
                "auditretentionperiodv2": 30,
                "isuseraccessauditenabled": False,
                "useraccessauditinginterval": 4,
                "auditsettings": None,
                "organizationid": TEAM,
            }
        ],
        "EntityDefinitions": [
            {
                "LogicalName": name,
                "EntitySetName": f"{name}s",
                "MetadataId": TEAM,
                "IsAuditEnabled": {
                    "Value": on,
                    "CanBeChanged": changes,
                    "ManagedPropertyLogicalName": "canmodifyauditsettings",
                },
            }
            for name, on, changes in (
                ("flowsession", False, True),
                ("workqueue", True, True),
                ("workflow", False, False),
            )
        ],
        "workflows": [
            owned({"workflowid": flow_id(n), "name": f"Flow {n}", "definition": NEVER})
            for n in range(flows)
        ],
        "workqueues": [owned({"workqueueid": QUEUE, "name": "Invoices"}, BEN, "Ben Lake")],
        "credentials": [
            owned({"credentialid": CREDENTIAL, "name": "Sap", "credentials": NEVER, "password": 1})
        ],
        "desktopflowmodules": [],
        "connectionreferences": [
            owned(
                {
                    "connectionreferenceid": QUEUE,
                    "connectionreferencedisplayname": "Mail",
                    "connectionreferencelogicalname": "abc_mail",
                    "connectionid": NEVER,
                }
            )
        ],
        "environmentvariabledefinitions": [
            owned(
                {
                    "environmentvariabledefinitionid": QUEUE,
                    "displayname": "Sap password",
                    "schemaname": "abc_SapPassword",
                    "type": 100000005,
                    "defaultvalue": NEVER,
                }
            )
        ],
        "flowmachines": [],
        "flowmachinegroups": [],
        "roles": [
            {"roleid": ADMIN_ROLE, "name": "Flow readers", "_parentrootroleid_value": ADMIN_ROLE},
            {"roleid": MAKER_ROLE, "name": "Environment Maker", "_parentrootroleid_value": None},
            {"roleid": COPIED_ROLE, "name": "Flow readers", "_parentrootroleid_value": ADMIN_ROLE},
        ],
    }


class Dataverse:
    """What the service holds, what it was asked, and what it answers wrongly on purpose."""

    def __init__(self, flows: int = 3, page: int = 1000) -> None:
        self.rows = rows(flows)
        self.page = page
        self.token = TOKEN
        self.fault: Fault = lambda path, count: None
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.url = ""

    def paths(self, part: str = "") -> list[str]:
        return [path for _, path, _ in self.asked if part in path]

    def reply(self, method: str, target: str, headers: dict[str, str]) -> Reply:
        self.asked.append((method, unquote(target), headers))
        if method != "GET":
            return failure(405, "Read only.")
        wrong = self.fault(unquote(target), len(self.asked))
        if wrong is not None:
            return wrong
        if headers.get("authorization") != f"Bearer {self.token}":
            return failure(401, "The access token is not valid.")
        parts = urlsplit(target)
        if not parts.path.startswith(API):
            return failure(404, "Resource not found.")
        return self._answer(unquote(parts.path.removeprefix(API)), parse_qs(parts.query), headers)

    def _answer(self, path: str, query: dict[str, list[str]], headers: dict[str, str]) -> Reply:
        if path.startswith("RetrieveSharedPrincipalsAndAccess"):
            return 200, {}, {"PrincipalAccesses": self._shares(json_like(query["@t"][0]))}
        if match := re.fullmatch(r"RetrieveRolePrivilegesRole\(RoleId=(.+)\)", path):
            depth = "Global" if match[1] != MAKER_ROLE else "Basic"
            privilege = {"Depth": depth, "PrivilegeId": TEAM, "PrivilegeName": "prvReadWorkflow"}
            return 200, {}, {"RolePrivileges": [privilege]}
        if path.endswith("/systemuserroles_association"):
            return 200, {}, {"value": [{"systemuserid": BEN, "fullname": "Ben Lake"}]}
        if path.endswith("/teamroles_association"):
            return 200, {}, {"value": [{"teamid": TEAM, "name": "Finance"}]}
        if path.startswith(("systemusers(", "teams(")):
            return 200, {}, {"fullname": "Ben Lake"} if BEN in path else {"name": "Finance"}
        return self._page(path, query, headers)

    def _page(self, path: str, query: dict[str, list[str]], headers: dict[str, str]) -> Reply:
        found = self.rows[path]
        if query.get("$filter") == ["category eq 5"]:
            found = []
        size = min(self.page, int(re.findall(r"maxpagesize=(\d+)", headers["prefer"])[0]))
        start = int(query.get("$skiptoken", ["0"])[0])
        answer: dict[str, Any] = {"value": found[start : start + size]}
        if start + size < len(found):
            kept = "&".join(f"{key}={value[0]}" for key, value in query.items())
            kept = re.sub(r"&?\$skiptoken=\d+", "", kept).replace(" ", "%20")
            answer["@odata.nextLink"] = f"{self.url}{API}{path}?{kept}&$skiptoken={start + size}"
        return 200, {}, answer

    def _shares(self, target: str) -> list[dict[str, Any]]:
        ben = {"@odata.type": "#Microsoft.Dynamics.CRM.systemuser", "ownerid": BEN}
        team = {"@odata.type": "#Microsoft.Dynamics.CRM.team", "ownerid": TEAM}
        if target.startswith("workflows("):
            return [
                {"AccessMask": "ReadAccess", "Principal": ben},
                {"AccessMask": "ReadAccess, AppendToAccess, ShareAccess", "Principal": team},
            ]
        return []


def json_like(written: str) -> str:
    match = re.fullmatch(r"\{'@odata\.id':'(.+)'\}", written)
    assert match, written
    return match[1]


@contextmanager
def serving(service: Dataverse) -> Iterator[Dataverse]:
    """Serve on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def _answer(self) -> None:
            headers = {key.lower(): value for key, value in self.headers.items()}
            status, extra, body = service.reply(self.command, self.path, headers)
            if status == 0:  # cut the line
                self.close_connection = True
                return
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            for key, value in extra.items():
                self.send_header(key.replace("_", "-"), value)
            self.send_header("Content-Type", "application/json; odata.metadata=minimal")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: object) -> None:
            pass

    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        setattr(Handler, f"do_{method}", Handler._answer)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
