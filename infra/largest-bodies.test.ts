import { CONTEXT_NAMES } from '@triptych/context-map';
import { MAX_FUNCTION_ANSWER_BYTES } from '@triptych/images/http';
import { MAX_EVENT_BYTES } from '@triptych/payments/http';
import { BODY_LIMIT_BYTES } from '@triptych/platform/http';
import { expect, it } from 'vitest';
import { BODIES_METADATA, largestBodies } from './constructs/largest-bodies.ts';
import { synthesize } from './testing/templates.ts';

const SERVERLESS = { TRIPTYCH_VARIANTS: 'serverless' };

it.each([
  ['http-api', 'AWS::ApiGatewayV2::Integration'],
  ['rest-api', 'AWS::ApiGateway::Method'],
])('behind %s, functions and their routes have the largest bodies', async (front, route) => {
  const made = await synthesize({ ...SERVERLESS, TRIPTYCH_FRONT: front });
  for (const name of CONTEXT_NAMES) {
    const ofService = made.resources.filter(({ stack }) => stack === `triptych-serverless-${name}`);
    const named = ofService.filter(({ metadata }) => BODIES_METADATA in metadata);
    expect(named.map(({ type }) => type).toSorted()).toEqual(
      ['AWS::Lambda::Function', route].toSorted(),
    );
    for (const { metadata } of named) {
      expect(metadata[BODIES_METADATA]).toEqual(largestBodies(name));
    }
  }
});

it('the quotas of AWS are compared with the bodies that the services accept and send', () => {
  expect(largestBodies('auth')).toEqual({ requestBytes: BODY_LIMIT_BYTES });
  expect(largestBodies('catalog')).toEqual({ requestBytes: BODY_LIMIT_BYTES });
  expect(largestBodies('payments')).toEqual({ requestBytes: MAX_EVENT_BYTES });
  expect(largestBodies('images')).toEqual({
    requestBytes: BODY_LIMIT_BYTES,
    responseBytes: MAX_FUNCTION_ANSWER_BYTES,
  });
});
