import { readFileSync } from 'node:fs';
import { ownSkills } from '../skills/own-skills.js';
import { skillForm } from '../skills/skill-form.js';
import { byKey } from './make-places.js';
import { gunzipIfNeeded } from './read-source.js';

/** Named before products that are known without them, as "Apache Maven" and "Adobe Premiere Pro". */
const makers = /^(?:Apache|Atlassian|Adobe|Autodesk) (?=\w{4})/;

/** "Integrated development environment IDE" is also "integrated development environment" and "IDE". */
const waysOfWriting = (name: string): string[] => {
  const plain = name.replace(/ software$/, '');
  const words = plain.split(' ');
  const last = words.at(-1) ?? '';
  const initials = words
    .slice(-1 - last.length, -1)
    .map((word) => word[0]?.toUpperCase() ?? '')
    .join('');
  const spelt = /^[A-Z]{2,}$/.test(last) && initials === last ? [words.slice(0, -1).join(' '), last] : [];
  return [name, plain, plain.replace(makers, ''), ...spelt];
};

/** A file of libs/taxonomy/data of O*NET's technology skills (tab-separated, with a heading). */
export const makeSkills = (technologySkills: string): ReadonlyMap<string, string> => {
  const rows = gunzipIfNeeded(readFileSync(technologySkills)).split('\n').slice(1);
  const names = new Set(rows.map((row) => row.split('\t')[2] ?? '').filter((name) => name !== ''));
  const own = new Map(
    ownSkills.flatMap(({ label, written }) => written.map((way) => [skillForm(way), label] as const)),
  );
  const labels = new Map<string, Set<string>>();
  for (const name of names) {
    const ways = waysOfWriting(name);
    const forms = new Set(ways.map(skillForm));
    const label = [...forms].map((form) => own.get(form)).find((one) => one !== undefined) ?? ways[1] ?? name;
    for (const form of forms) labels.set(form, (labels.get(form) ?? new Set()).add(label));
  }
  // What several technologies are called tells none of them, unless it's the whole name of one.
  const lines = [...labels].flatMap(([form, [label = '', ...others]]) =>
    form === '' || own.has(form) || others.length > 0 || skillForm(label) === form ? [] : [`${form}\t${label}`],
  );
  const whole = [...new Set([...labels.values()].flatMap((some) => [...some]))].map(
    (label) => `${skillForm(label)}\t${label}`,
  );
  return new Map([
    [
      'skills.tsv',
      oneEach([...whole, ...lines])
        .filter((line) => !own.has(line.slice(0, line.indexOf('\t'))))
        .toSorted(byKey)
        .join('\n'),
    ],
  ]);
};

const oneEach = (lines: readonly string[]): string[] => {
  const byForm = new Map<string, string>();
  for (const line of lines) {
    const form = line.slice(0, line.indexOf('\t'));
    if (form !== '' && !byForm.has(form)) byForm.set(form, line);
  }
  return [...byForm.values()];
};
