/** The process of one measured way to call DynamoDB: `node caller.ts <kind>`. */
import http from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo, readItem } from '@triptych/platform/aws';
import { AwsClient } from 'aws4fetch';
import { answerQuestions, cpuUsedUs } from '../measure/answer-questions.ts';
import { storedItem } from './stored-item.ts';

type Call = () => Promise<unknown>;

const table = setting('TRIPTYCH_BENCH_TABLE');
const endpoint = setting('AWS_ENDPOINT_URL');
const key = { pk: storedItem.pk, sk: storedItem.sk };
const body = JSON.stringify({
  TableName: table,
  Key: { pk: { S: key.pk }, sk: { S: key.sk } },
  ConsistentRead: true,
});
const headers = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': 'DynamoDB_20120810.GetItem',
};

const signer = new AwsClient({
  accessKeyId: setting('AWS_ACCESS_KEY_ID'),
  secretAccessKey: setting('AWS_SECRET_ACCESS_KEY'),
  region: setting('AWS_REGION'),
  service: 'dynamodb',
  retries: 0,
});
const request = { method: 'POST', headers, body };

/** Signs each call with aws4fetch, because the signature contains a time stamp, and sends it with `send`. */
async function signedHeaders(): Promise<Record<string, string>> {
  const signed = await signer.sign(endpoint, request);
  return Object.fromEntries(signed.headers);
}

const agent = new http.Agent({ keepAlive: true });

/** Sends over a keep-alive connection and reads the item from the answer. */
function send(extra: Record<string, string>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = http.request(endpoint, {
      method: 'POST',
      agent,
      headers: { ...headers, ...extra, 'content-length': String(Buffer.byteLength(body)) },
    });
    sent.once('error', reject);
    sent.once('response', (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('error', reject);
      answer.once('end', () => resolve(itemOf(Buffer.concat(chunks).toString())));
    });
    sent.end(body);
  });
}

/** The subset of DynamoDB's JSON that the item uses. */
interface TypedValue {
  readonly S?: string;
  readonly N?: string;
  readonly M?: Readonly<Record<string, TypedValue>>;
}

const plainValue = ({ S, N, M }: TypedValue): unknown =>
  M ? plainItem(M) : N === undefined ? S : Number(N);

const plainItem = (item: Readonly<Record<string, TypedValue>>) =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainValue(value)]));

const itemOf = (text: string) => {
  const { Item } = JSON.parse(text) as { Item?: Readonly<Record<string, TypedValue>> };
  if (!Item) throw new Error(`DynamoDB answered ${text}`);
  return plainItem(Item);
};

const kinds: Record<string, () => Call | Promise<Call>> = {
  // Signed once, because a signature is valid for some minutes. This measures the call without the cost of signing.
  plain: async () => {
    const signedOnce = await signedHeaders();
    return () => send(signedOnce);
  },
  client: () => () => readItem({ client: dynamo(), table }, key),
  document: () => {
    const client = DynamoDBDocumentClient.from(dynamo());
    return async () => {
      const command = new GetCommand({ TableName: table, Key: key, ConsistentRead: true });
      return (await client.send(command)).Item;
    };
  },
  'signed-fetch': () => async () => itemOf(await (await signer.fetch(endpoint, request)).text()),
  'signed-http': () => async () => send(await signedHeaders()),
};

const kind = process.argv[2] ?? '';
const call = await kinds[kind]?.();
if (!call) throw new Error(`there is no caller named ${kind}`);

answerQuestions('ready', {
  /** CPU time of sequential calls, in microseconds. */
  call: async (times: number) => {
    const before = cpuUsedUs();
    for (let done = 0; done < times; done += 1) {
      const item = await call();
      if (done === 0 && !isDeepStrictEqual(item, storedItem)) {
        throw new Error(`${kind} reads ${JSON.stringify(item)}`);
      }
    }
    return cpuUsedUs() - before;
  },
});

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
