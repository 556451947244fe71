import { fillButton, isEnough, mayRate, nextScreen, ratingText, screensOf } from '../workflows/brief/view.ts'
import { isWeek, weekAfter, weekOf } from '../workflows/brief/week.ts'
import { type Region, regionOf } from '../workflows/directory.ts'
import { InputError } from '../workflows/errors.ts'
import type { RegionCode } from '../workflows/ids.ts'
import { ratings, readScore, trends, writeScore } from '../workflows/indicator.ts'
import { mask } from '../workflows/mask/labels.ts'
import { type Phrase, phrase } from '../workflows/phrase.ts'
import { buttonId } from '../workflows/view.ts'
import type { Brief, Indicator, Score } from '../workflows/warning.ts'
import { type Context, type Doing, defineCommand, foresee, type Reply, refuse, tell } from './command.ts'
import { defineForm, type Field, type Form, readForm, type Values } from './form.ts'

const longest = 1000

const wordField = (label: 'likely' | 'worst' | 'best' | 'advice') =>
  ({
    ...{ type: 'text', lines: 'many', label: phrase(`brief.form-${label}`), hint: phrase('brief.form-words-hint') },
    ...{ required: false, max: longest },
  }) as const satisfies Field

const wordForm = defineForm({
  title: phrase('brief.form'),
  submit: phrase('brief.form-save'),
  fields: {
    likely: wordField('likely'),
    worst: wordField('worst'),
    best: wordField('best'),
    advice: wordField('advice'),
  },
})

/** Rates what a weekly brief asks, a screen at a time; the last screen is for words, and finishes it. */
export const rate = defineCommand({
  name: 'rate',
  summary: 'command.rate',
  permission: 'coordinate',
  about: 'nothing',
  opens: 'form',
  private: true,
  form: wordForm,
  open: async ({ words, assumed }, context) => {
    const asked = askedFor(words, assumed, context)
    if ('type' in asked) return asked
    const { region, week, screen, known } = asked
    const brief = await context.read.briefs.draft(region.code, week)
    const questions = screensOf(known)[screen]
    const about = { about: region.code, assumed: `${week}.${screen}` }
    if (!questions) return { form: wordForm as Form, values: brief?.words ?? {}, ...about }
    const given = (brief?.scores ?? []).filter(score => questions.some(one => one.id === score.indicator))
    const values = Object.fromEntries(given.map(score => [score.indicator, writeScore(score)]))
    return { form: formOf(questions), values, ...about }
  },
  run: async ({ words, assumed, values }, context) => {
    const asked = askedFor(words, assumed, context)
    if ('type' in asked) return asked
    const { screen, known } = asked
    const questions = screensOf(known)[screen]
    return questions ? rated(asked, questions, values, context) : written(asked, values, context)
  },
})

type Asked = {
  readonly region: Region
  readonly week: string
  readonly screen: number
  readonly known: readonly Indicator[]
}

/** Which screen of which brief: this week's, or the week's before, by a coordinator of the region. */
function askedFor(words: string, assumed: string, context: Context): Asked | Reply {
  const { read, actor, now } = context
  const code: RegionCode = words.trim().toUpperCase()
  const region = regionOf(read.directory, code)
  if (!region) return refuse('brief.unknown', { word: { words: code } })
  if (!mayRate(code, actor)) return refuse('brief.who', { region: region.name })
  const [week = '', screen = '0'] = assumed.split('.')
  const present = weekOf(now, region.zone)
  const open = [present, weekAfter(present, -1)]
  if (!isWeek(week) || !open.includes(week)) return refuse('brief.closed', { region: code })
  const known = read.taxonomy.indicators ?? []
  return { region, week, screen: Math.min(Number(screen) || 0, screensOf(known).length), known }
}

/** A question is a choice of how it is and where it goes: one component on every platform. */
function formOf(questions: readonly Indicator[]): Form {
  const fields = questions.map((one): [string, Field] => [
    one.id,
    {
      ...{ type: 'choice', look: 'select', required: false },
      label: phrase('brief.name', { name: nameOf(one) }),
      hint: phrase(one.protective ? 'brief.form-hint-good' : 'brief.form-hint'),
      choices: choicesOf(one),
    },
  ])
  return defineForm({
    title: phrase('brief.form'),
    submit: phrase('brief.form-save'),
    fields: Object.fromEntries(fields),
  }) as Form
}

function choicesOf(indicator: Indicator) {
  return ratings.flatMap(value =>
    trends.map(trend => ({
      value: writeScore({ value, trend }),
      label: phrase('brief.choice', {
        rating: ratingText({ value }, indicator),
        trend: phrase(`brief.trend-${trend}`),
      }),
    })),
  )
}

function nameOf({ id, name }: Indicator) {
  return { en: name.en ?? id, es: name.es ?? name.en ?? id }
}

function rated(
  { region, week, screen, known }: Asked,
  questions: readonly Indicator[],
  values: Values,
  { now }: Context,
): Doing {
  const given = readForm(formOf(questions), values)
  const scores = questions.flatMap((one): Score[] => {
    const score = readScore(one.id, String(given[one.id] ?? ''))
    return score ? [score] : []
  })
  const count = screensOf(known).length + 1
  const next = screen + 1
  return foresee({ type: 'brief', region: region.code, week, scores, words: {}, done: false }, () =>
    tell('brief.saved-next', { part: next + 1, count }, [
      fillButton(region.code, week, next, phrase('brief.button-go-on')),
      seeButton(region.code, week, weekOf(now, region.zone)),
    ]),
  )
}

/** Finishes it, unless so little was rated that what it comes to would say nothing. */
async function written({ region, week, known }: Asked, values: Values, context: Context): Promise<Doing> {
  const { read, actor, now } = context
  const words: Brief['words'] = readForm(wordForm, values)
  const wrong = Object.entries(words).filter(([, text]) => mask(text, actor.language, read.directory) !== text)
  if (wrong.length > 0) {
    const personal: Phrase = phrase('brief.form-personal')
    throw new InputError(Object.fromEntries(wrong.map(([name]) => [name, personal])))
  }
  const scores = (await read.briefs.draft(region.code, week))?.scores ?? []
  const done = isEnough(known, scores)
  return foresee({ type: 'brief', region: region.code, week, scores: [], words, done }, () =>
    done
      ? tell('brief.done', {}, [seeButton(region.code, week, weekOf(now, region.zone))])
      : tell('brief.few', { count: Math.ceil(known.length / 2) }, [
          fillButton(region.code, week, nextScreen(known, scores), phrase('brief.button-go-on')),
        ]),
  )
}

function seeButton(region: RegionCode, week: string, present: string) {
  return { id: buttonId('brief', region, week === present ? '0' : '1'), label: phrase('brief.button-see') }
}
