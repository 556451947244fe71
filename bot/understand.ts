import type { Command, Reply, Request } from '../commands/command.ts'
import type { Store } from '../db/store.ts'
import type { Directory } from '../workflows/directory.ts'
import { type Actor, maySee, refusal } from '../workflows/permission.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import type { Known } from '../workflows/ports.ts'
import { type Asking, type Spoken, speak, takeId } from './asking.ts'
import { nothingKept } from './attachments.ts'

/** Which command is meant, about which incident, and whether this person may. */
export async function understand(
  interaction: Asking,
  actor: Actor,
  commands: ReadonlyMap<string, Command>,
  store: Store,
): Promise<{ command: Command; request: Request } | Reply> {
  const spoken = speak(interaction)
  const command = commands.get(spoken.name)
  if (!command) return { type: 'refused', phrase: phrase('hub.no-command', { name: { words: spoken.name } }) }
  const found = await findIncident(command, spoken, interaction, actor, store)
  if (found.missing) return { type: 'refused', phrase: found.missing }
  const no = mayNot(command, actor, found.known, store.roster.directory())
  if (no) return { type: 'refused', phrase: no }
  const { from, assumed, values } = spoken
  const request = {
    from,
    assumed,
    values,
    words: found.words,
    incident: found.known,
    files: [],
    evidence: nothingKept,
  }
  return { command, request }
}

async function findIncident(
  command: Command,
  spoken: Spoken,
  interaction: Asking,
  actor: Actor,
  store: Store,
): Promise<Found> {
  if (command.about === 'nothing') return { known: null, words: spoken.about || spoken.words, missing: null }
  const typed = takeId(spoken.about || spoken.words, store.roster.directory())
  const id = typed.id ?? (interaction.message && (await store.cards.at(interaction.platform, interaction.message)))
  const known = id && (await store.incidents.find(id))
  // The card of what was restricted since tells nobody which one it was.
  if (!id || (!typed.id && !(known && maySee(actor, known.incident)))) {
    const missing = command.about === 'incident' ? phrase('hub.which-incident', { command: command.name }) : null
    return { known: null, words: spoken.words, missing }
  }
  const words = typed.id ? [typed.rest, spoken.about ? spoken.words : ''].join(' ').trim() : spoken.words
  return { known, words, missing: known ? null : phrase('refusal.unknown', { id }) }
}

function mayNot(command: Command, actor: Actor, known: Known | null, { regions }: Directory): Phrase | null {
  const incident = known?.incident ?? null
  const region = regions.find(each => each.code === incident?.region)?.name
  return refusal(command.permission, actor, incident, region ?? incident?.region ?? '')
}

type Found = { readonly known: Known | null; readonly words: string; readonly missing: Phrase | null }
