import type { Policy, StatementReference } from '../iam/index.ts';
import type { Policies, Role } from './types.ts';

/** A policy and what it is attached to: names of roles, or ARNs of resources. */
interface Attached {
  readonly policy: Policy;
  readonly to: readonly string[];
}

/**
 * A policy as it applies now, and as its template declares it. They differ while a statement is
 * withdrawn.
 */
interface Attachment {
  readonly effective: Policy;
  readonly declared: Policy;
}

/** A statement, or one of its actions, that does not apply for a while. */
interface Withdrawn {
  readonly statement: StatementReference;
  readonly action?: string;
}

/** Policies that AWS manages for services that do not act here. They allow nothing. */
const OF_ABSENT_SERVICES: ReadonlySet<string> = new Set([
  // CodeDeploy: an alias has its newest version at once.
  'arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited',
  // ECS Express Mode: its services do not run here.
  'arn:aws:iam::aws:policy/service-role/AmazonECSInfrastructureRoleforExpressGatewayServices',
]);

/** The roles and policies of the deployed templates. */
export class PolicyStore implements Policies {
  readonly #roles = new Map<string, Role>();
  readonly #attached = new Map<string, Attached>();
  /** By role name or resource ARN. Rebuilt after each change. */
  #index: Map<string, Attachment[]> | undefined;
  /** The names of managed policies by their ARNs. */
  readonly #managed = new Map<string, string>();
  #withdrawn: readonly Withdrawn[] = [];
  /** Called after each change, because earlier decisions may no longer hold. */
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Adds a role, or replaces the one with the same name. */
  addRole(role: Role): void {
    this.#roles.set(role.name, role);
    this.#invalidate();
  }

  /** Adds a policy, or replaces the one with the same name. */
  attach(policy: Policy, to: readonly string[]): void {
    this.#attached.set(`${policy.kind} ${policy.name}`, { policy, to });
    this.#invalidate();
  }

  /** Makes a policy of roles known by an ARN. */
  nameManaged(arn: string, policyName: string): void {
    this.#managed.set(arn, policyName);
  }

  /**
   * Attaches a managed policy to another role.
   * @throws Error for a policy that no template contains, e.g. one that AWS manages
   */
  attachManaged(arn: string, roleName: string): void {
    if (OF_ABSENT_SERVICES.has(arn)) return;
    const key = `identity ${this.#managed.get(arn)}`;
    const known = this.#attached.get(key);
    if (!known) throw new Error(`the managed policy ${arn} is not in a template`);
    this.#attached.set(key, { ...known, to: [...known.to, roleName] });
    this.#invalidate();
  }

  /** The role with this ARN. */
  role(arn: string): Role | undefined {
    const role = this.#roles.get(arn.slice(arn.lastIndexOf('/') + 1));
    return role?.arn === arn ? role : undefined;
  }

  /** The policies of a role by its name, or of a resource by its ARN. An object has its bucket's. */
  attachedTo(target: string): readonly Policy[] {
    return this.#attachments(target).map(({ effective }) => effective);
  }

  /** The same as {@link attachedTo}, with the statements that are withdrawn. */
  declaredFor(target: string): readonly Policy[] {
    return this.#attachments(target).map(({ declared }) => declared);
  }

  /** The trust policy of a role, without the statements that are withdrawn. */
  trustOf(role: Role): Policy {
    return this.#effective(role.trust);
  }

  /** Whether no template has added a role or policy yet. */
  get isEmpty(): boolean {
    return this.#roles.size + this.#attached.size === 0;
  }

  /** Whether a statement is withdrawn now. */
  get isReduced(): boolean {
    return this.#withdrawn.length > 0;
  }

  /** Every policy, including those that say who may assume a role. */
  all(): readonly Policy[] {
    return [
      ...[...this.#roles.values()].map(({ trust }) => trust),
      ...[...this.#attached.values()].map(({ policy }) => policy),
    ];
  }

  /**
   * Withdraws a statement, or one action of it, until the returned function is called. Shows what
   * fails without it.
   */
  withdraw(statement: StatementReference, action?: string): () => void {
    const withdrawn = { statement, ...(action === undefined ? {} : { action }) };
    this.#withdrawn = [...this.#withdrawn, withdrawn];
    this.#invalidate();
    return () => {
      this.#withdrawn = this.#withdrawn.filter((one) => one !== withdrawn);
      this.#invalidate();
    };
  }

  #invalidate(): void {
    this.#index = undefined;
    this.#changed();
  }

  #attachments(target: string): readonly Attachment[] {
    this.#index ??= this.#indexed();
    return this.#index.get(policyHolder(target)) ?? [];
  }

  #indexed(): Map<string, Attachment[]> {
    const index = new Map<string, Attachment[]>();
    for (const { policy: declared, to } of this.#attached.values()) {
      const attachment = { declared, effective: this.#effective(declared) };
      for (const target of to.map(policyHolder)) {
        index.set(target, [...(index.get(target) ?? []), attachment]);
      }
    }
    return index;
  }

  #effective(policy: Policy): Policy {
    const own = this.#withdrawn.filter(({ statement }) => isOf(policy, statement));
    if (own.length === 0) return policy;
    const statements = policy.statements.flatMap((statement) => {
      const gone = own.filter(({ statement: { index } }) => index === statement.reference.index);
      if (gone.some(({ action }) => action === undefined)) return [];
      const actions = gone.map(({ action }) => action);
      const matchesAction = (action: string) =>
        !actions.includes(action) && statement.matchesAction(action);
      return [actions.length === 0 ? statement : { ...statement, matchesAction }];
    });
    return { ...policy, statements };
  }
}

/** The resource that has the policy: the bucket of an object, the function of an alias or endpoint. */
function policyHolder(resource: string): string {
  if (resource.startsWith('arn:aws:s3:::')) return resource.split('/', 1)[0] ?? resource;
  const [, functionArn] =
    /^(arn:aws:lambda:[^:]*:[^:]*:(?:function:[^:]+|web-function\/[^/]+))/.exec(resource) ?? [];
  return functionArn ?? resource;
}

function isOf(policy: Policy, statement: StatementReference): boolean {
  return policy.name === statement.policy && policy.kind === statement.kind;
}
