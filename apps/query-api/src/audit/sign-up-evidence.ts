import { candidateConsentGiven } from '#libs/candidates';
import { streamName, type RawEvent } from '#libs/event-store';
import { isUuid } from '#libs/kernel';

interface Evidence {
  readonly kind?: string;
  readonly reference?: string;
}

/**
 * The streams of the sign-ups that a consent gives as its evidence. A caller may name a double opt-in of its own, which is
 * in no stream of ours; and one that was confirmed as somebody else, whose it stays.
 */
export const signUpsIn = ({ type, data }: RawEvent): readonly string[] => {
  if (type !== candidateConsentGiven.type) return [];
  const { kind, reference = '' } = (data as { evidence?: Evidence } | null)?.evidence ?? {};
  return kind === 'double-opt-in' && isUuid(reference) ? [streamName({ category: 'sign-up', id: reference })] : [];
};
