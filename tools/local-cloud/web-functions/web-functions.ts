import type { Kernel } from '../kernel.ts';
import type { RunningProcess } from '../lambda/index.ts';
import type {
  EndpointDefinition,
  RevisionDefinition,
  WebFunctionDefinition,
} from './definitions.ts';
import { WebEndpoint } from './endpoint.ts';
import { functionArn, nameIn, notFound, revisionIdOf } from './names.ts';
import type { WebFunctionAssumptions } from './not-documented.ts';

/** Quotas per function. https://docs.aws.amazon.com/lambda/latest/dg/web-functions-quotas.html */
const MAX_REVISIONS = 50;
const MAX_ENDPOINTS = 10;

interface Parts {
  readonly definition: WebFunctionDefinition;
  /** By id, in the order of their creation. */
  readonly revisions: Map<string, RevisionDefinition>;
  readonly endpoints: Map<string, WebEndpoint>;
  /** The newer revisions that replaced those of the template, by their ids. */
  readonly replaced: Map<string, string>;
}

/** All web functions of the local cloud, with their revisions and endpoints. */
export class WebFunctions {
  readonly #kernel: Kernel;
  readonly #assumptions: WebFunctionAssumptions;
  readonly #byName = new Map<string, Parts>();

  constructor(kernel: Kernel, assumptions: WebFunctionAssumptions) {
    this.#kernel = kernel;
    this.#assumptions = assumptions;
  }

  /** @throws Error when the name is taken: it is unique in all Regions of an account */
  add(definition: WebFunctionDefinition): void {
    const { name } = definition;
    if (this.#byName.has(name)) throw new Error(`There already is a web function ${name}`);
    const parts = { revisions: new Map(), endpoints: new Map(), replaced: new Map() };
    this.#byName.set(name, { definition, ...parts });
  }

  /** @throws AwsError ResourceNotFoundException; Error above the quota */
  addRevision(revision: RevisionDefinition): void {
    const { revisions } = this.#of(revision.functionName);
    if (revisions.size >= MAX_REVISIONS) {
      throw new Error(`A web function has at most ${MAX_REVISIONS} revisions`);
    }
    revisions.set(revision.id, revision);
  }

  /**
   * Opens an endpoint. Its environments start with its requests.
   * @throws AwsError ResourceNotFoundException for an unknown function or revision; Error above the quota
   */
  async addEndpoint(definition: EndpointDefinition): Promise<WebEndpoint> {
    const parts = this.#of(definition.functionName);
    for (const { revisionId } of definition.weights)
      this.revision(parts.definition.name, revisionId);
    if (parts.endpoints.size >= MAX_ENDPOINTS) {
      throw new Error(`A web function has at most ${MAX_ENDPOINTS} endpoints`);
    }
    const endpoint = new WebEndpoint(
      {
        ...{ definition, owner: parts.definition, assumptions: this.#assumptions },
        chooseRevision: () => chosen(definition, parts, this.#kernel.random()),
      },
      this.#kernel,
    );
    await endpoint.open();
    parts.endpoints.set(definition.name, endpoint);
    return endpoint;
  }

  /** Lets the requests of an endpoint finish within `graceMs`, then closes it. */
  async removeEndpoint(endpoint: WebEndpoint, graceMs: number): Promise<void> {
    await endpoint.stop(graceMs);
    const { name, functionName } = endpoint.settings.definition;
    this.#byName.get(functionName)?.endpoints.delete(name);
  }

  removeRevision({ functionName, id }: RevisionDefinition): void {
    const parts = this.#byName.get(functionName);
    parts?.revisions.delete(parts.replaced.get(id) ?? id);
  }

  /** Removes a function. Its endpoints are removed before. */
  remove(name: string): void {
    this.#byName.delete(name);
  }

  /** All functions, in the order of their creation. */
  definitions(): WebFunctionDefinition[] {
    return [...this.#byName.values()].map(({ definition }) => definition);
  }

  /** @throws AwsError ResourceNotFoundException */
  definition(name: string): WebFunctionDefinition {
    return this.#of(name).definition;
  }

  /** The revisions of a function. @throws AwsError ResourceNotFoundException */
  revisions(name: string): RevisionDefinition[] {
    return [...this.#of(name).revisions.values()];
  }

  /** @throws AwsError ResourceNotFoundException */
  revision(name: string, id: string): RevisionDefinition {
    const revision = this.#of(name).revisions.get(id);
    if (revision) return revision;
    throw notFound(`revision ${id} of ${functionArn(name, this.#kernel)}`);
  }

  /** The endpoints of a function. @throws AwsError ResourceNotFoundException */
  endpoints(name: string): WebEndpoint[] {
    return [...this.#of(name).endpoints.values()];
  }

  /** @throws AwsError ResourceNotFoundException */
  endpoint(name: string, endpointName: string): WebEndpoint {
    const endpoint = this.#of(name).endpoints.get(endpointName);
    if (endpoint) return endpoint;
    throw notFound(`endpoint ${endpointName} of ${functionArn(name, this.#kernel)}`);
  }

  /** The weights of an endpoint, with the revisions that serve it now. */
  weights({ settings: { definition } }: WebEndpoint): EndpointDefinition['weights'] {
    const { replaced } = this.#of(definition.functionName);
    return definition.weights.map(({ revisionId, weight }) => ({
      revisionId: replaced.get(revisionId) ?? revisionId,
      weight,
    }));
  }

  #of(name: string): Parts {
    const parts = this.#byName.get(name);
    if (parts) return parts;
    throw notFound(`function ${functionArn(name, this.#kernel)}`);
  }

  /**
   * Gives every function of a stack a new revision with the current artifact, as an update of its code does. It takes
   * all traffic at once. The environments of the old one finish their requests.
   */
  restart(stack: string): void {
    for (const parts of this.#byName.values()) {
      for (const old of [...parts.revisions.values()]) {
        if (old.stack === stack) renew(old, parts);
      }
    }
  }

  /** Kills the processes of a function, by its name or ARN. Returns their number. @throws AwsError ResourceNotFoundException */
  kill(reference: string): number {
    const endpoints = this.endpoints(nameIn(reference, this.#kernel));
    return endpoints.reduce((killed, { pool }) => killed + pool.kill(), 0);
  }

  /** Closes every endpoint. Requests may finish within `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    const open = [...this.#byName.values()].flatMap(({ endpoints }) => [...endpoints.values()]);
    await Promise.all(open.map((endpoint) => this.removeEndpoint(endpoint, graceMs)));
  }

  processes(): RunningProcess[] {
    return [...this.#byName.values()].flatMap(({ definition, endpoints }) =>
      [...endpoints.values()].flatMap(({ pool }) =>
        pool.environments.flatMap(({ pid, startedAt, log: { group: logGroup } }) => {
          const { stack, logicalId: source } = definition;
          const log = logGroup === undefined ? {} : { logGroup };
          const kind = 'web function' as const;
          return pid ? [{ stack, source, pid, kind, startedAt, ...log }] : [];
        }),
      ),
    );
  }
}

/** Replaces a revision by one with the same settings and the current artifact. */
function renew(old: RevisionDefinition, { revisions, endpoints, replaced }: Parts): void {
  const change = old.change + 1;
  const id = revisionIdOf(old.stack, old.logicalId, change);
  const revision = { ...old, id, change, createdAt: new Date() };
  revisions.delete(old.id);
  revisions.set(id, revision);
  replaced.set(revisionIdOf(old.stack, old.logicalId), id);
  for (const { pool } of endpoints.values()) pool.replace(old, revision);
}

/** The revision of a request. @param random a number in [0, 1) */
function chosen(
  { weights }: EndpointDefinition,
  { revisions, replaced }: Parts,
  random: number,
): RevisionDefinition {
  const [first, second] = weights;
  const id = (first && second && random * 100 >= first.weight ? second : first)?.revisionId ?? '';
  const revision = revisions.get(replaced.get(id) ?? id);
  if (!revision) throw new Error(`The revision ${id} does not exist`);
  return revision;
}
