/** Where a page of records ended. */
export interface RecordCursor {
  readonly searchedAt: Date;
  readonly id: string;
}

const form = /^(\d{1,15})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export const encodeRecordCursor = ({ searchedAt, id }: RecordCursor): string => `${searchedAt.getTime()}_${id}`;

/** Undefined for what isn't one. */
export const decodeRecordCursor = (text: string): RecordCursor | undefined => {
  const [, time, id] = form.exec(text) ?? [];
  return time === undefined || id === undefined ? undefined : { searchedAt: new Date(Number(time)), id };
};
