import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { measuredPath } from '../measure/measured-app.ts';

/** A GET event of an HTTP API, payload format 2.0, with the headers of a browser's fetch. */
export const event: APIGatewayProxyEventV2 = {
  version: '2.0',
  routeKey: '$default',
  rawPath: measuredPath,
  rawQueryString: '',
  headers: {
    accept: 'application/json',
    'accept-encoding': 'gzip, deflate, br',
    'accept-language': 'en',
    'content-length': '0',
    host: 'shop.example.com',
    origin: 'https://www.example.com',
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'x-forwarded-for': '203.0.113.7',
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
  },
  requestContext: {
    accountId: '000000000000',
    apiId: 'measured',
    domainName: 'shop.example.com',
    domainPrefix: 'shop',
    http: {
      method: 'GET',
      path: measuredPath,
      protocol: 'HTTP/1.1',
      sourceIp: '203.0.113.7',
      userAgent: 'Mozilla/5.0',
    },
    requestId: 'JKJaXmPLvHcESHA=',
    routeKey: '$default',
    stage: '$default',
    time: '12/Mar/2026:19:03:58 +0000',
    timeEpoch: 1_773_342_238_000,
  },
  isBase64Encoded: false,
};
