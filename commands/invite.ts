import { adminsOnly, grantParams } from '../workflows/entry.ts'
import { readInviting, wantedCode } from '../workflows/inviting.ts'
import { phrase } from '../workflows/phrase.ts'
import { plain } from '../workflows/spoken.ts'
import type { Line } from '../workflows/view.ts'
import { type Context, type Doing, defineCommand, type Issuing, type Reply, tell } from './command.ts'

/** Lets an administrator make an invitation, list those that hold, or end one; typed as `/hub invite`. */
export const invite = defineCommand({
  name: 'invite',
  summary: 'command.hub',
  permission: 'anyone',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async ({ words }, context) => {
    const refused = adminsOnly(context.actor, context.read.directory, 'account.invite-admin')
    return refused ? { type: 'refused', phrase: refused } : invited(words, context)
  },
})

async function invited(words: string, context: Context): Promise<Doing | Issuing | Reply> {
  const { actor, read, now } = context
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
