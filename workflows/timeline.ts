import { aKind } from './custody.ts'
import { type Directory, type Language, regionName } from './directory.ts'
import type { Entry, IncidentEvent } from './event.ts'
import type { IncidentId, PersonId } from './ids.ts'
import { mask } from './mask/labels.ts'
import { type Param, type PhraseKey, phrase, type Text } from './phrase.ts'
import { runSentence, runsTold, type Telling } from './run/sentence.ts'
import { kindInfo, type Taxonomy } from './taxonomy.ts'
import type { Line } from './view.ts'

type Context = {
  readonly directory: Directory
  readonly taxonomy: Taxonomy
  readonly language: Language
  /** Whether that entry's words are for whoever reads. */
  readonly mayRead: (entry: Entry) => boolean
  /** Merged ones that whoever reads may not hear of. */
  readonly unseen?: readonly IncidentId[]
}

/**
 * The timeline as lines of a private view, oldest first; words masked, and left out where shredded or not for the
 * reader.
 */
export function timelineLines(entries: readonly Entry[], context: Context): readonly Line[] {
  // Whoever took a report back, or is no more known as its reporter, is not named by what they did before.
  const cleared = entries.some(({ event }) => event.type === 'removed' && event.lost.includes('reporter'))
  const gone = entries.find(({ event }) => event.type === (cleared ? 'reported' : 'withdrawn'))?.by ?? null
  const runs = runsTold(entries.map(({ event }) => event))
  const said = entries.filter(entry => !context.unseen?.includes(otherOf(entry.event) ?? ('' as IncidentId)))
  return said.flatMap(entry => {
    const what = sentence(entry, gone, context, runs)
    return what
      ? [
          {
            type: 'item',
            text: phrase('reply.entry', { time: { time: entry.at }, what, words: wordsOf(entry, context) }),
          },
        ]
      : []
  })
}

function otherOf(event: IncidentEvent): IncidentId | null {
  return event.type === 'merged' ? event.into : event.type === 'absorbed' ? event.from : null
}

// A safe contact stands in the timeline too, but is for nobody's eyes here.
function wordsOf(entry: Entry, { language, directory, mayRead }: Context): Param {
  const { text, note, reason } = entry.words ?? {}
  // What a step was answered with in words stands by the ids of its questions.
  const answers = entry.event.type === 'run' ? Object.values(entry.words ?? {}).join(' / ') : undefined
  const said = answers ?? text ?? note ?? reason
  return said && mayRead(entry) ? phrase('post.because', { words: { words: mask(said, language, directory) } }) : ''
}

function sentence(entry: Entry, gone: PersonId | null, context: Context, runs: Telling['runs']): Text | null {
  const { event, by } = entry
  const named = (one: PersonId): Param => (one === gone ? phrase('hub.someone') : { person: one })
  const person = by ? named(by) : phrase('hub.the-hub')
  const line = (key: PhraseKey, params: Readonly<Record<string, Param>> = {}) => phrase(key, { person, ...params })
  switch (event.type) {
    case 'reported':
      return line('reply.entry-reported', { severity: `S${event.severity}` })
    case 'added':
      return line('reply.entry-added')
    case 'said':
      return line('reply.entry-said')
    case 'reworded':
      return line('talk.entry-reworded')
    case 'unsaid':
      return line(`talk.entry-${event.why}`, { whose: named(event.whose) })
    case 'updated':
      return line('reply.entry-updated')
    case 'detailed':
      return line('reply.entry-detailed')
    case 'placed':
      return line('reply.entry-placed', { region: regionName(context.directory, event.region) })
    case 'kind-set':
      return line('reply.entry-kind', { kind: kindInfo(context.taxonomy, event.kind)?.name ?? event.kind })
    case 'severity-raised':
      return line('reply.entry-raised', { from: `S${event.from}`, to: `S${event.to}` })
    case 'lowering-asked':
      return line('reply.entry-lowering', { to: `S${event.to}` })
    case 'lowering-refused':
      return line('reply.entry-kept')
    case 'severity-lowered':
      return line('reply.entry-lowered', { from: `S${event.from}`, to: `S${event.to}` })
    case 'credibility-set':
      return line('reply.entry-credibility', { to: phrase(`card.credibility-${event.to}`) })
    case 'marked':
      return line('reply.entry-marked', { to: event.to })
    case 'restricted':
      return line('reply.entry-restricted', { count: event.allowed.length })
    case 'unrestricted':
      return line('reply.entry-unrestricted')
    case 'passed':
      return line(event.from === 'waiting' ? 'triage.entry-passed' : 'triage.entry-seen')
    case 'unpassed':
      return line('reply.entry-undone')
    case 'run':
      return runSentence(event, by, { named, taxonomy: context.taxonomy, runs })
    default:
      return work(event, line)
  }
}

function work(
  event: IncidentEvent,
  line: (key: PhraseKey, params?: Readonly<Record<string, Param>>) => Text,
): Text | null {
  switch (event.type) {
    case 'claimed':
    case 'handover-accepted':
      return line('reply.entry-claimed', { until: { time: event.until } })
    case 'claim-lapsed':
      return line('reply.entry-lapsed', { person: { person: event.by } })
    case 'released':
      return line('reply.entry-released')
    case 'declined':
      return line('reply.entry-cannot')
    case 'joined':
      return line('reply.entry-joined')
    case 'left':
      return line('reply.entry-left')
    case 'handover-offered':
      return line('reply.entry-offered', { to: { person: event.to } })
    case 'handover-declined':
      return line('reply.entry-declined')
    case 'handover-expired':
      return line('reply.entry-expired', { to: { person: event.to } })
    case 'unanswered':
    case 'escalated':
      return line('reply.entry-called', { to: event.to.map(level => phrase(`post.level-${level}`)) })
    case 'resolved':
      return line('reply.entry-resolved', { outcome: phrase(`outcome.${event.outcome}`) })
    case 'dismissed':
      return line('reply.entry-dismissed')
    case 'undone':
      return line('reply.entry-undone')
    case 'closed':
      return line('reply.entry-closed')
    case 'reopened':
      return line('reply.entry-reopened')
    case 'merged':
      return line('reply.entry-merged', { id: event.into })
    case 'absorbed':
      return line('reply.entry-absorbed', { id: event.from })
    case 'separated':
      return line('same.entry-separated', { id: event.from })
    case 'parted':
      return line('same.entry-parted', { id: event.from })
    case 'sourced':
      return line('same.entry-sourced', { id: event.report })
    case 'likened':
      return line('same.entry-likened', { ids: event.to.map(one => one.id) })
    case 'unlikened':
      return line('same.entry-unlikened', { id: event.to })
    case 'proposed':
      return line('same.entry-proposed', { id: event.into })
    case 'withdrawn':
      return line('reply.entry-withdrawn')
    case 'revealed':
      return line('privacy.entry-revealed')
    case 'held':
      return line('privacy.entry-held')
    case 'hold-lifted':
      return line('privacy.entry-hold-lifted')
    case 'removed':
      return line(`privacy.entry-removed-${event.what}`, { count: event.count })
    case 'collected':
      return line('file.entry-collected', { what: aKind(event.kind) })
    case 'not-collected':
      return line('file.entry-lost', { what: aKind(event.kind), why: phrase(`file.why-${event.why}`) })
    case 'evidence-opened':
      return line(event.copy === 'blurred' ? 'look.entry-blurred' : 'look.entry-opened', { what: aKind(event.kind) })
    case 'evidence-exported':
      return event.kind ? line('look.entry-saved', { what: aKind(event.kind) }) : line('look.entry-record')
    case 'speech-scored':
      return line('speech.entry')
    case 'broadcast':
      return line(`approval.entry-${event.what}`, { id: event.id })
    default:
      return null
  }
}
