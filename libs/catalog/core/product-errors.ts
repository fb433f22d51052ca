import { AppError } from '@triptych/platform/errors';

/** AppError not-found `not-found`: no product has this id, or it was removed. */
export function unknownProduct(): AppError {
  return new AppError('not-found', 'not-found', 'There is no such product.');
}

/** AppError validation `validation`: names the invalid field and states its requirement. */
export function invalidField(path: string, message: string): AppError {
  return new AppError('validation', 'validation', 'The request body is not valid.', {
    fields: [{ path, message }],
  });
}

/** AppError conflict `version-conflict`: the product no longer has the version the caller read. */
export function versionConflict(version: number): AppError {
  const detail = `The product has changed since version ${version}. Read it again.`;
  return new AppError('conflict', 'version-conflict', detail);
}
