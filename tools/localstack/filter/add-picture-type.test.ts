import { expect, it } from 'vitest';
import { nameMediaTypes } from './add-picture-type.ts';

const api = (...BinaryMediaTypes: string[]) => ({
  Type: 'AWS::ApiGateway::RestApi',
  Properties: { Name: 'shop', BinaryMediaTypes },
});

it('names pictures where every type is binary, and nowhere else', () => {
  const Resources = {
    All: api('*/*'),
    Some: api('application/pdf'),
    Queue: { Type: 'AWS::SQS::Queue' },
  };
  const { template } = nameMediaTypes({ name: 'shop-front', template: { Resources } });
  expect(template.Resources).toEqual({ ...Resources, All: api('*/*', 'image/*') });
});
