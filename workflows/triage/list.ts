import type { Batch, Rule } from '../batch.ts'
import { countyText } from '../card/place.ts'
import type { Incident } from '../incident.ts'
import { mask } from '../mask/labels.ts'
import { type Param, type Phrase, phrase } from '../phrase.ts'
import { actorSight } from '../sight.ts'
import { type Button, buttonId, type Line, type View } from '../view.ts'
import { aloneLines, noneTaken, splitFor } from './alone.ts'
import { type Deed, lastPlace, ruleCode } from './asked.ts'
import { allButton, day, type Looking, mostCounted } from './item.ts'

// Ten lines with a button each are what the tightest platform shows in one message.
const most = 10
const firstWords = 60
const examples = 3

/** What is theirs to look through, most severe first, a line each, and where to begin. */
export async function listView(batch: Batch, looking: Looking): Promise<View> {
  const first = batch.items[0]
  if (!first) {
    const key = batch.waiting > 0 ? 'triage.all-held' : 'triage.none'
    return {
      tone: 'plain',
      title: null,
      lines: [{ type: 'text', text: phrase(key, { count: batch.waiting }) }],
      buttons: [],
    }
  }
  const shown = batch.items.slice(0, most)
  const lines = await Promise.all(shown.map(({ incident }) => queueLine(incident, looking)))
  const until = { time: Math.min(...batch.items.map(one => one.until)) }
  const head = phrase('triage.list-head', { count: batch.items.length, until })
  const rest = batch.items.length - shown.length
  return {
    tone: 'plain',
    title: phrase('triage.title', { count: batch.waiting, urgent: batch.urgent }),
    lines: [
      { type: 'text', text: head },
      ...lines,
      ...(rest > 0 ? [{ type: 'note', text: phrase('triage.list-more', { count: rest }) } as const] : []),
    ],
    buttons: [
      {
        id: buttonId('triage', first.incident.id, `open.${first.incident.seq.toString(36)}`),
        label: phrase('triage.button-start', { id: first.incident.id }),
        style: 'primary',
      },
      ...(batch.items.length > 1
        ? [
            { id: buttonId('several'), label: phrase('triage.button-several') },
            ...allButton(
              'no',
              { type: 'batch', name: batch.name, places: null },
              batch.items.map(one => one.incident),
            ),
          ]
        : []),
    ],
  }
}

/** Exactly what would happen to how many, a few of them as examples, and the button that does it. */
export async function sureView(deed: Deed, rule: Rule, chosen: readonly Incident[], looking: Looking): Promise<View> {
  const { takes, alone } = splitFor(deed, chosen)
  const list = { id: buttonId('triage', '', 'list'), label: phrase('triage.button-list') }
  if (takes.length === 0) return noneTaken(alone, [list])
  const count = takes.length
  const more = count - Math.min(count, examples)
  const lines = await Promise.all(takes.slice(0, examples).map(one => queueLine(one, looking, false)))
  const code = `sure.${deed}.${ruleCode(rule)}.${looking.now.toString(36)}.${count.toString(36)}`
  return {
    tone: 'plain',
    title: phrase(`triage.sure-${deed}`, { count }),
    lines: [
      ...lines,
      ...(more > 0 ? [{ type: 'note', text: phrase('triage.sure-more', { count: more }) } as const] : []),
      ...(alone.length > 0 ? [{ type: 'rule' } as const] : []),
      ...aloneLines(alone),
    ],
    buttons: [
      {
        id: buttonId('triage', '', code),
        label: phrase(`triage.button-sure-${deed}`, { count }),
        style: deed === 'no' ? 'danger' : 'primary',
      },
      list,
    ],
  }
}

/** What was done to many, what was left out, by name where it is looked at by itself, and the way back. */
export function doneLines(
  deed: Deed,
  { done, left, alone }: { readonly done: number; readonly left: number; readonly alone: readonly Incident[] },
  act: string,
): readonly Line[] {
  const back: Button = { id: buttonId('triage', '', `back.${deed}.${act}`), label: phrase('triage.button-undo') }
  const text = phrase(`triage.done-${deed}`, { count: done })
  return [
    done > 0 ? { type: 'item', text, button: back } : { type: 'text', text },
    ...(left > 0 ? [{ type: 'note', text: phrase('triage.left-out', { count: left }) } as const] : []),
    ...aloneLines(alone),
  ]
}

/** The labels of a form that lets some of a batch be chosen: as many as a button can name. */
export async function choicesOf(batch: Batch, looking: Looking) {
  const items = batch.items.filter(one => one.place <= lastPlace)
  return Promise.all(
    items.map(async ({ incident, place }) => ({
      value: `${batch.name}.${place}`,
      label: phrase('triage.choice', await facts(incident, looking, 30)),
    })),
  )
}

async function queueLine(incident: Incident, looking: Looking, open = true): Promise<Line> {
  const [like] = incident.like ?? []
  const params = await facts(incident, looking, firstWords)
  const text: Phrase = like ? phrase('triage.line-like', { ...params, like }) : phrase('triage.line', params)
  if (!open) return { type: 'item', text }
  const id = buttonId('triage', incident.id, `open.${incident.seq.toString(36)}`)
  return { type: 'item', text, button: { id, label: phrase('triage.button-open') } }
}

async function facts(
  incident: Incident,
  { read, actor, now }: Looking,
  longest: number,
): Promise<Readonly<Record<string, Param>>> {
  const { directory } = read
  const whole = actorSight(incident, actor, directory) === 'whole'
  const known = whole ? await read.incidents.find(incident.id) : null
  const what = known?.words.what ? mask(known.words.what, actor.language, directory) : '…'
  return {
    severity: `S${incident.severity}`,
    id: incident.id,
    place: countyText(incident, directory),
    words: { words: shortened(what, longest) },
    sender: await senderOf(incident, { read, now }),
  }
}

async function senderOf({ reporter }: Incident, { read, now }: Pick<Looking, 'read' | 'now'>): Promise<Phrase> {
  if (!reporter) return phrase('hub.someone')
  const count = (await read.triage.sent(reporter, now - day, mostCounted)).length
  return phrase('triage.sender-count', { person: { person: reporter }, count })
}

function shortened(words: string, longest: number): string {
  const letters = [...words.replace(/\s+/g, ' ')]
  return letters.length <= longest ? letters.join('') : `${letters.slice(0, longest).join('').trimEnd()}…`
}
