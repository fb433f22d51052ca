import { type ThrottleSettings, throttle } from '../http-api/throttle.ts';
import type { ChangedResponse, GatewayResponseType } from './gateway-responses.ts';
import type { Integration } from './integration.ts';
import type { Resource } from './routes.ts';

/** A deployment: an immutable copy of an API's routes and gateway responses. */
export interface Snapshot {
  readonly resources: readonly Resource[];
  readonly responses: ReadonlyMap<GatewayResponseType, ChangedResponse>;
}

/** A stage: a deployment under a name, which is the first path segment. */
export interface ServedStage {
  readonly deploymentId: string;
  isAllowed(nowMs: number): boolean;
}

/** AWS's default throttle for all APIs of an account. */
const ACCOUNT_THROTTLE: ThrottleSettings = { ratePerSecond: 10_000, burst: 5000 };

/** The definition of a REST API. Requests are served from its deployments. */
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

  /**
   * Adds a resource below its parent.
   * @throws Error when the parent is unknown, or the path already exists
   */
  addResource(id: string, parentId: string, pathPart: string): void {
    const parent = this.#resources.get(parentId);
    if (!parent) throw new Error(`no resource ${parentId}`);
    const path = `${parent.path}/${pathPart}`;
    if ([...this.#resources.values()].some((one) => one.path === path)) {
      throw new Error(`the resource ${path} already exists`);
    }
    this.#resources.set(id, { path, methods: new Map() });
  }

  removeResource(id: string): void {
    this.#resources.delete(id);
  }

  /**
   * Returns the integrations of a resource by HTTP method.
   * @throws Error when the resource is unknown
   */
  methodsOf(resourceId: string): Map<string, Integration> {
    const resource = this.#resources.get(resourceId);
    if (!resource) throw new Error(`no resource ${resourceId}`);
    return resource.methods;
  }

  /**
   * Creates a deployment from the current definition.
   * @throws Error when the API has no methods, as on AWS
   */
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

  /**
   * Serves a deployment under a stage name.
   * @throws Error when the deployment is unknown
   */
  openStage(name: string, deploymentId: string, limits: Partial<ThrottleSettings>): void {
    if (!this.deployments.has(deploymentId)) throw new Error(`no deployment ${deploymentId}`);
    const isAllowed = throttle({ ...ACCOUNT_THROTTLE, ...limits });
    this.stages.set(name, { deploymentId, isAllowed });
  }
}
