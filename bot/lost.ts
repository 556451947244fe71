import type { Store } from '../db/store.ts'
import type { Post } from '../workflows/change.ts'
import { InputError, RuleError } from '../workflows/errors.ts'
import type { Actor } from '../workflows/permission.ts'
import { phrase } from '../workflows/phrase.ts'
import { plainView } from '../workflows/view.ts'
import { type Lost, mayHear } from './parking.ts'
import type { Interaction } from './platform.ts'

type Due = Awaited<ReturnType<Store['inbox']['due']>>[number]

/** What was kept of something that somebody wrote, changed or took away, as it is laid aside. */
export function lostOf({ key, payload, receivedAt }: Due): Lost {
  const { message } = JSON.parse(payload) as { readonly message: Interaction }
  const { platform, account, also } = message
  const words = 'words' in message ? message.words : ''
  return { key, receivedAt, platform, whose: { account, words, ...(also === undefined ? {} : { also }) } }
}

/** Tells whoever wrote it, once, that it does not count, and why; unless they asked not to be written to. */
export async function tellWriter(writer: Actor | null, { receivedAt }: Due, error: unknown, now: number, store: Store) {
  if (!writer?.account || !(await mayHear(writer.id, store, now))) return
  const why = error instanceof RuleError ? error.phrase : error instanceof InputError && Object.values(error.fields)[0]
  const lines = [phrase('hub.not-added', { time: { time: receivedAt } }), ...(why ? [why] : [])]
  const to = { account: writer.account }
  const key = `not-added:${writer.account}:${receivedAt}`
  const post = { key, to, incident: null, thread: false, lane: 'claim', view: plainView(lines), anytime: true }
  await store.outbox.add([post as Post], now)
}
