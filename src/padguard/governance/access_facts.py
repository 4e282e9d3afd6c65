"""Where access to each kind of component is managed, and what people need: facts with sources."""

from dataclasses import dataclass
from typing import Final

from padguard.foundation.messages import Message, mark
from padguard.governance.components import ComponentType


@dataclass(frozen=True, slots=True)
class Source:
    """A page that says so: its title, where its text is kept, and its date when it was read."""

    title: str
    page: str
    date: str


@dataclass(frozen=True, slots=True)
class Access:
    """What is known of the access to one kind of component.

    Attributes:
        table: The Dataverse table as people know it, or "" where that is not documented.
        managed: Where access is managed.
        steps: Where to click to give access; empty where that is not documented.
        user: What somebody needs who only runs the flow.
        co_owner: What somebody needs who also edits the flow.
        sources: The pages that say so.
    """

    table: str
    managed: Message
    steps: tuple[Message, ...]
    user: Message
    co_owner: Message
    sources: tuple[Source, ...]


_DOCS: Final = "MicrosoftDocs/power-automate-docs/articles"
SECURE: Final = Source(
    "Secure your data",
    f"{_DOCS}/guidance/desktop-flow-coding-guidelines/secure-your-data.md",
    "2025-05-29",
)
MANAGE: Final = Source("Manage desktop flows", f"{_DOCS}/desktop-flows/manage.md", "2022-12-07")
ROLES: Final = Source(
    "Manage security for Power Automate",
    f"{_DOCS}/desktop-flows/desktop-flows-security.md",
    "2023-04-24",
)
QUEUES: Final = Source(
    "Manage work queues", f"{_DOCS}/desktop-flows/work-queues-manage.md", "2023-04-28"
)
CREDENTIALS: Final = Source(
    "Create an Azure Key Vault credential",
    f"{_DOCS}/desktop-flows/create-AzureKeyVault-credential.md",
    "2025-04-11",
)
GET_CREDENTIAL: Final = Source(
    "Power Automate secret variables actions",
    f"{_DOCS}/desktop-flows/actions-reference/powerautomatesecretvariables.md",
    "2025-04-11",
)
COLLECTIONS: Final = Source(
    "Manage UI elements collections",
    f"{_DOCS}/desktop-flows/manage-ui-elements-collections.md",
    "2024-10-04",
)
CUSTOM_ACTIONS: Final = Source(
    "Upload custom actions", f"{_DOCS}/desktop-flows/upload-custom-actions.md", "2023-04-23"
)
CONNECTIONS: Final = Source(
    "Share desktop flows that contain connector actions",
    f"{_DOCS}/desktop-flows/how-to/share-desktop-flows-that-contain-connector-actions.md",
    "2025-07-01",
)
MACHINES: Final = Source(
    "Manage machines", f"{_DOCS}/desktop-flows/manage-machines.md", "2025-01-14"
)
KEY_VAULT: Final = Source(
    "Use environment variables for Azure Key Vault secrets",
    "MicrosoftDocs/powerapps-docs/EnvironmentVariables-azure-key-vault-secrets.md",
    "2025-03-31",
)
SCHEMA: Final = Source("Schema", f"{_DOCS}/desktop-flows/schema.md", "2023-02-10")
WEB_API: Final = Source("Dataverse Web API reference", "", "")

_OPEN_FLOWS: Final = mark(
    "governance", "In the Power Automate portal, open My flows > Desktop flows."
)
_SELECT_FLOW: Final = mark("governance", "Select the flow “{name}”, then Share.")
_ADD_PERSON: Final = mark(
    "governance", "Select Add people and enter the name of the person or group."
)
_GIVE_ACCESS: Final = mark("governance", "Select Give access, choose {role}, then Share.")
_OPEN_QUEUES: Final = mark("governance", "In the Power Automate portal, open Monitor > Work queue.")
_SELECT_QUEUE: Final = mark("governance", "Select the queue “{name}”, then Manage access.")
_SHARE_PANE: Final = mark(
    "governance", "In the Share pane, enter the person and select them under New to confirm."
)
_OPEN_CREDENTIALS: Final = mark(
    "governance", "In the Power Automate portal, open More > Discover all > Data > Credentials."
)
_SELECT_CREDENTIAL: Final = mark("governance", "Select the credential “{name}”, then Share.")
_ADD_WITH_ROLE: Final = mark(
    "governance", "Select Add people, enter the person, choose {role}, then Save."
)
_OPEN_COLLECTIONS: Final = mark(
    "governance",
    "In the Power Automate portal, open More > Discover all > Data > UI elements collections.",
)
_OPEN_CUSTOM: Final = mark(
    "governance", "In the Power Automate portal, open Data > Custom actions."
)
_SELECT_AND_SHARE: Final = mark(
    "governance", "Select “{name}”, then share it with the person as {role}."
)
_OPEN_MACHINES: Final = mark("governance", "In the Power Automate portal, open Monitor > Machines.")
_SELECT_MACHINE: Final = mark(
    "governance", "Select the machine or machine group, then Manage access."
)
_NONE: Final = mark("governance", "Nothing to share.")
_NOT_DOCUMENTED: Final = mark(
    "governance", "Not documented in the pages that PAD Guard knows. Ask your administrator."
)
_AS_USER: Final = mark("governance", "Access as User.")
_AS_CO_OWNER: Final = mark("governance", "Access as User; as Co-owner to change it as well.")

DESKTOP_FLOW: Final = Access(
    "Process",
    mark("governance", "Share, on the page of the desktop flow"),
    (_OPEN_FLOWS, _SELECT_FLOW, _ADD_PERSON, _GIVE_ACCESS),
    mark("governance", "Access as User. It lets the person run the flow and copy it with Save as."),
    mark("governance", "Access as Co-owner. It lets the person edit, share and delete the flow."),
    (SECURE, MANAGE),
)

ACCESS: Final[dict[ComponentType, Access]] = {
    ComponentType.CHILD_FLOW: Access(
        DESKTOP_FLOW.table,
        DESKTOP_FLOW.managed,
        DESKTOP_FLOW.steps,
        _AS_USER,
        _AS_CO_OWNER,
        DESKTOP_FLOW.sources,
    ),
    ComponentType.WORK_QUEUE: Access(
        "Work Queue, Work Queue Item",
        mark("governance", "Manage access, on the page of the work queues"),
        (_OPEN_QUEUES, _SELECT_QUEUE, _SHARE_PANE),
        mark("governance", "The queue shared with them. Which level is enough is not documented."),
        mark("governance", "The queue shared with them. Which level is enough is not documented."),
        (SECURE, QUEUES),
    ),
    ComponentType.CREDENTIAL: Access(
        "Credential",
        mark("governance", "Share, on the page of the credentials"),
        (_OPEN_CREDENTIALS, _SELECT_CREDENTIAL, _ADD_WITH_ROLE),
        mark("governance", "Access as User (can view only)."),
        mark("governance", "Access as User (can view only); as Co-owner to change it as well."),
        (SECURE, CREDENTIALS, GET_CREDENTIAL),
    ),
    ComponentType.UI_ELEMENTS: Access(
        "Desktop Flow Module",
        mark("governance", "Share, on the page of the UI elements collection"),
        (_OPEN_COLLECTIONS, _SELECT_AND_SHARE),
        _AS_USER,
        _AS_CO_OWNER,
        (SECURE, COLLECTIONS),
    ),
    ComponentType.CUSTOM_ACTION: Access(
        "Desktop Flow Module",
        mark("governance", "Share, on the page of the custom actions"),
        (_OPEN_CUSTOM, _SELECT_AND_SHARE),
        _AS_USER,
        mark(
            "governance",
            "Access as User. To change the actions as well: Co-owner, and the role Desktop Flow "
            "Module Developer.",
        ),
        (SECURE, CUSTOM_ACTIONS),
    ),
    ComponentType.CONNECTION_REFERENCE: Access(
        "Connection Reference",
        mark("governance", "Through sharing the desktop flow; there is no page of its own for it"),
        (),
        mark(
            "governance",
            "Nothing more for the reference. The connection behind it is not shared: users bring "
            "one of their own, and run the flow attended from the console only.",
        ),
        mark(
            "governance",
            "Nothing more for the reference. Its connection is shared with co-owners only where "
            "the reference is embedded in the flow; runs from a cloud flow need that.",
        ),
        (SECURE, CONNECTIONS),
    ),
    ComponentType.CONNECTOR: Access(
        "",
        mark("governance", "Through the connection reference that uses it"),
        (),
        _NONE,
        _NONE,
        (SECURE,),
    ),
    ComponentType.ENVIRONMENT_VARIABLE: Access(
        "Environment Variable Definition, Environment Variable Value",
        mark("governance", "A security role with Read on the rows of its table"),
        (),
        mark(
            "governance",
            "Read on the variable. For one of type Secret also the role Key Vault Secrets User in "
            "Azure Key Vault, and the same for the service principal of Dataverse.",
        ),
        mark(
            "governance",
            "Read on the variable. For one of type Secret also the role Key Vault Secrets User in "
            "Azure Key Vault, and the same for the service principal of Dataverse.",
        ),
        (SECURE, KEY_VAULT, WEB_API),
    ),
    ComponentType.AI_MODEL: Access("", _NOT_DOCUMENTED, (), _NOT_DOCUMENTED, _NOT_DOCUMENTED, ()),
    ComponentType.MACHINE: Access(
        "Flow Machine, Flow Machine Group",
        mark("governance", "Manage access, on the page of the machines"),
        (_OPEN_MACHINES, _SELECT_MACHINE, _ADD_WITH_ROLE),
        mark("governance", "Access as User lets somebody run desktop flows on it."),
        mark("governance", "Access as User; as Co-owner to change the machine as well."),
        (MACHINES, ROLES),
    ),
    ComponentType.CLOUD_FLOW: Access(
        "Process",
        mark("governance", "On the page of the cloud flow"),
        (),
        _NONE,
        _NONE,
        (SECURE,),
    ),
    ComponentType.BINARY: Access(
        "Desktop Flow Binary",
        mark("governance", "It belongs to its desktop flow and travels with it"),
        (),
        _NONE,
        _NONE,
        (SCHEMA,),
    ),
}
"""What is known, by kind; secure-your-data has the components and their tables."""

USER_CAN_COPY: Final = mark(
    "governance",
    "Access as User is enough to copy the flow with Save as. So take it that everybody with any "
    "access can read every text written into it, passwords included.",
)
INFERENCE: Final = mark(
    "governance",
    "The pages say that a user can copy the flow; that the copy shows all its texts is our "
    "conclusion.",
)
READ_ALL: Final = mark(
    "governance",
    "A security role with Read on all rows of the table Process makes everybody who has it "
    "co-owner of every desktop flow in the environment, and Manage access cannot take that away. "
    "Look through the roles before you rely on sharing.",
)
CREDENTIAL_SHARES: Final = mark(
    "governance",
    "Sharing a credential shares the environment variables behind it. Taking the credential away "
    "again does not take them away, and deleting it does not delete them.",
)
REFERENCES_FOLLOW: Final = mark(
    "governance",
    "Connection references follow the desktop flow: whoever gets the flow gets them. The "
    "connections behind them are not shared with the flow.",
)
