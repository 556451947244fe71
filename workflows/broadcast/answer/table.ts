import type { Answered, Broadcast } from '../../broadcast.ts'
import { type Directory, type Language, regionName } from '../../directory.ts'
import { toolsOf } from '../../headcount/tools.ts'
import { type BroadcastId, type RegionCode, takeBroadcastId } from '../../ids.ts'
import { type Phrase, type PhraseKey, phrase } from '../../phrase.ts'
import { toolName } from '../../sight.ts'
import { plain } from '../../spoken.ts'
import { type Button, buttonId, type Line, type View } from '../../view.ts'
import { counted, going, had } from '../progress/share.ts'
import { broadcastButton } from '../screen/button.ts'
import type { Reached, RecipientFilter, RecipientStanding, Tally } from '../standing.ts'
import { answerLabel, answersTo } from './wanted.ts'

/** Which recipients a table shows. */
export type TableFilter = 'all' | 'silent' | 'answered' | 'coming' | 'missing' | Answered

/** A table as it is asked for: of which broadcast, filtered how, of which region (null: all), which page, from 1. */
export type TableWish = {
  readonly id: BroadcastId
  readonly show: TableFilter
  readonly region: RegionCode | null
  readonly page: number
}

/** How many stand on one page of it. */
export const tablePage = 12

/** What was typed or pressed for a table; null without a broadcast. */
export function readTable(
  { from, words, assumed }: { readonly from: string; readonly words: string; readonly assumed: string },
  { regions }: Pick<Directory, 'regions'>,
): TableWish | null {
  const { id, rest } = takeBroadcastId(words)
  if (!id) return null
  if (from === 'press') {
    const [show = '', region = '', page = ''] = assumed.split('.')
    return { id, show: isFilter(show) ? show : 'all', region: region || null, page: Math.max(1, Number(page) || 1) }
  }
  let wish: TableWish = { id, show: 'all', region: null, page: 1 }
  for (const token of rest.split(/\s+/)) {
    const said = plain(token)
    const region = regions.find(one => plain(one.code) === said)
    const page = /^\d{1,3}$/.test(said) ? Number(said) : null
    if (region) wish = { ...wish, region: region.code }
    else if (page) wish = { ...wish, page }
    else if (ways.has(said)) wish = { ...wish, show: ways.get(said) as TableFilter }
  }
  return wish
}

/** What the database is asked for such a table, in its order. */
export function filterOf({ show, region }: Pick<TableWish, 'show' | 'region'>): Omit<RecipientFilter, 'limit'> {
  const where = region === null ? {} : { region }
  switch (show) {
    case 'all':
      return where
    case 'coming':
      return { ...where, reached: going }
    case 'missing':
      return { ...where, reached: missing }
    default:
      return { ...where, answer: show }
  }
}

/** What a table shows; `regions`: those that whoever reads it may pick; `whole`: they may do something about it. */
export type Table = {
  readonly broadcast: Broadcast
  readonly wish: TableWish
  readonly tally: Tally
  readonly rows: readonly RecipientStanding[]
  readonly more: boolean
  readonly regions: readonly RegionCode[]
  readonly whole: boolean
  readonly language: Language
}

/** Who has it and who answered what, person by person, with what can be done about those who are silent. */
export function tableView(table: Table, directory: Directory): View {
  const { broadcast, wish, tally, rows } = table
  const { id, plan } = broadcast
  const title = plan.title ? phrase('progress.title', { id, title: { words: plan.title } }) : { words: id }
  const head = filterText(wish, table, directory)
  return {
    tone: 'plain',
    title,
    lines: [
      ...sumLines(table),
      { type: 'strong', text: head },
      ...(rows.length > 0 ? rows.map(one => rowLine(one, table, directory)) : [text(phrase('answer.table-none'))]),
      ...(tally.silent > 0 && table.whole && wish.show === 'silent' ? [note(phrase('answer.table-nudge-how'))] : []),
    ],
    buttons: buttonsOf(table),
  }
}

/** The button that opens such a table. */
export function tableButton(wish: TableWish, label: Phrase): Button {
  return { id: buttonId('table', wish.id, idOf(wish)), label }
}

/** How somebody stands with it in a few words: how far it came, and what they answered, when. */
function standingText(one: RecipientStanding, broadcast: Broadcast, language: Language): Phrase {
  const how = phrase(`ledger.how-${one.reached}` as PhraseKey)
  if (one.answer && one.answeredAt !== null) {
    const answer = answerLabel(one.answer, broadcast.plan.answer, language)
    return phrase('answer.table-answered', { how, answer, time: { time: one.answeredAt } })
  }
  if (one.said !== null) return phrase('answer.table-wrote', { how, time: { time: one.answeredAt ?? 0 } })
  const silent = one.person && broadcast.plan.answer.type !== 'none' && had.includes(one.reached)
  if (!silent) return how
  return one.nudges > 0 ? phrase('answer.table-nudged', { how }) : phrase('answer.table-silent', { how })
}

const missing: readonly Reached[] = ['failed', 'unreachable', 'unsure', 'kept', 'stopped', 'dropped']
const mostSaid = 300

function sumLines({ broadcast, tally, language }: Table): readonly Line[] {
  const { plan } = broadcast
  const all = counted(tally, [...had, ...going, ...missing])
  const have = counted(tally, had)
  const help = tally.answers.help ?? 0
  const needs: Line[] = help > 0 ? [{ type: 'strong', text: phrase('progress.help', { count: help }) }] : []
  const lines = [...needs, text(phrase('answer.table-have', { have, count: all }))]
  if (plan.answer.type === 'none') return lines
  const answers = new Set<Answered>([...answersTo(plan.answer), 'help'])
  const each = [...answers].flatMap(answer => {
    const count = tally.answers[answer] ?? 0
    const label = answerLabel(answer, plan.answer, language)
    return count > 0 || answer !== 'help' ? [phrase('answer.table-count', { answer: label, count })] : []
  })
  const own = tally.wrote > 0 ? [phrase('answer.table-own', { count: tally.wrote })] : []
  return [...lines, text(phrase('answer.table-sum', { each: [...each, ...own], silent: tally.silent }))]
}

function filterText({ show, region, page }: TableWish, table: Table, directory: Directory): Phrase {
  const what = isAnswer(show)
    ? answerLabel(show, table.broadcast.plan.answer, table.language)
    : phrase(`answer.show-${show}`)
  const where = region === null ? phrase('answer.show-everywhere') : regionName(directory, region)
  return phrase(page > 1 ? 'answer.show-page' : 'answer.show', { what, where, page })
}

function rowLine(one: RecipientStanding, { broadcast, language }: Table, directory: Directory): Line {
  const { person, room, platform, said, incident } = one
  const named = directory.rooms.find(found => found.id === room)?.name
  const who = person ? { person } : named ? { words: named } : phrase('delivery.where-gone')
  const tools = platform ? [toolName(platform)] : person ? toolsOf(person, directory) : []
  const tool = tools.length > 0 ? tools : phrase('ledger.nowhere')
  const how = standingText(one, broadcast, language)
  const params = {
    who,
    tool,
    how,
    ...(said ? { words: { words: short(said) } } : {}),
    ...(incident ? { incident } : {}),
  }
  const key =
    said && incident ? 'answer.row-all' : said ? 'answer.row-said' : incident ? 'answer.row-help' : 'answer.row'
  return { type: 'item', text: phrase(key, params) }
}

function buttonsOf({ broadcast, wish, tally, more, regions, whole }: Table): readonly Button[] {
  const { id, seq, plan } = broadcast
  const asks = plan.answer.type !== 'none'
  const to = (show: TableFilter, label: PhraseKey, count: number) =>
    tableButton({ ...wish, show, page: 1 }, phrase(label, { count }))
  const shows = [
    ...(wish.show !== 'help' && tally.answers.help ? [to('help', 'answer.button-helped', tally.answers.help)] : []),
    ...(asks && wish.show !== 'silent' && tally.silent > 0 ? [to('silent', 'answer.button-silent', tally.silent)] : []),
    ...(wish.show === 'all' ? [] : [to('all', 'answer.button-all', 0)]),
  ]
  // What fits one page is not parted.
  const parted = more || wish.page > 1 || wish.region !== null
  const places = (parted && regions.length > 1 ? regions : [])
    .filter(region => region !== wish.region)
    .slice(0, mostRegions)
    .map(region => tableButton({ ...wish, region, page: 1 }, phrase('form.name', { name: region })))
  const deed = (name: string, label: PhraseKey) => ({ id: buttonId(name, id, seq.toString(36)), label: phrase(label) })
  const deeds =
    asks && tally.silent > 0 && whole ? [deed('nudge', 'answer.button-nudge'), deed('hand', 'answer.button-hand')] : []
  return [
    ...(more ? [tableButton({ ...wish, page: wish.page + 1 }, phrase('ledger.more'))] : []),
    ...shows,
    ...deeds,
    ...(asks && tally.silent > 0 ? [{ id: buttonId('phones', id, wish.region ?? ''), label: phonesLabel }] : []),
    ...places,
    { id: buttonId('live', id), label: phrase('answer.button-live') },
    ...(whole ? [{ id: buttonId('takeout', id), label: phrase('answer.button-export') }] : []),
    broadcastButton('see', id),
  ]
}

const phonesLabel = phrase('answer.button-phones')
const mostRegions = 6

function idOf({ show, region, page }: TableWish): string {
  return [show, region ?? '', page > 1 ? String(page) : ''].join('.').replace(/\.+$/, '')
}

function isAnswer(show: TableFilter): show is Answered {
  return !general.has(show)
}

function isFilter(show: string): show is TableFilter {
  return general.has(show) || /^(?:got-it|yes|no|safe|help|[1-9])$/.test(show)
}

function short(words: string): string {
  const line = words.replaceAll(/\s*\n\s*/g, ' / ')
  return line.length > mostSaid ? `${line.slice(0, mostSaid)}…` : line
}

function text(said: Phrase): Line {
  return { type: 'text', text: said }
}

function note(said: Phrase): Line {
  return { type: 'note', text: said }
}

const general: ReadonlySet<string> = new Set(['all', 'silent', 'answered', 'coming', 'missing'])
const ways: ReadonlyMap<string, TableFilter> = new Map(
  Object.entries({
    all: 'all, everybody, todos, todo',
    silent: 'silent, silence, callados, callado, silencio',
    answered: 'answered, answers, respondieron, respuestas',
    coming: 'coming, waiting, pending, esperan, pendientes',
    missing: 'missing, failed, unreached, faltan, fallaron',
    help: 'help, ayuda',
    safe: 'safe, salvo',
    yes: 'yes, si',
    no: 'no',
    'got-it': 'got, gotit, recibido',
  }).flatMap(([show, said]) => said.split(', ').map(way => [plain(way), show as TableFilter] as const)),
)
