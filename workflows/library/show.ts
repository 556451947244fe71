import { fillVariables } from '../broadcast/message/variables.ts'
import { shareOf } from '../broadcast/progress/share.ts'
import type { Tally } from '../broadcast/standing.ts'
import { type Directory, type Language, regionName } from '../directory.ts'
import type { RegionCode } from '../ids.ts'
import { isCleared, isStale, type KeptMessage, type MessageUse, type Shelved, type WordingFor } from '../library.ts'
import type { Messenger } from '../messenger.ts'
import { type Param, type Phrase, phrase } from '../phrase.ts'
import { type Button, buttonId, type Line, type View } from '../view.ts'
import { hasBlanks } from './blank.ts'
import { inLanguage, isSilent, languagesIn } from './say.ts'

/** Who looks at a message, at which of its wordings, and what is known besides. */
export type ShowReader = {
  readonly language: Language
  readonly works: boolean
  readonly now: number
  readonly whom: WordingFor | null
  /** Where they belong, if that is one region. */
  readonly region: RegionCode | null
  readonly directory: Directory
  readonly uses: readonly MessageUse[]
  /** What came of them, by the broadcast or the handout. */
  readonly outcomes: ReadonlyMap<string, Phrase>
  readonly messengers: readonly Pick<Messenger, 'id' | 'alias'>[]
}

const mostUses = 5
const mostOthers = 3
const week = 7 * 24 * 60 * 60_000

/** What came of a broadcast: how many have it, and how many have answered. */
export function castOutcome(tally: Tally): Phrase {
  const { all, have, roomsHave } = shareOf({ tally })
  const answered = Object.values(tally.answers).reduce<number>((sum, count) => sum + (count ?? 0), tally.wrote)
  return phrase('library.outcome-cast', { have: have + roomsHave, count: all, answered })
}

/**
 * One prepared message: how it stands, its words, who may carry it, what not to do, where its claims were checked, and
 * its history. Whoever only reads sees the approved version, without what is for those who work on it.
 */
export function messageView(shelved: Shelved, message: KeptMessage, reader: ShowReader): View {
  const { language, works, now, whom } = reader
  const { wordings, blanks, voice, avoid, claims } = message
  const reads = { person: null, room: null, region: reader.region }
  const spoken = (words: string) =>
    works ? words : fillVariables(words, reads, { incident: null, defaults: {} }, reader.directory)
  const wording = wordings.find(one => one.for === whom) ?? wordings[0]
  const name = inLanguage(message.title, language)
  const missing = (['en', 'es'] as const).filter(one => !wording?.words[one])
  const newer = shelved.newest.version > message.version && shelved.newest.state === 'waiting'
  const params = { title: name, id: message.id, version: message.version }
  const lines: readonly (Line | false)[] = [
    isStale(message, now) && strong('library.stale', { day: message.review ?? '' }),
    works && message.sample && message.state === 'waiting' && strong('library.sample'),
    works && text(stateText(message)),
    works && newer && text(phrase('library.newer', { version: shelved.newest.version })),
    strong('library.words-for', { whom: phrase(`library.for-${wording?.for ?? 'public'}`) }),
    ...languagesIn(wording?.words ?? {}, language).flatMap((one): Line[] => [
      { type: 'note', text: phrase(`library.language-${one}`) },
      { type: 'quote', text: { words: spoken(wording?.words[one] ?? '') } },
    ]),
    ...missing.map(one => note('library.language-missing', { language: phrase(`library.name-${one}`) })),
    blanks.length > 0 && note('library.blanks', { names: blanks.map(one => inLanguage(one.label, language)) }),
    strong('library.voice'),
    !isSilent(voice.who) && { type: 'text', text: inLanguage(voice.who, language) },
    note('library.voice-kinds', { kinds: voice.kinds.map((kind): Param => phrase(`library.voice-${kind}`)) }),
    !isSilent(avoid) && strong('library.avoid'),
    !isSilent(avoid) && { type: 'text', text: inLanguage(avoid, language) },
    claims.length > 0 && strong('library.claims'),
    ...claims.map(({ says, evidence }): Line => {
      const words = { says: inLanguage(says, language), evidence: { words: evidence } }
      return { type: 'item', text: phrase('library.claim', words) }
    }),
    works && message.review !== null && !isStale(message, now) && note('library.review', { day: message.review ?? '' }),
    ...(works ? historyLines(reader) : []),
  ]
  return {
    tone: 'plain',
    title: phrase('library.one-title', params),
    lines: lines.filter(one => one !== false),
    buttons: [...(works ? workButtons(message, now) : []), ...otherButtons(message, wording?.for ?? null)],
  }
}

/** How a version stands with those who approve. */
export function stateText({ state, approvals }: KeptMessage): Phrase {
  const people = approvals.map((one): Param => ({ person: one.by }))
  if (state !== 'waiting') return phrase(`library.state-${state}`, { people })
  if (approvals.length === 0) return phrase('library.state-waiting')
  const enough = new Set(approvals.map(one => one.by)).size >= 2 && !isCleared(approvals)
  const senior = enough || (approvals.length === 1 && approvals.every(one => !one.leads))
  return phrase(senior ? 'library.state-waiting-lead' : 'library.state-waiting-one', { people })
}

function historyLines({ uses, outcomes, now, directory, messengers }: ShowReader): readonly Line[] {
  const lately = uses.filter(one => one.at > now - week).length
  const lines = uses.slice(0, mostUses).map((one): Line => {
    const params = { person: { person: one.by }, time: { date: one.at } }
    const known = messengers.find(({ id }) => id === one.messenger)
    const messenger = known ? { words: known.alias } : (one.messenger ?? '')
    const use = one.handout
      ? phrase('library.use-kit', { ...params, id: one.handout, messenger })
      : phrase('library.use-broadcast', { ...params, id: one.broadcast ?? '' })
    const region = one.region ? regionName(directory, one.region) : null
    const where = region ? phrase('library.use-region', { use, region }) : use
    const outcome = outcomes.get(one.handout ?? one.broadcast ?? '')
    return { type: 'item', text: outcome ? phrase('library.use-outcome', { use: where, outcome }) : where }
  })
  return [
    ...(lately > 1 ? [strong('library.lately', { count: lately })] : []),
    strong('library.history'),
    ...(lines.length > 0 ? lines : [text(phrase('library.unused'))]),
  ]
}

function workButtons(message: KeptMessage, now: number): readonly Button[] {
  const { id, version, state, wordings } = message
  const press = (label: Phrase, assumed: string): Button => ({ id: buttonId('library', id, assumed), label })
  const blank = wordings.some(one => hasBlanks(one.words))
  const fill = (label: Phrase, how: string): Button => ({ id: buttonId('fill', id, how), label })
  const use = blank ? fill(phrase('library.button-use'), 'use') : press(phrase('library.button-use'), 'use')
  return [
    ...(state === 'waiting'
      ? [
          { ...press(phrase('library.button-approve'), `approve.${version}`), style: 'primary' as const },
          { id: buttonId('sendback', id, String(version)), label: phrase('library.button-reject') },
        ]
      : []),
    ...(state === 'retired' || state === 'rejected' ? [] : [use]),
    ...(blank ? [fill(phrase('library.button-own'), 'own')] : []),
    ...(state === 'approved' && !blank ? [{ id: buttonId('kit', id), label: phrase('library.button-kit') }] : []),
    { id: buttonId('wording', id), label: phrase('library.button-edit') },
    { id: buttonId('carrier', id), label: phrase('library.button-carrier') },
    ...(isStale(message, now) ? [press(phrase('library.button-review'), `seen.${version}`)] : []),
    ...(state === 'retired'
      ? []
      : [
          {
            ...press(phrase('library.button-retire'), 'retire'),
            style: 'danger' as const,
            confirm: phrase('library.retire-sure'),
          },
        ]),
  ]
}

function otherButtons({ id, wordings }: KeptMessage, shown: WordingFor | null): readonly Button[] {
  return wordings
    .filter(one => one.for !== shown)
    .slice(0, mostOthers)
    .map(one => ({
      id: buttonId('library', id, `for.${one.for}`),
      label: phrase('library.button-for', { whom: phrase(`library.for-${one.for}`) }),
    }))
}

function text(said: Phrase): Line {
  return { type: 'text', text: said }
}

function strong(key: Phrase['key'], params?: Phrase['params']): Line {
  return { type: 'strong', text: phrase(key, params) }
}

function note(key: Phrase['key'], params?: Phrase['params']): Line {
  return { type: 'note', text: phrase(key, params) }
}
