import { describe, expect, it } from 'vitest';
import { authorize } from './authorize.ts';
import { permissionPolicy } from './permission-policy.ts';
import { callFunctionUrl, invokeFunction } from './requests/service-calls.ts';
import type { Policy, Principal } from './types.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:111122223333:function:images';
const CDN = 'arn:aws:cloudfront::111122223333:distribution/E1';
const API = 'arn:aws:execute-api:us-east-1:111122223333:api1';
const cloudfront: Principal = {
  kind: 'service',
  service: 'cloudfront.amazonaws.com',
  sourceArn: CDN,
};
const gateway = (sourceArn: string): Principal => ({
  kind: 'service',
  service: 'apigateway.amazonaws.com',
  sourceArn,
});

const permission = (properties: object) =>
  permissionPolicy('images/Permission', { FunctionName: FUNCTION, ...properties }, FUNCTION);
const allowed = (
  principal: Principal,
  actions: ReturnType<typeof invokeFunction>,
  policies: Policy[],
) =>
  actions.map(
    (required) =>
      authorize({ principal, ...required }, { identity: [], resource: policies }).allowed,
  );

describe('the permission of a function', () => {
  it('lets an API invoke it for the routes that the source names', () => {
    const policy = permission({
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: `${API}/*/*/images/{proxy+}`,
    });
    const invoke = invokeFunction(FUNCTION);
    expect(allowed(gateway(`${API}/live/GET/images/{proxy+}`), invoke, [policy])).toEqual([true]);
    expect(allowed(gateway(`${API}/live/GET/auth/{proxy+}`), invoke, [policy])).toEqual([false]);
    expect(allowed(cloudfront, invoke, [policy])).toEqual([false]);
    expect(
      allowed(gateway(`${API}/live/GET/images/{proxy+}`), invokeFunction(`${FUNCTION}-2`), [
        policy,
      ]),
    ).toEqual([false]);
  });

  it('lets the CDN call the URL of the function, if it has both permissions', () => {
    const from = { Principal: 'cloudfront.amazonaws.com', SourceArn: CDN };
    const url = permission({ Action: 'lambda:InvokeFunctionUrl', ...from });
    const invoke = permission({
      Action: 'lambda:InvokeFunction',
      InvokedViaFunctionUrl: true,
      ...from,
    });
    const call = callFunctionUrl(FUNCTION, 'AWS_IAM');
    expect(allowed(cloudfront, call, [url, invoke])).toEqual([true, true]);
    expect(allowed(cloudfront, call, [url])).toEqual([true, false]);
    expect(allowed(cloudfront, call, [invoke])).toEqual([false, true]);
    expect(allowed({ kind: 'anonymous' }, call, [url, invoke])).toEqual([false, false]);
    // The permission is not one to invoke the function in another way.
    expect(allowed(cloudfront, invokeFunction(FUNCTION), [url, invoke])).toEqual([false]);
  });

  it('lets everybody call a public URL, but only while the URL is public', () => {
    const policies = [
      permission({
        Action: 'lambda:InvokeFunctionUrl',
        Principal: '*',
        FunctionUrlAuthType: 'NONE',
      }),
      permission({ Action: 'lambda:InvokeFunction', Principal: '*', InvokedViaFunctionUrl: true }),
    ];
    const anonymous: Principal = { kind: 'anonymous' };
    expect(allowed(anonymous, callFunctionUrl(FUNCTION, 'NONE'), policies)).toEqual([true, true]);
    expect(allowed(anonymous, callFunctionUrl(FUNCTION, 'AWS_IAM'), policies)).toEqual([
      false,
      true,
    ]);
    expect(allowed(anonymous, invokeFunction(FUNCTION), policies)).toEqual([false]);
  });

  it('can be limited to the account of the source', () => {
    const policy = permission({
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceAccount: '111122223333',
    });
    const events: Principal = { kind: 'service', service: 'events.amazonaws.com' };
    const invoke = invokeFunction(FUNCTION);
    expect(allowed({ ...events, sourceAccount: '111122223333' }, invoke, [policy])).toEqual([true]);
    expect(allowed({ ...events, sourceAccount: '444455556666' }, invoke, [policy])).toEqual([
      false,
    ]);
    expect(allowed(events, invoke, [policy])).toEqual([false]);
  });

  it('is rejected by name if it has a property without support', () => {
    const withToken = { Action: 'lambda:InvokeFunction', Principal: '*', EventSourceToken: 'a' };
    expect(() => permission(withToken)).toThrow('images/Permission: the property EventSourceToken');
  });
});
