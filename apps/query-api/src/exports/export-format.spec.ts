import type { Person } from '#projections/talent-search';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { exportColumns, valueOf } from './export-columns.js';
import { formatWriters } from './export-format.js';

const person = (more: Partial<Person>): Person => ({
  id: '6f1c9b52-7d4e-4a0b-9a51-2f8c1d3e4b5a',
  revision: 0,
  name: null,
  title: null,
  employer: null,
  occupations: [],
  location: { city: null, region: null, country: null },
  place: null,
  experienceYears: null,
  skills: [],
  tags: [],
  interests: [],
  emails: [],
  phones: [],
  profileUrls: [],
  customFields: [],
  source: null,
  availability: null,
  languages: [],
  owner: null,
  addedAt: new Date('2026-01-01'),
  lastHumanContactAt: null,
  lastInteractionAt: null,
  ...more,
});
const { csv, ndjson } = formatWriters;

describe('An export', () => {
  it('has the columns that were asked for, in that order, in both formats', () => {
    const ada = person({ name: 'Ada', phones: ['+15125550100', '+15125550101'], experienceYears: 8 });
    const columns = ['experienceYears', 'name', 'phones', 'title'] as const;
    expect(csv.head(columns) + csv.lines([ada], columns)).toBe(
      'experienceYears,name,phones,title\r\n8,Ada,"\'+15125550100; +15125550101",\r\n'.replaceAll('"', ''),
    );
    expect(ndjson.head(columns) + ndjson.lines([ada], columns)).toBe(
      '{"experienceYears":8,"name":"Ada","phones":["+15125550100","+15125550101"],"title":null}\n',
    );
  });

  it('as CSV holds what anybody’s data says, and no cell begins as a formula does', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc
        .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '＝'), fc.string({ maxLength: 9 }))
        .map((parts) => parts.join('')),
      fc.constantFrom('=HYPERLINK("https://evil.example","Ada")', 'a,"b"\r\nc', ' =1+1', "'", '"', '-2.5'),
    );
    const columns = ['id', 'name', 'title', 'skills'] as const;
    fc.assert(
      fc.property(
        fc.array(fc.record({ name: text, title: text, skill: text }), { minLength: 1, maxLength: 5 }),
        (all) => {
          const people = all.map(({ name, title, skill }) =>
            person({ name, title, skills: [{ name: skill, years: 1 }] }),
          );
          const rows = parse(csv.lines(people, columns));
          expect(rows).toHaveLength(people.length);
          rows.forEach((row, n) => {
            const told = [all[n]?.name, all[n]?.title, all[n]?.skill];
            row.slice(1).forEach((cell, at) => {
              expect(cell).not.toMatch(/^[=+\-@\t\r＝]/);
              expect([told[at], `'${told[at]}`]).toContain(cell);
            });
          });
        },
      ),
    );
  });

  it('has a value for every column of everybody', () => {
    const values = exportColumns.map((column) => valueOf(person({}), column));
    expect(values).not.toContain(undefined);
    expect(new Set(exportColumns).size).toBe(values.length);
  });
});
