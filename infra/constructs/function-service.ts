import { AssetHashType, type CfnResource, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  type DurableConfig,
  type IFunction,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { artifactHash } from '../artifact-hash.ts';
import { type Deployed, nameArtifact } from '../deployment.ts';
import { acknowledge, OWN_KEY_COSTS } from './acknowledge.ts';
import type { ApiFront } from './api-front.ts';
import { environment, grantNeeds, type ServiceProps } from './environment.ts';
import { released } from './function-release.ts';
import { largestBodies } from './largest-bodies.ts';
import { sizeOf } from './limits.ts';
import { shortLivedLogs } from './log-group.ts';
import { nameBodies } from './name-bodies.ts';
import { acknowledgeTraces } from './traces.ts';

const ARCHITECTURES = { arm64: Architecture.ARM_64, x86_64: Architecture.X86_64 };

const IDS = { http: 'Http', worker: 'Worker', durable: 'Durable', steps: 'Steps' };

/**
 * Creates one part of a service as a function. Its logical ID in the service's stack is the name of the part. A durable
 * function and the function of a state machine do the work of a worker.
 */
export function serviceFunction(
  stack: Stack,
  part: keyof typeof IDS,
  props: ServiceProps<Deployed> & { readonly durableConfig?: DurableConfig },
): LambdaFunction {
  const { deployment, service } = props;
  const artifact = deployment.artifact(service);
  const rights = part === 'http' ? 'http' : 'worker';
  const { memoryMb, timeout } = sizeOf(service)[rights];
  const id = IDS[part];
  const logGroup = shortLivedLogs(stack, `${id}Logs`);
  // The default role may write to every log group of the account.
  const role = new Role(stack, `${id}Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  logGroup.grantWrite(role);
  grantNeeds(props, role, rights);
  const lambda = new LambdaFunction(stack, id, {
    runtime: Runtime.NODEJS_24_X,
    architecture: ARCHITECTURES[deployment.settings.architecture],
    handler: `index.${part}`,
    code: Code.fromAsset(artifact.folder, {
      assetHashType: AssetHashType.CUSTOM,
      assetHash: artifactHash(artifact.folder),
    }),
    memorySize: memoryMb,
    timeout,
    role,
    logGroup,
    ...(deployment.settings.xray && { tracing: Tracing.ACTIVE }),
    ...(props.durableConfig && {
      durableConfig: props.durableConfig,
      // An execution stays on its version until it ends.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    }),
    environment: environment(props, ({ name, value }) => ({ [`${name}_ARN`]: value })),
  });
  const resource = lambda.node.defaultChild as CfnResource;
  resource.overrideLogicalId(id);
  nameArtifact(resource, artifact);
  acknowledgeTraces(role, deployment.settings);
  acknowledge(lambda, {
    CKV_AWS_115:
      'Reserved concurrency cannot be set on a new account. The stage and the event sources limit how many run.',
    CKV_AWS_116:
      'Queues, which have dead-letter queues, and the API call it. A schedule calls again in an hour.',
    CKV_AWS_117: 'It uses public endpoints of AWS only. In a network it would need a NAT gateway.',
    CKV_AWS_173: OWN_KEY_COSTS,
  });
  return lambda;
}

/** Creates a service as two functions behind the API. Returns what feeds invoke: the worker, or its alias. */
export function functionService(
  stack: Stack,
  { front, ...props }: ServiceProps & { readonly front: ApiFront },
): IFunction {
  const { settings } = props.deployment;
  const http = serviceFunction(stack, 'http', props);
  nameBodies(http, largestBodies(props.service));
  const guards = [front.errors];
  front.route(stack, props.service, released(http, { settings, part: 'http', guards }));
  return released(serviceFunction(stack, 'worker', props), { settings, part: 'worker' });
}
