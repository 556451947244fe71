import { type Directory, regionName } from '../directory.ts'
import type { RegionCode } from '../ids.ts'
import { type Phrase, phrase, type Text } from '../phrase.ts'
import type { Taxonomy } from '../taxonomy.ts'
import { type Button, buttonId, type Line, type View } from '../view.ts'
import type { Alarm, Warning } from '../warning.ts'
import type { WarningDeed } from './deed.ts'
import { effectOf, endOf, figuresOf, headOf, levelName, methodOf } from './words.ts'

/** What warnings are shown with; `decides`: whoever looks may decide on those of that region. */
export type WarningContext = {
  readonly directory: Directory
  readonly taxonomy: Taxonomy
  readonly decides: (region: RegionCode) => boolean
}

const mostListed = 6
const mostRegions = 12

/** Several regions, the tensest first, each with what makes it so and the way to more. */
export function warningsView(warnings: readonly Warning[], context: WarningContext): View {
  const all = warnings.toSorted((one, other) => weight(other) - weight(one))
  const lines = all.slice(0, mostRegions).flatMap((one): Line[] => {
    const worst = one.alarms.slice(0, 2).map((alarm): Line => item(headOf(alarm, context), openButton(alarm)))
    const button = { id: warningButton(`see.${one.region}`), label: phrase('warning.button-open') }
    return [{ type: 'item', text: regionLine(one, context), button }, ...worst]
  })
  const more = all.length - mostRegions
  if (more > 0) lines.push(note(phrase('warning.regions-more', { count: more })))
  const calm = all.every(one => one.level === 'green')
  const caveat = note(phrase(calm ? 'warning.means-green' : 'warning.caveat'))
  return { tone: 'plain', title: phrase('warning.title'), lines: [...lines, caveat], buttons: [] }
}

/** One region: how it stands, since when, who confirmed an alert, each alarm with its figures, and what can be done. */
export function regionView(warning: Warning, proposesAlert: boolean, context: WarningContext): View {
  const { region, alarms, alert, level } = warning
  const left = alarms.length - mostListed
  const lines: Line[] = [
    strong(regionLine(warning, context)),
    text(phrase(`warning.means-${level}`)),
    ...(alert ? [text(phrase('warning.alert-by', { person: { person: alert.by }, time: { time: alert.at } }))] : []),
    ...(alert?.why ? [quote(alert.why)] : []),
    ...(proposesAlert ? [strong(phrase('warning.proposes'))] : []),
    ...alarms
      .slice(0, mostListed)
      .flatMap((alarm): Line[] => [
        { type: 'rule' },
        item(headOf(alarm, context), openButton(alarm)),
        ...figureLines(alarm),
      ]),
    ...(left > 0 ? [note(phrase('warning.many-more', { count: left }))] : []),
    { type: 'rule' },
    note(phrase('warning.caveat')),
  ]
  const deed = alert ? deedButton('calm', region) : deedButton('alert', region)
  const buttons = context.decides(region) ? [deed] : []
  const title = phrase('warning.title-region', { region: regionName(context.directory, region) })
  return { tone: 'plain', title, lines, buttons }
}

/** One alarm: what was found, by what, what ends it, what became of it, and the reports that the reader may see. */
export function alarmView(
  alarm: Alarm,
  reports: readonly { readonly id: string; readonly text: Phrase }[],
  context: WarningContext,
): View {
  const open = reports.map(({ id, text: said }): Line => {
    const button = { id: buttonId('more', id), label: phrase('button.open') }
    return item(said, button)
  })
  const lines = [
    ...(alarm.late === undefined ? [] : [lateLine(alarm.late)]),
    ...figureLines(alarm),
    ...answerLines(alarm),
    ...open,
  ]
  const may = context.decides(alarm.region)
  const dismiss = may && alarm.state === 'open' ? [deedButton('dismiss', alarm.id)] : []
  const whole = { id: warningButton(`see.${alarm.region}`), label: phrase('warning.button-region') }
  return { tone: 'plain', title: headOf(alarm, context), lines, buttons: [...dismiss, whole] }
}

/** What a reader needs to judge an alarm: figures, what may explain them, how it was found, and what ends it. */
export function figureLines(alarm: Alarm): readonly Line[] {
  const effect = effectOf(alarm)
  return [
    ...figuresOf(alarm).map(text),
    ...(effect ? [strong(effect)] : []),
    note(methodOf(alarm)),
    ...(alarm.state === 'dismissed' ? [] : [note(endOf(alarm))]),
  ]
}

/** The button for a deed on an alarm or a region; it asks why. */
export function deedButton(deed: WarningDeed['type'], about: string): Button {
  const id = buttonId('weigh', '', `${deed}.${about}`)
  return { id, label: phrase(`warning.button-${deed}`), ...(deed === 'alert' ? { style: 'danger' } : {}) }
}

/** The button that shows an alarm. */
export function openButton({ id }: Pick<Alarm, 'id'>): Button {
  return { id: warningButton(`see.${id}`), label: phrase('warning.button-open') }
}

/** A region with its level and since when that stands. */
export function regionLine(
  { region, level, since }: Warning,
  { directory }: Pick<WarningContext, 'directory'>,
): Phrase {
  const params = { region: regionName(directory, region), level: levelName(level) }
  return since === 0
    ? phrase('warning.region-new', params)
    : phrase('warning.region', { ...params, time: { time: since } })
}

/** That something should have come at that hour (epoch ms). */
export function lateLine(late: number): Line {
  return note(phrase('warning.late', { time: { time: late } }))
}

function warningButton(assumed: string): string {
  return buttonId('warning', '', assumed)
}

function answerLines({ state, answeredBy, answeredAt, why }: Alarm): readonly Line[] {
  if (state !== 'dismissed' || !answeredBy || answeredAt === null) return []
  const params = { person: { person: answeredBy }, time: { time: answeredAt } }
  return why
    ? [text(phrase('warning.dismissed', params)), quote(why)]
    : [text(phrase('warning.dismissed-bare', params))]
}

function weight({ level, alarms, region }: Warning): number {
  return ['green', 'watch', 'warning', 'alert'].indexOf(level) * 1000 + alarms.length - region.length / 1000
}

const text = (said: Text): Line => ({ type: 'text', text: said })
const note = (said: Text): Line => ({ type: 'note', text: said })
const strong = (said: Text): Line => ({ type: 'strong', text: said })
const quote = (words: string): Line => ({ type: 'quote', text: { words } })
const item = (said: Text, button: Button): Line => ({ type: 'item', text: said, button })
