import type { preHandlerAsyncHookHandler } from 'fastify';
import type { CommonConfig } from '../config/index.ts';
import { AppError } from '../errors/index.ts';
import { bearerToken } from './bearer-token.ts';
import { setCaller } from './caller.ts';
import { withRole } from './required-role.ts';
import { type TokenVerifier, tokenVerifier } from './token-verifier.ts';

/** What a context's routes put before their handlers. */
export interface Authenticate {
  /** Any account; sets `request.caller`. */
  readonly customer: preHandlerAsyncHookHandler;
  /** An administrator; others get 403. */
  readonly admin: preHandlerAsyncHookHandler;
}

/** The access tokens of this variant's own auth service; its keys are fetched where services reach it. */
export function bearerAuth(options: {
  config: Pick<CommonConfig, 'BASE_URL' | 'INTERNAL_URL'>;
}): Authenticate {
  const { BASE_URL: issuer, INTERNAL_URL = issuer } = options.config;
  const jwksUrl = `${INTERNAL_URL}/auth/.well-known/jwks.json`;
  const verifier = tokenVerifier({ issuer, jwksUrl });
  const customer = withRole('customer', authenticate(verifier));
  const adminOnly: preHandlerAsyncHookHandler = async function adminOnly(request, reply) {
    await customer.call(this, request, reply);
    await requireAdmin.call(this, request, reply);
  };
  return { customer, admin: withRole('admin', adminOnly) };
}

/** Verifies the bearer token and sets `request.caller`. */
export function authenticate(verifier: TokenVerifier): preHandlerAsyncHookHandler {
  return async (request) => {
    setCaller(request, await verifier.verify(bearerToken(request.headers.authorization)));
  };
}

/** Refuses callers who are not administrators; comes after {@link authenticate}. */
export const requireAdmin: preHandlerAsyncHookHandler = async (request) => {
  if (request.caller.role !== 'admin') {
    throw new AppError('forbidden', 'forbidden', 'Only an administrator may do this.');
  }
};
