import { dataFile, lazily } from '../data/data-file.js';
import { SortedLines } from '../data/sorted-lines.js';
import { ownSkills } from './own-skills.js';
import { skillForm } from './skill-form.js';

export interface CanonicalSkill {
  /** The same for all ways of writing one skill: lower case, with hyphens; "c++", "c#" and ".net" keep their signs. */
  readonly key: string;
  /** As people read it. */
  readonly label: string;
}

const own = lazily(
  () => new Map(ownSkills.flatMap(({ label, written }) => written.map((way) => [skillForm(way), label] as const))),
);

/** O*NET's technologies, 0.6 MB outside the heap. */
const lines = lazily(() => new SortedLines(dataFile('skills.tsv.gz')));

/** A name that nobody knows is its own skill. Undefined for one without a word in it. */
export const canonicalSkill = (name: string): CanonicalSkill | undefined => {
  const form = skillForm(name);
  if (form === '') return undefined;
  const known = own().get(form) ?? lines().find(form)[0];
  return known === undefined ? { key: form, label: name.trim() } : { key: skillForm(known), label: known };
};
