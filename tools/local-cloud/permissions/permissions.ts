import {
  type ApplicablePolicies,
  type AuthorizationRequest,
  actionsOf,
  assumeRole,
  authorize,
  type Decision,
  deniedError,
  deniedMessage,
  type Principal,
  type RequestContext,
  type RequiredAction,
  type ResourceNames,
  type RoleSession,
  revealsMissing,
  type StatementReference,
} from '../iam/index.ts';
import type { LogSink } from '../kernel.ts';
import { temporaryCredentials } from './credentials.ts';
import { type Count, type Grant, GrantRecord } from './grants.ts';
import { keyActions } from './key-actions.ts';
import { PolicyStore } from './policy-store.ts';
import type { Actor, Credentials, Permissions, Session, Withdrawal } from './types.ts';

export interface PermissionSettings {
  readonly accountId: string;
  /** Long-term credentials that are allowed everything. */
  readonly operator: Credentials;
  /** Without enforcement, every caller may do everything, as in tests of one service. */
  readonly isEnforced: boolean;
  readonly log: LogSink;
}

/**
 * Decisions that are kept. Keys of objects are part of a resource, so their number has no bound of
 * its own.
 */
const MAX_DECISIONS = 10_000;

interface Kept {
  readonly decision: Decision;
  readonly count?: Count;
}

/** Decides every call by the policies of the templates, and records which statement allowed it. */
export class TemplatePermissions implements Permissions {
  readonly policies: PolicyStore;
  readonly #settings: PermissionSettings;
  /** Every session by its access key id. */
  readonly #sessions = new Map<string, Session>();
  readonly #grants = new GrantRecord();
  readonly #decisions = new Map<string, Kept>();
  readonly #reported = new Set<string>();
  /** ARNs of keys by the ARN of what is encrypted under them. */
  readonly #keys = new Map<string, string>();
  /** The denials since the last withdrawal that the withdrawn statement would have allowed. */
  readonly #caused = new Set<string>();
  #names: ResourceNames | undefined;
  /** The operator, whom no policy limits. */
  readonly operator: Session;
  /** A caller without credentials. */
  readonly anonymous: Actor;

  constructor(settings: PermissionSettings) {
    this.#settings = settings;
    this.policies = new PolicyStore(() => this.#decisions.clear());
    const { accountId: account, operator } = settings;
    this.operator = this.#session({ kind: 'root', account }, operator);
    this.anonymous = this.#actor({ kind: 'anonymous' });
  }

  /**
   * Whether policies decide. While the templates contain none, there is nothing to decide by: a template with one queue, to try
   * something out, works without roles.
   */
  get isEnforced(): boolean {
    return this.#settings.isEnforced && !this.policies.isEmpty;
  }

  /** Sets how ARNs are found of resources that calls name in another way. */
  useNames(names: ResourceNames): void {
    this.#names = names;
  }

  /** Says that a resource is encrypted under a customer's key, so that its callers need permissions on the key. */
  encrypt(resourceArn: string, keyArn: unknown): void {
    if (typeof keyArn === 'string' && keyArn.includes(':key/')) this.#keys.set(resourceArn, keyArn);
  }

  /** The statements that allow something, with counts of the calls that they allowed. */
  grants(): Grant[] {
    return this.#grants.list();
  }

  /** Starts counting the calls that the statements of a policy allow. */
  record(...policy: Parameters<GrantRecord['add']>): void {
    this.#grants.add(...policy);
  }

  /** A service that acts for one of its resources, e.g. EventBridge for a rule. */
  service(service: string, sourceArn: string): Actor {
    const { accountId: sourceAccount } = this.#settings;
    return this.#actor({ kind: 'service', service, sourceArn, sourceAccount });
  }

  /**
   * Lets a service act with a role.
   * @param service the service that assumes the role, e.g. `ecs-tasks.amazonaws.com`
   * @throws AwsError AccessDenied when the trust policy does not allow it
   */
  actAs(roleArn: string, service: string, sessionName: string): Actor {
    this.requireTrust(roleArn, service);
    return this.#actor({ kind: 'role', roleArn, sessionName });
  }

  /**
   * Issues credentials for a process that acts with a role.
   * @throws AwsError AccessDenied when the trust policy does not allow the service to assume it
   */
  assume(roleArn: string, service: string, sessionName: string): Session {
    if (!this.isEnforced) return this.operator;
    this.requireTrust(roleArn, service);
    return this.#session({ kind: 'role', roleArn, sessionName }, temporaryCredentials());
  }

  /**
   * Checks that a service may assume a role.
   * @throws AwsError AccessDenied when the trust policy does not allow it
   */
  requireTrust(roleArn: string, service: string): void {
    if (!this.isEnforced) return;
    const { accountId } = this.#settings;
    const assumes = { kind: 'service', service, sourceAccount: accountId } as const;
    this.#actor(assumes).require(assumeRole(roleArn));
  }

  /** The session with this access key id. Undefined for an unknown one. */
  sessionOf(accessKeyId: string): Session | undefined {
    return this.#sessions.get(accessKeyId);
  }

  /** The id and the name of a session in `aws:userid`: `AROA…:name`. */
  userIdOf({ roleArn, sessionName }: RoleSession): string {
    return `${this.policies.role(roleArn)?.id}:${sessionName}`;
  }

  /** Withdraws a statement, or one action of it, until it is restored. */
  withdraw(statement: StatementReference, action?: string): Withdrawal {
    this.#caused.clear();
    const restore = this.policies.withdraw(statement, action);
    const denials = () => [...this.#caused];
    return { restore, denials };
  }

  #session(principal: Principal, credentials: Credentials): Session {
    const session = { ...this.#actor(principal), credentials };
    this.#sessions.set(credentials.accessKeyId, session);
    return session;
  }

  #actor(principal: Principal): Actor {
    const caller = JSON.stringify(principal);
    const decide = (needed: RequiredAction) => this.#decide(caller, { principal, ...needed });
    const require = (needed: readonly RequiredAction[]): void => {
      if (!this.isEnforced) return;
      for (const one of needed) {
        const [service] = one.action.split(':');
        for (const part of [one, ...keyActions(one, this.#keys)]) {
          const decision = decide(part);
          if (!decision.allowed) throw deniedError(decision, service);
        }
      }
    };
    return {
      principal,
      require,
      may: (needed) =>
        !this.isEnforced ||
        needed
          .flatMap((one) => [one, ...keyActions(one, this.#keys)])
          .every((one) => decide(one).allowed),
      authorize: (service, operation, input) => {
        if (!this.isEnforced) return;
        require(actionsOf(service, operation, input, this.#namesOfResources()));
      },
      requireMissing: (service, operation, input) => {
        const needed = revealsMissing(service, operation, input);
        if (needed) require([needed]);
      },
    };
  }

  #namesOfResources(): ResourceNames {
    if (this.#names) return this.#names;
    throw new Error('The names of resources are not known yet.');
  }

  #decide(caller: string, request: AuthorizationRequest): Decision {
    const { action, resource, context } = request;
    const key = `${caller} ${action} ${resource} ${contextKey(context)}`;
    const kept = this.#decisions.get(key) ?? this.#keep(key, request);
    if (kept.count) kept.count.calls += 1;
    return kept.decision;
  }

  #keep(key: string, request: AuthorizationRequest): Kept {
    const { action } = request;
    const decision = authorize(request, this.#policiesFor(request, 'attachedTo'));
    const count =
      decision.allowed && decision.by ? { count: this.#grants.count(decision.by, action) } : {};
    const kept = { decision, ...count };
    if (this.#decisions.size >= MAX_DECISIONS) this.#decisions.clear();
    this.#decisions.set(key, kept);
    if (!decision.allowed) {
      const message = deniedMessage(decision);
      this.#report(key, message);
      const declared = this.policies.isReduced && this.#policiesFor(request, 'declaredFor');
      if (declared && authorize(request, declared).allowed) this.#caused.add(message);
    }
    return kept;
  }

  /** The policies that apply to a request: now, or as the templates declare them. */
  #policiesFor(
    { principal, action, resource }: AuthorizationRequest,
    which: 'attachedTo' | 'declaredFor',
  ): ApplicablePolicies {
    const nameOf = (roleArn: string) => roleArn.slice(roleArn.lastIndexOf('/') + 1);
    const identity =
      principal.kind === 'role' ? this.policies[which](nameOf(principal.roleArn)) : [];
    if (action !== 'sts:AssumeRole') return { identity, resource: this.policies[which](resource) };
    const role = this.policies.role(resource);
    const trust = role && (which === 'attachedTo' ? this.policies.trustOf(role) : role.trust);
    return { identity, resource: trust ? [trust] : [] };
  }

  /** Logs a denial when it first happens. AWS records it in CloudTrail. */
  #report(key: string, text: string): void {
    if (this.#reported.has(key) || this.#reported.size >= MAX_DECISIONS) return;
    this.#reported.add(key);
    this.#settings.log({ at: Date.now(), stack: 'local-cloud', source: 'iam', text });
  }
}

function contextKey(context: RequestContext = {}): string {
  return Object.entries(context)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}
