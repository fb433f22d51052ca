import { buildApp } from '@triptych/platform/http';
import { functions } from '@triptych/platform/lambda';
import { config, queues, service } from '../images.ts';

// 4 run
const app = () => buildApp(service);
export const { http, worker } = await functions({ config, app, queues });
