import { isIPv4 } from 'node:net';
import type { Kernel, ResourceProvider } from '../kernel.ts';
import { groupProviders } from './group-providers.ts';
import { MANAGED_PREFIX_LISTS } from './managed-prefix-lists.ts';
import { internetFault, type NetworkInterface, vpcOriginFault } from './reach.ts';
import { routeProviders } from './route-providers.ts';
import { Topology, untilChange } from './topology.ts';
import { vpcProviders } from './vpc-providers.ts';

/** A port of this machine that stands for an address in a network. */
export interface Listening {
  /** Explains why an interface does not reach it, or returns undefined. */
  fault(from: NetworkInterface): string | undefined;
  /** The port for connections that are allowed. */
  readonly port: number;
}

/** A load balancer, as VPC origins see it. */
export interface BalancerPlace {
  readonly interface: NetworkInterface;
  /** The port of its listener in the template, or undefined before it has one. */
  listenerPort(): number | undefined;
  /** The local port for callers that were checked before. */
  readonly insidePort: number;
}

/** Where an allowed connection goes on this machine, or why it is refused. */
export type Decision = { readonly port: number } | { readonly refusal: string };

/** Opens the AWS endpoint for one caller. `fault` explains why the caller does not reach a service. */
export type OpenEndpoint = (
  fault: (service: string) => string | undefined,
) => Promise<{ readonly port: number; close(): Promise<void> }>;

/** The port that addresses on the internet are assumed to have: every public URL on AWS is HTTPS. */
const HTTPS = 443;
const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

/** The networks of the local cloud, and what listens in them on this machine. */
export class LocalNetwork {
  readonly topology = new Topology(MANAGED_PREFIX_LISTS);
  readonly providers: readonly ResourceProvider[] = [
    ...vpcProviders(this.topology),
    ...routeProviders(this.topology),
    ...groupProviders(this.topology),
  ];
  /** By ARN. */
  readonly balancers = new Map<string, BalancerPlace>();
  readonly openEndpoint: OpenEndpoint | undefined;
  readonly #kernel: Kernel;
  readonly #listening = new Map<number, Listening>();
  readonly #originFault = untilChange(this.topology, (key: string) => {
    const [arn = '', port] = key.split(' ');
    return vpcOriginFault(this.topology, this.balancer(arn).interface, Number(port));
  });

  /** @param openEndpoint absent in tests without an endpoint */
  constructor(kernel: Kernel, openEndpoint?: OpenEndpoint) {
    this.#kernel = kernel;
    this.openEndpoint = openEndpoint;
  }

  /** Registers a local port. Returns the function that removes it. */
  listen(port: number, listening: Listening): () => void {
    this.#listening.set(port, listening);
    return () => void this.#listening.delete(port);
  }

  /**
   * Decides a connection of an interface. Local ports that are not registered stand for addresses on
   * the internet: function URLs, APIs, CDNs and everything outside this local cloud.
   */
  decide(from: NetworkInterface, host: string, port: number): Decision {
    const isLocal = LOOPBACK.includes(host);
    const listening = isLocal ? this.#listening.get(port) : undefined;
    if (listening) {
      const refusal = listening.fault(from);
      return refusal ? { refusal } : { port: listening.port };
    }
    const to = {
      name: `${host}:${port}`,
      ...(!isLocal && isIPv4(host) ? { address: host } : {}),
    };
    const refusal = internetFault(this.topology, from, to, isLocal ? HTTPS : port);
    return refusal ? { refusal } : { port };
  }

  /**
   * Explains why a VPC origin does not reach a load balancer, or returns undefined.
   * @param port the port of the origin
   * @throws Error when the load balancer does not exist
   */
  originFault(balancerArn: string, port: number): string | undefined {
    const balancer = this.balancer(balancerArn);
    const listenerPort = balancer.listenerPort();
    if (listenerPort !== port) {
      return `CloudFront's VPC origin does not reach ${balancer.interface.name}: it has no listener on port ${port}`;
    }
    return this.#originFault(`${balancerArn} ${port}`);
  }

  /** @throws Error when the load balancer does not exist */
  balancer(arn: string): BalancerPlace {
    const found = this.balancers.get(arn);
    if (found === undefined) throw new Error(`there is no load balancer ${arn}`);
    return found;
  }

  /** Returns a function that logs each reason once. */
  logRefusals(stack: string, source: string): (reason: string) => void {
    const logged = new Set<string>();
    return (reason) => {
      if (logged.has(reason)) return;
      logged.add(reason);
      this.#kernel.log({ at: Date.now(), stack, source, text: `refused: ${reason}` });
    };
  }
}
