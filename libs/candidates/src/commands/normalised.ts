import { canonicalSkill, canonicalTitle, placeOf, taxonomyVersion } from '#libs/taxonomy';
import type { Location, Normalised, Skill } from '../events/index.js';

interface Stated {
  readonly title?: string | null;
  readonly skills?: readonly Skill[] | null;
  readonly location?: Location | null;
}

/** As long as an event takes it: abbreviations that are written out may make a key longer than the title. */
const longestTitleKey = 200;
const longestSkillKey = 100;
const mostOccupations = 5;

/** What this edition of the taxonomy makes of what's stated; nothing where it makes nothing of it. */
export const normalise = ({ title, skills, location }: Stated): { normalised?: Normalised } => {
  const known = title ? canonicalTitle(title) : undefined;
  const place = location ? placeOf(location) : undefined;
  const skillKeys = (skills ?? []).map(({ name }) => keyOf(name));
  if (!known && !place && skillKeys.length === 0) return {};
  return {
    normalised: {
      taxonomyVersion,
      ...(known ? { titleKey: known.key.slice(0, longestTitleKey) } : {}),
      ...(known && known.occupations.length > 0 ? { occupations: known.occupations.slice(0, mostOccupations) } : {}),
      ...(skillKeys.length > 0 ? { skillKeys } : {}),
      ...(place ? { place } : {}),
    },
  };
};

/** One for each skill, so that they stay beside each other; a name without a letter in it is its own key. */
const keyOf = (name: string): string => (canonicalSkill(name)?.key ?? name).slice(0, longestSkillKey);
