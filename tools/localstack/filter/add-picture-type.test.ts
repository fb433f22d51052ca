import { expect, it } from 'vitest';
import { addPictureType } from './add-picture-type.ts';

const api = (...BinaryMediaTypes: string[]) => ({
  Type: 'AWS::ApiGateway::RestApi',
  Properties: { Name: 'shop', BinaryMediaTypes },
});

it('adds pictures only where every type is binary', () => {
  const Resources = {
    All: api('*/*'),
    Some: api('application/pdf'),
    Queue: { Type: 'AWS::SQS::Queue' },
  };
  const { template } = addPictureType({ name: 'shop-front', template: { Resources } });
  expect(template.Resources).toEqual({ ...Resources, All: api('*/*', 'image/*') });
});
