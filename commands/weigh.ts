import type { RegionCode } from '../workflows/ids.ts'
import { phrase } from '../workflows/phrase.ts'
import { limits, required } from '../workflows/typed.ts'
import type { WarningDeed } from '../workflows/warning/deed.ts'
import { alarmNamed, decidesOn, maySeeRegion, regionNamed } from '../workflows/warning/named.ts'
import { headOf } from '../workflows/warning/words.ts'
import type { Alarm } from '../workflows/warning.ts'
import { type Context, type Doing, defineCommand, type Opening, type Reply, refuse, tell } from './command.ts'
import { defineForm, readForm } from './form.ts'

const form = defineForm({
  title: phrase('warning.form'),
  submit: phrase('warning.form-send'),
  fields: {
    why: {
      ...{ type: 'text', lines: 'many', required: true, max: limits.note },
      ...{ label: phrase('warning.form-why'), hint: phrase('warning.form-hint') },
    },
  },
})

/** Dismisses an alarm, confirms an alert or takes it back, always with a reason. */
export const weigh = defineCommand({
  name: 'weigh',
  summary: 'command.weigh',
  permission: 'read',
  about: 'nothing',
  opens: ({ from, words }) => (from === 'press' || (from === 'typed' && wishOf(words).why === '') ? 'form' : 'work'),
  private: true,
  form,
  open: async ({ from, words, assumed }, context) =>
    asked(wishOf(from === 'typed' ? words : pressed(assumed)), context),
  run: async (request, context) => {
    const wish = wishOf(request.from === 'typed' ? request.words : pressed(request.assumed))
    return decide(request.from === 'form' ? { ...wish, why: readForm(form, request.values).why } : wish, context)
  },
})

type Wish = { readonly verb: WarningDeed['type'] | null; readonly about: string; readonly why: string }

const verbs: readonly WarningDeed['type'][] = ['dismiss', 'alert', 'calm']

/** `alert AZ two sites at once`. */
function wishOf(words: string): Wish {
  const [, first = '', about = '', why = ''] = /^\s*(\S*)\s*(\S*)\s*([\s\S]*)$/u.exec(words) ?? []
  return { verb: verbs.find(one => one === first) ?? null, about, why: why.trim() }
}

/** `alert.AZ` as it would be typed. */
function pressed(assumed: string): string {
  return assumed.replace('.', ' ')
}

async function asked(wish: Wish, context: Context): Promise<Opening | Reply> {
  const found = await subjectOf(wish, context)
  if ('type' in found) return found
  const { verb, region, alarm } = found
  const notice = alarm ? headOf(alarm, context.read) : phrase('warning.title-region', { region: region.name })
  return { assumed: `${verb}.${alarm?.id ?? region.code}`, notice }
}

async function decide(wish: Wish, context: Context): Promise<Doing | Reply> {
  const found = await subjectOf(wish, context)
  if ('type' in found) return found
  const { verb, region, alarm } = found
  const why = required('why', wish.why, limits.note)
  const deed: WarningDeed =
    verb === 'dismiss' ? { type: verb, alarm: alarm?.id ?? '', why } : { type: verb, region: region.code, why }
  const said = { region: region.name, code: region.code }
  return { type: 'do', action: { type: 'warning', do: deed }, say: () => tell(`warning.done-${verb}`, said) }
}

type Subject = {
  readonly verb: WarningDeed['type']
  readonly region: { readonly code: RegionCode; readonly name: string }
  readonly alarm: Alarm | null
}

/** What is decided on, if whoever asks may; else why not. */
async function subjectOf({ verb, about }: Wish, { read, actor }: Context): Promise<Subject | Reply> {
  if (!verb || about === '') return refuse('warning.which')
  const alarm = verb === 'dismiss' ? await read.warnings.find(alarmNamed(about)) : null
  const code = verb === 'dismiss' ? alarm?.region : regionNamed(about, read.directory)
  if (!code || !maySeeRegion(code, actor)) {
    return verb === 'dismiss' ? tell('warning.gone') : tell('warning.unknown', { word: { words: about.slice(0, 60) } })
  }
  const name = read.directory.regions.find(one => one.code === code)?.name ?? code
  return decidesOn(code, actor) ? { verb, region: { code, name }, alarm } : refuse('warning.who', { region: name })
}
