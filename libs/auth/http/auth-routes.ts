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

/** How long a client or CDN may cache the key set. A new key is published a day before it signs. */
const KEY_SET_CACHE_SECONDS = 300;

/** The routes of auth. */
export function authRoutes({ auth }: { auth: Auth }): HttpPlugin {
  return async (app) => {
    app.post(
      '/auth/register',
      {
        schema: {
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
          tags: TAGS,
          summary: 'Exchange e-mail and password for a session',
          body: LoginBody,
          response: { 200: SessionReply },
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
          tags: TAGS,
          summary: 'Exchange a refresh token for a new session; using it twice ends the session',
          body: RefreshBody,
          response: { 200: SessionReply },
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
          tags: TAGS,
          summary: 'The account of the access token',
          response: { 200: AccountReply },
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
