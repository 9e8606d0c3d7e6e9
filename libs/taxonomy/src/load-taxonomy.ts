import { placeOf } from './places/place-of.js';
import { canonicalSkill } from './skills/canonical-skill.js';
import { occupationsOf } from './titles/canonical-title.js';

/** Reads all lists, which are otherwise read when they're first needed: at its start a process may wait, a request mayn't. */
export const loadTaxonomy = (): void => {
  // Those that Rapport's own lists don't have lead to the others.
  occupationsOf('Barista');
  canonicalSkill('Falconry');
  placeOf('Austin');
};
