import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Listener, listen } from '../http-api/listener.ts';
import type { Action } from './actions.ts';
import { sendError } from './error-answer.ts';
import type { ProxySettings } from './proxy.ts';
import type { RequestMatcher } from './rules.ts';

export interface Rule {
  readonly priority: number;
  readonly matches: RequestMatcher;
  readonly action: Action;
}

export interface BalancerSettings {
  readonly arn: string;
  readonly port: number;
  readonly address: string;
  readonly idleTimeoutMs: number;
  readonly dropsInvalidHeaders: boolean;
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

/** A load balancer: one port with one listener. */
export class Balancer {
  readonly settings: BalancerSettings;
  listener: ListenerRules | undefined;
  readonly #proxy: ProxySettings;
  #server: Listener | undefined;

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
    this.#server = await listen(
      port,
      (request, response) => this.#handle(request, response),
      address,
    );
    return this.#server.host;
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    // The client's connection failed, so the response cannot be delivered.
    request.on('error', () => response.destroy());
    if (!this.listener) sendError(response, 503, 'Service Temporarily Unavailable');
    else this.listener.actionFor(request)(request, response, this.#proxy);
  }

  async close(graceMs: number): Promise<void> {
    await this.#server?.close(graceMs);
    this.#proxy.agent.destroy();
  }
}
