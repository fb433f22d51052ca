import { decodeCursor, encodeCursor, type HttpPlugin } from '@triptych/platform/http';
import { type Catalog, wordsOf } from '../core/index.ts';
import { productReply, versionTag } from './replies.ts';
import { CategoriesReply, IdParams, ListQuery, ListReply, ProductReply } from './schemas.ts';

const tags = ['catalog'];

/** What everybody may read. */
export function shopRoutes(catalog: Catalog): HttpPlugin {
  return async (app) => {
    app.get(
      '/catalog/products',
      {
        schema: {
          tags,
          summary: 'Products, of a category or with all words of `q`, page by page',
          querystring: ListQuery,
          response: { 200: ListReply },
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
          tags,
          summary: 'Categories with the number of their products; at most 200',
          response: { 200: CategoriesReply },
        },
      },
      async () => ({ items: await catalog.listCategories() }),
    );

    app.get(
      '/catalog/products/:id',
      {
        schema: {
          tags,
          summary: 'One product',
          params: IdParams,
          response: { 200: ProductReply },
        },
      },
      async ({ params: { id } }, reply) => {
        const product = await catalog.findProduct(id);
        reply.header('etag', versionTag(product));
        return productReply(product);
      },
    );
  };
}
