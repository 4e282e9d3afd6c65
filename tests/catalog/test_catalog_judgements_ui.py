"""Judgements about single parameters of actions on screens, pages, hosts and cloud services."""

import pytest

from padguard.catalog.lookup import load
from padguard.catalog.roles import Channel, roles_of


@pytest.mark.parametrize(
    ("action_id", "name", "secret"),
    [
        ("AWS.CreateEc2Session.CreateEc2SessionWithAccessKeys", "Secret", True),
        ("AWS.CreateEc2Session.CreateEc2SessionWithAccessKeys", "AccessKeyId", False),
        ("Access.LaunchAccess.LaunchExistingDbInUserControlMode", "Password", True),
        ("ActiveDirectory.ConnectToServer.ConnectToServerWithAuthentication", "Password", True),
        ("ActiveDirectory.ConnectToServer.ConnectToServerWithAuthentication", "Username", False),
        ("ActiveDirectory.CreateUser", "Password", True),
        ("ActiveDirectory.ModifyUser.ResetUserPassword", "NewPassword", True),
        ("Azure.CreateSession", "ClientSecret", True),
        ("Azure.CreateSession", "ClientId", False),
        ("GoogleCognitive.AnalyzeEntitiesGoogle.AnalyzeEntitiesFromFile", "APIKey", True),
        ("IBMCognitive.TranslateIBM.TranslateWithModelId", "ApiKey", True),
        ("IBMCognitive.ConvertDocumentIBM.ConvertToText", "Password", True),
        ("IBMCognitive.ConvertDocumentIBM.ConvertToText", "Username", False),
        ("MicrosoftCognitive.OCRMicrosoft.OCRFromURL", "SubscriptionKey", True),
        ("MicrosoftCognitive.SpellCheckMicrosoft", "SubscriptionKey", True),
        ("SAP.SapLogin.SapLogInOptionMultiple", "Password", True),
        ("SAP.SapLogin.SapSSOLogInOptionMultiple", "Username", False),
    ],
)
def test_where_a_secret_belongs(action_id: str, name: str, secret: bool) -> None:
    role = roles_of(action_id).input(name)
    assert role.secret is secret
    assert not (secret and (role.carries or role.channel))


@pytest.mark.parametrize(
    ("action_id", "name", "text"),
    [
        ("MouseAndKeyboard.SendKeys.FocusAndSendKeys", "TextToSend", "keys"),
        ("MouseAndKeyboard.SendKeys.FocusAndSendKeysByControl", "TextToSend", "keys"),
        ("SAP.PopulateTextField", "TextValue", ""),
        ("TerminalEmulation.SetTextOnTerminalSession.SetTextOnFieldWithLabel", "Text", ""),
        ("UIAutomation.PopulateTextField", "Text", ""),
        ("UIAutomation.PopulateTextField.SimulatePopulateTextField", "Text", ""),
        ("WebAutomation.PopulateTextField.PopulateTextFieldUsePhysicalKeyboard", "Text", ""),
    ],
)
def test_what_is_typed_is_ordinary_text_as_well(action_id: str, name: str, text: str) -> None:
    """It accepts an encrypted value, yet a literal in it is no secret for that alone."""
    form = load().form(action_id)
    parameter = form.input(name) if form else None
    assert parameter is not None
    assert parameter.secret
    role = roles_of(action_id).input(name)
    assert not role.secret
    assert role.channel is Channel.TYPED
    assert role.text == text


@pytest.mark.parametrize(
    ("action_id", "name", "channel"),
    [
        ("AWS.CreateSnapshot", "Description", Channel.HTTP),
        ("AWS.CreateSnapshot", "VolumeId", None),
        (
            "Access.RunAccessMacro.RunAccessVBAMacroWithParameters",
            "MacroParameters",
            Channel.SCRIPT,
        ),
        (
            "Access.RunAccessQuery.RunAccessActionQueryWithParameters",
            "QueryParameters",
            Channel.DOCUMENT,
        ),
        ("Access.RunAccessQuery.RunAccessSelectQueryWithParameters", "QueryParameters", None),
        ("ActiveDirectory.CreateGroup", "Description", Channel.DIRECTORY),
        ("ActiveDirectory.UpdateUserInfo", "Title", Channel.DIRECTORY),
        ("ActiveDirectory.UpdateUserInfo", "DistinguishedName", None),
        ("IBMCognitive.AnalyzeToneIBM.AnalyzeFromText", "Text", Channel.AI),
        ("MicrosoftCognitive.TagImageMicrosoft.TagImageFromURL", "ImageUrl", Channel.AI),
        ("PowerPoint.WriteToPowerPoint.WriteToFirstSlide", "Text", Channel.DOCUMENT),
        ("SAP.ClickSapGuiElement.ComboBoxSelected", "ComboboxValue", Channel.TYPED),
        ("SAP.StartTransaction", "TransactionCode", None),
        ("UIAutomation.IfWindowContains.WindowContainsText", "Text", None),
        ("UIAutomation.FocusWindow.FocusByTitleClass", "Title", None),
        ("WebAutomation.GoToWebPage.GoToWebPage", "Url", Channel.HTTP),
        ("WebAutomation.LaunchEdge.LaunchEdge", "Url", Channel.HTTP),
        ("WebAutomation.LaunchChrome.AttachToChromeByUrl", "TabUrl", None),
        ("WebAutomation.CreateNewTab.CreateNewTab", "Url", Channel.HTTP),
        ("WebAutomation.ExecuteJavascript", "Javascript", Channel.SCRIPT),
        ("XML.WriteXmlToFile.WriteToFile", "Xml", Channel.FILE),
        ("XML.SetElementValue", "ElementValue", None),
    ],
)
def test_where_a_value_becomes_visible(action_id: str, name: str, channel: Channel | None) -> None:
    assert roles_of(action_id).input(name).channel is channel


@pytest.mark.parametrize(
    ("action_id", "name", "text"),
    [
        ("Azure.CreateManagedDisk.CreateManagedDiskFromStorageBlob", "BlobUrl", "url"),
        ("GoogleCognitive.TextDetectionGoogle.TextDetectionFromGCS", "ImageUrl", "url"),
        ("SAP.SapLogin.SapLogInAdvancedConnectionOptionSingle", "Server", "sap"),
        ("WebAutomation.LaunchFirefox.LaunchFirefoxNoWait", "Url", "url"),
        ("WebAutomation.LaunchChrome.AttachToChromeByUrl", "TabUrl", "url"),
        ("WebAutomation.ExecuteJavascript", "Javascript", "javascript"),
        ("XML.ExecuteXPathQuery.ExecuteXPath", "XmlDocument", "xml"),
    ],
)
def test_what_kind_of_text_stands_there(action_id: str, name: str, text: str) -> None:
    assert roles_of(action_id).input(name).text == text


@pytest.mark.parametrize(
    ("action_id", "given", "result", "comes_out"),
    [
        ("AWS.CreateSnapshot", "Description", "Snapshot", True),
        ("AWS.DescribeEC2Instance", "InstanceIds", "Ec2Instances", False),
        ("Access.ReadAccessTable", "TableName", "Result", False),
        ("ActiveDirectory.GetGroupMembers", "DistinguishedName", "GroupMembers", False),
        ("IBMCognitive.TranslateIBM.TranslateWithModelId", "Text", "Response", True),
        ("IBMCognitive.TranslateIBM.TranslateWithModelId", "ApiKey", "Response", False),
        ("IBMCognitive.IdentifyLanguageIBM", "Text", "Response", False),
        ("MicrosoftCognitive.SpellCheckMicrosoft", "Text", "Response", True),
        ("GoogleCognitive.AnalyzeSyntaxGoogle.AnalyzeSyntaxFromGCS", "GcsUrl", "Response", False),
        ("SAP.GetSapElementDetail", "ElementId", "AttributeValue", False),
        (
            "TerminalEmulation.GetTextFromTerminalSession.GetTextFromFieldWithLabel",
            "FieldLabel",
            "Text",
            False,
        ),
        ("UIAutomation.GetElementDetails", "AttributeName", "AttributeValue", False),
        ("WebAutomation.ExtractData.ExtractTable", "Control", "ExtractedData", False),
        ("WebAutomation.ExecuteJavascript", "Javascript", "Result", True),
        ("WebAutomation.LaunchEdge.LaunchEdge", "Url", "BrowserInstance", False),
        ("XML.ExecuteXPathQuery.ExecuteXPath", "XmlDocument", "XPathResults", True),
        ("XML.ExecuteXPathQuery.ExecuteXPath", "XPathQuery", "XPathResults", False),
        ("XML.GetXmlElementValue.GetElementValue", "Document", "TextValue", True),
        ("XML.GetXmlElementValue.GetElementValueAsNumeric", "Document", "NumericValue", True),
        ("XML.GetXmlElementValue.GetElementValueAsBoolean", "Document", "BooleanValue", False),
        ("XML.ReadFromFile", "File", "XmlDocument", False),
    ],
)
def test_what_comes_out(action_id: str, given: str, result: str, comes_out: bool) -> None:
    roles = roles_of(action_id)
    assert (roles.input(given).carries and roles.output(result).receives) is comes_out


@pytest.mark.parametrize(
    ("action_id", "name", "stays"),
    [
        ("XML.SetElementValue", "Document", True),
        ("XML.SetElementValue", "ElementValue", True),
        ("XML.SetElementAttribute", "AttributeValue", True),
        ("XML.SetElementAttribute", "XPathQuery", False),
        ("XML.InsertElement", "Element", True),
        ("XML.RemoveElement", "Document", True),
    ],
)
def test_what_stays_in_a_document_that_is_changed(action_id: str, name: str, stays: bool) -> None:
    assert roles_of(action_id).input(name).carries is stays


@pytest.mark.parametrize(
    ("action_id", "name"),
    [
        ("OCR.ExtractTextWithOCR.ExtractTextFromScreen", "OcrText"),
        ("UIAutomation.ExtractDataFromWindow.ExtractData", "ExtractedData"),
        ("WebAutomation.GetDetailsOfWebPage", "Details"),
        ("PowerAutomateEnvironment.GetFlowMetadata", "FlowName"),
        ("MicrosoftCognitive.OCRMicrosoft.OCRFromFile", "Response"),
    ],
)
def test_what_is_read_is_not_sensitive_by_itself(action_id: str, name: str) -> None:
    assert roles_of(action_id).output(name).origin is None
