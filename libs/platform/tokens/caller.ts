import type { FastifyInstance, FastifyRequest } from 'fastify';
import { missingToken } from './bearer-token.ts';

/** The account a request acts for. */
export interface Caller {
  readonly accountId: string;
  readonly role: 'customer' | 'admin';
}

const CALLER = Symbol('caller');

declare module 'fastify' {
  interface FastifyRequest {
    [CALLER]: Caller | null;
    /** Set by the `authenticate` preHandler; reading it on a route without one is refused like a missing token. */
    readonly caller: Caller;
  }
}

/** Makes `request.caller` exist. */
export function decorateCaller(app: FastifyInstance): void {
  app.decorateRequest(CALLER, null);
  app.decorateRequest('caller', {
    getter(this: FastifyRequest) {
      const caller = this[CALLER];
      if (!caller) throw missingToken();
      return caller;
    },
  });
}

export function setCaller(request: FastifyRequest, caller: Caller): void {
  request[CALLER] = caller;
}
