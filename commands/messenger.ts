import { type PartnerKind, partnerKinds } from '../workflows/audience.ts'
import { hasRole, type Language, servesRegion } from '../workflows/directory.ts'
import { InputError } from '../workflows/errors.ts'
import { messengerNamed, worksOnMessages } from '../workflows/library/find.ts'
import type { Messenger } from '../workflows/messenger.ts'
import { type Param, phrase } from '../workflows/phrase.ts'
import { plain } from '../workflows/spoken.ts'
import { buttonId, plainView } from '../workflows/view.ts'
import { type Context, defineCommand, refuse, shelve, shown, tell } from './command.ts'
import { defineForm, readForm } from './form.ts'

const line = { type: 'text', lines: 'one', required: true } as const
const form = defineForm({
  title: phrase('messenger.form-title'),
  submit: phrase('messenger.form-submit'),
  fields: {
    alias: {
      ...{ ...line, max: 24 },
      label: phrase('messenger.form-alias'),
      hint: phrase('messenger.form-alias-hint'),
    },
    kinds: {
      type: 'checks',
      label: phrase('messenger.form-kinds'),
      choices: partnerKinds.map(one => ({ value: one, label: phrase(`library.voice-${one}`) })),
    },
    where: {
      ...{ ...line, max: 200 },
      label: phrase('messenger.form-where'),
      hint: phrase('messenger.form-where-hint'),
    },
    community: {
      ...{ ...line, max: 200 },
      label: phrase('messenger.form-community'),
      hint: phrase('messenger.form-community-hint'),
    },
    consent: {
      ...{ type: 'text', lines: 'many', required: true, max: 500 },
      label: phrase('messenger.form-consent'),
      hint: phrase('messenger.form-consent-hint'),
    },
  },
})

/** Puts somebody on the roster of trusted messengers who has agreed to it, or changes what stands there. */
export const messenger = defineCommand({
  name: 'messenger',
  summary: 'command.messenger',
  permission: 'anyone',
  about: 'nothing',
  opens: ({ from }) => (from === 'form' ? 'work' : 'form'),
  private: true,
  form,
  open: async ({ words }, context) => {
    if (!worksOnMessages(context.actor)) return refuse('messenger.who')
    if (words.trim() === '') return {}
    const one = await messengerNamed(words, context)
    const { id, alias, kinds, regions, languages, community } = one
    const where = [...(regions === 'all' ? ['all'] : regions), ...languages].join(' ')
    return { about: id, values: { alias, kinds, where, community } }
  },
  run: async (request, context) => {
    const { actor, now } = context
    if (!worksOnMessages(actor)) return refuse('messenger.who')
    const words = request.words.trim()
    const before = words === '' ? null : await messengerNamed(words, context)
    const { alias, kinds, where, community, consent } = readForm(form, request.values)
    if (!/^[\p{L}\p{N}](?:[\p{L}\p{N} -]{0,22}[\p{L}\p{N}])$/u.test(alias))
      throw new InputError({ alias: phrase('messenger.alias-shape') })
    if (kinds.length === 0) throw new InputError({ kinds: phrase('messenger.form-kinds-none') })
    const facts = { alias, kinds: kinds as PartnerKind[], ...readWhere(where, context), consentAt: now }
    if (before) {
      const deed = { type: 'change', id: before.id, facts, secret: { community, consent } } as const
      return shelve(deed, () => tell('messenger.changed', { id: before.id }))
    }
    const whole = { ...facts, through: actor.id, consentUntil: null }
    const secret = { name: '', contact: '', community, consent }
    // Whoever is in the network themselves is written to by the hub.
    const self = [...context.read.directory.people.values()].find(
      one => plain(one.callsign) === plain(alias) && one.vetted && !one.hidden,
    )
    return shelve({ type: 'add', person: self?.id ?? null, facts: whole, secret }, ({ made }) => {
      const lines = [
        phrase('messenger.saved', { alias: { words: alias }, id: made ?? '' }),
        phrase('messenger.saved-next'),
      ]
      return shown(
        plainView(lines, [
          { id: buttonId('acquaint', made ?? ''), label: phrase('messenger.button-acquaint') },
          { id: buttonId('messengers', made ?? ''), label: phrase('messenger.button-open') },
        ]),
      )
    })
  },
})

/** Regions and languages as they were typed, in any order. @throws InputError that names what is neither */
function readWhere(words: string, { read, actor }: Context): Pick<Messenger, 'regions' | 'languages'> {
  const { directory } = read
  const regions: string[] = []
  const languages: Language[] = []
  let all = false
  for (const part of words.split(/[\s,;]+/).filter(one => one !== '')) {
    const word = plain(part)
    const region = directory.regions.find(({ code, name }) => plain(code) === word || plain(name) === word)
    const language = spoken.get(word)
    if (everywhere.has(word)) all = true
    else if (language && !region) languages.push(language)
    else if (region) regions.push(region.code)
    else throw new InputError({ where: phrase('messenger.form-where-bad', { words: { words: part } }) })
  }
  if (!all && regions.length === 0) throw new InputError({ where: phrase('messenger.form-where-none') })
  const mine =
    hasRole(actor, 'leader') || (actor.regions === 'all' ? true : !all && regions.some(one => servesRegion(actor, one)))
  if (!mine) {
    const own: Param = actor.regions === 'all' ? [] : [...actor.regions]
    throw new InputError({ where: phrase('messenger.form-where-yours', { regions: own }) })
  }
  const usual = directory.languages[0] ?? 'en'
  return {
    regions: all ? 'all' : [...new Set(regions)],
    languages: languages.length > 0 ? [...new Set(languages)] : [usual],
  }
}

const everywhere = new Set(['all', 'todas', 'todos', 'everywhere'])
const spoken: ReadonlyMap<string, Language> = new Map([
  ...(['en', 'english', 'ingles'] as const).map(word => [word, 'en'] as const),
  ...(['es', 'spanish', 'espanol'] as const).map(word => [word, 'es'] as const),
])
