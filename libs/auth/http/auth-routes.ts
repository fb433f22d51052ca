import type { HttpPlugin } from '@triptych/platform/http';
import { bearerToken } from '@triptych/platform/tokens';
import { Type } from 'typebox';
import type { Auth, Session } from '../core/index.ts';
import {
  Accepted,
  AccountReply,
  KeySetReply,
  LoginBody,
  RefreshBody,
  RegisterBody,
  SessionReply,
} from './schemas.ts';

const TAGS = ['auth'];

/** Advice for clients; see docs/decisions/0010-sessions-are-families-of-opaque-tokens.md. */
const REFRESH_ADVICE = `A refresh token can be exchanged once. A second use ends its session (401 \`token-reused\`), even if both
uses are concurrent, because a thief would do the same. So send one refresh at a time, wait for its response, and store
the new token before the next one:

    let refreshing;
    const refreshOnce = () =>
      (refreshing ??= refreshAndStore().finally(() => { refreshing = undefined; }));

Several tabs or processes share a session only through a lock, for example \`navigator.locks.request('refresh', …)\`.
Inside it, read the stored token again: another tab may just have exchanged it.

If the response is lost or is 5xx, retry with the same token. Either it works, or the token was spent and the user logs
in again.`;

/** How long a client or CDN may cache the key set. A new key is published a day before it signs. */
const KEY_SET_CACHE_SECONDS = 300;

/** The routes of auth. */
export function authRoutes({ auth }: { auth: Auth }): HttpPlugin {
  return async (app) => {
    app.post(
      '/auth/register',
      {
        schema: {
          operationId: 'register',
          tags: TAGS,
          summary:
            'Register an account; the response does not reveal whether the address was known',
          body: RegisterBody,
          response: { 202: Accepted },
        },
      },
      async (request, reply) => {
        await auth.register(request.body);
        return reply.code(202).send({ status: 'accepted' as const });
      },
    );

    app.post(
      '/auth/login',
      {
        schema: {
          operationId: 'logIn',
          tags: TAGS,
          summary: 'Exchange e-mail and password for a session',
          body: LoginBody,
          response: { 200: SessionReply },
          documented: { errors: { 401: ['invalid-credentials'], 429: ['too-many-attempts'] } },
        },
      },
      async (request, reply) => {
        return sessionReply(await auth.logIn({ ...request.body, address: request.ip }), reply);
      },
    );

    app.post(
      '/auth/refresh',
      {
        schema: {
          operationId: 'refresh',
          tags: TAGS,
          summary: 'Exchange a refresh token for a new session; using it twice ends the session',
          description: REFRESH_ADVICE,
          body: RefreshBody,
          response: { 200: SessionReply },
          documented: { errors: { 401: ['invalid-token', 'token-reused'] } },
        },
      },
      async (request, reply) => {
        return sessionReply(await auth.refresh(request.body), reply);
      },
    );

    app.post(
      '/auth/logout',
      {
        schema: {
          operationId: 'logOut',
          tags: TAGS,
          summary:
            'End the session of a refresh token; the response does not reveal whether it was known',
          body: RefreshBody,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        await auth.logOut(request.body);
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/auth/me',
      {
        schema: {
          operationId: 'readAccount',
          tags: TAGS,
          summary: 'The account of the access token',
          // The use case verifies the token, so there is no hook that states this.
          security: [{ accessToken: [] }],
          response: { 200: AccountReply },
          documented: { errors: { 401: ['invalid-token'] } },
        },
      },
      async (request, reply) => {
        reply.header('cache-control', 'no-store');
        return auth.readAccount({ accessToken: bearerToken(request.headers.authorization) });
      },
    );

    app.get(
      '/auth/.well-known/jwks.json',
      {
        schema: {
          operationId: 'readKeySet',
          tags: TAGS,
          summary: 'Public keys that verify access tokens (RFC 7517)',
          response: { 200: KeySetReply },
        },
      },
      async (_request, reply) => {
        reply.header('cache-control', `public, max-age=${KEY_SET_CACHE_SECONDS}`);
        return auth.readKeySet();
      },
    );
  };
}

/** Adds the token type and forbids caching (RFC 6749 section 5.1). */
function sessionReply(session: Session, reply: { header(name: string, value: string): unknown }) {
  reply.header('cache-control', 'no-store');
  return { ...session, tokenType: 'Bearer' as const };
}
