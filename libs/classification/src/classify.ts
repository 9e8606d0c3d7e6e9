import { burstsOf, type BurstReason } from './bursts.js';
import type { FactVerdict, ObservedFact, Reason } from './facts.js';
import { clientKind } from './user-agents.js';

/** Goes up with every change of what is concluded from the same facts. */
export const CLASSIFIER_VERSION = 2;

/** A person first has to see that there is a message. Scanners that wait longer show by their bursts. */
const NO_HUMAN_BEFORE_MILLISECONDS = 2_000;

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
  return [
    ...(fact.reportedAgent === 'machine' ? (['provider-says-machine'] as const) : []),
    ...(client === 'scanner' ? (['scanner-user-agent'] as const) : []),
    ...(client === 'script' ? (['script-user-agent'] as const) : []),
    ...order.filter((reason) => burst?.has(reason)),
    ...(delivered !== undefined && fact.at >= delivered && fact.at - delivered < NO_HUMAN_BEFORE_MILLISECONDS
      ? (['right-after-delivery'] as const)
      : []),
  ];
};

const judgeClick = (fact: ObservedFact): Judged =>
  clientKind(fact.userAgent) === 'browser' ? judged('human', 'browser-on-its-own') : judged('unknown', 'no-evidence');

/** An open alone never proves a human: pictures are fetched ahead, through proxies and by privacy features. */
const judgeOpen = (fact: ObservedFact, humanClicks: readonly ObservedFact[]): Judged => {
  if (humanClicks.some(({ at }) => at >= fact.at)) return judged('human', 'clicked-afterwards');
  return clientKind(fact.userAgent) === 'proxy'
    ? judged('unknown', 'proxy-user-agent')
    : judged('unknown', 'no-evidence');
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
