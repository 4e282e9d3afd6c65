"""What can be audited, how that is turned on, where Microsoft's pages differ: with sources."""

from typing import Final

from padguard.foundation.messages import mark
from padguard.governance.access_facts import SECURE, Source
from padguard.governance.snapshot import PROCESS

_ADMIN: Final = "MicrosoftDocs/power-platform/power-platform/admin/manage-dataverse-auditing.md"

AUDITING: Final = Source("Manage Dataverse auditing", _ADMIN, "2025-06-04")
AUDITING_STEPS: Final = Source("Manage Dataverse auditing", _ADMIN, "2024-11-27")
"""The version whose steps were read word for word."""
CONFIGURE: Final = Source(
    "Configure auditing",
    "MicrosoftDocs/powerapps-docs/powerapps-docs/developer/data-platform/auditing/configure.md",
    "2023-06-02",
)
KIT: Final = Source(
    "Control Center desktop flow audit logs",
    "MicrosoftDocs/power-automate-docs/articles/guidance/automation-kit/"
    "control-center-desktop-flow-audit-logs.md",
    "2023-08-04",
)
RUN_LOGS: Final = Source(
    "Configure desktop flow logs",
    "MicrosoftDocs/power-automate-docs/articles/desktop-flows/configure-desktop-flow-logs.md",
    "2026-01-13",
)

SESSIONS: Final = "flowsession"

AUTOMATION_TABLES: Final = {
    SESSIONS: "Flow Session",
    "flowmachine": "Flow Machine",
    "flowmachinegroup": "Flow Machine Group",
    "workqueue": "Work Queue",
    "workqueueitem": "Work Queue Item",
    "desktopflowmodule": "Desktop Flow Module",
    "desktopflowbinary": "Desktop Flow Binary",
    "flowmachineimage": "Flow Machine Image",
    "flowmachineimageversion": "Flow Machine Image Version",
    "flowmachinenetwork": "Flow Machine Network",
}
"""The tables that the Automation Kit audits, by logical name, with what people call them."""

COMPONENT_TABLES: Final = {
    "credential": "Credential",
    "connectionreference": "Connection Reference",
    "environmentvariabledefinition": "Environment Variable Definition",
    "environmentvariablevalue": "Environment Variable Value",
}
"""Further tables with components of flows. No page says that they can be audited, so they are
spoken of only where a snapshot tells."""

TABLE_SOURCES: Final = (KIT, SECURE)

PROCESS_NAME: Final = "Process"
PROCESS_TABLE: Final = PROCESS
PROCESS_WHY: Final = mark(
    "governance",
    "The table Process (workflow), in which desktop flows are stored, is one of the tables that "
    "cannot be audited, and that cannot be changed. So the audit log does not say who changed a "
    "flow.",
)
PROCESS_INSTEAD: Final = mark(
    "governance",
    "Our suggestion: export the solution after every change and keep the exports in a place that "
    "records who put them there, such as source control.",
)
PROCESS_DIFFERS: Final = mark(
    "governance",
    "The snapshot says otherwise of this environment: that its auditing is on or can be changed. "
    "The page that lists what cannot be audited names it. Ask your administrator before you rely "
    "on either.",
)

RETENTION_APPLIES: Final = mark(
    "governance",
    "A changed period holds for new records only: those that are there keep the period that they "
    "were written with.",
)
RETENTION_DIFFERS: Final = mark(
    "governance",
    "Microsoft's pages differ on what holds where nothing was set: for ever, and at most 24,855 "
    "days (administrator's guide), or 30 days, and at most 365,000 (developer's guide). Set a "
    "period yourself rather than rely on either.",
)
NOT_READS: Final = mark(
    "governance",
    "Auditing records who creates, changes, deletes and shares rows. It does not record who reads "
    "or exports them.",
)
SESSION_LOGS: Final = mark(
    "governance",
    "This records changes to the rows of runs. What a run logs of its actions is not audited where "
    "logs are kept in the older way (V1).",
)
BOTH_LEVELS: Final = mark(
    "governance",
    "Auditing must be on for the environment and for the table, and in it for the columns that "
    "matter.",
)

ROLES: Final = mark("governance", "You need the role System Administrator or System Customizer.")

ENVIRONMENT_STEPS: Final = (
    mark(
        "governance",
        "Sign in to the Power Platform admin center (admin.powerplatform.microsoft.com) as an "
        "administrator.",
    ),
    mark("governance", "Open Environments, select the environment, then Settings."),
    mark("governance", "Expand Audit and logs, and open Audit settings."),
    mark("governance", "Select Start Auditing."),
    mark("governance", "Under Retain these logs for, choose how long to keep them."),
    mark("governance", "Select Save."),
)
RETENTION_STEPS: Final = (
    *ENVIRONMENT_STEPS[:3],
    ENVIRONMENT_STEPS[4],
    ENVIRONMENT_STEPS[5],
)
LOG_ACCESS_STEPS: Final = (
    *ENVIRONMENT_STEPS[:3],
    mark("governance", "Select Log access. It needs Start Auditing to be on."),
    ENVIRONMENT_STEPS[5],
)
TABLE_STEPS: Final = (
    mark("governance", "Sign in to Power Apps (make.powerapps.com) and select the environment."),
    mark("governance", "Open Dataverse > Tables and select the table {table} ({name})."),
    mark("governance", "Select Edit, then Edit table properties."),
    mark("governance", "Expand Advanced options and select Audit changes to its data."),
    mark("governance", "Select Save."),
    mark(
        "governance",
        "Under Schema, open Columns. For every column that matters, expand Advanced options, "
        "select Enable auditing and save.",
    ),
)
IN_SOLUTION: Final = mark(
    "governance",
    "For a table of your own, do this in the solution where it is developed, so that the setting "
    "travels with it.",
)
