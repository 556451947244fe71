import { type IncidentId, readIncidentId } from '../ids.ts'
import { readRumourId } from '../outlook.ts'
import { type Actor, maySee } from '../permission.ts'
import type { Phrase } from '../phrase.ts'
import type { Read } from '../ports.ts'
import type { Rumour } from '../rumour.ts'
import type { View } from '../view.ts'
import { mayHear, mayJudge, rumourView } from './view.ts'

/** What looking at rumors takes. */
export type Looking = {
  readonly read: Pick<Read, 'rumours' | 'incidents' | 'broadcasts' | 'directory' | 'taxonomy'>
  readonly actor: Actor
}

const mostOpened = 40

/** The rumor of that id, or that a report of that id repeats, if whoever asks hears of it; else null. */
export async function findRumour(words: string, looking: Looking): Promise<Rumour | null> {
  const id = readRumourId(words)
  const found = id ? await looking.read.rumours.find(id) : await ofReport(readIncidentId(words), looking)
  return found && mayHear(found, looking.actor) ? found : null
}

/** One rumor as it stands, with what whoever asks may see and do; `said` first. */
export async function lookAt(rumour: Rumour, { read, actor }: Looking, said?: Phrase): Promise<View> {
  const known = await Promise.all(rumour.incidents.slice(-mostOpened).map(id => read.incidents.find(id)))
  const incidents = known.flatMap(one => (one && maySee(actor, one.incident) ? [one.incident] : []))
  const { directory, taxonomy } = read
  const may = mayJudge(rumour, actor)
  return rumourView({ rumour, incidents, may, directory, taxonomy, ...(said ? { said } : {}) })
}

async function ofReport(id: IncidentId | null, { read, actor }: Looking): Promise<Rumour | null> {
  const known = id && (await read.incidents.find(id))
  return known && maySee(actor, known.incident) ? read.rumours.of(known.incident.id) : null
}
