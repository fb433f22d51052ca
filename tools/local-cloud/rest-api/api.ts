import { type ThrottleSettings, throttle } from '../http-api/throttle.ts';
import type { ChangedResponse, GatewayResponseType } from './gateway-responses.ts';
import type { Integration } from './integration.ts';
import type { Resource } from './routes.ts';

/** A copy of an API's routes and answers at one time; only such a copy is ever served. */
export interface Snapshot {
  readonly resources: readonly Resource[];
  readonly responses: ReadonlyMap<GatewayResponseType, ChangedResponse>;
}

/** A name under which a deployment is served: the first segment of the path. */
export interface ServedStage {
  readonly deploymentId: string;
  mayPass(nowMs: number): boolean;
}

/** Requests per second and at once that an account's APIs may have. */
const ACCOUNT_THROTTLE: ThrottleSettings = { ratePerSecond: 10_000, burst: 5000 };

/** A REST API as it is being described; requests see its deployments. */
export class RestApi {
  readonly id: string;
  readonly rootId: string;
  readonly binaryMediaTypes: readonly string[];
  readonly responses = new Map<GatewayResponseType, ChangedResponse>();
  readonly deployments = new Map<string, Snapshot>();
  readonly stages = new Map<string, ServedStage>();
  readonly #resources = new Map<string, { path: string; methods: Map<string, Integration> }>();

  constructor(id: string, binaryMediaTypes: readonly string[]) {
    this.id = id;
    this.rootId = `${id}-root`;
    this.binaryMediaTypes = binaryMediaTypes;
    this.#resources.set(this.rootId, { path: '', methods: new Map() });
  }

  /** @throws Error when the parent is unknown, or has such a child already */
  addResource(id: string, parentId: string, pathPart: string): void {
    const parent = this.#resources.get(parentId);
    if (!parent) throw new Error(`no resource ${parentId}`);
    const path = `${parent.path}/${pathPart}`;
    if ([...this.#resources.values()].some((one) => one.path === path)) {
      throw new Error(`there is a resource ${path} already`);
    }
    this.#resources.set(id, { path, methods: new Map() });
  }

  removeResource(id: string): void {
    this.#resources.delete(id);
  }

  /** Methods of a resource by HTTP method. @throws Error when it is unknown */
  methodsOf(resourceId: string): Map<string, Integration> {
    const resource = this.#resources.get(resourceId);
    if (!resource) throw new Error(`no resource ${resourceId}`);
    return resource.methods;
  }

  /** Copies what there is now. @throws Error when there is no method, as AWS refuses too */
  deploy(deploymentId: string): void {
    const resources = [...this.#resources].map(([id, { path, methods }]) => ({
      id,
      path: path || '/',
      methods: new Map(methods),
    }));
    if (resources.every(({ methods }) => methods.size === 0)) {
      throw new Error("the REST API doesn't contain any methods");
    }
    this.deployments.set(deploymentId, { resources, responses: new Map(this.responses) });
  }

  /** @throws Error when there is no such deployment */
  openStage(name: string, deploymentId: string, limits: Partial<ThrottleSettings>): void {
    if (!this.deployments.has(deploymentId)) throw new Error(`no deployment ${deploymentId}`);
    const mayPass = throttle({ ...ACCOUNT_THROTTLE, ...limits });
    this.stages.set(name, { deploymentId, mayPass });
  }
}
