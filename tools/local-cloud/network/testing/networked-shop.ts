import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TemplateResource } from '../../cloudformation/template.ts';
import { CLOUDFRONT_LIST } from './reach-cases.ts';
import { ec2, type Resources, ref, SMALL_NETWORK, tcp } from './small-network.ts';

const LB = 'AWS::ElasticLoadBalancingV2::';
/** The ids of CloudFront's managed policies `CachingDisabled` and `AllViewer`. */
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_VIEWER = '216adef6-5c7f-47e4-b989-5492eafa07d3';

/**
 * A program that connects to what the query names, and answers with the outcome: `/x/fetch?url=` by
 * `fetch`, `/x/plain?url=` by `node:http`, `/x/aws?target=` to the AWS endpoint.
 */
const PROGRAM = `
import http from 'node:http';
const json = 'application/x-amz-json-1.0';
const aws = (target) => fetch(process.env.AWS_ENDPOINT_URL, {
  method: 'POST', headers: { 'content-type': json, 'x-amz-target': target }, body: '{}' });
const plain = (url) => new Promise((resolve, reject) => http.get(url, (answer) => {
  answer.resume();
  resolve({ status: answer.statusCode, text: () => 'plain' });
}).on('error', reject));
const ways = { '/x/fetch': (query) => fetch(query.get('url')), '/x/plain': (query) => plain(query.get('url')),
  '/x/aws': (query) => aws(query.get('target')) };
http.createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://task');
  const outcome = await (ways[pathname] ?? (async () => ({ status: 200, text: () => 'healthy' })))(searchParams)
    .then(async (answer) => ({ status: answer.status, text: await answer.text() }))
    .catch((error) => ({ error: error.cause?.message ?? error.message, code: error.cause?.code ?? error.code }));
  response.end(JSON.stringify(outcome));
}).listen(Number(process.env.PORT), '127.0.0.1');
`;

/** A small network with one container service behind a load balancer. */
export interface ShopOptions {
  /** The subnet of the task. `Public` by default, and with a public address. */
  readonly taskSubnet?: string;
  readonly image?: string;
  /** Whether the load balancer is in the public subnet. It is internal by default. */
  readonly isPublic?: boolean;
  /** Rules of the load balancer's group. By default CloudFront's prefix list on port 80. */
  readonly callers?: readonly unknown[];
  /** Rules of the tasks' group. By default the load balancer's group on port 8080. */
  readonly taskCallers?: readonly unknown[];
  readonly more?: Resources;
}

/** The resources of the shop, with a distribution whose VPC origin is the load balancer. */
export function shopResources(options: ShopOptions = {}): Resources {
  const {
    taskSubnet = 'Public',
    isPublic = false,
    callers = [tcp(80, { SourcePrefixListId: CLOUDFRONT_LIST })],
    taskCallers = [tcp(8080, { SourceSecurityGroupId: ref('Balancer') })],
  } = options;
  const group = (rules: readonly unknown[]) =>
    ec2('SecurityGroup', { VpcId: ref('Vpc'), SecurityGroupIngress: rules });
  return {
    ...SMALL_NETWORK,
    Balancer: group(callers),
    Tasks: group(taskCallers),
    LoadBalancer: resource(`${LB}LoadBalancer`, {
      Scheme: isPublic ? 'internet-facing' : 'internal',
      Subnets: [ref(isPublic ? 'Public' : 'Isolated')],
      SecurityGroups: [ref('Balancer')],
    }),
    ...routing(),
    Service: {
      Type: 'AWS::ECS::Service',
      // As the CDK writes it: AWS rejects a target group that no listener uses.
      DependsOn: 'Listener',
      Properties: {
        TaskDefinition: ref('Task'),
        LoadBalancers: [
          { ContainerName: 'app', ContainerPort: 8080, TargetGroupArn: ref('Targets') },
        ],
        NetworkConfiguration: {
          AwsvpcConfiguration: {
            Subnets: [ref(taskSubnet)],
            SecurityGroups: [ref('Tasks')],
            AssignPublicIp: 'ENABLED',
          },
        },
      },
    },
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Metadata: { 'triptych:artifact': 'app' },
      Properties: {
        ContainerDefinitions: [
          { Name: 'app', ...(options.image === undefined ? {} : { Image: options.image }) },
        ],
      },
    },
    ...(isPublic ? {} : cdn()),
    ...options.more,
  };
}

function routing(): Resources {
  return {
    Targets: resource(`${LB}TargetGroup`, {
      Protocol: 'HTTP',
      TargetType: 'ip',
      HealthCheckIntervalSeconds: 0.05,
    }),
    Listener: resource(`${LB}Listener`, {
      LoadBalancerArn: ref('LoadBalancer'),
      Port: 80,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Targets') }],
    }),
  };
}

function cdn(): Resources {
  return {
    Origin: resource('AWS::CloudFront::VpcOrigin', {
      VpcOriginEndpointConfig: {
        Name: 'origin',
        Arn: ref('LoadBalancer'),
        OriginProtocolPolicy: 'http-only',
      },
    }),
    Cdn: resource('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Origins: [
          {
            Id: 'balancer',
            DomainName: { 'Fn::GetAtt': ['LoadBalancer', 'DNSName'] },
            VpcOriginConfig: { VpcOriginId: { 'Fn::GetAtt': ['Origin', 'Id'] } },
          },
        ],
        DefaultCacheBehavior: {
          TargetOriginId: 'balancer',
          CachePolicyId: CACHING_DISABLED,
          OriginRequestPolicyId: ALL_VIEWER,
        },
      },
    }),
  };
}

function resource(Type: string, Properties: Record<string, unknown>): TemplateResource {
  return { Type, Properties };
}

/**
 * Writes an assembly with one stack per name, and the program of its tasks.
 * @returns the folder, which is the root of the artifacts too
 */
export async function writeShops(shops: Readonly<Record<string, ShopOptions>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'triptych-network-'));
  await mkdir(join(folder, 'app'));
  await writeFile(join(folder, 'app/index.mjs'), PROGRAM);
  const artifacts: Record<string, unknown> = {};
  for (const [name, options] of Object.entries(shops)) {
    const templateFile = `${name}.json`;
    artifacts[name] = { type: 'aws:cloudformation:stack', properties: { templateFile } };
    const Outputs = { Balancer: { Value: { 'Fn::GetAtt': ['LoadBalancer', 'DNSName'] } } };
    const template = { Resources: shopResources(options), Outputs };
    await writeFile(join(folder, templateFile), JSON.stringify(template));
  }
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ artifacts }));
  return folder;
}
