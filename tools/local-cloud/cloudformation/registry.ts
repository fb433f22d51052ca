import type { IgnoredType } from '../ignored/index.ts';
import type { CreatedResource, ResourceContext, ResourceProvider } from '../kernel.ts';
import { physicalName } from '../physical-name.ts';

/** All supported resource types. Each has a provider, or is accepted without effect. */
export class Registry {
  readonly providers: ReadonlyMap<string, ResourceProvider>;
  readonly ignored: ReadonlyMap<string, IgnoredType>;

  /** @throws Error when a type has two entries */
  constructor(providers: readonly ResourceProvider[], ignored: readonly IgnoredType[]) {
    this.providers = new Map(providers.map((one) => [one.type, one]));
    this.ignored = new Map(ignored.map((one) => [one.type, one]));
    const types = [...providers, ...ignored].map((one) => one.type);
    const duplicate = types.find((type, index) => types.indexOf(type) !== index);
    if (duplicate !== undefined) throw new Error(`Resource type ${duplicate} has two providers.`);
  }

  /**
   * Checks that a type and its properties are supported.
   * @throws Error that names the unsupported type or property
   */
  check(type: string, properties: readonly string[]): void {
    if (this.ignored.has(type)) return;
    const provider = this.providers.get(type);
    if (!provider) throw new Error(`resource type ${type} is not supported by the local cloud`);
    const unknown = properties.find((name) => !Object.hasOwn(provider.properties, name));
    if (unknown === undefined) return;
    const known = Object.keys(provider.properties).join(', ');
    throw new Error(`property ${unknown} of ${type} is not supported; supported are ${known}`);
  }

  /** Creates a resource. Its provider receives only the honoured properties. */
  async create(type: string, context: ResourceContext): Promise<CreatedResource> {
    const ignored = this.ignored.get(type);
    if (ignored) {
      const { stack, logicalId } = context;
      return ignored.identity?.(context) ?? { physicalId: physicalName(stack, logicalId) };
    }
    const provider = this.providers.get(type) as ResourceProvider;
    const honoured = Object.entries(context.properties).filter(
      ([name]) => provider.properties[name] === 'honoured',
    );
    return provider.create({ ...context, properties: Object.fromEntries(honoured) });
  }
}
