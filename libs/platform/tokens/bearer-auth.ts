import type { preHandlerAsyncHookHandler } from 'fastify';
import type { CommonConfig } from '../config/index.ts';
import { AppError } from '../errors/index.ts';
import { bearerToken } from './bearer-token.ts';
import { setCaller } from './caller.ts';
import { withRole } from './required-role.ts';
import { type TokenVerifier, tokenVerifier } from './token-verifier.ts';

/** Hooks that routes use as `preHandler` or `onRequest`. */
export interface Authenticate {
  /**
   * Requires any account and sets `request.caller`.
   * @throws AppError as {@link authenticate} does
   */
  readonly customer: preHandlerAsyncHookHandler;
  /**
   * Requires an administrator and sets `request.caller`.
   * @throws AppError as {@link authenticate} and {@link requireAdmin} do
   */
  readonly admin: preHandlerAsyncHookHandler;
}

export interface BearerAuth extends Authenticate {
  /**
   * Part of a service's readiness: without it, the first requests of a new process would wait for auth's keys, and
   * fail if auth is slow. Resolves when the keys are cached, or after 10 s without them.
   */
  readonly prepare: () => Promise<void>;
}

/**
 * Accepts access tokens of this variant's auth service. Its keys are fetched from `INTERNAL_URL`, or else `BASE_URL`.
 */
export function bearerAuth(options: {
  config: Pick<CommonConfig, 'BASE_URL' | 'INTERNAL_URL'>;
}): BearerAuth {
  const { BASE_URL: issuer, INTERNAL_URL = issuer } = options.config;
  const jwksUrl = `${INTERNAL_URL}/auth/.well-known/jwks.json`;
  const verifier = tokenVerifier({ issuer, jwksUrl });
  const customer = withRole('customer', authenticate(verifier));
  const adminOnly: preHandlerAsyncHookHandler = async function adminOnly(request, reply) {
    await customer.call(this, request, reply);
    await requireAdmin.call(this, request, reply);
  };
  return { customer, admin: withRole('admin', adminOnly), prepare: verifier.prepare };
}

/**
 * A hook that verifies the bearer token and sets `request.caller`.
 * @throws AppError `unauthenticated`/`invalid-token` (from the hook) without a valid access token
 * @throws AppError `unavailable`/`unavailable` (from the hook) when auth's keys cannot be fetched
 */
export function authenticate(verifier: TokenVerifier): preHandlerAsyncHookHandler {
  return async (request) => {
    setCaller(request, await verifier.verify(bearerToken(request.headers.authorization)));
  };
}

/**
 * A hook that rejects callers who are not administrators. It must run after {@link authenticate}.
 * @throws AppError `forbidden`/`forbidden`
 */
export const requireAdmin: preHandlerAsyncHookHandler = async (request) => {
  if (request.caller.role !== 'admin') {
    throw new AppError('forbidden', 'forbidden', 'Only an administrator may do this.');
  }
};
