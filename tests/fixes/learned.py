"""Templates as they might be learned; how the designer really writes these actions is unknown."""

from padguard.fixes.template import Template, Templates

TEMPLATES = Templates(
    credential=Template(
        "Vault.GetCredential CredentialName: {credential} Timeout: 0 Credential=> {variable}",
        "2.60.0.0",
    ),
)
