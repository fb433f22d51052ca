import type { Kernel } from '../kernel.ts';
import {
  type Decision,
  internetFault,
  type LocalNetwork,
  type NetworkInterface,
  peerFault,
  serviceFault,
  untilChange,
} from '../network/index.ts';
import type { TaskDefinition } from './task-definition.ts';

/** `AwsvpcConfiguration` of a service. */
export interface VpcConfiguration {
  readonly Subnets?: readonly string[];
  readonly SecurityGroups?: readonly string[];
  readonly AssignPublicIp?: string;
}

/** The OTLP receiver of the endpoint is a tool of the local cloud, so it is outside all networks. */
const OTLP = 'otlp';
/** The host of an image in ECR. */
const ECR_IMAGE = /\.dkr\.ecr\./;

/** The network of the tasks of one service: whom they reach, and who reaches them. */
export class TaskNetwork {
  readonly own: NetworkInterface;
  readonly #network: LocalNetwork;
  readonly #kernel: Kernel;
  readonly #containerPort: number;
  readonly #refused: (reason: string) => void;
  readonly #serviceFault: (service: string) => string | undefined;
  #endpoint: { readonly port: number; close(): Promise<void> } | undefined;

  /** @throws Error when the template names no subnets, or a subnet or group that does not exist */
  constructor(
    { stack, logicalId }: { readonly stack: string; readonly logicalId: string },
    { Subnets = [], SecurityGroups, AssignPublicIp }: VpcConfiguration,
    containerPort: number,
    network: LocalNetwork,
    kernel: Kernel,
  ) {
    const { topology } = network;
    const [first] = Subnets.map((id) => topology.subnet(id));
    if (!first) throw new Error('NetworkConfiguration has no subnets, which tasks on Fargate need');
    const groups = SecurityGroups ?? [topology.vpc(first.vpc).defaultGroup];
    for (const id of groups) topology.group(id);
    this.own = {
      name: `the task of ${stack}/${logicalId}`,
      subnets: Subnets,
      groups,
      hasPublicIp: AssignPublicIp === 'ENABLED',
    };
    this.#network = network;
    this.#kernel = kernel;
    this.#containerPort = containerPort;
    this.#refused = network.logRefusals(stack, logicalId);
    this.#serviceFault = untilChange(topology, (service) =>
      serviceFault(topology, this.own, service),
    );
  }

  /** Opens the port at which these tasks reach the services of AWS. */
  async open(): Promise<void> {
    this.#endpoint ??= await this.#network.openEndpoint?.((service) => {
      const reason = service === OTLP ? undefined : this.#serviceFault(service);
      if (reason) this.#refused(reason);
      return reason;
    });
  }

  async close(): Promise<void> {
    await this.#endpoint?.close();
  }

  /**
   * Explains why a task does not start, or returns undefined. Fargate pulls the image, reads the
   * secrets and writes the logs through the task's own interface ("Fargate task networking" in the
   * Amazon ECS developer guide). The layers of an image in ECR are in S3.
   */
  startFault({ image, secrets, logs }: TaskDefinition): string | undefined {
    const services = [
      ...(ECR_IMAGE.test(image) ? ['ecr.api', 'ecr.dkr', 's3'] : []),
      ...(Object.keys(secrets).length > 0 ? ['secretsmanager'] : []),
      ...(logs ? ['logs'] : []),
    ];
    for (const service of services) {
      const reason = this.#serviceFault(service);
      if (reason) return reason;
    }
    const isElsewhere = image !== '' && !ECR_IMAGE.test(image);
    return isElsewhere
      ? internetFault(this.#network.topology, this.own, { name: `image ${image}` }, 443)
      : undefined;
  }

  /** Explains why a load balancer or another task does not reach these tasks. */
  targetFault(from: NetworkInterface): string | undefined {
    return peerFault(this.#network.topology, from, this.own, this.#containerPort);
  }

  /** Registers the local port of a task. Returns the function that removes it. */
  listen(port: number): () => void {
    return this.#network.listen(port, { port, fault: (from) => this.targetFault(from) });
  }

  /** Decides a connection of a task. */
  decide(host: string, port: number): Decision {
    const endpoint = new URL(this.#kernel.endpointUrl);
    if (this.#endpoint && host === endpoint.hostname && port === Number(endpoint.port)) {
      return { port: this.#endpoint.port };
    }
    const decision = this.#network.decide(this.own, host, port);
    if ('refusal' in decision) this.#refused(decision.refusal);
    return decision;
  }
}
