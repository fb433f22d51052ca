import type { ComputeCloud } from '../../lambda/testing/compute-cloud.ts';

/** A server that shows what it gets, and that a test can hold, crash and stop. */
export const SERVER = `
import { createServer } from 'node:http';
const [host, port] = process.env.AWS_LAMBDA_HTTP_ENDPOINT.split(':');
const held = [];
const server = createServer((request, response) => {
  const path = request.url.split('?')[0];
  if (path === '/hold') { held.push(response); console.log('holding ' + held.length); return; }
  if (path === '/crash') process.exit(3);
  if (path === '/release') { for (const one of held.splice(0)) one.end('held'); return response.end('released'); }
  if (path === '/stream') {
    response.write('first');
    return void setTimeout(() => response.end('second'), 30);
  }
  let body = '';
  request.on('data', (chunk) => { body += chunk; });
  request.on('end', () => {
    response.setHeader('connection', 'close');
    response.setHeader('set-cookie', ['a=1', 'b=2']);
    response.end(JSON.stringify({
      pid: process.pid, method: request.method, url: request.url, headers: request.headers, body,
      environment: process.env,
    }));
  });
});
process.on('SIGTERM', () => { console.log('got SIGTERM'); if (!process.env.STUBBORN) process.exit(0); });
server.listen(Number(port), host);
`;

/** What the server shows. */
export interface Seen {
  readonly pid: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
}

export async function seenBy(answer: Response | Promise<Response>): Promise<Seen> {
  return (await (await answer).json()) as Seen;
}

/** The build of every revision. The code is the artifact, not the object. */
export const BUILD = {
  CodeConfig: { S3Object: { Bucket: 'code', Key: 'shop.zip' } },
  RuntimeConfig: { Runtime: 'nodejs24.x' },
};

interface Settings {
  readonly source?: string;
  readonly service?: object;
  readonly endpoint?: object;
}

/** Creates a function with a revision and an endpoint. Returns the endpoint's domain. */
export async function webFunction(
  cloud: ComputeCloud,
  name: string,
  { source = SERVER, service, endpoint }: Settings = {},
) {
  const artifact = cloud.artifact(`dist/${name}`, { 'index.mjs': source });
  const { physicalId: arn } = await cloud.create('AWS::Lambda::WebFunction', `${name}Function`, {
    FunctionName: name,
  });
  const revision = await cloud.create(
    'AWS::Lambda::WebFunctionRevision',
    `${name}Revision`,
    {
      FunctionName: arn,
      BuildConfig: BUILD,
      ServiceConfig: {
        ExecutionRoleArn: 'arn:aws:iam::000000000000:role/test',
        EnvironmentVariables: { AWS_LAMBDA_NODEJS_ENTRYPOINT: 'index.mjs', OWN: 'value' },
        ...service,
      },
    },
    artifact,
  );
  const made = await cloud.create('AWS::Lambda::WebFunctionEndpoint', `${name}Endpoint`, {
    // Both a name and an ARN are accepted.
    FunctionName: name,
    EndpointName: 'prod',
    EndpointType: 'HomeRegion',
    AuthType: 'ApplicationManaged',
    RevisionWeights: [{ RevisionId: revision.attributes?.RevisionId, Weight: 100 }],
    ...endpoint,
  });
  return String(made.attributes?.DomainName);
}

/** Settings of a revision's service that differ from the default. */
export function serviceWith(changes: object): object {
  return {
    EnvironmentVariables: { AWS_LAMBDA_NODEJS_ENTRYPOINT: 'index.mjs' },
    ...changes,
  };
}
