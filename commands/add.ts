import { button } from '../workflows/button.ts'
import { isWaiting } from '../workflows/incident.ts'
import { addedLines } from '../workflows/kept.ts'
import { phrase } from '../workflows/phrase.ts'
import { plainView } from '../workflows/view.ts'
import { act, defineCommand } from './command.ts'
import { defineForm, readForm } from './form.ts'

const form = defineForm({
  title: phrase('form.add'),
  submit: phrase('form.send'),
  fields: {
    text: {
      type: 'text',
      lines: 'many',
      label: phrase('form.add-text'),
      hint: phrase('form.add-hint'),
      required: false,
      max: 3000,
      words: true,
    },
    files: { type: 'files', label: phrase('form.files'), hint: phrase('form.files-hint'), max: 10 },
  },
})

/** Adds words and files to a report; taken also after its end, so that nothing sent is lost. */
export const add = defineCommand({
  name: 'add',
  summary: 'command.add',
  permission: 'read',
  about: 'incident',
  strangers: true,
  opens: 'form',
  private: true,
  form,
  run: async request => {
    const { text } = readForm(form, request.values)
    return act(request, { type: 'add', text, evidence: request.evidence }, ({ incident, entries }) => {
      const said = phrase(isWaiting(incident) ? 'triage.added' : 'reply.added', { id: incident.id })
      const view = plainView([said, ...addedLines(entries)], [button('add', incident)])
      return { type: 'view', private: true, view }
    })
  },
})
