import { folded } from '../text/fold.js';

const spelt: Readonly<Record<string, string>> = { st: 'saint', ste: 'sainte', ft: 'fort', mt: 'mount' };

/** The same for all ways of writing a name: "St. Louis" and "Saint-Louis" are "saint louis". Empty if there's no letter. */
export const placeKey = (name: string): string => {
  const words = folded(name)
    .replaceAll(/['’`ʻʼ]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const [first = '', ...others] = words;
  return [others.length > 0 ? (spelt[first] ?? first) : first, ...others].join(' ');
};
