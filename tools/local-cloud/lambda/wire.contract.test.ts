import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ComputeCloud, computeCloud, eventually } from './testing/compute-cloud.ts';

let cloud: ComputeCloud;
let name: string;

beforeAll(async () => {
  cloud = computeCloud();
  name = await cloud.function(
    'Talks',
    `export const http = async (event) => {
      process.stdout.write('no line break');
      console.error('to stderr');
      if (event.fail) throw new Error('broken');
      if (event.crash) process.exit(3);
      if (event.much) console.log('x'.repeat(200_000) + 'the end');
      return 1;
    };`,
    { Environment: { Variables: { A: 'b' } }, ReservedConcurrentExecutions: 2 },
  );
});
afterAll(() => cloud.stop());

async function call(
  path: string,
  { query = '', headers = {}, body }: { query?: string; headers?: object; body?: string } = {},
) {
  const response = await cloud.lambda.wire.handle({
    method: body === undefined ? 'GET' : 'POST',
    path: `/2015-03-31/${path}`,
    query: new URLSearchParams(query),
    headers: headers as Record<string, string>,
    body: Buffer.from(body ?? ''),
  });
  const text = String(response.body ?? '');
  return { ...response, text, error: response.headers?.['x-amzn-errortype'] };
}

const invocation = (body: string, more: object = {}, reference = name) =>
  call(`functions/${encodeURIComponent(reference)}/invocations`, { body, ...more });

const logOf = async (body: string) => {
  const { headers } = await invocation(body, { headers: { 'x-amz-log-type': 'Tail' } });
  return Buffer.from(headers?.['x-amz-log-result'] ?? '', 'base64').toString();
};

describe('the tail of the log', () => {
  it('contains the output of exactly one invocation', async () => {
    await logOf('{}');
    const lines = (await logOf('{}')).trimEnd().split('\n');
    expect(lines[0]).toMatch(/^START RequestId: [\w-]+ Version: \$LATEST$/);
    expect(lines.slice(1, -2).sort()).toEqual(['no line break', 'to stderr']);
    expect(lines.at(-2)).toMatch(/^END RequestId: /);
    expect(lines.at(-1)).toMatch(/^REPORT RequestId: /);
    expect(cloud.logs.some(({ text }) => text.includes('\u0000'))).toBe(false);
  });

  it('contains the error of the handler, and of a crash', async () => {
    expect(await logOf('{"fail":true}')).toContain('"errorMessage":"broken"');
    const crash = await logOf('{"crash":true}');
    expect(crash).toContain('no line break');
    expect(crash).toContain('Error: Runtime exited with error: exit status 3');
  });

  it('has at most 4 KB', async () => {
    const log = await logOf('{"much":true}');
    expect(Buffer.byteLength(log)).toBe(4096);
    expect(log).toContain('the end\n');
  });

  it('is absent unless it is asked for', async () => {
    expect((await invocation('{}')).headers).not.toHaveProperty('x-amz-log-result');
  });
});

describe('the log', () => {
  it('has a group per function and a stream per sandbox, as the function sees them', async () => {
    const source = `export const http = async (event, context) => {
      console.log('here');
      return [context.logGroupName, context.logStreamName];
    };`;
    const LoggingConfig = { LogGroup: 'own-group' };
    const named = await cloud.function('Named', source, { LoggingConfig });
    const { text } = await invocation('{}', {}, named);
    const [group, stream] = JSON.parse(text);
    expect(group).toBe('own-group');
    expect(stream).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
    const line = await eventually(() => cloud.logs.find((one) => one.text === 'here'));
    expect(line).toMatchObject({ source: 'Named', group, stream });
    const report = await eventually(() =>
      cloud.logs.find((one) => one.source === 'Named' && one.text.startsWith('REPORT')),
    );
    expect(report).toMatchObject({ group, stream });
  });
});

describe('Invoke', () => {
  it.each(['not json', '{"a":', "{'a':1}"])('rejects the payload %j', async (payload) => {
    const types = ['RequestResponse', 'Event', 'DryRun'];
    for (const type of types) {
      const { status, error } = await invocation(payload, {
        headers: { 'x-amz-invocation-type': type },
      });
      expect([status, error]).toEqual([400, 'InvalidRequestContentException']);
    }
  });

  it('finds no version and no alias', async () => {
    const arn = cloud.kernel.arn('lambda', `function:${name}`);
    const references: [string, string][] = [
      [name, 'Qualifier=7'],
      [`${name}:live`, ''],
      [`${arn}:live`, ''],
      ['nothing', ''],
      [arn.replace('us-east-1', 'eu-west-1'), ''],
    ];
    for (const [reference, query] of references) {
      const { status, error } = await invocation('{}', { query }, reference);
      expect([reference, status, error]).toEqual([reference, 404, 'ResourceNotFoundException']);
    }
    await expect(cloud.lambda.invoke(`${arn}:live`, Buffer.from('{}'))).rejects.toThrow(
      `Function not found: ${arn}:live`,
    );
  });

  it('accepts $LATEST, partial ARNs, and two equal qualifiers', async () => {
    const query = 'Qualifier=%24LATEST';
    for (const reference of [name, `${name}:$LATEST`, `000000000000:function:${name}`]) {
      expect((await invocation('{}', { query }, reference)).status).toBe(200);
    }
    const both = await invocation('{}', { query }, `${name}:live`);
    expect(both.error).toBe('InvalidParameterValueException');
    const malformed = await invocation('{}', { query: 'Qualifier=a%20b' });
    expect(malformed.error).toBe('ValidationException');
  });

  it('rejects other types, and unsupported members by name', async () => {
    const wrong = [{ 'x-amz-invocation-type': 'Later' }, { 'x-amz-log-type': 'All' }];
    for (const headers of wrong) {
      expect((await invocation('{}', { headers })).error).toBe('ValidationException');
    }
    const context = await invocation('{}', { headers: { 'x-amz-client-context': 'e30=' } });
    expect(context.text).toContain('x-amz-client-context');
  });

  it('checks a dry run, and the size of an event', async () => {
    const dry = { headers: { 'x-amz-invocation-type': 'DryRun' } };
    expect((await invocation('{}', dry)).status).toBe(204);
    expect((await invocation('{}', dry, 'nothing')).status).toBe(404);
    const large = await invocation(JSON.stringify('x'.repeat(1_048_575)), {
      headers: { 'x-amz-invocation-type': 'Event' },
    });
    expect([large.status, large.error]).toEqual([413, 'RequestTooLargeException']);
    expect(large.text).toContain('1048577 byte payload is too large for the Event invocation type');
  });
});

describe('read calls', () => {
  it('list functions in pages', async () => {
    const other = await cloud.function('Another', 'export const http = () => 1;');
    const page = JSON.parse((await call('functions/', { query: 'MaxItems=1' })).text);
    expect(page.Functions).toMatchObject([{ FunctionName: other, Runtime: 'nodejs24.x' }]);
    const next = JSON.parse((await call('functions', { query: `Marker=${page.NextMarker}` })).text);
    expect(next.Functions.at(-1)).toMatchObject({
      ...{ FunctionName: name, Environment: { Variables: { A: 'b' } }, MemorySize: 256 },
    });
    expect(next).not.toHaveProperty('NextMarker');
    expect((await call('functions', { query: 'Marker=zzz' })).status).toBe(400);
  });

  it('describe one function', async () => {
    const got = JSON.parse((await call(`functions/${name}`)).text);
    expect(got.Concurrency).toEqual({ ReservedConcurrentExecutions: 2 });
    const { text } = await call(`functions/${name}/configuration`, {
      query: 'Qualifier=%24LATEST',
    });
    expect(JSON.parse(text)).toEqual(got.Configuration);
    expect((await call(`functions/${name}`, { query: 'Qualifier=9' })).status).toBe(404);
  });

  it('list event source mappings', async () => {
    const EventSourceArn = cloud.kernel.arn('sqs', 'orders');
    const properties = { EventSourceArn, FunctionName: name, BatchSize: 3, Enabled: false };
    const { physicalId } = await cloud.create('AWS::Lambda::EventSourceMapping', 'Map', properties);
    const listed = JSON.parse(
      (await call('event-source-mappings/', { query: `FunctionName=${name}` })).text,
    );
    expect(listed.EventSourceMappings).toMatchObject([
      { UUID: physicalId, EventSourceArn, BatchSize: 3, State: 'Disabled' },
    ]);
    const { text } = await call(`event-source-mappings/${physicalId}`);
    expect(JSON.parse(text)).toEqual(listed.EventSourceMappings[0]);
    expect((await call('event-source-mappings/none')).status).toBe(404);
  });

  it('name an unsupported call', async () => {
    expect((await call(`functions/${name}/policy`)).text).toContain('/policy');
  });
});

describe('a template', () => {
  it('can publish a version and name it by an alias, which calls, URLs and mappings can use', async () => {
    const version = await cloud.create('AWS::Lambda::Version', 'Version', { FunctionName: name });
    expect(version.attributes).toMatchObject({ Version: '1' });
    const properties = { FunctionName: name, FunctionVersion: '1', Name: 'canary' };
    const { physicalId } = await cloud.create('AWS::Lambda::Alias', 'Alias', properties);
    expect(physicalId).toMatch(/:canary$/);
    const invoked = await cloud.kernel.services.lambda.invoke(physicalId, Buffer.from('{}'));
    expect(invoked.functionError).toBeUndefined();
    const url = { TargetFunctionArn: name, AuthType: 'NONE', Qualifier: 'canary' };
    await expect(cloud.create('AWS::Lambda::Url', 'CanaryUrl', url)).resolves.toBeDefined();
  });

  it('cannot make an alias of a version that was not published', async () => {
    const properties = { FunctionName: name, FunctionVersion: '7', Name: 'old' };
    await expect(cloud.create('AWS::Lambda::Alias', 'OldAlias', properties)).rejects.toThrow(
      /Function not found: .*:7/,
    );
  });

  it('cannot give a function URL a qualifier', async () => {
    const properties = { TargetFunctionArn: name, AuthType: 'NONE', Qualifier: 'live' };
    await expect(cloud.create('AWS::Lambda::Url', 'Qualified', properties)).rejects.toThrow(
      /Function not found: .*:live/,
    );
  });
});
