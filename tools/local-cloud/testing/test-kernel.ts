import { type Endpoint, startEndpoint } from '../endpoint/index.ts';
import type { BusEvent, Kernel, Misbehaviour, Services, WireService } from '../kernel.ts';
import { OperationCounts } from '../operations/index.ts';
import { TemplatePermissions } from '../permissions/index.ts';
import { NO_SAVED_STATE } from '../persist/index.ts';

/** The credentials of the test kernel. */
export const TEST_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local-secret' };

/** SDK client settings for an endpoint that a test started. */
export function clientSettings(endpoint: { port: number }) {
  return {
    endpoint: `http://127.0.0.1:${endpoint.port}`,
    region: 'us-east-1',
    credentials: TEST_CREDENTIALS,
  };
}

/** A kernel for one service under test. Its bus only records events. */
export function testKernel(): Kernel & {
  readonly misbehaviour: Misbehaviour;
  busEvents: BusEvent[];
} {
  const busEvents: BusEvent[] = [];
  return {
    saved: NO_SAVED_STATE,
    region: 'us-east-1',
    accountId: '000000000000',
    endpointUrl: 'http://127.0.0.1:0',
    root: process.cwd(),
    log: () => {},
    misbehaviour: {
      seed: 1,
      duplicateDeliveries: 0,
      reorderDeliveries: false,
      throttleDynamo: 0,
      dropAnswers: 0,
      addLatencyMs: 0,
      away: [],
    },
    operations: new OperationCounts(),
    permissions: new TemplatePermissions({
      accountId: '000000000000',
      operator: TEST_CREDENTIALS,
      isEnforced: false,
      log: () => {},
    }),
    random: () => 0.25,
    services: { events: { put: (event: BusEvent) => void busEvents.push(event) } } as Services,
    busEvents,
    arn: (service, resource) =>
      service === 's3'
        ? `arn:aws:s3:::${resource}`
        : `arn:aws:${service}:us-east-1:000000000000:${resource}`,
    publicAddress: '127.0.0.1',
    publicPort: () => 0,
    metricSeconds: 0.05,
    sandboxes: { maxSandboxes: 10, idleTimeoutMs: 300_000 },
    awsEnvironment: () => ({
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
    }),
  };
}

/** Starts an endpoint for services of a test kernel on any free port. */
export function startTestEndpoint(kernel: Kernel, services: WireService[]): Promise<Endpoint> {
  return startEndpoint({
    port: 0,
    services,
    misbehaviour: kernel.misbehaviour,
    log: kernel.log,
    permissions: kernel.permissions,
    random: kernel.random,
  });
}
