import { doubleMetaphone } from 'double-metaphone';
import { formalNamesOf } from '../nicknames/nicknames.js';
import type { Features } from '../person/features.js';

/** Names that one letter less makes equal are one slip apart: a letter added, left out, changed, or two swapped. */
const withOneLetterLess = (word: string): string[] => {
  if (word.length < 4) return [word];
  const shorter = new Set([word]);
  for (let i = 0; i < word.length; i += 1) shorter.add(word.slice(0, i) + word.slice(i + 1));
  return [...shorter];
};

const sound = (word: string): string => doubleMetaphone(word)[0] || word.slice(0, 4);

/** Names that a mailbox may be made of: "jack.fisher4" of "jack" and "fisher", "jfisher" of "fisher". */
const namesIn = (local: string): string[] =>
  local
    .split(/[^\p{L}]+/u)
    .flatMap((word) => [word, word.slice(1)])
    .filter((word) => word.length > 2);

/** What a given name is filed under: each formal name that it may stand for, and how it sounds. */
const givenKeys = (given: string): string[] => [...new Set([...formalNamesOf(given), given])];

/**
 * Keys of which people have to share one to be compared at all. Each is narrow enough to hold few strangers, and between
 * them a person with an error in any one field still shares a key with the true record.
 */
export const blockingKeys = (person: Features): string[] => {
  const keys = new Set<string>();
  const { given, family } = person.name;
  const places = [person.city, person.postcode].filter((value) => value !== '');
  for (const { address, local, domain, open, shared } of person.emails) {
    keys.add(`e:${address}`);
    if (!shared && local.length >= 4) keys.add(`el:${local}`);
    keys.add(`es:${local.slice(0, 3)}:${domain.slice(0, 3)}`);
    if (!open) keys.add(`ed:${domain}`);
    for (const name of namesIn(local)) keys.add(`1:${name}`);
  }
  for (const number of person.phones) keys.add(`p:${number.slice(-9)}`);
  for (const url of person.profiles) keys.add(`u:${url}`);
  // One name alone, at whichever place: for records that tell no more.
  for (const name of [given, family]) if (name.length > 2) keys.add(`1:${name}`);
  if (given !== '' && family !== '') {
    keys.add(`n:${[sound(given), sound(family)].sort().join(':')}`);
    for (const less of withOneLetterLess(family)) keys.add(`f1:${less}:${given[0]}`);
    for (const name of givenKeys(given)) keys.add(`gf:${name}:${sound(family)}`);
    if (given.length > 3) for (const less of withOneLetterLess(given)) keys.add(`g1:${less}:${family[0]}`);
  }
  for (const place of places) {
    if (family !== '') keys.add(`fp:${sound(family)}:${place}`);
    if (given !== '') for (const name of givenKeys(given)) keys.add(`gp:${name}:${place}`);
  }
  if (person.street !== '') keys.add(`s:${person.street}`);
  if (person.employer !== '') {
    if (family !== '') keys.add(`fe:${sound(family)}:${person.employer}`);
    if (given !== '') keys.add(`ge:${given}:${person.employer}`);
  }
  return [...keys];
};
