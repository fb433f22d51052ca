import type {
  CreatedResource,
  PropertySupport,
  ResourceContext,
  ResourceProvider,
} from '../kernel.ts';
import { type NetworkType, networkIdentity } from './identities.ts';
import type { Topology } from './topology.ts';

const TAGS = { Tags: { ignored: 'nothing is billed here' } } as const;

/** A resource that is about to join a network. */
export interface Joining {
  readonly id: string;
  /** `stack/logicalId` */
  readonly name: string;
  readonly created: CreatedResource;
}

/**
 * Creates the provider of a type of resource in a network. Errors name the resource. Networks stay until the local cloud has
 * stopped, because tasks that are ending still use them.
 * @param join adds the resource
 */
export function networkProvider<Properties>(
  topology: Topology,
  type: NetworkType,
  properties: Readonly<Record<string, PropertySupport>>,
  join: (properties: Properties, joining: Joining) => void,
): ResourceProvider {
  return {
    type,
    properties: { ...properties, ...TAGS },
    async create(context: ResourceContext) {
      const created = networkIdentity(type, context) as CreatedResource;
      const name = `${context.stack}/${context.logicalId}`;
      const joining = { id: created.physicalId, name, created };
      join(context.properties as Properties, joining);
      topology.revision += 1;
      return created;
    },
  };
}
