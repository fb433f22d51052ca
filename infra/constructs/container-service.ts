import { CONTEXT_NAMES, type ContextName } from '@triptych/context-map';
import { type CfnResource, Duration, type Stack } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import {
  type CfnService,
  ContainerImage,
  CpuArchitecture,
  FargateService,
  type FargateServiceProps,
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
import type { Settings } from '../settings.ts';
import { acknowledge } from './acknowledge.ts';
import { environment, type ServiceProps } from './environment.ts';
import { sizeOf } from './limits.ts';
import { CONTAINER_PORT, type LoadBalancerFront } from './load-balancer-front.ts';
import { shortLivedLogs } from './log-group.ts';
import { serviceImage } from './service-image.ts';
import { allowTraces } from './traces.ts';

const ARCHITECTURES = { arm64: CpuArchitecture.ARM64, x86_64: CpuArchitecture.X86_64 };

/** Runs a service as several tasks behind the load balancer. Each task is both parts of the service in one process. */
export function containerService(
  stack: Stack,
  { front, ...props }: ServiceProps & { readonly front: LoadBalancerFront },
): void {
  const definition = taskDefinition(stack, props);
  const tasks = props.deployment.settings.tasksPerService;
  const fargate = new FargateService(stack, 'Service', {
    cluster: front.cluster,
    taskDefinition: definition,
    assignPublicIp: true,
    vpcSubnets: { subnetType: SubnetType.PUBLIC },
    securityGroups: [front.tasks],
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    circuitBreaker: { rollback: true },
    healthCheckGracePeriod: Duration.seconds(60),
    propagateTags: PropagatedTagSource.SERVICE,
    ...capacity(props.deployment.settings),
  });
  (fargate.node.defaultChild as CfnService).overrideLogicalId('Service');
  // The service has no DesiredCount: with one, every deployment would reset a scaled service to it. A new service starts with one
  // task (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html), and the
  // registration of the scalable target brings it up to the minimum
  // (https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html).
  const scaling = fargate.autoScaleTaskCount({ minCapacity: tasks, maxCapacity: 4 * tasks });
  scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
  route(stack, props.service, front, fargate);
}

/** One regular task per service always remains. All others run on spare capacity, if there is any. */
function capacity({
  spotTasks,
}: Settings): Pick<FargateServiceProps, 'capacityProviderStrategies'> {
  if (!spotTasks) return {};
  return {
    capacityProviderStrategies: [
      { capacityProvider: 'FARGATE', base: 1, weight: 0 },
      { capacityProvider: 'FARGATE_SPOT', weight: 1 },
    ],
  };
}

function taskDefinition(stack: Stack, props: ServiceProps): FargateTaskDefinition {
  const { deployment, service, needs } = props;
  const artifact = deployment.artifact(service);
  const { cpu, memoryMb } = sizeOf(service).task;
  const definition = new FargateTaskDefinition(stack, 'Task', {
    cpu,
    memoryLimitMiB: memoryMb,
    runtimePlatform: {
      cpuArchitecture: ARCHITECTURES[deployment.settings.architecture],
      operatingSystemFamily: OperatingSystemFamily.LINUX,
    },
  });
  const secrets = needs.flatMap(({ name, secret }) =>
    secret ? [[name, Secret.fromSecretsManager(secret)] as const] : [],
  );
  definition.addContainer(service, {
    image: ContainerImage.fromAsset(artifact.folder, serviceImage(deployment, artifact)),
    environment: {
      ...environment(props, () => ({})),
      PORT: String(CONTAINER_PORT),
    },
    secrets: Object.fromEntries(secrets),
    portMappings: [{ containerPort: CONTAINER_PORT }],
    readonlyRootFilesystem: true,
    // The service stops within 8 s. The rest is a margin for late requests.
    stopTimeout: Duration.seconds(20),
    logging: LogDriver.awsLogs({ streamPrefix: service, logGroup: shortLivedLogs(stack, 'Logs') }),
  });
  // The execution role reads the secrets, so the task role needs no permission for them.
  for (const need of needs) {
    need.grantTo(need.secret ? definition.obtainExecutionRole() : definition.taskRole, 'both');
  }
  allowTraces(definition.taskRole, deployment.settings);
  const resource = definition.node.defaultChild as CfnResource;
  resource.overrideLogicalId('Task');
  nameArtifact(resource, artifact);
  acknowledge(definition, {
    ECS2: 'The variables are names, addresses and counts. Secrets come through `secrets`.',
    'IAM5[Resource::*]': 'ecr:GetAuthorizationToken has no resource.',
  });
  return definition;
}

/** Routes `/{service}/*` to the tasks that are ready. */
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
    port: CONTAINER_PORT,
    deregistrationDelay: Duration.seconds(15),
    healthCheck: {
      path: `/${service}/health/ready`,
      interval: Duration.seconds(10),
      timeout: Duration.seconds(8),
      healthyThresholdCount: 2,
      // A target that is slow for less than a minute stays in service: replacing it would only add to the load. When a process
      // ends, ECS replaces its task at once, without these checks.
      unhealthyThresholdCount: 6,
    },
  });
  // `listener.addAction` would add the rule to the front's stack, and the stacks would depend on each other.
  new ApplicationListenerRule(stack, 'Route', {
    listener: front.listener,
    priority: 10 * (1 + CONTEXT_NAMES.indexOf(service)),
    conditions: [ListenerCondition.pathPatterns([`/${service}/*`])],
    targetGroups: [targets],
  });
  fargate.attachToApplicationTargetGroup(targets);
}
