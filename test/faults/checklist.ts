const twice = (text: string) => ({ en: text, es: text })

/** A protocol of the town, due within minutes, so that its reminders and levels fit into an hour of a fast clock. */
export const checklist = {
  id: 'P9',
  version: 1,
  title: twice('A quick look'),
  summary: twice('What is looked at within minutes.'),
  kinds: ['VO'],
  roles: ['RC', 'LD'],
  told: ['LD'],
  steps: [
    { id: 1, text: twice('Call somebody who is there'), role: 'RC', due: '2m' },
    { id: 2, text: twice('Tell whoever is responsible for the place'), role: 'RC', due: '3m' },
    { id: 3, text: twice('Ask how it is now'), role: 'RC', due: '3m', repeat: '5m', until: 4 },
    { id: 4, text: twice('Say that it is over'), role: 'RC', due: '15m' },
  ],
} as const
