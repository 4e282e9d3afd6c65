"""Judgements about single parameters that matter, one by one."""

import pytest

from padguard.catalog.roles import Channel, Condition, Origin, roles_of


@pytest.mark.parametrize(
    ("action_id", "name", "secret"),
    [
        ("Email.SendEmail.AuthenticateAndSend", "Password", True),
        ("Email.SendEmail.AuthenticateAndSend", "Username", False),
        ("Email.RetrieveEmails.Retrieve", "Password", True),
        ("Exchange.ConnectToExchangeServer.ConnectWithCredentials", "Password", True),
        ("Web.InvokeWebService.InvokeWebServiceUseAuth", "Password", True),
        ("Web.InvokeWebService.InvokeWebService", "CustomHeaders", False),
        ("Web.DownloadFromWeb.DownloadUseAuth", "Password", True),
        ("Web.DownloadFromWeb.DownloadUseAuth", "UserName", False),
        ("Database.Connect.Connect", "ConnectionString", False),
        ("Cryptography.EncryptText.EncryptTextWithAES", "EncryptionKey", True),
        ("Cryptography.DecryptText.DecryptTextWithAESUseSalt", "DecryptionKey", True),
        ("Cryptography.DecryptText.DecryptTextWithAESUseSalt", "Salt", False),
        ("Cryptography.HashTextWithKey", "HashKey", True),
        ("Cyberark.GetPassword.GetPasswordWithFileCertificate", "CertificateFilePassword", True),
        ("Cyberark.GetPassword.GetPassword", "ApplicationId", False),
        ("PGP.PgpDecryptFile.PgpDecryptFilePrivateKeyAsText", "PrivateKeyText", True),
        ("PGP.PgpDecryptFile.PgpDecryptFile", "PrivateKeyFilePath", False),
        ("PGP.PgpEncryptFile.PgpEncryptFilePublicKeyAsText", "PublicKeyText", False),
        ("Excel.LaunchExcel.LaunchAndOpen", "ReadProtectionPassword", True),
        ("Word.LaunchWord.LaunchAndOpen", "WriteProtectionPassword", True),
        ("Pdf.MergeFiles", "Passwords", True),
        ("Pdf.MergeFiles", "PasswordDelimiter", False),
        ("FTP.OpenConnection", "Password", True),
        ("FTP.OpenSecureConnection.ConnectWithSftpPrivateKey", "PathToPrivateKey", False),
        (
            "FTP.OpenSecureConnection.ConnectWithSftpPrivateKeyAndPassPhrase",
            "PrivateKeyPassPhrase",
            True,
        ),
        ("Compression.ZipFiles", "Password", True),
        ("LLM.InvokeLLM", "ApiKey", True),
        ("ComputerUse.InvokeComputerUse", "ApiKey", True),
    ],
)
def test_where_a_secret_belongs(action_id: str, name: str, secret: bool) -> None:
    role = roles_of(action_id).input(name)
    assert role.secret is secret
    assert not (secret and role.carries)


@pytest.mark.parametrize(
    ("action_id", "name", "channel"),
    [
        ("Display.ShowMessageDialog.ShowMessage", "Message", Channel.SCREEN),
        ("Display.InputDialog", "DefaultValue", Channel.SCREEN),
        ("Display.SelectFromListDialog.SelectFromList", "List", Channel.SCREEN),
        ("Display.ShowCustomDialog", "CardTemplateJson", Channel.SCREEN),
        ("Logging.LogMessage", "Message", Channel.LOG),
        ("FlowControl.ThrowCustomError", "CustomErrorMessage", Channel.LOG),
        ("Clipboard.SetText", "Text", Channel.CLIPBOARD),
        ("Email.SendEmail.Send", "Body", Channel.MAIL),
        ("Email.SendEmail.Send", "SendTo", None),
        ("Outlook.SendEmailThroughOutlook.SendEmail", "Subject", Channel.MAIL),
        ("Exchange.SendMessage", "Body", Channel.MAIL),
        ("Web.InvokeWebService.InvokeWebService", "Url", Channel.HTTP),
        ("Web.InvokeWebService.InvokeWebServicePost", "RequestBody", Channel.HTTP),
        ("Web.InvokeWebService.InvokeWebService", "CustomHeaders", None),
        ("Web.DownloadFromWeb.DownloadUsePost", "Parameters", Channel.HTTP),
        ("WorkQueues.EnqueueWorkQueueItem.WithoutUniqueId", "Value", Channel.QUEUE),
        ("WorkQueues.UpdateProcessingNotes.WithProcessingNotes", "ProcessingNotes", Channel.QUEUE),
        ("System.RunApplication.RunApplication", "CommandLineArguments", Channel.COMMAND_LINE),
        ("System.SetEnvironmentVariable", "Value", Channel.ENVIRONMENT),
        ("Scripting.RunDOSCommand.RunDOSCommand", "DOSCommandOrApplication", Channel.COMMAND_LINE),
        ("Scripting.RunPowershellScript.RunScript", "Script", Channel.SCRIPT),
        ("Scripting.RunDotNetScript", "Script", Channel.SCRIPT),
        ("Cmd.Write", "Command", Channel.COMMAND_LINE),
        ("Database.ExecuteSqlStatement.Execute", "Statement", Channel.SCRIPT),
        ("Database.ExecuteSqlStatement.ConnectAndExecute", "ConnectionString", None),
        ("Cryptography.EncryptText.EncryptTextWithAES", "TextToEncrypt", None),
        ("File.WriteText", "TextToWrite", Channel.FILE),
        ("File.WriteToCSVFile.WriteCSV", "VariableToWrite", Channel.FILE),
        ("Excel.WriteToExcel.WriteCell", "Value", Channel.DOCUMENT),
        ("Word.WriteToWord.WriteEndOfDocument", "Text", Channel.DOCUMENT),
        ("LLM.InvokeLLM", "UserPrompt", Channel.AI),
        ("ComputerUse.InvokeComputerUse", "Prompt", Channel.AI),
        ("Variables.ConvertCustomObjectToJson", "CustomObject", None),
    ],
)
def test_where_a_value_becomes_visible(action_id: str, name: str, channel: Channel | None) -> None:
    assert roles_of(action_id).input(name).channel is channel


@pytest.mark.parametrize(
    ("action_id", "name", "text"),
    [
        ("Database.Connect.Connect", "ConnectionString", "connection-string"),
        ("Database.ExecuteSqlStatement.Execute", "Statement", "sql"),
        ("Web.InvokeWebService.InvokeWebService", "CustomHeaders", "headers"),
        ("Web.DownloadFromWeb.Download", "Url", "url"),
        ("Web.InvokeSoapService.InvokeSoapService", "RequestBody", "xml"),
        ("System.RunApplication.RunApplication", "CommandLineArguments", "command-line"),
        ("Scripting.RunDOSCommand.RunDOSCommand", "DOSCommandOrApplication", "dos"),
        ("Scripting.RunPythonScript.RunPythonScript", "PythonCode", "python"),
        ("Scripting.RunVBScript.RunVBScript", "VBScriptCode", "vbscript"),
        ("Scripting.RunJavascript.RunJavascript", "JavascriptCode", "javascript"),
        ("Display.ShowCustomDialog", "CardTemplateJson", "json"),
        ("Logging.LogMessage", "Message", ""),
    ],
)
def test_what_kind_of_text_stands_there(action_id: str, name: str, text: str) -> None:
    assert roles_of(action_id).input(name).text == text


@pytest.mark.parametrize(
    ("action_id", "given", "result", "comes_out"),
    [
        ("Text.Replace.ReplaceText", "Text", "Result", True),
        ("Text.Replace.ReplaceText", "ReplaceWith", "Result", True),
        ("Text.Replace.ReplaceText", "TextToFind", "Result", False),
        ("Text.JoinText.JoinWithCustomDelimiter", "List", "Result", True),
        ("Text.SplitText.SplitWithDelimiter", "Text", "Result", True),
        ("Text.SplitText.SplitWithDelimiter", "CustomDelimiter", "Result", False),
        ("Text.ParseText.Parse", "Text", "OccurrencePositions", False),
        ("Text.ParseText.RegexParse", "Text", "Matches", True),
        ("Text.ToNumber", "Text", "Number", True),
        ("Text.FromNumber", "Number", "FormattedNumber", True),
        ("Variables.ConvertJsonToCustomObject", "Json", "CustomObject", True),
        ("Variables.FilterDataTable", "FilterParameters", "FilteredDataTable", False),
        ("Variables.SubtractLists", "SecondList", "OutputList", False),
        (
            "Variables.FindOrReplaceInDataTable.FindItemInDataTableEverywhere",
            "DataTable",
            "DataTableMatches",
            False,
        ),
        ("Cryptography.HashText", "TextToHash", "HashedText", False),
        ("Cryptography.EncryptText.EncryptTextWithAES", "TextToEncrypt", "EncryptedText", False),
        ("Web.InvokeWebService.InvokeWebService", "RequestBody", "Response", False),
        ("Web.InvokeWebService.InvokeWebService", "CustomHeaders", "Response", False),
        ("Database.ExecuteSqlStatement.ConnectAndExecute", "ConnectionString", "Result", False),
        ("Database.ExecuteSqlStatement.Execute", "Statement", "Result", False),
        ("Database.Connect", "ConnectionString", "Connection", False),
        ("Pdf.ExtractTextFromPDF.ExtractText", "Password", "ExtractedText", False),
        ("Email.RetrieveEmails.Retrieve", "Password", "RetrievedEmails", False),
        ("Excel.LookupRange.LookupRangeNamedCellArray", "LookupValue", "Result", False),
        ("Scripting.RunPowershellScript.RunScript", "Script", "ScriptOutput", True),
        (
            "Scripting.RunDOSCommand.RunDOSCommand",
            "DOSCommandOrApplication",
            "StandardOutput",
            True,
        ),
        ("WorkQueues.EnqueueWorkQueueItem.WithoutUniqueId", "Value", "WorkQueueItem", True),
        ("LLM.InvokeLLM", "UserPrompt", "Response", True),
        ("Display.InputDialog", "Message", "UserInput", False),
        ("Display.InputDialog", "DefaultValue", "UserInput", True),
        ("Display.ShowMessageDialog.ShowMessage", "Message", "ButtonPressed", False),
    ],
)
def test_what_comes_out(action_id: str, given: str, result: str, comes_out: bool) -> None:
    roles = roles_of(action_id)
    assert (roles.input(given).carries and roles.output(result).receives) is comes_out


@pytest.mark.parametrize(
    ("action_id", "changed", "stays"),
    [
        ("Variables.AddItemToList", "List", True),
        ("Variables.ModifyDataTableItem", "DataTable", True),
        ("Variables.IncreaseVariable", "Value", True),
        ("Variables.ClearList", "List", False),
        ("Variables.ClearDataTable", "DataTable", False),
    ],
)
def test_what_stays_in_a_variable_that_is_changed(
    action_id: str, changed: str, stays: bool
) -> None:
    assert roles_of(action_id).input(changed).carries is stays


@pytest.mark.parametrize(
    ("action_id", "name", "origin", "when"),
    [
        ("Cyberark.GetPassword.GetPassword", "Password", Origin.VAULT, None),
        ("Cyberark.GetPassword.GetPassword", "PlainTextPassword", Origin.VAULT, None),
        ("Cyberark.GetPassword.GetPasswordWithStoreCertificate", "Response", Origin.VAULT, None),
        (
            "Cryptography.DecryptText.DecryptTextWithAES",
            "DecryptedText",
            Origin.DECRYPTED,
            None,
        ),
        (
            "Display.InputDialog",
            "UserInput",
            Origin.DIALOG,
            Condition("inputtype", "Password"),
        ),
        ("Text.Random", "RandomText", Origin.GENERATED, Condition("usesymbols", "True")),
        ("Clipboard.GetText", "Text", None, None),
        ("System.GetEnvironmentVariable.GetEnvironmentVariable", "Value", None, None),
        ("Web.InvokeWebService.InvokeWebService", "Response", None, None),
        ("File.ReadTextFromFile.ReadText", "Content", None, None),
    ],
)
def test_what_is_sensitive_by_its_nature(
    action_id: str, name: str, origin: Origin | None, when: Condition | None
) -> None:
    role = roles_of(action_id).output(name)
    assert role.origin is origin
    assert role.when == when


@pytest.mark.parametrize(
    ("action_id", "conditions", "always"),
    [
        (
            "Email.SendEmail.AuthenticateAndSend",
            {("enablessl", "False"), ("acceptuntrustedcertificates", "True")},
            False,
        ),
        ("Email.SendEmail.Send", set(), False),
        (
            "Web.InvokeWebService.InvokeWebServiceUseAuth",
            {("acceptuntrustedcertificates", "True")},
            False,
        ),
        (
            "Cyberark.GetPassword.GetPassword",
            {("acceptuntrustedcertificates", "True")},
            False,
        ),
        ("FTP.OpenConnection", set(), True),
        (
            "FTP.OpenSecureConnection.ConnectWithFtpsExplicit",
            {("acceptuntrustedcertificates", "True")},
            False,
        ),
        ("FTP.OpenSecureConnection.ConnectWithSftpUsernameAndPassword", set(), False),
    ],
)
def test_when_credentials_travel_unprotected(
    action_id: str, conditions: set[tuple[str, str]], always: bool
) -> None:
    roles = roles_of(action_id)
    assert {(found.input, found.equals) for found in roles.insecure} == conditions
    assert roles.always_insecure is always
