import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Secret } from '@triptych/platform/config';
import { buildApp } from '@triptych/platform/http';
import { PATIENT } from '@triptych/platform/testing/patience';
import { vi } from 'vitest';
import { type Behaviours, dynamoBehaviours, type Operation } from '../control/behaviour.ts';
import { sqsDeliveries } from '../delivery/delivery-queue.ts';
import { simulatorRoutes } from '../http/simulator-plugin.ts';
import type { WebhookEvent } from '../intents/intent.ts';
import { dynamoSimulator } from '../store/dynamo-simulator.ts';

/** The key of every simulator in tests. */
export const PROVIDER_KEY = 'sk_test_simulator';

/** A simulator in this process, on its own port, over a given data plane. */
export interface RunningSimulator {
  url: string;
  clock: { nowMs: number };
  /** While it is down, the delivery queue cannot be reached. */
  queue: { isDown: boolean };
  /**
   * Waits until the simulator has carried out a request and dropped its answer. Each such request
   * ends one wait. On a busy machine, a client may time out before the simulator has begun.
   */
  unanswered(operation: Operation): Promise<void>;
  /** Receives up to ten messages from the delivery queue. */
  receive(): Promise<Message[]>;
  control(method: string, path: string, body?: object): Promise<Response>;
  stop(): Promise<void>;
}

/** The parts of an emulated AWS that the simulator uses. */
export interface Plane {
  readonly endpointUrl: string;
  createTable(shape: { name: string }): Promise<string>;
  createQueue(name: string): Promise<string>;
}

/** Starts a simulator with its own table and delivery queue. */
export async function startSimulator(plane: Plane): Promise<RunningSimulator> {
  const aws = {
    endpoint: plane.endpointUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const client = new DynamoDBClient(aws);
  const sqs = new SQSClient(aws);
  const table = await plane.createTable({ name: 'simulator' });
  const queueUrl = await plane.createQueue('deliveries');
  const state = { nowMs: Date.now() };
  const clock = { now: () => state.nowMs };
  const queue = { isDown: false };
  const toQueue = sqsDeliveries({ sqs, queueUrl });
  const deliveries = {
    async send(event: WebhookEvent) {
      if (queue.isDown) throw new Error('the queue is down');
      await toQueue.send(event);
    },
  };
  let made = 0;
  const dropped: Operation[] = [];
  const key = new Secret(PROVIDER_KEY);
  const store = dynamoSimulator({ client, table, clock });
  const app = await buildApp({
    config: {
      SERVICE_NAME: 'simulator',
      VARIANT: 'microservices',
      LOG_LEVEL: 'error',
      TRUSTED_PROXIES: 0,
    },
    title: 'Payment simulator',
    plugin: simulatorRoutes({
      store,
      deliveries,
      behaviours: recordingDropped(dropped, dynamoBehaviours({ client, table, clock })),
      key,
      clock,
      ids: {
        next: () => {
          made += 1;
          return `test${made}`;
        },
      },
    }),
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    clock: state,
    queue,
    async unanswered(operation) {
      await vi.waitUntil(() => dropped.includes(operation), PATIENT);
      dropped.splice(dropped.indexOf(operation), 1);
    },
    async receive() {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: 10,
          // The maximum, so that a message does not return in a later test.
          VisibilityTimeout: 43_200,
        }),
      );
      return Messages;
    },
    control: (method, path, body) =>
      fetch(`${url}/_control/${path}`, {
        method,
        headers: {
          authorization: `Bearer ${PROVIDER_KEY}`,
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
    async stop() {
      app.server.closeAllConnections();
      await app.close();
      client.destroy();
      sqs.destroy();
    },
  };
}

/** Records each operation whose answer is dropped. It has been carried out by then. */
function recordingDropped(dropped: Operation[], behaviours: Behaviours): Behaviours {
  return {
    ...behaviours,
    async now(operation) {
      const { latencyMs, take } = await behaviours.now(operation);
      return {
        latencyMs,
        async take(fault) {
          const taken = await take(fault);
          if (taken && fault === 'dropAnswers') dropped.push(operation);
          return taken;
        },
      };
    },
  };
}

/** Starts a server that records webhooks and answers with `state.status`. */
export async function startReceiver() {
  const received: { body: string; signature: string }[] = [];
  const state = { status: 200 };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const signature = String(request.headers['stripe-signature']);
    received.push({ body: Buffer.concat(chunks).toString('utf8'), signature });
    response.writeHead(state.status).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => {
      server.close(resolve);
    });
  };
  return { url: `http://127.0.0.1:${port}/webhooks`, received, state, stop };
}
