import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface RecordedRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** An endpoint that records its requests and answers all of them in the same way. */
export interface FakeAws {
  readonly requests: RecordedRequest[];
  /** The answer to later requests: success, or an error by its name. */
  answer: { readonly status: number; readonly error?: string };
  /** For clients of the SDK. */
  readonly settings: object;
  close(): void;
}

export async function fakeAws(): Promise<FakeAws> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { headers, url: path = '' } = request;
    fake.requests.push({ path, headers, body: Buffer.concat(chunks).toString() });
    const { status, error } = fake.answer;
    const named = error === undefined ? {} : { 'x-amzn-errortype': error };
    response.writeHead(status, { 'content-type': 'application/json', ...named });
    const body = { __type: error, Message: 'no', message: 'no' };
    response.end(error === undefined ? '{}' : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const fake: FakeAws = {
    requests: [],
    answer: { status: 200 },
    settings: {
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    },
    close: () => void server.close(),
  };
  return fake;
}
