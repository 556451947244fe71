import { grantParams } from '../workflows/entry.ts'
import { readInviting, wantedCode } from '../workflows/inviting.ts'
import { phrase } from '../workflows/phrase.ts'
import { plain } from '../workflows/spoken.ts'
import type { Line } from '../workflows/view.ts'
import { adminRefusal } from './bind.ts'
import { type Context, type Doing, type Issuing, type Reply, tell } from './command.ts'

/**
 * What follows `/hub invite`: an administrator makes an invitation, lists those that hold, or ends one.
 * @throws InputError with what to say instead
 */
export async function invite(words: string, context: Context): Promise<Doing | Issuing | Reply> {
  const { actor, read, now } = context
  const refused = adminRefusal(actor, context, 'account.invite-admin')
  if (refused) return refused
  const [first = '', second = ''] = plain(words).split(' ')
  if (lists.has(first)) return list(context)
  if (ends.has(first)) {
    const number = Number(second)
    const holds = (await read.invites()).some(one => one.number === number)
    const params = { number: second || '?' }
    if (!holds) return tell('account.invite-none', params)
    return {
      type: 'do',
      action: { type: 'revoke', person: actor.id, number },
      say: () => tell('account.invite-ended', params),
    }
  }
  return { type: 'issue', wanted: wantedCode(readInviting(words, read.directory), actor.id, now), told: true }
}

async function list({ read }: Context): Promise<Reply> {
  const invites = await read.invites()
  if (invites.length === 0) return tell('account.invites-none')
  const lines = invites.slice(0, mostListed).map((one): Line => {
    const { number, used, uses, until } = one
    const params = { ...grantParams(one, read.directory), number: String(number), used, uses, until: { date: until } }
    return { type: 'item', text: phrase('account.invites-line', params) }
  })
  const view = { tone: 'plain', title: phrase('account.invites-title'), lines, buttons: [] } as const
  return { type: 'view', private: true, view }
}

const mostListed = 20
const lists = new Set(['list', 'lista', 'listar'])
const ends = new Set(['revoke', 'end', 'stop', 'terminar', 'revocar', 'quitar'])
