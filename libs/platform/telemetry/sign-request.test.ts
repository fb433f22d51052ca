import { expect, it } from 'vitest';
import { signatureHeaders } from './sign-request.ts';

// The test `post-x-www-form-urlencoded` of AWS's Signature Version 4 test suite.
const POST = {
  path: '/',
  headers: {
    'content-type': 'application/x-www-form-urlencoded',
    host: 'example.amazonaws.com',
  },
  body: 'Param1=value1',
  service: 'service',
  region: 'us-east-1',
  credentials: {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  },
  now: new Date('2015-08-30T12:36:00Z'),
};

it('signs as in the test suite of AWS', () => {
  expect(signatureHeaders(POST)).toEqual({
    'x-amz-date': '20150830T123600Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ' +
      'SignedHeaders=content-type;host;x-amz-date, ' +
      'Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  });
});

it('signs the token of temporary credentials too', () => {
  const credentials = { ...POST.credentials, sessionToken: 'token' };
  const headers = signatureHeaders({ ...POST, credentials });
  expect(headers['x-amz-security-token']).toBe('token');
  expect(headers.authorization).toContain('host;x-amz-date;x-amz-security-token,');
});
