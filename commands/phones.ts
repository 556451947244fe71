import { phonesView, phoneTrees } from '../workflows/broadcast/answer/phones.ts'
import { mayLook, regionsFor } from '../workflows/broadcast/screen/rights.ts'
import { personNow } from '../workflows/directory.ts'
import { takeBroadcastId } from '../workflows/ids.ts'
import { plain } from '../workflows/spoken.ts'
import { defineCommand, refuse, shown } from './command.ts'

const mostSilent = 500

/** Who could call whom of those who have not answered a broadcast, region by region. */
export const phones = defineCommand({
  name: 'phones',
  summary: 'command.phones',
  permission: 'lead',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async ({ words, assumed }, context) => {
    const { id, rest } = takeBroadcastId(words)
    const { read } = context
    const broadcast = id && (await read.broadcasts.find(id))
    if (!broadcast || !(await mayLook(broadcast, context))) return refuse('approval.unknown')
    if (broadcast.startedAt === null) return refuse('answer.not-yet', { id: broadcast.id })
    const wanted = plain(assumed || rest)
    const { list, own } = regionsFor(broadcast, context)
    const { items } = await read.broadcasts.recipients(broadcast.id, { answer: 'silent', limit: mostSilent })
    const theirs = items.filter(({ person, region }) => {
      // Nobody can call whoever was erased meanwhile.
      if (!person || !personNow(read.directory, person)) return false
      if (wanted !== '' && plain(region ?? '') !== wanted) return false
      return !own || (region !== null && list.includes(region))
    })
    const helpless = await read.broadcasts.recipients(broadcast.id, { answer: 'help', limit: mostSilent })
    const trees = phoneTrees(theirs, read.directory, helpless.items)
    return shown(phonesView(broadcast.id, trees, read.directory))
  },
})
