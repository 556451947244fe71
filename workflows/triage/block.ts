import type { Block } from '../batch.ts'
import { type Actor, actsAs } from '../permission.ts'
import { phrase } from '../phrase.ts'
import { buttonId, type Line, plainView, type View } from '../view.ts'

const most = 10

/** True if the person may keep that sender out: any coordinator a stranger, but the roster's own takes the network. */
export function mayBlock(actor: Actor, sender: { readonly vetted: boolean }): boolean {
  if (!sender.vetted) return actsAs(actor, 'coordinator')
  return actor.roles.includes('admin') || (actsAs(actor, 'coordinator') && actor.regions === 'all')
}

/** Who is kept out now, by whom and why, each with the way back. */
export function blockedView(blocks: readonly Block[]): View {
  if (blocks.length === 0) return plainView([phrase('triage.blocked-none')])
  const lines = blocks.slice(0, most).map(({ person, by, at, reason }): Line => {
    const because = reason ? phrase('post.because', { words: { words: reason } }) : ''
    return {
      type: 'item',
      text: phrase('triage.blocked-line', {
        person: { person },
        by: { person: by },
        at: { date: at },
        reason: because,
      }),
      button: { id: buttonId('triage', '', `unblock.${person}`), label: phrase('triage.button-unblock') },
    }
  })
  return { tone: 'plain', title: phrase('triage.blocked-title', { count: blocks.length }), lines, buttons: [] }
}
