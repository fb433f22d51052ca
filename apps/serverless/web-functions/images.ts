import { buildApp } from '@triptych/platform/http';
import { webFunction } from '@triptych/platform/web-function';
import { config, service } from '../images.ts';

// 4 run
const { admits, serve } = await webFunction(config);
await serve(await buildApp({ ...service, admits }));
