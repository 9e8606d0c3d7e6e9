import { refused, taken, type CandidateRecord, type ParsedRecord } from './candidate-record.js';
import { definedOnly } from './csv-candidates.js';
import { parseInstant } from './dates.js';
import { parseLocation } from './location-text.js';

type Json = Record<string, unknown>;

const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const array = (value: unknown): Json[] => (Array.isArray(value) ? value.map(object) : []);
const text = (value: unknown, max: number): string | undefined => {
  const trimmed = typeof value === 'string' ? value.trim() : '';
  if (trimmed === '') return undefined;
  // By characters, as schemas count: half of one is none.
  return trimmed.length > max ? [...trimmed].slice(0, max).join('') : trimmed;
};

const YEAR = 365.25 * 24 * 3_600_000;

/** Years in the union of all jobs; an open one lasts until `now`. Undefined where no job has a readable start. */
const experience = (work: readonly Json[], now: Date): number | undefined => {
  const spans = work
    .map((job) => ({
      from: parseInstant(text(job['startDate'], 30) ?? '')?.getTime(),
      to: (parseInstant(text(job['endDate'], 30) ?? '') ?? now).getTime(),
    }))
    .filter((span): span is { from: number; to: number } => span.from !== undefined && span.from < span.to)
    .sort((a, b) => a.from - b.from);
  if (spans.length === 0) return undefined;
  let total = 0;
  let end = 0;
  for (const { from, to } of spans) {
    total += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return Math.round((total / YEAR) * 10) / 10;
};

/**
 * One JSON Resume (v1; everything in it is optional and unknown properties are allowed). The newest job, the one
 * without an end or else the first listed, gives title and employer where `basics.label` doesn't.
 */
export const readJsonResume = (content: string, line: number, now: Date): ParsedRecord<CandidateRecord> => {
  let resume: Json;
  try {
    const parsed: unknown = JSON.parse(content);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new TypeError('not an object');
    resume = parsed as Json;
  } catch {
    return refused(line, 'bad-json', 'This is not a JSON object.');
  }
  const basics = object(resume['basics']);
  const place = object(basics['location']);
  const work = array(resume['work']);
  const current = work.find((job) => text(job['endDate'], 30) === undefined) ?? work[0] ?? {};
  const full = text(basics['name'], 200);
  const email = text(basics['email'], 500);
  const phone = text(basics['phone'], 500);
  const urls = [basics['url'], ...array(basics['profiles']).map((profile) => profile['url'])]
    .map((url) => text(url, 500))
    .filter((url): url is string => url !== undefined && /^https?:\/\//i.test(url));
  if (full === undefined && email === undefined && phone === undefined && urls.length === 0) {
    return refused(line, 'nobody', 'basics has neither name, email, phone nor URL.');
  }
  const skills = new Map<string, { name: string }>();
  for (const skill of array(resume['skills'])) {
    const keywords = Array.isArray(skill['keywords']) ? skill['keywords'] : [];
    for (const item of [skill['name'], ...keywords]) {
      const name = text(item, 100);
      if (name !== undefined) skills.set(name.toLowerCase(), { name });
    }
  }
  const interests = array(resume['interests']).map((interest) => text(interest['name'], 100));
  const location = {
    ...definedOnly({ city: text(place['city'], 100), region: text(place['region'], 100) }),
    ...parseLocation(text(place['countryCode'], 100) ?? '', 'country'),
  };
  const years = experience(work, now);
  return taken(line, {
    ...(full === undefined ? {} : { name: { full } }),
    ...definedOnly({
      title: text(basics['label'], 200) ?? text(current['position'], 200),
      employer: text(current['name'], 200),
      summary: text(basics['summary'], 20_000),
    }),
    ...(years === undefined ? {} : { experienceYears: Math.min(years, 80) }),
    ...(Object.keys(location).length === 0 ? {} : { location }),
    contactPoints: [
      ...(email === undefined ? [] : [{ kind: 'email' as const, value: email }]),
      ...(phone === undefined ? [] : [{ kind: 'phone' as const, value: phone }]),
      ...[...new Set(urls)].map((value) => ({ kind: 'profile-url' as const, value })),
    ],
    skills: [...skills.values()].slice(0, 300),
    interests: [...new Set(interests.filter((name): name is string => name !== undefined))].slice(0, 100),
    tags: [],
    externalIds: [],
  });
};
