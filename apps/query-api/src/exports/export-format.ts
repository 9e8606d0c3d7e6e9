import type { Person } from '#projections/talent-search';
import { stringify } from 'csv-stringify/sync';
import { valueOf, type ExportColumn } from './export-columns.js';

export const exportFormats = ['csv', 'ndjson'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface FormatWriter {
  readonly mediaType: string;
  /** What comes before everybody. */
  readonly head: (columns: readonly ExportColumn[]) => string;
  readonly lines: (people: readonly Person[], columns: readonly ExportColumn[]) => string;
}

/**
 * RFC 4180. A cell that a spreadsheet would take for a formula, since it begins with = + - @, a tab or a carriage return, gets an
 * apostrophe in front.
 */
const csvLines = (cells: readonly (readonly (string | number | null)[])[]): string =>
  stringify(
    cells.map((row) => [...row]),
    // A line break of any kind is quoted, not only the one that ends lines here.
    { escape_formulas: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  );

const cellOf = (value: ReturnType<typeof valueOf>): string | number | null => {
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'object' && value !== null ? value.join('; ') : value;
};

export const formatWriters: Readonly<Record<ExportFormat, FormatWriter>> = {
  csv: {
    mediaType: 'text/csv; charset=utf-8; header=present',
    head: (columns) => csvLines([columns]),
    lines: (people, columns) =>
      csvLines(people.map((person) => columns.map((column) => cellOf(valueOf(person, column))))),
  },
  ndjson: {
    mediaType: 'application/x-ndjson',
    head: () => '',
    lines: (people, columns) =>
      people
        .map((person) => Object.fromEntries(columns.map((column) => [column, valueOf(person, column)])))
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
  },
};
