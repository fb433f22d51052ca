import type { HttpPlugin } from '@triptych/platform/http';
import type { Catalog } from '../core/index.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { productReply } from './replies.ts';
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
          summary: 'Products, by category and oldest first',
          querystring: ListQuery,
          response: { 200: ListReply },
        },
      },
      async ({ query: { category, cursor, limit } }) => {
        const filter = { category: category ?? null };
        const page = await catalog.listProducts({
          limit,
          ...(category !== undefined && { category }),
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
      async ({ params: { id } }) => productReply(await catalog.findProduct(id)),
    );
  };
}
