import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import {
  clientAddress,
  type Listener,
  listen,
  type RequestListener,
} from '../http-api/listener.ts';
import type { NetworkInterface } from '../network/index.ts';
import type { Action } from './actions.ts';
import { sendError } from './error-answer.ts';
import type { ProxySettings } from './proxy.ts';
import type { RequestMatcher } from './rules.ts';

export interface Rule {
  readonly priority: number;
  readonly matches: RequestMatcher;
  readonly action: Action;
}

/** A load balancer's place in its network. */
export interface BalancerNetwork {
  readonly interface: NetworkInterface;
  /** Explains why a client of the public port does not reach the load balancer, or undefined. */
  callerFault(address: string): string | undefined;
  /** Reports a refused connection. */
  onRefused(reason: string): void;
}

export interface BalancerSettings {
  readonly arn: string;
  readonly port: number;
  readonly address: string;
  readonly idleTimeoutMs: number;
  readonly dropsInvalidHeaders: boolean;
  /** Absent: every client reaches it. */
  readonly network?: BalancerNetwork | undefined;
}

/** The rules of a listener by priority, and its default action. */
export class ListenerRules {
  readonly #defaultAction: Action;
  #rules: readonly Rule[] = [];

  constructor(defaultAction: Action) {
    this.#defaultAction = defaultAction;
  }

  add(rule: Rule): void {
    this.#rules = [...this.#rules, rule].sort((a, b) => a.priority - b.priority);
  }

  remove(rule: Rule): void {
    this.#rules = this.#rules.filter((other) => other !== rule);
  }

  actionFor(request: IncomingMessage): Action {
    return this.#rules.find(({ matches }) => matches(request))?.action ?? this.#defaultAction;
  }
}

/**
 * A load balancer: one port with one listener. A second port is for clients inside the network,
 * which were checked before they connect.
 */
export class Balancer {
  readonly settings: BalancerSettings;
  listener: ListenerRules | undefined;
  /** The listener's port in the template. */
  listenerPort: number | undefined;
  readonly #proxy: ProxySettings;
  readonly #admitted = new WeakSet<Socket>();
  #server: Listener | undefined;
  #inside: Listener | undefined;

  constructor(settings: BalancerSettings) {
    this.settings = settings;
    const { idleTimeoutMs, dropsInvalidHeaders } = settings;
    // As on AWS, a connection to a target closes when it has been idle this long. A target keeps it open
    // for longer, so it never closes one while a request is on its way, even after a pause.
    const agent = new http.Agent({ keepAlive: true, maxFreeSockets: 256, timeout: idleTimeoutMs });
    this.#proxy = { agent, idleTimeoutMs, dropsInvalidHeaders };
  }

  /** Opens the port. Returns its local address, `127.0.0.1:port`. */
  async open(): Promise<string> {
    const { port, address } = this.settings;
    const handle: RequestListener = (request, response) => this.#handle(request, response);
    const checked: RequestListener = (request, response) => {
      if (this.#admits(request)) handle(request, response);
      else request.socket.destroy();
    };
    if (this.settings.network) this.#inside = await listen(0, handle);
    this.#server = await listen(port, this.settings.network ? checked : handle, { address });
    return this.#server.host;
  }

  /** The public port, once it is open. */
  get port(): number {
    return this.#server?.port ?? 0;
  }

  /** The port for clients that were checked. @throws Error outside a network, or before `open` */
  get insidePort(): number {
    if (!this.#inside) throw new Error('the load balancer has no port inside a network');
    return this.#inside.port;
  }

  /** Checks each connection once. AWS drops the packets of others, so that they get no answer. */
  #admits(request: IncomingMessage): boolean {
    const { socket } = request;
    if (this.#admitted.has(socket)) return true;
    const reason = this.settings.network?.callerFault(clientAddress(request));
    if (reason) this.settings.network?.onRefused(reason);
    else this.#admitted.add(socket);
    return !reason;
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    // The client's connection failed, so the response cannot be delivered.
    request.on('error', () => response.destroy());
    if (!this.listener) sendError(response, 503, 'Service Temporarily Unavailable');
    else this.listener.actionFor(request)(request, response, this.#proxy);
  }

  async close(graceMs: number): Promise<void> {
    await Promise.all([this.#server?.close(graceMs), this.#inside?.close(graceMs)]);
    this.#proxy.agent.destroy();
  }
}
