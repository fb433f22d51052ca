import { estimatedLength } from './estimate-length.ts';
import { type Checked, type CheckedResource, nameOf, perResource, type Quota } from './quota.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';
const SCALING = 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html';
const CONCURRENCY = 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html';
const FUNCTION = 'AWS::Lambda::Function';
const MAPPING = 'AWS::Lambda::EventSourceMapping';

const property = (name: string) =>
  perResource(FUNCTION, ({ properties }) => properties[name] as number | undefined);

/** The size of a resource's artifact. */
export function artifactOf(type: string) {
  return ({ resources, artifactBytes }: Checked) =>
    resources.flatMap((resource: CheckedResource) => {
      const path = resource.metadata['triptych:artifact'];
      if (resource.type !== type || typeof path !== 'string') return [];
      return [{ where: nameOf(resource), value: artifactBytes(path) }];
    });
}

/** Quotas of functions, and of the images of container services. */
export const LAMBDA_QUOTAS: readonly Quota[] = [
  {
    name: 'bytes of the environment of a function',
    atMost: 4_096,
    page: PAGE,
    measure: perResource(FUNCTION, ({ properties }) =>
      estimatedLength(properties.Environment?.Variables ?? {}),
    ),
  },
  {
    name: 'seconds of timeout of a function',
    atMost: 900,
    page: PAGE,
    measure: property('Timeout'),
  },
  {
    name: 'MB of memory of a function',
    atMost: 10_240,
    page: PAGE,
    measure: property('MemorySize'),
  },
  { name: 'MB of memory of a function', atLeast: 128, page: PAGE, measure: property('MemorySize') },
  {
    name: 'layers of a function',
    atMost: 5,
    page: PAGE,
    measure: perResource(FUNCTION, ({ properties }) => properties.Layers?.length ?? 0),
  },
  {
    name: 'bytes of an unzipped package',
    atMost: 250 * 1024 * 1024,
    page: PAGE,
    measure: artifactOf(FUNCTION),
  },
  {
    name: 'bytes of an image, which must fit into the ephemeral storage of a task',
    atMost: 20 * 1024 ** 3,
    page: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html',
    measure: artifactOf('AWS::ECS::TaskDefinition'),
  },
  {
    // A new account may run 10 functions at a time, and 100 must stay unreserved where there are more.
    name: 'reserved executions of a function in a new account',
    atMost: 0,
    page: CONCURRENCY,
    measure: property('ReservedConcurrentExecutions'),
  },
  {
    name: 'concurrent batches of a queue (MaximumConcurrency)',
    atLeast: 2,
    page: SCALING,
    measure: perResource(MAPPING, ({ properties }) => properties.ScalingConfig?.MaximumConcurrency),
  },
  {
    name: 'concurrent batches of a queue (MaximumConcurrency)',
    atMost: 1_000,
    page: SCALING,
    measure: perResource(MAPPING, ({ properties }) => properties.ScalingConfig?.MaximumConcurrency),
  },
];
