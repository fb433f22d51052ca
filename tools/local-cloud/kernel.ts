/**
 * The interfaces between the parts of the local cloud. A service has a wire protocol handler for
 * SDK clients and a small in-process interface for other services. A resource provider creates
 * resources of one CloudFormation type in a service.
 */
import type { Misbehaviour } from './fault-switches.ts';
import type { OperationCounts } from './operations/index.ts';
import type { Actor, Credentials, Permissions } from './permissions/types.ts';
import type { SavedState } from './persist/index.ts';
import type { StartingPosition, StreamListener } from './stream-record.ts';

export type * from './fault-switches.ts';
export type * from './stream-record.ts';

/** An HTTP request. `path` is still percent-encoded, and header names are in lower case. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Aborts when the client disconnects, so that an abandoned long poll receives no messages. */
  readonly signal?: AbortSignal;
  /** The owner of the request's credentials. S3 finds it itself, because forms carry it too. */
  readonly caller?: Actor;
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
  /** The calls that it supports, by their names in the SDK. */
  readonly calls: readonly string[];
  handle(request: WireRequest): Promise<WireResponse>;
}

/** An error response of AWS. Each service serializes it in its own wire format. */
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

/** One line of output from the local cloud or from a process it runs. */
export interface LogLine {
  /** Epoch milliseconds. */
  readonly at: number;
  /** The stack that owns the process, or `local-cloud` for the local cloud's own lines. */
  readonly stack: string;
  /** Logical id of the function or container service. */
  readonly source: string;
  /** Id of the process that wrote the line, if one did. */
  readonly pid?: number;
  /** CloudWatch log group and stream. Absent from lines that AWS would not log. */
  readonly group?: string;
  readonly stream?: string;
  readonly text: string;
}
export type LogSink = (line: LogLine) => void;

/** Support for one property of a resource type: honoured, or ignored for the reason given. */
export type PropertySupport = 'honoured' | { readonly ignored: string };

/** Creates resources of one CloudFormation type. */
export interface ResourceProvider {
  readonly type: string;
  /** Every supported top-level property. Any other property is an error that names it. */
  readonly properties: Readonly<Record<string, PropertySupport>>;
  create(context: ResourceContext): Promise<CreatedResource>;
}

export interface ResourceContext {
  readonly stack: string;
  readonly logicalId: string;
  /** All intrinsic functions are resolved. */
  readonly properties: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
  readonly kernel: Kernel;
}

export interface CreatedResource {
  /** The value of `Ref`. */
  readonly physicalId: string;
  /** The values of `Fn::GetAtt`. Names may contain dots. */
  readonly attributes?: Readonly<Record<string, unknown>>;
  /**
   * Called after all resources are created. Resolves when this one works, e.g. when a container is
   * healthy.
   */
  start?(): Promise<void>;
  /** Stops processes and listeners within `graceMs`. */
  stop?(graceMs: number): Promise<void>;
}

/** Result of one function invocation. */
export interface Invocation {
  readonly payload: Buffer;
  readonly functionError?: 'Handled' | 'Unhandled';
  /** True when the invocation started a sandbox. */
  readonly cold: boolean;
  /** The last 4 KB of the log, if the caller asked for them. */
  readonly log?: Buffer;
}

/** An event on a bus. Schedules and AWS services put their events on the bus `default`. */
export interface BusEvent {
  readonly eventBusName: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  readonly resources?: readonly string[];
  readonly time?: Date;
}

/** A message that an event source mapping received from a queue. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Record<string, string>;
  readonly messageAttributes: Record<string, unknown>;
  readonly md5OfBody: string;
}

/** The services' in-process interfaces. Each is available once its service is created. */
export interface Services {
  sqs: {
    /** Sends a message. @throws AwsError when the queue does not exist */
    send(queueArn: string, body: string, delaySeconds?: number): void;
    /** Receives up to `max` messages. Waits up to `waitMs` for the first one. */
    receive(
      queueArn: string,
      max: number,
      waitMs: number,
      signal?: AbortSignal,
    ): Promise<ReceivedMessage[]>;
    delete(queueArn: string, receiptHandle: string): void;
    /** Makes a message visible again immediately, because its batch failed. */
    release(queueArn: string, receiptHandle: string): void;
    /** Makes delayed messages visible now, in one queue or in all. Returns their number. */
    deliverDelayedNow(queueArnOrAll?: string): number;
    /** ARNs of the queues whose dead letters go to a queue. */
    deadLetterSources(deadLetterQueueArn: string): string[];
    /** Message counts by queue ARN. */
    depths(): Record<string, { visible: number; inFlight: number; delayed: number }>;
  };
  events: {
    put(event: BusEvent): void;
    /**
     * Fires every scheduled rule now. Returns the number of rules, and the deliveries that failed at
     * once.
     */
    fireSchedules(): { fired: number; failures: string[] };
  };
  lambda: {
    /** Invokes a function by name or ARN, and waits for its response or its timeout. */
    invoke(functionNameOrArn: string, payload: Buffer): Promise<Invocation>;
    /** Kills every sandbox of the function. Returns the number of sandboxes. */
    kill(functionName: string): number;
  };
  webFunctions: {
    /** Kills every environment of a web function, by its name or ARN. Returns their number. */
    kill(reference: string): number;
  };
  dynamodb: {
    /**
     * Calls `listener` with each later record of the stream, in commit order. Returns the function
     * that unsubscribes. `TRIM_HORIZON` first passes the records made in this run.
     */
    subscribe(streamArn: string, listener: StreamListener, from?: StartingPosition): () => void;
  };
  s3: {
    get(bucket: string, key: string): { body: Buffer; headers: Record<string, string> } | undefined;
  };
  secrets: {
    /**
     * The current value of a secret by ARN. The suffix of an ECS `ValueFrom` (`:json-key::`)
     * selects a member of a JSON secret.
     * @throws AwsError when the secret or the member does not exist
     */
    value(secretArn: string): string;
    /** The ARN of a secret, from its name, its ARN or its ARN without the suffix. */
    arnOf(secretId: string): string | undefined;
  };
  ecs: {
    /** Kills the processes of a service. The scheduler restarts them. Returns their number. */
    kill(serviceName: string): number;
  };
}

/** Limits of sandboxes, and of the environments of web functions. */
export interface SandboxLimits {
  /** Per function or endpoint. Its own limit may be lower. */
  maxSandboxes: number;
  /** How long an idle one stays before it is ended. */
  idleTimeoutMs: number;
}

/** Shared state and settings that every part of the local cloud receives. */
export interface Kernel {
  /** State saved by the previous run. The services save their changes to it. */
  readonly saved: SavedState;
  readonly region: string;
  readonly accountId: string;
  /** `http://127.0.0.1:4566` */
  readonly endpointUrl: string;
  /** Folder that artifact paths in templates are relative to. */
  readonly root: string;
  readonly log: LogSink;
  readonly misbehaviour: Misbehaviour;
  /** Counts of service calls, for `cloud.operations()`. */
  readonly operations: OperationCounts;
  /** Decides what callers and services may do, by the policies of the templates. */
  readonly permissions: Permissions;
  /** Seeded random numbers in [0, 1), for fault injection. */
  random(): number;
  readonly services: Services;
  arn(service: string, resource: string): string;
  /** The configured port of a stack's public entry point, or 0 for any free port. */
  publicPort(stack: string): number;
  /** Address that public entry points listen on: 127.0.0.1, or 0.0.0.0 inside a container. */
  readonly publicAddress: string;
  /** Seconds between two readings of the scaling metrics. AWS uses 60; 0 disables scaling. */
  readonly metricSeconds: number;
  /** Limits for every function's sandboxes. They may change while the cloud runs. */
  readonly sandboxes: SandboxLimits;
  /**
   * Environment variables for a process: region, credentials and endpoint.
   * @param credentials by default those of the operator
   */
  awsEnvironment(credentials?: Credentials): Record<string, string>;
}
