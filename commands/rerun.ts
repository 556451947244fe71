import { parkedItem } from '../workflows/parked.ts'
import { defineCommand, tell } from './command.ts'

/** What somebody sent and could not be worked on is worked on again, at their own wish. */
export const rerun = defineCommand({
  name: 'rerun',
  summary: 'command.delivery',
  permission: 'anyone',
  about: 'nothing',
  strangers: true,
  opens: 'work',
  private: true,
  run: async ({ assumed }, { read, actor }) => {
    const found = await read.parked.find(assumed)
    if (!found || found.person !== actor.id) return tell('parked.gone')
    const action = { type: 'deliver', item: parkedItem(found), deed: 'again' } as const
    return { type: 'do', action, say: () => tell('parked.mine') }
  },
})
