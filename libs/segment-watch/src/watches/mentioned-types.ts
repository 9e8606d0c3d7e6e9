import {
  applicationEventDefinitions,
  candidateEventDefinitions,
  classificationEventDefinitions,
  engagementEventDefinitions,
  ledgerEventTypes,
} from '#libs/candidates';
import { leavesOf, type Criteria, type Leaf } from '#libs/criteria';

const typesOf = (definitions: readonly { readonly type: string }[]): readonly string[] =>
  definitions.map(({ type }) => type);

const ofProfile = typesOf(candidateEventDefinitions);
const ofVerdicts = typesOf(classificationEventDefinitions);
const ofFacts = [...typesOf(engagementEventDefinitions), ...typesOf(applicationEventDefinitions), ...ofVerdicts];

const ofLeaf = (leaf: Leaf): readonly string[] => {
  if ('happened' in leaf) return leaf.happened.kinds ? [...leaf.happened.kinds, ...ofVerdicts] : ofFacts;
  if ('consent' in leaf) return ledgerEventTypes;
  // A band is made of what happened.
  if ('attribute' in leaf && leaf.attribute === 'band') return ofFacts;
  return ofProfile;
};

/** Whether it depends on the scoring model whom they mean. */
export const asksBand = (criteria: Criteria): boolean =>
  leavesOf(criteria).some(({ leaf }) => 'attribute' in leaf && leaf.attribute === 'band');

/** Whether it depends on the rules by which consents are read whom they mean. */
export const asksConsent = (criteria: Criteria): boolean => leavesOf(criteria).some(({ leaf }) => 'consent' in leaf);

/** The types of the events that can change whom criteria mean. Somebody who's added may fulfil any. */
export const mentionedTypes = (criteria: Criteria): ReadonlySet<string> =>
  new Set(['candidate.added', ...leavesOf(criteria).flatMap(({ leaf }) => ofLeaf(leaf))]);

/** Every type that any criteria can mention. */
export const mentionableTypes: readonly string[] = [...new Set([...ofProfile, ...ofFacts])];
