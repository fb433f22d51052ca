/** Where the template of a resource sets its physical name, and who else may not have the same one. */
export interface PhysicalName {
  /** Path of the name in the properties. */
  readonly path: readonly string[];
  /** `region`: unique in the account and region. `account`: in all regions of the account. `world`: in all accounts. */
  readonly uniqueIn: 'region' | 'account' | 'world';
}

/**
 * Every property that sets a physical name, by resource type. CloudFormation makes up the names of all other resources from
 * the stack's name and random characters, so they never collide. CloudFront and IAM are global: their names are shared by
 * all regions of an account (https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html).
 */
export const PHYSICAL_NAMES: Readonly<Record<string, PhysicalName>> = {
  'AWS::ApiGateway::RestApi': { path: ['Name'], uniqueIn: 'region' },
  'AWS::ApiGatewayV2::Api': { path: ['Name'], uniqueIn: 'region' },
  'AWS::CloudFront::CachePolicy': { path: ['CachePolicyConfig', 'Name'], uniqueIn: 'account' },
  'AWS::CloudFront::Function': { path: ['Name'], uniqueIn: 'account' },
  'AWS::CloudFront::OriginAccessControl': {
    path: ['OriginAccessControlConfig', 'Name'],
    uniqueIn: 'account',
  },
  'AWS::CloudFront::ResponseHeadersPolicy': {
    path: ['ResponseHeadersPolicyConfig', 'Name'],
    uniqueIn: 'account',
  },
  'AWS::CloudFront::VpcOrigin': {
    path: ['VpcOriginEndpointConfig', 'Name'],
    uniqueIn: 'account',
  },
  'AWS::ECS::TaskDefinition': { path: ['Family'], uniqueIn: 'region' },
  'AWS::Events::EventBus': { path: ['Name'], uniqueIn: 'region' },
  // AWS Lambda Developer Guide, "Web functions": two regions cannot have the same name.
  'AWS::Lambda::WebFunction': { path: ['FunctionName'], uniqueIn: 'account' },
  'AWS::Logs::LogGroup': { path: ['LogGroupName'], uniqueIn: 'region' },
  'AWS::SecretsManager::Secret': { path: ['Name'], uniqueIn: 'region' },
};

/**
 * Properties that look like a physical name and are none: they name a part of another resource, which carries the stage. A
 * path ends at the first list: names inside lists belong to the resource.
 */
export const NAMES_OF_PARTS: readonly string[] = [
  // A log stream, policy or stage is inside the group, role or API that its resource refers to.
  'AWS::ApiGateway::Stage StageName',
  'AWS::ApiGatewayV2::Stage StageName',
  'AWS::ApplicationAutoScaling::ScalingPolicy PolicyName',
  'AWS::IAM::Policy PolicyName',
  // The function that a revision or an endpoint belongs to, and an endpoint of that function.
  'AWS::Lambda::WebFunctionEndpoint EndpointName',
  'AWS::Lambda::WebFunctionEndpoint FunctionName',
  'AWS::Lambda::WebFunctionRevision FunctionName',
  // The namespace, metric and dimensions of an alarm select a metric.
  'AWS::CloudWatch::Alarm MetricName',
  'AWS::DynamoDB::Table TimeToLiveSpecification.AttributeName',
  // The service that the endpoint leads to.
  'AWS::EC2::VPCEndpoint ServiceName',
];

/** A name in a template, with its intrinsic functions: `{ 'Fn::Join': … }`. */
export interface NamedResource {
  readonly type: string;
  readonly properties: object;
}

/** The physical name that a template sets for a resource. Undefined: CloudFormation makes one up. */
export function physicalNameOf({ type, properties }: NamedResource): unknown {
  return PHYSICAL_NAMES[type]?.path.reduce<unknown>(
    (value, key) => (isRecord(value) ? value[key] : undefined),
    properties,
  );
}

/** Properties of a resource that look like physical names and are in neither list, as `type path`. */
export function unknownNames({ type, properties }: NamedResource): string[] {
  const known = PHYSICAL_NAMES[type]?.path.join('.');
  return namePaths(properties)
    .filter((path) => path !== known)
    .map((path) => `${type} ${path}`)
    .filter((found) => !NAMES_OF_PARTS.includes(found));
}

/** Paths of the properties `Name`, `…Name` and `Family` whose value is not a reference to another resource. */
function namePaths(properties: object, above = ''): string[] {
  return Object.entries(properties).flatMap(([key, value]) => {
    const path = `${above}${key}`;
    if (/(^|[a-z])Name$|^Family$/.test(key)) return isReference(value) ? [] : [path];
    return isRecord(value) ? namePaths(value, `${path}.`) : [];
  });
}

function isReference(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return ['Ref', 'Fn::GetAtt', 'Fn::ImportValue'].some((name) => name in value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
