/** A place in the CIE 1931 diagram: x and y. */
type Place = readonly [x: number, y: number];

/** The colours that the values (1, 0, 0), (0, 1, 0), (0, 0, 1) and (1, 1, 1) stand for. */
export interface Chromaticities {
  readonly red: Place;
  readonly green: Place;
  readonly blue: Place;
  readonly white: Place;
}

/** A matrix by rows. */
export type Matrix = readonly [Row, Row, Row];
type Row = readonly [number, number, number];

const D65: Place = [0.3127, 0.329];
const C: Place = [0.31, 0.316];

export const SRGB_CHROMATICITIES: Chromaticities = {
  red: [0.64, 0.33],
  green: [0.3, 0.6],
  blue: [0.15, 0.06],
  white: D65,
};

const P3 = { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06] } as const;
const SMPTE_170M: Chromaticities = {
  red: [0.63, 0.34],
  green: [0.31, 0.595],
  blue: [0.155, 0.07],
  white: D65,
};

/** By the code points of ITU-T H.273, table 2. */
const CODED: Readonly<Record<number, Chromaticities>> = {
  1: SRGB_CHROMATICITIES,
  // Unspecified.
  2: SRGB_CHROMATICITIES,
  4: { red: [0.67, 0.33], green: [0.21, 0.71], blue: [0.14, 0.08], white: C },
  5: { red: [0.64, 0.33], green: [0.29, 0.6], blue: [0.15, 0.06], white: D65 },
  6: SMPTE_170M,
  7: SMPTE_170M,
  8: { red: [0.681, 0.319], green: [0.243, 0.692], blue: [0.145, 0.049], white: C },
  9: { red: [0.708, 0.292], green: [0.17, 0.797], blue: [0.131, 0.046], white: D65 },
  10: { red: [1, 0], green: [0, 1], blue: [0, 0], white: [1 / 3, 1 / 3] },
  11: { ...P3, white: [0.314, 0.351] },
  12: { ...P3, white: D65 },
  22: { red: [0.63, 0.34], green: [0.295, 0.605], blue: [0.155, 0.077], white: D65 },
};

/** The primaries with this code point, or undefined if it is reserved. */
export function codedChromaticities(code: number): Chromaticities | undefined {
  return CODED[code];
}

/** Whether two sets of chromaticities differ by no more than rounding. */
export function sameChromaticities(a: Chromaticities, b: Chromaticities): boolean {
  const flat = ({ red, green, blue, white }: Chromaticities) => [red, green, blue, white].flat();
  return flat(a).every((value, index) => Math.abs(value - (flat(b)[index] ?? 0)) < 0.002);
}

/**
 * The matrix from linear values in these primaries to linear sRGB. Another white point is adapted
 * by Bradford's method, as in ICC profiles.
 * @returns undefined if the chromaticities span no area
 */
export function matrixToSrgb(source: Chromaticities): Matrix | undefined {
  const toXyz = matrixToXyz(source);
  const fromXyz = inverse(matrixToXyz(SRGB_CHROMATICITIES) ?? IDENTITY);
  if (!toXyz || !fromXyz) return undefined;
  const matrix = multiply(fromXyz, multiply(adaptation(source.white, D65), toXyz));
  return matrix.flat().every(Number.isFinite) ? matrix : undefined;
}

const IDENTITY: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** The Bradford cone response: http://www.brucelindbloom.com/index.html?Eqn_ChromAdapt.html */
const BRADFORD: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

function matrixToXyz({ red, green, blue, white }: Chromaticities): Matrix | undefined {
  const primaries = transpose([xyz(red), xyz(green), xyz(blue)]);
  const solved = inverse(primaries);
  if (!solved || white[1] <= 0) return undefined;
  const [r, g, b] = apply(solved, whiteXyz(white));
  return multiply(primaries, diagonal([r, g, b]));
}

const xyz = ([x, y]: Place): Row => [x, y, 1 - x - y];
const whiteXyz = ([x, y]: Place): Row => [x / y, 1, (1 - x - y) / y];

function adaptation(from: Place, to: Place): Matrix {
  const [r, g, b] = apply(BRADFORD, whiteXyz(from));
  const [toR, toG, toB] = apply(BRADFORD, whiteXyz(to));
  const scale = diagonal([toR / r, toG / g, toB / b]);
  return multiply(inverse(BRADFORD) ?? IDENTITY, multiply(scale, BRADFORD));
}

function apply([a, b, c]: Matrix, vector: Row): Row {
  return [dot(a, vector), dot(b, vector), dot(c, vector)];
}

const dot = (a: Row, b: Row) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const diagonal = ([a, b, c]: Row): Matrix => [
  [a, 0, 0],
  [0, b, 0],
  [0, 0, c],
];
const transpose = ([a, b, c]: Matrix): Matrix => [
  [a[0], b[0], c[0]],
  [a[1], b[1], c[1]],
  [a[2], b[2], c[2]],
];

function multiply(a: Matrix, b: Matrix): Matrix {
  const [x, y, z] = transpose(b);
  return transpose([apply(a, x), apply(a, y), apply(a, z)]);
}

const cross = (a: Row, b: Row): Row => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** By the rows' cross products, which are the columns of the inverse times the determinant. */
function inverse([a, b, c]: Matrix): Matrix | undefined {
  const determinant = dot(a, cross(b, c));
  if (Math.abs(determinant) < 1e-9) return undefined;
  const scaled = ([x, y, z]: Row): Row => [x / determinant, y / determinant, z / determinant];
  return transpose([scaled(cross(b, c)), scaled(cross(c, a)), scaled(cross(a, b))]);
}
