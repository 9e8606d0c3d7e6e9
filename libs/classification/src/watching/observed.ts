import { messageOf, type EngagementEvent } from '#libs/candidates';
import { ERASED, type StoredEvent } from '#libs/kernel';
import { classify } from '../classify.js';
import type { FactVerdict, ObservedFact } from '../facts.js';
import type { KnownNetworks } from '../networks/known-networks.js';

/** The events that are judged. */
export const judgedTypes = ['email.opened', 'email.clicked'] as const;
/** Those that aren't, and are evidence about these. */
export const evidenceTypes = ['email.delivered', 'email.unsubscribed'] as const;

const kinds: Readonly<Partial<Record<string, ObservedFact['kind']>>> = {
  'email.delivered': 'delivered',
  'email.opened': 'opened',
  'email.clicked': 'clicked',
  'email.unsubscribed': 'unsubscribed',
};

/**
 * Once technical data is erased, what's left says neither which message an act belongs to nor by what it was done. By that
 * alone nobody would know of a machine's burst any more, and `unknown` would take the place of its verdicts.
 */
const isErased = ({ data }: StoredEvent): boolean => Object.values(data as object).includes(ERASED);

const observed = (
  event: StoredEvent,
  kind: ObservedFact['kind'],
  networks: KnownNetworks | undefined,
): ObservedFact => {
  const data = event.data as Extract<EngagementEvent, { type: 'email.clicked' }>['data'];
  const network = data.ip === undefined ? undefined : networks?.kindOf(data.ip);
  return {
    eventId: event.id,
    kind,
    at: event.occurredAt.getTime(),
    ...(kind === 'opened' || kind === 'clicked' ? { reportedAgent: data.agent } : {}),
    ...(data.userAgent === undefined ? {} : { userAgent: data.userAgent }),
    ...(data.url === undefined ? {} : { url: data.url }),
    ...(network === undefined ? {} : { network }),
  };
};

/**
 * What the classifier says of everything that one person is told to have opened and clicked. Nothing of what was erased:
 * the verdict on it that stands, stays. With lists of networks each verdict says their edition, for what an address that
 * isn't on them says depends on them too.
 */
export const judge = (engagement: readonly StoredEvent[], networks?: KnownNetworks): FactVerdict[] => {
  const messages = new Map<string, ObservedFact[]>();
  for (const event of engagement) {
    const kind = kinds[event.type];
    // Without its time nothing can be said about its shape.
    if (kind === undefined || event.timePrecision !== 'instant' || isErased(event)) continue;
    const message = messageOf(event);
    const facts = messages.get(message) ?? [];
    messages.set(message, facts);
    facts.push(observed(event, kind, networks));
  }
  const verdicts = [...messages.values()].flatMap(classify);
  return networks ? verdicts.map((verdict) => ({ ...verdict, networks: networks.edition })) : verdicts;
};
