import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const LB = 'AWS::ElasticLoadBalancingV2';
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';

/** Returns the resources of a container service behind the load balancer of `shop-front`. */
function service(name: string, priority: number) {
  const imported = (what: string) => ({ 'Fn::ImportValue': `shop-front:${what}` });
  return {
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } },
    Targets: {
      Type: `${LB}::TargetGroup`,
      Properties: {
        Protocol: 'HTTP',
        TargetType: 'ip',
        HealthCheckPath: `/${name}/health/ready`,
        HealthCheckIntervalSeconds: 0.05,
        HealthyThresholdCount: 2,
        UnhealthyThresholdCount: 2,
        VpcId: imported('Vpc'),
      },
    },
    Route: {
      Type: `${LB}::ListenerRule`,
      Properties: {
        ListenerArn: imported('Listener'),
        Priority: priority,
        Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: [`/${name}/*`] } }],
        Actions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Targets' } }],
      },
    },
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { ExecutionRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } },
    },
    Service: {
      Type: 'AWS::ECS::Service',
      Properties: {
        DesiredCount: 1,
        TaskDefinition: { Ref: 'Task' },
        LoadBalancers: [
          { ContainerName: name, ContainerPort: 8080, TargetGroupArn: { Ref: 'Targets' } },
        ],
      },
    },
  };
}

const front = {
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC' },
    Balancer: { Type: `${LB}::LoadBalancer`, Properties: { Scheme: 'internet-facing' } },
    Listener: {
      Type: `${LB}::Listener`,
      Properties: {
        LoadBalancerArn: { Ref: 'Balancer' },
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
      },
    },
  },
  Outputs: {
    Vpc: { Value: { Ref: 'Vpc' }, Export: { Name: 'shop-front:Vpc' } },
    Listener: { Value: { Ref: 'Listener' }, Export: { Name: 'shop-front:Listener' } },
    Name: {
      Value: { 'Fn::GetAtt': ['Balancer', 'DNSName'] },
      Export: { Name: 'shop-front:Name' },
    },
  },
};

const images = {
  Resources: {
    Renditions: { Type: 'AWS::S3::Bucket', Properties: { NobodyKnowsThis: true } },
    Http: { Type: 'AWS::Lambda::Function' },
    Url: {
      Type: 'AWS::Lambda::Url',
      Properties: { TargetFunctionArn: { 'Fn::GetAtt': ['Http', 'Arn'] } },
    },
    Access: {
      Type: 'AWS::CloudFront::OriginAccessControl',
      Properties: {
        OriginAccessControlConfig: {
          Name: 'function',
          OriginAccessControlOriginType: 'lambda',
          SigningBehavior: 'always',
          SigningProtocol: 'sigv4',
        },
      },
    },
    Cdn: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Origins: [
            { Id: 'api', DomainName: { 'Fn::ImportValue': 'shop-front:Name' } },
            { Id: 'bucket', DomainName: { 'Fn::GetAtt': ['Renditions', 'RegionalDomainName'] } },
            {
              Id: 'function',
              DomainName: {
                'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Url', 'FunctionUrl'] }] }],
              },
              OriginAccessControlId: { Ref: 'Access' },
            },
          ],
          OriginGroups: {
            Items: [
              {
                Id: 'group',
                FailoverCriteria: { StatusCodes: { Items: [403] } },
                Members: { Items: [{ OriginId: 'bucket' }, { OriginId: 'function' }] },
              },
            ],
          },
          CacheBehaviors: [
            {
              PathPattern: '/images/*',
              TargetOriginId: 'group',
              CachePolicyId: CACHING_DISABLED,
            },
          ],
          DefaultCacheBehavior: { TargetOriginId: 'api', CachePolicyId: CACHING_DISABLED },
        },
      },
    },
  },
  // Not an export, so the edge does not resolve it.
  Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Http', 'Arn'] } } },
};

/**
 * Writes a manifest and templates: two services behind a load balancer, a distribution in front of
 * it, and a REST API.
 */
export async function writeAssembly(folder: string): Promise<void> {
  const stacks = {
    'shop-front': { template: front, dependencies: [] },
    'shop-auth': { template: { Resources: service('auth', 10) }, dependencies: ['shop-front'] },
    'shop-catalog': {
      template: { Resources: service('catalog', 20) },
      dependencies: ['shop-front'],
    },
    'shop-images': { template: images, dependencies: ['shop-front'] },
    'shop-gateway': {
      template: { Resources: { Api: { Type: 'AWS::ApiGateway::RestApi' } } },
      dependencies: [],
    },
  };
  const artifacts = Object.entries(stacks).map(([name, { dependencies }]) => [
    name,
    {
      type: 'aws:cloudformation:stack',
      dependencies,
      properties: { stackName: name, templateFile: `${name}.template.json` },
    },
  ]);
  await writeFile(
    join(folder, 'manifest.json'),
    JSON.stringify({ artifacts: Object.fromEntries(artifacts) }),
  );
  for (const [name, { template }] of Object.entries(stacks)) {
    await writeFile(join(folder, `${name}.template.json`), JSON.stringify(template));
  }
}
