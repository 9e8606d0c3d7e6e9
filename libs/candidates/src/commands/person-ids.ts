/** Tells who is one person. Another context decides that: which of its services answers is the app's to say. */
export abstract class PersonIds {
  /** All ids of whoever has this one, by what the store knows at the moment of asking. */
  abstract idsOf(candidateId: string): Promise<readonly string[]>;
}
