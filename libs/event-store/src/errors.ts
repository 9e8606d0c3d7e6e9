/** The event store can't be reached, or didn't answer in time. Whether an append took effect is unknown. HTTP answers it with 503. */
export class EventStoreUnavailableError extends Error {
  constructor(cause?: unknown) {
    super('The event store is not available.', { cause });
    this.name = 'EventStoreUnavailableError';
  }
}

/** The stream isn't at the revision that the append was decided on. Nothing was appended. */
export class WrongRevisionError extends Error {
  constructor(readonly streamId: string) {
    super(`${streamId} has moved on.`);
    this.name = 'WrongRevisionError';
  }
}

/** The events of one append are more than the server takes at once (1 MiB by default). */
export class AppendTooLargeError extends Error {
  constructor() {
    super('The events of this append are larger than the event store accepts.');
    this.name = 'AppendTooLargeError';
  }
}

/** Data that doesn't fit its event's schema, or an event that can't be read. Says where, never what. */
export class InvalidEventError extends Error {
  constructor(
    readonly eventType: string,
    readonly where: string,
  ) {
    super(`${eventType} is not valid: ${where}`);
    this.name = 'InvalidEventError';
  }
}

/** A stream has an event of a type, or of a version, that only a newer release knows: nothing can be decided on it. HTTP answers it with 503. */
export class NewerEventError extends Error {
  constructor(
    readonly eventType: string,
    readonly what: string,
  ) {
    super(`The history can't be read here: ${what}.`);
    this.name = 'NewerEventError';
  }
}
