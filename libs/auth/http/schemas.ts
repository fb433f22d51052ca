import { Type } from 'typebox';
import { Format } from 'typebox/format';
import { normaliseEmail, PASSWORD_LENGTH } from '../core/index.ts';

/** The rule of the core, instead of TypeBox's own, which rejects white space around the address. */
Format.Set('idn-email', (text) => normaliseEmail(text) !== undefined);

const Email = Type.String({
  format: 'idn-email',
  minLength: 3,
  maxLength: 254,
  examples: ['mara@example.com'],
  description:
    'Letter case, Unicode compatibility forms and the form of the domain (`bücher.example` or `xn--bcher-kva.example`) do not matter.',
});

export const RegisterBody = Type.Object(
  {
    email: Email,
    password: Type.String({
      minLength: PASSWORD_LENGTH.minimum,
      maxLength: PASSWORD_LENGTH.maximum,
      examples: ['nine lives of a cat'],
      description: 'Any characters; common passwords and the e-mail address are rejected.',
    }),
  },
  { additionalProperties: false },
);

/** Accepts more than registration: an impossible password is rejected like any wrong one. */
export const LoginBody = Type.Object(
  {
    email: Type.String({
      minLength: 1,
      maxLength: 254,
      examples: ['mara@example.com'],
      description: 'The e-mail address of the account, in any spelling that means the same.',
    }),
    password: Type.String({
      minLength: 1,
      maxLength: PASSWORD_LENGTH.maximum,
      examples: ['nine lives of a cat'],
    }),
  },
  { additionalProperties: false },
);

/** Long enough for any token: another kind of token is rejected like any invalid one. */
export const RefreshBody = Type.Object(
  {
    refreshToken: Type.String({
      minLength: 1,
      maxLength: 4096,
      description: 'The `refreshToken` of the newest response to a log-in or a refresh.',
    }),
  },
  { additionalProperties: false },
);

export const Accepted = Type.Object({ status: Type.Literal('accepted') });

export const SessionReply = Type.Object({
  accessToken: Type.String({
    description: 'JWT (RFC 9068), ES256. Send it as `Authorization: Bearer …`.',
  }),
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
  email: Type.String({
    format: 'idn-email',
    description: 'In lower case, with the domain in ASCII.',
  }),
  role: Type.Union([Type.Literal('customer'), Type.Literal('admin')]),
  createdAt: Type.String({ format: 'date-time', description: 'RFC 3339, UTC' }),
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
