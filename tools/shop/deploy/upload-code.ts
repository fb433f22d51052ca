import { join } from 'node:path';
import { zipFolder } from '@triptych/build/zip-folder';
import type { Stacks, Template } from './ports.ts';

/** The artifact of a Web Function, and its key in the bucket that Lambda reads it from. */
export interface CodeObject {
  readonly key: string;
  /** Path of the artifact from the repository's root. */
  readonly folder: string;
}

/** The type of a revision: the code and settings of a Web Function. */
export const WEB_REVISION = 'AWS::Lambda::WebFunctionRevision';

/** The output of the stack that has the bucket. */
const BUCKET_OUTPUT = 'CodeBucketName';

/** Whether a stack has the bucket for the code of Web Functions. */
export function hasCodeBucket({ Outputs = {} }: Template): boolean {
  return BUCKET_OUTPUT in Outputs;
}

/** The code that the Web Functions of a template run. It is not among the assets of the CDK. */
export function codeObjectsOf({ Resources }: Template): CodeObject[] {
  return Object.values(Resources).flatMap(({ Type, Properties, Metadata = {} }) => {
    if (Type !== WEB_REVISION) return [];
    const { BuildConfig } = Properties as {
      readonly BuildConfig: {
        readonly CodeConfig: { readonly S3Object: { readonly Key: string } };
      };
    };
    const folder = Metadata['triptych:artifact'];
    return [{ key: BuildConfig.CodeConfig.S3Object.Key, folder: String(folder) }];
  });
}

/**
 * Uploads what the bucket of a stack does not have yet. The keys contain a hash of the content, so an object never changes.
 * @param root the folder that the paths of the artifacts are relative to
 * @returns the keys of the new objects
 * @throws Error when the stack is not deployed or does not have the bucket
 */
export async function uploadCode(
  stacks: Pick<Stacks, 'find' | 'hasObject' | 'putObject'>,
  stackName: string,
  { objects, root }: { readonly objects: readonly CodeObject[]; readonly root: string },
): Promise<string[]> {
  const bucket = (await stacks.find(stackName))?.outputs[BUCKET_OUTPUT];
  if (bucket === undefined) throw new Error(`The stack ${stackName} has no bucket for code.`);
  const uploaded: string[] = [];
  for (const { key, folder } of objects) {
    if (await stacks.hasObject(bucket, key)) continue;
    await stacks.putObject(bucket, key, await zipFolder(join(root, folder)));
    uploaded.push(key);
  }
  return uploaded;
}
