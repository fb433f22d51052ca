import { expect, it } from 'vitest';
import { storedHeaders } from './stored-headers.ts';

it.each([{}, { 'content-type': '' }])('stores the default type of S3 for %j', (headers) => {
  expect(storedHeaders(headers)).toEqual({ 'content-type': 'binary/octet-stream' });
});

it('stores headers of the content and metadata, without the encoding of the transfer', () => {
  const stored = {
    'content-type': 'image/png',
    'cache-control': 'no-store',
    'content-encoding': 'gzip',
    'x-amz-meta-by': 'me',
  };
  const sent = { ...stored, 'content-encoding': 'aws-chunked, gzip', 'x-amz-date': 'now' };
  expect(storedHeaders(sent)).toEqual(stored);
});
