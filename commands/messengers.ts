import { worksOnMessages } from '../workflows/library/find.ts'
import { mayWorkWith, messengersView, messengerView, narrowed } from '../workflows/library/roster.ts'
import { type Messenger, type MessengerId, readMessengerId } from '../workflows/messenger.ts'
import { plain } from '../workflows/spoken.ts'
import { type Context, type Doing, defineCommand, type Reply, refuse, shelve, shown, tell } from './command.ts'

const mostGiven = 6
const removes = new Set(['remove', 'erase', 'quitar', 'borrar'])

/** The roster of trusted messengers: a list that can be narrowed, one with what they were given, and taking one off. */
export const messengers = defineCommand({
  name: 'messengers',
  summary: 'command.messengers',
  permission: 'anyone',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const { actor, read, now } = context
    const [first = '', second = ''] = request.words.trim().split(/\s+/)
    const verb = request.from === 'press' ? request.assumed : plain(second)
    const id = readMessengerId(first)
    if (id && verb === 'leave') return leave(id, context)
    if (!worksOnMessages(actor)) return refuse('messenger.who')
    const all = await read.messengers.list()
    if (!id) {
      const mine = all.filter(one => mayWorkWith(actor, one))
      const only = narrowed(mine, request.words, read.directory)
      const [one] = only
      if (one && only.length === 1 && plain(one.alias) === plain(request.words)) return show(one, context)
      return shown(messengersView(mine, { words: request.words, now, directory: read.directory }))
    }
    const one = all.find(messenger => messenger.id === id)
    if (!one) return refuse('messenger.gone', { id })
    if (!mayWorkWith(actor, one)) return refuse('messenger.not-yours', { id })
    if (removes.has(verb)) return shelve({ type: 'remove', id, self: false }, () => tell('messenger.removed', { id }))
    return show(one, context)
  },
})

/** Whoever was asked to carry words can say no for good. */
async function leave(id: MessengerId, { read, actor }: Context): Promise<Doing | Reply> {
  const own = (await read.messengers.of(actor.id)).find(one => one.id === id)
  if (!own) return refuse('messenger.gone', { id })
  return shelve({ type: 'remove', id, self: true }, () => tell('messenger.left'))
}

async function show(one: Messenger, { read, actor, now }: Context): Promise<Reply> {
  const handouts = await read.messengers.handouts({ messenger: one.id, limit: mostGiven })
  const given = await Promise.all(
    handouts.map(async handout => {
      const message = handout.message && (await read.library.find(handout.message))
      const of = handout.broadcast ?? handout.message ?? handout.id
      return { handout, title: message ? message.newest.title : { en: of, es: of } }
    }),
  )
  return shown(messengerView(one, given, { language: actor.language, now, directory: read.directory }))
}
