import { IsString, ValidateBy, type ValidationOptions } from 'class-validator';
import { applyDecorators } from '@nestjs/common';

/** A time as a caller gave it. */
export interface GivenTime {
  readonly at: Date;
  /** `day` where only a date was given; `at` is then its first instant in UTC. */
  readonly precision: 'instant' | 'day';
}

const pattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d))?$/;

const existsOnCalendar = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  // Date.UTC takes years below 100 for the 20th century's, and moves 30 February to March.
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/**
 * ISO 8601: a date, or a date and time with an offset. Undefined for anything else, and for what no calendar or
 * clock shows, such as 30 February, which JavaScript's own parser takes for 2 March.
 */
export const parseInstant = (text: string): GivenTime | undefined => {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map((part) => Number(part ?? 0));
  if (!existsOnCalendar(year ?? 0, month ?? 0, day ?? 0) || hour > 23 || minute > 59 || second > 59) return undefined;
  return { at: new Date(text), precision: match[4] === undefined ? 'day' : 'instant' };
};

/** The time that a checked text names; a date is its first instant in UTC. Undefined where there's none. */
export const instantOf = (text: string | undefined): Date | undefined =>
  text === undefined ? undefined : parseInstant(text)?.at;

/** A string that `parseInstant` reads. */
export const IsInstant = (options: ValidationOptions = {}): PropertyDecorator =>
  applyDecorators(
    IsString(options),
    ValidateBy(
      {
        name: 'isInstant',
        validator: {
          validate: (value: unknown) => typeof value === 'string' && parseInstant(value) !== undefined,
          defaultMessage: () => 'must be an ISO 8601 time with an offset, such as 2026-03-01T09:30:00Z, or a date',
        },
      },
      options,
    ),
  );
