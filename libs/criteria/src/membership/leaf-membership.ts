import { customWord } from '../language/custom-words.js';
import type {
  AttributeLeaf,
  ConsentLeaf,
  CustomLeaf,
  HappenedLeaf,
  Leaf,
  NearLeaf,
  NumberLeaf,
} from '../language/leaves.js';
import { askedTitle, askedWords, centreOf, isAskedTitle, monthsOf, type AskedWords } from '../language/meanings.js';
import { normalise, titleWords } from '../language/words.js';
import { notYetOlderThan } from '../time/calendar.js';
import { between, complement, covered, intersection, union, type IntervalSet } from '../time/interval-set.js';
import type { AttributeChange, CustomState, HistoryFact, PersonHistory, Place } from './person-history.js';

/** When a value holds; before its first change it's `unknown`. */
const whenValue = <T>(changes: readonly AttributeChange<T>[], unknown: T, holds: (value: T) => boolean): IntervalSet =>
  union(
    ...[{ at: -Infinity, value: unknown }, ...changes].map(({ at, value }, n) =>
      holds(value) ? between(at, changes[n]?.at ?? Infinity) : [],
    ),
  );

/** The mean radius. */
export const EARTH_KILOMETRES = 6371.0088;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Along a great circle of a sphere (haversine): up to half a percent off. */
export const kilometresBetween = (a: Place, b: Place): number => {
  const across = Math.sin(radians(b.latitude - a.latitude) / 2);
  const along = Math.sin(radians(b.longitude - a.longitude) / 2);
  const chord = across ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * along ** 2;
  return 2 * EARTH_KILOMETRES * Math.asin(Math.min(1, Math.sqrt(chord)));
};

const none: readonly string[] = [];

const ofTitle = (title: string, { title: changes }: PersonHistory): IntervalSet => {
  const asked = askedTitle(title);
  return whenValue(changes, none, (terms) => isAskedTitle(asked, terms));
};

const ofAttribute = ({ attribute, is, known }: AttributeLeaf, { words }: PersonHistory): IntervalSet => {
  if (known !== undefined) return whenValue(words[attribute] ?? [], none, (values) => values.length > 0 === known);
  const whenMeant = (asked: AskedWords): IntervalSet =>
    intersection(
      ...asked.map(([one, forms]) =>
        whenValue(words[one] ?? [], none, (values) => values.some((value) => forms.includes(value))),
      ),
    );
  return union(...(is ?? []).flatMap((value) => askedWords(attribute, value)).map(whenMeant));
};

const ofNumber = ({ number, atLeast, below }: NumberLeaf, { numbers }: PersonHistory): IntervalSet =>
  whenValue<number | null>(
    numbers[number] ?? [],
    null,
    (value) =>
      value !== null &&
      monthsOf(value) >= monthsOf(atLeast ?? -Infinity) &&
      monthsOf(value) < monthsOf(below ?? Infinity),
  );

const inRange = (rank: number | string | null, { atLeast, below }: CustomLeaf): boolean =>
  rank !== null &&
  (atLeast === undefined || (typeof rank === typeof atLeast && rank >= atLeast)) &&
  (below === undefined || (typeof rank === typeof below && rank < below));

const ofCustom = (leaf: CustomLeaf, { custom }: PersonHistory): IntervalSet => {
  const { is, known } = leaf;
  const asked = is?.map(customWord);
  return whenValue<CustomState | null>(custom.get(leaf.custom) ?? [], null, (state) => {
    if (known !== undefined) return (state !== null) === known;
    if (state === null) return false;
    return asked ? state.words.some((word) => asked.includes(word)) : inRange(state.rank, leaf);
  });
};

const ofPlace = ({ near }: NearLeaf, { place }: PersonHistory): IntervalSet => {
  const centre = centreOf(near);
  if (!centre) return [];
  return whenValue<Place | null>(place, null, (at) => at !== null && kilometresBetween(at, centre) <= near.kilometres);
};

const ofConsent = ({ consent: { purpose, channel } }: ConsentLeaf, { consents }: PersonHistory): IntervalSet =>
  whenValue(consents, none, (given) => given.includes(`${purpose}/${channel}`));

/** All roles have all of no words, so a role without a letter is none. */
const isRole = (words: readonly string[], { roleWords = [] }: HistoryFact): boolean =>
  words.length > 0 && words.every((word) => roleWords.includes(word));

/** The facts that a condition is about, whenever they happened. */
export const factsOf = ({ happened }: HappenedLeaf, { facts }: PersonHistory): readonly HistoryFact[] => {
  const { kinds, byPerson, from, to } = happened;
  const topic = happened.topic === undefined ? undefined : normalise(happened.topic);
  const series = happened.series === undefined ? undefined : normalise(happened.series);
  const role = happened.role === undefined ? undefined : titleWords(happened.role);
  return facts.filter(
    (fact) =>
      (kinds === undefined || kinds.includes(fact.kind)) &&
      (byPerson === undefined || fact.byPerson === byPerson) &&
      (topic === undefined || fact.topic === topic) &&
      (series === undefined || fact.series === series) &&
      (role === undefined || isRole(role, fact)) &&
      (from === undefined || fact.at >= Date.parse(from)) &&
      (to === undefined || fact.at < Date.parse(to)),
  );
};

/**
 * When a fact lies in the window of a condition: `before(t, ago.from) <= fact < before(t, ago.to)`, and never before it
 * happened.
 */
export const whenInWindow = (fact: HistoryFact, { happened: { ago } }: HappenedLeaf): IntervalSet => {
  const sinceThen = between(fact.at, Infinity);
  if (ago === undefined) return sinceThen;
  const notTooOld = notYetOlderThan(fact.at, ago.from);
  const oldEnough = ago.to === undefined ? sinceThen : complement(notYetOlderThan(fact.at, ago.to));
  return intersection(sinceThen, notTooOld, oldEnough);
};

const ofFacts = (leaf: HappenedLeaf, history: PersonHistory): IntervalSet =>
  covered(
    factsOf(leaf, history).map((fact) => whenInWindow(fact, leaf)),
    leaf.happened.atLeast ?? 1,
  );

/** When a condition holds for a person. */
export const leafMembership = (leaf: Leaf, history: PersonHistory): IntervalSet => {
  if ('title' in leaf) return ofTitle(leaf.title, history);
  if ('attribute' in leaf) return ofAttribute(leaf, history);
  if ('number' in leaf) return ofNumber(leaf, history);
  if ('custom' in leaf) return ofCustom(leaf, history);
  if ('near' in leaf) return ofPlace(leaf, history);
  if ('consent' in leaf) return ofConsent(leaf, history);
  return ofFacts(leaf, history);
};
