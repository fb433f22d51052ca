import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../iam/index.ts';
import { PolicyStore } from './policy-store.ts';

const document = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' }],
};
const OWN = 'arn:aws:iam::000000000000:policy/send';

describe('a managed policy of a role', () => {
  it('applies to the role if a template contains it', () => {
    const store = new PolicyStore(() => {});
    const policy = parsePolicy('shop/Send', document, 'identity');
    store.attach(policy, []);
    store.nameManaged(OWN, 'shop/Send');
    store.attachManaged(OWN, 'worker');
    expect(store.attachedTo('worker')).toEqual([policy]);
  });

  it('of AWS for a service that does not act here allows nothing', () => {
    const store = new PolicyStore(() => {});
    const arn = 'arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited';
    store.attachManaged(arn, 'release');
    expect(store.attachedTo('release')).toEqual([]);
  });

  it('that is not known is an error that names it', () => {
    const store = new PolicyStore(() => {});
    const arn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    expect(() => store.attachManaged(arn, 'worker')).toThrow(arn);
  });
});
