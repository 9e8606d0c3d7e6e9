import type { CustomField, CustomFieldType } from '#libs/candidates';
import { describe, expect, it } from '@jest/globals';
import { createReadStream, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { readApplicants } from './applicants.js';
import { columnMapping } from './column-mapping.js';
import { readCsvCandidates } from './csv-candidates.js';
import { parseInstant } from './dates.js';
import { readInteractions } from './interactions-ndjson.js';
import { readJsonResume } from './json-resume.js';
import { parseLocation } from './location-text.js';

const data = new URL('../../../../test/data/', import.meta.url);
const all = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
};

describe('A CSV file of candidates', () => {
  const read = (text: string, map: string[] = []) =>
    all(readCsvCandidates(Readable.from([text]), { mapping: columnMapping(map), system: 'greenhouse' }));

  it('is read with the headers of the usual exports', async () => {
    const [first] = await read(
      '\uFEFFFirst Name,last_name,E-Mail,Company,Title,Location,tags,source,created_at,id\n' +
        'Ada,Lovelace,ada@example.org,"Analytical, Inc.",Engineer,"London, England, United Kingdom",alumni;speaker,LinkedIn,2024-03-01,77\n',
    );
    expect(first).toEqual({
      line: 2,
      ok: true,
      value: {
        name: { full: 'Ada Lovelace', given: 'Ada', family: 'Lovelace' },
        title: 'Engineer',
        employer: 'Analytical, Inc.',
        addedAt: new Date('2024-03-01T00:00:00Z'),
        location: { city: 'London', region: 'England', country: 'GB' },
        contactPoints: [{ kind: 'email', value: 'ada@example.org' }],
        skills: [],
        interests: [],
        tags: ['alumni', 'speaker'],
        externalIds: [{ system: 'greenhouse', id: '77' }],
        source: { kind: 'social-media', name: 'LinkedIn' },
      },
    });
  });

  it('gives no record with a text that no store takes', async () => {
    const rows = await read('name,Company,City,tags\nAda,Acme,London,\nB\0b,,,\nC,A\0cme,,\nD,,,one;t\0wo\n');
    expect(rows.map((row) => row.ok || [row.line, row.problem.code, row.problem.message])).toEqual([
      true,
      [3, 'unwritable-text', 'name must hold neither NUL nor broken Unicode.'],
      [4, 'unwritable-text', 'employer must hold neither NUL nor broken Unicode.'],
      [5, 'unwritable-text', 'tags must hold neither NUL nor broken Unicode.'],
    ]);
  });

  it('takes a mapping for other headers, and says which columns it left out', async () => {
    const ignored: string[] = [];
    const rows = await all(
      readCsvCandidates(Readable.from(['Kandidat,Ort,Schuhgröße\nAda Lovelace,London,37\n']), {
        mapping: columnMapping(['Kandidat=fullName', 'Ort=city']),
        system: 'x',
        onIgnored: (headers) => ignored.push(...headers),
      }),
    );
    expect(rows[0]).toMatchObject({
      ok: true,
      value: { name: { full: 'Ada Lovelace' }, location: { city: 'London' } },
    });
    expect(ignored).toEqual(['Schuhgröße']);
    expect(() => columnMapping(['Kandidat=nickname'])).toThrow('there is no field "nickname"');
  });

  it('takes columns for custom fields, each of its type, and refuses the records that do not fit', async () => {
    const field = (key: string, type: CustomFieldType, options?: string[]): [string, CustomField] => [
      key,
      { key, label: key, type, personal: false, retired: false, ...(options ? { options } : {}) },
    ];
    const customFields = new Map([
      field('visa', 'choice', ['None needed', 'H-1B']),
      field('shifts', 'multi-choice', ['Early', 'Late, or night']),
      field('pay', 'number'),
      field('moves', 'boolean'),
      field('free-from', 'date'),
    ]);
    const rows = await all(
      readCsvCandidates(
        Readable.from([
          'name,Visa,Shifts,Pay,Moves,Free\nAda,h-1b,Early;early,-0.5,Yes,2026-02-28\nBob,,"Late, or night",,no,\n' +
            'C,O-1,,,,\nD,,Noon,,,\nE,,,1e3,,\nF,,,,maybe,\nG,,,,,2026-02-30\n',
        ]),
        {
          mapping: columnMapping([
            'Visa=custom:visa',
            'Shifts=custom:shifts',
            'Pay=custom:pay',
            'Moves=custom:moves',
            'Free=custom:free-from',
          ]),
          system: 'x',
          customFields,
        },
      ),
    );
    expect(rows.slice(0, 2).map((row) => row.ok && row.value.customFields)).toEqual([
      { visa: 'H-1B', shifts: ['Early'], pay: -0.5, moves: true, 'free-from': '2026-02-28' },
      { shifts: ['Late, or night'], moves: false },
    ]);
    expect(rows.slice(2).map((row) => !row.ok && [row.line, row.problem.code, row.problem.message])).toEqual([
      [4, 'bad-custom-value', 'custom:visa must be one of the declared options.'],
      [5, 'bad-custom-value', 'custom:shifts must be a list of declared options.'],
      [6, 'bad-custom-value', expect.stringMatching(/^custom:pay must be a number between/)],
      [7, 'bad-custom-value', 'custom:moves must be true, yes, 1, false, no or 0.'],
      [8, 'bad-custom-value', 'custom:free-from must be a date: YYYY-MM-DD.'],
    ]);
  });

  it('refuses records one by one, with their lines and without their values', async () => {
    const rows = await read(
      'name,email,created_at,experience_years\n"A\nB",not-an-address,,\nC,,2023-02-30,\nD,,,many\n,,,\nE,,,3\n',
    );
    expect(rows.map((row) => (row.ok ? 'ok' : row.problem.code))).toEqual([
      'bad-email',
      'bad-date',
      'bad-number',
      'nobody',
      'ok',
    ]);
    expect(JSON.stringify(rows.filter((row) => !row.ok))).not.toContain('not-an-address');
  });
});

describe('A JSON Resume', () => {
  it.each([
    ['sample.resume.json', 'Richard Hendriks'],
    ['new-grad.resume.json', undefined],
    ['senior-engineer.resume.json', undefined],
  ])('%s is read', (file, name) => {
    const resume = readJsonResume(readFileSync(new URL(`profiles/${file}`, data), 'utf8'), 1, new Date('2026-01-01'));
    expect(resume).toMatchObject({
      ok: true,
      value: { name: { full: name ?? expect.any(String) }, skills: expect.any(Array) },
    });
  });

  it('counts overlapping jobs once, and the open one until now', () => {
    const resume = readJsonResume(
      JSON.stringify({
        basics: { name: 'A' },
        work: [
          { startDate: '2016-01-01', endDate: '2020-01-01' },
          { startDate: '2018', endDate: '2021-01' },
          { startDate: '2024-01' },
        ],
      }),
      1,
      new Date('2026-01-01'),
    );
    expect(resume).toMatchObject({ value: { experienceYears: 7 } });
  });

  it('copes with what is missing or of another type, and refuses what names nobody', () => {
    expect(
      readJsonResume('{"basics":{"name":"A","location":"here","profiles":[{}]},"skills":[{"name":3}]}', 1, new Date()),
    ).toMatchObject({
      ok: true,
      value: { name: { full: 'A' }, skills: [] },
    });
    expect(readJsonResume('{"work":[]}', 4, new Date())).toMatchObject({
      ok: false,
      problem: { line: 4, code: 'nobody' },
    });
    expect(readJsonResume('nonsense', 1, new Date())).toMatchObject({ problem: { code: 'bad-json' } });
  });

  it('is refused for a text that no store takes, and cuts no character in half', () => {
    const named = (name: string) => readJsonResume(JSON.stringify({ basics: { name } }), 1, new Date());
    expect(named('Ada\0 Lovelace')).toMatchObject({ problem: { line: 1, code: 'unwritable-text' } });
    expect(named('Ada \ud83d')).toMatchObject({ problem: { line: 1, code: 'unwritable-text' } });
    const long = `${'a'.repeat(199)}\u{1F600}`;
    expect(named(`${long}b`)).toMatchObject({ value: { name: { full: long } } });
  });
});

describe('A file of interactions', () => {
  it('gives no interaction with a text that no store takes', async () => {
    const line = '{"email":"ada@example.org","type":"call.made","occurredAt":"2026-01-01","data":{"note":"a NOTE"}}';
    const lines = ['b', '\\u0000', '\\ud83d'].map((part) => line.replace('NOTE', part));
    const rows = await all(readInteractions(Readable.from([lines.join('\n')])));
    expect(rows.map((row) => row.ok || [row.line, row.problem.code])).toEqual([
      true,
      [2, 'unwritable-text'],
      [3, 'unwritable-text'],
    ]);
  });
});

describe('The applicants file', () => {
  it('gives the known funnel', async () => {
    const rows = await all(readApplicants(createReadStream(new URL('funnel/applicants_2500.csv', data))));
    const funnel = new Map<string, number[]>();
    for (const row of rows) {
      if (!row.ok) throw new Error(row.problem.message);
      const counts = funnel.get(row.value.source.name) ?? [0, 0, 0, 0, 0];
      funnel.set(
        row.value.source.name,
        counts.map((count, i) => count + (i <= row.value.stages.length ? 1 : 0)),
      );
    }
    expect(Object.fromEntries(funnel)).toEqual({
      LinkedIn: [1251, 1036, 546, 198, 141],
      'Job board': [813, 431, 189, 41, 25],
      'Careers page': [436, 303, 141, 46, 26],
    });
  });
});

describe('Dates and places', () => {
  it('accepts days that exist, at any precision, and instants with an offset', () => {
    expect(parseInstant('2024-02-29')).toEqual(new Date('2024-02-29T00:00:00Z'));
    expect(parseInstant('2023-02-29')).toBeUndefined();
    expect(parseInstant('2024')).toEqual(new Date('2024-01-01T00:00:00Z'));
    expect(parseInstant('2024-03-01T10:00:00+01:00')).toEqual(new Date('2024-03-01T09:00:00Z'));
    expect(parseInstant('2024-03-01T10:00:00')).toBeUndefined();
    expect(parseInstant('yesterday')).toBeUndefined();
  });

  it('splits places', () => {
    expect(parseLocation('Austin, TX')).toEqual({ city: 'Austin', region: 'TX' });
    expect(parseLocation('Austin, TX, US')).toEqual({ city: 'Austin', region: 'TX', country: 'US' });
    expect(parseLocation('Berlin, Germany')).toEqual({ city: 'Berlin', country: 'DE' });
    expect(parseLocation('Atlantis', 'country')).toEqual({});
  });
});
