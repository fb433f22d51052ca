import type { Session } from '../permissions/index.ts';

/** A web function: a name that revisions and endpoints belong to. */
export interface WebFunctionDefinition {
  readonly name: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly createdAt: Date;
}

/** Immutable code and settings. */
export interface RevisionDefinition {
  readonly id: string;
  readonly functionName: string;
  readonly stack: string;
  /** Logical id of the revision's resource. */
  readonly logicalId: string;
  /** Number of changes of the code since the deployment. */
  readonly change: number;
  readonly description?: string;
  readonly createdAt: Date;
  /** Folder of the artifact: the working directory of its processes. */
  readonly folder: string;
  readonly runtime: string;
  readonly timeoutMs: number;
  /** Concurrent requests per environment. */
  readonly maxConcurrency: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly logGroup: string;
  readonly systemLogLevel: SystemLogLevel;
  /** The member `BuildConfig` as in the template. */
  readonly buildConfig: unknown;
  /** The member `ServiceConfig` as in the template. */
  readonly serviceConfig: unknown;
  readonly roleArn: string;
  /** The session of its role. All environments share its credentials. */
  readonly session: Session;
}

export const SYSTEM_LOG_LEVELS = ['DEBUG', 'INFO', 'WARN'] as const;
export type SystemLogLevel = (typeof SYSTEM_LOG_LEVELS)[number];

export const AUTH_TYPES = ['ApplicationManaged', 'IamAuth'] as const;
export type AuthType = (typeof AUTH_TYPES)[number];

export interface RevisionWeight {
  readonly revisionId: string;
  /** 1 to 100. All weights of an endpoint add up to 100. */
  readonly weight: number;
}

/** An HTTPS domain of a function, and the revisions that serve it. */
export interface EndpointDefinition {
  readonly name: string;
  readonly functionName: string;
  readonly stack: string;
  readonly description?: string;
  readonly createdAt: Date;
  readonly authType: AuthType;
  readonly weights: readonly RevisionWeight[];
  /** Present if the template limits the environments. */
  readonly maxEnvironments?: number;
  /** Requests per second. Present if the template limits them. 0 rejects everything. */
  readonly rateLimit?: number;
}
