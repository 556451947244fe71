import type { Broadcast, Counted, LocalText } from '../../broadcast.ts'
import type { Language } from '../../directory.ts'
import { drillOf } from '../../drill.ts'
import type { IncidentId, PlatformName } from '../../ids.ts'
import { libraryProblems } from '../../library/problems.ts'
import type { Actor } from '../../permission.ts'
import { type Phrase, phrase } from '../../phrase.ts'
import type { Read } from '../../ports.ts'
import { toolName } from '../../sight.ts'
import { type Line, plainView, type View } from '../../view.ts'
import { circumstancesOf } from '../audience/circumstances.ts'
import { countAudience, type Meant, resolvePlan } from '../audience/resolve.ts'
import { type PlanProblem, planProblems, wordProblems } from '../preview/problems.ts'
import { shownThere } from '../preview/shown.ts'
import { previewView } from '../preview/view.ts'
import type { Tally } from '../standing.ts'
import { isWritable } from '../state.ts'
import { nameOf } from './outline.ts'
import { mayStand, seen } from './scene.ts'
import { broadcastView } from './view.ts'

/** What a broadcast is looked at with: by whom, when (epoch ms), and what may be read. */
export type Looking = {
  readonly read: Pick<Read, 'broadcasts' | 'incidents' | 'directory' | 'connections' | 'acquainted' | 'library'>
  readonly actor: Actor
  readonly now: number
}

/** Shows and counts a broadcast as it stands at a moment, without reading anything more. */
export type Look = {
  /** How many people and rooms it means. */
  readonly counted: (broadcast: Broadcast) => Counted
  /** What must be mended before it is approved; null: nothing. */
  readonly stops: (broadcast: Broadcast) => Phrase | null
  /** What must be mended in words that take the place of those that were sent; null: nothing. */
  readonly stopsWords: (broadcast: Broadcast, words: LocalText) => Phrase | null
  /** The broadcast with all that can be done with it by whoever looks at it; before it is sent, what will happen. */
  readonly view: (broadcast: Broadcast, ...first: readonly Phrase[]) => View
  /** The same, with what was saved first. */
  readonly saved: (broadcast: Broadcast) => View
  /** Its words on one tool, or all of them in one language, letter for letter. */
  readonly there: (broadcast: Broadcast, platform: PlatformName) => View
  readonly words: (broadcast: Broadcast, language: Language) => View
}

/** Reads all that is needed to show a broadcast that is about that incident (null: about none). */
export async function lookFor(about: IncidentId | null, looking: Looking, tally: Tally | null = null): Promise<Look> {
  const { read, actor, now } = looking
  const { directory, connections } = read
  const known = about && (await read.incidents.find(about))
  const incident = known?.incident ?? null
  const shelves = await read.library.list()
  const acquainted = await read.acquainted()
  const around = { directory, now, connections }
  // Where the incident may not be read, what is written about it may not be either.
  const hidden = !mayStand(incident, actor, directory)

  function meant({ plan, drill: id }: Broadcast): readonly Meant[] {
    const drill = id === undefined ? null : drillOf({ drill: id }, directory)
    return resolvePlan(plan, directory, circumstancesOf({ now, incident, drill, connections, acquainted }))
  }

  function problems(broadcast: Broadcast, whom = meant(broadcast)): readonly PlanProblem[] {
    return [...planProblems(broadcast.plan, whom, directory), ...besides(broadcast)]
  }

  function besides({ plan }: Broadcast): readonly PlanProblem[] {
    return libraryProblems(plan, shelves, known, now)
  }

  function view(broadcast: Broadcast, ...first: readonly Phrase[]): View {
    const scene = seen(broadcast, incident, directory, actor)
    // What they have changed may be no part of theirs any more.
    if (!scene) return plainView([...first, phrase('approval.unknown')])
    const common = { now, first, tally, hidden }
    if (hidden || !isWritable(broadcast)) return broadcastView(scene, common)
    const whom = meant(broadcast)
    return broadcastView(scene, {
      ...common,
      preview: previewView(broadcast, whom, { ...around, besides: besides(broadcast) }),
      tools: [...new Set(whom.flatMap(one => one.platform ?? []))],
      missing: problems(broadcast, whom).flatMap(one => (one.stops && one.language ? [one.language] : [])),
    })
  }

  function apart({ id, plan }: Broadcast, title: Phrase, lines: readonly Line[]): View {
    if (hidden) return plainView([phrase('broadcast.hidden', { id })])
    return { tone: 'plain', title, lines: lines.length > 0 ? lines : plainView([nameOf(plan)]).lines, buttons: [] }
  }

  return {
    counted: broadcast => countAudience(meant(broadcast)),
    stops: broadcast => problems(broadcast).find(one => one.stops)?.text ?? null,
    stopsWords: (broadcast, words) =>
      wordProblems(words, broadcast.plan, meant(broadcast), directory).find(one => one.stops)?.text ?? null,
    view,
    saved: broadcast => view(broadcast, phrase('broadcast.saved', { id: broadcast.id, time: { time: now } })),
    there: (broadcast, platform) => {
      const title = phrase('preview.there', { id: broadcast.id, tool: toolName(platform) })
      return apart(broadcast, title, shownThere(platform, broadcast, meant(broadcast), around))
    },
    words: (broadcast, language) => {
      const title = phrase('broadcast.words-in', {
        id: broadcast.id,
        language: phrase(`audience.name-${language}`),
      })
      return apart(broadcast, title, [{ type: 'text', text: { words: broadcast.plan.words[language] ?? '' } }])
    },
  }
}

/** The same for a broadcast that has been read, with how far it has come. */
export async function lookAtIt(broadcast: Broadcast, looking: Looking): Promise<Look> {
  const tally = broadcast.startedAt === null ? null : await looking.read.broadcasts.tally(broadcast.id)
  return lookFor(broadcast.plan.incident, looking, tally)
}
