import { describe, expect, it } from 'vitest'
import { commands, findCommand } from '../../commands/index.ts'
import { phrase } from '../../workflows/phrase.ts'
import { sentences } from './desk.ts'

const texts = (key: Parameters<typeof phrase>[0], params?: Parameters<typeof phrase>[1]) =>
  Object.values(sentences(phrase(key, params)))
const typed =
  'agenda bind board brief broadcast claim delivery dismiss drill duty escalate export handover hub incident incidents join mark merge mine protocol release reopen report resolve rumour shield sitrep step triage update verify warning whoami withdraw'
const pressed =
  'accept acquaint add after agree alone answer approve cannot carrier correct decline details different discard erase evidence fill gate hand headcount hearsay hold invite keep kind kit leave library link live messenger messengers more nudge opencontact phones place plan prefer propose rabat rabat2 raise rate reach received recurring reject rerun reveal reviews run safe same sendback separate several sources start steer stop table takeout tally topic undo unhold unlink unshield view wanted weigh when whom without wording'

describe('the list of commands', () => {
  it('knows every command by the name it is typed with, once', () => {
    const names = commands.map(command => command.name)
    expect(names.toSorted()).toEqual([...typed.split(' '), ...pressed.split(' ')].toSorted())
    for (const name of names) expect(findCommand(name)?.name).toBe(name)
    expect(findCommand('dance')).toBeNull()
  })

  it('tells how to type those that are typed, and only those', () => {
    const usable = commands.filter(command => command.usage).map(command => command.name)
    expect(usable.toSorted()).toEqual(typed.split(' ').toSorted())
  })

  it.each(commands.map(command => [command.name, command] as const))(
    '%s has words within every limit',
    (_, command) => {
      for (const summary of texts(command.summary)) {
        expect(summary).not.toBe('')
        expect(summary.length).toBeLessThanOrEqual(100)
        expect(summary).not.toContain('!')
      }
      if (command.usage) for (const usage of texts(command.usage)) expect(usage.length).toBeLessThanOrEqual(100)
    },
  )

  it('answers everything privately but what a room is, which is pressed there', () => {
    expect(commands.filter(command => !command.private).map(command => command.name)).toEqual(['bind'])
  })

  it('has a form wherever one is opened, and opens it for a press without what it needs', () => {
    for (const command of commands) {
      const { opens, form } = command
      const first = typeof opens === 'function' ? opens({ from: 'press', words: '', assumed: '' }) : opens
      expect([command.name, first === 'form']).toEqual([command.name, form !== undefined])
    }
  })
})

describe('the forms', () => {
  const forms = commands.flatMap(({ name, form }) => (form ? [[name, form] as const] : []))

  it.each(forms)('%s fits the tightest platform in both languages', (_, form) => {
    const fields = Object.values(form.fields)
    expect(fields.length).toBeLessThanOrEqual(5)
    for (const title of texts(form.title.key)) expect(title.length, title).toBeLessThanOrEqual(24)
    for (const submit of texts(form.submit.key)) expect(submit.length, submit).toBeLessThanOrEqual(24)
    for (const field of fields) {
      for (const label of texts(field.label.key)) expect(label.length, label).toBeLessThanOrEqual(45)
      for (const hint of field.hint ? texts(field.hint.key) : []) expect(hint.length, hint).toBeLessThanOrEqual(100)
      if (field.type === 'text') expect(field.max).toBeLessThanOrEqual(3000)
      for (const choice of 'choices' in field ? field.choices : []) {
        expect(choice.value.length).toBeLessThanOrEqual(75)
        for (const label of texts(choice.label.key, choice.label.params)) {
          expect(label.length, label).toBeLessThanOrEqual(75)
        }
      }
    }
  })

  it('a report has exactly five fields, the first of which says what this hub is not', () => {
    const form = findCommand('report')?.form
    expect(Object.keys(form?.fields ?? {})).toEqual(['what', 'where', 'danger', 'contact', 'files'])
    expect(sentences(form?.fields.what?.hint ?? phrase('form.send')).en).toMatch(
      /^Life in danger now\? Call 911\. This hub is not an emergency service\. Describe acts, not names\.$/,
    )
  })
})
