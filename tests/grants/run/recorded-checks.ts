import type { Grant } from '@triptych/local-cloud';
import type { JudgedShop } from '../../run/start-judged-shop.ts';
import type { Checks } from './open-checks.ts';

/** A statement of a running shop, or one action of it. */
export interface Subject {
  readonly grant: Grant;
  readonly action?: string;
}

/** The files that use a service most, by the end of its stack's name. They are recorded first. */
const LIKELY: Readonly<Record<string, readonly string[]>> = {
  auth: ['conformance/register-and-log-in', 'conformance/sessions', 'conformance/login-limits'],
  catalog: ['conformance/stock', 'conformance/manage-catalog', 'conformance/upload-picture'],
  payments: ['conformance/stock', 'conformance/refunds', 'faults/unlisted-order'],
  images: ['conformance/upload-picture', 'conformance/images', 'conformance/picture-requests'],
  provider: ['conformance/stock', 'conformance/refunds'],
  state: ['conformance/stock', 'conformance/upload-picture', 'faults/provider-fails'],
  checkout: ['conformance/stock', 'conformance/cancel-order'],
};

/** Files that take long. They are asked last. */
const SLOW = /^(faults|coordinator)\//;

interface Recorded {
  readonly file: string;
  readonly ms: number;
  /** The statements and actions that allowed something while the file ran. */
  readonly used: ReadonlySet<string>;
}

/** Records which statements each file of checks uses, when it is first asked about one. */
export class RecordedChecks {
  readonly #shop: JudgedShop;
  readonly #checks: Checks;
  readonly #recorded: Recorded[] = [];

  constructor(shop: JudgedShop, checks: Checks) {
    this.#shop = shop;
    this.#checks = checks;
  }

  /**
   * The files that use a statement or action: first those that are recorded already, the quickest first. Then it records one
   * file after the other, and yields those that turn out to use it.
   */
  async *using(subject: Subject): AsyncGenerator<string> {
    const yielded = new Set<string>();
    const known = this.#recorded
      .filter((one) => uses(one, subject))
      .sort((a, b) => a.ms - b.ms)
      .map(({ file }) => file);
    for (const file of known) {
      yielded.add(file);
      yield file;
    }
    for (const file of this.#likely(subject.grant.stack)) {
      if (this.#recorded.some((one) => one.file === file)) continue;
      const recorded = await this.#record(file);
      if (uses(recorded, subject) && !yielded.has(file)) yield file;
    }
  }

  /** Whether an action of a statement has allowed something since the shop started. */
  isUsed(grant: Grant, action: string): boolean {
    return countsOf(this.#shop).has(`${keyOf(grant)} ${action}`);
  }

  /** All files, the likely ones for a stack first and the slow ones last. */
  #likely(stack: string): string[] {
    const service = stack.slice(stack.lastIndexOf('-') + 1);
    const first = ['grants/services', ...(LIKELY[service] ?? [])];
    const others = this.#checks.files.filter((file) => !first.includes(file));
    const slow = (file: string) => SLOW.test(file);
    return [...first, ...others.filter((file) => !slow(file)), ...others.filter(slow)];
  }

  /** Runs a file while every statement applies. @throws Error when a check of it fails twice */
  async #record(file: string): Promise<Recorded> {
    const before = countsOf(this.#shop);
    const first = await this.#checks.run(file);
    const { failure, ms } = first.failure === undefined ? first : await this.#checks.run(file);
    if (failure) {
      throw new Error(`${this.#shop.variant}: a check fails with every statement: ${failure}`);
    }
    const used = [...countsOf(this.#shop)].filter(([key, calls]) => calls > (before.get(key) ?? 0));
    const recorded = { file, ms, used: new Set(used.map(([key]) => key)) };
    this.#recorded.push(recorded);
    return recorded;
  }
}

/** Whether a file uses a statement or, for what a role needs at a start, something else that the role may do. */
function uses({ used }: Recorded, { grant, action }: Subject): boolean {
  if (isForStart(grant, action)) {
    const role = roleOf(grant);
    return [...used].some((key) => key.startsWith(role));
  }
  const key = keyOf(grant);
  return action === undefined
    ? [...used].some((one) => one.startsWith(`${key} `))
    : used.has(`${key} ${action}`);
}

/** Whether processes need a permission when they start, so that running ones do not miss it. */
export function isForStart({ actions }: Grant, action?: string): boolean {
  const all = action === undefined ? actions : [action];
  return all.every((one) => /^(sts|secretsmanager|ecr|logs|kms):/.test(one));
}

function countsOf({ cloud }: JudgedShop): Map<string, number> {
  return new Map(
    cloud
      .grants()
      .flatMap((grant) =>
        Object.entries(grant.allowed).map(([action, calls]) => [
          `${keyOf(grant)} ${action}`,
          calls,
        ]),
      ),
  );
}

function keyOf({ stack, policy, kind, index }: Grant): string {
  return `${stack}/${policy} ${kind} ${index}`;
}

/** The stack and the name of the role that a policy belongs to: `…/HttpRoleDefaultPolicy1A2B` belongs to `…/HttpRole`. */
function roleOf({ stack, policy }: Grant): string {
  return `${stack}/${/^.*?Role/.exec(policy)?.[0] ?? policy}`;
}
