import type { HttpPlugin } from '@triptych/platform/http';
import type { Authenticate } from '@triptych/platform/tokens';
import { Type } from 'typebox';
import type { Catalog } from '../core/index.ts';
import { productReply, stockReply, versionIn, versionTag } from './replies.ts';
import {
  ChangeBody,
  CreateBody,
  IdParams,
  IfMatch,
  ImageReply,
  MaybeIfMatch,
  ProductReply,
  StockBody,
  StockReply,
  UploadBody,
  UploadReply,
} from './schemas.ts';

const tags = ['catalog, administration'];

/** What administrators do; every route asks for the role. */
export function adminRoutes(catalog: Catalog, auth: Authenticate): HttpPlugin {
  // Before the body is read: whoever may not call learns nothing of what a body must hold.
  const onRequest = auth.admin;
  return async (app) => {
    app.post(
      '/catalog/products',
      {
        onRequest,
        schema: {
          tags,
          summary:
            'Create a product; with an id of your own it can be tried again (409 already-exists)',
          body: CreateBody,
          response: { 201: ProductReply },
        },
      },
      async (request, reply) => {
        const product = await catalog.createProduct(request.body);
        reply.code(201).header('location', `/catalog/products/${product.id}`);
        reply.header('etag', versionTag(product));
        return productReply(product);
      },
    );

    app.patch(
      '/catalog/products/:id',
      {
        onRequest,
        schema: {
          tags,
          summary: 'Change a product that is still as If-Match says (409 version-conflict)',
          params: IdParams,
          headers: IfMatch,
          body: ChangeBody,
          response: { 200: ProductReply },
        },
      },
      async ({ params, headers, body }, reply) => {
        const version = versionIn(headers['if-match']);
        const product = await catalog.changeProduct(params.id, version, body);
        reply.header('etag', versionTag(product));
        return productReply(product);
      },
    );

    app.delete(
      '/catalog/products/:id',
      {
        onRequest,
        schema: {
          tags,
          summary: 'Take a product out of the shop; its orders and its stock history stay',
          params: IdParams,
          headers: MaybeIfMatch,
          response: { 204: Type.Null() },
        },
      },
      async ({ params, headers: { 'if-match': tag } }, reply) => {
        await catalog.removeProduct(params.id, tag === undefined ? undefined : versionIn(tag));
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/catalog/products/:id/stock',
      {
        onRequest,
        schema: {
          tags,
          summary:
            'Book a delivery, or an adjustment if negative; the same receiptId is booked once',
          params: IdParams,
          body: StockBody,
          response: { 200: StockReply },
        },
      },
      async ({ params: { id }, body }) => {
        return stockReply(id, await catalog.receiveStock({ productId: id, ...body }));
      },
    );

    app.post(
      '/catalog/products/:id/image',
      {
        onRequest,
        schema: {
          tags,
          summary: 'Get a ticket to upload a picture: POST the fields and then `file` to the url',
          params: IdParams,
          body: UploadBody,
          response: { 201: UploadReply },
        },
      },
      async (request, reply) => {
        const started = await catalog.startUpload(request.params.id, request.body.contentType);
        reply.code(201).header('cache-control', 'no-store');
        return started;
      },
    );

    app.get(
      '/catalog/products/:id/image',
      {
        onRequest,
        schema: {
          tags,
          summary: 'What became of the last upload',
          params: IdParams,
          response: { 200: ImageReply },
        },
      },
      async ({ params: { id } }) => {
        const { imageId, status, code } = await catalog.imageState(id);
        return { imageId, status, ...(code !== undefined && { code }) };
      },
    );
  };
}
