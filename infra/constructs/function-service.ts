import type { ContextName } from '@triptych/context-map';
import type { CfnResource, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { nameArtifact } from '../deployment.ts';
import type { ApiFront } from './api-front.ts';
import { environment, type ServiceProps } from './environment.ts';
import { sizeOf } from './limits.ts';
import { shortLivedLogs } from './log-group.ts';

const architectures = { arm64: Architecture.ARM_64, x86_64: Architecture.X86_64 };

/** One part of a service as a function; its logical id is `Http` or `Worker`, in its service's stack. */
export function serviceFunction(
  stack: Stack,
  part: 'http' | 'worker',
  props: ServiceProps<ContextName | 'simulator'>,
): LambdaFunction {
  const { deployment, service, needs } = props;
  const artifact = deployment.artifact(service);
  const { memoryMb, timeout } = sizeOf(service)[part];
  const id = part === 'http' ? 'Http' : 'Worker';
  const logGroup = shortLivedLogs(stack, `${id}Logs`);
  // A role of our own: the default one may write to every log group of the account.
  const role = new Role(stack, `${id}Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  logGroup.grantWrite(role);
  for (const need of needs) need.grantTo(role, part);
  const made = new LambdaFunction(stack, id, {
    runtime: Runtime.NODEJS_24_X,
    architecture: architectures[deployment.settings.architecture],
    handler: `index.${part}`,
    code: Code.fromAsset(artifact.folder),
    memorySize: memoryMb,
    timeout,
    role,
    logGroup,
    environment: environment(props, ({ name, value }) => ({ [`${name}_ARN`]: value })),
  });
  const resource = made.node.defaultChild as CfnResource;
  resource.overrideLogicalId(id);
  nameArtifact(resource, artifact);
  return made;
}

/** A service as two functions behind the API; returns the one that takes messages. */
export function functionService(
  stack: Stack,
  { front, ...props }: ServiceProps & { readonly front: ApiFront },
): LambdaFunction {
  front.route(stack, props.service, serviceFunction(stack, 'http', props));
  return serviceFunction(stack, 'worker', props);
}
