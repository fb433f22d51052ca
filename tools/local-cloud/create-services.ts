import { createCloudFormation } from './cloudformation/index.ts';
import { createComputeServices } from './compute-services.ts';
import { createRegistry } from './create-registry.ts';
import { createDataServices } from './data-services.ts';
import { parseCallbackId } from './durable/index.ts';
import { streamOfIterator } from './dynamodb/index.ts';
import type { Kernel } from './kernel.ts';
import { createLogs, type LogStore } from './logs/index.ts';
import type { OpenEndpoint } from './network/index.ts';
import { stateMachineOf } from './step-functions/index.ts';
import { createSts } from './sts/index.ts';
import { createTraces } from './traces/index.ts';

/**
 * Creates every service of the local cloud.
 * @param openEndpoint opens the endpoint for the tasks of one service. Absent where none will run
 */
export function createServices(kernel: Kernel, logStore: LogStore, openEndpoint?: OpenEndpoint) {
  const data = createDataServices(kernel);
  const compute = createComputeServices(kernel, openEndpoint);
  const logs = createLogs(kernel, logStore);
  const registry = createRegistry(data, compute, logs);
  const cloudFormation = createCloudFormation(kernel, registry);
  const traces = createTraces();
  kernel.permissions.useNames({
    region: kernel.region,
    accountId: kernel.accountId,
    secretArn: (secretId) => data.services.secrets.arnOf(secretId),
    streamArn: streamOfIterator,
    stackArn: (stackName) => cloudFormation.arnOf(stackName),
    durableExecutionArn: (callbackId) => parseCallbackId(callbackId)?.executionArn,
    stateMachineArn: stateMachineOf,
    deadLetterSources: (arn) => data.services.sqs.deadLetterSources(arn),
  });
  const others = [cloudFormation, logs, createSts(kernel)].map((service) => service.wire);
  return {
    ...{ data, compute, cloudFormation, traces, registry },
    /** The services of AWS, on one endpoint. The OTLP receiver shares it. */
    aws: [...data.wires, ...compute.wires, ...others],
  };
}
