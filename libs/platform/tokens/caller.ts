import type { FastifyInstance, FastifyRequest } from 'fastify';
import { missingToken } from './bearer-token.ts';

/** The account that sent a request. */
export interface Caller {
  readonly accountId: string;
  readonly role: 'customer' | 'admin';
}

const CALLER = Symbol('caller');

declare module 'fastify' {
  interface FastifyRequest {
    [CALLER]: Caller | null;
    /**
     * Set by the `authenticate` hook.
     * @throws AppError `unauthenticated`/`invalid-token` on a route without that hook
     */
    readonly caller: Caller;
  }
}

/** Adds `request.caller`. */
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

/** Sets `request.caller` after the token is verified. */
export function setCaller(request: FastifyRequest, caller: Caller): void {
  request[CALLER] = caller;
}
