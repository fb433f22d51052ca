import type { HttpPlugin } from '@triptych/platform/http';
import type { Authenticate } from '@triptych/platform/tokens';
import { Type } from 'typebox';
import type { Catalog } from '../core/index.ts';
import { CREATED, TAGGED } from './documented-headers.ts';
import { changedProductReply, entityTagOf, stockReply, versionIn } from './replies.ts';
import {
  ChangeBody,
  ChangedProductReply,
  CreateBody,
  IdParams,
  IfMatch,
  ImageReply,
  MaybeIfMatch,
  StockBody,
  StockReply,
  UploadBody,
  UploadReply,
} from './schemas.ts';

const TAGS = ['catalog, administration'];

/** The routes for administrators. Each requires the role. */
export function adminRoutes(catalog: Catalog, auth: Authenticate): HttpPlugin {
  // Runs before the body is read, so that other callers learn nothing about valid bodies.
  const onRequest = auth.admin;
  return async (app) => {
    app.post(
      '/catalog/products',
      {
        onRequest,
        schema: {
          operationId: 'createProduct',
          tags: TAGS,
          summary: 'Create a product; choose its id to retry safely (409 already-exists)',
          body: CreateBody,
          response: { 201: ChangedProductReply },
          documented: { errors: { 409: ['already-exists'] }, responses: { 201: CREATED } },
        },
      },
      async (request, reply) => {
        const product = await catalog.createProduct(request.body);
        reply.code(201).header('location', `/catalog/products/${product.id}`);
        reply.header('etag', entityTagOf(product));
        return changedProductReply(product);
      },
    );

    app.patch(
      '/catalog/products/:id',
      {
        onRequest,
        schema: {
          operationId: 'changeProduct',
          tags: TAGS,
          summary: 'Change a product if its version matches If-Match (409 version-conflict)',
          params: IdParams,
          headers: IfMatch,
          body: ChangeBody,
          response: { 200: ChangedProductReply },
          documented: {
            errors: { 404: ['not-found'], 409: ['version-conflict'], 503: ['stock-contended'] },
            responses: { 200: TAGGED },
          },
        },
      },
      async ({ params, headers, body }, reply) => {
        const version = versionIn(headers['if-match']);
        const command = { productId: params.id, version, change: body };
        const product = await catalog.changeProduct(command);
        reply.header('etag', entityTagOf(product));
        return changedProductReply(product);
      },
    );

    app.delete(
      '/catalog/products/:id',
      {
        onRequest,
        schema: {
          operationId: 'removeProduct',
          tags: TAGS,
          summary: 'Remove a product from the shop; its orders and stock history are kept',
          params: IdParams,
          headers: MaybeIfMatch,
          response: { 204: Type.Null() },
          documented: {
            errors: { 404: ['not-found'], 409: ['version-conflict'], 503: ['stock-contended'] },
          },
        },
      },
      async ({ params, headers: { 'if-match': tag } }, reply) => {
        const version = tag === undefined ? {} : { version: versionIn(tag) };
        await catalog.removeProduct({ productId: params.id, ...version });
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/catalog/products/:id/stock',
      {
        onRequest,
        schema: {
          operationId: 'receiveStock',
          tags: TAGS,
          summary: 'Book a delivery, or an adjustment if negative; each receiptId is booked once',
          params: IdParams,
          body: StockBody,
          response: { 200: StockReply },
          documented: {
            errors: {
              404: ['not-found'],
              409: ['stock-negative'],
              422: ['idempotency-key-reused'],
              503: ['stock-contended'],
            },
          },
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
          operationId: 'startUpload',
          tags: TAGS,
          summary: 'Get a ticket to upload a picture: POST the fields, then `file`, to the url',
          params: IdParams,
          body: UploadBody,
          response: { 201: UploadReply },
          documented: { errors: { 404: ['not-found'], 503: ['uploads-contended'] } },
        },
      },
      async ({ params: { id }, body: { contentType } }, reply) => {
        const started = await catalog.startUpload({ productId: id, contentType });
        reply.code(201).header('cache-control', 'no-store');
        return started;
      },
    );

    app.get(
      '/catalog/products/:id/image',
      {
        onRequest,
        schema: {
          operationId: 'findImageState',
          tags: TAGS,
          summary: 'State of the latest upload',
          params: IdParams,
          response: { 200: ImageReply },
          documented: { errors: { 404: ['not-found'] } },
        },
      },
      async ({ params: { id } }) => {
        const { imageId, status, code } = await catalog.findImageState(id);
        return { imageId, status, ...(code !== undefined && { code }) };
      },
    );
  };
}
