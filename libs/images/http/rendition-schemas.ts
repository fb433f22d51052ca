import { Type } from 'typebox';
import { requestableFormats, widthsPx } from '../core/index.ts';

/**
 * Plain strings on purpose: the core refuses unlisted values with their own code, where a schema
 * would say `validation`. An ill-formed id is no error either: no image has that name, so 404.
 */
export const VariantParams = Type.Object({
  imageId: Type.String({ description: 'Id of an accepted image' }),
  width: Type.String({ description: `Pixels: ${widthsPx.join(', ')}` }),
  format: Type.String({ description: `${requestableFormats.join(', ')}; auto follows Accept` }),
});

export const VariantHeaders = Type.Object({
  accept: Type.Optional(Type.String()),
  'if-none-match': Type.Optional(Type.String()),
});
