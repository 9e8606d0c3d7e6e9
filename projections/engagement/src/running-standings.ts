import type { Rows } from '#libs/projecting';
import { advance, comesNext, type Fact, type Standing } from '#libs/scoring';
import { standingColumns, standingIn, type ScoreRow } from './standing-row.js';
import type { Standings } from './tables.js';

/** What the events of a batch have come to so far, by person: columns are made of it once, when the batch ends. */
const running = new WeakMap<Rows, Map<string, Standing>>();

const runningIn = (rows: Rows): Map<string, Standing> => {
  const known = running.get(rows) ?? new Map<string, Standing>();
  running.set(rows, known);
  return known;
};

/** Takes in a signal that came after everything before; false, with nothing done, for one that didn't. */
export const takeIn = (by: Standings, rows: Rows, known: ScoreRow, fact: Fact): boolean => {
  const personId = known.candidate_id;
  const standings = runningIn(rows);
  const standing = standings.get(personId) ?? standingIn(known, by.groups);
  if (!comesNext(standing, fact.at)) return false;
  standings.set(personId, advance(by.model, standing, fact));
  rows.afterwards(`standing ${personId}`, () => {
    const last = standings.get(personId);
    const stored = rows.fetch(by.scores, { candidate_id: personId });
    // Whoever is reckoned from all that happened isn't reckoned by this.
    if (last && stored && !rows.awaits(personId)) rows.put(by.scores, { ...stored, ...standingColumns(last, by) });
  });
  return true;
};

/** The rows say by themselves how these stand: they were reckoned anew. */
export const forgetRunning = (rows: Rows, ids: readonly string[]): void => {
  for (const id of ids) running.get(rows)?.delete(id);
};
