/**
 * Set-up file of the contract tests (vitest.config.ts): provides the AWS for suites in libs and
 * apps.
 */
import { provideDataPlane } from '@triptych/platform/testing/data-plane';

// Loaded on demand: many files need no AWS, and it takes half a second.
provideDataPlane(async () => (await import('./start-data-plane.ts')).startDataPlane());
