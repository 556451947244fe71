import { regionOf } from '../workflows/directory.ts'
import { readBroadcastId } from '../workflows/ids.ts'
import { hasBlanks } from '../workflows/library/blank.ts'
import { findMessage, worksOnMessages } from '../workflows/library/find.ts'
import { kitView } from '../workflows/library/kit.ts'
import { openButton } from '../workflows/library/list.ts'
import { carrierOf } from '../workflows/library/posts.ts'
import { inTurn, latelyMs, repeats } from '../workflows/library/repeat.ts'
import { factsOf, mayWorkWith, mostListed } from '../workflows/library/roster.ts'
import { inLanguage, languagesIn } from '../workflows/library/say.ts'
import {
  fromBroadcast,
  fromMessage,
  isTheirVoice,
  type Source,
  spokenIn,
  unfilled,
} from '../workflows/library/source.ts'
import { mayTell, readTold, telling } from '../workflows/library/told.ts'
import { consents, type Handout, type Messenger, readHandoutId, readMessengerId } from '../workflows/messenger.ts'
import { type Param, type Phrase, phrase } from '../workflows/phrase.ts'
import { plain } from '../workflows/spoken.ts'
import { buttonId, type Line, plainView } from '../workflows/view.ts'
import { type Context, type Doing, defineCommand, type Reply, refuse, shelve, shown, tell } from './command.ts'

const most = 200
const yes = new Set(['yes', 'go', 'si', 'ok', 'entregar'])

/** Hands approved words to a trusted messenger: which words, to whom, what was said before, and then the kit. */
export const kit = defineCommand({
  name: 'kit',
  summary: 'command.kit',
  permission: 'anyone',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const [first = '', second = '', ...rest] = request.words.trim().split(/\s+/)
    const handed = readHandoutId(first)
    if (handed) {
      const handout = await context.read.messengers.handout(handed)
      if (!handout || !(await mayTell(handout, context))) return refuse('kit.unknown', { words: { words: first } })
      const told = readTold([second, ...rest].join(' '))
      if (second !== '' && !told) return refuse('kit.unknown', { words: { words: request.words } })
      if (told) {
        const { deed, view } = await telling(handout, told, context)
        return shelve(deed, () => shown(view))
      }
      return show(handout, context)
    }
    if (!worksOnMessages(context.actor)) return refuse('messenger.who')
    if (first === '') return which(context)
    const source = await sourceOf(first, context)
    if (!source) return refuse('library.unknown', { words: { words: request.words } })
    if ('key' in source) return shown(plainView([source], source.key === 'kit.blanks' ? [openButton(first)] : []))
    const [pressed = '', go = ''] = request.assumed.split('.')
    const whom = request.from === 'press' ? pressed : second
    if (whom === '') return pick(source, context)
    const messenger = await messengerOf(whom, context)
    if (!messenger) return refuse('messenger.unknown', { words: { words: whom } })
    return hand(source, messenger, go === 'go' || yes.has(plain(rest[0] ?? '')), context)
  },
})

async function which({ read, actor }: Context): Promise<Reply> {
  const all = await read.library.list()
  const ready = all.flatMap(({ approved }) =>
    approved && !approved.wordings.some(one => hasBlanks(one.words)) ? [approved] : [],
  )
  if (ready.length === 0) return tell('kit.none')
  const lines = ready.slice(0, mostListed).map(({ id, title }): Line => {
    const text = phrase('library.line', { id, title: inLanguage(title, actor.language) })
    return { type: 'item', text, button: { id: buttonId('kit', id), label: phrase('kit.button-open') } }
  })
  const intro: Line = { type: 'text', text: phrase('kit.which') }
  return shown({ tone: 'plain', title: phrase('kit.title'), lines: [intro, ...lines], buttons: [] })
}

async function sourceOf(words: string, context: Context): Promise<Source | Phrase | null> {
  const { read, now } = context
  const id = readBroadcastId(words)
  if (!id) {
    const shelved = await findMessage(words, context)
    return shelved && fromMessage(shelved.approved ?? shelved.newest, now)
  }
  const broadcast = await read.broadcasts.find(id)
  if (!broadcast) return null
  const { from, incident } = broadcast.plan
  const known = incident && (await read.incidents.find(incident))
  if (known?.incident.mark === 'RED' || known?.incident.visibility === 'restricted') return phrase('kit.red', { id })
  return fromBroadcast(broadcast, from && (await read.library.version(from.message, from.version)))
}

/** Those whose voice fits first, who was asked longest ago before the others; what they had lately stands with them. */
async function pick(source: Source, context: Context): Promise<Reply> {
  const { read, actor, now } = context
  const { directory } = read
  const mine = (await read.messengers.list()).filter(one => mayWorkWith(actor, one) && consents(one, now))
  const handouts = await read.messengers.handouts({ since: now - latelyMs, limit: most })
  const fitting = inTurn(mine, one => isTheirVoice(source, one), handouts).filter(one => source.words(one) !== null)
  const lines = fitting.slice(0, mostListed).map((one): Line => {
    const given = handouts.filter(({ messenger }) => messenger === one.id)
    const had = given.find(({ message, broadcast }) => message === source.message && broadcast === source.broadcast)
    const facts = { ...factsOf(one, directory), time: { date: (had ?? given[0])?.at ?? now } }
    const text = phrase(had ? 'kit.whom-had' : given.length > 0 ? 'kit.whom-lately' : 'kit.whom-line', facts)
    const about = source.broadcast ?? source.message ?? ''
    return { type: 'item', text, button: { id: buttonId('kit', about, one.id), label: phrase('kit.button-open') } }
  })
  const rest = fitting.length - mostListed
  return shown({
    tone: 'plain',
    title: phrase('kit.whom', { title: inLanguage(source.title, actor.language) }),
    lines: [
      ...(lines.length > 0 ? lines : [{ type: 'text', text: phrase('messenger.none-fit') } as const]),
      ...(rest > 0 ? [{ type: 'note', text: phrase('kit.whom-rest', { count: rest }) } as const] : []),
    ],
    buttons: lines.length > 0 ? [] : [{ id: buttonId('messenger'), label: phrase('messenger.button-add') }],
  })
}

async function messengerOf(words: string, { read, actor }: Context): Promise<Messenger | null> {
  const id = readMessengerId(words)
  const all = await read.messengers.list()
  const found = all.find(one => (id ? one.id === id : plain(one.alias) === plain(words)))
  return found && mayWorkWith(actor, found) ? found : null
}

/** What will be handed, by whom, and what speaks against it; a second press does it. */
async function hand(source: Source, messenger: Messenger, sure: boolean, context: Context): Promise<Doing | Reply> {
  const { read, actor, now } = context
  const { directory } = read
  const facts = factsOf(messenger, directory)
  if (!consents(messenger, now)) return refuse('kit.lapsed', facts)
  const meant = source.words(messenger)
  const { message, version, broadcast, avoid, rumour, title } = source
  if (!meant) return refuse('kit.not-public', { id: message ?? broadcast ?? '' })
  const { carrier, self } = carrierOf(messenger, directory)
  if (!carrier) return refuse('kit.hidden', facts)
  const holes = unfilled(meant, context.read.directory)
  if (holes.length > 0)
    return refuse('kit.unfilled', { id: message ?? broadcast ?? '', names: holes.map(one => ({ words: one })) })
  const region = regionFor(messenger, context)
  const words = spokenIn(meant, region, directory)
  if (sure) {
    const handout = { messenger: messenger.id, message, version, broadcast, region, words, avoid, rumour }
    return shelve({ type: 'hand', handout, to: messenger, title }, ({ made }) =>
      tell('kit.done', { id: made ?? '', person: { person: carrier.id } }),
    )
  }
  const handouts = await read.messengers.handouts({
    limit: most,
    ...(message ? { message } : broadcast ? { broadcast } : {}),
  })
  const uses = message ? await read.library.uses({ message, since: now - latelyMs, limit: most }) : []
  const before = { handouts, uses, messengers: await read.messengers.list() }
  const warned = repeats({ message, broadcast, messenger, region }, before, { now, directory })
  const kinds = source.voices.map((one): Param => phrase(`library.voice-${one}`))
  const shownWords = languagesIn(words, actor.language)
  const speaks = messenger.languages.some(language => shownWords.includes(language))
  const to = self
    ? phrase('kit.confirm-to', { person: { person: carrier.id } })
    : phrase('kit.confirm-through', { ...facts, person: { person: carrier.id } })
  const lines: readonly (Line | false)[] = [
    ...warned.map((text): Line => ({ type: 'strong', text })),
    source.stale && { type: 'strong', text: phrase('kit.stale') },
    !isTheirVoice(source, messenger) && {
      type: 'strong',
      text: phrase('kit.voice', { kinds, alias: facts.alias, own: facts.kinds }),
    },
    !speaks && { type: 'strong', text: phrase('kit.language', facts) },
    { type: 'text', text: to },
    ...shownWords.map((one): Line => ({ type: 'quote', text: { words: words[one] ?? '' } })),
  ]
  return shown({
    tone: 'plain',
    title: phrase('kit.confirm-title', { title: inLanguage(title, actor.language), alias: facts.alias }),
    lines: lines.filter(one => one !== false),
    buttons: [
      {
        id: buttonId('kit', broadcast ?? message ?? '', `${messenger.id}.go`),
        label: phrase('kit.button-go'),
        style: 'primary',
      },
    ],
  })
}

/** Where they speak: the one region that both have, else theirs, if it is one. */
function regionFor({ regions }: Messenger, { actor, read }: Context): string | null {
  const theirs = regions === 'all' ? read.directory.regions.map(one => one.code) : regions
  const both = actor.regions === 'all' ? theirs : theirs.filter(code => actor.regions.includes(code))
  const [only] = both
  return only !== undefined && both.length === 1 && regionOf(read.directory, only) ? only : null
}

async function show(handout: Handout, { read, actor }: Context): Promise<Reply> {
  const messenger = await read.messengers.find(handout.messenger)
  if (!messenger) return refuse('messenger.gone', { id: handout.messenger })
  const self = messenger.person === actor.id
  const view = kitView({ ...handout, messenger }, self, actor.language)
  const told: readonly Line[] = handout.note
    ? [
        { type: 'strong', text: phrase('kit.note') },
        { type: 'quote', text: { words: handout.note } },
      ]
    : []
  return shown({ ...view, lines: [...view.lines, ...told] })
}
