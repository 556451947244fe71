import type { DuePost } from '../db/outbox.ts'
import type { AccountId, PersonId } from '../workflows/ids.ts'
import type { Desk } from './outcome.ts'

/** Where words go whose account cannot be written to: they go `there` anyway, to an `other` account, or nowhere now. */
export type Way =
  | { readonly type: 'there' }
  | { readonly type: 'other'; readonly from: AccountId; readonly to: AccountId }
  | { readonly type: 'nowhere' }

/**
 * Finds another way to a person. What goes to every account of theirs stays there; else the next of their accounts is
 * asked, each once, on platforms that run; but a reporter is only written to in a place they did not name if they said
 * that they may be written to.
 */
export async function elsewhere(post: DuePost, person: PersonId, { store, platforms }: Desk): Promise<Way> {
  const accounts = store.roster.directory().people.get(person)?.accounts ?? []
  const from = 'account' in post.to ? post.to.account : null
  if (!from) return { type: 'nowhere' }
  const others = accounts.filter(account => account.id !== from)
  const same = post.key.includes(from) ? others.map(account => post.key.replace(from, account.id)) : []
  const states = same.length > 0 ? await store.outbox.states(same) : []
  if (states.length > 0) return { type: states.some(state => onItsWay.has(state)) ? 'there' : 'nowhere' }
  const known = post.incident ? await store.incidents.find(post.incident) : null
  if (known && known.incident.reporter === person && known.incident.contact !== 'yes') return { type: 'nowhere' }
  const at = accounts.findIndex(account => account.id === from)
  const inTurn = [...accounts.slice(at + 1), ...accounts.slice(0, Math.max(at, 0))]
  const first = inTurn.findIndex(account => account.id === post.first)
  const open = (first === -1 ? inTurn : inTurn.slice(0, first)).find(account =>
    platforms.some(platform => platform.name === account.platform),
  )
  return open ? { type: 'other', from, to: open.id } : { type: 'nowhere' }
}

const onItsWay: ReadonlySet<string> = new Set(['waiting', 'sending', 'unknown', 'again', 'sent', 'unsure'])
