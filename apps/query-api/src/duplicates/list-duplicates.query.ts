import { Database } from '#libs/read-store';
import { duplicates, likelyPeople } from '#projections/duplicates';
import { identity, personIdsOf, pairDecisions } from '#projections/identity';
import { candidatesById, talentSearch } from '#projections/talent-search';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Freshness } from '../freshness/freshness.js';
import { pageAfter } from '../page-after.js';
import { given } from '../plain.js';
import { badCursor } from '../problems.js';
import type { DuplicatesQuery, LikelyPeoplePageDocument } from './duplicates.dto.js';

/** Who is likely there twice, and undecided. */
export class ListDuplicates extends Query<LikelyPeoplePageDocument> {
  constructor(readonly options: DuplicatesQuery) {
    super();
  }
}

@QueryHandler(ListDuplicates)
export class ListDuplicatesHandler implements IQueryHandler<ListDuplicates> {
  constructor(
    private readonly freshness: Freshness,
    private readonly database: Database,
  ) {}

  async execute({
    options: { after, minBits, owner, limit, cursor },
  }: ListDuplicates): Promise<LikelyPeoplePageDocument> {
    await this.freshness.reach(after, duplicates.name, identity.name, talentSearch.name);
    const wanted = { minBits, limit, ...given({ owner, cursor }) };
    const page = await pageAfter(cursor, () => likelyPeople(this.database, wanted, pairDecisions));
    if (!page.ok) throw badCursor();
    const ids = page.value.items.flatMap(({ candidateIds }) => candidateIds);
    const [people, persons] = await Promise.all([candidatesById(this.database, ids), personIdsOf(this.database, ids)]);
    const candidateOf = (candidateId: string) => {
      const { name = null, title = null, owner: itsOwner = null } = people.get(candidateId) ?? {};
      return { candidateId, personId: persons.get(candidateId) ?? candidateId, name, title, owner: itsOwner };
    };
    const items = page.value.items.map(({ candidateIds, pairs }) => ({
      candidates: candidateIds.map(candidateOf),
      pairs: pairs.map((pair) => ({
        ...pair,
        candidateIds: [...pair.candidateIds],
        reasons: pair.reasons.map((reason) => ({ ...reason })),
      })),
    }));
    return { items, nextCursor: page.value.nextCursor };
  }
}
