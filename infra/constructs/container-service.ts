import { CONTEXT_NAMES, type ContextName } from '@triptych/context-map';
import { type CfnResource, Duration, type Stack } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import {
  type CfnService,
  ContainerImage,
  CpuArchitecture,
  FargateService,
  FargateTaskDefinition,
  LogDriver,
  OperatingSystemFamily,
  PropagatedTagSource,
  Secret,
} from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationListenerRule,
  ApplicationProtocol,
  ApplicationTargetGroup,
  ListenerCondition,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { nameArtifact } from '../deployment.ts';
import { acknowledge } from './acknowledge.ts';
import { environment, type ServiceProps } from './environment.ts';
import { sizeOf } from './limits.ts';
import { containerPort, type LoadBalancerFront } from './load-balancer-front.ts';
import { shortLivedLogs } from './log-group.ts';

const platforms = { arm64: Platform.LINUX_ARM64, x86_64: Platform.LINUX_AMD64 };
const architectures = { arm64: CpuArchitecture.ARM64, x86_64: CpuArchitecture.X86_64 };

/** A service as containers behind the load balancer: both its parts in one process, several tasks of it. */
export function containerService(
  stack: Stack,
  { front, ...props }: ServiceProps & { readonly front: LoadBalancerFront },
): void {
  const definition = taskDefinition(stack, props);
  const tasks = props.deployment.settings.tasksPerService;
  const fargate = new FargateService(stack, 'Service', {
    cluster: front.cluster,
    taskDefinition: definition,
    desiredCount: tasks,
    assignPublicIp: true,
    vpcSubnets: { subnetType: SubnetType.PUBLIC },
    securityGroups: [front.tasks],
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    circuitBreaker: { rollback: true },
    healthCheckGracePeriod: Duration.seconds(60),
    propagateTags: PropagatedTagSource.SERVICE,
  });
  (fargate.node.defaultChild as CfnService).overrideLogicalId('Service');
  const scaling = fargate.autoScaleTaskCount({ minCapacity: tasks, maxCapacity: 4 * tasks });
  scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
  route(stack, props.service, front, fargate);
}

function taskDefinition(stack: Stack, props: ServiceProps): FargateTaskDefinition {
  const { deployment, service, needs } = props;
  const artifact = deployment.artifact(service);
  const { cpu, memoryMb } = sizeOf(service).task;
  const definition = new FargateTaskDefinition(stack, 'Task', {
    cpu,
    memoryLimitMiB: memoryMb,
    runtimePlatform: {
      cpuArchitecture: architectures[deployment.settings.architecture],
      operatingSystemFamily: OperatingSystemFamily.LINUX,
    },
  });
  const secrets = needs.flatMap(({ name, secret }) =>
    secret ? [[name, Secret.fromSecretsManager(secret)] as const] : [],
  );
  definition.addContainer(service, {
    // The Dockerfile beside the artifact is the repository's; its stage of that name is the finished artifact here. What
    // it runs, and what that may read, is said there.
    image: ContainerImage.fromAsset(artifact.folder, {
      target: 'service',
      buildContexts: { artifact: '.' },
      platform: platforms[deployment.settings.architecture],
    }),
    environment: {
      ...environment(props, () => ({})),
      PORT: String(containerPort),
    },
    secrets: Object.fromEntries(secrets),
    portMappings: [{ containerPort }],
    readonlyRootFilesystem: true,
    // The service stops by itself within 8 s; the rest is for a request that came late.
    stopTimeout: Duration.seconds(20),
    logging: LogDriver.awsLogs({ streamPrefix: service, logGroup: shortLivedLogs(stack, 'Logs') }),
  });
  // What the execution role reads for the container is not what the service may do itself.
  for (const need of needs) if (!need.secret) need.grantTo(definition.taskRole, 'both');
  const resource = definition.node.defaultChild as CfnResource;
  resource.overrideLogicalId('Task');
  nameArtifact(resource, artifact);
  acknowledge(definition, {
    ECS2: 'The variables are names, addresses and counts; secrets come in through `secrets`.',
    'IAM5[Resource::*]': 'ecr:GetAuthorizationToken knows no resource.',
  });
  return definition;
}

/** Sends `/{service}/*` to the tasks that say they are ready. */
function route(
  stack: Stack,
  service: ContextName,
  front: LoadBalancerFront,
  fargate: FargateService,
) {
  const targets = new ApplicationTargetGroup(stack, 'Targets', {
    vpc: front.cluster.vpc,
    targetType: TargetType.IP,
    protocol: ApplicationProtocol.HTTP,
    port: containerPort,
    deregistrationDelay: Duration.seconds(15),
    healthCheck: {
      path: `/${service}/health/ready`,
      interval: Duration.seconds(10),
      timeout: Duration.seconds(5),
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 3,
    },
  });
  // A rule of this stack; `listener.addAction` would make it one of the front's and the stacks a circle.
  new ApplicationListenerRule(stack, 'Route', {
    listener: front.listener,
    priority: 10 * (1 + CONTEXT_NAMES.indexOf(service)),
    conditions: [ListenerCondition.pathPatterns([`/${service}/*`])],
    targetGroups: [targets],
  });
  fargate.attachToApplicationTargetGroup(targets);
}
