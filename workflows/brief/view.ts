import { indicators } from '../detect/indicators.ts'
import { type Directory, hasRole, type Person, regionName, servesRegion } from '../directory.ts'
import type { RegionCode } from '../ids.ts'
import type { BriefDraft } from '../outlook.ts'
import { type Phrase, phrase } from '../phrase.ts'
import { type Button, buttonId, type Line, type View } from '../view.ts'
import type { Brief, Indicator, Score } from '../warning.ts'

/** A brief as it is shown: what is rated, what the week before said, and whether whoever reads it may fill it in. */
export type BriefScene = {
  readonly region: RegionCode
  readonly week: string
  readonly brief: BriefDraft | null
  readonly before: Brief | null
  readonly known: readonly Indicator[]
  readonly may: boolean
  readonly directory: Pick<Directory, 'regions'>
  /** Said first. */
  readonly said?: Phrase
}

/** As many indicators as one screen asks for. */
export const perScreen = 5

/** True if they may rate that region: coordinators of it. */
export function mayRate(region: RegionCode, person: Pick<Person, 'regions' | 'roles'>): boolean {
  return hasRole(person, 'coordinator') && servesRegion(person, region)
}

/** The indicators of each screen of the form; after them comes the screen for words. */
export function screensOf(known: readonly Indicator[]): readonly (readonly Indicator[])[] {
  const count = Math.ceil(known.length / perScreen)
  return Array.from({ length: count }, (_, screen) => known.slice(screen * perScreen, (screen + 1) * perScreen))
}

/** The first screen with something that nobody has rated yet; the screen for words if all is rated. */
export function nextScreen(known: readonly Indicator[], scores: readonly Score[]): number {
  const rated = new Set(scores.map(score => score.indicator))
  const open = screensOf(known).findIndex(screen => screen.some(one => !rated.has(one.id)))
  return open < 0 ? screensOf(known).length : open
}

/** True if at least half is rated: of less, a score would say more than is known. */
export function isEnough(known: readonly Indicator[], scores: readonly Score[]): boolean {
  return ratedOf(known, { scores }) * 2 >= known.length
}

/** The brief of a region and week as it stands: what changed since the week before first, and what is still open. */
export function briefView(scene: BriefScene): View {
  const { region, week, brief, known, may, directory, said } = scene
  const params = { region: regionName(directory as Directory, region), week: dayText(week) }
  const first = said ? [strong(said)] : []
  const title = phrase('brief.title', params)
  if (!brief) {
    const lines = [...first, text(phrase(may ? 'brief.empty-fill' : 'brief.empty'))]
    return { tone: 'plain', title, lines, buttons: may ? [fillButton(region, week, 0)] : [] }
  }
  const next = nextScreen(known, brief.scores)
  const open = brief.doneAt === null
  return {
    tone: 'plain',
    title,
    lines: [
      ...first,
      ...(open ? [strong(openText(brief, known))] : sumLines(scene, brief)),
      ...ratedLines(scene, brief),
      ...wordLines(brief),
      note(phrase('brief.by', { person: { person: brief.by }, time: { date: brief.at } })),
    ],
    buttons: may ? screenButtons(region, week, { known, next, open }) : [],
  }
}

/** The button that opens that screen of the form. */
export function fillButton(
  region: RegionCode,
  week: string,
  screen: number,
  label = phrase('brief.button-fill'),
): Button {
  return { id: buttonId('rate', region, `${week}.${screen}`), label, style: 'primary' }
}

/** A day as people write it: `2026-11-02` is 11/02 to nobody who reads both languages. */
export function dayText(day: string): Phrase {
  const [, month = '1', date = '1'] = day.split('-')
  return phrase('brief.day', { day: Number(date), month: phrase(monthKeys[Number(month) - 1] ?? 'brief.month-1') })
}

const monthKeys = [
  ...(['brief.month-1', 'brief.month-2', 'brief.month-3', 'brief.month-4', 'brief.month-5', 'brief.month-6'] as const),
  ...(['brief.month-7', 'brief.month-8', 'brief.month-9', 'brief.month-10', 'brief.month-11'] as const),
  'brief.month-12',
] as const

function ratedNote(known: readonly Indicator[], brief: Brief): readonly Line[] {
  const count = ratedOf(known, brief)
  return count < known.length ? [note(phrase('brief.rated', { count, all: known.length }))] : []
}

function ratedOf(known: readonly Indicator[], { scores }: Pick<Brief, 'scores'>): number {
  return known.filter(one => scores.some(score => score.indicator === one.id)).length
}

function openText(brief: Brief, known: readonly Indicator[]): Phrase {
  const left = known.length - ratedOf(known, brief)
  return left === 0 ? phrase('brief.open-words') : phrase('brief.open', { count: left })
}

/** What it comes to, and what weighs most, against the week before. */
function sumLines({ known, before }: BriefScene, brief: Brief): readonly Line[] {
  const sum = indicators(known, brief.scores)
  if (sum.value === null || !isEnough(known, brief.scores)) return ratedNote(known, brief)
  const last = before ? indicators(known, before.scores).value : null
  const level = phrase(`brief.level-${sum.level}`)
  const value = Math.round(sum.value)
  const heaviest = sum.heaviest.flatMap(({ indicator }) => nameOf(indicator, known) ?? [])
  return [
    strong(
      last === null
        ? phrase('brief.sum', { level, value })
        : phrase('brief.sum-before', { level, value, before: Math.round(last) }),
    ),
    ...ratedNote(known, brief),
    ...(heaviest.length > 0 ? [text(phrase('brief.heaviest', { names: heaviest }))] : []),
  ]
}

type Rated = { readonly indicator: Indicator; readonly score: Score; readonly last: Score | undefined }

/** Each rating on a line: the gravest first, what stands for peace after them, and what is calm as ever in one line. */
function ratedLines({ known, before }: BriefScene, { scores }: Brief): readonly Line[] {
  const rated = known.flatMap((indicator): Rated[] => {
    const of = (brief: Pick<Brief, 'scores'>) => brief.scores.find(one => one.indicator === indicator.id)
    const score = of({ scores })
    return score ? [{ indicator, score, last: before ? of(before) : undefined }] : []
  })
  const calm = rated.filter(isCalm)
  const inOrder = rated
    .filter(one => !isCalm(one))
    .toSorted(
      (one, other) =>
        Number(one.indicator.protective) - Number(other.indicator.protective) || burdenOf(other) - burdenOf(one),
    )
  const names = calm.flatMap(one => nameOf(one.indicator.id, known))
  return [
    ...inOrder.map((one): Line => ({ type: 'item', text: ratedText(one, known) })),
    ...(names.length > 0 ? [text(phrase('brief.calm', { names }))] : []),
  ]
}

function ratedText({ indicator, score, last }: Rated, known: readonly Indicator[]): Phrase {
  const [name = indicator.id] = nameOf(indicator.id, known)
  const params = { name, rating: ratingText(score, indicator), trend: phrase(`brief.trend-${score.trend}`) }
  return last === undefined || last.value === score.value
    ? phrase('brief.line', params)
    : phrase('brief.line-before', { ...params, before: last.value })
}

function isCalm({ indicator, score, last }: Rated): boolean {
  return !indicator.protective && score.value === 0 && score.trend === 'steady' && (last?.value ?? 0) === 0
}

function burdenOf({ indicator, score }: Rated): number {
  return indicator.protective ? 3 - score.value : score.value
}

/** A rating in words: `2, clear signs`; where it protects, `2, fair`. */
export function ratingText({ value }: Pick<Score, 'value'>, { protective }: Pick<Indicator, 'protective'>): Phrase {
  return phrase(protective ? `brief.good-${value}` : `brief.bad-${value}`)
}

function wordLines({ words }: Brief): readonly Line[] {
  return (['likely', 'worst', 'best', 'advice'] as const).flatMap((name): Line[] =>
    words[name] === ''
      ? []
      : [
          { type: 'text', text: phrase(`brief.words-${name}`) },
          { type: 'quote', text: { words: words[name] } },
        ],
  )
}

type Filling = { readonly known: readonly Indicator[]; readonly next: number; readonly open: boolean }

function screenButtons(region: RegionCode, week: string, { known, next, open }: Filling): readonly Button[] {
  const count = screensOf(known).length
  if (open) return [fillButton(region, week, next, phrase('brief.button-go-on'))]
  return Array.from({ length: count + 1 }, (_, screen) => ({
    id: buttonId('rate', region, `${week}.${screen}`),
    label: screen === count ? phrase('brief.button-words') : phrase('brief.button-screen', { count: screen + 1 }),
  }))
}

function nameOf(id: string, known: readonly Indicator[]) {
  const found = known.find(one => one.id === id)
  return found ? [{ en: found.name.en ?? id, es: found.name.es ?? found.name.en ?? id }] : []
}

const text = (said: Phrase): Line => ({ type: 'text', text: said })
const note = (said: Phrase): Line => ({ type: 'note', text: said })
const strong = (said: Phrase): Line => ({ type: 'strong', text: said })
