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

const tags = ['auth'];

/** How long a client or CDN may keep the key set; a new key is published a day before it signs. */
const keySetCacheSeconds = 300;

/** Auth's HTTP interface. */
export function authRoutes({ auth }: { auth: Auth }): HttpPlugin {
  return async (app) => {
    app.post(
      '/auth/register',
      {
        schema: {
          tags,
          summary: 'Open an account; the answer does not tell whether the address was known',
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
          tags,
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
          tags,
          summary: 'Exchange a refresh token for a new session; using one twice ends the session',
          body: RefreshBody,
          response: { 200: SessionReply },
        },
      },
      async (request, reply) => {
        return sessionReply(await auth.refresh(request.body.refreshToken), reply);
      },
    );

    app.post(
      '/auth/logout',
      {
        schema: {
          tags,
          summary:
            'End the session of a refresh token; the answer does not tell whether it was known',
          body: RefreshBody,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        await auth.logOut(request.body.refreshToken);
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/auth/me',
      {
        schema: {
          tags,
          summary: 'The account of the access token',
          response: { 200: AccountReply },
        },
      },
      async (request, reply) => {
        reply.header('cache-control', 'no-store');
        return auth.me(bearerToken(request.headers.authorization));
      },
    );

    app.get(
      '/auth/.well-known/jwks.json',
      {
        schema: {
          tags,
          summary: 'Public keys that verify access tokens (RFC 7517)',
          response: { 200: KeySetReply },
        },
      },
      async (_request, reply) => {
        reply.header('cache-control', `public, max-age=${keySetCacheSeconds}`);
        return auth.keySet();
      },
    );
  };
}

/** No cache may keep what lets somebody in (RFC 6749 section 5.1). */
function sessionReply(session: Session, reply: { header(name: string, value: string): unknown }) {
  reply.header('cache-control', 'no-store');
  return { ...session, tokenType: 'Bearer' as const };
}
