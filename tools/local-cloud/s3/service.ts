import { randomUUID } from 'node:crypto';
import { errorResponse } from '../endpoint/index.ts';
import { AwsError, type Kernel, type WireRequest, type WireResponse } from '../kernel.ts';
import { authenticate } from './authorization.ts';
import type { Buckets } from './buckets.ts';
import { corsHeaders, preflight } from './cors.ts';
import { S3_MEMBERS } from './members.ts';
import type { ObjectEvents } from './object-events.ts';
import { S3Operations } from './operations.ts';
import { postObject } from './post-object.ts';
import { addressOf, parseS3Request } from './s3-request.ts';

/**
 * S3's REST protocol, path style. It serializes errors itself, because their responses need CORS
 * headers too.
 */
export class S3Service {
  readonly name = 's3';
  readonly calls = Object.keys(S3_MEMBERS);
  readonly #kernel: Kernel;
  readonly #buckets: Buckets;
  readonly #events: ObjectEvents;
  readonly #operations: S3Operations;

  constructor(kernel: Kernel, buckets: Buckets, events: ObjectEvents) {
    this.#kernel = kernel;
    this.#buckets = buckets;
    this.#events = events;
    this.#operations = new S3Operations(kernel, buckets, events);
  }

  async handle(request: WireRequest): Promise<WireResponse> {
    const response = await this.#respond(request);
    this.#count(request, response);
    const bucket = this.#buckets.find(request.path.split('/')[1] ?? '');
    return {
      ...response,
      headers: { ...corsHeaders(bucket, request), ...response.headers },
    };
  }

  /**
   * Counts a request by method and subject. AWS bills PUT, COPY, POST and LIST requests at one
   * price, and GET and all other requests at another.
   */
  #count(request: WireRequest, response: WireResponse): void {
    const { method, path, body } = request;
    const [, bucket = '', ...key] = path.split('/');
    const subject = key.join('/') === '' ? 'bucket' : 'object';
    const operation = `${method} ${isForm(request) ? 'form' : subject}`;
    this.#kernel.operations.add(
      { service: 's3', operation, resource: bucket },
      { bytesIn: body.length, bytesOut: Buffer.byteLength(response.body ?? '') },
    );
  }

  async #respond(request: WireRequest): Promise<WireResponse> {
    try {
      const { bucket } = addressOf(request.path);
      if (request.method === 'OPTIONS') return preflight(this.#buckets.get(bucket), request);
      if (isForm(request)) return await this.#post(request);
      const caller = authenticate(request, this.#kernel, Date.now());
      return await this.#operations.run(await parseS3Request(request), caller);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const requestId = randomUUID();
      const response = errorResponse('rest-xml', error, requestId);
      return { ...response, headers: { ...response.headers, 'x-amz-request-id': requestId } };
    }
  }

  async #post(request: WireRequest): Promise<WireResponse> {
    const posted = await postObject(this.#kernel, this.#buckets, request, Date.now());
    this.#events.created(posted.bucket, posted.object, 'POST Object');
    return posted.response;
  }
}

function isForm({ method, headers }: WireRequest): boolean {
  return (
    method === 'POST' &&
    (headers['content-type'] ?? '').toLowerCase().startsWith('multipart/form-data')
  );
}
