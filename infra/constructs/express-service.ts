import { type CfnResource, Fn, type Stack } from 'aws-cdk-lib';
import { DockerImageAsset } from 'aws-cdk-lib/aws-ecr-assets';
import { CfnExpressGatewayService } from 'aws-cdk-lib/aws-ecs';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { nameArtifact } from '../deployment.ts';
import { acknowledge } from './acknowledge.ts';
import { environment, type ServiceProps } from './environment.ts';
import { sizeOf } from './limits.ts';
import { CONTAINER_PORT } from './load-balancer-front.ts';
import { shortLivedLogs } from './log-group.ts';
import { serviceImage } from './service-image.ts';
import { allowTraces } from './traces.ts';

const POLICY = 'service-role/AmazonECSInfrastructureRoleforExpressGatewayServices';

/**
 * Runs a service with Amazon ECS Express Mode, which creates the task definition, the service, its scaling, and the load
 * balancer with a host name of its own. Returns that host name.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/express-service-work.html
 */
export function expressService(stack: Stack, props: ServiceProps): string {
  const { deployment, service, needs } = props;
  const artifact = deployment.artifact(service);
  const { cpu, memoryMb } = sizeOf(service).task;
  const tasks = deployment.settings.tasksPerService;
  const image = new DockerImageAsset(stack, 'Image', serviceImage(deployment, artifact));
  const logs = shortLivedLogs(stack, 'Logs');
  const taskRole = roleOf(stack, 'TaskRole', 'ecs-tasks');
  const executionRole = roleOf(stack, 'ExecutionRole', 'ecs-tasks');
  image.repository.grantPull(executionRole);
  logs.grantWrite(executionRole);
  acknowledge(executionRole, { 'IAM5[Resource::*]': 'ecr:GetAuthorizationToken has no resource.' });
  for (const need of needs) need.grantTo(need.secret ? executionRole : taskRole, 'both');
  allowTraces(taskRole, deployment.settings);
  const express = new CfnExpressGatewayService(stack, 'Express', {
    serviceName: stack.stackName,
    infrastructureRoleArn: infrastructureRole(stack).roleArn,
    executionRoleArn: executionRole.roleArn,
    taskRoleArn: taskRole.roleArn,
    cpu: String(cpu),
    memory: String(memoryMb),
    healthCheckPath: `/${service}/health/ready`,
    scalingTarget: {
      minTaskCount: tasks,
      maxTaskCount: 4 * tasks,
      autoScalingMetric: 'AVERAGE_CPU',
      autoScalingTargetValue: 60,
    },
    primaryContainer: {
      image: image.imageUri,
      containerPort: CONTAINER_PORT,
      environment: Object.entries({
        ...environment(props, () => ({})),
        PORT: String(CONTAINER_PORT),
      }).map(([name, value]) => ({ name, value })),
      secrets: needs.flatMap(({ name, secret }) =>
        secret ? [{ name, valueFrom: secret.secretArn }] : [],
      ),
      awsLogsConfiguration: { logGroup: logs.logGroupName, logStreamPrefix: service },
    },
  });
  // The service must not start before its roles have their permissions.
  for (const role of [taskRole, executionRole]) express.node.addDependency(role);
  nameArtifact(express, artifact);
  // AWS does not say whether the attribute has a scheme.
  return Fn.join('', Fn.split('https://', express.attrEndpoint));
}

function roleOf(stack: Stack, id: string, service: string): Role {
  return new Role(stack, id, { assumedBy: new ServicePrincipal(`${service}.amazonaws.com`) });
}

/** The role with which ECS creates the load balancer and the rest. */
function infrastructureRole(stack: Stack): Role {
  const role = roleOf(stack, 'InfrastructureRole', 'ecs');
  role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName(POLICY));
  acknowledge(role.node.defaultChild as CfnResource, {
    [`IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${POLICY}]`]:
      'The policy that AWS maintains for Express Mode.',
  });
  return role;
}
