import { EventCodec, EventLog, type RawEvent } from '#libs/event-store';
import { explainFit, mostPoints, type FitModel } from '#libs/fit';
import { Database } from '#libs/read-store';
import { idsOfPerson } from '#projections/identity';
import { drawnPeople, personHistory } from '#projections/talent-search';
import type { Ranked } from '../back-testing.js';

/** People whose histories are read at the same time. */
const AT_ONCE = 16;

/** As a search by fit has it: those first who lack nothing that must be, then those with more points. NaN before anything is known of them. */
const rankOf = (model: FitModel, history: NonNullable<ReturnType<typeof personHistory>>, at: Date): number => {
  const fit = explainFit(model, history, at.getTime());
  return fit ? fit.score + (fit.lacksMust ? 0 : mostPoints(model) + 1) : NaN;
};

/** How people would have been ranked by fit at past instants, by what had happened by then. */
export class PastFit {
  constructor(
    private readonly database: Database,
    private readonly log: EventLog,
    private readonly codec: EventCodec,
  ) {}

  /** Of at most so many people, drawn evenly by a hash of their ids and always the same. */
  async of(models: readonly FitModel[], instants: readonly Date[], people: number): Promise<readonly Ranked[]> {
    const drawn = [...(await drawnPeople(this.database, people))];
    const ranked: Ranked[] = [];
    const work = async (): Promise<void> => {
      for (let one = drawn.pop(); one; one = drawn.pop()) {
        const { candidateId, ofSeveral } = one;
        const ids = ofSeveral ? await idsOfPerson(this.database, candidateId) : [candidateId];
        const history = await this.historyOf(ids);
        if (!history) continue;
        const scores = models.map((model) => instants.map((at) => rankOf(model, history, at)));
        ranked.push({ candidateId, scores });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return ranked;
  }

  /** A fit model asks for nothing but the profile. */
  private async historyOf(ids: readonly string[]) {
    const raws = (await Promise.all(ids.map((id) => this.read(`candidate-${id}`)))).flat();
    const events = (await this.codec.decodeMany(raws)).flatMap((item) => (item.ok ? [item.event] : []));
    return personHistory(events, ids);
  }

  private async read(stream: string): Promise<readonly RawEvent[]> {
    const raws: RawEvent[] = [];
    for await (const raw of this.log.readStream(stream)) raws.push(raw);
    return raws;
  }
}
