import { MisbehaviourControl } from './control/misbehaviour.ts';
import type { Kernel, LogSink, Services } from './kernel.ts';
import { OperationCounts } from './operations/index.ts';
import { nothingSaved, openSavedState, type SavedState } from './persist/index.ts';

/** Where the local cloud pretends to be. */
const region = 'us-east-1';
const accountId = '000000000000';
/** AWS gives an account 1000; a laptop has neither the cores nor the memory for that many processes. */
const maxSandboxes = 10;
/** AWS keeps idle sandboxes some minutes too, and does not promise how many. */
export const sandboxesKeptMs = 5 * 60_000;
// The pair that `awslocal` and most tools for local clouds use by themselves.
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

export interface KernelOptions {
  readonly root: string;
  readonly publicPorts?: Readonly<Record<string, number>>;
  /** Address that public entries listen on; 127.0.0.1 by default. */
  readonly publicAddress?: string;
  readonly log?: LogSink;
  /** Folder that data is kept in from one run to the next; by default nothing is kept. */
  readonly persistFolder?: string;
  /** Seconds between two readings of the metrics that services scale by; 60 as on AWS by default, 0 is never. */
  readonly metricSeconds?: number;
  /** Sandboxes one function may have at once, where its reserved concurrency is no lower; 10 by default. */
  readonly maxSandboxes?: number;
}

/** A kernel and what only its maker may do with it. */
export interface OwnedKernel {
  readonly kernel: Kernel;
  readonly misbehaviour: MisbehaviourControl;
  /** Adds services as they are created; each is there only from then on. */
  provide(services: Partial<Services>): void;
  /** To be told once the endpoint listens. */
  listening(port: number): void;
}

/** Makes what every part of the local cloud gets; services and address are filled in later. */
export function createKernel(options: KernelOptions): OwnedKernel {
  const misbehaviour = new MisbehaviourControl();
  const services = lateServices();
  let port: number | undefined;
  const log: LogSink = options.log ?? (() => {});
  const { persistFolder } = options;
  let saved: SavedState | undefined;
  const note = (text: string) =>
    log({ at: Date.now(), stack: 'local-cloud', source: 'saved', text });
  const kernel: Kernel = {
    // Opened when first used: whoever finds the endpoint's port taken must not touch the folder of the other.
    get saved() {
      saved ??= persistFolder === undefined ? nothingSaved : openSavedState(persistFolder, note);
      return saved;
    },
    region,
    accountId,
    get endpointUrl() {
      if (port === undefined) throw new Error('The AWS endpoint does not listen yet.');
      return `http://127.0.0.1:${port}`;
    },
    root: options.root,
    log,
    misbehaviour: misbehaviour.switches,
    operations: new OperationCounts(),
    random: () => misbehaviour.random(),
    services: services.all,
    // Bucket names are global: S3's ARNs name neither region nor account.
    arn: (service, resource) =>
      service === 's3'
        ? `arn:aws:s3:::${resource}`
        : `arn:aws:${service}:${service === 'iam' || service === 'cloudfront' ? '' : region}:${accountId}:${resource}`,
    metricSeconds: options.metricSeconds ?? 60,
    sandboxes: { most: options.maxSandboxes ?? maxSandboxes, keptMs: sandboxesKeptMs },
    publicAddress: options.publicAddress ?? '127.0.0.1',
    publicPort: (stack) => options.publicPorts?.[stack] ?? 0,
    awsEnvironment: () => ({
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINT_URL: kernel.endpointUrl,
      OTEL_EXPORTER_OTLP_ENDPOINT: kernel.endpointUrl,
      // Otherwise a client without credentials would wait for an address that only exists on EC2.
      AWS_EC2_METADATA_DISABLED: 'true',
    }),
  };
  return {
    kernel,
    misbehaviour,
    provide: services.provide,
    listening: (endpointPort) => {
      port = endpointPort;
    },
  };
}

/** Services refer to one another in circles, so each is looked up at the time of use. */
function lateServices(): { all: Services; provide: (given: Partial<Services>) => void } {
  const provided: Partial<Services> = {};
  const all = new Proxy({} as Services, {
    get(_, name) {
      const service: unknown = Reflect.get(provided, name);
      if (service === undefined) throw new Error(`This local cloud runs without ${String(name)}.`);
      return service;
    },
    has: (_, name) => Reflect.has(provided, name),
  });
  return { all, provide: (given) => void Object.assign(provided, given) };
}
