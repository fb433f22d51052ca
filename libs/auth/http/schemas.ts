import { Type } from 'typebox';
import { PASSWORD_LENGTH } from '../core/index.ts';

const Email = Type.String({
  minLength: 3,
  maxLength: 254,
  description: 'Case-insensitive; stored in lower case.',
});

export const RegisterBody = Type.Object(
  {
    email: Email,
    password: Type.String({
      minLength: PASSWORD_LENGTH.minimum,
      maxLength: PASSWORD_LENGTH.maximum,
      description: 'Any characters; the most common passwords are rejected.',
    }),
  },
  { additionalProperties: false },
);

/** Accepts more than registration: an impossible password is rejected like any wrong one. */
export const LoginBody = Type.Object(
  {
    email: Type.String({ minLength: 1, maxLength: 254 }),
    password: Type.String({ minLength: 1, maxLength: PASSWORD_LENGTH.maximum }),
  },
  { additionalProperties: false },
);

/** Long enough for any token: another kind of token is rejected like any invalid one. */
export const RefreshBody = Type.Object(
  { refreshToken: Type.String({ minLength: 1, maxLength: 4096 }) },
  { additionalProperties: false },
);

export const Accepted = Type.Object({ status: Type.Literal('accepted') });

export const SessionReply = Type.Object({
  accessToken: Type.String({ description: 'JWT (RFC 9068), ES256.' }),
  tokenType: Type.Literal('Bearer'),
  expiresInSeconds: Type.Integer({ minimum: 1 }),
  refreshToken: Type.String({ description: 'Opaque; can be exchanged once.' }),
  refreshExpiresInSeconds: Type.Integer({
    minimum: 1,
    description: 'Until the whole session expires.',
  }),
});

export const AccountReply = Type.Object({
  id: Type.String(),
  email: Type.String(),
  role: Type.Union([Type.Literal('customer'), Type.Literal('admin')]),
  createdAt: Type.String({ description: 'RFC 3339, UTC' }),
});

export const KeySetReply = Type.Object({
  keys: Type.Array(
    Type.Object({
      kty: Type.String(),
      crv: Type.String(),
      x: Type.String(),
      y: Type.String(),
      kid: Type.String(),
      alg: Type.String(),
      use: Type.String(),
    }),
  ),
});
