import {
  resourcesNeeded,
  type Template,
  type TemplateResource,
} from '@triptych/local-cloud/templates';
import { importsOf } from './imports.ts';
import { isSupported, isUseful } from './supported-types.ts';

/** A template and the name of its stack. */
export interface NamedTemplate {
  readonly name: string;
  readonly template: Template;
}

/** A resource that is not deployed to LocalStack. */
export interface LeftOut {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** `type`: LocalStack lacks it; `reference`: it refers to a dropped one; `stack`: its whole stack is dropped. */
  readonly because: 'type' | 'reference' | 'stack';
}

export interface Filtered {
  /** In the given order, without the dropped stacks. */
  readonly templates: readonly NamedTemplate[];
  readonly leftOut: readonly LeftOut[];
  readonly droppedStacks: readonly string[];
}

/**
 * Drops the resources that LocalStack's free edition lacks, then every resource and output that refers to a dropped one, in
 * the same or in another stack. `DependsOn` only sets an order, so only the entry is dropped and the resource stays.
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

/** A stack while it is filtered. */
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

  /** Names of the remaining exports. */
  exports(): string[] {
    return [...this.#outputs.values()].flatMap(({ Export }) =>
      Export ? [String(Export.Name)] : [],
    );
  }

  dropUnsupported(): void {
    this.#drop('type', ({ Type }) => !isSupported(Type));
  }

  /** Drops dangling references, then the whole stack if no useful resource remains. Returns whether it dropped anything. */
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

  /** The resource without `DependsOn` entries of dropped resources. */
  #ordered({ DependsOn, ...resource }: TemplateResource): TemplateResource {
    const waits = [DependsOn ?? []].flat().filter((id) => this.#resources.has(id));
    return waits.length === 0 ? resource : { ...resource, DependsOn: waits };
  }
}
