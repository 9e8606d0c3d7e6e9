import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '#libs/kernel';
import { MemoryReadModel, Parking, scopeOf, type Projection } from '#libs/projecting';
import fc from 'fast-check';
import { readModels } from '../../apps/projector/src/read-models.js';
import { history, step } from '../support/any-history.js';

const RUNS = 60;
const nothingYet = { query: () => Promise.resolve([]) };

const takes = (model: MemoryReadModel, event: StoredEvent): boolean => {
  try {
    model.apply([event]);
    return true;
  } catch {
    return false;
  }
};

/** What a program makes of events that fails on some of them, sets them aside as the engine does, and takes them up once it's mended. */
const disturbed = async (
  projection: Projection,
  events: readonly StoredEvent[],
  failing: ReadonlySet<StoredEvent>,
): Promise<MemoryReadModel> => {
  const id = { projection: projection.name, version: projection.version, build: 1 };
  const parking = await Parking.load(nothingYet, id, Infinity);
  const model = new MemoryReadModel(projection);
  const aside = new Map<string, StoredEvent[]>();
  for (const event of events) {
    const [letter] = parking.split([event]).behind;
    // Whoever comes without what was set aside before, as somebody who was never added, fails by themselves.
    if (!letter && !failing.has(event) && takes(model, event)) continue;
    const scope = letter?.scope ?? scopeOf(event);
    parking.add(scope);
    aside.set(scope, [...(aside.get(scope) ?? []), event]);
  }
  for (const scope of parking.open) model.apply(aside.get(scope) ?? []);
  return model;
};

/** Of a history in which setting events aside and taking them up leaves other rows than an undisturbed run; undefined where there's none. */
const traceLeftBy = async (projection: Projection): Promise<string | undefined> => {
  const rowsOf = (model: MemoryReadModel): unknown => projection.tables.map((table) => model.rows(table));
  const property = fc.asyncProperty(
    fc.array(step, { maxLength: 60 }),
    fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
    async (steps, at) => {
      const undisturbed = new MemoryReadModel(projection);
      const events = history(steps).filter((event) => projection.handlers[event.type] && takes(undisturbed, event));
      const failing = new Set(at.flatMap((n) => events[n % events.length] ?? []));
      expect(rowsOf(await disturbed(projection, events, failing))).toEqual(rowsOf(undisturbed));
    },
  );
  return fc.asyncDefaultReportMessage(await fc.check(property, { numRuns: RUNS }));
};

describe('What was set aside and is taken up', () => {
  it.each(readModels.filter(({ spansPeople }) => !spansPeople))(
    'gives the rows of an undisturbed run: $name',
    async (projection) => {
      expect(await traceLeftBy(projection)).toBeUndefined();
    },
  );

  it.each(readModels.filter(({ spansPeople }) => spansPeople))(
    'would give others where rows span people, so that these stop instead: $name',
    async (projection) => {
      expect(await traceLeftBy(projection)).toBeDefined();
    },
  );
});
