/** The process of one measured HTTP function: `node function.ts <kind>`. */
import awsLambdaFastify from '@fastify/aws-lambda';
import { functions } from '@triptych/platform/lambda';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import serverless from 'serverless-http';
import { answerQuestions, cpuUsedUs } from '../measure/answer-questions.ts';
import { plainFastify, service, serviceConfig } from '../measure/measured-app.ts';
import { event } from './event.ts';
import { handWrittenRouter } from './hand-written-router.ts';

type Handler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/** The adapter around a service, as built by a composition root. */
async function adapter(logLevel: 'info' | 'warn'): Promise<Handler> {
  const config = serviceConfig(logLevel);
  const { http } = await functions({ config, app: () => service(logLevel, false) });
  return http as Handler;
}

/** The router answers with the same headers as the service. */
async function router(): Promise<Handler> {
  const { headers = {} } = await (await adapter('warn'))(event);
  const { 'x-request-id': _id, 'content-length': _length, ...constant } = headers;
  return handWrittenRouter(constant as Record<string, string>);
}

const kinds: Record<string, () => Promise<Handler>> = {
  router,
  routing: async () => {
    const app = plainFastify();
    await app.ready();
    return serverless(app.routing as never) as unknown as Handler;
  },
  inject: async () => {
    const app = plainFastify();
    await app.ready();
    return serverless(app as never) as unknown as Handler;
  },
  'fastify-aws-lambda': async () => {
    const handler = awsLambdaFastify(plainFastify());
    return (given) => handler(given as never, {} as never) as Promise<never>;
  },
  quiet: () => adapter('warn'),
  deployed: () => adapter('info'),
};

const kind = process.argv[2] ?? '';
const handle = await kinds[kind]?.();
if (!handle) throw new Error(`there is no function called ${kind}`);

answerQuestions('ready', {
  result: () => handle(event),
  /** CPU time of sequential invocations, in microseconds. */
  invoke: async (times: number) => {
    const before = cpuUsedUs();
    for (let done = 0; done < times; done += 1) await handle(event);
    return cpuUsedUs() - before;
  },
});
