/**
 * Set-up file of the contract tests (vitest.config.ts): provides the AWS for suites in libs and
 * apps.
 */
import { provideDataPlane } from '@triptych/platform/testing/data-plane';
import { startDataPlane } from './start-data-plane.ts';

provideDataPlane(() => startDataPlane());
