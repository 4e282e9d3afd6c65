"""Which rows are read, and by which questions: the tables of the Dataverse Web API reference."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from padguard.governance.snapshot import RowKind

ORGANIZATION: Final = (
    "organizations?$select=isauditenabled,auditretentionperiodv2,isuseraccessauditenabled,"
    "useraccessauditinginterval,auditsettings"
)
TABLES: Final = "EntityDefinitions?$select=LogicalName,EntitySetName,IsAuditEnabled"
ROLES: Final = "roles?$select=roleid,name,_parentrootroleid_value"
READ_PROCESS: Final = "prvReadWorkflow"
"""The privilege to read rows of the table Process."""
EVERY_ROW: Final = "Global"
"""The depth of a privilege that reaches all rows of the organisation."""


@dataclass(frozen=True, slots=True)
class Listing:
    """How the rows of one kind are read.

    Attributes:
        kind: What they are.
        entity_set: The set that they are in.
        key: The column with their id.
        name: The column with what people call them.
        unique: The column with their logical or schema name, or "".
        filter: What to leave out, or "".
        typed: Whether they have the type of a value (never the value).
        shared: Whether to ask with whom each is shared.
    """

    kind: RowKind
    entity_set: str
    key: str
    name: str = "name"
    unique: str = ""
    filter: str = ""
    typed: bool = False
    shared: bool = True

    @property
    def question(self) -> str:
        """What to ask for the first page of them."""
        columns = [self.key, self.name, self.unique, "type" if self.typed else "", "_ownerid_value"]
        select = ",".join(column for column in columns if column)
        chosen = f"&$filter={quote(self.filter)}" if self.filter else ""
        return f"{self.entity_set}?$select={select}{chosen}"

    def shares_question(self, row_id: str) -> str:
        """What to ask for those with whom a row is shared."""
        target = quote(f"{{'@odata.id':'{self.entity_set}({row_id})'}}", safe="")
        return f"RetrieveSharedPrincipalsAndAccess(Target=@t)?@t={target}"


LISTINGS: Final = (
    Listing(RowKind.DESKTOP_FLOW, "workflows", "workflowid", filter="category eq 6"),
    Listing(RowKind.CLOUD_FLOW, "workflows", "workflowid", filter="category eq 5", shared=False),
    Listing(RowKind.WORK_QUEUE, "workqueues", "workqueueid"),
    Listing(RowKind.CREDENTIAL, "credentials", "credentialid"),
    Listing(RowKind.MODULE, "desktopflowmodules", "desktopflowmoduleid"),
    Listing(
        RowKind.CONNECTION_REFERENCE,
        "connectionreferences",
        "connectionreferenceid",
        name="connectionreferencedisplayname",
        unique="connectionreferencelogicalname",
    ),
    Listing(
        RowKind.ENVIRONMENT_VARIABLE,
        "environmentvariabledefinitions",
        "environmentvariabledefinitionid",
        name="displayname",
        unique="schemaname",
        typed=True,
    ),
    Listing(RowKind.MACHINE, "flowmachines", "flowmachineid"),
    Listing(RowKind.MACHINE_GROUP, "flowmachinegroups", "flowmachinegroupid"),
)


def privileges_question(role_id: str) -> str:
    """What to ask for the privileges of a security role, with their depth."""
    return f"RetrieveRolePrivilegesRole(RoleId={role_id})"


def holders_questions(role_id: str) -> tuple[str, str]:
    """What to ask for the users and the teams that have a security role."""
    return (
        f"roles({role_id})/systemuserroles_association?$select=systemuserid,fullname",
        f"roles({role_id})/teamroles_association?$select=teamid,name",
    )


def user_question(user_id: str) -> str:
    """What to ask for the name of a user."""
    return f"systemusers({user_id})?$select=fullname"


def team_question(team_id: str) -> str:
    """What to ask for the name of a team."""
    return f"teams({team_id})?$select=name"
