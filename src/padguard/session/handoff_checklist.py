"""What a person does with a secret that was taken out of a flow, step by step."""

from enum import Enum
from typing import Final

from padguard.fixes.plan import Instruction
from padguard.foundation.messages import Message, mark


class Store(Enum):
    """Where a credential of Power Automate gets its secret from."""

    AZURE_KEY_VAULT = "azure-key-vault"
    CYBERARK = "cyberark"


# Pages of Microsoft, with the date of the version that was read.
_DOCS: Final = "MicrosoftDocs/power-automate-docs"
KEY_VAULT_PAGE: Final = f"{_DOCS}, create-AzureKeyVault-credential.md (04/11/2025)"
CYBERARK_PAGE: Final = f"{_DOCS}, create-cyberark-credential.md (05/11/2026)"
GET_CREDENTIAL_PAGE: Final = (
    f"{_DOCS}, actions-reference/powerautomatesecretvariables.md (04/11/2025)"
)
VARIABLES_PAGE: Final = f"{_DOCS}, articles/desktop-flows/manage-variables.md (01/16/2024)"
ACCESS_PAGE: Final = f"{_DOCS}, articles/desktop-flows/manage.md (12/07/2022)"
SECRETS_PAGE: Final = (
    "MicrosoftDocs/powerapps-docs, EnvironmentVariables-azure-key-vault-secrets.md (03/31/2025)"
)

VAULT_SECRET = mark(
    "session",
    "Put the secret into a Key Vault of your own tenant. Give the role “Key Vault Secrets User” on "
    "it to the people who work with the credential and to Dataverse (service principal "
    "00000007-0000-0000-c000-000000000000); “Reader” is not enough. The subscription needs the "
    "resource provider Microsoft.PowerPlatform.",
)
VAULT_VARIABLES = mark(
    "session",
    "Create two environment variables: one of type text for the user name, and one of type secret "
    "for the password. The secret one asks for the subscription id, the resource group, the name "
    "of the vault and the name of the secret; it holds only this reference.",
)
VAULT_CREDENTIAL = mark(
    "session",
    "Create the credential “{credential}” with Azure Key Vault, choose “Desktop flow” as the place "
    "of use, and choose the two environment variables. Choose with care: they cannot be exchanged "
    "in a credential that exists. Credentials are not available in US government clouds.",
)
CYBERARK_VARIABLE = mark(
    "session",
    "Put the secret into CyberArk, and create an environment variable of type text for the user "
    "name.",
)
CYBERARK_STORE = mark(
    "session",
    "Set up the CyberArk store: server address, application id, safe and, if you use one, folder.",
)
CYBERARK_CREDENTIAL = mark(
    "session",
    "Create the credential “{credential}” with CyberArk, choose “Desktop flows” as the place of "
    "use, the store, the name of the object that holds the secret, and the environment variable of "
    "the user name. Credentials are not available in US government clouds.",
)
USABLE = mark(
    "session",
    "Check that the action Get credential offers “{credential}” in the designer: it lists only "
    "credentials for desktop flows. The flow needs a registered machine, even when you run it "
    "yourself.",
)
SHARE = mark(
    "session",
    "Share “{credential}” with those who need it, each in the least role that does: “User (view)”, "
    "“User (view and share)” or “Co-owner”. Its environment variables are shared along. When you "
    "take the access away again, take it from the environment variables, too.",
)
ROTATE = mark(
    "session",
    "Change the secret in the system that it opens, and put the new one where “{credential}” gets "
    "it from. Everybody who could read the flow could read the old one, and may have copied the "
    "flow.",
)
CLEAR_EXPORTS = mark(
    "session",
    "Remove the exports and the copies of the flow that were made before: the old secret is "
    "readable in all of them.",
)
CLEAR_HISTORY = mark(
    "session",
    "Remove the run history that shows the secret, or have an administrator remove it: the values "
    "of variables that were not marked as sensitive are kept there.",
)
DELETE_HAND_OFF = mark(
    "session",
    "Delete the hand-off of “{credential}” here. The secret has a better place now, and nothing "
    "needs this one any more.",
)
OWN_STEP: Final = "PAD Guard"
"""The source of a step that no page has: PAD Guard itself."""

_CREATE: Final[dict[Store, tuple[tuple[Message, str], ...]]] = {
    Store.AZURE_KEY_VAULT: (
        (VAULT_SECRET, SECRETS_PAGE),
        (VAULT_VARIABLES, KEY_VAULT_PAGE),
        (VAULT_CREDENTIAL, KEY_VAULT_PAGE),
    ),
    Store.CYBERARK: (
        (CYBERARK_VARIABLE, CYBERARK_PAGE),
        (CYBERARK_STORE, CYBERARK_PAGE),
        (CYBERARK_CREDENTIAL, CYBERARK_PAGE),
    ),
}
_PAGE: Final = {Store.AZURE_KEY_VAULT: KEY_VAULT_PAGE, Store.CYBERARK: CYBERARK_PAGE}
_AFTERWARDS: Final[tuple[tuple[Message, str], ...]] = (
    (ROTATE, ACCESS_PAGE),
    (CLEAR_EXPORTS, VARIABLES_PAGE),
    (CLEAR_HISTORY, VARIABLES_PAGE),
    (DELETE_HAND_OFF, OWN_STEP),
)


def handoff_checklist(credential: str, store: Store) -> tuple[Instruction, ...]:
    """Return what a person does until the flow can do without the hand-off, in order.

    Args:
        credential: Name of the credential.
        store: Where it gets its secret from.
    """
    usage = ((USABLE, GET_CREDENTIAL_PAGE), (SHARE, _PAGE[store]))
    return tuple(
        Instruction(text(credential=credential), source=page)
        for text, page in (*_CREATE[store], *usage, *_AFTERWARDS)
    )
