import { newId } from '#libs/kernel';

/** Letters, digits and `. _ : -`, at most 64: enough for UUIDs, ULIDs and trace ids, and no email address fits. */
const acceptable = /^[A-Za-z0-9._:-]{1,64}$/;

export const CORRELATION_HEADER = 'x-correlation-id';

/** The caller's correlation id where it's usable, else a new one. A bad one isn't an error: it's only a label. */
export const correlationIdFrom = (header: string | readonly string[] | undefined): string =>
  typeof header === 'string' && acceptable.test(header) ? header : newId();
