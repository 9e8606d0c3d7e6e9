import {
  askedTitle,
  askedWords,
  before,
  centreOf,
  EARTH_KILOMETRES,
  monthsOf,
  normalise,
  titleWords,
  type AskedWords,
  type AttributeLeaf,
  type Criteria,
  type HappenedLeaf,
  type Leaf,
  type NearLeaf,
  type NumberLeaf,
} from '#libs/criteria';
import type { Parameters } from '#libs/read-store';
import { term, type ProfileWord } from '../terms.js';
import { customSql } from './custom-sql.js';
import { momentsSql } from './moments-sql.js';
import { termsSql, type TermsAsked, type TermsScope } from './terms-sql.js';

/** What other read models know of a person, as SQL: true or false, about `t.candidate_id`. */
export interface Elsewhere {
  /** Whether they may be contacted for the purpose on the channel. */
  readonly contact?: (
    occasion: { readonly purpose: string; readonly channel: string },
    now: Date,
    p: Parameters,
  ) => string;
  /** Whether they're in one of these bands. */
  readonly band?: (bands: readonly string[], now: Date, p: Parameters) => string;
  readonly warmth?: Warmth;
}

/** Where the points of each person are, and how a row of that table becomes points at an instant. */
export interface Warmth {
  readonly table: string;
  readonly points: (alias: string, now: string) => string;
  /** What an index has rows in order of, the highest first, whatever the instant; null for whoever has no points. */
  readonly ceiling: (alias: string) => string;
  /** How many points a row at most has, and every row further down in that order. */
  readonly most: (alias: string, now: string) => string;
  /** Which band a row is in; under a left join, that of whoever has none. */
  readonly band: (alias: string, now: string) => string;
}

export interface CriteriaScope extends TermsScope {
  /** What "months ago" counts from, and when it has to be so. */
  readonly now: Date;
  readonly p: Parameters;
  /** For criteria about bands and consents. */
  readonly elsewhere?: Elsewhere | undefined;
}

const needed = <T>(part: T | undefined): T => {
  if (!part) throw new Error('Criteria about bands and consents need the read models that know of them.');
  return part;
};

/** Has letters or digits nowhere, or is nothing that there is. */
export const NOBODY = 'false';

/** Who has the title, or one that it takes in. */
const titleSql = (title: string, scope: CriteriaScope): string => {
  const asked = askedTitle(title);
  if (asked.words.length === 0) return NOBODY;
  const words: TermsAsked = { all: asked.words.map((word) => term('title', word)) };
  return termsSql(asked.term === undefined ? words : { any: [words, term('title', asked.term)] }, scope);
};

/** Columns of `talent` and of the traits, and what they hold where nothing is known. */
const unknownIn: Readonly<Record<ProfileWord, string>> = {
  skills: "c.skill_terms = '{}'",
  tags: "c.tag_keys = '{}'",
  interests: "t.interest_keys = '{}'",
  region: "c.region_keys = '{}'",
  languages: "t.languages = '{}'",
  city: 't.city_key IS NULL',
  country: 't.country_key IS NULL',
  employer: 't.employer_key IS NULL',
  availability: 't.availability IS NULL',
  source: 't.source_kind IS NULL',
  sourceName: 't.source_name_key IS NULL',
  owner: 'c.owner_key IS NULL',
};

const everyBand = ['hot', 'warm', 'cold', 'dormant'];

const meantBy = (asked: AskedWords): TermsAsked => ({
  all: asked.map(([attribute, forms]) => ({ any: forms.map((form) => term(attribute, form)) })),
});

const attributeSql = ({ attribute, is, known }: AttributeLeaf, scope: CriteriaScope): string => {
  const { now, p } = scope;
  if (attribute === 'band')
    return needed(scope.elsewhere?.band)(is?.map(normalise) ?? (known === true ? everyBand : []), now, p);
  if (!is) return known === true ? `NOT ${unknownIn[attribute]}` : unknownIn[attribute];
  const meant = is.flatMap((value) => askedWords(attribute, value).map(meantBy));
  return meant.length === 0 ? NOBODY : termsSql({ any: meant }, scope);
};

const numberSql = ({ atLeast, below }: NumberLeaf, p: Parameters): string => {
  const bounds = [
    ...(atLeast === undefined ? [] : [`t.experience_months >= ${p.add(monthsOf(atLeast))}`]),
    ...(below === undefined ? [] : [`t.experience_months < ${p.add(monthsOf(below))}`]),
  ];
  return `(${bounds.join(' AND ')})`;
};

const MILLIONTHS = 1_000_000;
const KILOMETRES_A_DEGREE = (EARTH_KILOMETRES * Math.PI) / 180;

/** The rectangle around a circle, in millionths of a degree, with room for rounding. Null longitudes: all of them. */
const around = (latitude: number, kilometres: number): { readonly high: number; readonly wide: number | null } => {
  const high = kilometres / KILOMETRES_A_DEGREE;
  const nearPole = Math.abs(latitude) + high >= 89;
  const widest = Math.cos(((Math.abs(latitude) + high) * Math.PI) / 180);
  return {
    high: Math.ceil(high * MILLIONTHS) + 1,
    wide: nearPole ? null : Math.ceil((high / widest) * MILLIONTHS) + 1,
  };
};

/** By index where the rectangle doesn't cross the date line. */
const nearSql = ({ near }: NearLeaf, p: Parameters): string => {
  const centre = centreOf(near);
  if (!centre) return NOBODY;
  const [latitude, longitude] = [Math.round(centre.latitude * MILLIONTHS), Math.round(centre.longitude * MILLIONTHS)];
  const { high, wide } = around(centre.latitude, near.kilometres);
  const [west, east] = [longitude - (wide ?? 0), longitude + (wide ?? 0)];
  const edge = 180 * MILLIONTHS;
  const box = [`t.latitude BETWEEN ${p.add(latitude - high)}::integer AND ${p.add(latitude + high)}::integer`];
  if (wide !== null && west >= -edge && east <= edge)
    box.push(`t.longitude BETWEEN ${p.add(west)}::integer AND ${p.add(east)}::integer`);
  const [lat, long] = [`${p.add(centre.latitude)}::double precision`, `${p.add(centre.longitude)}::double precision`];
  const chord =
    `sin(radians(t.latitude / 1e6 - ${lat}) / 2) ^ 2 + ` +
    `cos(radians(t.latitude / 1e6)) * cos(radians(${lat})) * sin(radians(t.longitude / 1e6 - ${long}) / 2) ^ 2`;
  const distance = `${2 * EARTH_KILOMETRES} * asin(least(1, sqrt(${chord})))`;
  return `(${box.join(' AND ')} AND ${distance} <= ${p.add(near.kilometres)})`;
};

/** All roles have all of no words. */
const roleSql = (role: string, p: Parameters): string => {
  const words = titleWords(role);
  return words.length === 0 ? NOBODY : `f.role_words @> ${p.add(words)}::text[]`;
};

const happenedSql = ({ happened }: HappenedLeaf, { now, p }: CriteriaScope): string => {
  const { kinds, byPerson, topic, role, series, ago, from, to, atLeast = 1 } = happened;
  const instant = (at: number): string => `${p.add(new Date(at))}::timestamptz`;
  const conditions = [
    'f.candidate_id = t.candidate_id',
    'NOT f.by_machine',
    `f.at <= ${instant(now.getTime())}`,
    ...(kinds === undefined ? [] : [`f.kind = ANY(${p.add(kinds)}::text[])`]),
    ...(byPerson === undefined ? [] : [byPerson ? 'f.by_person' : 'NOT f.by_person']),
    ...(topic === undefined ? [] : [`f.topic_key = ${p.add(normalise(topic))}`]),
    ...(series === undefined ? [] : [`f.series_key = ${p.add(normalise(series))}`]),
    ...(role === undefined ? [] : [roleSql(role, p)]),
    ...(ago === undefined ? [] : [`f.at >= ${instant(before(now.getTime(), ago.from))}`]),
    ...(ago?.to === undefined ? [] : [`f.at < ${instant(before(now.getTime(), ago.to))}`]),
    ...(from === undefined ? [] : [`f.at >= ${instant(Date.parse(from))}`]),
    ...(to === undefined ? [] : [`f.at < ${instant(Date.parse(to))}`]),
  ].join(' AND ');
  return atLeast === 1
    ? `EXISTS (SELECT FROM read.talent_facts f WHERE ${conditions})`
    : `(SELECT count(*) FROM (SELECT FROM read.talent_facts f WHERE ${conditions} LIMIT ${p.add(atLeast)}::integer) enough) >= ${p.add(atLeast)}::integer`;
};

const leafSql = (leaf: Leaf, scope: CriteriaScope): string => {
  if ('title' in leaf) return titleSql(leaf.title, scope);
  if ('attribute' in leaf) return attributeSql(leaf, scope);
  if ('number' in leaf) return numberSql(leaf, scope.p);
  if ('custom' in leaf) return customSql(leaf, scope);
  if ('near' in leaf) return nearSql(leaf, scope.p);
  if ('consent' in leaf) return needed(scope.elsewhere?.contact)(leaf.consent, scope.now, scope.p);
  return happenedSql(leaf, scope);
};

/** What EXISTS says is never unknown, and PostgreSQL turns NOT EXISTS into a join. */
const negated = (sql: string): string => (sql.startsWith('EXISTS ') ? `NOT ${sql}` : `((${sql}) IS NOT TRUE)`);

const exactSql = (criteria: Criteria, scope: CriteriaScope): string => {
  if ('and' in criteria) return `(${criteria.and.map((part) => exactSql(part, scope)).join(' AND ')})`;
  if ('or' in criteria) return `(${criteria.or.map((part) => exactSql(part, scope)).join(' OR ')})`;
  if ('not' in criteria) return negated(exactSql(criteria.not, scope));
  return leafSql(criteria, scope);
};

/** What follows from criteria, and what an index can begin at. */
const impliedSql = (criteria: Criteria, scope: CriteriaScope): string[] => {
  if ('and' in criteria) return criteria.and.flatMap((part) => impliedSql(part, scope));
  return 'happened' in criteria ? momentsSql(criteria, scope) : [];
};

/** Criteria as a condition over `people`, true for those who fulfil them at `now`; unknown is as false. */
export const criteriaSql = (criteria: Criteria, scope: CriteriaScope): string =>
  `(${[...impliedSql(criteria, scope), exactSql(criteria, scope)].join(' AND ')})`;
