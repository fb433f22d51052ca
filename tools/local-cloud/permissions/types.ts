/** The permissions of the local cloud, as its services see them. */
import type {
  CallInput,
  Policy,
  Principal,
  RequiredAction,
  ResourceNames,
  RoleSession,
  StatementReference,
} from '../iam/types.ts';
import type { Grant } from './grants.ts';

/** A key pair, and the token that every request of a temporary session carries. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Someone who calls AWS: the session of a role, a service, the operator, or nobody known. */
export interface Actor {
  readonly principal: Principal;
  /** Checks actions. @throws AwsError of the service whose action is denied */
  require(needed: readonly RequiredAction[]): void;
  /** Whether all actions are allowed. */
  may(needed: readonly RequiredAction[]): boolean;
  /** Checks every action of a call. @throws AwsError of the service when one is denied */
  authorize(service: string, operation: string, input: CallInput): void;
  /**
   * Checks that the caller of a call may learn that its object does not exist.
   * @throws AwsError of the service when it may not
   */
  requireMissing(service: string, operation: string, input: CallInput): void;
}

/** The session of a role, with credentials for its process. */
export interface Session extends Actor {
  readonly credentials: Credentials;
}

/** A role: the policy that says who may assume it, and its identity for `aws:userid`. */
export interface Role {
  /** `arn:aws:iam::ACCOUNT:role/PATH/NAME` */
  readonly arn: string;
  readonly name: string;
  /** `AROA…` */
  readonly id: string;
  readonly trust: Policy;
}

/** Where the templates' roles and policies are added. */
export interface Policies {
  /** Adds a role, or replaces the one with the same name. */
  addRole(role: Role): void;
  /** Adds a policy, or replaces the one with the same name. `to` has role names or resource ARNs. */
  attach(policy: Policy, to: readonly string[]): void;
  /** Makes a policy of roles known by an ARN. */
  nameManaged(arn: string, policyName: string): void;
  /**
   * Attaches a managed policy to another role.
   * @throws Error for a policy that no template contains, e.g. one that AWS manages
   */
  attachManaged(arn: string, roleName: string): void;
}

/** A statement, or one of its actions, that does not apply for a while. */
export interface Withdrawal {
  /** Makes the statement apply again. */
  restore(): void;
  /** The messages of the denials since then that the statement would have prevented. */
  denials(): readonly string[];
}

/** Decides every call by the policies of the templates, and records which statement allowed it. */
export interface Permissions {
  /**
   * Whether policies decide. Otherwise every caller may do everything: in tests of one service, and while no template contains a
   * role or policy.
   */
  readonly isEnforced: boolean;
  readonly policies: Policies;
  /** The operator, whom no policy limits. */
  readonly operator: Session;
  /** A caller without credentials. */
  readonly anonymous: Actor;
  /** Says that a resource is encrypted under a customer's key, so that its callers need permissions on the key. */
  encrypt(resourceArn: string, keyArn: unknown): void;
  /** Sets how ARNs are found of resources that calls name in another way. */
  useNames(names: ResourceNames): void;
  /** A service that acts for one of its resources, e.g. EventBridge for a rule. */
  service(service: string, sourceArn: string): Actor;
  /**
   * Lets a service act with a role.
   * @param service the service that assumes the role, e.g. `ecs-tasks.amazonaws.com`
   * @throws AwsError AccessDenied when the trust policy does not allow it
   */
  actAs(roleArn: string, service: string, sessionName: string): Actor;
  /**
   * Issues credentials for a process that acts with a role.
   * @throws AwsError AccessDenied when the trust policy does not allow the service to assume it
   */
  assume(roleArn: string, service: string, sessionName: string): Session;
  /** Checks that a service may assume a role. @throws AwsError AccessDenied */
  requireTrust(roleArn: string, service: string): void;
  /** The session with this access key id. Undefined for an unknown one. */
  sessionOf(accessKeyId: string): Session | undefined;
  /** The id and the name of a session in `aws:userid`: `AROA…:name`. */
  userIdOf(session: RoleSession): string;
  /** Starts counting the calls that the statements of a policy allow. */
  record(kind: Policy['kind'], policy: string, document: unknown): void;
  /** The statements that allow something, with counts of the calls that they allowed. */
  grants(): Grant[];
  /** Withdraws a statement, or one action of it, until it is restored. */
  withdraw(statement: StatementReference, action?: string): Withdrawal;
}
