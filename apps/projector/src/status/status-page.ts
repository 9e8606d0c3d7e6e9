import { decodePosition } from '#libs/kernel';
import type { ProjectionStatus } from '#libs/projecting';
import type { ProjectorStatus } from './projector-status.js';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const html = (value: unknown): string => {
  const text = value instanceof Date ? value.toISOString() : String((value as string | number | undefined) ?? '–');
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
};

const table = (head: readonly string[], rows: readonly (readonly unknown[])[]): string =>
  `<table><thead><tr>${head.map((cell) => `<th>${html(cell)}</th>`).join('')}</tr></thead><tbody>` +
  rows.map((row) => `<tr>${row.map((cell) => `<td>${html(cell)}</td>`).join('')}</tr>`).join('') +
  '</tbody></table>';

const rounded = (value: number | undefined, digits: number): string | undefined => value?.toFixed(digits);

/** How much of the log a generation that's being built has taken in. */
const built = ({ generation, position, lagPositions }: ProjectionStatus): string | undefined => {
  const at = position === undefined ? undefined : decodePosition(position)?.commit;
  if (generation !== 'building' || at === undefined || lagPositions === undefined) return undefined;
  const all = Number(at) + lagPositions;
  return all === 0 ? '100%' : `${Math.floor((100 * Number(at)) / all)}%`;
};

/** The status as a page that refreshes itself, without scripts. */
export const statusPage = ({ projections, stored }: ProjectorStatus): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="5"><title>Rapport projector</title>
<style>body{font:15px system-ui,sans-serif;margin:2rem}table{border-collapse:collapse;margin:0 0 2rem}
th,td{padding:.3rem .9rem;border-bottom:1px solid #ddd;text-align:left}</style></head><body>
<h1>Projections</h1>
${table(
  [
    'projection',
    'version',
    'build',
    'generation',
    'state',
    'built',
    'people set aside',
    'lag (s)',
    'lag (positions)',
    'pending events',
    'last batch (ms)',
    'events',
    'rows',
  ],
  projections.map((one) => [
    one.projection,
    one.version,
    one.build,
    one.generation,
    one.state,
    built(one),
    one.parkedScopes,
    rounded(one.lagSeconds, 1),
    one.lagPositions,
    one.pendingEvents,
    rounded(one.figures?.lastBatchMilliseconds, 1),
    one.figures?.events,
    one.figures?.rows,
  ]),
)}
<h2>Stored checkpoints</h2>
${
  stored
    ? table(
        [
          'projection',
          'version',
          'build',
          'generation',
          'state',
          'position',
          'last event',
          'reason',
          'at',
          'first skipped',
        ],
        stored.map((one) => [
          one.projection,
          one.version,
          one.build,
          one.generation,
          one.state,
          one.position,
          one.eventAt,
          one.reason,
          one.reasonAt,
          one.firstSkipped,
        ]),
      )
    : '<p>PostgreSQL does not answer.</p>'
}
</body></html>
`;
