import { Duration, type Stack } from 'aws-cdk-lib';
import {
  GatewayVpcEndpointAwsService,
  type IPeer,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Cluster } from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  HttpCodeElb,
  HttpCodeTarget,
  ListenerAction,
  SslPolicy,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Domain } from '../domain-settings.ts';
import { acknowledge } from './acknowledge.ts';
import { alarmOnServerErrors } from './alarms.ts';
import { cloudFrontPrefixList } from './cloudfront-prefix-list.ts';
import { certificateFor, pointDomainTo } from './domain.ts';
import { protect } from './firewall.ts';

/** The reason why no cluster has Container Insights. */
const NO_INSIGHTS = 'Container Insights cost more than the services that they monitor.';

/** The reason why no load balancer has an access log. */
const NO_ACCESS_LOG =
  'Access logs would need a bucket that outlives the variant. The services log every request.';

/** The port that every container listens on. */
export const CONTAINER_PORT = 8080;

/** Network and load balancer in front of container services. */
export interface LoadBalancerFront {
  readonly cluster: Cluster;
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly listener: ApplicationListener;
  readonly tasks: SecurityGroup;
  /** The load balancer's own address. */
  readonly url: string;
}

type FrontOptions = (InternetFront | CdnFront | NetworkFront) & {
  /** The cluster may run tasks on Fargate Spot. */
  readonly spotTasks: boolean;
};

/** In public subnets. */
interface InternetFront {
  readonly reach: 'internet';
  readonly certificateArn?: string | undefined;
  readonly domain?: Domain | undefined;
  /** Addresses on the internet that may call over plain HTTP. */
  readonly allowCidr: string;
  readonly firewall: boolean;
}

/** In isolated subnets, for a VPC origin of CloudFront. */
interface CdnFront {
  readonly reach: 'cdn';
  /** The prefix list of CloudFront's servers, in a region whose list is not known here. */
  readonly cloudFrontPrefixList?: string | undefined;
}

/** In isolated subnets, for another edge inside the network. */
interface NetworkFront {
  readonly reach: 'network';
}

export function loadBalancerFront(stack: Stack, options: FrontOptions): LoadBalancerFront {
  const internal = options.reach !== 'internet';
  const certificateArn = options.reach === 'internet' ? certificateFor(stack, options) : undefined;
  const vpc = network(stack, internal);
  const cluster = new Cluster(stack, 'Cluster', {
    vpc,
    enableFargateCapacityProviders: options.spotTasks,
  });
  acknowledge(cluster, {
    ECS4: NO_INSIGHTS,
    CKV_AWS_65: NO_INSIGHTS,
  });

  const port = certificateArn ? 443 : 80;
  const callers = new SecurityGroup(stack, 'LoadBalancerGroup', {
    vpc,
    description: 'The load balancer: who may call it',
  });
  const from = callersOf(stack, vpc, options, certificateArn !== undefined);
  callers.addIngressRule(from, Port.tcp(port), 'Requests');
  acknowledge(callers, {
    EC23: 'A public shop accepts HTTPS from every address, and plain HTTP only from the range in the settings.',
  });
  if (port === 80 && from.uniqueId === Peer.anyIpv4().uniqueId) {
    acknowledge(callers, { CKV_AWS_260: 'The settings admit every address over plain HTTP.' });
  }
  const tasks = new SecurityGroup(stack, 'TasksGroup', {
    vpc,
    description: 'Tasks: reached from the load balancer only',
  });
  tasks.addIngressRule(callers, Port.tcp(CONTAINER_PORT), 'Load balancer');

  const loadBalancer = new ApplicationLoadBalancer(stack, 'LoadBalancer', {
    vpc,
    internetFacing: !internal,
    vpcSubnets: { subnetType: internal ? SubnetType.PRIVATE_ISOLATED : SubnetType.PUBLIC },
    securityGroup: callers,
    dropInvalidHeaderFields: true,
    idleTimeout: Duration.seconds(30),
  });
  acknowledge(loadBalancer, {
    ELB2: NO_ACCESS_LOG,
    CKV_AWS_91: NO_ACCESS_LOG,
  });
  if (options.reach === 'internet' && options.firewall) {
    protect(stack, loadBalancer.loadBalancerArn);
  }
  alarmOnServerErrors(
    stack,
    'Service',
    loadBalancer.metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT),
  );
  alarmOnServerErrors(
    stack,
    'Balancer',
    loadBalancer.metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT),
  );
  const listener = new ApplicationListener(stack, 'Listener', {
    loadBalancer,
    port,
    open: false,
    ...(certificateArn
      ? {
          protocol: ApplicationProtocol.HTTPS,
          certificates: [{ certificateArn }],
          // Without a policy, CloudFormation creates the listener with one that admits TLS 1.0.
          // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
          sslPolicy: SslPolicy.TLS13_12_RES_PQ,
        }
      : { protocol: ApplicationProtocol.HTTP }),
    defaultAction: ListenerAction.fixedResponse(404, {
      contentType: 'application/json',
      messageBody: '{"status":404,"title":"Not Found","code":"not-found"}',
    }),
  });
  if (!certificateArn) {
    const reason = internal
      ? 'Only the CDN calls it, inside the network. Viewers use HTTPS to the CDN.'
      : 'Without a certificate, only the range in the settings reaches it. No certificate covers the name of a load balancer.';
    acknowledge(listener, { CKV_AWS_2: reason, CKV_AWS_103: reason });
  }
  if (options.reach === 'internet' && options.domain) {
    const target = {
      dnsName: loadBalancer.loadBalancerDnsName,
      hostedZoneId: loadBalancer.loadBalancerCanonicalHostedZoneId,
    };
    pointDomainTo(stack, options.domain, target, ['A']);
  }
  const scheme = certificateArn ? 'https' : 'http';
  return {
    cluster,
    loadBalancer,
    listener,
    tasks,
    url: `${scheme}://${loadBalancer.loadBalancerDnsName}`,
  };
}

/**
 * The addresses that may call the load balancer. Requests of a VPC origin do not come from the network's own range. AWS
 * asks for CloudFront's prefix list or the security group that CloudFront creates ("Restrict access with VPC origins" in
 * the Amazon CloudFront developer guide), whose id CloudFormation does not return.
 */
function callersOf(stack: Stack, vpc: Vpc, options: FrontOptions, encrypted: boolean): IPeer {
  if (options.reach === 'cdn') return cloudFrontPrefixList(stack, options.cloudFrontPrefixList);
  if (options.reach === 'network') return Peer.ipv4(vpc.vpcCidrBlock);
  return encrypted ? Peer.anyIpv4() : Peer.ipv4(options.allowCidr);
}

/** Public subnets for tasks, without NAT. Requests to S3 and DynamoDB go through gateway endpoints. */
function network(stack: Stack, withIsolatedSubnets: boolean): Vpc {
  const vpc = new Vpc(stack, 'Network', {
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [
      { name: 'Tasks', subnetType: SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
      ...(withIsolatedSubnets
        ? [{ name: 'Balancer', subnetType: SubnetType.PRIVATE_ISOLATED }]
        : []),
    ],
    restrictDefaultSecurityGroup: false,
    gatewayEndpoints: {
      Objects: { service: GatewayVpcEndpointAwsService.S3 },
      Items: { service: GatewayVpcEndpointAwsService.DYNAMODB },
    },
  });
  acknowledge(vpc, {
    VPC7: 'The shop is deployed to be measured and destroyed. Flow logs would be its largest log.',
  });
  return vpc;
}
