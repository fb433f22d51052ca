import { Type } from 'typebox';
import { passwordLength } from '../core/index.ts';

const Email = Type.String({ minLength: 3, maxLength: 254, description: 'Any case; kept lower.' });

export const RegisterBody = Type.Object(
  {
    email: Email,
    password: Type.String({
      minLength: passwordLength.minimum,
      maxLength: passwordLength.maximum,
      description: 'Any characters; the most common passwords are refused.',
    }),
  },
  { additionalProperties: false },
);

/** Looser than registering: what can be no account's password is answered like any wrong one. */
export const LoginBody = Type.Object(
  {
    email: Type.String({ minLength: 1, maxLength: 254 }),
    password: Type.String({ minLength: 1, maxLength: passwordLength.maximum }),
  },
  { additionalProperties: false },
);

/** Long enough for any token: one of another kind is answered like any that does not hold. */
export const RefreshBody = Type.Object(
  { refreshToken: Type.String({ minLength: 1, maxLength: 4096 }) },
  { additionalProperties: false },
);

export const Accepted = Type.Object({ status: Type.Literal('accepted') });

export const SessionReply = Type.Object({
  accessToken: Type.String({ description: 'JWT (RFC 9068), ES256.' }),
  tokenType: Type.Literal('Bearer'),
  expiresInSeconds: Type.Integer({ minimum: 1 }),
  refreshToken: Type.String({ description: 'Opaque; good for one exchange.' }),
  refreshExpiresInSeconds: Type.Integer({ minimum: 1, description: 'Of the session as a whole.' }),
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
