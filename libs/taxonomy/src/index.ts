export { loadTaxonomy } from './load-taxonomy.js';
export type { Place } from './places/place-list.js';
export { cityNamed, placeOf, placesMeant, type NamedCity, type StatedLocation } from './places/place-of.js';
export { countryCode, regionNames } from './places/regions-and-countries.js';
export { canonicalSkill, type CanonicalSkill } from './skills/canonical-skill.js';
export {
  canonicalTitle,
  occupationsOf,
  titleKeysAbove,
  type CanonicalTitle,
  type Recognition,
} from './titles/canonical-title.js';
export { occupationTitle } from './titles/title-index.js';
export { taxonomyVersion } from './version.js';
