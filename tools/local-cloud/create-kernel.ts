import { MisbehaviourControl } from './control/misbehaviour.ts';
import type { Kernel, LogSink, Services } from './kernel.ts';
import { OperationCounts } from './operations/index.ts';
import { type Credentials, TemplatePermissions } from './permissions/index.ts';
import { NO_SAVED_STATE, openSavedState, type SavedState } from './persist/index.ts';

/** The region and account of every resource. */
const REGION = 'us-east-1';
const ACCOUNT_ID = '000000000000';
/**
 * The default on AWS is 1,000 per account; a laptop does not have the cores or memory for that many
 * processes.
 */
const MAX_SANDBOXES = 10;
/** AWS also keeps idle sandboxes for some minutes, but does not document the exact time. */
export const SANDBOX_IDLE_TIMEOUT_MS = 5 * 60_000;
/** The default credentials of `awslocal` and most local AWS tools. */
const CREDENTIALS: Credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
/** AWS publishes the metrics that services scale by once a minute. */
const METRIC_SECONDS = 60;

export interface KernelOptions {
  /** Folder that artifact paths in templates are relative to. */
  readonly root: string;
  /** Fixed ports for public entry points, by stack name. Other stacks get a free port. */
  readonly publicPorts?: Readonly<Record<string, number>>;
  /** Address that public entry points listen on. 127.0.0.1 by default. */
  readonly publicAddress?: string;
  readonly log?: LogSink;
  /**
   * Folder that keeps data across restarts. By default, data is lost when the local cloud stops.
   */
  readonly persistFolder?: string;
  /**
   * Seconds between two readings of the metrics that services scale by: 60 by default, as on AWS; 0
   * disables scaling.
   */
  readonly metricSeconds?: number;
  /** Concurrent sandboxes per function, unless its reserved concurrency is lower. 10 by default. */
  readonly maxSandboxes?: number;
  /**
   * Whether the policies of the templates decide each call. False by default, for tests of single
   * services, which have no templates.
   */
  readonly enforcesPermissions?: boolean;
}

/** A kernel, and the operations on it that are reserved for its owner. */
export interface OwnedKernel {
  readonly kernel: Kernel;
  readonly misbehaviour: MisbehaviourControl;
  /** Adds services as they are created. A service cannot be used before it is added. */
  provide(services: Partial<Services>): void;
  /** Sets the endpoint's port once it listens. */
  listening(port: number): void;
}

/** Creates the kernel. Services and the endpoint's address are added later. */
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
    // Opened on first use, after the endpoint listens: a second local cloud on the same port must
    // fail before it touches the folder of the first.
    get saved() {
      saved ??= persistFolder === undefined ? NO_SAVED_STATE : openSavedState(persistFolder, note);
      return saved;
    },
    region: REGION,
    accountId: ACCOUNT_ID,
    get endpointUrl() {
      if (port === undefined) throw new Error('The AWS endpoint is not listening yet.');
      return `http://127.0.0.1:${port}`;
    },
    root: options.root,
    log,
    misbehaviour: misbehaviour.switches,
    operations: new OperationCounts(),
    permissions: new TemplatePermissions({
      accountId: ACCOUNT_ID,
      operator: CREDENTIALS,
      isEnforced: options.enforcesPermissions ?? false,
      log,
    }),
    random: () => misbehaviour.random(),
    services: services.all,
    // Bucket names are global: S3 ARNs contain neither region nor account.
    arn: (service, resource) =>
      service === 's3'
        ? `arn:aws:s3:::${resource}`
        : `arn:aws:${service}:${service === 'iam' || service === 'cloudfront' ? '' : REGION}:${ACCOUNT_ID}:${resource}`,
    metricSeconds: options.metricSeconds ?? METRIC_SECONDS,
    sandboxes: {
      maxSandboxes: options.maxSandboxes ?? MAX_SANDBOXES,
      idleTimeoutMs: SANDBOX_IDLE_TIMEOUT_MS,
    },
    publicAddress: options.publicAddress ?? '127.0.0.1',
    publicPort: (stack) => options.publicPorts?.[stack] ?? 0,
    awsEnvironment: ({ accessKeyId, secretAccessKey, sessionToken } = CREDENTIALS) => ({
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
      AWS_ENDPOINT_URL: kernel.endpointUrl,
      OTEL_EXPORTER_OTLP_ENDPOINT: kernel.endpointUrl,
      // Without this, a client that lacks credentials waits for the metadata address, which exists
      // only on EC2.
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

/** Services depend on one another in cycles, so each is looked up when it is used. */
function lateServices(): { all: Services; provide: (given: Partial<Services>) => void } {
  const provided: Partial<Services> = {};
  const all = new Proxy({} as Services, {
    get(_, name) {
      const service: unknown = Reflect.get(provided, name);
      if (service === undefined) {
        throw new Error(`This local cloud does not run the service ${String(name)}.`);
      }
      return service;
    },
    has: (_, name) => Reflect.has(provided, name),
  });
  return { all, provide: (given) => void Object.assign(provided, given) };
}
