/** The process of one measured Web Function: the service listens, as on Lambda, and answers only its CDN. */
import type { AddressInfo } from 'node:net';
import { webFunction } from '@triptych/platform/web-function';
import { answerQuestions, cpuUsedUs } from '../measure/answer-questions.ts';
import { service, serviceConfig } from '../measure/measured-app.ts';

const { admits, serve } = await webFunction(serviceConfig('info'));
const app = await service('info', false, admits);
await serve(app);
answerQuestions((app.server.address() as AddressInfo).port, { cpu: cpuUsedUs });
