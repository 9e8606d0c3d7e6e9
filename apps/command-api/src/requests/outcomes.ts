import type { CommandOutcome } from '#libs/event-store';
import { comparePositions, type LogPosition } from '#libs/kernel';

/** What changed nothing isn't remembered: sent again, a request is answered by what it changed. */
export const hasChanged = ({ appended, duplicate }: CommandOutcome): boolean => appended > 0 || duplicate;

const later = (a: LogPosition, b: LogPosition): LogPosition => (comparePositions(a, b) < 0 ? b : a);

/** The position at which all can be read that the commands of one request changed; the first one's, if none changed anything. */
export const readableAt = (first: CommandOutcome, ...others: readonly CommandOutcome[]): LogPosition => {
  const positions = [first, ...others].filter(hasChanged).map(({ position }) => position);
  return positions.length === 0 ? first.position : positions.reduce(later);
};
