import type { PolicyKind, StatementReference } from '../iam/types.ts';

/** A statement that allows something, and the calls that it allowed since the start. */
export interface Grant {
  readonly kind: PolicyKind;
  readonly stack: string;
  /** Logical id of the resource. The name of an inline policy of a role follows after a slash. */
  readonly policy: string;
  /** Position of the statement in the policy, from 0. */
  readonly index: number;
  readonly sid?: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Number of allowed calls by action. Empty when the statement allowed none. */
  readonly allowed: Readonly<Record<string, number>>;
}

/** Names a statement of a template. */
export type GrantReference = Pick<Grant, 'kind' | 'stack' | 'policy' | 'index'>;

/** Calls that a statement allowed, for one action. */
export interface Count {
  calls: number;
}

interface Recorded {
  readonly statement: StatementReference;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly counts: Map<string, Count>;
}

/** Statements with `Effect: Allow` of all policies, with counts of the calls that they allowed. */
export class GrantRecord {
  readonly #statements = new Map<string, Recorded>();

  /** Adds the statements of a policy. Their counts start at 0. */
  add(kind: PolicyKind, policy: string, document: unknown): void {
    for (const [index, statement] of statementsOf(document).entries()) {
      if (statement.Effect !== 'Allow') continue;
      const sid = statement.Sid === undefined ? {} : { sid: String(statement.Sid) };
      const reference = { kind, policy, index, ...sid };
      this.#statements.set(keyOf(reference), {
        statement: reference,
        actions: texts(statement.Action ?? statement.NotAction),
        resources: texts(statement.Resource ?? statement.NotResource),
        counts: new Map(),
      });
    }
  }

  /** The count of a statement and an action. Callers keep it and increase it. */
  count(statement: StatementReference, action: string): Count {
    const counts = this.#statements.get(keyOf(statement))?.counts;
    const known = counts?.get(action);
    if (known) return known;
    const count = { calls: 0 };
    counts?.set(action, count);
    return count;
  }

  /** All grants, in the order in which their policies were deployed. */
  list(): Grant[] {
    return [...this.#statements.values()].map(({ statement, actions, resources, counts }) => {
      const { policy: name, ...rest } = statement;
      const slash = name.indexOf('/');
      const used = [...counts].filter(([, { calls }]) => calls > 0);
      return {
        ...rest,
        ...{ stack: name.slice(0, slash), policy: name.slice(slash + 1), actions, resources },
        allowed: Object.fromEntries(used.map(([action, { calls }]) => [action, calls])),
      };
    });
  }
}

function keyOf({ kind, policy, index }: StatementReference): string {
  return `${kind} ${policy} ${index}`;
}

function statementsOf(document: unknown): Record<string, unknown>[] {
  const { Statement = [] } = document as { Statement?: unknown };
  return [Statement].flat() as Record<string, unknown>[];
}

function texts(value: unknown): string[] {
  return value === undefined ? [] : [value].flat().map(String);
}
