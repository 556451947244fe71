import { z } from 'zod'
import { SignalError } from './refusal.ts'

/** A message that went out: its time is its id (ms); `failures` says for how many recipients it failed, and why. */
export type Sent = { readonly at: number; readonly failures: readonly { readonly reason: string }[] }

const time = z.union([z.string().regex(/^\d+$/).transform(Number), z.number()]).pipe(z.number().int().positive())
const one = z.object({
  timestamp: time,
  errors: z.object({ recipients: z.array(z.object({ reason: z.string().catch('') })).nullish() }).nullish(),
})

/**
 * Reads what `/v2/send` answered: one object up to version 0.100, then a list.
 * @throws SignalError of an unknown outcome when it cannot be read, for then it went out all the same
 */
export function sentIn(answer: unknown): Sent {
  const read = z.union([one, z.array(one).min(1)]).safeParse(answer)
  const all = read.success ? [read.data].flat() : []
  const [first] = all
  if (!first) throw new SignalError({ type: 'down', sure: false, reason: 'an answer that cannot be read' })
  return { at: first.timestamp, failures: all.flatMap(({ errors }) => errors?.recipients ?? []) }
}
