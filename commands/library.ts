import { isSenior } from '../workflows/broadcast/needs.ts'
import type { MessageId } from '../workflows/ids.ts'
import { draftedView, planWith } from '../workflows/library/draft.ts'
import { findMessage, worksOnMessages } from '../workflows/library/find.ts'
import { libraryView } from '../workflows/library/list.ts'
import { outcomeText } from '../workflows/library/roster.ts'
import { castOutcome, messageView } from '../workflows/library/show.ts'
import { isCleared, type KeptMessage, type MessageUse, type Shelved, type WordingFor } from '../workflows/library.ts'
import { type Phrase, type PhraseKey, phrase } from '../workflows/phrase.ts'
import { plain } from '../workflows/spoken.ts'
import { plainView } from '../workflows/view.ts'
import { type Context, type Doing, defineCommand, type Reply, refuse, shelve, shown, tell } from './command.ts'

const mostUses = 20
// As many as are shown.
const mostCounted = 5
const reviewMs = 90 * 24 * 60 * 60_000

/** Lists prepared messages, shows one, and does what needs no form: use, approve, look at again, take out of use. */
export const library = defineCommand({
  name: 'library',
  summary: 'command.library',
  permission: 'anyone',
  about: 'nothing',
  opens: 'work',
  private: true,
  run: async (request, context) => {
    const [name = '', typed = ''] = request.words.trim().split(/\s+/)
    const [verb = '', of = ''] = (request.from === 'press' ? request.assumed : typed).split('.')
    if (name === '') return list(verb === 'page' ? Number(of) || 1 : 1, context)
    if (news.has(plain(name)) && worksOnMessages(context.actor))
      return shown(plainView([phrase('library.title')], [{ id: 'wording', label: phrase('library.button-new') }]))
    const shelved = await findMessage(request.words, context)
    if (!shelved) return refuse('library.unknown', { words: { words: request.words } })
    const works = worksOnMessages(context.actor)
    if (!works || verb === '' || verb === 'for')
      return show(shelved, verb === 'for' ? (of as WordingFor) : null, context)
    switch (verbs.get(plain(verb))) {
      case 'use':
        return drafted(shelved.approved ?? shelved.newest, context)
      case 'approve':
        return approve(shelved, Number(of) || shelved.newest.version, context)
      case 'seen':
        return review(shelved, context)
      case 'retire':
        return shelve({ type: 'retire', id: shelved.id }, () => tell('library.retired', { id: shelved.id }))
      default:
        return show(shelved, null, context)
    }
  },
})

function drafted(message: KeptMessage, { actor }: Context): Doing {
  const plan = planWith(message, null, actor.language)
  return {
    type: 'do',
    action: { type: 'broadcast', about: null, do: { type: 'draft', plan } },
    say: ({ broadcast }) =>
      broadcast ? shown(draftedView(message, broadcast.after.id)) : tell('library.gone', { id: message.id }),
  }
}

async function list(page: number, { read, actor, now }: Context): Promise<Reply> {
  const works = worksOnMessages(actor)
  return shown(libraryView(await read.library.list(), { page, works, now, language: actor.language }))
}

/** The version in use; for those who work on it the newest, if none is in use yet or they ask for it. */
async function show(shelved: Shelved, whom: WordingFor | null, { read, actor, now }: Context): Promise<Reply> {
  const works = worksOnMessages(actor)
  const waiting = shelved.newest.state === 'waiting' ? shelved.newest : null
  const message = works ? (waiting ?? shelved.approved ?? shelved.newest) : (shelved.approved ?? shelved.newest)
  const uses = works ? await read.library.uses({ message: shelved.id, limit: mostUses }) : []
  const messengers = works && uses.some(one => one.messenger) ? await read.messengers.list() : []
  const outcomes = works ? await outcomesOf(shelved.id, uses, read) : new Map<string, Phrase>()
  const region = actor.regions === 'all' || actor.regions.length > 1 ? null : (actor.regions[0] ?? null)
  const known = { directory: read.directory, uses, outcomes, messengers }
  return shown(messageView(shelved, message, { language: actor.language, region, works, now, whom, ...known }))
}

/** How many had the last broadcasts of it and answered, and how its kits were received. */
async function outcomesOf(
  message: MessageId,
  uses: readonly MessageUse[],
  { broadcasts, messengers }: Pick<Context['read'], 'broadcasts' | 'messengers'>,
): Promise<ReadonlyMap<string, Phrase>> {
  const sent = uses.slice(0, mostCounted).flatMap(one => one.broadcast ?? [])
  const [tallies, handouts] = await Promise.all([
    Promise.all([...new Set(sent)].map(async id => [id, castOutcome(await broadcasts.tally(id))] as const)),
    uses.some(one => one.handout) ? messengers.handouts({ message, limit: mostUses }) : [],
  ])
  return new Map<string, Phrase>([...tallies, ...handouts.map(one => [one.id, outcomeText(one)] as const)])
}

/** The press names the version that was read; what has changed since is shown instead. */
async function approve(shelved: Shelved, version: number, context: Context): Promise<Doing | Reply> {
  const { actor, now } = context
  const { id, newest } = shelved
  if (newest.version !== version || newest.state !== 'waiting') {
    return newest.version === version ? show(shelved, null, context) : refuse('library.changed', { id })
  }
  if (newest.approvals.some(one => one.by === actor.id)) return tell('library.approved-already', { id, version })
  const leads = isSenior(actor)
  const approvals = [...newest.approvals, { by: actor.id, at: now, leads }]
  const clears = isCleared(approvals)
  const key: PhraseKey = clears
    ? 'library.approved'
    : approvals.some(one => one.leads)
      ? 'library.approved-one'
      : 'library.approved-lead'
  return shelve({ type: 'approve', id, version, leads, title: newest.title, clears }, () => tell(key, { id, version }))
}

function review({ id, approved, newest }: Shelved, { now }: Context): Doing {
  const until = new Date(now + reviewMs).toISOString().slice(0, 10)
  const { version } = approved ?? newest
  return shelve({ type: 'review', id, version, until }, () => tell('library.reviewed', { id, day: until }))
}

const news = new Set(['new', 'nuevo', 'nueva', 'write', 'escribir'])
const verbs: ReadonlyMap<string, 'use' | 'approve' | 'seen' | 'retire'> = new Map([
  ...(['use', 'usar', 'send', 'enviar'] as const).map(word => [word, 'use'] as const),
  ...(['approve', 'aprobar'] as const).map(word => [word, 'approve'] as const),
  ...(['seen', 'review', 'revisado', 'revisar'] as const).map(word => [word, 'seen'] as const),
  ...(['retire', 'remove', 'retirar', 'quitar'] as const).map(word => [word, 'retire'] as const),
])
