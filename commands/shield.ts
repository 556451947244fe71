import { whoIs } from '../workflows/callsign.ts'
import { type Person, personAsking } from '../workflows/directory.ts'
import type { PersonId } from '../workflows/ids.ts'
import { phrase } from '../workflows/phrase.ts'
import { hiddenAs, mayLift, mayShield, neutralName, shieldable, shieldedView } from '../workflows/shield.ts'
import { plain } from '../workflows/spoken.ts'
import { limits, required } from '../workflows/typed.ts'
import { plainView } from '../workflows/view.ts'
import { type Context, type Doing, defineCommand, type Reply, type Request, refuse, tell } from './command.ts'
import { defineForm, peopleChoices, readForm } from './form.ts'

const form = defineForm({
  title: phrase('shield.form'),
  submit: phrase('shield.form'),
  fields: {
    who: {
      type: 'choice',
      look: 'select',
      label: phrase('shield.who'),
      hint: phrase('shield.who-hint'),
      required: true,
      choices: [],
    },
    how: {
      type: 'choice',
      look: 'radio',
      label: phrase('shield.how'),
      required: true,
      choices: [
        { value: 'keep', label: phrase('shield.how-keep') },
        { value: 'called', label: phrase('shield.how-called') },
        { value: 'cut', label: phrase('shield.how-cut') },
      ],
    },
    why: { type: 'text', lines: 'many', label: phrase('shield.why'), required: true, max: limits.note },
  },
})

const offForm = defineForm({
  title: phrase('shield.form-off'),
  submit: phrase('shield.form-off'),
  fields: {
    why: { type: 'text', lines: 'many', label: phrase('shield.why-off'), required: true, max: limits.note },
  },
})

type Way = { readonly cut: boolean; readonly called: boolean }

/** Hides somebody who is threatened everywhere at once: name, accounts, duty, tasks; duty officers alone are told. */
export const shield = defineCommand({
  name: 'shield',
  summary: 'command.shield',
  usage: 'usage.shield',
  permission: 'anyone',
  about: 'nothing',
  opens: ({ from, words }) => (from !== 'form' && words.trim() === '' ? 'form' : 'work'),
  private: true,
  form,
  open: async (_, { read, actor }) => {
    const people = shieldable(actor, read.directory)
    const choices = peopleChoices(people)
    if (choices.length === 0) return refuse('shield.already-you')
    return {
      choices: { who: choices },
      values: choices.length === 1 ? { who: actor.id, how: 'keep' } : { how: 'keep' },
    }
  },
  run: async (request, context) => {
    if (request.from === 'form') {
      const { who, how, why } = readForm(form, request.values)
      return hide(who as PersonId, { cut: how === 'cut', called: how === 'called' }, why, context)
    }
    return typed(request, context)
  },
})

/** Shows somebody again: the reason for it, after the press. */
export const unshield = defineCommand({
  name: 'unshield',
  summary: 'shield.form-off',
  permission: 'anyone',
  about: 'nothing',
  opens: ({ from }) => (from === 'form' ? 'work' : 'form'),
  private: true,
  form: offForm,
  open: async ({ assumed }, { actor, read, now }) =>
    mayLift(actor, assumed as PersonId, read.directory, now) ? { assumed } : refuse('shield.duty'),
  run: async (request, context) => show(request.assumed as PersonId, readForm(offForm, request.values).why, context),
})

async function typed({ words }: Request, context: Context): Promise<Doing | Reply> {
  const { actor, read, now } = context
  const [, first = '', rest = ''] = /^\s*(\S*)\s*(.*)$/su.exec(words) ?? []
  if (lists.has(plain(first))) {
    if (!mayLift(actor, null, read.directory, now)) return refuse('shield.duty')
    return { type: 'view', view: shieldedView(await read.hidden()), private: true }
  }
  if (offs.has(plain(first))) {
    if (!mayLift(actor, null, read.directory, now)) return refuse('shield.duty')
    // Whoever does not remember the new call sign picks from those who are hidden.
    if (rest.trim() === '') return { type: 'view', view: shieldedView(await read.hidden()), private: true }
    const found = hiddenAs(rest, await read.hidden())
    if (!found) return tell('shield.not-hidden', { words: { words: rest.slice(0, 60) } })
    return show(found.one.person, found.rest, context)
  }
  if (selves.has(plain(first))) return hideSelf(rest, context)
  const people = shieldable(actor, read.directory)
  const named = whoIs(words, people)
  if (named.type === 'several') return tell('shield.several', { people: named.people.map(one => ({ person: one.id })) })
  if (named.type === 'nobody') {
    // Whoever may hide nobody else learns the way, not who is on the roster.
    if (people.every(one => one.id === actor.id)) return refuse('shield.coordinator')
    return tell('shield.nobody', { words: { words: words.trim().slice(0, 60) } })
  }
  const { way, why } = readWay(named.rest)
  return hide(named.person.id, way, why, context)
}

function hideSelf(rest: string, context: Context): Doing | Reply {
  const { way, why } = readWay(rest)
  return hide(context.actor.id, way, why, context)
}

/** `cut` or `called`, if that is the first word, then why. */
function readWay(words: string): { readonly way: Way; readonly why: string } {
  const [, first = '', rest = ''] = /^\s*(\S*)\s*(.*)$/su.exec(words) ?? []
  const [cut, called] = [cuts.has(plain(first)), calls.has(plain(first))]
  return { way: { cut, called }, why: (cut || called ? rest : words).trim() }
}

function hide(id: PersonId, { cut, called }: Way, why: string, { actor, read, now }: Context): Doing | Reply {
  const { directory } = read
  const person = personAsking(directory, id)
  const own = id === actor.id
  if (person?.hidden) return own ? refuse('shield.already-you') : refuse('shield.already', { person: { person: id } })
  if (!person || !mayShield(actor, person)) return refuse('shield.coordinator')
  // Nobody has to explain why they are afraid.
  const reason = own ? why.slice(0, limits.note) : required('why', why, limits.note, 'shield.reason')
  const alias = neutralName(directory, now)
  return {
    type: 'do',
    action: { type: 'shield', person: id, alias, cut, called, reason },
    say: () => hiddenReply(person, alias, own, cut),
  }
}

function hiddenReply({ callsign }: Person, alias: string, own: boolean, cut: boolean): Reply {
  const said = own
    ? [phrase('shield.done-self', { alias }), phrase(cut ? 'shield.self-cut' : 'shield.self'), phrase('shield.danger')]
    : [
        phrase('shield.done', { callsign, alias }),
        ...(cut ? [phrase('shield.done-cut')] : []),
        phrase('shield.undo', { alias }),
      ]
  return { type: 'view', private: true, view: plainView(said) }
}

function show(person: PersonId, why: string, { actor, read, now }: Context): Doing | Reply {
  if (!mayLift(actor, person, read.directory, now)) return refuse('shield.duty')
  if (!read.directory.people.get(person)?.hidden) return tell('shield.none')
  const reason = required('why', why, limits.note, 'shield.reason')
  return {
    type: 'do',
    action: { type: 'unshield', person, reason },
    say: () => tell('shield.off-done', { person: { person } }),
  }
}

const lists = new Set(['list', 'lista'])
const offs = new Set(['off', 'quitar', 'mostrar'])
const selves = new Set(['me', 'yo', 'mi', 'myself'])
const cuts = new Set(['cut', 'corta', 'cortar'])
const calls = new Set(['called', 'llamar'])
