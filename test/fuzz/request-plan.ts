import type { Operation } from './documents.js';
import type { WireForm } from './wire-forms.js';

/** A request as it's generated and shrunk: placeholders aren't filled in yet. */
export interface RequestPlan {
  readonly operation: Operation;
  /** What's special about it. */
  readonly why: string;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Buffer | undefined;
  /** What the body says, where it's one JSON value. */
  readonly value?: unknown;
  /** Whether it reaches the operation, so that every status must be one that the document declares. */
  readonly reaches: boolean;
  /** Sent byte by byte in this form, where no HTTP client would send it. */
  readonly wire?: WireForm;
}
