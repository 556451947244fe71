import { regionName } from '../workflows/directory.ts'
import type { Incident } from '../workflows/incident.ts'
import { mask } from '../workflows/mask/labels.ts'
import { mayCorrect } from '../workflows/offer.ts'
import { phrase } from '../workflows/phrase.ts'
import { type Placed, placeButtons, placedText, placePicked, placeWords } from '../workflows/placing.ts'
import { actorSight } from '../workflows/sight.ts'
import { onButtons } from '../workflows/triage/on.ts'
import { plainView } from '../workflows/view.ts'
import {
  act,
  type Context,
  type Doing,
  defineCommand,
  knownOf,
  type Reply,
  type Request,
  refuse,
  tell,
} from './command.ts'
import { defineForm, readForm } from './form.ts'

const form = defineForm({
  title: phrase('form.place'),
  submit: phrase('form.send'),
  fields: {
    where: {
      type: 'text',
      lines: 'one',
      label: phrase('form.where'),
      hint: phrase('form.where-hint'),
      required: true,
      max: 300,
      words: true,
    },
  },
})

/** Says where an incident is: by the button of a place that was meant, or in new words. */
export const place = defineCommand({
  name: 'place',
  summary: 'command.place',
  permission: 'read',
  about: 'incident',
  strangers: true,
  opens: ({ assumed }) => (assumed === '' ? 'form' : 'work'),
  private: true,
  form,
  open: async (request, context) => {
    const { incident, words } = knownOf(request)
    const refused = notYours(incident, context)
    if (refused) return refused
    // The reporter's own words as they typed them; everybody else's are only shown masked.
    const { actor, read } = context
    const first = incident.whereSeq === incident.whatSeq
    const seen = actorSight(incident, actor, read.directory)
    if (incident.reporter !== actor.id || words.where === null) return {}
    if (first && (seen === 'own' || seen === 'whole')) return { values: { where: words.where } }
    return seen === 'whole' ? { values: { where: mask(words.where, actor.language, read.directory) } } : {}
  },
  run: async (request, context) => {
    const { incident, words } = knownOf(request)
    const { read } = context
    const refused = notYours(incident, context)
    if (refused) return refused
    if (request.from === 'form') {
      const { where } = readForm(form, request.values)
      return move(request, placeWords(where, incident.region, read), where, context)
    }
    const picked = placePicked(request.assumed, words.where ?? '', incident.region, read)
    return picked
      ? move(request, picked, '', context)
      : tell('reply.place-gone', { id: incident.id }, placeButtons(incident, []))
  },
})

function notYours(incident: Incident, { read, actor }: Context): Reply | null {
  if (mayCorrect(incident, actor)) return null
  return refuse('refusal.work', { id: incident.id, region: regionName(read.directory, incident.region) })
}

function move(request: Request, { region, place, spots }: Placed, where: string, { read, actor }: Context): Doing {
  return act(request, { type: 'place', region, place, where }, ({ incident }) =>
    place.state === 'asked'
      ? tell('reply.place-asked', { id: incident.id }, placeButtons(incident, spots))
      : {
          type: 'view',
          view: plainView([placedText(incident, read.directory)], onButtons(incident, actor)),
          private: true,
        },
  )
}
