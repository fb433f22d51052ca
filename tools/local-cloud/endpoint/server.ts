import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import {
  AwsError,
  type LogSink,
  type Misbehaviour,
  type WireRequest,
  type WireResponse,
  type WireService,
} from '../kernel.ts';
import type { Permissions } from '../permissions/index.ts';
import { chooseService, type Destination } from './choose-service.ts';
import { errorResponse, type Protocol } from './errors.ts';
import { identifyCaller } from './identify-caller.ts';
import { MAX_BODY_BYTES, maxBodyBytes, readBody } from './read-body.ts';

export interface EndpointOptions {
  /** 0 means any free port. */
  readonly port: number;
  /** Read at each request, so services may be added after the endpoint listens. */
  readonly services: readonly WireService[];
  /** Read at each request. */
  readonly misbehaviour: Pick<Misbehaviour, 'addLatencyMs' | 'dropAnswers' | 'away'>;
  readonly log: LogSink;
  readonly permissions: Permissions;
  /** Random numbers in [0, 1) that select the dropped responses. */
  readonly random?: () => number;
}

/** Explains why a caller does not reach a service, or returns undefined when it does. */
export type ServiceFault = (service: string) => string | undefined;

export interface Endpoint {
  readonly port: number;
  /** Opens another port, for one caller, from which some services may be out of reach. */
  openFor(fault: ServiceFault): Promise<OpenPort>;
  /** Stops listening and closes all connections immediately. */
  stop(): Promise<void>;
}

/** A port that the endpoint listens on. */
interface OpenPort {
  readonly port: number;
  /** Stops listening and closes all connections immediately. */
  close(): Promise<void>;
}

type WireHead = Omit<WireRequest, 'body'>;

/** Everything is in reach of a caller outside the networks of the templates. */
const NO_FAULT: ServiceFault = () => undefined;

const MAX_ADDED_LATENCY_MS = 60_000;
/** Longer than the SDKs keep an idle connection, so that the client always closes first. */
const KEEP_ALIVE_MS = 120_000;

/** Settings for the span receiver: spans must arrive, because they show the effect of faults. */
const NO_FAULTS = { addLatencyMs: 0, dropAnswers: 0, away: [] };

/** Starts the HTTP server for all AWS calls, on 127.0.0.1. */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { port, close } = await openPort(options, options.port, NO_FAULT);
  const others = new Set<OpenPort>();
  return {
    port,
    async openFor(fault) {
      const opened = await openPort(options, 0, fault);
      others.add(opened);
      return {
        port: opened.port,
        close: async () => void (others.delete(opened) && (await opened.close())),
      };
    },
    stop: async () => void (await Promise.all([close(), ...[...others].map((one) => one.close())])),
  };
}

async function openPort(
  options: EndpointOptions,
  port: number,
  fault: ServiceFault,
): Promise<OpenPort> {
  const server = createServer((request, response) => {
    answer(options, fault, request, response).catch((cause: unknown) => {
      options.log({
        at: Date.now(),
        stack: 'local-cloud',
        source: 'endpoint',
        text: `Request failed: ${cause instanceof Error ? cause.message : String(cause)}`,
      });
      response.destroy();
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  options: EndpointOptions,
  fault: ServiceFault,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const requestId = randomUUID();
  const head = requestHead(incoming);
  // The body is read before any error response, so that the response reaches a client that still
  // sends.
  const body = await readBody(incoming, MAX_BODY_BYTES);
  let protocol: Protocol = 'json';
  let response: WireResponse;
  try {
    const destination = chooseService(head);
    protocol = destination.protocol;
    const misbehaviour = destination.service === 'otlp' ? NO_FAULTS : options.misbehaviour;
    if (misbehaviour.away.includes(destination.service)) {
      incoming.socket.destroy();
      return;
    }
    const service = serviceNamed(options.services, destination);
    const unreachable = fault(endpointName(head, destination));
    if (unreachable) throw new AwsError('NetworkUnreachable', unreachable);
    if (!body || body.length > maxBodyBytes(destination.service)) {
      throw tooLarge(destination);
    }
    const { addLatencyMs } = misbehaviour;
    if (addLatencyMs > 0) await delay(Math.min(addLatencyMs, MAX_ADDED_LATENCY_MS));
    // Stops the long poll of a client that disconnects, so that it receives no messages.
    const disconnected = new AbortController();
    outgoing.once('close', () => {
      // An abort creates an error, which is expensive, and a complete response needs none.
      if (!outgoing.writableFinished) disconnected.abort();
    });
    const { signal } = disconnected;
    const caller = callerOf(head, destination, options.permissions);
    response = await service.handle({ ...head, body, signal, ...caller });
    const { dropAnswers } = misbehaviour;
    if (dropAnswers > 0 && (options.random ?? Math.random)() < dropAnswers) {
      incoming.socket.destroy();
      return;
    }
  } catch (error) {
    response = errorResponse(protocol, asAwsError(error, options.log), requestId);
  }
  write(incoming, outgoing, response, requestId);
}

function requestHead(incoming: IncomingMessage): WireHead {
  const target = incoming.url ?? '/';
  const question = target.indexOf('?');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    method: incoming.method ?? 'GET',
    path: question < 0 ? target : target.slice(0, question),
    query: new URLSearchParams(question < 0 ? '' : target.slice(question + 1)),
    headers,
  };
}

/** S3 identifies callers itself, and spans are received from everyone. */
function callerOf(
  head: Omit<WireRequest, 'body'>,
  destination: Destination,
  permissions: Permissions,
): Pick<WireRequest, 'caller'> {
  if (['s3', 'otlp'].includes(destination.service)) return {};
  return { caller: identifyCaller(head, destination, permissions) };
}

function serviceNamed(services: readonly WireService[], destination: Destination): WireService {
  const service = services.find((candidate) => candidate.name === destination.service);
  if (service) return service;
  const known = services.map((candidate) => candidate.name).sort();
  throw new AwsError(
    'UnknownService',
    `The local cloud has no service "${destination.service}"; it has ${known.join(', ')}`,
    501,
  );
}

/** The service that the client connected to. DynamoDB Streams has its own endpoint on AWS. */
function endpointName({ headers }: WireHead, { service }: Destination): string {
  const isStream = headers['x-amz-target']?.startsWith('DynamoDBStreams_') ?? false;
  return isStream ? 'dynamodb-streams' : service;
}

function tooLarge({ service }: Destination): AwsError {
  const text = `The local cloud accepts at most ${maxBodyBytes(service)} bytes`;
  return service === 's3'
    ? new AwsError('EntityTooLarge', text)
    : new AwsError('RequestEntityTooLarge', text, 413);
}

function asAwsError(error: unknown, log: LogSink): AwsError {
  if (error instanceof AwsError) return error;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log({ at: Date.now(), stack: 'local-cloud', source: 'endpoint', text: detail });
  return new AwsError('InternalFailure', 'The local cloud failed; see its log', 500);
}

function write(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  response: WireResponse,
  requestId: string,
): void {
  const body = response.body ?? '';
  const headers: Record<string, string | number> = {
    'x-amzn-requestid': requestId,
    'x-amz-request-id': requestId,
    ...response.headers,
  };
  if (headers['content-length'] === undefined && response.status !== 204 && response.status !== 304)
    headers['content-length'] = Buffer.byteLength(body);
  // The unread rest of a rejected body would otherwise be parsed as the next request.
  if (!incoming.complete) headers.connection = 'close';
  outgoing.writeHead(response.status, headers);
  outgoing.end(incoming.method === 'HEAD' ? undefined : body);
}
