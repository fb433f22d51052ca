import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import type { Deployment } from '../deployment.ts';
import { alarmOnServerErrors } from './alarms.ts';
import { renditionsBucket } from './buckets.ts';
import { edge } from './edge.ts';
import { feedWorker } from './feed-worker.ts';
import { released } from './function-release.ts';
import { serviceFunction } from './function-service.ts';
import { largestBodies } from './largest-bodies.ts';
import type { LoadBalancerFront } from './load-balancer-front.ts';
import { nameBodies } from './name-bodies.ts';
import { imagesNeeds } from './needs.ts';
import { placeAt } from './place.ts';
import type { State } from './state.ts';

/** Creates the hybrid's image functions and the CDN, in one stack because they refer to one another. Returns the CDN's address. */
export function edgeImages(
  stack: Stack,
  deployment: Deployment,
  state: State,
  front: LoadBalancerFront,
): string {
  const { settings } = deployment;
  const renditions = renditionsBucket(stack, 'Renditions');
  // The CDN refers to these functions, so they cannot refer to the CDN. They send relative redirects only.
  const at = placeAt(settings.baseUrls.hybrid ?? front.url, 2, undefined);
  const needs = imagesNeeds(state, renditions);
  const props = { deployment, service: 'images', at, needs } as const;
  const http = serviceFunction(stack, 'http', props);
  nameBodies(http, largestBodies('images'));
  const worker = serviceFunction(stack, 'worker', props);
  const errors = alarmOnServerErrors(
    stack,
    'Images',
    http.metric('Url5xxCount', { statistic: 'Sum' }),
  );
  feedWorker(released(worker, { settings, part: 'worker' }), 'images', state);
  const images = released(http, { settings, part: 'http', guards: [errors] }).addFunctionUrl({
    authType: FunctionUrlAuthType.AWS_IAM,
  });
  new CfnOutput(stack, 'ImagesUrl', { value: images.url });
  return settings.cdn
    ? edge(stack, { loadBalancer: front.loadBalancer, renditions, images }, settings)
    : front.url;
}
