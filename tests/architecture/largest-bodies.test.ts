import { MAX_FUNCTION_ANSWER_BYTES } from '@triptych/images/http';
import { largestBodies } from '@triptych/infra/constructs/largest-bodies';
import { MAX_EVENT_BYTES } from '@triptych/payments/http';
import { BODY_LIMIT_BYTES } from '@triptych/platform/http';
import { expect, test } from 'vitest';

test('the quotas of AWS are compared with the bodies that the services accept and send', () => {
  expect(largestBodies('auth')).toEqual({ requestBytes: BODY_LIMIT_BYTES });
  expect(largestBodies('catalog')).toEqual({ requestBytes: BODY_LIMIT_BYTES });
  expect(largestBodies('payments')).toEqual({ requestBytes: MAX_EVENT_BYTES });
  expect(largestBodies('images')).toEqual({
    requestBytes: BODY_LIMIT_BYTES,
    responseBytes: MAX_FUNCTION_ANSWER_BYTES,
  });
});
