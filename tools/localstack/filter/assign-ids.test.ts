import { expect, it } from 'vitest';
import { assignIds } from './assign-ids.ts';

const url = (id: string) => ({
  Type: 'AWS::Lambda::Url',
  Properties: { TargetFunctionArn: { 'Fn::GetAtt': [id, 'Arn'] } },
});

it('assigns ids that are valid in a host name to REST APIs and functions with a URL', () => {
  const { template } = assignIds({
    name: 'triptych-hybrid-front',
    template: {
      Resources: {
        Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Tags: [{ Key: 'a', Value: 'b' }] } },
        Http: { Type: 'AWS::Lambda::Function' },
        Worker: { Type: 'AWS::Lambda::Function' },
        Url: url('Http'),
      },
    },
  });
  expect(template.Resources?.Api?.Properties?.Tags).toEqual([
    { Key: 'a', Value: 'b' },
    { Key: '_custom_id_', Value: 'triptych-hybrid' },
  ]);
  expect(template.Resources?.Http?.Properties?.Tags).toEqual([
    { Key: '_custom_id_', Value: 'triptych-hybrid-front-http' },
  ]);
  expect(template.Resources?.Worker).toEqual({ Type: 'AWS::Lambda::Function' });
});
