/**
 * What the parts of the local cloud know of one another. A service is a wire protocol handler (what an SDK client talks
 * to) plus a small internal interface for its neighbours; a resource provider turns one CloudFormation type into it.
 */
import type { OperationCounts } from './operations/index.ts';
import type { SavedState } from './persist/index.ts';

/** An HTTP request as it came over the wire; `path` is raw (not decoded), header names are lower case. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Aborts when the client goes away before it has its answer: a long poll must not take messages for nobody. */
  readonly signal?: AbortSignal;
}

export interface WireResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

/** One AWS service on the shared endpoint (4566). */
export interface WireService {
  /** The service's name in a SigV4 credential scope: `dynamodb`, `s3`, `sqs`, `events`, … */
  readonly name: string;
  handle(request: WireRequest): Promise<WireResponse>;
}

/** An error that AWS itself would answer; each service writes it in its own wire format. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = status;
  }
}

/** One line of output of the local cloud or of a process it runs. */
export interface LogLine {
  readonly at: number;
  /** Stack that owns the process, e.g. `triptych-serverless-catalog`; `local-cloud` for our own lines. */
  readonly stack: string;
  /** Logical id of the function or container service. */
  readonly source: string;
  /** Process id, when a process wrote it. */
  readonly pid?: number;
  readonly text: string;
}
export type LogSink = (line: LogLine) => void;

/** Everything that may go wrong on purpose; read at each delivery, changed through the control interface. */
export interface Misbehaviour {
  /** Seed of the generator behind the probabilities below. */
  seed: number;
  /** 0–1: chance that a queue message is delivered a second time. */
  duplicateDeliveries: number;
  /** Deliver queue messages in random order. */
  reorderDeliveries: boolean;
  /** 0–1: chance that a DynamoDB call is answered with a throttling error. */
  throttleDynamo: number;
  /** 0–1: chance that an AWS call is carried out but its answer dropped. */
  dropAnswers: number;
  /** Added to each AWS call, in milliseconds. */
  addLatencyMs: number;
  /** AWS services nobody can reach: their calls are cut off before anything is done, e.g. `events`. */
  away: readonly string[];
}

/** One property of a resource type: honoured, or left out of account for a stated reason. */
export type PropertySupport = 'honoured' | { readonly ignored: string };

/** Makes one CloudFormation resource type real. */
export interface ResourceProvider {
  readonly type: string;
  /** Every top-level property we know; any other one is an error that names it. */
  readonly properties: Readonly<Record<string, PropertySupport>>;
  create(context: ResourceContext): Promise<CreatedResource>;
}

export interface ResourceContext {
  readonly stack: string;
  readonly logicalId: string;
  /** With all intrinsics resolved. */
  readonly properties: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
  readonly kernel: Kernel;
}

export interface CreatedResource {
  /** What `Ref` gives. */
  readonly physicalId: string;
  /** What `Fn::GetAtt` gives; dots allowed in names. */
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** Resolves when the resource does its work (a container answers its health check). Called after all creates. */
  start?(): Promise<void>;
  /** Ends processes and listeners within `graceMs`. */
  stop?(graceMs: number): Promise<void>;
}

/** Result of one function invocation. */
export interface Invocation {
  readonly payload: Buffer;
  readonly functionError?: 'Handled' | 'Unhandled';
  /** True when a sandbox had to be started for it. */
  readonly cold: boolean;
}

/** An event on a bus; `eventBusName` 'default' is where AWS services' own events and schedules appear. */
export interface BusEvent {
  readonly eventBusName: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  readonly resources?: readonly string[];
  readonly time?: Date;
}

/** One change of a table item, in DynamoDB Streams' record form (`NEW_IMAGE` or both, as the table says). */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventSource: 'aws:dynamodb';
  readonly eventSourceARN: string;
  readonly eventVersion: '1.1';
  readonly awsRegion: string;
  readonly dynamodb: Record<string, unknown>;
  readonly userIdentity?: Record<string, string>;
}

/** A message taken from a queue by an event source mapping. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Record<string, string>;
  readonly messageAttributes: Record<string, unknown>;
  readonly md5OfBody: string;
}

/** What neighbours may ask of each other in process; set as the services are created. */
export interface Services {
  sqs: {
    /** Puts a message into the queue with this ARN; unknown ARN throws. */
    send(queueArn: string, body: string, delaySeconds?: number): void;
    /** Takes up to `max` messages, waiting up to `waitMs` for one. */
    receive(
      queueArn: string,
      max: number,
      waitMs: number,
      signal?: AbortSignal,
    ): Promise<ReceivedMessage[]>;
    delete(queueArn: string, receiptHandle: string): void;
    /** Makes messages visible again at once (batch failed). */
    release(queueArn: string, receiptHandle: string): void;
    /** Makes every delayed message visible now; returns how many. */
    deliverDelayedNow(queueArnOrAll?: string): number;
    /** Numbers by queue ARN. */
    depths(): Record<string, { visible: number; inFlight: number; delayed: number }>;
  };
  events: { put(event: BusEvent): void };
  lambda: {
    /** Invokes a function by name or ARN and waits for its answer or its time-out. */
    invoke(functionNameOrArn: string, payload: Buffer): Promise<Invocation>;
    /** Kills every sandbox of the function; returns how many there were. */
    kill(functionName: string): number;
  };
  dynamodb: {
    /** Calls back with ordered batches of records from now on; returns the unsubscriber. */
    subscribe(streamArn: string, listener: (record: StreamRecord) => void): () => void;
  };
  s3: {
    get(bucket: string, key: string): { body: Buffer; headers: Record<string, string> } | undefined;
  };
  secrets: {
    /** Current value of a secret by ARN; an ECS `ValueFrom` suffix (`:json-key::`) is not part of it. Throws when unknown. */
    value(secretArn: string): string;
  };
  ecs: {
    /** Kills the running processes of a service; the scheduler restarts them. Returns how many. */
    kill(serviceName: string): number;
  };
}

export interface SandboxLimits {
  /** Concurrent sandboxes per function. A function's reserved concurrency may be lower. */
  maxSandboxes: number;
  /** How long an idle sandbox is kept. */
  idleTimeoutMs: number;
}

/** Shared state and settings that every part of the local cloud receives. */
export interface Kernel {
  /** What was there when the local cloud ran last, and where to note what shall be there next time. */
  readonly saved: SavedState;
  readonly region: string;
  readonly accountId: string;
  /** `http://127.0.0.1:4566` */
  readonly endpointUrl: string;
  /** Folder that artifact paths in templates are relative to. */
  readonly root: string;
  readonly log: LogSink;
  readonly misbehaviour: Misbehaviour;
  /** What was asked of the services, for `cloud.operations()`. */
  readonly operations: OperationCounts;
  /** Seeded random numbers in [0, 1) for misbehaviour. */
  random(): number;
  readonly services: Services;
  arn(service: string, resource: string): string;
  /** Port for the public entry of a stack (a setting), or 0 for any free one. */
  publicPort(stack: string): number;
  /** Address that public entries listen on: 127.0.0.1, but all of its own where a container is around it. */
  readonly publicAddress: string;
  /** Seconds between two readings of the metrics that services scale by; 0 is never. AWS takes 60. */
  readonly metricSeconds: number;
  /** Limits for every function's sandboxes. They may change while the cloud runs. */
  readonly sandboxes: SandboxLimits;
  /** Environment that AWS gives to every process: region, credentials, endpoint. */
  awsEnvironment(): Record<string, string>;
}
