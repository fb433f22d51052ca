import {
  resourcesNeeded,
  type Template,
  type TemplateResource,
} from '@triptych/local-cloud/templates';
import { importsOf } from './imports.ts';
import { isSupported, isUseful } from './supported-types.ts';

/** A template and the stack it is of. */
export interface NamedTemplate {
  readonly name: string;
  readonly template: Template;
}

/** A resource that does not go to LocalStack. */
export interface LeftOut {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** `type`: LocalStack lacks it; `reference`: it refers to one that is left out; `stack`: its stack is of no use. */
  readonly because: 'type' | 'reference' | 'stack';
}

export interface Filtered {
  /** In the order given, without the stacks that are dropped. */
  readonly templates: readonly NamedTemplate[];
  readonly leftOut: readonly LeftOut[];
  readonly droppedStacks: readonly string[];
}

/**
 * Takes out what LocalStack's free edition lacks, with everything that refers to it in its own or in another stack, until
 * nothing refers to what is gone. A `DependsOn` is only an order: the entry goes, the resource stays.
 */
export function filterTemplates(stacks: readonly NamedTemplate[]): Filtered {
  const remaining = new Map(stacks.map(({ name, template }) => [name, new Stack(name, template)]));
  for (const stack of remaining.values()) stack.dropUnsupported();
  for (let changed = true; changed; ) {
    const exported = new Set([...remaining.values()].flatMap((stack) => stack.exports()));
    changed = [...remaining.values()]
      .map((stack) => stack.dropDangling(exported))
      .some((dropped) => dropped);
  }
  const kept = [...remaining.values()].filter((stack) => !stack.isEmpty());
  return {
    templates: kept.map((stack) => ({ name: stack.name, template: stack.template() })),
    leftOut: [...remaining.values()].flatMap((stack) => stack.leftOut),
    droppedStacks: [...remaining.values()]
      .filter((stack) => stack.isEmpty())
      .map(({ name }) => name),
  };
}

/** One stack on its way to what stays of it. */
class Stack {
  readonly name: string;
  readonly leftOut: LeftOut[] = [];
  readonly #source: Template;
  readonly #resources: Map<string, TemplateResource>;
  readonly #outputs: Map<string, NonNullable<Template['Outputs']>[string]>;

  constructor(name: string, source: Template) {
    this.name = name;
    this.#source = source;
    this.#resources = new Map(Object.entries(source.Resources ?? {}));
    this.#outputs = new Map(Object.entries(source.Outputs ?? {}));
  }

  isEmpty(): boolean {
    return this.#resources.size === 0;
  }

  /** Names under which what is left is exported. */
  exports(): string[] {
    return [...this.#outputs.values()].flatMap(({ Export }) =>
      Export ? [String(Export.Name)] : [],
    );
  }

  dropUnsupported(): void {
    this.#drop('type', ({ Type }) => !isSupported(Type));
  }

  /** Drops what refers to nothing any more, then all of it if nothing useful is left; says whether anything went. */
  dropDangling(exported: ReadonlySet<string>): boolean {
    const gone = new Set(
      Object.keys(this.#source.Resources ?? {}).filter((id) => !this.#resources.has(id)),
    );
    const dangling = (value: unknown) =>
      importsOf(value).some((name) => !exported.has(name)) ||
      [...resourcesNeeded({ Type: '', Properties: { value } })].some((id) => gone.has(id));
    const before = this.#resources.size + this.#outputs.size;
    this.#drop('reference', ({ Properties, Metadata }) => dangling([Properties, Metadata]));
    for (const [key, { Value }] of this.#outputs) if (dangling(Value)) this.#outputs.delete(key);
    if (![...this.#resources.values()].some(({ Type }) => isUseful(Type))) {
      this.#drop('stack', () => true);
      this.#outputs.clear();
    }
    return this.#resources.size + this.#outputs.size < before;
  }

  template(): Template {
    const resources = [...this.#resources].map(([id, resource]) => [id, this.#ordered(resource)]);
    return {
      ...this.#source,
      Resources: Object.fromEntries(resources),
      Outputs: Object.fromEntries(this.#outputs),
    };
  }

  #drop(because: LeftOut['because'], which: (resource: TemplateResource) => boolean): void {
    for (const [logicalId, resource] of this.#resources) {
      if (!which(resource)) continue;
      this.#resources.delete(logicalId);
      this.leftOut.push({ stack: this.name, logicalId, type: resource.Type, because });
    }
  }

  /** The resource without waiting for what is not there. */
  #ordered({ DependsOn, ...resource }: TemplateResource): TemplateResource {
    const waits = [DependsOn ?? []].flat().filter((id) => this.#resources.has(id));
    return waits.length === 0 ? resource : { ...resource, DependsOn: waits };
  }
}
