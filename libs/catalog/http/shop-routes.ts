import {
  decodeCursor,
  encodeCursor,
  type HttpPlugin,
  matchesEntityTag,
} from '@triptych/platform/http';
import { Type } from 'typebox';
import { type Catalog, wordsOf } from '../core/index.ts';
import { TAGGED } from './documented-headers.ts';
import { entityTagOf, productReply } from './replies.ts';
import {
  CategoriesReply,
  IdParams,
  ListQuery,
  ListReply,
  MaybeIfNoneMatch,
  ProductReply,
} from './schemas.ts';

const TAGS = ['catalog'];

/** The public routes. */
export function shopRoutes(catalog: Catalog): HttpPlugin {
  return async (app) => {
    app.get(
      '/catalog/products',
      {
        schema: {
          operationId: 'listProducts',
          tags: TAGS,
          summary: 'Products, filtered by category and by the words of `q`, in pages',
          querystring: ListQuery,
          response: { 200: ListReply },
          documented: { errors: { 400: ['invalid-cursor'] } },
        },
      },
      async ({ query: { category, q, sort, cursor, limit } }) => {
        const words = q === undefined ? undefined : wordsOf(q);
        const filter = { category: category ?? null, words: words ?? null, sort };
        const page = await catalog.listProducts({
          ...{ sort, limit },
          ...(category !== undefined && { category }),
          ...(words !== undefined && { words }),
          ...(cursor !== undefined && { after: decodeCursor(cursor, filter) }),
        });
        return {
          items: page.products.map(productReply),
          nextCursor: page.next === undefined ? null : encodeCursor(page.next, filter),
        };
      },
    );

    app.get(
      '/catalog/categories',
      {
        schema: {
          operationId: 'listCategories',
          tags: TAGS,
          summary: 'Categories with their numbers of products; at most 200',
          response: { 200: CategoriesReply },
        },
      },
      async () => ({ items: await catalog.listCategories() }),
    );

    app.get(
      '/catalog/products/:id',
      {
        schema: {
          operationId: 'findProduct',
          tags: TAGS,
          summary: 'One product',
          params: IdParams,
          headers: MaybeIfNoneMatch,
          response: { 200: ProductReply, 304: Type.Null() },
          documented: { errors: { 404: ['not-found'] }, responses: { 200: TAGGED } },
        },
      },
      async ({ params: { id }, headers }, reply) => {
        const product = await catalog.findProduct(id);
        const tag = entityTagOf(product);
        reply.header('etag', tag);
        if (matchesEntityTag(headers['if-none-match'], tag)) return reply.code(304).send(null);
        return productReply(product);
      },
    );
  };
}
