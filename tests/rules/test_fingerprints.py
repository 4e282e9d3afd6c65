"""A fingerprint stays what it is while the flow is edited elsewhere."""

from hypothesis import given
from hypothesis import strategies as st

from tests_rules_findings import findings

BODY = [
    "SET ApiKey TO $'''q8Zr-77Lm-pomelo'''",
    "FTP.OpenConnection Host: $'''h''' Port: 21 Username: $'''u''' Password: $'''Kx8!pomelo''' Connection=> Ftp",
    "SET Text TO $'''x%Pw%'''",
    "Logging.LogMessage Message: Text LogLevel: Logging.LogLevel.InfoLevel",
    "IF A = 1 THEN",
    "    WAIT 900",
    "    Logging.LogMessage Message: Pw LogLevel: Logging.LogLevel.InfoLevel",
    "END",
    "# the password is Kx8!pomelo",
    "Display.ShowMessageDialog.ShowMessage Message: $'''%Pw%'''",
    "Display.ShowMessageDialog.ShowMessage Message: $'''%Pw%'''",
]
OTHERS = [
    "WAIT 1",
    "# a remark",
    "SET Count TO 1",
    "Text.ToUpper Text: Town Result=> Town",
    "LOOP FOREACH Item IN Items\nWAIT 2\nEND",
    "**REGION Work\n**ENDREGION",
    "",
]
