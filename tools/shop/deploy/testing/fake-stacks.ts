import { exportsOf, importsOf } from '@triptych/infra/update-order';
import type { DeployedStack, Notes, StackEvent, Stacks, Template } from '../ports.ts';

interface FakeStack {
  status: string;
  tags: Readonly<Record<string, string>>;
  outputs: Record<string, string>;
  template: Template;
  events: StackEvent[];
}

/** CloudFormation in memory, with the rules that a deletion and an update meet. */
export class FakeStacks implements Stacks {
  readonly stacks = new Map<string, FakeStack>();
  /** Keys of the objects in each bucket. */
  readonly buckets = new Map<string, string[]>();
  /** Resources outside the stacks that the tags list. */
  readonly tagless = new Map<string, Readonly<Record<string, string>>>();
  /** Stacks whose deletion or update fails, with the reason. */
  readonly failing = new Map<string, string>();
  /** Names of the deleted stacks, in order. */
  readonly gone: string[] = [];
  readonly #graves = new Map<string, FakeStack>();
  #events = 0;

  /** Creates a stack. Its buckets have the physical id `<stack>-<logical id>`. */
  add(
    name: string,
    template: Template,
    tags: Readonly<Record<string, string>> = {},
    outputs: Record<string, string> = {},
  ): this {
    this.stacks.set(name, { status: 'CREATE_COMPLETE', tags, outputs, template, events: [] });
    for (const [id, { Type }] of Object.entries(template.Resources)) {
      if (Type === 'AWS::S3::Bucket') this.buckets.set(`${name}-${id}`, []);
    }
    return this;
  }

  async list(): Promise<DeployedStack[]> {
    return [...this.stacks].map(([name, { status, tags, outputs }]) => ({
      name,
      id: name,
      status,
      tags,
      outputs,
      changedAt: new Date(0),
    }));
  }

  async find(name: string): Promise<DeployedStack | undefined> {
    return (await this.list()).find((one) => one.name === name);
  }

  async deleted(prefix: string): Promise<DeployedStack[]> {
    return [...this.#graves]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, { tags }]) => ({
        name,
        id: name,
        status: 'DELETE_COMPLETE',
        tags,
        outputs: {},
      }));
  }

  async template(name: string): Promise<Template> {
    return this.#get(name).template;
  }

  async resources(name: string) {
    return Object.entries(this.#get(name).template.Resources).map(([logicalId, { Type }]) => ({
      logicalId,
      type: Type,
      physicalId: `${name}-${logicalId}`,
      status: 'CREATE_COMPLETE',
    }));
  }

  async events(name: string): Promise<StackEvent[]> {
    return (this.#graves.get(name) ?? this.stacks.get(name))?.events.toReversed() ?? [];
  }

  async delete(name: string): Promise<void> {
    const stack = this.#get(name);
    const user = [...this.stacks].find(
      ([other, { template }]) =>
        other !== name && !importsOf(template).isDisjointFrom(exportsOf(stack.template)),
    );
    const full = (await this.resources(name)).find(
      ({ physicalId }) => (this.buckets.get(physicalId)?.length ?? 0) > 0,
    );
    const reason = user
      ? `Export cannot be deleted as it is in use by ${user[0]}`
      : full
        ? 'The bucket you tried to delete is not empty'
        : this.failing.get(name);
    if (reason !== undefined) return this.#fail(name, 'DELETE_FAILED', reason);
    for (const { logicalId, physicalId, type } of await this.resources(name)) {
      this.buckets.delete(physicalId);
      const kept = stack.template.Resources[logicalId]?.DeletionPolicy === 'Retain';
      const status = kept ? 'DELETE_SKIPPED' : 'DELETE_COMPLETE';
      this.#event(name, { logicalId, physicalId, type, status });
    }
    this.stacks.delete(name);
    this.gone.push(name);
    this.#graves.set(name, stack);
  }

  async update(name: string, template: Template, tags: Readonly<Record<string, string>>) {
    const stack = this.#get(name);
    if (JSON.stringify([stack.template, stack.tags]) === JSON.stringify([template, tags]))
      return false;
    const reason = this.failing.get(name);
    if (reason !== undefined) {
      this.#fail(name, 'UPDATE_ROLLBACK_COMPLETE', reason);
      return true;
    }
    Object.assign(stack, { template, tags, status: 'UPDATE_COMPLETE' });
    this.#stackEvent(name, stack.status);
    return true;
  }

  async emptyBucket(bucket: string): Promise<number> {
    const count = this.buckets.get(bucket)?.length ?? 0;
    if (this.buckets.has(bucket)) this.buckets.set(bucket, []);
    return count;
  }

  async putObject(bucket: string, key: string): Promise<void> {
    this.buckets.set(bucket, [...(this.buckets.get(bucket) ?? []), key]);
  }

  async hasObject(bucket: string, key: string): Promise<boolean> {
    return this.buckets.get(bucket)?.includes(key) ?? false;
  }

  async tagged(tags: Readonly<Record<string, string>>) {
    const all = [
      ...[...this.stacks].map(([name, stack]) => ({ arn: `arn:stack:${name}`, tags: stack.tags })),
      ...[...this.tagless].map(([arn, own]) => ({ arn, tags: own })),
    ];
    return all.filter((one) =>
      Object.entries(tags).every(([key, value]) => one.tags[key] === value),
    );
  }

  #get(name: string): FakeStack {
    const stack = this.stacks.get(name);
    if (!stack) throw new Error(`Stack with id ${name} does not exist`);
    return stack;
  }

  #fail(name: string, status: string, reason: string): void {
    this.#get(name).status = status;
    const [logicalId = name] = Object.keys(this.#get(name).template.Resources);
    const physicalId = `${name}-${logicalId}`;
    this.#event(name, {
      logicalId,
      physicalId,
      type: 'AWS::Test::Resource',
      status: 'DELETE_FAILED',
      reason,
    });
    this.#stackEvent(name, status);
  }

  #stackEvent(name: string, status: string): void {
    const type = 'AWS::CloudFormation::Stack';
    this.#event(name, { logicalId: name, physicalId: name, type, status });
  }

  #event(name: string, event: Omit<StackEvent, 'id' | 'at'>): void {
    this.#events += 1;
    this.#get(name).events.push({ id: String(this.#events), at: new Date(this.#events), ...event });
  }
}

/** SSM parameters in memory. */
export class FakeNotes implements Notes {
  readonly texts = new Map<string, string>();

  async read(name: string): Promise<string | undefined> {
    return this.texts.get(name);
  }

  async write(name: string, text: string): Promise<void> {
    this.texts.set(name, text);
  }

  async list(prefix: string): Promise<string[]> {
    return [...this.texts.keys()].filter((name) => name.startsWith(`${prefix}/`));
  }

  async delete(name: string): Promise<void> {
    this.texts.delete(name);
  }
}
