"""The smaller parts of the sample: a table, environment variables and desktop flow binaries."""

from sample.elements import control_repository, indented, screenshot_path
from sample.picture import sign_in_window
from sample.scripts import SampleFlow, compact, connectors, manifest
from sample.solution import crlf

ATTRIBUTE = """\
            <attribute PhysicalName="{physical}">
              <Type>{type}</Type>
              <Name>{logical}</Name>
              <LogicalName>{logical}</LogicalName>
              <RequiredLevel>none</RequiredLevel>
              <IsCustomField>1</IsCustomField>
              <IsAuditEnabled>{audited}</IsAuditEnabled>
              <IsSecured>0</IsSecured>
              <IntroducedVersion>1.0.0.0</IntroducedVersion>
              <IsCustomizable>1</IsCustomizable>
              <displaynames>
                <displayname description="{shown}" languagecode="1033" />
              </displaynames>
            </attribute>
"""


def invoice_log_table() -> str:
    """Return the table that the flows' log goes to; the table itself is not audited."""
    columns = (
        ("nfd_InvoiceLogId", "primarykey", 0, "Invoice Log"),
        ("nfd_Number", "nvarchar", 1, "Number"),
        ("nfd_Text", "ntext", 0, "Text"),
    )
    attributes = "".join(
        ATTRIBUTE.format(
            physical=name, type=kind, logical=name.lower(), audited=audited, shown=shown
        )
        for name, kind, audited, shown in columns
    )
    return f"""\
    <Entity>
      <Name LocalizedName="Invoice Log" OriginalName="Invoice Log">nfd_InvoiceLog</Name>
      <EntityInfo>
        <entity Name="nfd_InvoiceLog">
          <LocalizedNames>
            <LocalizedName description="Invoice Log" languagecode="1033" />
          </LocalizedNames>
          <attributes>
{attributes}          </attributes>
          <EntitySetName>nfd_invoicelogs</EntitySetName>
          <OwnershipTypeMask>UserOwned</OwnershipTypeMask>
          <IsAuditEnabled>0</IsAuditEnabled>
          <IsRetrieveAuditEnabled>0</IsRetrieveAuditEnabled>
          <IsRetrieveMultipleAuditEnabled>0</IsRetrieveMultipleAuditEnabled>
          <IntroducedVersion>1.0.0.0</IntroducedVersion>
          <IsCustomizable>1</IsCustomizable>
          <CanModifyAuditSettings>1</CanModifyAuditSettings>
        </entity>
      </EntityInfo>
      <FormXml />
      <SavedQueries />
    </Entity>
"""


def environment_variable(schema_name: str, shown: str, default: str) -> tuple[str, bytes]:
    """Return the member that defines an environment variable of type text."""
    content = crlf(f"""\
<environmentvariabledefinition schemaname="{schema_name}">
  <defaultvalue>{default}</defaultvalue>
  <displayname default="{shown}">
    <label description="{shown}" languagecode="1033" />
  </displayname>
  <introducedversion>1.0.0.0</introducedversion>
  <iscustomizable>1</iscustomizable>
  <isrequired>0</isrequired>
  <secretstore>0</secretstore>
  <type>100000000</type>
</environmentvariabledefinition>""")
    folder = f"environmentvariabledefinitions/{schema_name}"
    return f"{folder}/environmentvariabledefinition.xml", content


def _connector_definition(connector: str) -> str:
    name = connector.rsplit("/", 1)[-1]
    operation = {
        "operationId": "SendEmailV2",
        "parameters": [{"in": "body", "name": "emailMessage", "required": True}],
        "responses": {"200": {"description": "OK"}},
        "summary": "Send an email (V2)",
    }
    swagger = {
        "basePath": "/apim/office365",
        "paths": {"/{connectionId}/v2/Mail": {"post": operation}},
        "schemes": ["https"],
        "swagger": "2.0",
    }
    definition = {
        "Id": connector,
        "Name": name,
        "Properties": {"IsCustomApi": False, "Swagger": swagger},
    }
    return indented(
        {
            "ConnectorId": connector,
            "Definition": definition,
            "DynamicSchemas": {},
            "Locale": "en-US",
        }
    )


def _binary_xml(flow: SampleFlow, kind: str, name: str, reference: str, file: str) -> bytes:
    mime = "image/png" if file.endswith(".png") else "application/json"
    described = f"  <metadata>{{}}</metadata>\n  <mimetype>{mime}</mimetype>\n"
    return crlf(f"""\
<desktopflowbinary desktopflowbinaryid="{flow.part_id(kind)}">
  <data mimetype="{mime}">{file}</data>
  <iscustomizable>1</iscustomizable>
{"" if kind == "ConnectorDefinition" else described}  <name>{name}</name>
  <process>
    <workflowid>{flow.id}</workflowid>
  </process>
  <reference>{reference}</reference>
  <statecode>0</statecode>
  <statuscode>1</statuscode>
  <type>{kind}</type>
</desktopflowbinary>""")


def binaries(flow: SampleFlow) -> dict[str, bytes]:
    """Return the members of all desktop flow binaries of a flow, in the order it names them."""
    images = indented({"Folders": [], "Images": [], "Version": 1})
    parts: list[tuple[str, str, str, bytes]] = [
        (
            "DependenciesFile",
            "Desktop flow dependencies file",
            "flow.dependencies",
            compact({"EnvironmentVariables": []}).encode(),
        ),
        (
            "ManifestFile",
            "Desktop flow manifest file",
            "flow.manifest",
            compact(manifest(flow)).encode(),
        ),
        (
            "ControlRepository",
            "Desktop flow ui elements",
            "controlRepo.appmask",
            control_repository(flow).encode(),
        ),
        ("ImageRepository", "Desktop flow images", "imageRepo.imgrepo", images.encode()),
    ]
    parts += [
        (
            "ConnectorDefinition",
            "Desktop flow connector definition",
            connector,
            _connector_definition(connector).encode(),
        )
        for connector in connectors(flow)
    ]
    if "Ledger Desk - Sign in" in flow.text:
        kind = "ControlRepositoryImageFile"
        shown = "Desktop flow ui element screenshot"
        parts.append((kind, shown, screenshot_path(flow), sign_in_window()))
    members: dict[str, bytes] = {}
    for kind, name, reference, data in parts:
        folder = f"desktopflowbinaries/{flow.part_id(kind)}"
        extension = "png" if kind == "ControlRepositoryImageFile" else "json"
        file = f"{kind}_{flow.part_id(kind)}.{extension}"
        members[f"{folder}/data/{file}"] = data
        members[f"{folder}/desktopflowbinary.xml"] = _binary_xml(flow, kind, name, reference, file)
    return members


def required(flow: SampleFlow) -> list[str]:
    """Return the ids of the binaries that the flow's Dependencies payload names."""
    kinds = ["DependenciesFile", "ManifestFile", "ControlRepository", "ImageRepository"]
    kinds += ["ConnectorDefinition"] * len(connectors(flow))
    return [flow.part_id(kind) for kind in kinds]
