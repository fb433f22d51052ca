/**
 * The one description of what is deployed. `node infra/app.ts` writes the templates to cdk.out, the same as
 * `npx cdk synth` does.
 */
import { App, DefaultStackSynthesizer } from 'aws-cdk-lib';
import { Deployment, missingArtifacts, root } from './deployment.ts';
import { featureFlags, sameForEveryCaller } from './feature-flags.ts';
import { readSettings, type Settings, SettingsError } from './settings.ts';
import { hybrid } from './stacks/hybrid.ts';
import { microservices } from './stacks/microservices.ts';
import { serverless } from './stacks/serverless.ts';

const describe = { microservices, serverless, hybrid };

/**
 * All stacks of the variants in the settings, not yet synthesized. CDK's own validation of the templates takes three
 * times as long as making them, so the tests ask for it and `npm start` does not.
 * @throws SettingsError when an artifact they need is not built
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
    context: featureFlags,
    postCliContext: sameForEveryCaller,
    analyticsReporting: false,
    // Where in the source a construct was made: paths of this machine, read by nobody.
    stackTraces: false,
    treeMetadata: false,
    builtinCloudFormationValidation: options.validated ?? false,
    defaultStackSynthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
  });
  for (const variant of settings.variants) {
    describe[variant](new Deployment(app, settings, variant));
  }
  return app;
}

if (import.meta.main) {
  try {
    const settings = await readSettings(process.env, root);
    createApp(settings, process.env.CDK_OUTDIR ?? 'cdk.out').synth();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
