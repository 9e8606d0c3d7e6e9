import {
  applicationEventDefinitions,
  channels,
  engagementEventDefinitions,
  jobStatuses,
  purposes,
  sourceKinds,
} from '#libs/candidates';
import {
  leavesOf,
  normalise,
  type Criteria,
  type CriteriaProblem,
  type Leaf,
  type WordAttribute,
} from '#libs/criteria';
import { bands } from '#libs/scoring';

/** What happens between us and a person, or with an application of theirs. */
const kinds = [...engagementEventDefinitions, ...applicationEventDefinitions].map(({ type }) => type);

/** Attributes of which there are only so many values. */
const listed: Readonly<Partial<Record<WordAttribute, readonly string[]>>> = {
  availability: jobStatuses,
  band: bands,
  source: sourceKinds,
};

const among = (allowed: readonly string[], asked: string, pointer: string): CriteriaProblem[] =>
  allowed.includes(asked) ? [] : [{ pointer, detail: `must be one of ${allowed.join(', ')}` }];

const leafProblems = (leaf: Leaf, at: string): CriteriaProblem[] => {
  if ('attribute' in leaf) {
    const { attribute, is = [] } = leaf;
    const allowed = listed[attribute];
    if (!allowed) return [];
    // However it's written, as it's found.
    const meant = (value: string): string => allowed.find((one) => normalise(one) === normalise(value)) ?? value;
    return is.flatMap((value, n) => among(allowed, meant(value), `${at}/is/${n}`));
  }
  if ('consent' in leaf) {
    const { purpose, channel } = leaf.consent;
    return [...among(purposes, purpose, `${at}/consent/purpose`), ...among(channels, channel, `${at}/consent/channel`)];
  }
  if ('happened' in leaf)
    return (leaf.happened.kinds ?? []).flatMap((kind, n) => among(kinds, kind, `${at}/happened/kinds/${n}`));
  return [];
};

/**
 * Words of criteria that aren't in the list of which they have to be. Nobody is found by `email.open`, and everybody by that
 * it didn't happen: whoever mistyped it would write to all of them.
 */
export const wordProblems = (criteria: Criteria): readonly CriteriaProblem[] =>
  leavesOf(criteria).flatMap(({ leaf, pointer }) => leafProblems(leaf, pointer));
