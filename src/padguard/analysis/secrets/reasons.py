"""Why a part of a text is thought a secret: one sentence for each way of finding one."""

from padguard.foundation.messages import mark

CONNECTION = mark(
    "analysis", "This connection string holds the value of {name} for everyone to read."
)
URL_PASSWORD = mark(
    "analysis", "The web address holds a password in front of the @ sign; it is sent and logged."
)
URL_QUERY = mark(
    "analysis", "The web address holds a secret in its parameter {name}; addresses are logged."
)
URL_SIGNATURE = mark(
    "analysis",
    "The parameter {name} of this web address is a signature: whoever has the address has access.",
)
HEADER = mark("analysis", "The header {name} carries a secret that is written out here.")
BASIC = mark(
    "analysis", "Basic authentication only encodes user name and password; anyone can decode them."
)
COOKIE = mark("analysis", "The cookie {name} is a signed-in session; who has it needs no password.")
SWITCH = mark("analysis", "On this command line, {name} is followed by a secret in clear text.")
POSITION = mark(
    "analysis", "The command {name} takes a password at this place, and it is written out."
)
FIELD = mark("analysis", "The field {name} says that its value is a secret, and it is written out.")
ASSIGNED = mark(
    "analysis", "The script sets {name}, which by its name is a secret, to text written out here."
)
ARGUMENT = mark("analysis", "{name} takes a secret at this place, and it is written out.")
COMPARED = mark("analysis", "The secret {name} is compared with text written out here.")
STATEMENT = mark("analysis", "This SQL statement holds a password in clear text ({name}).")
SAID = mark("analysis", "The text says what the {name} is.")
TYPED = mark(
    "analysis", "A password is typed as keys, so it stands in the flow for everyone to read."
)
TYPED_INTO = mark("analysis", "This text is typed into {name}, which takes a secret.")
FORM = mark("analysis", "The text has the form of a secret: {title}.")
FORM_CHECKED = mark(
    "analysis", "The text has the form of a secret ({title}), and its checksum is right."
)
IDENTIFIER = mark(
    "analysis",
    "The text has the form of an identifier ({title}); keep it with its secret in a credential.",
)
PRIVATE_KEY = mark("analysis", "A private key is written out here.")
