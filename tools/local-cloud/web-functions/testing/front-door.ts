import { BUILD } from './shown-requests.ts';

const attribute = (logicalId: string, name: string) => ({ 'Fn::GetAtt': [logicalId, name] });
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_VIEWER_EXCEPT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

function endpoint(name: string, AuthType: string): object {
  return {
    Type: 'AWS::Lambda::WebFunctionEndpoint',
    Properties: {
      FunctionName: { Ref: 'Function' },
      ...{ EndpointName: name, EndpointType: 'HomeRegion', AuthType },
      RevisionWeights: [{ RevisionId: attribute('Revision', 'RevisionId'), Weight: 100 }],
    },
  };
}

function accessControl(SigningBehavior: string): object {
  const config = { OriginAccessControlOriginType: 'lambda', SigningProtocol: 'sigv4' };
  return {
    Type: 'AWS::CloudFront::OriginAccessControl',
    Properties: {
      OriginAccessControlConfig: { Name: SigningBehavior, SigningBehavior, ...config },
    },
  };
}

/** An origin for an endpoint, as the CDK's HttpOrigin writes it. */
function origin(Id: string, endpointId: string, more: object = {}): object {
  const CustomOriginConfig = { OriginProtocolPolicy: 'https-only' };
  return { Id, DomainName: attribute(endpointId, 'DomainName'), CustomOriginConfig, ...more };
}

function behaviour(TargetOriginId: string, CachePolicyId: unknown = { Ref: 'Cache' }): object {
  return {
    ...{ TargetOriginId, CachePolicyId, OriginRequestPolicyId: ALL_VIEWER_EXCEPT_HOST },
    AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
    ViewerProtocolPolicy: 'allow-all',
  };
}

/** Signed by one access control, and answered by one endpoint. */
const SIGNED = [
  ['closed', 'Closed', 'Signs'],
  ['uncached', 'Closed', 'Signs'],
  ['unadmitted', 'Unadmitted', 'Signs'],
  ['always', 'Closed', 'SignsAlways'],
] as const;

/** A web function with three endpoints behind a distribution. The role is a resource of the caller. */
export function frontDoor(): Record<string, object> {
  return {
    Secret: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: { SecretString: 'long and random' },
    },
    Function: { Type: 'AWS::Lambda::WebFunction', Properties: { FunctionName: 'shop' } },
    Revision: {
      Type: 'AWS::Lambda::WebFunctionRevision',
      Metadata: { 'triptych:artifact': 'app' },
      Properties: {
        ...{ FunctionName: { Ref: 'Function' }, BuildConfig: BUILD },
        ServiceConfig: { ExecutionRoleArn: attribute('Role', 'Arn') },
      },
      DependsOn: ['RolePolicy'],
    },
    Open: endpoint('open', 'ApplicationManaged'),
    Closed: endpoint('closed', 'IamAuth'),
    Unadmitted: endpoint('unadmitted', 'IamAuth'),
    Policy: {
      Type: 'AWS::Lambda::ResourcePolicy',
      Properties: { ResourceArn: attribute('Function', 'FunctionArn'), PolicyDocument: policy() },
    },
    Cache: {
      Type: 'AWS::CloudFront::CachePolicy',
      Properties: { CachePolicyConfig: keepsAuthorization() },
    },
    Signs: accessControl('always-amz-auth'),
    SignsAlways: accessControl('always'),
    Cdn: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: cdn() } },
  };
}

function policy(): object {
  const ofDistributions = 'arn:aws:cloudfront::000000000000:distribution/*';
  const statement = {
    Effect: 'Allow',
    Action: 'lambda:InvokeWebFunctionEndpoint',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Resource: attribute('Closed', 'EndpointArn'),
    Condition: {
      StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
      ArnLike: { 'aws:SourceArn': ofDistributions },
    },
  };
  return { Version: '2012-10-17', Statement: [statement] };
}

function keepsAuthorization(): object {
  return {
    ...{ Name: 'keeps', MinTTL: 0, DefaultTTL: 0, MaxTTL: 1 },
    ParametersInCacheKeyAndForwardedToOrigin: {
      HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Authorization'] },
      QueryStringsConfig: { QueryStringBehavior: 'all' },
    },
  };
}

function cdn(): object {
  const secret = ['{{resolve:secretsmanager:', { Ref: 'Secret' }, ':SecretString:::}}'];
  const HeaderValue = { 'Fn::Join': ['', secret] };
  return {
    Enabled: true,
    Origins: [
      origin('open', 'Open', { OriginCustomHeaders: [{ HeaderName: 'x-edge', HeaderValue }] }),
      ...SIGNED.map(([id, endpointId, control]) =>
        origin(id, endpointId, { OriginAccessControlId: attribute(control, 'Id') }),
      ),
    ],
    DefaultCacheBehavior: behaviour('open'),
    CacheBehaviors: SIGNED.map(([id]) => ({
      PathPattern: `/${id}/*`,
      ...behaviour(id, id === 'uncached' ? CACHING_DISABLED : undefined),
    })),
  };
}
