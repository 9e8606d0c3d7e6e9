import type { LabelledPeople } from './person-file.js';

/** The same numbers for the same seed (mulberry32). */
export const randomNumbers = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const starts = 'b br c ch d f g gr h j k kl l m n p r s sch st t tr v w z'.split(' ');
const middles = 'a e i o u ai ei ia ou'.split(' ');
const ends = 'n r l s t m ck ld nd rt son ner man ton sen ski ley'.split(' ');
const formal =
  'james mary robert patricia john jennifer michael linda david elizabeth william barbara richard susan joseph jessica thomas sarah charles karen christopher lisa daniel nancy matthew betty anthony margaret mark sandra donald ashley steven kimberly paul emily andrew donna joshua michelle kenneth carol kevin amanda brian dorothy george melissa timothy deborah ronald stephanie edward rebecca jason sharon jeffrey laura ryan cynthia jacob kathleen gary amy nicholas angela eric shirley jonathan anna stephen brenda larry pamela justin emma scott nicole brandon helen benjamin samantha samuel katherine gregory christine alexander debra patrick rachel frank carolyn raymond janet jack catherine dennis maria jerry heather'.split(
    ' ',
  );
const shortForms: Readonly<Record<string, string>> = {
  james: 'jim',
  robert: 'bob',
  john: 'jack',
  jennifer: 'jen',
  michael: 'mike',
  david: 'dave',
  elizabeth: 'liz',
  william: 'bill',
  richard: 'rick',
  susan: 'sue',
  joseph: 'joe',
  thomas: 'tom',
  christopher: 'chris',
  daniel: 'dan',
  matthew: 'matt',
  margaret: 'peggy',
  steven: 'steve',
  andrew: 'andy',
  kenneth: 'ken',
  timothy: 'tim',
  edward: 'ted',
  rebecca: 'becky',
  jeffrey: 'jeff',
  nicholas: 'nick',
  benjamin: 'ben',
  samuel: 'sam',
  katherine: 'kate',
  alexander: 'alex',
  patrick: 'pat',
  catherine: 'cathy',
};
const openDomains = ['gmail.com', 'yahoo.com', 'hotmail.com', 'outlook.com', 'icloud.com'];

/**
 * People as a CRM has them, every tenth of them two to four times: with misspelt, short, swapped and missing names, an
 * old and a new address, another employer. A few names are as common as in life: the commonest of each list falls to
 * one in a dozen, as Zipf has it.
 */
export const generatedPeople = (count: number, seed = 1): LabelledPeople => {
  const next = randomNumbers(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)];
  /** The lower the index, the commoner. */
  const common = <T>(list: readonly T[]): T => list[Math.min(list.length - 1, Math.floor(list.length ** next()) - 1)];
  const word = (syllables: number): string =>
    Array.from({ length: syllables }, () => pick(starts) + pick(middles)).join('') + pick(ends);
  const given = [...formal, ...Array.from({ length: 1_500 }, () => word(1 + Math.floor(next() * 2)))];
  const families = Array.from({ length: 20_000 }, () => word(1 + Math.floor(next() * 2)));
  const cities = Array.from({ length: 400 }, () => word(2));
  const employers = Array.from({ length: 5_000 }, () => `${word(1)} ${word(1)}`);

  /** A letter changed, added, left out, or two swapped. */
  const misspelt = (text: string): string => {
    if (text.length < 4) return text;
    const at = 1 + Math.floor(next() * (text.length - 2));
    const letter = String.fromCharCode(97 + Math.floor(next() * 26));
    const [before, one, two, after] = [text.slice(0, at), text[at], text[at + 1] ?? '', text.slice(at + 2)];
    return pick([
      before + letter + two + after,
      before + one + letter + two + after,
      before + two + after,
      before + two + one + after,
    ]);
  };
  const sometimes = <T>(chance: number, value: T): T | undefined => (next() < chance ? value : undefined);

  const taken = new Set<string>();
  /** As a provider gives them out: each once. */
  const mailbox = (local: string, domain: string): string => {
    let address = `${local}@${domain}`;
    for (let number = 2; taken.has(address); number += 1) address = `${local}${number}@${domain}`;
    taken.add(address);
    return address;
  };

  const person = () => {
    const [first, last, employer] = [common(given), common(families), common(employers)];
    const local = pick([
      `${first}.${last}`,
      `${first[0]}${last}`,
      `${first}${last}${Math.floor(next() * 99)}`,
      `${last}.${first[0]}`,
    ]);
    return {
      first,
      last,
      employer,
      city: common(cities),
      emails: [mailbox(local, pick(openDomains)), mailbox(`${first}.${last}`, `${employer.replace(' ', '')}.com`)],
      phone: `+1${2 + Math.floor(next() * 8)}${String(Math.floor(next() * 1e9)).padStart(9, '0')}`,
      profile: `https://www.linkedin.com/in/${first}-${last}-${Math.floor(next() * 1e6).toString(36)}`,
    };
  };

  const records: LabelledPeople['records'][number][] = [];
  const truth: string[] = [];
  const record = (who: ReturnType<typeof person>, entity: number, again: boolean): void => {
    const err = (text: string): string => (again && next() < 0.12 ? misspelt(text) : text);
    const first = again && next() < 0.2 ? (shortForms[who.first] ?? who.first) : err(who.first);
    const [givenName, familyName] = again && next() < 0.02 ? [err(who.last), first] : [first, err(who.last)];
    records.push({
      id: String(records.length),
      givenName: sometimes(0.97, givenName),
      familyName: sometimes(0.97, familyName),
      emails: next() < 0.8 ? [err(pick(who.emails))] : [],
      phones: next() < 0.4 ? [who.phone] : [],
      profileUrls: next() < 0.4 ? [who.profile] : [],
      city: sometimes(0.8, err(again && next() < 0.1 ? common(cities) : who.city)),
      employer: sometimes(0.7, again && next() < 0.3 ? common(employers) : who.employer),
    });
    truth.push(String(entity));
  };
  for (let entity = 0; records.length < count; entity += 1) {
    const who = person();
    record(who, entity, false);
    if (next() >= 0.1) continue;
    const more = 1 + Math.floor(next() ** 2 * 3);
    for (let copy = 0; copy < more && records.length < count; copy += 1) record(who, entity, true);
  }
  // In any order, as they'd come.
  const order = records.map((_, index) => ({ index, key: next() })).sort((a, b) => a.key - b.key);
  return {
    records: order.map(({ index }) => records[index]),
    truth: order.map(({ index }) => truth[index]),
  };
};
