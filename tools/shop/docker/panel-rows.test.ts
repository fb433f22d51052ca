import { servicesOf } from '@triptych/docker/project';
import { describe, expect, it } from 'vitest';
import { panelRows } from './panel-rows.ts';

const at = {
  endpointUrl: 'http://127.0.0.1:4566',
  baseUrl: {
    microservices: 'http://127.0.0.1:4001',
    serverless: 'http://127.0.0.1:4002',
    hybrid: 'http://127.0.0.1:4003',
  },
};

describe('the panel', () => {
  it('lists the running variants and how to stop them', () => {
    const rows = panelRows({ variants: ['hybrid'], at, project: 'triptych', detached: false });
    const panel = new Map(rows);
    expect(panel.get('hybrid')).toBe('http://127.0.0.1:4003');
    expect(panel.has('serverless')).toBe(false);
    expect(panel.has('Grafana')).toBe(false);
    expect(panel.get('try')).toBe("curl 'http://127.0.0.1:4003/catalog/products?limit=3'");
    expect(panel.get('stop')).toMatch(/^Ctrl-C/);
  });

  it('names another project in its commands', () => {
    const grafanaUrl = 'http://127.0.0.1:3000';
    const rows = panelRows({
      variants: ['hybrid'],
      at,
      project: 'mine',
      detached: true,
      grafanaUrl,
    });
    const panel = new Map(rows);
    expect(panel.get('logs')).toBe('docker compose --project-name mine logs --follow');
    expect(panel.get('conformance')).toContain('--target docker hybrid --project mine)');
    expect(panel.get('stop')).toMatch(/^docker compose --project-name mine down {2}/);
    expect(panel.get('Grafana')).toBe(grafanaUrl);
  });
});

it('starting one variant starts the shared services but no other variant', () => {
  const names = ['localstack', 'deploy', 'edge', 'microservices-auth', 'hybrid-auth'];
  const project = { name: 'x', services: Object.fromEntries(names.map((name) => [name, {}])) };
  const common = ['localstack', 'deploy', 'edge'];
  expect(servicesOf(project, ['hybrid'])).toEqual([...common, 'hybrid-auth']);
  expect(servicesOf(project, ['serverless'])).toEqual(common);
});
