import type { Finding } from './finding.ts'
import { type Phrase, phrase } from './phrase.ts'
import type { Line, View } from './view.ts'

/** Something that is, or was until lately, not as it should be; times in epoch ms. */
export type Ill = {
  readonly since: number
  /** When coordinators were told of it last; null: not yet. */
  readonly toldAt: number | null
  /** Since when it is well again; null: it is not. */
  readonly wellAt: number | null
  readonly grave: boolean
  readonly matter: Phrase
  readonly elsewhere?: true
}

/** What is known of the hub's health from one look to the next: by code what is ill, and when news were told last. */
export type Chart = { readonly newsAt: number | null; readonly ills: Readonly<Record<string, Ill>> }

/** What coordinators are to be told in one message; `still` was told before. */
export type News = {
  readonly wrong: readonly Phrase[]
  readonly still: readonly Phrase[]
  readonly well: readonly Phrase[]
}

/** Nothing is known to be ill. */
export const blankChart: Chart = { newsAt: null, ills: {} }

const minute = 60_000
// What comes and goes within minutes is not told anew each time.
const settledMs = 5 * minute
// Whatever is not grave is gathered for so long after the last message.
const gatherMs = 10 * minute
const dayMs = 24 * 60 * minute

/**
 * Takes what was found now into the chart: each is told once, again when it becomes grave and once a day while it
 * lasts, and once when it is well again. `news` is null where there is nothing to tell now.
 */
export function checkUp(before: Chart, found: readonly Finding[], now: number): { chart: Chart; news: News | null } {
  const findings = new Map(found.map(one => [one.code, one]))
  const ills = new Map(Object.entries(before.ills).map(([code, ill]) => [code, seen(ill, findings.get(code), now)]))
  for (const { code, grave, matter, elsewhere } of findings.values()) {
    const others = elsewhere ? { elsewhere } : {}
    if (!ills.has(code)) ills.set(code, { since: now, toldAt: null, wellAt: null, grave, matter, ...others })
  }
  // What nobody was told of here is forgotten as soon as it is well.
  for (const [code, { wellAt, toldAt, elsewhere }] of ills) {
    if (wellAt !== null && (toldAt === null || elsewhere)) ills.delete(code)
  }

  const isNew = ({ code, grave, afterMs }: Finding): boolean => {
    const ill = ills.get(code)
    if (!ill || now - ill.since < afterMs) return false
    return ill.toldAt === null || (grave && before.ills[code]?.grave === false)
  }
  const known = [...findings.values()].filter(isNew)
  for (const { code, elsewhere } of known) if (elsewhere) tell(ills, code, now)
  const fresh = known.filter(one => !one.elsewhere)
  const healed = [...ills].filter(([, ill]) => ill.wellAt !== null && now - ill.wellAt >= settledMs)
  const due = [...ills].some(([, { toldAt, wellAt }]) => wellAt === null && toldAt !== null && now - toldAt >= dayMs)
  // Those that come due within half a day come along, so that a day has one reminder.
  const reminded = [...findings.values()].filter(one => {
    const toldAt = ills.get(one.code)?.toldAt ?? null
    return due && toldAt !== null && now - toldAt >= dayMs / 2 && !fresh.includes(one)
  })
  const rested = before.newsAt === null || Math.abs(now - before.newsAt) >= gatherMs
  const tells = fresh.some(one => one.grave) || (rested && fresh.length + healed.length + reminded.length > 0)
  if (!tells) return { chart: { newsAt: before.newsAt, ills: Object.fromEntries(ills) }, news: null }

  for (const [code] of healed) ills.delete(code)
  for (const { code } of [...fresh, ...reminded]) tell(ills, code, now)
  const texts = (list: readonly Finding[]) => list.map(one => one.text)
  const well = healed.map(([, ill]) => ill.matter)
  return {
    chart: { newsAt: now, ills: Object.fromEntries(ills) },
    news: { wrong: texts(fresh), still: texts(reminded), well: distinct(well) },
  }
}

/** The message to coordinators. */
export function newsView({ wrong, still, well }: News): View {
  const lines: Line[] = [
    ...wrong.map(item),
    ...(still.length > 0 ? [{ type: 'strong', text: phrase('health.still') } as const, ...still.map(item)] : []),
    ...(well.length > 0 ? [{ type: 'text', text: phrase('health.again', { matters: well }) } as const] : []),
    { type: 'note', text: phrase('health.see') },
  ]
  const title = wrong.length + still.length > 0 ? phrase('health.title-wrong') : phrase('health.title-well')
  return { tone: 'plain', title, lines, buttons: [] }
}

function seen(ill: Ill, finding: Finding | undefined, now: number): Ill {
  if (!finding) return { ...ill, wellAt: ill.wellAt ?? now }
  // What was grave once is not told anew each time that it becomes so.
  return { ...ill, wellAt: null, grave: ill.grave || finding.grave, matter: finding.matter }
}

function tell(ills: Map<string, Ill>, code: string, now: number): void {
  const ill = ills.get(code)
  if (ill) ills.set(code, { ...ill, toldAt: now })
}

function item(text: Phrase): Line {
  return { type: 'item', text }
}

function distinct(list: readonly Phrase[]): readonly Phrase[] {
  return [...new Map(list.map(one => [JSON.stringify(one), one])).values()]
}
