import { leavesOf, limits, type Criteria, type Leaf, type WordAttribute } from '#libs/criteria';

/** What's wrong with a model, and where. */
export interface FitModelProblem {
  /** A JSON pointer. */
  readonly path: string;
  readonly message: string;
}

/** What a model may know of somebody, beside title, years of experience and place. */
export const fitAttributes = [
  'skills',
  'interests',
  'languages',
  'city',
  'region',
  'country',
  'employer',
  'availability',
] as const satisfies readonly WordAttribute[];

const isFitAttribute = (attribute: string): boolean => (fitAttributes as readonly string[]).includes(attribute);

const whyNot: Readonly<Partial<Record<WordAttribute, string>>> = {
  band: 'is engagement, which is kept apart from fit',
  tags: 'may be free text, which may say of somebody what no model may know',
  owner: 'says who looks after somebody, not whether they fit',
  source: 'says where somebody comes from, not whether they fit',
  sourceName: 'says where somebody comes from, not whether they fit',
};

/** The kinds of conditions that a model can't have; one that isn't known here can't be in it either. */
const whyNoCondition: Readonly<Record<string, string>> = {
  happened: 'is about what happened, which is engagement and kept apart from fit',
  custom: 'is a custom field, of which no model can tell what it says of somebody',
  consent: 'is about what somebody may be contacted for, not whether they fit',
};

const leafProblems = (leaf: Leaf, at: string): FitModelProblem[] => {
  if ('title' in leaf || 'number' in leaf || 'near' in leaf) return [];
  if ('attribute' in leaf) {
    const { attribute } = leaf;
    if (isFitAttribute(attribute)) return [];
    const why = whyNot[attribute] ?? 'is nothing that a fit model may know';
    return [{ path: `${at}/attribute`, message: `${why}: must be one of ${fitAttributes.join(', ')}` }];
  }
  const [kind = ''] = Object.keys(leaf);
  return [{ path: at, message: whyNoCondition[kind] ?? 'is no condition that a fit model may have' }];
};

/** Criteria that can be read, but ask what a model may not know. */
export const attributeProblems = (where: Criteria): FitModelProblem[] =>
  leavesOf(where).flatMap(({ leaf, pointer }) => leafProblems(leaf, pointer));

/** Who somebody is, and what the law protects (GDPR article 9, EU directives 2000/43, 2000/78 and 2006/54, US Title VII, ADA, ADEA, GINA). */
const protectedWords = new Set(
  (
    'name firstname lastname fullname email emails phone phones address postaladdress photo picture image birthdate dateofbirth birthday birthyear age ' +
    'gender sex genderidentity pronouns sexualorientation race color colour ethnicity ethnicorigin nationality nationalorigin citizenship religion belief ' +
    'politics politicalopinion union unionmembership disability health pregnancy maritalstatus familystatus children genetics biometrics veteran veteranstatus notes resume'
  ).split(' '),
);
const isProtected = (word: unknown): boolean =>
  typeof word === 'string' && protectedWords.has(word.toLowerCase().replaceAll(/[^a-z]/g, ''));

const PROTECTED = 'is personal or protected: no model may know it';

/** Where criteria, readable or not, ask who somebody is or what the law protects. */
export const protectedProblems = (node: unknown, at = '', depth = 1): FitModelProblem[] => {
  if (typeof node !== 'object' || node === null || depth > limits.depth) return [];
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) => {
    const path = `${at}/${key}`;
    if (key === 'and' || key === 'or')
      return Array.isArray(value)
        ? value.slice(0, limits.conditions).flatMap((part, n) => protectedProblems(part, `${path}/${n}`, depth + 1))
        : [];
    if (key === 'not') return protectedProblems(value, path, depth + 1);
    const names = isProtected(key) || ((key === 'attribute' || key === 'number') && isProtected(value));
    return names ? [{ path, message: PROTECTED }] : [];
  });
};
