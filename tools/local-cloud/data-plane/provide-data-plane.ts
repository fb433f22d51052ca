/** Set-up file of the contract tests (vitest.config.ts): the AWS that suites in libs and apps run against. */
import { provideDataPlane } from '@triptych/platform/testing/data-plane';
import { startDataPlane } from './start-data-plane.ts';

provideDataPlane(() => startDataPlane());
