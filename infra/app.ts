/** The one description of what is deployed: `node infra/app.ts` writes the templates to cdk.out, as `npx cdk synth` does. */
import { App, DefaultStackSynthesizer, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Deployment, missingArtifacts, root } from './deployment.ts';
import { featureFlags, sameForEveryCaller } from './feature-flags.ts';
import { readSettings, SettingsError } from './settings.ts';
import { hybrid } from './stacks/hybrid.ts';
import { microservices } from './stacks/microservices.ts';
import { serverless } from './stacks/serverless.ts';

const describe = { microservices, serverless, hybrid };

try {
  const settings = readSettings(process.env, root);
  const missing = missingArtifacts(settings);
  if (missing.length > 0) {
    throw new SettingsError([`not built yet, run \`npm run build\`: ${missing.join(', ')}`]);
  }
  const app = new App({
    outdir: process.env.CDK_OUTDIR ?? 'cdk.out',
    context: featureFlags,
    postCliContext: sameForEveryCaller,
    analyticsReporting: false,
    defaultStackSynthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
  });
  for (const variant of settings.variants) {
    describe[variant](new Deployment(app, settings, variant));
  }
  if (settings.nag) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
