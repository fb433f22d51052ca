import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { type Listener, listen, readBody } from '../http-api/listener.ts';
import { sendMessage } from '../http-api/send.ts';
import { throttle } from '../http-api/throttle.ts';
import type { Kernel } from '../kernel.ts';
import { admit } from './authorize-caller.ts';
import type {
  EndpointDefinition,
  RevisionDefinition,
  WebFunctionDefinition,
} from './definitions.ts';
import { EnvironmentPool } from './environment-pool.ts';
import { forward } from './forward.ts';
import { endpointArn } from './names.ts';
import type { WebFunctionAssumptions } from './not-documented.ts';
import { NoPlace, type Place } from './place.ts';
import { applicationHeaders } from './request-headers.ts';
import { protocolFault, type Rejection } from './request-rules.ts';

/** The account quota for one endpoint, in requests per second. */
const DEFAULT_RATE = 10_000;
/** For what the parser of Node.js rejects. */
const BAD_REQUEST = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n';
const ERROR_TYPE = 'lambda-web-error-type';

/** A request that the platform answers, and the type of the error. */
class Rejected extends Error {
  readonly status: number;
  readonly errorType: string;
  constructor({ status, message }: Rejection, errorType: string) {
    super(message);
    this.status = status;
    this.errorType = errorType;
  }
}

export interface EndpointSettings {
  readonly definition: EndpointDefinition;
  readonly owner: WebFunctionDefinition;
  readonly assumptions: WebFunctionAssumptions;
  /** Selects the revision of a request by the weights. */
  readonly chooseRevision: () => RevisionDefinition;
}

/** One endpoint: its own address, its rules, and the environments that serve it. */
export class WebEndpoint {
  readonly pool: EnvironmentPool;
  readonly settings: EndpointSettings;
  readonly #kernel: Kernel;
  readonly #isWithinRate: (nowMs: number) => boolean;
  #listener: Listener | undefined;

  constructor(settings: EndpointSettings, kernel: Kernel) {
    this.settings = settings;
    this.#kernel = kernel;
    const { definition, owner, assumptions } = settings;
    this.pool = new EnvironmentPool({ owner, endpoint: definition, assumptions }, kernel);
    const { rateLimit: ratePerSecond = DEFAULT_RATE } = definition;
    const burst = ratePerSecond * assumptions.burstSeconds;
    this.#isWithinRate = throttle({ ratePerSecond, burst });
  }

  /** `127.0.0.1:port`, once it is open. On AWS a domain under `lambda-web.REGION.on.aws`. */
  get domain(): string {
    return this.#listener?.host ?? '';
  }

  async open(): Promise<void> {
    const { maxHeaderBytes: maxHeaderSize } = this.settings.assumptions;
    this.#listener = await listen(0, (request, response) => this.#handle(request, response), {
      // A request without Host is answered by the rules below.
      server: { maxHeaderSize, requireHostHeader: false },
      prepare: (server) => this.#prepare(server),
    });
  }

  #prepare(server: Server): void {
    // The rules count the lines. Node.js would drop those above its own limit.
    server.maxHeadersCount = 0;
    server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      if (!socket.writable || error.code === 'HPE_HEADER_OVERFLOW') socket.destroy();
      else socket.end(BAD_REQUEST);
    });
    server.on('connect', (_request, socket) => {
      socket.end(BAD_REQUEST);
    });
    const onExpect = (request: IncomingMessage, response: ServerResponse): void => {
      if (this.settings.assumptions.rejectsExpect) {
        const fault = { status: 417, message: 'Expectation Failed' };
        this.#reject(request, response, randomUUID(), this.#broken(fault));
      } else {
        response.writeContinue();
        this.#handle(request, response);
      }
    };
    server.on('checkContinue', onExpect);
    server.on('checkExpectation', onExpect);
  }

  #broken(fault: Rejection): Rejected {
    return new Rejected(fault, this.settings.assumptions.requestErrorType);
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const requestId = randomUUID();
    request.on('error', () => response.destroy());
    this.#serve(request, response, requestId).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return response.destroy();
      if (error instanceof Rejected) return this.#reject(request, response, requestId, error);
      this.#log(`request ${requestId} failed: ${error}`);
      response.destroy();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse, requestId: string) {
    const { definition, assumptions, chooseRevision } = this.settings;
    const fault = protocolFault(request, this.domain);
    if (fault) throw this.#broken(fault);
    const { removed, body } = await this.#authorize(request);
    if (!this.#isWithinRate(Date.now())) throw this.#throttled('Rate Exceeded');
    const revision = chooseRevision();
    const arrivedAt = Date.now();
    const place = await this.#place(revision);
    this.#count(place);
    const waitedMs = assumptions.timeoutCoversWait ? Date.now() - arrivedAt : 0;
    const { forwardedProto, deliversEarlyResponse } = assumptions;
    const added = { requestId, endpointName: definition.name, forwardedProto };
    const headers = applicationHeaders(request, added, removed);
    const timeoutMs = Math.max(1, revision.timeoutMs - waitedMs);
    const forwarding = { place, headers, body, requestId, timeoutMs, deliversEarlyResponse };
    const outcome = await forward(request, response, forwarding);
    const { crashErrorType, timeoutErrorType } = assumptions;
    if (outcome === 'crashed') {
      throw new Rejected({ status: 502, message: 'The server ended' }, crashErrorType);
    }
    if (outcome === 'timed out') {
      throw new Rejected({ status: 504, message: 'The request took too long' }, timeoutErrorType);
    }
  }

  /** Reads the body of a request that must be signed, because its hash is part of the signature. */
  async #authorize(
    request: IncomingMessage,
  ): Promise<{ removed: readonly string[]; body?: Buffer | undefined }> {
    const { definition, owner, assumptions } = this.settings;
    if (definition.authType === 'ApplicationManaged') return { removed: [] };
    const body = await readBody(request, assumptions.maxSignedBodyBytes);
    if (!body) throw this.#broken({ status: 413, message: 'The body is too large' });
    const admission = admit(request, {
      endpointArn: endpointArn(owner.name, definition.name, this.#kernel),
      ...{ body, assumptions, kernel: this.#kernel, nowMs: Date.now() },
    });
    if ('removed' in admission) return { removed: admission.removed, body };
    this.#log(`rejected a request: ${admission.fault}`);
    throw new Rejected({ status: 403, message: 'Forbidden' }, assumptions.forbiddenErrorType);
  }

  async #place(revision: RevisionDefinition): Promise<Place> {
    try {
      return await this.pool.acquire(revision);
    } catch (error) {
      if (!(error instanceof NoPlace)) throw error;
      if (error.kind === 'throttled') throw this.#throttled(error.message);
      if (error.kind === 'stopping') throw error;
      this.#log(`environment failed: ${error.message}`);
      const { startFailureStatus: status, startFailureErrorType } = this.settings.assumptions;
      throw new Rejected({ status, message: 'The server does not start' }, startFailureErrorType);
    }
  }

  #throttled(message: string): Rejected {
    const { throttleStatus: status, throttleErrorType } = this.settings.assumptions;
    return new Rejected({ status, message }, throttleErrorType);
  }

  #count({ isCold, environment }: Place): void {
    const { stack, logicalId: resource } = this.settings.owner;
    this.#kernel.operations.add(
      { service: 'lambda-web', operation: 'Request', resource, stack },
      isCold ? { cold: 1, initMs: environment.initMs } : { cold: 0, initMs: 0 },
    );
  }

  #reject(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    { status, message, errorType }: Rejected,
  ): void {
    response.setHeader('lambda-web-request-id', requestId);
    response.setHeader(ERROR_TYPE, errorType);
    sendMessage(request, response, status, { message });
  }

  #log(text: string): void {
    const { stack, logicalId: source } = this.settings.owner;
    this.#kernel.log({ at: Date.now(), stack, source, text });
  }

  /** Stops accepting, lets requests finish within `graceMs`, then ends the environments. */
  async stop(graceMs: number): Promise<void> {
    await this.#listener?.close(graceMs);
    await this.pool.stop(0);
  }
}
