import { maySee } from '../workflows/permission.ts'
import { isTheirs, readStuck, type Stuck, type StuckItem, stuckList, stuckOne } from '../workflows/stuck.ts'
import { type Context, type Doing, defineCommand, type Reply, refuse, tell } from './command.ts'

/** Shows what did not go out, newest first, and lets a coordinator send it again, leave it, or say that it arrived. */
export const delivery = defineCommand({
  name: 'delivery',
  summary: 'command.delivery',
  usage: 'usage.none',
  permission: 'deliver',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const { read } = context
    const list = await theirs(context)
    const asked = request.from === 'press' ? readStuck(request.assumed) : null
    if (!asked) return { type: 'view', private: true, view: stuckList(list, read.directory) }
    const found = list.find(one => isSame(one.item, asked.item))
    if (!found) return tell('delivery.gone')
    if (asked.deed === 'open') return { type: 'view', private: true, view: stuckOne(found, read.directory) }
    if (asked.deed === 'arrived' && found.state !== 'unsure') return refuse('delivery.gone')
    return settle(asked.deed, asked.item)
  },
})

function settle(deed: 'again' | 'leave' | 'arrived', item: StuckItem): Doing {
  return { type: 'do', action: { type: 'deliver', item, deed }, say: (): Reply => tell(`delivery.done-${deed}`) }
}

/** What this person looks after, without the names of incidents that they may not know of. */
async function theirs({ read, actor, now }: Context): Promise<readonly Stuck[]> {
  const list = (await read.stuck.list(now)).filter(one => isTheirs(one.to, actor, read.directory))
  const ids = [...new Set(list.flatMap(one => one.incident ?? []))]
  const known = await Promise.all(ids.map(id => read.incidents.find(id)))
  const seen = new Set(known.flatMap(one => (one && maySee(actor, one.incident) ? [one.incident.id] : [])))
  return list.map(one => (one.incident && !seen.has(one.incident) ? { ...one, incident: null } : one))
}

function isSame(one: StuckItem, other: StuckItem): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
