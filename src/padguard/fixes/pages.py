"""The pages that steps are taken from: title, and where the text is kept."""

from typing import Final

_DOCS: Final = "MicrosoftDocs/power-automate-docs/articles"

VARIABLES: Final = f"Manage variables ({_DOCS}/desktop-flows/manage-variables.md)"
SECURE_DATA: Final = (
    f"Secure your data ({_DOCS}/guidance/desktop-flow-coding-guidelines/secure-your-data.md)"
)
UI_ELEMENTS: Final = f"Automate using UI elements ({_DOCS}/desktop-flows/ui-elements.md)"
CUSTOM_FORMS: Final = f"Create custom forms ({_DOCS}/desktop-flows/custom-forms.md)"
FLOW_SIZE: Final = (
    f"Reduce the size of desktop flows ({_DOCS}/desktop-flows/how-to/reduce-flow-size.md)"
)
SENSITIVE_INPUT: Final = f"Manage sensitive input ({_DOCS}/how-tos-use-sensitive-input.md)"
KEY_VAULT: Final = (
    "Use environment variables for Azure Key Vault secrets (MicrosoftDocs/powerapps-docs/"
    "powerapps-docs/maker/data-platform/EnvironmentVariables-azure-key-vault-secrets.md)"
)
ERRORS: Final = f"Handle errors in desktop flows ({_DOCS}/desktop-flows/errors.md)"
CLIPBOARD: Final = f"Clipboard actions ({_DOCS}/desktop-flows/actions-reference/clipboard.md)"
FTP: Final = f"FTP actions ({_DOCS}/desktop-flows/actions-reference/ftp.md)"
EMAIL: Final = f"Email actions ({_DOCS}/desktop-flows/actions-reference/email.md)"
DLP: Final = f"Data loss prevention policies ({_DOCS}/desktop-flows/data-loss-prevention.md)"
CREDENTIALS: Final = (
    "Create an Azure Key Vault credential "
    f"({_DOCS}/desktop-flows/create-AzureKeyVault-credential.md)"
)
CONNECTIONS: Final = (
    "Share desktop flows that contain connector actions "
    f"({_DOCS}/desktop-flows/how-to/share-desktop-flows-that-contain-connector-actions.md)"
)
