import { expect, test } from 'vitest';
import { tenParts } from '../part-sections.ts';
import { syntheticData } from '../testing/synthetic-data.ts';
import { reportMarkdown } from './report-markdown.ts';

const data = syntheticData();

test('the report has all parts and lists missing figures', () => {
  const markdown = reportMarkdown(data);
  for (const { title } of tenParts) expect(markdown).toContain(`· ${title}`);
  expect(markdown).toContain('its 4 services never stop');
  expect(markdown).toContain('| browse, warm, p50 | 6\u00a0ms (5.82–6.18, n 200) |');
});

test('a figure without a target is in a separate table', () => {
  const [one] = data.figures.filter(({ id }) => id.endsWith('shortens/bundle/on'));
  if (!one) throw new Error('the synthetic data has no such figure');
  const { target: _, ...ofNone } = one;
  const markdown = reportMarkdown({ ...data, figures: [ofNone] });
  expect(markdown).toContain(
    '**What shortens a cold start**\n\n|  | target-independent |\n| --- | --- |\n| One bundle: on |',
  );
});

test('facts about one subject share a row, and a fact that all targets share appears once', () => {
  const fact = (subject: string, target: string, text: string, ok?: boolean) => ({
    part: 'faults' as const,
    subject,
    target,
    text,
    ...(ok === undefined ? {} : { ok }),
  });
  const facts = [
    fact('auth dies', 'hybrid', 'browse: answers', true),
    fact('auth dies', 'hybrid', 'log-in: 503', false),
    fact('auth dies', 'serverless', 'browse: answers'),
    ...data.targets.map(({ name }) => fact('books', name, 'sum to zero', true)),
  ];
  expect(reportMarkdown({ ...data, facts })).toContain(
    [
      '|  | microservices | serverless | hybrid |',
      '| --- | --- | --- | --- |',
      '| auth dies |  | browse: answers | ✓ browse: answers<br>✗ log-in: 503 |',
      '',
      '|  | all targets |',
      '| --- | --- |',
      '| books | ✓ sum to zero |',
    ].join('\n'),
  );
});
