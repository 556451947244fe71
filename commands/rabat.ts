import { type PhraseKey, phrase } from '../workflows/phrase.ts'
import { screens, speechView } from '../workflows/review.ts'
import { type Factor, isSpeech, type Points, type Scores, scoresOf } from '../workflows/speech.ts'
import { act, type Command, defineCommand, incidentOf, refuse } from './command.ts'
import { defineForm, type Field, readForm, type Values } from './form.ts'

/** Scores how dangerous words are, by the six factors of the Rabat Plan: the first three. */
export const rabat = screen('rabat', screens[0])
/** The other three. */
export const rabat2 = screen('rabat2', screens[1])

function screen(name: 'rabat' | 'rabat2', asked: readonly Factor[]): Command {
  const form = defineForm({
    title: phrase('speech.form'),
    submit: phrase('form.send'),
    fields: Object.fromEntries(asked.map(factor => [factor, fieldOf(factor)])),
  })
  return defineCommand({
    name,
    summary: 'command.rabat',
    permission: 'work',
    about: 'incident',
    opens: 'form',
    private: true,
    form,
    open: async (request, { actor }) => {
      const incident = incidentOf(request)
      if (!isSpeech(incident)) return refuse('speech.other-kind', { id: incident.id })
      return { notice: phrase('speech.aid'), values: standing(scoresOf(incident, actor.id), asked) }
    },
    run: async (request, { actor }) => {
      const given = readForm(form, request.values)
      const scores: Scores = Object.fromEntries(asked.map(factor => [factor, Number(given[factor]) as Points]))
      return act(request, { type: 'score', scores }, ({ incident }) => ({
        type: 'view',
        private: true,
        view: speechView(incident, actor.id),
      }))
    },
  })
}

function fieldOf(factor: Factor): Field {
  const label = (value: string) => phrase(`speech.${factor}-${value}` as PhraseKey)
  return {
    type: 'choice',
    look: 'radio',
    label: label('ask'),
    required: true,
    choices: ['0', '1', '2'].map(value => ({ value, label: label(value) })),
  }
}

function standing(scores: Scores, asked: readonly Factor[]): Values {
  return Object.fromEntries(asked.map(factor => [factor, scores[factor]?.toString() ?? '']))
}
