"""Writes the sample's solution.xml, customizations.xml and the small XML files beside them."""

from xml.sax.saxutils import escape

from sample.scripts import SampleFlow, compact, dependencies, interface, metadata

ORGANISATION = (
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" OrganizationVersion="9.2.25012.140" '
    'OrganizationSchemaType="Standard" CRMServerServiceabilityVersion="9.2.25012.00148"'
)
EMPTY_FIELDS = {
    "before": "City County Country Fax FreightTermsCode ImportSequenceNumber Latitude Line1 Line2 "
    "Line3 Longitude Name PostalCode PostOfficeBox PrimaryContactName",
    "after": "StateOrProvince Telephone1 Telephone2 Telephone3 TimeZoneRuleVersionNumber UPSZone "
    "UTCOffset UTCConversionTimeZoneCode",
}
WORKFLOW_SETTINGS = """\
      <Mode>0</Mode>
      <Scope>4</Scope>
      <OnDemand>0</OnDemand>
      <TriggerOnCreate>0</TriggerOnCreate>
      <TriggerOnDelete>0</TriggerOnDelete>
      <AsyncAutodelete>0</AsyncAutodelete>
      <SyncWorkflowLogOnFailure>0</SyncWorkflowLogOnFailure>
      <StateCode>1</StateCode>
      <StatusCode>2</StatusCode>
      <RunAs>1</RunAs>
      <IsTransacted>1</IsTransacted>
      <IntroducedVersion>1.0</IntroducedVersion>
      <IsCustomizable>1</IsCustomizable>
"""


def crlf(text: str) -> bytes:
    """Return the bytes of an XML file, with the line breaks of an export."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode()


def json_name(flow_id: str, name: str) -> str:
    """Return the member that holds the JSON of a workflow."""
    return f"Workflows/{''.join(filter(str.isalnum, name))}-{flow_id.upper()}.json"


def _address(number: int) -> str:
    def nothing(fields: str) -> str:
        return "".join(f'          <{f} xsi:nil="true"></{f}>\n' for f in fields.split())

    return (
        f"        <Address>\n          <AddressNumber>{number}</AddressNumber>\n"
        f"          <AddressTypeCode>1</AddressTypeCode>\n{nothing(EMPTY_FIELDS['before'])}"
        f"          <ShippingMethodCode>1</ShippingMethodCode>\n{nothing(EMPTY_FIELDS['after'])}"
        "        </Address>\n"
    )


def solution_xml(components: list[str], missing: list[tuple[str, str, str, str]]) -> bytes:
    """Return solution.xml.

    Args:
        components: Attributes of the root components, as they are written.
        missing: Name and id of each flow that is needed but absent, then of the flow needing it.
    """
    roots = "".join(f'      <RootComponent {c} behavior="0" />\n' for c in components)
    lacking = "".join(
        "      <MissingDependency>\n"
        f'        <Required type="29" displayName="{needed}" solution="Active" id="{{{key}}}" />\n'
        f'        <Dependent type="29" displayName="{name}" id="{{{flow_id}}}" />\n'
        "      </MissingDependency>\n"
        for needed, key, name, flow_id in missing
    )
    return crlf(f"""\
<ImportExportXml version="9.2.25012.140" SolutionPackageVersion="9.2" languagecode="1033" \
generatedBy="CrmLive" {ORGANISATION}>
  <SolutionManifest>
    <UniqueName>InvoiceDesk</UniqueName>
    <LocalizedNames>
      <LocalizedName description="Invoice Desk" languagecode="1033" />
    </LocalizedNames>
    <Descriptions />
    <Version>1.0.0.1</Version>
    <Managed>0</Managed>
    <Publisher>
      <UniqueName>Northfield</UniqueName>
      <LocalizedNames>
        <LocalizedName description="Northfield Trading" languagecode="1033" />
      </LocalizedNames>
      <Descriptions />
      <EMailAddress xsi:nil="true"></EMailAddress>
      <SupportingWebsiteUrl xsi:nil="true"></SupportingWebsiteUrl>
      <CustomizationPrefix>nfd</CustomizationPrefix>
      <CustomizationOptionValuePrefix>48213</CustomizationOptionValuePrefix>
      <Addresses>
{_address(1)}{_address(2)}      </Addresses>
    </Publisher>
    <RootComponents>
{roots}    </RootComponents>
    <MissingDependencies>
{lacking}    </MissingDependencies>
  </SolutionManifest>
</ImportExportXml>""")


def _workflow(flow_id: str, name: str, category: int, extra: str) -> str:
    return f"""\
    <Workflow WorkflowId="{{{flow_id}}}" Name="{name}">
      <JsonFileName>/{json_name(flow_id, name)}</JsonFileName>
      <Type>1</Type>
      <Subprocess>0</Subprocess>
      <Category>{category}</Category>
{WORKFLOW_SETTINGS}{extra}      <PrimaryEntity>none</PrimaryEntity>
      <LocalizedNames>
        <LocalizedName languagecode="1033" description="{name}" />
      </LocalizedNames>
    </Workflow>
"""


def cloud_workflow(flow_id: str, name: str) -> str:
    """Return the Workflow element of a cloud flow."""
    allowed = "<IsCustomProcessingStepAllowedForOtherPublishers>1"
    closed = "</IsCustomProcessingStepAllowedForOtherPublishers>"
    return _workflow(flow_id, name, 5, f"      {allowed}{closed}\n")


def desktop_workflow(flow: SampleFlow, binaries: list[str], connections: object) -> str:
    """Return the Workflow element of a desktop flow."""
    payloads = {
        "Metadata": metadata(flow),
        "Inputs": interface(flow, "INPUT"),
        "Outputs": interface(flow, "OUTPUT"),
        "Dependencies": dependencies(flow, binaries),
        "ConnectionReferences": connections,
        "Definition": flow.text,
    }
    elements = "".join(
        f"      <{tag}>{escape(compact(payload))}</{tag}>\n" for tag, payload in payloads.items()
    )
    return _workflow(
        flow.id,
        flow.name,
        6,
        "      <UIFlowType>2</UIFlowType>\n"
        "      <IsCustomProcessingStepAllowedForOtherPublishers>1"
        "</IsCustomProcessingStepAllowedForOtherPublishers>\n"
        f"{elements}      <SchemaVersion>2022.07</SchemaVersion>\n"
        "      <DesktopFlowModules>[]</DesktopFlowModules>\n",
    )


def connection_reference(name: str, display_name: str, connector: str) -> str:
    """Return a connection reference of the solution."""
    return f"""\
    <connectionreference connectionreferencelogicalname="{name}">
      <connectionreferencedisplayname>{display_name}</connectionreferencedisplayname>
      <connectorid>/providers/Microsoft.PowerApps/apis/{connector}</connectorid>
      <iscustomizable>1</iscustomizable>
      <promptingbehavior>0</promptingbehavior>
      <statecode>0</statecode>
      <statuscode>1</statuscode>
    </connectionreference>
"""


def work_queue(queue_id: str, name: str) -> str:
    """Return a work queue of the solution."""
    return f"""\
    <workqueue workqueueid="{queue_id}">
      <description>Invoices that wait to be booked</description>
      <inputschematype>0</inputschematype>
      <iscustomizable>1</iscustomizable>
      <itemmaxrequeuecount>40</itemmaxrequeuecount>
      <itemmaxretrycount>0</itemmaxretrycount>
      <name>{name}</name>
      <prioritytype>0</prioritytype>
      <statecode>0</statecode>
      <statuscode>1</statuscode>
      <workqueuekey>INV</workqueuekey>
      <workqueuetype>0</workqueuetype>
    </workqueue>
"""


def customizations_xml(entities: str, workflows: str, references: str, queues: str) -> bytes:
    """Return customizations.xml, made of the elements that the other functions return."""
    return crlf(f"""\
<ImportExportXml {ORGANISATION}>
  <Entities>
{entities}  </Entities>
  <Roles></Roles>
  <Workflows>
{workflows}  </Workflows>
  <FieldSecurityProfiles></FieldSecurityProfiles>
  <Templates />
  <EntityMaps />
  <EntityRelationships />
  <OrganizationSettings />
  <optionsets />
  <CustomControls />
  <EntityDataProviders />
  <connectionreferences>
{references}  </connectionreferences>
  <workqueues>
{queues}  </workqueues>
  <Languages>
    <Language>1033</Language>
  </Languages>
</ImportExportXml>""")
