import type { DomainEvent } from '#libs/kernel';
import { engagementClassified, type Classified, type ClassificationEvent } from '../events/classification-events.js';

const isClassified = (event: DomainEvent): event is ClassificationEvent => event.type === engagementClassified.type;

/** The verdict that counts of each fact that has one, by the fact's event id. Events in the order of the log. */
export const verdictsOf = (events: Iterable<DomainEvent>): ReadonlyMap<string, Classified> => {
  const found = new Map<string, Classified>();
  for (const event of events) if (isClassified(event)) found.set(event.data.eventId, event.data);
  return found;
};

/** Without lists of networks nobody can tell what somebody who had them saw in an address: only that it was a machine besides. */
const knowsLess = (verdict: Classified, standing: Classified): boolean =>
  standing.networks !== undefined && verdict.networks === undefined && verdict.verdict !== 'machine';

/** That lists of networks were looked into, and bear it out, is news once: what's thought without them later counts for less then. */
const knowsMore = (verdict: Classified, standing: Classified): boolean =>
  verdict.networks !== undefined && standing.networks === undefined && verdict.verdict !== 'machine';

/**
 * Whether a verdict says something new about its fact. What an older classifier thinks doesn't replace what a newer one
 * thought, nor what one without lists of networks thinks what one with them did, unless it's a machine even so; and the same
 * verdict for other reasons, or by other lists, changes nothing.
 */
export const supersedes = (verdict: Classified, standing: Classified | undefined): boolean =>
  standing === undefined ||
  (verdict.classifierVersion >= standing.classifierVersion &&
    (verdict.verdict !== standing.verdict || knowsMore(verdict, standing)) &&
    !knowsLess(verdict, standing));
