import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PythonCloud, startPythonCloud } from './support/cloud.ts';

let cloud: PythonCloud;
beforeAll(async () => {
  cloud = await startPythonCloud();
});
afterAll(() => cloud?.stop());

/** Runs a program that prints one JSON value. boto3 reads the endpoint from the environment. */
const printed = async (program: string) =>
  JSON.parse(await cloud.python(`import boto3, io, json, urllib.request\n${program}`));

test('boto3 uploads in parts, and reads ranges and parts', async () => {
  const program = `
s3 = boto3.client('s3')
body = bytes(range(256)) * 4096 * 12
s3.upload_fileobj(io.BytesIO(body), 'pictures', 'large', ExtraArgs={'ContentType': 'image/png'})
got = s3.get_object(Bucket='pictures', Key='large')
part = s3.head_object(Bucket='pictures', Key='large', PartNumber=2)
target = io.BytesIO()
s3.download_fileobj('pictures', 'large', target)
print(json.dumps([got['Body'].read() == body, target.getvalue() == body, got['ContentType'], part['PartsCount'], got['ETag']]))`;
  const [same, downloaded, type, parts, etag] = await printed(program);
  expect([same, downloaded, type, parts]).toEqual([true, true, 'image/png', 2]);
  expect(etag).toMatch(/-2"$/);
});

test('boto3 lists every key with its paginators', async () => {
  const program = `
s3 = boto3.client('s3')
keys = sorted(f'list/ä {n:02d}+' for n in range(25))
for key in keys: s3.put_object(Bucket='pictures', Key=key, Body=b'x')
found = {}
for operation in ['list_objects', 'list_objects_v2']:
    pages = s3.get_paginator(operation).paginate(Bucket='pictures', Prefix='list/', PaginationConfig={'PageSize': 7})
    found[operation] = [one['Key'] for page in pages for one in page['Contents']] == keys
print(json.dumps(found))`;
  expect(await printed(program)).toEqual({ list_objects: true, list_objects_v2: true });
});

test('boto3 reads the codes of errors', async () => {
  const program = `
s3, functions = boto3.client('s3'), boto3.client('lambda')
s3.put_object(Bucket='pictures', Key='kept', Body=b'x')
def code(call):
    try: call()
    except Exception as error: return error.response['Error']['Code']
print(json.dumps([
    code(lambda: s3.delete_object(Bucket='pictures', Key='kept', IfMatch='"0123"')),
    code(lambda: s3.get_object_acl(Bucket='pictures', Key='kept')),
    code(lambda: functions.invoke(FunctionName='hello', Qualifier='7')),
    code(lambda: functions.invoke(FunctionName='hello', Payload=b'not json')),
    code(lambda: boto3.client('events').describe_rule(Name='none')),
    code(lambda: boto3.client('sts').get_session_token()),
]))`;
  expect(await printed(program)).toEqual([
    'PreconditionFailed',
    'NotImplemented',
    'ResourceNotFoundException',
    'InvalidRequestContentException',
    'ResourceNotFoundException',
    'InvalidAction',
  ]);
});

test('boto3 presigns a link that works, by default and with version 4', async () => {
  const program = `
from botocore.config import Config
boto3.client('s3').put_object(Bucket='pictures', Key='linked', Body=b'linked')
texts = []
for version in [None, 's3v4']:
    client = boto3.client('s3', config=Config(signature_version=version))
    url = client.generate_presigned_url('get_object', {'Bucket': 'pictures', 'Key': 'linked', 'ResponseContentType': 'a/b'})
    with urllib.request.urlopen(url) as answer: texts.append([answer.read().decode(), answer.headers['content-type']])
print(json.dumps(texts))`;
  expect(await printed(program)).toEqual([
    ['linked', 'a/b'],
    ['linked', 'a/b'],
  ]);
});

test('boto3 makes a form that uploads, by default and with version 4', async () => {
  const program = `
import uuid
from botocore.config import Config
def upload(version):
    client = boto3.client('s3', config=Config(signature_version=version))
    post = client.generate_presigned_post('pictures', 'posted')
    boundary = uuid.uuid4().hex
    parts = [f'--{boundary}\\r\\nContent-Disposition: form-data; name="{name}"\\r\\n\\r\\n{value}\\r\\n' for name, value in [*post['fields'].items(), ('file', 'posted')]]
    body = (''.join(parts) + f'--{boundary}--\\r\\n').encode()
    request = urllib.request.Request(post['url'], body, {'content-type': f'multipart/form-data; boundary={boundary}'})
    with urllib.request.urlopen(request) as answer: return answer.status
print(json.dumps([upload(None), upload('s3v4')]))`;
  expect(await printed(program)).toEqual([204, 204]);
});

test('boto3 invokes a function with the tail of its log', async () => {
  const program = `
answer = boto3.client('lambda').invoke(FunctionName='hello', Payload=b'{"fail": true}', LogType='Tail')
print(json.dumps([answer['FunctionError'], answer['LogResult']]))`;
  const [error, log] = await printed(program);
  expect(error).toBe('Unhandled');
  expect(Buffer.from(log, 'base64').toString()).toContain('it failed');
});
