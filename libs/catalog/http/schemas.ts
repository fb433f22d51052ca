import { AmountCents, Currency, Id } from '@triptych/events';
import { Type } from 'typebox';
import { IMAGE_CONTENT_TYPES, SORTS } from '../core/index.ts';

export const IdParams = Type.Object({ id: Id });

/** The ETag that GET returned, or only its version. A CDN that compresses the response adds `W/`. */
const VersionTag = Type.String({
  pattern: '^(W/)?"[1-9][0-9]{0,14}(-[0-9a-f]{1,64})?"$',
  description:
    'The `ETag` of the product when it was read. Only its version counts: `"3"` is enough.',
});
export const IfMatch = Type.Object({ 'if-match': VersionTag });
export const MaybeIfNoneMatch = Type.Object({
  'if-none-match': Type.Optional(
    Type.String({ description: 'Entity tags that the client has. If one is current: 304.' }),
  ),
});
export const MaybeIfMatch = Type.Object({ 'if-match': Type.Optional(VersionTag) });

/** Lower-case words joined by single hyphens. */
const Slug = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 64 });
const Timestamp = Type.String({ format: 'date-time', description: 'RFC 3339, UTC' });
const Units = Type.Integer({ minimum: 0 });

export const ProductReply = Type.Object({
  id: Id,
  name: Type.String(),
  description: Type.String(),
  category: Slug,
  price: Type.Object({ amountCents: AmountCents, currency: Currency }),
  available: Units,
  image: Type.Union([Type.Object({ imageId: Id }), Type.Null()], {
    description: 'For `GET /images/{imageId}/w{width}.{format}`.',
  }),
  version: Type.Integer({ minimum: 1 }),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});

/** The product after a change. `warnings` is absent if there are none. */
export const ChangedProductReply = Type.Object({
  ...ProductReply.properties,
  warnings: Type.Optional(
    Type.Array(Type.Object({ code: Type.String(), detail: Type.String() }), {
      description: 'hints about accepted data, such as `price-below-minimum-charge`',
    }),
  ),
});

export const ListQuery = Type.Object(
  {
    category: Type.Optional(Slug),
    q: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: 'words; a product must have all of them',
      }),
    ),
    sort: Type.Union(
      SORTS.map((sort) => Type.Literal(sort)),
      { default: 'newest' },
    ),
    limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
    cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
  },
  { additionalProperties: false },
);

export const ListReply = Type.Object({
  items: Type.Array(ProductReply),
  nextCursor: Type.Union([Type.String(), Type.Null()], {
    description: 'Send it as `cursor` to get the next page; null on the last page.',
  }),
});

export const CategoriesReply = Type.Object({
  items: Type.Array(Type.Object({ slug: Slug, name: Type.String(), products: Units })),
});

const Name = Type.String({ minLength: 1, maxLength: 120 });
const Description = Type.String({ maxLength: 2000 });
/** The shop sells in one currency for now. */
const Price = Type.Object(
  {
    amountCents: Type.Integer({ minimum: 1, maximum: 99_999_999 }),
    currency: Type.Literal('usd'),
  },
  { additionalProperties: false },
);

export const CreateBody = Type.Object(
  { id: Type.Optional(Id), name: Name, description: Description, category: Slug, price: Price },
  { additionalProperties: false },
);

export const ChangeBody = Type.Object(
  {
    name: Type.Optional(Name),
    description: Type.Optional(Description),
    category: Type.Optional(Slug),
    price: Type.Optional(Price),
  },
  { additionalProperties: false, minProperties: 1 },
);

/** A negative quantity is an adjustment; the use case rejects 0. */
export const StockBody = Type.Object(
  {
    receiptId: Id,
    quantity: Type.Integer({ minimum: -1_000_000, maximum: 1_000_000 }),
  },
  { additionalProperties: false },
);

export const StockReply = Type.Object({
  productId: Id,
  received: Units,
  adjustments: Type.Integer({ maximum: 0 }),
  available: Units,
  held: Units,
  sold: Units,
});

export const UploadBody = Type.Object(
  {
    contentType: Type.String({
      maxLength: 256,
      examples: [...IMAGE_CONTENT_TYPES],
      description: `One of ${IMAGE_CONTENT_TYPES.join(', ')}, in any letter case, with or without parameters.`,
    }),
  },
  { additionalProperties: false },
);

export const UploadReply = Type.Object({
  imageId: Id,
  upload: Type.Object({
    url: Type.String(),
    fields: Type.Record(Type.String(), Type.String()),
  }),
  expiresAt: Timestamp,
});

export const ImageReply = Type.Object({
  imageId: Id,
  status: Type.Union([Type.Literal('pending'), Type.Literal('attached'), Type.Literal('rejected')]),
  code: Type.Optional(
    Type.String({
      description:
        'Why it was rejected. not-judged: there was no verdict within an hour; upload the file again.',
    }),
  ),
});
