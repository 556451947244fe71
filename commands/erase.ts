import { erasureView } from '../workflows/erasure.ts'
import { type Context, type Doing, defineCommand, type Reply, tell } from './command.ts'

/** Erases whoever asks, once they have read what goes and what stays. */
export const erase = defineCommand({
  name: 'erase',
  summary: 'command.erase',
  permission: 'anyone',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, context) => (request.words === 'confirm' ? doErase(context) : eraseView(context)),
})

/** What goes and what stays, with the button that does it. */
export async function eraseView({ read, actor }: Context): Promise<Reply> {
  const own = { regions: 'all', viewer: actor.id, limit: most } as const
  const claims = await read.incidents.list({ ...own, claimer: actor.id, open: true })
  const reports = await read.incidents.list({ ...own, reporter: actor.id })
  const heldBack = reports.items.filter(incident => incident.hold)
  return { type: 'view', view: erasureView(await read.held(actor.id), claims.items, heldBack), private: true }
}

async function doErase({ read, actor }: Context): Promise<Doing> {
  const list = { regions: 'all', viewer: actor.id, claimer: actor.id, open: true, limit: most } as const
  const { items } = await read.incidents.list(list)
  return {
    type: 'do',
    action: { type: 'erase', person: actor.id, claims: items.map(incident => incident.id) },
    say: () => tell('privacy.erased'),
  }
}

const most = 200
