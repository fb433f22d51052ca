import { fileURLToPath } from 'node:url';
import {
  GetDurableExecutionCommand,
  type GetDurableExecutionResponse,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { PATIENT_MS } from '@triptych/platform/testing/patience';
import { buildSync } from 'esbuild';
import { type ComputeCloud, computeCloud, eventually } from '../../lambda/testing/compute-cloud.ts';
import { clientSettings, startTestEndpoint } from '../../testing/test-kernel.ts';

/** A call through the SDK every 10 ms would take as much of the processor as the functions do. */
const POLL_MS = 100;

/** A cloud whose functions use the real SDK of durable executions, and a client of its Lambda. */
export interface DurableCloud {
  readonly cloud: ComputeCloud;
  readonly client: LambdaClient;
  /** Creates a durable function from the source of its handler `(event, context, log)`. Returns its name. */
  durable(logicalId: string, handler: string): Promise<string>;
  /** The source of the artifact with this handler. */
  sourceOf(handler: string): string;
  /** Starts an execution. Returns its ARN. */
  start(name: string, event: unknown, executionName?: string): Promise<string>;
  /** Waits until the execution has ended. */
  ended(arn: string): Promise<GetDurableExecutionResponse>;
  stop(): Promise<void>;
}

export async function durableCloud(): Promise<DurableCloud> {
  const cloud = computeCloud();
  let answers = 0;
  // Drops every other response while `dropAnswers` is set.
  const random = () => (answers++ % 2) / 2;
  const endpoint = await startTestEndpoint({ ...cloud.kernel, random }, [cloud.lambda.wire]);
  const client = new LambdaClient(clientSettings(endpoint));
  const sdk = bundledSdk();
  return {
    cloud,
    client,
    sourceOf,
    async durable(logicalId, handler) {
      cloud.artifact(`dist/${logicalId}`, { 'sdk.cjs': sdk });
      return cloud.function(logicalId, sourceOf(handler), {
        DurableConfig: { ExecutionTimeout: 600 },
        Environment: {
          Variables: { AWS_ENDPOINT_URL: `http://127.0.0.1:${endpoint.port}` },
        },
      });
    },
    async start(name, event, executionName) {
      const { DurableExecutionArn } = await client.send(
        new InvokeCommand({
          FunctionName: name,
          Qualifier: '$LATEST',
          InvocationType: 'Event',
          DurableExecutionName: executionName,
          Payload: JSON.stringify(event),
        }),
      );
      return DurableExecutionArn ?? '';
    },
    ended: (arn) =>
      eventually(
        async () => {
          const command = new GetDurableExecutionCommand({ DurableExecutionArn: arn });
          const execution = await client.send(command);
          return execution.Status !== 'RUNNING' && execution;
        },
        PATIENT_MS,
        POLL_MS,
      ),
    async stop() {
      client.destroy();
      await cloud.stop();
      await endpoint.stop();
    },
  };
}

function sourceOf(handler: string): string {
  return `import { createRequire } from 'node:module';
    import { appendFileSync } from 'node:fs';
    const sdk = createRequire(import.meta.url)('./sdk.cjs');
    const log = (text) => appendFileSync('log.txt', text + '\\n');
    const handler = ${handler};
    export const http = sdk.withDurableExecution((event, context) => handler(event, context, log));`;
}

let bundle: string | undefined;

/** The SDK as one CommonJS file, so that a function in a temporary folder can load it. */
function bundledSdk(): string {
  bundle ??= buildSync({
    entryPoints: [fileURLToPath(import.meta.resolve('@aws/durable-execution-sdk-js'))],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    logLevel: 'error',
  }).outputFiles[0]?.text;
  return bundle ?? '';
}
