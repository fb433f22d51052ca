import type { IgnoredType } from '../ignored/index.ts';
import type { CreatedResource, ResourceContext, ResourceProvider } from '../kernel.ts';
import { physicalName } from '../physical-name.ts';

/** Every resource type the local cloud knows: made real by a provider, or accepted without effect. */
export class Registry {
  readonly providers: ReadonlyMap<string, ResourceProvider>;
  readonly ignored: ReadonlyMap<string, IgnoredType>;

  /** @throws Error when a type is given twice */
  constructor(providers: readonly ResourceProvider[], ignored: readonly IgnoredType[]) {
    this.providers = new Map(providers.map((one) => [one.type, one]));
    this.ignored = new Map(ignored.map((one) => [one.type, one]));
    const types = [...providers, ...ignored].map((one) => one.type);
    const twice = types.find((type, index) => types.indexOf(type) !== index);
    if (twice !== undefined) throw new Error(`Resource type ${twice} has two providers.`);
  }

  /** @throws Error naming the type, or the property, that we do not know */
  check(type: string, properties: readonly string[]): void {
    if (this.ignored.has(type)) return;
    const provider = this.providers.get(type);
    if (!provider) throw new Error(`resource type ${type} is not supported by the local cloud`);
    const unknown = properties.find((name) => !Object.hasOwn(provider.properties, name));
    if (unknown === undefined) return;
    const known = Object.keys(provider.properties).join(', ');
    throw new Error(`property ${unknown} of ${type} is not supported; known are ${known}`);
  }

  /** Makes a resource; properties of ours that are ignored do not reach its provider. */
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
