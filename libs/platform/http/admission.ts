import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../errors/index.ts';

/** Whether a request came the only way that the service allows. */
export type Admits = (headers: IncomingHttpHeaders) => boolean;

/** Rejects other requests before anything else looks at them, with AppError `forbidden`/`forbidden`. */
export function rejectStrangers(app: FastifyInstance, admits: Admits): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (admits(request.headers)) return done();
    const detail = 'This address is not public. Send requests to the address of the shop.';
    done(new AppError('forbidden', 'forbidden', detail));
  });
}
