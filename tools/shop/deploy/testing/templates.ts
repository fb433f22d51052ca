import type { Template } from '../ports.ts';

/** The tags of a serverless deployment without a stage. */
export const SERVERLESS = { 'triptych:variant': 'serverless', 'triptych:stage': 'default' };

/** A template that exports and imports values by name, with a bucket or a queue. */
export function template(options: {
  readonly exports?: readonly string[];
  readonly imports?: readonly string[];
  readonly bucket?: boolean;
}): Template {
  const { exports = [], imports = [], bucket = false } = options;
  return {
    Resources: {
      Thing: {
        Type: bucket ? 'AWS::S3::Bucket' : 'AWS::SQS::Queue',
        Properties: { Uses: imports.map((name) => ({ 'Fn::ImportValue': name })) },
      },
    },
    Outputs: Object.fromEntries(
      exports.map((name, index) => [`Out${index}`, { Value: 'x', Export: { Name: name } }]),
    ),
  };
}

/** A stack with one function whose archive has this hash. */
export function functionTemplate(hash: string, memory = 256): Template {
  return {
    Resources: {
      Http: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Code: { S3Bucket: { 'Fn::Sub': 'assets' }, S3Key: `${hash}.zip` },
          MemorySize: memory,
        },
      },
    },
  };
}
