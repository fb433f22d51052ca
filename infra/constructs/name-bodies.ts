import { CfnMethod } from 'aws-cdk-lib/aws-apigateway';
import { CfnIntegration } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { BODIES_METADATA, type LargestBodies } from './largest-bodies.ts';

/** Adds the largest bodies to the metadata of functions, integrations and methods, for the checks of quotas. */
export function nameBodies(construct: IConstruct, bodies: LargestBodies): void {
  for (const child of construct.node.findAll()) {
    if (
      child instanceof CfnFunction ||
      child instanceof CfnIntegration ||
      child instanceof CfnMethod
    ) {
      child.addMetadata(BODIES_METADATA, bodies);
    }
  }
}
