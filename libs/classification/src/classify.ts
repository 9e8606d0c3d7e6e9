import { burstsOf, type BurstReason } from './bursts.js';
import type { FactVerdict, ObservedFact, Reason } from './facts.js';
import { clientKind } from './user-agents.js';

/** Goes up with every change of what is concluded from the same facts. Other lists of networks are other facts. */
export const CLASSIFIER_VERSION = 2;

/** A person first has to see that there is a message. Scanners that wait longer show by their bursts. */
const NO_HUMAN_BEFORE_MILLISECONDS = 2_000;

/**
 * Of 836 bursts (craft-campaign#546) 69 % began within a minute of sending. Whoever clicks that soon from a data centre has
 * most likely been given the message to examine it; later, a person at a desktop in the cloud is as likely.
 */
const EXAMINED_WITHIN_MILLISECONDS = 60_000;

type Judged = Pick<FactVerdict, 'verdict' | 'reasons'>;
const judged = (verdict: FactVerdict['verdict'], ...reasons: Reason[]): Judged => ({ verdict, reasons });

const order: readonly BurstReason[] = ['many-links-at-once', 'many-clicks-at-once', 'unsubscribe-link-too'];

const machineReasons = (
  fact: ObservedFact,
  bursts: ReadonlyMap<string, ReadonlySet<BurstReason>>,
  delivered: number | undefined,
): Reason[] => {
  const client = clientKind(fact.userAgent);
  const burst = bursts.get(fact.eventId);
  const within = (milliseconds: number): boolean =>
    delivered !== undefined && fact.at >= delivered && fact.at - delivered < milliseconds;
  return [
    ...(fact.reportedAgent === 'machine' ? (['provider-says-machine'] as const) : []),
    ...(client === 'scanner' ? (['scanner-user-agent'] as const) : []),
    ...(client === 'script' ? (['script-user-agent'] as const) : []),
    ...(fact.network === 'gateway' ? (['gateway-address'] as const) : []),
    ...order.filter((reason) => burst?.has(reason)),
    ...(within(NO_HUMAN_BEFORE_MILLISECONDS) ? (['right-after-delivery'] as const) : []),
    ...(fact.kind === 'clicked' && fact.network === 'data-centre' && within(EXAMINED_WITHIN_MILLISECONDS)
      ? (['data-centre-after-delivery'] as const)
      : []),
  ];
};

const judgeClick = (fact: ObservedFact): Judged => {
  if (fact.network === 'data-centre') return judged('unknown', 'data-centre-address');
  return clientKind(fact.userAgent) === 'browser'
    ? judged('human', 'browser-on-its-own')
    : judged('unknown', 'no-evidence');
};

/** An open alone never proves a human: pictures are fetched ahead, through proxies and by privacy features. */
const judgeOpen = (fact: ObservedFact, humanClicks: readonly ObservedFact[]): Judged => {
  const isProxy = clientKind(fact.userAgent) === 'proxy';
  // A scanner had the message before the human who clicked. The proxy of Gmail is in a data centre whoever reads.
  if (fact.network === 'data-centre' && !isProxy) return judged('unknown', 'data-centre-address');
  if (humanClicks.some(({ at }) => at >= fact.at)) return judged('human', 'clicked-afterwards');
  return isProxy ? judged('unknown', 'proxy-user-agent') : judged('unknown', 'no-evidence');
};

/**
 * Who opened and clicked, from everything that's known of one message to one person. Facts in any order; the same facts
 * always give the same verdicts, in the order of the facts. Deliveries and unsubscriptions are evidence and get none.
 */
export const classify = (facts: readonly ObservedFact[]): FactVerdict[] => {
  const bursts = burstsOf(facts);
  const deliveries = facts.filter(({ kind }) => kind === 'delivered').map(({ at }) => at);
  const delivered = deliveries.length === 0 ? undefined : Math.min(...deliveries);
  const judge = (fact: ObservedFact, otherwise: () => Judged): Judged => {
    const reasons = machineReasons(fact, bursts, delivered);
    return reasons.length > 0 ? judged('machine', ...reasons) : otherwise();
  };
  const humanClicks = facts.filter(
    (fact) => fact.kind === 'clicked' && judge(fact, () => judgeClick(fact)).verdict === 'human',
  );
  return facts.flatMap((fact): FactVerdict[] => {
    if (fact.kind !== 'opened' && fact.kind !== 'clicked') return [];
    const verdict = judge(fact, () => (fact.kind === 'clicked' ? judgeClick(fact) : judgeOpen(fact, humanClicks)));
    return [{ eventId: fact.eventId, classifierVersion: CLASSIFIER_VERSION, ...verdict }];
  });
};
