import { toolName } from '../workflows/entry.ts'
import { phrase } from '../workflows/phrase.ts'
import { buttonId, type Line } from '../workflows/view.ts'
import { type Context, type Doing, defineCommand, type Issuing, type Reply, refuse, tell } from './command.ts'

const shape = {
  summary: 'command.whoami',
  permission: 'anyone',
  about: 'nothing',
  strangers: true,
  opens: 'work',
  private: true,
} as const

/** Gives whoever asks a code that joins another account of theirs to this one; typed as `/whoami link`. */
export const link = defineCommand({
  ...shape,
  name: 'link',
  // A code in the words was taken before; what is left is none.
  run: async ({ words }, context) => (words.trim() === '' ? code(context) : refuse('account.link-gone')),
})

/** Shows whoever asks their accounts, and takes off the one they press; typed as `/whoami unlink`. */
export const unlink = defineCommand({
  ...shape,
  name: 'unlink',
  run: async ({ from, words }, context) => (from === 'press' ? takeOff(words, context) : accountList(context)),
})

function code({ actor, read }: Context): Issuing | Reply {
  const known = read.directory.people.has(actor.id)
  if (!known || !actor.account) return refuse('account.link-first')
  return { type: 'issue', wanted: { type: 'link', person: actor.id, account: actor.account } }
}

function accountList({ actor, read }: Context): Reply {
  const accounts = read.directory.people.get(actor.id)?.accounts ?? []
  if (accounts.length < 2) return tell('account.unlink-only')
  const person = { person: actor.id }
  const items = accounts.map(({ id, platform }): Line => {
    const tool = toolName(platform)
    const here = id === actor.account
    return {
      type: 'item',
      text: phrase(here ? 'account.unlink-this' : 'account.unlink-account', { tool }),
      button: {
        id: buttonId('unlink', id),
        label: phrase('account.unlink-button'),
        style: 'danger',
        confirm: phrase('account.unlink-confirm', { tool, person }),
      },
    }
  })
  const title: Line = { type: 'text', text: phrase('account.unlink-which') }
  return { type: 'view', private: true, view: { tone: 'plain', title: null, lines: [title, ...items], buttons: [] } }
}

/** Takes an account off whoever asks, but for the last one, by which they are known. */
function takeOff(account: string, { actor, read }: Context): Doing | Reply {
  const accounts = read.directory.people.get(actor.id)?.accounts ?? []
  const gone = accounts.find(one => one.id === account)
  if (!gone) return refuse('account.unlink-gone')
  if (accounts.length < 2) return tell('account.unlink-only')
  const params = { tool: toolName(gone.platform), person: { person: actor.id } }
  return {
    type: 'do',
    action: { type: 'unlink', person: actor.id, account: gone.id },
    say: () => tell('account.unlink-done', params),
  }
}
