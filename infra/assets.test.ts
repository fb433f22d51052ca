import { describe, expect, it } from 'vitest';
import { synthesize } from './testing/templates.ts';

const { assets, templates } = await synthesize();

/** The hashes that a template refers to: keys of packages in S3 and tags of images. */
function hashesIn(template: unknown): string[] {
  const found = JSON.stringify(template).matchAll(/\b[0-9a-f]{64}(?=\.zip|["}])/g);
  return [...new Set([...found].map(([hash]) => hash))].sort();
}

describe('the asset manifest of every stack', () => {
  it('exists', () => {
    expect(Object.keys(assets)).toEqual(Object.keys(templates));
  });

  it.each(Object.entries(assets))('%s lists its own assets only', (stack, manifest) => {
    const files = Object.entries(manifest.files).filter(
      ([, { source }]) => source.path !== `${stack}.template.json`,
    );
    const listed = [...files.map(([hash]) => hash), ...Object.keys(manifest.dockerImages)];
    expect(listed.sort()).toEqual(hashesIn(templates[stack]));
  });

  it('lists the assets of stacks with code, so the comparison is not empty', () => {
    expect(hashesIn(templates['triptych-serverless-auth'])).toHaveLength(1);
    expect(Object.keys(assets['triptych-microservices-auth']?.dockerImages ?? {})).toHaveLength(1);
  });
});
