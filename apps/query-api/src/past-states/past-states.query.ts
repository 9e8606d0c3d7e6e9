import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { jobUnknown, stateDocument } from './job-document.js';
import type { PastStateDocument, PastStateList } from './past-state.dto.js';
import { PastStates, type AskedMoment } from './past-states.js';

const LISTED = 100;

/** Has the whole pool put together as of a past moment. */
export class RequestPastState extends Query<PastStateDocument> {
  constructor(readonly asked: AskedMoment) {
    super();
  }
}

@QueryHandler(RequestPastState)
export class RequestPastStateHandler implements IQueryHandler<RequestPastState> {
  constructor(private readonly pasts: PastStates) {}

  async execute({ asked }: RequestPastState): Promise<PastStateDocument> {
    return stateDocument(await this.pasts.request(asked));
  }
}

/** One past state, and how far it has come. */
export class GetPastState extends Query<PastStateDocument> {
  constructor(readonly id: string) {
    super();
  }
}

@QueryHandler(GetPastState)
export class GetPastStateHandler implements IQueryHandler<GetPastState> {
  constructor(private readonly pasts: PastStates) {}

  async execute({ id }: GetPastState): Promise<PastStateDocument> {
    const job = await this.pasts.jobs.one(id);
    if (job?.kind !== 'state') throw jobUnknown('past state');
    return stateDocument(job);
  }
}

/** The past states that are kept. */
export class ListPastStates extends Query<PastStateList> {}

@QueryHandler(ListPastStates)
export class ListPastStatesHandler implements IQueryHandler<ListPastStates> {
  constructor(private readonly pasts: PastStates) {}

  async execute(): Promise<PastStateList> {
    return { items: (await this.pasts.jobs.list('state', LISTED)).map(stateDocument) };
  }
}
