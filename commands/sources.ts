import { button } from '../workflows/button.ts'
import type { Details } from '../workflows/incident.ts'
import { type PhraseKey, phrase } from '../workflows/phrase.ts'
import { act, defineCommand, incidentOf, tell } from './command.ts'
import { defineForm, readForm, type Values } from './form.ts'

const choices = (values: readonly string[], prefix: string) =>
  values.map(value => ({ value, label: phrase(`${prefix}${value}` as PhraseKey) }))

const form = defineForm({
  title: phrase('form.sources'),
  submit: phrase('form.send'),
  fields: {
    known: {
      type: 'choice',
      look: 'radio',
      label: phrase('form.known'),
      required: false,
      choices: choices(['saw', 'told-present', 'told-absent', 'online', 'official'], 'form.known-'),
    },
    informed: {
      type: 'checks',
      label: phrase('form.informed'),
      hint: phrase('form.optional'),
      choices: choices(['police', 'medics', 'officials', 'partners'], 'form.informed-'),
    },
    consent: {
      type: 'checks',
      label: phrase('form.consent'),
      hint: phrase('form.consent-hint'),
      choices: choices(['region', 'network', 'partners', 'police', 'media', 'public'], 'form.consent-'),
    },
    safeContact: {
      type: 'text',
      lines: 'one',
      label: phrase('form.safe-contact'),
      hint: phrase('form.safe-contact-hint'),
      required: false,
      max: 300,
    },
  },
})

/** The second optional screen after a report: how they know, who was told, what may be shared, a safe contact. */
export const sources = defineCommand({
  name: 'sources',
  summary: 'command.sources',
  permission: 'own',
  about: 'incident',
  strangers: true,
  opens: 'form',
  private: true,
  form,
  open: async request => ({ values: standing(incidentOf(request).details) }),
  run: async request => {
    const before = incidentOf(request).details
    const { known, informed, consent, safeContact } = readForm(form, request.values)
    const details = {
      ...(known !== '' && known !== before.known ? { known } : {}),
      ...(same(informed, before.informed) ? {} : { informed }),
      ...(same(consent, before.consent) ? {} : { consent }),
    } as Details
    return act(request, { type: 'detail', details, ...(safeContact === '' ? {} : { safeContact }) }, ({ incident }) =>
      tell('reply.detailed', { id: incident.id }, [button('add', incident)]),
    )
  },
})

function standing({ known, informed = [], consent = [] }: Details): Values {
  return { ...(known ? { known } : {}), informed, consent }
}

function same(one: readonly string[], other: readonly string[] = []): boolean {
  return one.length === other.length && one.every(value => other.includes(value))
}
