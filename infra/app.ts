/** The CDK app. `node infra/app.ts` writes the same templates to cdk.out as `npx cdk synth`. */
import { App } from 'aws-cdk-lib';
import { exceededQuotas, readChecked } from './checks/quotas/check-quotas.ts';
import { Deployment, missingArtifacts, ROOT } from './deployment.ts';
import { FEATURE_FLAGS, NO_CLI_METADATA } from './feature-flags.ts';
import { readSettings, type Settings, SettingsError } from './settings.ts';
import { hybrid } from './stacks/hybrid.ts';
import { microservices } from './stacks/microservices.ts';
import { serverless } from './stacks/serverless.ts';

const DESCRIBE_VARIANT = { microservices, serverless, hybrid };

/**
 * Creates all stacks of the variants in the settings, without synthesizing them.
 * @param options `validated`: the CDK validates the templates, which takes three times as long as making them. Only
 * the tests do.
 * @throws SettingsError when an artifact is not built
 */
export function createApp(
  settings: Settings,
  outdir: string,
  options: { readonly validated?: boolean } = {},
): App {
  const missing = missingArtifacts(settings);
  if (missing.length > 0) {
    throw new SettingsError(`Run \`npm run build\` first. There is no artifact in:`, missing);
  }
  const app = new App({
    outdir,
    context: FEATURE_FLAGS,
    postCliContext: NO_CLI_METADATA,
    analyticsReporting: false,
    // Stack traces would contain paths of this machine.
    stackTraces: false,
    treeMetadata: false,
    builtinCloudFormationValidation: options.validated ?? false,
  });
  for (const variant of settings.variants) {
    DESCRIBE_VARIANT[variant](new Deployment(app, settings, variant));
  }
  return app;
}

/**
 * Writes the templates and compares them with AWS's quotas.
 * @throws SettingsError when an artifact is not built, or when templates exceed quotas: one line each
 */
export function synthesize(settings: Settings, outdir: string): void {
  const { directory } = createApp(settings, outdir).synth();
  const exceeded = exceededQuotas(readChecked(directory, ROOT));
  if (exceeded.length > 0) throw new SettingsError('The templates exceed quotas of AWS:', exceeded);
}

if (import.meta.main) {
  // The CDK copies the artifacts. Whatever runs them must be able to read the copies.
  process.umask(0o022);
  try {
    const settings = await readSettings(process.env, ROOT);
    synthesize(settings, process.env.CDK_OUTDIR ?? 'cdk.out');
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
