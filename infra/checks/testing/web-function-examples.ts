import { type Example, resources } from './small-templates.ts';

/** A revision of a Web Function. */
const revision = (ServiceConfig: object, artifactBytes = 0): Example => ({
  ...resources('AWS::Lambda::WebFunctionRevision', { ServiceConfig }, 1, {
    'triptych:artifact': 'dist/apps/serverless-web/auth',
  }),
  artifactBytes,
});

/** For each quota of Web Functions a template at the quota, and one beyond it. */
export const WEB_FUNCTION_EXAMPLES: readonly (readonly [string, Example, Example])[] = [
  [
    'bytes of the variables of a Web Function',
    revision({ EnvironmentVariables: { A: 'x'.repeat(32_000) } }),
    revision({ EnvironmentVariables: { A: 'x'.repeat(32_768) } }),
  ],
  [
    'bytes of an unzipped package of a Web Function',
    revision({}, 512 * 1024 ** 2),
    revision({}, 512 * 1024 ** 2 + 1),
  ],
  [
    'seconds of timeout of a Web Function',
    revision({ TimeoutSeconds: 900 }),
    revision({ TimeoutSeconds: 901 }),
  ],
];
