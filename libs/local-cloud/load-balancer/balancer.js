import http from 'node:http';
import { listen } from '../http-api/listener.ts';
import { answerByItself } from './own-answer.ts';
/** Rules of a listener, in order of priority, before its default action. */
export class ListenerRules {
  #defaultAction;
  #rules = [];
  constructor(defaultAction) {
    this.#defaultAction = defaultAction;
  }
  add(rule) {
    this.#rules = [...this.#rules, rule].sort((a, b) => a.priority - b.priority);
  }
  remove(rule) {
    this.#rules = this.#rules.filter((other) => other !== rule);
  }
  actionFor(request) {
    return this.#rules.find(({ matches }) => matches(request))?.action ?? this.#defaultAction;
  }
}
/** A load balancer: one port, and the listener that is put on it. */
export class Balancer {
  settings;
  listener;
  #proxy;
  #server;
  constructor(settings) {
    this.settings = settings;
    const { idleTimeoutMs, dropsInvalidHeaders } = settings;
    const agent = new http.Agent({ keepAlive: true, maxFreeSockets: 256 });
    this.#proxy = { agent, idleTimeoutMs, dropsInvalidHeaders };
  }
  /** Opens the port; returns `127.0.0.1:port`. */
  async open() {
    this.#server = await listen(this.settings.port, (request, response) =>
      this.#handle(request, response),
    );
    return this.#server.host;
  }
  #handle(request, response) {
    // Errors of a client's connection are its own; the answer has nowhere to go.
    request.on('error', () => response.destroy());
    if (!this.listener) answerByItself(response, 503, 'Service Temporarily Unavailable');
    else this.listener.actionFor(request)(request, response, this.#proxy);
  }
  async close(graceMs) {
    await this.#server?.close(graceMs);
    this.#proxy.agent.destroy();
  }
}
