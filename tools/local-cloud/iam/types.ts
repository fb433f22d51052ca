/** The types between the permissions of the local cloud and the services that ask for them. */

/** The session of a role: a function, a task, or a service that acts with a role. */
export interface RoleSession {
  readonly kind: 'role';
  /** `arn:aws:iam::ACCOUNT:role/PATH/NAME` */
  readonly roleArn: string;
  /** Name of a function, id of a task. It appears in the ARN of the session. */
  readonly sessionName: string;
}

/** A service of AWS that acts as itself, e.g. `events.amazonaws.com`. Resource policies admit it. */
export interface ServicePrincipal {
  readonly kind: 'service';
  readonly service: string;
  /** ARN of the rule, bucket or distribution for which it acts: the key `aws:SourceArn`. */
  readonly sourceArn?: string;
  /** Account of that resource: the key `aws:SourceAccount`. */
  readonly sourceAccount?: string;
}

/** A caller without credentials, e.g. of a function URL with `AuthType: NONE`. */
export interface Anonymous {
  readonly kind: 'anonymous';
}

/** The root user of the account, which no policy limits: the operator's `test` / `test`. */
export interface Root {
  readonly kind: 'root';
  /** Account id, twelve digits. */
  readonly account: string;
}

export type Principal = RoleSession | ServicePrincipal | Anonymous | Root;

/** The keys that conditions may test. A policy with another key is rejected when it is parsed. */
export type ContextKey =
  | 'aws:PrincipalArn'
  | 'aws:PrincipalAccount'
  | 'aws:PrincipalIsAWSService'
  | 'aws:PrincipalServiceName'
  | 'aws:SecureTransport'
  | 'aws:SourceAccount'
  | 'aws:SourceArn'
  | 'kms:EncryptionContext:aws:logs:arn'
  | 'lambda:FunctionUrlAuthType'
  | 'lambda:InvokedViaFunctionUrl';

/** Values of context keys. Booleans are `true` and `false`. A key may be absent. */
export type RequestContext = Readonly<Partial<Record<ContextKey, string>>>;

/** One action that a call needs on one resource. */
export interface RequiredAction {
  /** `dynamodb:PutItem` */
  readonly action: string;
  /** ARN, or `*` for an action that AWS does not define for single resources. */
  readonly resource: string;
  /** The keys that depend on the call. The evaluator adds the keys of the principal. */
  readonly context?: RequestContext;
}

/** A required action together with its caller. */
export interface AuthorizationRequest extends RequiredAction {
  readonly principal: Principal;
}

/**
 * What a policy is attached to: `identity` to a role, `resource` to a resource, `trust` to a role
 * that others assume.
 */
export type PolicyKind = 'identity' | 'resource' | 'trust';

/** A statement of a policy, as it is shown to people and counted. */
export interface StatementReference {
  readonly kind: PolicyKind;
  /** The name under which the policy was parsed, e.g. `STACK/LOGICAL_ID`. */
  readonly policy: string;
  /** Position in the policy, from 0. */
  readonly index: number;
  readonly sid?: string;
}

/** The policies that apply to a request. The principal's and the resource's account are the same. */
export interface ApplicablePolicies {
  /** Policies of the principal's role. Empty for other principals. */
  readonly identity: readonly Policy[];
  /** Policies of the resource, or the trust policy of a role that is assumed. Empty if it has none. */
  readonly resource: readonly Policy[];
}

/** A parsed policy. Only {@link parsePolicy} creates it. */
export interface Policy {
  readonly name: string;
  readonly kind: PolicyKind;
  readonly statements: readonly Statement[];
}

/** A parsed statement. Each part is a function that was compiled when the policy was parsed. */
export interface Statement {
  readonly reference: StatementReference;
  readonly effect: 'Allow' | 'Deny';
  matchesAction(action: string): boolean;
  matchesResource(arn: string): boolean;
  /** How a statement names a principal. Statements of identity policies apply to their role. */
  matchesPrincipal(principal: Principal): 'directly' | 'by account' | undefined;
  matchesConditions(context: RequestContext): boolean;
}

export type Decision = Allowed | Denied;

export interface Allowed {
  readonly allowed: true;
  /** The statement that allowed the request. Absent for the root user. */
  readonly by?: StatementReference;
}

export interface Denied {
  readonly allowed: false;
  readonly request: AuthorizationRequest;
  /** The statement with `Effect: Deny` that applied. Absent when nothing allowed the request. */
  readonly by?: StatementReference;
  /** The kind of policy that would have had to allow the request. */
  readonly missing: PolicyKind;
}

/** The ARNs of resources that calls name in another way. */
export interface ResourceNames {
  readonly region: string;
  readonly accountId: string;
  /** ARN of a secret, from its name, its ARN or its ARN without the suffix. */
  secretArn(secretId: string): string | undefined;
  /** ARN of the stream that an iterator of a shard reads. */
  streamArn(shardIterator: string): string | undefined;
  /** ARN of a stack, from its name or its ARN. */
  stackArn(stackName: string): string | undefined;
  /** ARNs of the queues whose dead letters go to a queue. */
  deadLetterSources(deadLetterQueueArn: string): readonly string[];
  /** ARN of the durable execution that waits for a callback. */
  durableExecutionArn(callbackId: string): string | undefined;
  /** ARN of the state machine whose execution waits with a task token. */
  stateMachineArn(taskToken: string): string | undefined;
}

/** The members of a call by their names in the SDK, e.g. `{ Bucket, Key }`. */
export type CallInput = Readonly<Record<string, unknown>>;
