/** What the two sides of a pair know of each other, as one object in a store outside both. */
export interface LeaseRecord {
  /** The side that has the lease; '' where it was given back. */
  readonly holder: string;
  /** The side whose data is the truth: the last that was allowed to take writes. */
  readonly writer: string;
  /** One more each time another side takes the lease. */
  readonly epoch: number;
  /** One more each time the holder says that it is there. */
  readonly beat: number;
  /** Of the write that made it: who sent a write and got no answer knows by it whether it arrived. */
  readonly mark: string;
}

/** A record as it was read, with what a conditional write names it by (RFC 9110, 8.8.3). */
export interface SeenRecord {
  readonly record: LeaseRecord;
  readonly etag: string;
}

export const leaseText = ({ holder, writer, epoch, beat, mark }: LeaseRecord): string =>
  `${JSON.stringify({ holder, writer, epoch, beat, mark })}\n`;

/** The record of a text. Throws where the text is none: a lease that cannot be read is nobody's. */
export function parseLease(text: string): LeaseRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('the lease is no JSON');
  }
  const { holder, writer, epoch, beat, mark } = (value ?? {}) as Record<string, unknown>;
  if (
    typeof holder !== 'string' ||
    typeof writer !== 'string' ||
    typeof mark !== 'string' ||
    !Number.isSafeInteger(epoch) ||
    !Number.isSafeInteger(beat)
  )
    throw new Error('the lease lacks holder, writer, epoch, beat or mark');
  return { holder, writer, epoch: epoch as number, beat: beat as number, mark };
}
